"""The monolith: own optima, a greedy plan, then the whole problem in one model."""

import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sparplan.engines.base import (
    Clock,
    Events,
    Limits,
    Outcome,
    Progress,
    Stop,
    ignore,
    relative_gap,
)
from sparplan.engines.monolith.model import NOBODY, MonolithModel, Others
from sparplan.engines.monolith.own import Own, latest_paying_end, least_points, own_optimum
from sparplan.engines.monolith.solving import Answer, Effort, run
from sparplan.engines.usage import Usage
from sparplan.kedjor import StopReason
from sparplan.problem import Chain, Problem

SHARE_FOR_OWN_OPTIMA = 0.35  # of the time or work, before the whole is begun
SEARCH_WORKERS = 8  # CP-SAT's strategies that take turns when there is more than one worker


class MonolithEngine:
    """CP-SAT over everything at once; exact, and the judge of other engines on small cases.

    Parameters
    ----------
    own_bounds
        Whether to begin with each participant's own optimum and a greedy plan. Without, it is the plain
        model that benchmarks compare with.
    """

    name = "monolith"

    def __init__(self, *, own_bounds: bool = True) -> None:
        self.own_bounds = own_bounds

    def solve(
        self,
        problem: Problem,
        limits: Limits,
        hint: Sequence[Chain | None] | None = None,
        events: Events = ignore,
        stop: Stop | None = None,
    ) -> Outcome:
        """Search until proven, out of limits, or stopped (see `engines.base.Engine`)."""
        return _Search(problem, limits, events, stop or Stop()).run(hint, own_bounds=self.own_bounds)


