"""Asks the label setting for every class at once, and adds up what the answers prove."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sparplan.engines.chains.labels.answers import Answer
from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.labels.pricer import Pricer
from sparplan.engines.chains.labels.steps import Prices
from sparplan.engines.chains.pool import Pool
from sparplan.engines.state import SearchState

LABELS_A_UNIT = 30_000  # of work: about a second
EXACT_ROOM = 30_000  # labels of an exact question
ROOM = 1_000  # labels of a question, where a good chain is enough
ROOMS_TO_FIND = (16_000, 128_000)  # those of one where no chain at all is known yet
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of questions gave.

    Attributes
    ----------
    least
        By class: the least cost of any chain, at most the limit; of those not asked about, what is known.
    fresh
        By class asked about: how many columns are new.
    unfinished
        The classes that weren't searched to the end.
    """

    least: Ints
    fresh: Ints
    unfinished: Ints


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
        self._needed = np.zeros(len(pool.members), dtype=np.int64)  # labels of the last whole question
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

    def first_chains(self, prices: Prices, tracks: Ints) -> Ints:
        """A good chain of each class that has one; by class, what it costs at least."""
        groups, limits = np.arange(len(self.pool.members)), SCALE * self.pool.unplaced
        for room in (ROOM, *ROOMS_TO_FIND):
            found = self._ask(groups, prices, tracks, limits, np.full(len(limits), room))
            self.own = np.minimum(found.least, limits)
            groups = np.setdiff1d(found.unfinished, self.pool.arrays.group)
        return self.own

    def price(self, groups: Ints, prices: Prices, tracks: Ints, limits: Ints, room: int) -> Ints:
        """Look quickly for new chains of some classes; how many each has now in the pool."""
        return self._ask(groups, prices, tracks, limits, np.full(len(limits), room), quick=True).fresh

    def _ask(
        self, groups: Ints, prices: Prices, tracks: Ints, limits: Ints, rooms: Ints, *, quick: bool = False
    ) -> "Round":
        """Price some classes; new chains join the pool.

        Parameters
        ----------
        groups
            Numbers of the classes.
        limits
            By class: only chains that cost less are looked for.
        rooms
            By class: labels after which a question is given up; what is known then is a weaker bound.
        """
        least = np.minimum(limits, self.own)
        fresh = np.zeros(len(groups), dtype=np.int64)
        places = [place for place, group in enumerate(groups) if limits[group] > self.own[group]]

        def ask(place: int) -> Answer | None:
            if self.state.out_of_limits:
                return None
            group = int(groups[place])
            person, room = self.pool.members[group][0], int(rooms[group])
            return self.pricer.cheapest(person, prices, tracks, int(limits[group]), room=room, quick=quick)

        unfinished = list[int]()
        for place, answer in zip(places, self.each(ask, places), strict=True):
            group = int(groups[place])
            if answer is None or not answer.is_whole:
                unfinished.append(group)
            if answer is not None:
                least[group] = max(answer.bound, self.own[group])
                if not quick:
                    self._needed[group] = answer.labels
                fresh[place] = self._take(group, answer, int(limits[group]))
        return Round(least, fresh, np.array(unfinished, dtype=np.int64))

    def prove(self, prices: Prices, tracks: Ints, limits: Ints, rent: int, rooms: Sequence[int]) -> Round:
        """Price all classes, those that weren't searched to the end once more with more room, and so on.

        Each time the search's bound is raised.

        Parameters
        ----------
        rent
            Of all seats at these prices (`master.rent`).
        rooms
            Labels after which a question is given up, one after another.
        """
        groups = np.arange(len(self.pool.members))
        first = np.clip(2 * self._needed, rooms[0], rooms[-1])
        found = self._ask(groups, prices, tracks, limits, first)
        for room in rooms[1:]:
            self._raise_bound(found.least, rent)
            again = found.unfinished[first[found.unfinished] < room]
            if not len(again) or self.state.out_of_limits:
                break
            more = self._ask(again, prices, tracks, limits, np.full(len(limits), room))
            found.least[again] = np.maximum(found.least[again], more.least[again])
            found.fresh[again] += more.fresh
            finished = np.setdiff1d(again, more.unfinished)
            found = Round(found.least, found.fresh, np.setdiff1d(found.unfinished, finished))
        self._raise_bound(found.least, rent)
        return found

    def _raise_bound(self, least: Ints, rent: int) -> None:
        self.state.raise_bound(min(self.bound_of(least, rent), self.state.best_points))

    def exact(self, group: int, prices: Prices, tracks: Ints, limit: int, *, every: bool = False) -> Answer:
        """The cheapest chain of a class below a limit, or every one, by the exact search."""
        answer = self._exact(group, prices, tracks, limit, every=every)
        self.state.work += answer.labels / LABELS_A_UNIT
        return answer

    def exact_all(self, groups: Sequence[int], prices: Prices, tracks: Ints, limits: Ints) -> list[Answer]:
        """The same for several classes side by side; whoever comes too late knows nothing."""

        def ask(group: int) -> Answer:
            if self.state.out_of_limits:
                return Answer(int(self.own[group]), (), 0, is_whole=False)
            return self._exact(group, prices, tracks, int(limits[group]))

        answers = self.each(ask, groups)
        self.state.work += sum(answer.labels for answer in answers) / LABELS_A_UNIT
        return answers

    def _exact(self, group: int, prices: Prices, tracks: Ints, limit: int, *, every: bool = False) -> Answer:
        person = self.pool.members[group][0]
        return self.pricer.exact(person, prices, tracks, limit, every=every, room=EXACT_ROOM)

    def _take(self, group: int, answer: Answer, limit: int) -> int:
        """Put the chains of an answer into the pool; how many are new."""
        self.state.work += answer.labels / LABELS_A_UNIT
        return sum(self.pool.add(group, chain) for cost, chain in answer.chains if cost < limit)

    def value_of(self, least: Ints, rent: int) -> int:
        """What each class pays at least, less the rent of all seats, in 1/`SCALE` points."""
        return int((self.pool.sizes * np.minimum(least, SCALE * self.pool.unplaced)).sum()) - rent

    def bound_of(self, least: Ints, rent: int) -> int:
        """The bound that prices prove, in points."""
        return -(-self.value_of(least, rent) // SCALE)
