"""The linear programme over the chains found so far: what a seat and a position are worth.

min Σ points·λ + Σ unplaced·u, each class: Σ λ + u = members; each round: users ≤ seats (a rolling one: on
each day); each track: placed ≤ positions. Rows that can't be broken by the columns at hand are left out,
those of days of rolling rounds as long as no solution breaks them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.labels.steps import Prices
from sparplan.engines.chains.linear import Basis, Floats, LinearProgram, solve_lp
from sparplan.engines.chains.pool import Pool
from sparplan.problem import Problem

MOST_ROUNDS = 20
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Duals:
    """Prices of a solution of the programme, in points, none below 0.

    Attributes
    ----------
    fixed
        By round; of rolling rounds 0.
    daily
        By rolling round and day (from day 0): price of being in progress on that day.
    tracks
        By track.
    """

    fixed: Floats
    daily: Mapping[tuple[int, int], float]
    tracks: Floats

    def mixed_with(self, other: "Duals", weight: float) -> "Duals":
        """A mean of two, with so much of the other."""
        keys = {**self.daily, **other.daily}
        return Duals(
            (1 - weight) * self.fixed + weight * other.fixed,
            {
                key: (1 - weight) * self.daily.get(key, 0.0) + weight * other.daily.get(key, 0.0)
                for key in keys
            },
            (1 - weight) * self.tracks + weight * other.tracks,
        )


@dataclass(frozen=True, slots=True)
class Solution:
    """A solution of the programme: its value in points, its duals, and how much of each column it takes."""

    value: float
    duals: Duals
    taken: Floats


class Master:
    """The programme over a growing pool."""

    def __init__(self, problem: Problem, pool: Pool) -> None:
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

    def solve(self) -> Solution:
        """Solve, adding rows of days until none is broken."""
        for _ in range(MOST_ROUNDS):
            solution = self._solve_once()
            if not self.add_broken_days(solution.taken):
                break
        return solution

    def _solve_once(self) -> Solution:
        arrays, num_groups = self.pool.arrays, len(self.pool.members)
        num_columns = len(self.pool)
        rows, columns = [arrays.group], [np.arange(num_columns)]
        contested = self._contested()
        row_of_round = np.full(len(self._seats), -1, dtype=np.int64)
        row_of_round[contested] = num_groups + np.arange(len(contested))
        count = num_groups + len(contested)
        used = row_of_round[arrays.row] >= 0
        rows.append(row_of_round[arrays.row[used]])
        columns.append(arrays.column[used])
        upper = [self.pool.sizes.astype(float), self._seats[contested].astype(float)]
        for number, takers in enumerate(self._takers_of_days()):
            rows.append(np.full(len(takers), count + number))
            columns.append(takers)
        upper.append(self._seats_of_days().astype(float))
        count += len(self._days)
        tracks = np.flatnonzero((self._positions >= 0) & (self._positions < self._wanted_by_track()))
        row_of_track = np.full(len(self._positions), -1, dtype=np.int64)
        row_of_track[tracks] = count + np.arange(len(tracks))
        placed = row_of_track[arrays.track] >= 0
        rows.append(row_of_track[arrays.track[placed]])
        columns.append(np.flatnonzero(placed))
        upper.append(self._positions[tracks].astype(float))
        rows.append(np.arange(num_groups))
        columns.append(num_columns + np.arange(num_groups))
        costs = np.concatenate((arrays.points, self.pool.unplaced)).astype(float)
        names = [
            *(("class", group) for group in range(num_groups)),
            *(("round", int(row)) for row in contested),
            *(("day", *key) for key in self._days),
            *(("track", int(track)) for track in tracks),
        ]
        found = solve_lp(
            LinearProgram(
                np.concatenate(rows), np.concatenate(columns), costs, np.concatenate(upper), num_groups
            ),
            [*range(num_columns), *(("out", group) for group in range(num_groups))],
            names,
            self._basis,
        )
        self._basis = found.basis
        prices = np.maximum(0.0, -found.duals)
        fixed = np.zeros(len(self._seats))
        fixed[contested] = prices[row_of_round[contested]]
        first_day_row = num_groups + len(contested)
        daily = {key: float(prices[first_day_row + number]) for key, number in self._days.items()}
        track_prices = np.zeros(len(self._positions))
        track_prices[tracks] = prices[row_of_track[tracks]]
        return Solution(found.value, Duals(fixed, daily, track_prices), found.values[:num_columns])

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

    def _wanted_by_track(self) -> Ints:
        pool = self.pool.arrays
        pairs = np.unique(np.stack((pool.track, pool.group)), axis=1)
        return np.bincount(pairs[0], weights=self.pool.sizes[pairs[1]], minlength=len(self._positions))

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


def as_prices(problem: Problem, duals: Duals) -> tuple[Prices, Ints]:
    """Duals as the prices that the label setting reads (whole numbers), of rounds and of tracks."""
    span = problem.calendar.last - problem.calendar.first
    num_rounds = len(problem.rows)
    first_sum = np.full(num_rounds, -1, dtype=np.int64)
    by_round: dict[int, list[tuple[int, int]]] = {}
    for (round_index, day), price in sorted(duals.daily.items()):
        whole = round(price * SCALE)
        if whole:
            by_round.setdefault(round_index, []).append((day, whole))
    sums = np.zeros((len(by_round), span + 2), dtype=np.int64)
    for number, (round_index, days) in enumerate(by_round.items()):
        first_sum[round_index] = number * (span + 2)
        for day, whole in days:
            sums[number, day + 1 :] += whole
    fixed = np.round(duals.fixed * SCALE).astype(np.int64)
    flat = sums.reshape(-1) if by_round else np.zeros(1, dtype=np.int64)
    prices = Prices(fixed, first_sum, flat, np.zeros(num_rounds, dtype=np.int64))
    return prices, np.round(duals.tracks * SCALE).astype(np.int64)


def rent(problem: Problem, duals: Duals) -> int:
    """What all seats and positions are worth at the rounded prices, in 1/`SCALE` points."""
    prices, tracks = as_prices(problem, duals)
    total = 0
    for row, price in zip(problem.rows, prices.fixed.tolist(), strict=True):
        total += price * row.seats if price and row.seats is not None else 0
    for (round_index, _), price in duals.daily.items():
        seats = problem.rows[round_index].seats
        total += round(price * SCALE) * seats if seats is not None else 0
    for most, price in zip(problem.positions, tracks.tolist(), strict=True):
        total += price * most if price and most is not None else 0
    return total