class _Search:
    """One call of the engine."""

    def __init__(self, problem: Problem, limits: Limits, events: Events, stop: Stop) -> None:
        self.problem = problem
        self.limits = limits
        self.events = events
        self.stop = stop
        self.clock = Clock(limits.seconds)
        self.work = 0.0
        self.best: list[Chain | None] = [None] * len(problem.persons)
        self.best_points = problem.total(self.best)
        self.bound: int | None = None

    def run(self, hint: Sequence[Chain | None] | None, *, own_bounds: bool) -> Outcome:
        if hint is not None:
            self._keep(hint)
        bounds: dict[int, int] = {}
        if own_bounds:
            own = self._own_optima()
            bounds = {member: found.bound for member, found in own.items()}
            self._raise_bound(sum(bounds.values()))
            if not self._is_over():
                self._keep(self._greedy({member: found.chain for member, found in own.items()}))
        if not self._is_over():
            self._whole(bounds)
        if self.bound is None:
            self._raise_bound(self._trivial_bound())
        assert self.bound is not None
        return Outcome(tuple(self.best), self.bound, self._why(), self.work)

    def _trivial_bound(self) -> int:
        """Nobody gains more than every merit of their best case, and days cost nothing."""
        return sum(least_points(person, None) for person in self.problem.persons)

    # State

    def _keep(self, chains: Sequence[Chain | None]) -> None:
        points = self.problem.total(chains)
        if points <= self.best_points:
            self.best, self.best_points = list(chains), points
        self._tell("plan")

    def _raise_bound(self, bound: int) -> None:
        self.bound = bound if self.bound is None else max(self.bound, bound)
        self._tell("bound")

    def _tell(self, phase: str) -> None:
        self.events(Progress(phase, self.best_points, self.bound, self.clock.seconds))

    @property
    def _work_left(self) -> float:
        return math.inf if self.limits.work is None else max(0.0, self.limits.work - self.work)

    def _is_over(self) -> bool:
        if self.stop.is_set() or self.clock.left <= 0 or self._work_left <= 0:
            return True
        if self.bound is None:
            return False
        return relative_gap(self.best_points, self.bound) <= self.limits.gap

    def _why(self) -> StopReason:
        assert self.bound is not None
        if self.best_points <= self.bound:
            return StopReason.COMPLETED
        if self.stop.is_set():
            return StopReason.CANCELLED
        if relative_gap(self.best_points, self.bound) <= self.limits.gap:
            return StopReason.GAP_LIMIT
        return StopReason.TIME_LIMIT if self.limits.work is None else self._time_or_work()

    def _time_or_work(self) -> StopReason:
        return StopReason.TIME_LIMIT if self.clock.left <= 0 else StopReason.WORK_LIMIT

    # Each person alone

    def _own_optima(self) -> dict[int, Own]:
        """Each person's own optimum; interchangeable persons share one."""
        classes = self.problem.classes
        rounds = max(1, math.ceil(len(classes) / self.limits.workers))
        effort = Effort(
            seconds=self.clock.left * SHARE_FOR_OWN_OPTIMA / rounds,
            work=self._work_left * SHARE_FOR_OWN_OPTIMA / max(1, len(classes)),
            seed=self.limits.seed,
        )
        with ThreadPoolExecutor(self.limits.workers) as pool:
            found = list(pool.map(lambda members: self._own_optimum(members[0], effort), classes))
        self.work += sum(own.work for own in found)
        return {member: own for members, own in zip(classes, found, strict=True) for member in members}

    def _own_optimum(self, member: int, effort: Effort, others: Others = NOBODY) -> Own:
        if self.stop.is_set():
            return Own(None, least_points(self.problem.persons[member], None), 0.0)
        return own_optimum(self.problem, member, effort, others=others, stop=self.stop)

    # A first plan

    def _greedy(self, own: Mapping[int, Chain | None]) -> list[Chain | None]:
        """In order of priority each takes the own optimum, or the best chain with the seats left."""
        order = sorted(own, key=lambda member: (-self.problem.persons[member].day_points, member))
        chains: list[Chain | None] = [None] * len(self.problem.persons)
        usage = Usage(self.problem)
        closed: set[int] = set()
        self._place(order, own, chains, usage, closed)
        while small := usage.too_small():
            closed.update(small)
            without = [member for member in order if self._uses(member, chains[member], closed)]
            for member in without:
                usage.remove(member, chains[member])  # type: ignore[arg-type]  # it uses a closed round
                chains[member] = None
            self._place(without, own, chains, usage, closed)
        return chains

    def _uses(self, member: int, chain: Chain | None, rounds: Iterable[int]) -> bool:
        if chain is None:
            return False
        options = self.problem.persons[member].cases[chain.case].options
        return any(options[step.option].round in rounds for step in chain.steps)

    def _place(
        self,
        order: Iterable[int],
        own: Mapping[int, Chain | None],
        chains: list[Chain | None],
        usage: Usage,
        closed: set[int],
    ) -> None:
        for member in order:
            chain = own[member]
            if chain is not None and not usage.fits(member, chain, closed):
                chain = None
                if not self._out_of_limits():
                    chain = self._best_left(member, usage, closed)
            if chain is not None:
                usage.add(member, chain)
                chains[member] = chain

    def _out_of_limits(self) -> bool:
        return self.stop.is_set() or self.clock.left <= 0 or self._work_left <= 0

    def _best_left(self, member: int, usage: Usage, closed: set[int]) -> Chain | None:
        """The best chain with the seats that are left, or none found."""
        others = Others(usage.steps, usage.placed, frozenset(closed))
        effort = Effort(
            seconds=self.clock.left * 0.1,
            work=min(self._work_left * 0.1, math.inf),
            seed=self.limits.seed,
        )
        found = self._own_optimum(member, effort, others)
        self.work += found.work
        if found.chain is not None and not usage.fits(member, found.chain, closed):
            return None
        return found.chain

    # The whole

    def _whole(self, bounds: Mapping[int, int]) -> None:
        """Everything in one model, from the best plan so far."""
        members = range(len(self.problem.persons))
        model = MonolithModel(self.problem, members, latest_ends=self._latest_ends(bounds))
        model.order_alike()
        model.bound_each(bounds)
        model.hint(self._ordered())
        effort = Effort(
            seconds=self.clock.left,
            work=self._work_left,
            gap=self.limits.gap,
            workers=1 if self.limits.workers == 1 else SEARCH_WORKERS,
            seed=self.limits.seed,
        )
        if effort.seconds <= 0:
            return
        answer = run(model.model, effort, self.stop, self._on_progress)
        self.work += answer.work
        self._take(model, answer)

    def _latest_ends(self, bounds: Mapping[int, int]) -> dict[int, int]:
        """By member: the latest end in any plan that is as good as the best so far.

        In such a plan nobody is further above the own bound than the whole is above all of them.
        """
        slack = self.best_points - sum(bounds.values())
        ends = {
            member: latest_paying_end(self.problem.persons[member], bound + slack)
            for member, bound in bounds.items()
        }
        return {member: end for member, end in ends.items() if end is not None}

    def _ordered(self) -> dict[int, Chain | None]:
        """The best plan with interchangeable persons in order of points, as the model wants them."""
        ordered: dict[int, Chain | None] = {}
        for members in self.problem.classes:
            chains = sorted((self.best[member] for member in members), key=partial(self._points, members[0]))
            ordered.update(zip(members, chains, strict=True))
        return ordered

    def _points(self, member: int, chain: Chain | None) -> int:
        person = self.problem.persons[member]
        return person.unplaced_points if chain is None else self.problem.chain_points(person, chain)

    def _on_progress(self, best: int | None, bound: int | None) -> None:
        known = self.bound if bound is None or (self.bound is not None and bound < self.bound) else bound
        points = self.best_points if best is None else min(best, self.best_points)
        self.events(Progress("search", points, known, self.clock.seconds))

    def _take(self, model: MonolithModel, answer: Answer) -> None:
        if answer.value is not None:
            chains = model.chains(answer.value)
            self._keep([chains[member] for member in range(len(self.problem.persons))])
        if answer.bound is not None:
            self._raise_bound(min(answer.bound, self.best_points))

