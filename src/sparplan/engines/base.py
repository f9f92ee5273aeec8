"""What an engine is: `solve(problem, limits, hint, events, stop) -> Outcome`."""

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sparplan.kedjor import StopReason
from sparplan.problem import Chain, Problem


@dataclass(frozen=True, slots=True)
class Limits:
    """When a search ends, and how it is run.

    Attributes
    ----------
    seconds
        Wall-clock limit; None for none. Plans that it ends aren't reproducible.
    work
        Limit in the engine's deterministic unit; None for none. Plans that it ends are reproducible.
    gap
        Relative gap at which the search may end, as a fraction.
    workers
        Threads or processes.
    seed
        Seed of every random choice.
    """

    seconds: float | None = None
    work: float | None = None
    gap: float = 0.0
    workers: int = 1
    seed: int = 0


LOADING = "loading"  # the phase before the search, where that takes long


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands: best objective so far, proven bound, seconds since it began."""

    phase: str
    best: int | None
    bound: int | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """Relative gap, None as long as there is no plan or no bound."""
        if self.best is None or self.bound is None:
            return None
        return relative_gap(self.best, self.bound)


@dataclass(frozen=True, slots=True)
class Effort:
    """Limits of one CP-SAT run; `work` in its deterministic time.

    `by_cores` raises the bound by unsatisfiable cores: quicker to a proof where few solutions compete.
    """

    seconds: float = math.inf
    work: float = math.inf
    gap: float = 0.0
    seed: int = 0
    by_cores: bool = False


Events = Callable[[Progress], None]
Chains = tuple[Chain | None, ...]


def ignore(_: Progress) -> None:
    """Listen to nothing."""


def relative_gap(objective: int, bound: int) -> float:
    """`(objective − bound) / max(1, |objective|)` (problem.md §7)."""
    return max(0, objective - bound) / max(1, abs(objective))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an engine hands over: a chain (or None) a person, a proven lower bound, why it ended.

    `alone` holds chains that persons could take if nobody else were there, as far as the engine knows.
    """

    chains: Chains
    bound: int
    stopped: StopReason
    work: float
    alone: Mapping[int, Chain] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass
class Stop:
    """A wish to stop early that any thread may utter; the search keeps its best."""

    _event: threading.Event = field(default_factory=threading.Event)

    def set(self) -> None:
        """Ask the search to stop."""
        self._event.set()

    def is_set(self) -> bool:
        """Whether the search was asked to stop."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for the wish, at most so long; whether it came."""
        return self._event.wait(seconds)


class Clock:
    """Seconds since a search began, and what its wall-clock limit leaves."""

    def __init__(self, seconds: float | None) -> None:
        self._begun = time.monotonic()
        self._limit = seconds

    @property
    def seconds(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._begun

    @property
    def left(self) -> float:
        """Seconds left, infinite without a limit, never below 0."""
        return float("inf") if self._limit is None else max(0.0, self._limit - self.seconds)


class Engine(Protocol):
    """A way to search for a plan.

    The outcome's chains must keep every rule; its bound must be true: no plan has fewer points.
    """

    name: str

    def solve(
        self,
        problem: Problem,
        limits: Limits,
        hint: Sequence[Chain | None] | None = None,
        events: Events = ignore,
        stop: Stop | None = None,
    ) -> Outcome:
        """Search until proven, out of limits, or stopped."""
        ...
