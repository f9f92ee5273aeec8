"""Where one search stands: best plan, bound, what is left of the limits."""

import math
from collections.abc import Sequence

from sparplan.engines.base import Clock, Effort, Events, Limits, Progress, Stop, relative_gap
from sparplan.kedjor import StopReason
from sparplan.problem import Chain, Problem


class SearchState:
    """The best plan so far (at first nobody is placed) and a proven lower bound, told to a listener."""

    def __init__(self, problem: Problem, limits: Limits, events: Events, stop: Stop) -> None:
        self.problem = problem
        self.limits = limits
        self.stop = stop
        self.clock = Clock(limits.seconds)
        self.work = 0.0
        self.best: list[Chain | None] = [None] * len(problem.persons)
        self.best_points = problem.total(self.best)
        self.bound: int | None = None
        self._events = events

    def keep(self, chains: Sequence[Chain | None]) -> bool:
        """Keep a legal plan if it is no worse; whether it is better."""
        points = self.problem.total(chains)
        better = points < self.best_points
        if points <= self.best_points:
            self.best, self.best_points = list(chains), points
        if better:
            self.tell("plan", self.best_points, self.bound)
        return better

    def raise_bound(self, bound: int) -> None:
        """Take note of a proven lower bound."""
        self.bound = bound if self.bound is None else max(self.bound, bound)
        self.tell("bound", self.best_points, self.bound)

    def tell(self, phase: str, best: int | None, bound: int | None) -> None:
        """Tell the listener, never less than what is known; a better bound is kept."""
        points = self.best_points if best is None else min(best, self.best_points)
        if bound is not None:
            self.bound = min(bound, points) if self.bound is None else max(self.bound, min(bound, points))
        self._events(Progress(phase, points, self.bound, self.clock.seconds))

    @property
    def work_left(self) -> float:
        """Work left, infinite without a limit."""
        return math.inf if self.limits.work is None else max(0.0, self.limits.work - self.work)

    @property
    def out_of_limits(self) -> bool:
        """Whether time or work is used up, or a stop was asked for."""
        return self.stop.is_set() or self.clock.left <= 0 or self.work_left <= 0

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do, or to do it with."""
        if self.out_of_limits:
            return True
        return self.bound is not None and relative_gap(self.best_points, self.bound) <= self.limits.gap

    def effort(self, share: float, *, parts: int = 1, most_work: float = math.inf) -> Effort:
        """A share of what is left, for one of so many parts."""
        return Effort(
            seconds=self.clock.left * share / parts,
            work=min(most_work, self.work_left * share / parts),
            seed=self.limits.seed,
        )

    def why(self) -> StopReason:
        """Why the search ended."""
        assert self.bound is not None
        if self.best_points <= self.bound:
            return StopReason.COMPLETED
        if self.stop.is_set():
            return StopReason.CANCELLED
        if relative_gap(self.best_points, self.bound) <= self.limits.gap:
            return StopReason.GAP_LIMIT
        if self.limits.work is None or self.clock.left <= 0:
            return StopReason.TIME_LIMIT
        return StopReason.WORK_LIMIT
