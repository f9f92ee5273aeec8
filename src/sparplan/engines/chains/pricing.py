"""Asks the label setting, or CP-SAT, for every class at once, and adds up what the answers prove."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sparplan.engines.chains.duals import rent
from sparplan.engines.chains.labels.answers import Answer
from sparplan.engines.chains.labels.arrays import TooWide
from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.labels.pricer import Pricer
from sparplan.engines.chains.labels.steps import most_gained
from sparplan.engines.chains.pool import Pool
from sparplan.engines.chains.rates import Rates
from sparplan.engines.chains.single import cheapest_chain
from sparplan.engines.state import SearchState

Item = TypeVar("Item")
Result = TypeVar("Result")
LABELS_A_UNIT = 30_000  # of work: about a second
EXACT_ROOM = 8_000  # labels of an exact question: about as long as CP-SAT takes
CP_SAT_WORK = 4.0  # of one question to CP-SAT
MODEL_WORK = 0.3  # of making the model for one
MOST_HEAVY = 12  # classes asked of CP-SAT in one round
MANY = 200  # classes: among more, those few count little for which the label setting finds no chain
PORTIONS = 4  # in which so many classes get their first chains
MOST_WIDE = 0.5  # of the participants: with more, the label setting isn't used
ROOM = 1_000  # labels of a question, where a good chain is enough
ROOMS_TO_FIND = (16_000, 64_000)  # with which some chain must be found, or the label setting is no good


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
    wide, heavy
        Classes that the label setting has no room for; those that its exact search had no room for.
    """

    def __init__(self, state: SearchState, pool: Pool, pricer: Pricer) -> None:
        self.state = state
        self.pool = pool
        self.pricer = pricer
        self.own = np.array([self._trivial(group) for group in range(len(pool.members))], dtype=np.int64)
        self.wide = set[int]()
        self.heavy = set[int]()
        self._needed = np.zeros(len(pool.members), dtype=np.int64)  # labels of the last question
        self._threads = ThreadPoolExecutor(state.limits.workers)

    def _trivial(self, group: int) -> int:
        """What a class costs at least without looking."""
        person = self.pool.problem.persons[self.pool.members[group][0]]
        least = [case.constant_points - sum(points for _, points in case.merits) for case in person.cases]
        return SCALE * min([person.unplaced_points, *least])

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def first_chains(self, rates: Rates, after_some: Callable[[], None]) -> Ints:
        """A good chain of each class; by class, what it costs at least. Nothing may have a price.

        Where there are many classes, `after_some` is called each time that some more have theirs.

        Classes that the label setting can't be asked about are wide from then on; those too for which it
        finds none for want of room, unless there are many classes, among which they matter little.

        Raises
        ------
        TooWide
            When most participants are in such classes.
        """
        groups, without = range(len(self.own)), list[int]()
        portions = PORTIONS if len(groups) > MANY else 1
        for first in range(portions):
            without += self._learn(groups[first::portions], rates, ROOM)
            after_some()
        for room in ROOMS_TO_FIND:
            without = self._learn(without, rates, room)
        if not self.state.out_of_limits:
            is_small = len(self.own) <= MANY
            self.wide.update(group for group in without if is_small or not self._needed[group])
        if self.num_wide > MOST_WIDE * len(self.pool.group_of):
            raise TooWide
        self._learn(sorted(self.wide), rates, ROOM)
        return self.own

    def _learn(self, groups: Sequence[int], rates: Rates, room: int) -> list[int]:
        """Take own chains and bounds of some classes; for whom none was found for want of room."""
        limits = SCALE * self.pool.unplaced
        without = list[int]()
        rooms = np.full(len(limits), room)
        for group, answer in zip(groups, self.cheapest(groups, rates, limits, rooms), strict=True):
            self.own[group] = min(limits[group], max(self.own[group], answer.bound))
            self._needed[group] = answer.labels
            for _, chain in answer.chains:
                self.pool.add(group, chain)
            if not answer.is_whole and not answer.chains:
                without.append(group)
        return without

    @property
    def num_wide(self) -> int:
        """How many persons are in wide classes."""
        return sum(int(self.pool.sizes[group]) for group in self.wide)

    def price(self, groups: Ints, rates: Rates, limits: Ints, room: int) -> Ints:
        """Look quickly for new chains of some classes; how many each has now in the pool."""
        return self._ask(groups, rates, limits, np.full(len(limits), room), quick=True).fresh

    def _ask(self, groups: Ints, rates: Rates, limits: Ints, rooms: Ints, *, quick: bool = False) -> "Round":
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
        known = self.known(rates)
        least = np.minimum(limits, known)
        fresh = np.zeros(len(groups), dtype=np.int64)
        places = [place for place, group in enumerate(groups) if limits[group] > known[group]]
        asked = groups[places].tolist()
        unfinished = list[int]()
        answers = self.cheapest(asked, rates, limits, rooms, quick=quick)
        for place, group, answer in zip(places, asked, answers, strict=True):
            if not answer.is_whole:
                unfinished.append(group)
            if not quick:
                self._needed[group] = answer.labels
            least[group] = max(answer.bound, known[group])
            below = (chain for cost, chain in answer.chains if cost < limits[group])
            fresh[place] = sum(self.pool.add(group, chain) for chain in below)
        return Round(least, fresh, np.array(unfinished, dtype=np.int64))

    def prove(self, rates: Rates, limits: Ints, rooms: Sequence[int]) -> Round:
        """Price all classes, those that weren't searched to the end once more with more room, and so on.

        Each time the search's bound is raised.

        Parameters
        ----------
        rooms
            Labels after which a question is given up, one after another; who needed more last time begins
            with more.
        """
        groups, rented = np.arange(len(self.pool.members)), rent(self.pool.problem, rates)
        first = np.clip(2 * self._needed, rooms[0], rooms[-1])
        found = self._ask(groups, rates, limits, first)
        self._raise_bound(found.least, rented)
        for room in rooms[1:]:
            again = found.unfinished[first[found.unfinished] < room]
            if not len(again) or self.state.out_of_limits:
                break
            more = self._ask(again, rates, limits, np.full(len(limits), room))
            found.least[again] = np.maximum(found.least[again], more.least[again])
            found.fresh[again] += more.fresh
            finished = np.setdiff1d(again, more.unfinished)
            found = Round(found.least, found.fresh, np.setdiff1d(found.unfinished, finished))
            self._raise_bound(found.least, rented)
        return found

    def _raise_bound(self, least: Ints, rent: int) -> None:
        self.state.raise_bound(min(self.bound_of(least, rent), self.state.best_points))

    def cheapest(
        self,
        groups: Sequence[int],
        rates: Rates,
        limits: Ints,
        rooms: Ints,
        *,
        quick: bool = False,
    ) -> list[Answer]:
        """The cheapest chains of some classes by the relaxed search (of wide ones by CP-SAT, if not quickly).

        Parameters
        ----------
        limits
            By class: only chains that cost less are looked for.
        rooms
            By class: labels after which a question is given up.
        quick
            As for `Pricer.cheapest`.
        """

        def ask(group: int) -> Answer:
            limit, room = int(limits[group]), int(rooms[group])
            if group in self.wide and quick:
                return self._unknown(group, rates)
            if group in self.wide:
                return self._by_cp_sat(group, rates, limit, self._known_of(group, rates))
            try:
                person = self.pool.members[group][0]
                return self.pricer.cheapest(
                    person, rates.of(group), rates.tracks, limit, room=room, quick=quick
                )
            except TooWide:
                return self._unknown(group, rates)

        return self._answers(ask, groups, rates)

    def exact(self, groups: Sequence[int], rates: Rates, limits: Ints, least: Ints) -> list[Answer]:
        """The cheapest chain of some classes by the exact search.

        Where that has no room, by CP-SAT; not if such classes are many, then little is known of them.

        Parameters
        ----------
        least
            By class: what each chain is known to cost at least.
        """

        def by_labels(group: int) -> Answer:
            person = self.pool.members[group][0]
            return self.pricer.exact(
                person, rates.of(group), rates.tracks, int(limits[group]), room=EXACT_ROOM
            )

        def by_cp_sat(group: int) -> Answer:
            return self._by_cp_sat(group, rates, int(limits[group]), int(least[group]))

        easy = [group for group in groups if group not in self.heavy and group not in self.wide]
        answers = dict(zip(easy, self._answers(by_labels, easy, rates), strict=True))
        if not self.state.out_of_limits:
            self.heavy.update(group for group, answer in answers.items() if not answer.is_whole)
        hard = [group for group in groups if group in self.heavy or group in self.wide]
        if len(hard) <= MOST_HEAVY:
            answers.update(zip(hard, self._answers(by_cp_sat, hard, rates), strict=True))
        return [answers.get(group, self._unknown(group, rates)) for group in groups]

    def every(self, limits: Mapping[int, int], rates: Rates) -> list[Answer]:
        """By class: every chain below a limit that no other of the same footprint beats."""

        def ask(group: int) -> Answer:
            if group in self.wide:
                return self._unknown(group, rates)
            person = self.pool.members[group][0]
            return self.pricer.every(person, rates.of(group), rates.tracks, limits[group], room=EXACT_ROOM)

        return self._answers(ask, list(limits), rates)

    def _answers(self, ask: Callable[[int], Answer], groups: Sequence[int], rates: Rates) -> list[Answer]:
        """Ask about classes side by side; of those that come too late, what is known."""

        def ask_in_time(group: int) -> Answer:
            if self.state.out_of_limits:
                return self._unknown(group, rates)
            return ask(group)

        answers = self.side_by_side(ask_in_time, groups)
        self.state.work += sum(answer.labels for answer in answers) / LABELS_A_UNIT
        return answers

    def side_by_side(self, do: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
        """Do something with each of some items, on the threads; the results in order."""
        return list(self._threads.map(do, items))

    def known(self, rates: Rates) -> Ints:
        """By class: what a chain costs at least at some rates, without asking: `own` less subsidies."""
        if not rates.charges:
            return self.own
        known = [self._known_of(group, rates) for group in range(len(self.own))]
        return np.array(known, dtype=np.int64)

    def _known_of(self, group: int, rates: Rates) -> int:
        return int(self.own[group]) - most_gained(rates.of(group), self.pool.large_rounds[group])

    def _unknown(self, group: int, rates: Rates) -> Answer:
        """The answer to a question that wasn't asked: what is known of a class at these rates."""
        return Answer(self._known_of(group, rates), (), 0, is_whole=False)

    def _by_cp_sat(self, group: int, rates: Rates, limit: int, least: int) -> Answer:
        """The cheapest chain of a class below a limit, by a model of one member."""
        person, prices, tracks = self.pool.members[group][0], rates.of(group), rates.tracks
        found = cheapest_chain(
            self.state,
            person,
            prices,
            tracks,
            limit,
            least=least,
            work=min(CP_SAT_WORK, self.state.work_left),
        )
        labels = round((MODEL_WORK + found.work) * LABELS_A_UNIT)
        if found.chain is None:
            return Answer(found.bound, (), labels, found.is_whole)
        cost = self.pricer.cost_of(person, found.chain, prices, tracks)
        return Answer(found.bound, ((cost, found.chain),), labels, found.is_whole)

    def value_of(self, least: Ints, rent: int) -> int:
        """What each class pays at least, less the rent of all seats, in 1/`SCALE` points."""
        return int((self.pool.sizes * np.minimum(least, SCALE * self.pool.unplaced)).sum()) - rent

    def bound_of(self, least: Ints, rent: int) -> int:
        """The bound that prices prove, in points."""
        return -(-self.value_of(least, rent) // SCALE)
