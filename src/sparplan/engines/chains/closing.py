"""Closing the gap: of all chains, only those whose reduced cost is within it can be in a better plan.

With prices that prove a bound, a chain that costs more than its class's least by at least the gap is in no
plan better than the best one. The others are listed, as far as they differ in the rounds that matter: at
first those that have a price, later those too that a choice among them would overfill. CP-SAT's choice bounds
every plan; once it fits all rounds, it is the best plan.

A class with too long a list is chosen for among shadows of its chains. Once such a shadow is chosen, or where
these are too many too, the class is heavy: modelled in full.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sparplan.engines.base import Effort
from sparplan.engines.chains.choice import Choice, choose
from sparplan.engines.chains.greedy import place_in_order
from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.labels.steps import price_of
from sparplan.engines.chains.modelled import Heavy
from sparplan.engines.chains.parts import Part, parts_of
from sparplan.engines.chains.pool import Way
from sparplan.engines.chains.prices import Priced
from sparplan.engines.chains.pricing import EXACT_ROOM, Pricing
from sparplan.engines.chains.rates import Rates
from sparplan.engines.state import SearchState
from sparplan.engines.usage import Usage, in_progress
from sparplan.problem import Chain, Problem

MOST_COLUMNS = 60_000
MOST_LABELS = 3_000_000  # of one attempt to list all chains
MOST_TRIES = 12
AT_ONCE = 16  # classes whose chains are listed side by side
MOST_HEAVY = 12  # classes modelled in full in one choice
PATIENCE = 4.0  # work of the first such choice
Flags = npt.NDArray[np.bool_]


class Closing:
    """Attempts to prove the best plan at given prices."""

    def __init__(self, state: SearchState, pricing: Pricing, priced: Priced) -> None:
        self.state, self.pricing, self.pool = state, pricing, pricing.pool
        self.rates, self.rent = priced.rates, priced.rent
        self.least = np.minimum(priced.least, SCALE * self.pool.unplaced)
        self._matters = self._priced_rounds()
        self._lists: Mapping[int, Sequence[Way] | None] | None = None
        self._listed_at = 0
        self._heavy: set[int] = set()
        self._patience = PATIENCE
        self._failed_at: int | None = None

    @property
    def gap(self) -> int:
        """What the best plan costs beyond the bound of these very prices, in 1/`SCALE` points."""
        paid = int((self.pool.sizes * self.least).sum())
        return SCALE * self.state.best_points - (paid - self.rent)

    def prove(self) -> bool:
        """Try to prove the best plan, or to find and prove a better one; whether the search is over."""
        state = self.state
        if self._failed_at is not None and 2 * self.gap > self._failed_at:
            return state.is_over
        for _ in range(MOST_TRIES):
            if self.gap < SCALE:  # points are whole numbers
                state.raise_bound(state.best_points)
            if state.is_over:
                return True
            is_much_smaller = 2 * self.gap < self._listed_at
            if self._lists is None or is_much_smaller:
                self._lists, self._listed_at = self._within_gap(), self.gap
                self._heavy = set() if is_much_smaller else self._heavy
                self._heavy |= {group for group, ways in (self._lists or {}).items() if ways is None}
            if self._lists is None or len(self._heavy) > MOST_HEAVY:
                break
            choice = self._choose_within_gap(self._lists)
            if choice.ways is None or choice.chains is None:
                return state.is_over
            chains = [choice.chains[person] for person in range(len(state.best))]
            overfull = _overfull(state.problem, choice.ways.values())
            if not len(overfull) and choice.is_whole:
                state.keep(chains)
                return state.is_over
            self._keep_mended(chains)
            self._heavy |= choice.without_chain
            if len(overfull):
                self._matters[overfull] = True
                self._lists = None
        self._failed_at = self.gap
        return state.is_over

    def _choose_within_gap(self, lists: Mapping[int, Sequence[Way] | None]) -> Choice:
        """Choose among the lists, part by part, heavy classes in full.

        Where these take too long, next time has longer. A part in which nothing better is found stays as it
        is in the best plan.
        """
        state = self.state
        listed = [way for group, found in lists.items() if group not in self._heavy for way in found or ()]
        now: dict[int, Way | None] = {
            person: None if chain is None else self.pool.column_of(self.pool.group_of[person], chain)
            for person, chain in enumerate(state.best)
        }
        parts, ways = self._in_parts(listed, [way for way in now.values() if way is not None])
        most = state.work_left / len(parts)
        choices = self.pricing.side_by_side(lambda part: self._choose_in_part(part, ways, most), parts)
        work = sum(choice.work for choice in choices)
        state.work += work
        bound = 0
        for choice in choices:
            assert choice.bound is not None  # at least what the prices say
            bound += choice.bound
        state.raise_bound(min(bound, state.best_points))
        if self._heavy and max(choice.work for choice in choices) >= min(most, self._patience):
            self._patience *= 2
        better = [choice for choice in choices if choice.ways is not None]
        if not better:
            return Choice(None, 0, bound, work)
        for choice in better:
            now |= choice.ways or {}
        return Choice(now, sum(choice.points for choice in choices), bound, work)

    def _in_parts(self, ways: Sequence[Way], now: Sequence[Way]) -> tuple[list[Part], Sequence[Way]]:
        """The parts of a choice, and the ways that are within the gap of their part."""
        while True:
            parts = parts_of(self.pool, [*ways, *now], self._heavy, self._matters)
            limits = self.least.copy()
            for part in parts:
                limits[list(part.groups)] += self._gap_of(part)
            kept = [way for way in ways if self._cost(way) < limits[way.group]]
            if len(kept) == len(ways):
                return parts, ways
            ways = kept

    def _known_of(self, part: Part) -> int:
        """What a part costs at least, in 1/`SCALE` points."""
        groups = list(part.groups)
        paid = int((self.pool.sizes[groups] * self.least[groups]).sum())
        return paid - part.rent(self.state.problem, self.rates)

    def _points_of(self, part: Part) -> int:
        """The points of a part in the best plan."""
        state, members = self.state, self.pool.members
        persons = (person for group in part.groups for person in members[group])
        return sum(state.problem.points(person, state.best[person]) for person in persons)

    def _gap_of(self, part: Part) -> int:
        return SCALE * self._points_of(part) - self._known_of(part)

    def _cost(self, way: Way) -> int:
        """What a way costs at the prices, in 1/`SCALE` points."""
        prices, base = self.rates.of(way.group), self.state.problem.calendar.first
        paid = sum(price_of(prices, row, start - base, end - base) for row, start, end in way.uses)
        return SCALE * way.points + int(self.rates.tracks[way.track]) + paid

    def _choose_in_part(self, part: Part, ways: Sequence[Way], work: float) -> Choice:
        """Look for something better than the part of the best plan; the bound is never None."""
        points, known = self._points_of(part), self._known_of(part)
        least = -(-known // SCALE)
        if least >= points:
            return Choice(None, points, points, 0.0)
        heavy = self._heavy.intersection(part.groups)
        columns = [way for way in ways if way.group in part.groups and way.group not in heavy]
        work = min(work, self._patience) if heavy else work
        choice = self._choice(columns, part.groups, work, below=points, heavy=heavy)
        bound = least if choice.bound is None else min(points, max(least, choice.bound))
        return Choice(choice.ways, points if choice.ways is None else choice.points, bound, choice.work)

    def _priced_rounds(self) -> Flags:
        """The rounds whose seats have a price, and those with a least class size."""
        prices = self.rates.prices
        return (self.state.problem.is_large > 0) | (prices.fixed > 0) | (prices.first_sum >= 0)

    def _within_gap(self) -> dict[int, Sequence[Way] | None] | None:
        """By class: the cheapest chains within the gap for each way through the rounds that matter.

        None where they are too many.
        """
        drawn = np.random.default_rng(20261123).integers(1, 1 << 40, len(self._matters))
        rates = self.rates.marked(np.where(self._matters, drawn, 0))
        lists: dict[int, Sequence[Way] | None] = {}
        count = spent = 0
        groups = range(len(self.pool.members))
        for some in (groups[first : first + AT_ONCE] for first in groups[::AT_ONCE]):
            if self.state.out_of_limits or spent > MOST_LABELS or count > MOST_COLUMNS:
                return None
            limits = {group: int(self.least[group] + self.gap) for group in some}
            answers = self.pricing.every(limits, rates)
            for group, answer in zip(some, answers, strict=True):
                spent += answer.labels
                if answer.is_whole:
                    lists[group] = [self.pool.column_of(group, chain) for _, chain in answer.chains]
                    for _, chain in answer.chains[:3]:
                        self.pool.add(group, chain)
                else:
                    lists[group] = self._shadows(group, rates, limits[group])
                count += len(lists[group] or ())
        return lists

    def _shadows(self, group: int, rates: Rates, limit: int) -> list[Way] | None:
        """A class's chains but for what fills their gaps, at no more than the least points that takes."""
        if group in self.pricing.wide:
            return None
        person, prices = self.pool.members[group][0], rates.of(group)
        found = self.pricing.pricer.shadows(person, prices, rates.tracks, limit, room=EXACT_ROOM)
        if found is None:
            return None
        base = self.state.problem.calendar.first
        ways = []
        for shadow in found:
            paid = int(rates.tracks[shadow.track]) + sum(
                price_of(prices, row, start - base, end - base) for row, start, end in shadow.uses
            )
            cost = max(shadow.cost, int(self.least[group]))  # the exact search, or CP-SAT, may know better
            ways.append(Way(group, -(-(cost - paid) // SCALE), shadow.track, shadow.uses))
        return ways

    def _choice(
        self,
        columns: Sequence[Way],
        groups: Iterable[int],
        work: float,
        *,
        below: int,
        heavy: Collection[int],
    ) -> Choice:
        state, limits = self.state, self.least + self.gap
        members = {group: self.pool.members[group] for group in groups}
        in_full = {group: members.pop(group) for group in sorted(heavy)}
        return choose(
            state.problem,
            columns,
            members,
            Usage(state.problem),
            Effort(state.clock.left, work, seed=state.limits.seed),
            below=below,
            rounds=set(np.flatnonzero(self._matters).tolist()),
            heavy=Heavy(in_full, self.rates, self.least, limits) if heavy else None,
            stop=state.stop,
        )

    def _keep_mended(self, chains: Sequence[Chain | None]) -> None:
        """Make a plan of a choice that fills some rounds too much."""
        order = self.state.problem.by_priority(range(len(chains)))
        mended = place_in_order(self.pricing, order, chains, [None] * len(chains), self.rates)
        self.state.keep(mended)


def _overfull(problem: Problem, ways: Iterable[Way | None]) -> Ints:
    """The rounds with more users than seats (a rolling one: on some day)."""
    users: dict[int, list[tuple[int, int]]] = {}
    for way in ways:
        for index, start, end in way.uses if way is not None else ():
            users.setdefault(index, []).append((start, end))
    found = []
    for index, steps in users.items():
        row = problem.rows[index]
        if row.seats is None:
            continue
        most = max(in_progress(steps, start) for start, _ in steps) if row.rolling else len(steps)
        if most > row.seats:
            found.append(index)
    return np.array(sorted(found), dtype=np.int64)
