"""The linear programme over the chains found so far: what a seat and a position are worth.

min Σ points·λ + Σ unplaced·u, each class: Σ λ + u = members; each round: users ≤ seats (a rolling one: on
each day); each track: placed ≤ positions; and least class sizes (`least_sizes.py`). Rows that can't be broken
by the columns at hand are left out, those of days of rolling rounds and of least class sizes as long as no
solution breaks them.
"""

from dataclasses import dataclass

import numpy as np

from sparplan.engines.chains.duals import Duals
from sparplan.engines.chains.labels.layout import Ints
from sparplan.engines.chains.least_sizes import LeastSizes
from sparplan.engines.chains.linear import Basis, Floats, Rows, solve_lp
from sparplan.engines.chains.pool import Pool
from sparplan.problem import Problem

MOST_ROUNDS = 20
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Solution:
    """A solution of the programme: its value in points, its duals, and how much of each column it takes."""

    value: float
    duals: Duals
    taken: Floats


class Master:
    """The programme over a growing pool."""

    def __init__(self, problem: Problem, pool: Pool, *, least_sizes: bool = True) -> None:
        self.problem = problem
        self.pool = pool
        self._seats = np.array(
            [-1 if row.seats is None else row.seats for row in problem.rows], dtype=np.int64
        )
        self._rolling = np.array([row.rolling for row in problem.rows], dtype=bool)
        self._positions = np.array(
            [-1 if most is None else most for most in problem.positions], dtype=np.int64
        )
        self._basis: Basis = {}
        self._days: dict[tuple[int, int], int] = {}  # rolling rounds' days that have a row, in order
        self._least_sizes = LeastSizes(pool, are_asked=least_sizes)

    def solve(self) -> Solution:
        """Solve, adding rows of days and of least class sizes until none is broken."""
        for _ in range(MOST_ROUNDS):
            solution = self._solve_once()
            has_broken_days = self.add_broken_days(solution.taken)
            if not self._least_sizes.add_broken(solution.taken) and not has_broken_days:
                break
        return solution

    def ask_least_sizes(self, taken: Floats) -> bool:
        """Ask for least class sizes from now on; whether a solution breaks any that weren't asked for."""
        if self._least_sizes.are_asked:
            return False
        self._least_sizes.are_asked = True
        return self._least_sizes.add_broken(taken)

    def forget_least_sizes(self) -> None:
        """Leave least class sizes aside again."""
        self._least_sizes.are_asked = False
        self._least_sizes.pairs.clear()
        self._basis = {}  # one with rows that are gone is none

    def _solve_once(self) -> Solution:
        pool = self.pool
        num_groups, num_columns = len(pool.members), len(pool)
        groups, contested, tracks = np.arange(num_groups), self._contested(), self._contested_tracks()
        rows = Rows()
        rows.add(
            [("class", group) for group in range(num_groups)],
            pool.sizes,
            np.concatenate((pool.arrays.group, groups)),
            np.arange(num_columns + num_groups),
        )
        of_rounds = self._add_rounds(rows, contested)
        of_days = self._add_days(rows)
        of_tracks = self._add_tracks(rows, tracks)
        least = self._least_sizes
        of_sizes = rows.add(
            [("size", *pair) for pair in least.pairs], np.zeros(len(least.pairs)), *least.coefficients()
        )
        found = solve_lp(
            rows.programme(np.concatenate((pool.arrays.points, pool.unplaced)).astype(float), num_groups),
            [*range(num_columns), *(("out", group) for group in range(num_groups))],
            rows.names,
            self._basis,
        )
        self._basis = found.basis
        prices = np.maximum(0.0, -found.duals)
        duals = Duals(
            _spread(prices[of_rounds], contested, len(self._seats)),
            dict(zip(self._days, prices[of_days].tolist(), strict=True)),
            _spread(prices[of_tracks], tracks, len(self._positions)),
            least.prices(prices[of_sizes]),
        )
        return Solution(found.value, duals, found.values[:num_columns])

    def _add_rounds(self, rows: Rows, contested: Ints) -> slice:
        arrays = self.pool.arrays
        row_of_round = _numbered(contested, len(self._seats))
        used = row_of_round[arrays.row] >= 0
        names = [("round", index) for index in contested.tolist()]
        return rows.add(names, self._seats[contested], row_of_round[arrays.row[used]], arrays.column[used])

    def _add_days(self, rows: Rows) -> slice:
        takers = self._takers_of_days()
        numbers = np.repeat(np.arange(len(takers)), [len(there) for there in takers])
        columns = np.concatenate([numbers[:0], *takers])
        return rows.add([("day", *key) for key in self._days], self._seats_of_days(), numbers, columns)

    def _add_tracks(self, rows: Rows, tracks: Ints) -> slice:
        row_of_track = _numbered(tracks, len(self._positions))[self.pool.arrays.track]
        placed = np.flatnonzero(row_of_track >= 0)
        names = [("track", track) for track in tracks.tolist()]
        return rows.add(names, self._positions[tracks], row_of_track[placed], placed)

    def shared_rows(self) -> tuple[Ints, Ints, Floats]:
        """What columns use of what is shared: rows, the columns that use them, and how much each row has.

        The rows are the rounds, the tracks, and the days of rolling rounds that have a row in the programme.
        """
        arrays, num_rounds = self.pool.arrays, len(self._seats)
        is_fixed = (self._seats >= 0) & ~self._rolling
        used = np.flatnonzero(is_fixed[arrays.row])
        tracks = np.flatnonzero(self._positions[arrays.track] >= 0)
        rows = [arrays.row[used], num_rounds + arrays.track[tracks]]
        columns = [arrays.column[used], tracks]
        count = num_rounds + len(self._positions)
        for number, takers in enumerate(self._takers_of_days()):
            rows.append(np.full(len(takers), count + number))
            columns.append(takers)
        of_days = self._seats_of_days()
        of_fixed = np.where(self._rolling, -1, self._seats)
        upper = np.concatenate((of_fixed, self._positions, of_days)).astype(float)
        upper[upper < 0] = np.inf
        return np.concatenate(rows), np.concatenate(columns), upper

    def _seats_of_days(self) -> Ints:
        return np.array([self._seats[index] for index, _ in self._days], dtype=np.int64)

    def _takers_of_days(self) -> list[Ints]:
        """The columns in progress on each day that has a row."""
        arrays = self.pool.arrays
        uses = np.flatnonzero(self._rolling[arrays.row])
        uses = uses[np.argsort(arrays.row[uses], kind="stable")]
        rows = arrays.row[uses]
        found = []
        for round_index, day in self._days:
            there = uses[slice(*np.searchsorted(rows, (round_index, round_index + 1)))]
            found.append(arrays.column[there[(arrays.start[there] <= day) & (day < arrays.end[there])]])
        return found

    def duals_of(self, prices: Floats) -> Duals:
        """Prices of the rows that `shared_rows` had, as duals; of days that joined since then 0."""
        num_rounds, num_tracks = len(self._seats), len(self._positions)
        days = prices[num_rounds + num_tracks :]
        return Duals(
            prices[:num_rounds],
            dict(zip(self._days, days.tolist(), strict=False)),
            prices[num_rounds : num_rounds + num_tracks],
        )

    def _contested(self) -> Ints:
        """Fixed rounds that the columns' persons could fill beyond their seats."""
        pool = self.pool.arrays
        pairs = np.unique(np.stack((pool.row, pool.group[pool.column])), axis=1)
        wanted = np.bincount(pairs[0], weights=self.pool.sizes[pairs[1]], minlength=len(self._seats))
        return np.flatnonzero((self._seats >= 0) & ~self._rolling & (wanted > self._seats))

    def _contested_tracks(self) -> Ints:
        """Tracks with fewer positions than the columns' persons could take."""
        pool = self.pool.arrays
        pairs = np.unique(np.stack((pool.track, pool.group)), axis=1)
        wanted = np.bincount(pairs[0], weights=self.pool.sizes[pairs[1]], minlength=len(self._positions))
        return np.flatnonzero((self._positions >= 0) & (self._positions < wanted))

    def add_broken_days(self, taken: Floats) -> bool:
        """Add rows for the days on which a rolling round has too many users; whether there were any."""
        arrays = self.pool.arrays
        rolling = np.flatnonzero(self._rolling[arrays.row] & (taken[arrays.column] > TOLERANCE))
        found = False
        for round_index in np.unique(arrays.row[rolling]):
            if self._seats[round_index] < 0:
                continue
            uses = rolling[arrays.row[rolling] == round_index]
            starts, ends = arrays.start[uses], arrays.end[uses]
            shares = taken[arrays.column[uses]]
            for day in np.unique(starts):
                users = shares[(starts <= day) & (day < ends)].sum()
                if users > self._seats[round_index] + TOLERANCE and (round_index, day) not in self._days:
                    self._days[int(round_index), int(day)] = len(self._days)
                    found = True
        return found


def _numbered(chosen: Ints, count: int) -> Ints:
    """Of so many: the place among those chosen, -1 for the others."""
    numbers = np.full(count, -1, dtype=np.int64)
    numbers[chosen] = np.arange(len(chosen))
    return numbers


def _spread(values: Floats, chosen: Ints, count: int) -> Floats:
    """The values of those chosen, 0 for the others."""
    spread = np.zeros(count)
    spread[chosen] = values
    return spread
