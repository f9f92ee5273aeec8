"""Random prices, and every chain of a person at such prices by exhaustive search."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sparplan.compiling import compile_problem
from sparplan.engines.chains.labels.layout import FORBIDDEN, SCALE, Ints
from sparplan.engines.chains.labels.pricer import Pricer
from sparplan.engines.chains.labels.steps import Prices
from sparplan.problem import Chain, Problem
from sparplan.scenario import Scenario
from tests.oracle.exhaustive import chains_of

NO_LIMIT = 1 << 40
ROOM = 1 << 13
SIZES = (0, 300, 30_000, 800_000)  # of prices: none, below the finer points, like a few days, like months

Steps = tuple[tuple[int, int, int], ...]
"""Round, start and half-open end (days from day 0) of each step, in order."""


@dataclass(frozen=True, slots=True)
class Known:
    """A legal chain, found by exhaustive search; `past` are the steps that are history."""

    track: int
    steps: Steps
    points: int
    past: frozenset[tuple[int, int, int]]


@dataclass(frozen=True)
class Question:
    """A person of a problem, and prices to ask at."""

    problem: Problem
    person: int
    chains: tuple[Known, ...]
    prices: Prices
    tracks: Ints

    def cost(self, chain: Known) -> int | None:
        """What a chain costs, in 1/`SCALE` points; None if it is forbidden."""
        cost = SCALE * chain.points + int(self.tracks[chain.track])
        for step in chain.steps:
            row, start, end = step
            price, first = int(self.prices.fixed[row]), int(self.prices.first_sum[row])
            if first >= 0:
                price += int(self.prices.sums[first + end] - self.prices.sums[first + start])
            if price < FORBIDDEN:
                cost += price
            elif step not in chain.past:
                return None
        return cost

    @cached_property
    def costs(self) -> dict[tuple[int, Steps], int]:
        """Track and steps of every chain that isn't forbidden, cheapest first, with its cost."""
        found = [((chain.track, chain.steps), self.cost(chain)) for chain in self.chains]
        return dict(sorted(((key, cost) for key, cost in found if cost is not None), key=lambda one: one[1]))

    def least(self, limit: int = NO_LIMIT) -> int:
        """The least cost, or the limit if that is less."""
        return min([limit, *self.costs.values()])

    def key(self, chain: Chain) -> tuple[int, Steps]:
        """Track and steps of a chain that was found."""
        case = self.problem.persons[self.person].cases[chain.case]
        rounds, base = case.options.column("round"), self.problem.calendar.first
        steps = ((int(rounds[step.option]), step.start - base, step.end - base) for step in chain.steps)
        return case.track, tuple(sorted(steps))

    def marked(self, steps: Steps) -> Steps:
        """Those of the marked rounds."""
        return tuple(step for step in steps if self.prices.mark[step[0]])

    def pricer(self, *, compiled: bool = False, room: int = ROOM, **switches: bool) -> Pricer:
        return Pricer(self.problem, compiled=compiled, room=room, **switches)


def questions(scenario: Scenario, seed: int, sizes: Iterable[int] = SIZES) -> list[Question]:
    """A question for each person and each size of prices."""
    problem = compile_problem(scenario)
    found = []
    for person in range(len(problem.persons)):
        chains = _known(scenario, problem, person)
        for size in sizes:
            prices, tracks = _drawn(np.random.default_rng([seed, person, size]), problem, size)
            found.append(Question(problem, person, chains, prices, tracks))
    return found


def _known(scenario: Scenario, problem: Problem, person: int) -> tuple[Known, ...]:
    rounds = {row.round: number for number, row in enumerate(scenario.rounds)}
    tracks = {row.track: number for number, row in enumerate(scenario.tracks)}
    base = problem.calendar.first
    found = []
    for chain in chains_of(scenario, scenario.participants[person].participant):
        steps = [
            ((rounds[step.round], step.first - base, step.last + 1 - base), step.history)
            for step in chain.steps
        ]
        past = frozenset(step for step, is_past in steps if is_past)
        assert chain.track is not None
        key = tuple(sorted(step for step, _ in steps))
        found.append(Known(tracks[chain.track], key, chain.points, past))
    return tuple(found)


def _drawn(rng: np.random.Generator, problem: Problem, size: int) -> tuple[Prices, Ints]:
    """Prices of half the rounds, by day for most rolling ones; some rounds and days forbidden.

    Of the other rounds those with a least class size cost less than nothing.
    """
    count, days = len(problem.rows), problem.calendar.last - problem.calendar.first + 1
    fixed, first_sum = np.zeros(count, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    sums = [0]
    mark = np.where(rng.random(count) < 0.7, rng.integers(1, 1 << 40, count), 0)
    tracks = rng.integers(0, size + 1, len(problem.positions)) * (rng.random(len(problem.positions)) < 0.5)
    for number, row in enumerate(problem.rows if size else ()):
        kind = rng.random()
        if kind < 0.5 and row.rolling and rng.random() < 0.8:
            daily = rng.integers(0, size // 10 + 1, days) * (rng.random(days) < 0.4)
            if rng.random() < 0.15:
                daily[rng.integers(0, days)] = FORBIDDEN
            first_sum[number] = len(sums)
            sums += [0, *np.cumsum(daily).tolist()]
        elif kind < 0.5:
            fixed[number] = rng.integers(0, size)
        elif kind < 0.55:
            fixed[number] = FORBIDDEN
        elif row.min_participants > 1:  # others pay whoever helps a round to its least class size
            fixed[number] = -int(rng.integers(0, size))
    return Prices(fixed, first_sum, np.array(sums, dtype=np.int64), mark), tracks.astype(np.int64)


def takes_no_more(question: Question, one: Steps, other: Steps) -> bool:
    """Whether each step lies within one of the other's, all those of rounds with a least class size used."""
    left = list(other)
    for row, start, end in one:
        around = [step for step in left if step[0] == row and step[1] <= start and end <= step[2]]
        if not around:
            return False
        left.remove(around[0])
    return all(question.problem.rows[row].min_participants <= 1 for row, _, _ in left)
