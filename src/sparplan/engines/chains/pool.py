"""The chains found so far, as columns of one linear programme."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.rates import Rates
from sparplan.problem import Chain, Problem


@dataclass(frozen=True, slots=True)
class Way:
    """What a chain of a class of equal persons takes, and what it costs at least.

    Attributes
    ----------
    group
        Number of the class.
    uses
        Round, first day and half-open end of each step; but for those that fill gaps, if they aren't known.
    """

    group: int
    points: int
    track: int
    uses: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Column(Way):
    """A chain of a class of equal persons."""

    chain: Chain


class Pool:
    """Columns by class; of those that look the same to all that is shared, the cheapest.

    A chain that costs more than leaving its person unplaced is kept only where it helps a round to its least
    class size.

    Attributes
    ----------
    large_rounds
        By class: the rounds with a least class size that a member may take.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.members = problem.classes
        self.sizes = np.array([len(members) for members in self.members], dtype=np.int64)
        self.unplaced = np.array(
            [problem.persons[members[0]].unplaced_points for members in self.members], dtype=np.int64
        )
        self.group_of = {member: group for group, members in enumerate(self.members) for member in members}
        self.columns: list[Column] = []
        self._place: dict[tuple[int, int, tuple[tuple[int, int, int], ...]], int] = {}
        large = np.flatnonzero(problem.is_large)
        self.large_rounds = [_rounds_of(problem, members[0], large) for members in self.members]
        self._asks_for_others = [row.min_participants > 1 for row in problem.rows]
        self._limited = [row.seats is not None or row.min_participants > 1 for row in problem.rows]
        self._arrays = _Arrays((), self._limited, problem.calendar.first)

    def __len__(self) -> int:
        return len(self.columns)

    def add(self, group: int, chain: Chain) -> bool:
        """Add a chain, unless one that is as good is there; whether it was new."""
        column = self.column_of(group, chain)
        uses, points = column.uses, column.points
        if points >= self.unplaced[group] and not any(self._asks_for_others[use[0]] for use in uses):
            return False
        key = group, column.track, tuple(use for use in uses if self._limited[use[0]])
        place = self._place.get(key)
        if place is None:
            self._place[key] = len(self.columns)
            self.columns.append(column)
        elif self.columns[place].points > points:
            self.columns[place] = column
            if place < len(self._arrays.points):
                self._arrays.points[place] = points  # what it uses of limited rounds is the same
        else:
            return False
        return True

    def column_of(self, group: int, chain: Chain) -> Column:
        """A chain as a column, in the pool or not."""
        return column_of(self.problem, group, self.members[group][0], chain)

    @property
    def arrays(self) -> "_Arrays":
        """The columns as arrays."""
        known = len(self._arrays.group)
        if known < len(self.columns):
            later = _Arrays(self.columns[known:], self._limited, self.problem.calendar.first, known)
            self._arrays = self._arrays.followed_by(later)
        return self._arrays

    def costs(self, rates: Rates) -> Ints:
        """What each column costs at some rates, in 1/`SCALE` points."""
        arrays, prices = self.arrays, rates.subsidised
        cost = SCALE * arrays.points + rates.tracks[arrays.track]
        price = prices.fixed[arrays.row] + rates.fees(arrays.group[arrays.column], arrays.row)
        first = prices.first_sum[arrays.row]
        daily = np.flatnonzero(first >= 0)
        price[daily] += (
            prices.sums[first[daily] + arrays.end[daily]] - prices.sums[first[daily] + arrays.start[daily]]
        )
        np.add.at(cost, arrays.column, price)
        return cost

    def cheapest_by_group(self, costs: Ints) -> Ints:
        """By class: the least cost of its columns and of leaving a member unplaced."""
        least = SCALE * self.unplaced
        np.minimum.at(least, self.arrays.group, costs)
        return least


def column_of(problem: Problem, group: int, member: int, chain: Chain) -> Column:
    """A chain of a member of a class as a column."""
    person = problem.persons[member]
    points, track = problem.chain_points(person, chain), person.cases[chain.case].track
    return Column(group, points, track, problem.uses(member, chain), chain)


def _rounds_of(problem: Problem, person: int, rounds: Ints) -> Ints:
    """Those of some rounds that a person may take."""
    cases = problem.persons[person].cases
    mine = [np.asarray(case.options.column("round"), dtype=np.int64) for case in cases]
    return np.intersect1d(rounds, np.concatenate([rounds[:0], *mine]))


class _Arrays:
    """Columns as arrays; one entry a column, and one a use of a round with limits (a step) of `column`."""

    def __init__(self, columns: Sequence[Column], limited: Sequence[bool], base: int, first: int = 0) -> None:
        self.group = _ints(column.group for column in columns)
        self.points = _ints(column.points for column in columns)
        self.track = _ints(column.track for column in columns)
        uses = [
            (place, *use)
            for place, column in enumerate(columns, first)
            for use in column.uses
            if limited[use[0]]
        ]
        table = np.array(uses, dtype=np.int64).reshape(len(uses), 4).T
        self.column, self.row = table[0], table[1]
        self.start, self.end = table[2] - base, table[3] - base

    def followed_by(self, later: "_Arrays") -> "_Arrays":
        """These, then others."""
        joined = copy(self)
        for name, values in vars(self).items():
            setattr(joined, name, np.concatenate((values, getattr(later, name))))
        return joined


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
