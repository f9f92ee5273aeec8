"""Asks the label setting for every class at once, and adds up what the answers prove."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.labels.pricer import Answer, Pricer
from sparplan.engines.chains.labels.steps import Prices
from sparplan.engines.chains.pool import Pool
from sparplan.engines.state import SearchState

LABELS_A_UNIT = 30_000  # of work: about a second
ROOM = 1_000  # labels of a question, where a good chain is enough
BEAM = 8  # labels a day, where there is no more room
Result = TypeVar("Result")


class Pricing:
    """The label setting over a pool's classes, on several threads.

    Attributes
    ----------
    own
        By class: proven least cost of a chain alone (or of leaving a member unplaced), in 1/`SCALE` points.
    """

    def __init__(self, state: SearchState, pool: Pool, pricer: Pricer) -> None:
        self.state = state
        self.pool = pool
        self.pricer = pricer
        self.own = np.array([self._trivial(group) for group in range(len(pool.members))], dtype=np.int64)
        self._threads = ThreadPoolExecutor(state.limits.workers)

    def _trivial(self, group: int) -> int:
        """What a class costs at least without looking."""
        person = self.pool.problem.persons[self.pool.members[group][0]]
        least = [case.constant_points - sum(points for _, points in case.merits) for case in person.cases]
        return SCALE * min([person.unplaced_points, *least])

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def each(self, ask: Callable[[int], Result], groups: Sequence[int]) -> list[Result]:
        """Ask something of each class, side by side; the answers in order."""
        return list(self._threads.map(ask, groups))

    def first_chains(self, prices: Prices, tracks: Ints) -> None:
        """A good chain of each class, without proof."""

        def ask(group: int) -> Answer | None:
            if self.state.stop.is_set():
                return None
            person, limit = self.pool.members[group][0], SCALE * int(self.pool.unplaced[group])
            return self.pricer.cheapest(person, prices, tracks, limit, room=ROOM, beam=BEAM)

        groups = range(len(self.pool.members))
        self._take(zip(groups, self.each(ask, groups), strict=True))

    def price_all(self, prices: Prices, tracks: Ints, limits: Ints, room: int) -> tuple[Ints, int, int]:
        """Price every class; new chains join the pool.

        Parameters
        ----------
        limits
            By class: only chains that cost less are looked for.
        room
            Labels after which a question is given up; then a narrow beam looks for chains, and what is
            known is a weaker bound.

        Returns
        -------
        tuple
            By class the least cost of any chain (at most the limit); how many columns are new; how many
            classes weren't searched to the end.
        """
        groups = [group for group in range(len(self.pool.members)) if limits[group] > self.own[group]]

        def ask(group: int) -> Answer | None:
            if self.state.out_of_limits:
                return None
            person, limit = self.pool.members[group][0], int(limits[group])
            return self.pricer.cheapest(person, prices, tracks, limit, room=room, beam=BEAM)

        least = np.minimum(limits, self.own)
        answers = self.each(ask, groups)
        fresh = self._take(zip(groups, answers, strict=True), limits)
        unfinished = 0
        for group, answer in zip(groups, answers, strict=True):
            unfinished += answer is None or not answer.is_whole
            if answer is not None:
                least[group] = max(answer.bound, self.own[group])
        return least, fresh, unfinished

    def _take(self, answers: Iterable[tuple[int, Answer | None]], limits: Ints | None = None) -> int:
        """Put the chains of answers into the pool, in order; how many are new."""
        fresh = labels = 0
        for group, answer in answers:
            if answer is None:
                continue
            labels += answer.labels
            for cost, chain in answer.chains:
                if limits is None or cost < limits[group]:
                    fresh += self.pool.add(group, chain)
        self.state.work += labels / LABELS_A_UNIT
        return fresh

    def bound_of(self, least: Ints, rent: int) -> int:
        """The bound that prices prove: what each class pays at least, less the rent of all seats."""
        total = int((self.pool.sizes * np.minimum(least, SCALE * self.pool.unplaced)).sum()) - rent
        return -(-total // SCALE)
