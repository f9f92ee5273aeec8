"""The rounds of a scenario as columns, and what participants have in common about them."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sparplan.compiling.families import Families, Flags
from sparplan.options import Column
from sparplan.scenario import Form, Mode, Round
from sparplan.studydays import DAYS_A_WEEK, WEEKDAYS, on_site_days, to_day

if TYPE_CHECKING:
    from sparplan.compiling.compiler import Compiler

NO_PATH = -1


class Journeys(NamedTuple):
    """Travel from one home by some modes.

    Attributes
    ----------
    minutes
        By round: minutes one way, 0 for distance, `NO_PATH` where no path leads there.
    columns
        The columns that the options of all such participants share, see `OptionTable`.
    """

    minutes: Column
    columns: Mapping[str, Column]


class Rounds:
    """The rounds of a scenario, one cell a round in each column.

    Starts are `start + every·j` for j below `num_starts`; lengths without `durations` are `length + 7·i` for
    i below `num_lengths`, none where only `durations` give one.
    """

    def __init__(self, compiler: "Compiler") -> None:
        self._compiler = compiler
        self.rows = rows = compiler.scenario.rounds
        insatser = [compiler.scenario.insatser[compiler.insats_index[row.insats]] for row in rows]
        self.insats = _column(compiler.insats_index[row.insats] for row in rows)
        self.place = _column(compiler.place_index[row.place] if row.place else -1 for row in rows)
        self.start = _column(to_day(row.start) for row in rows)
        self.end = _column(to_day(row.end) + 1 for row in rows)
        self.is_rolling = _flags(row.is_rolling for row in rows)
        self.is_distance = _flags(row.form is Form.DISTANCE for row in rows)
        self.every = _column(
            DAYS_A_WEEK * row.intake_every if row.is_rolling else DAYS_A_WEEK for row in rows
        )
        spans = self.end - self.start
        self.num_starts = np.where(self.is_rolling, -(-spans // self.every), 1)
        least = _column(row.weeks_min or 0 for row in rows)
        most = _column(row.weeks_max or row.weeks_min or 0 for row in rows)
        self.length = np.where(self.is_rolling, DAYS_A_WEEK * least, spans)
        self.num_lengths = np.where(self.is_rolling & (least > 0), most - least + 1, ~self.is_rolling)
        self.is_closed = _flags(
            row.apply_by is not None and row.apply_by < compiler.scenario.planning_date for row in rows
        )
        self.weekdays = _column(_weekdays(row) for row in rows)
        self._on_site_fifths = _column(_on_site_fifths(row) for row in rows)
        self._columns = {
            "round": np.arange(len(rows)),
            "insats": self.insats,
            "place": self.place,
            "first_start": self.start,
            "num_starts": self.num_starts,
            "every": self.every,
            "first_length": self.length,
            "num_lengths": self.num_lengths,
            "latest_end": self.end,
            "pace": _column(row.pace for row in rows),
            "covers": _column(insats.is_covering for insats in insatser),
            "bridge": _column(insats.bridge for insats in insatser),
            "history": _column(0 for _ in rows),
            "weekdays": self.weekdays,
        }
        self._journeys: dict[tuple[str, frozenset[Mode]], Journeys] = {}
        self._open_to: dict[tuple[str, str | None], Flags] = {}

    @cached_property
    def is_large(self) -> Flags:
        """Whether the least class size may call for participants who don't need the round."""
        return _flags(not row.is_rolling and self._compiler.least(row) > 1 for row in self.rows)

    @property
    def last_starts(self) -> Column:
        """The last possible first day of each."""
        last: Column = self.start + self.every * (self.num_starts - 1)
        return last

    @cached_property
    def _reserved(self) -> list[tuple[int, frozenset[str]]]:
        return [
            (index, frozenset(row.reserved_for)) for index, row in enumerate(self.rows) if row.reserved_for
        ]

    def open_to(self, track: str, municipality: str | None) -> Flags:
        """Whether each round isn't reserved for others."""
        key = (track, municipality)
        if key not in self._open_to:
            found = np.ones(len(self.rows), dtype=np.bool_)
            for index, names in self._reserved:
                found[index] = not names.isdisjoint(key)
            self._open_to[key] = found
        return self._open_to[key]

    def journeys(self, home: str, modes: Collection[Mode]) -> Journeys:
        """Travel from a home by some modes."""
        key = (home, frozenset(modes))
        if key not in self._journeys:
            self._journeys[key] = self._journeys_of(*key)
        return self._journeys[key]

    def _journeys_of(self, home: str, modes: Collection[Mode]) -> Journeys:
        travel = self._compiler.travel
        places = self._compiler.scenario.places
        found = (travel.minutes(home, place.place, modes) for place in places)
        by_place = _column(NO_PATH if minutes is None else minutes for minutes in found)
        minutes = np.where(self.is_distance | (self.place < 0), 0, by_place[self.place])
        columns = {
            **self._columns,
            "minutes": np.maximum(minutes, 0),
            "on_site_fifths": np.where(minutes > 0, self._on_site_fifths, 0),
        }
        return Journeys(minutes, columns)

    def lengths(self, rows: Column, days: Column) -> tuple[Column, Column]:
        """Least length and number of lengths of some rounds.

        `days`, by insats, are those of a rolling round instead, where they aren't 0.
        """
        given = np.where(self.is_rolling[rows], days[self.insats[rows]], 0)
        return (
            np.where(given, given, self.length[rows]),
            np.where(given, 1, self.num_lengths[rows]),
        )

    def step(self, index: int, start: int, end: int, latest_end: int, *, history: bool = False) -> Families:
        """One step of a round as a family by itself."""
        return Families(
            round=np.array([index]),
            insats=self.insats[[index]],
            start=np.array([start]),
            num_starts=np.array([1]),
            every=np.array([DAYS_A_WEEK]),
            length=np.array([end - start]),
            num_lengths=np.array([1]),
            latest_end=np.array([latest_end]),
            history=np.array([history]),
        )

    def is_on_grid(self, index: int, start: Column, length: Column, days: Column) -> Flags:
        """Whether families with these first starts and least lengths are made of a round's own (§4)."""
        least, num_lengths = self.lengths(np.array([index]), days)
        number, rest = np.divmod(start - self.start[index], self.every[index])
        weeks, odd_days = np.divmod(length - least, DAYS_A_WEEK)
        is_start = (rest == 0) & (number >= 0) & (number < self.num_starts[index])
        found: Flags = is_start & (odd_days == 0) & (weeks >= 0) & (weeks < num_lengths)
        return found

    def families(self, rows: Column, days: Column, first: Column, last: int) -> Families:
        """The families of some rounds' steps within a window; rounds without a step in it are left out.

        Parameters
        ----------
        rows
            Indices of the rounds, ascending.
        days
            Lengths by insats that `durations` give, 0 for none.
        first, last
            The window: the first day of each round of the scenario, and the half-open end for all.
        """
        start, every = self.start[rows], self.every[rows]
        length, num_lengths = self.lengths(rows, days)
        latest_end = np.minimum(last, self.end[rows])
        num_lengths = np.minimum(num_lengths, (latest_end - length - start) // DAYS_A_WEEK + 1)
        skipped = np.maximum(0, -((start - first[rows]) // every))
        num_starts = np.minimum(self.num_starts[rows], (latest_end - length - start) // every + 1) - skipped
        found = Families(
            round=rows,
            insats=self.insats[rows],
            start=start + skipped * every,
            num_starts=num_starts,
            every=every,
            length=length,
            num_lengths=num_lengths,
            latest_end=latest_end,
            history=np.zeros(len(rows), dtype=np.bool_),
        )
        return found.of((num_starts > 0) & (num_lengths > 0))


def _column(cells: Iterable[int]) -> Column:
    return np.fromiter(cells, dtype=np.int64)


def _flags(cells: Iterable[bool]) -> Flags:
    return np.fromiter(cells, dtype=np.bool_)


def _weekdays(row: Round) -> int:
    if row.form is Form.DISTANCE:
        return 0
    return sum(1 << WEEKDAYS.index(day) for day in row.days)


def _on_site_fifths(row: Round) -> int:
    if row.form is Form.DISTANCE:
        return 0
    return on_site_days(5, row.days, hybrid=row.form is Form.HYBRID)
