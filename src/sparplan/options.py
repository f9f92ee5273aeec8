"""What a participant may take: options, each a family of steps, one by one and as a table.

Days are ordinals, intervals half-open; masks are Python integers of level and insats bits.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Beside:
    """One term of `alongside`: a level of `levels` held on the first day, or an insats of `insatser`
    in progress on every study day of the step. Both are masks.
    """

    levels: int
    insatser: int


@dataclass(frozen=True, slots=True)
class Option:
    """A family of steps that a participant may take: one for a fixed round, many for a rolling one.

    Attributes
    ----------
    round, insats, place
        Indices into the scenario's tables; place is -1 where there is none.
    starts
        Possible first days, ascending.
    lengths
        Possible lengths in days, ascending.
    latest_end
        The half-open end that no step may pass.
    pace
        Percent of full time.
    covers, bridge
        Whether it counts as activity; whether its days cost bridge points.
    needs
        Terms of `requires` not true from the start: masks of level and insats bits, of which one each.
    beside
        Terms of `alongside` not true from the start.
    gives
        Mask of the level bits it provides and its own insats bit, from its end on.
    history
        A pinned step that starts before the planning date.
    weekdays
        Mask of given weekdays for rule `clash`; 0 where it can't clash.
    minutes, on_site_fifths
        Travel time one way, and the fifths of its study days spent on site (0 without travel).
    """

    round: int
    insats: int
    place: int
    starts: tuple[int, ...]
    lengths: tuple[int, ...]
    latest_end: int
    pace: int
    covers: bool
    bridge: bool
    needs: tuple[int, ...]
    beside: tuple[Beside, ...]
    gives: int
    history: bool
    weekdays: int
    minutes: int
    on_site_fifths: int

    @property
    def is_single(self) -> bool:
        """Whether it is exactly one step."""
        return len(self.starts) == 1 and len(self.lengths) == 1

    def ending_by(self, day: int) -> "Option | None":
        """The part of the family with a half-open end of at most `day`; None when nothing is left."""
        if self.latest_end <= day:
            return self
        least = self.lengths[0]
        starts = tuple(start for start in self.starts if start + least <= day)
        if not starts:
            return None
        lengths = tuple(length for length in self.lengths if starts[0] + length <= day)
        return replace(self, starts=starts, lengths=lengths, latest_end=day)


@dataclass(frozen=True, slots=True)
class Terms:
    """What an option needs, needs beside it, and gives: the same for all rounds of an insats."""

    needs: tuple[int, ...]
    beside: tuple[Beside, ...]
    gives: int


Column = npt.NDArray[np.int64]
COLUMNS = (
    "round",
    "insats",
    "place",
    "first_start",
    "num_starts",
    "every",
    "first_length",
    "num_lengths",
    "latest_end",
    "pace",
    "covers",
    "bridge",
    "history",
    "weekdays",
    "minutes",
    "on_site_fifths",
    "terms",
)


class OptionTable(Sequence[Option]):
    """The options of a case as columns of equal length; read as a sequence, each as an `Option`.

    Starts are `first_start + every·j` for j below `num_starts`, lengths `first_length + 7·i` for i below
    `num_lengths` (days). `terms` is an index into `kinds_of_terms`. The other columns are those of `Option`,
    truth as 0 and 1. Two tables are equal when everything in them is.
    """

    __slots__ = ("__dict__", "columns", "kinds_of_terms")

    def __init__(self, columns: npt.NDArray[np.int64], kinds_of_terms: tuple[Terms, ...]) -> None:
        """Wrap columns, an array of shape (number of `COLUMNS`, number of options)."""
        self.columns = columns
        self.kinds_of_terms = kinds_of_terms

    @classmethod
    def of(cls, options: Iterable[Option]) -> "OptionTable":
        """The table of some options."""
        rows = list(options)
        kinds: dict[Terms, int] = {}
        columns = np.zeros((len(COLUMNS), len(rows)), dtype=np.int64)
        for number, option in enumerate(rows):
            terms = Terms(option.needs, option.beside, option.gives)
            every = option.starts[1] - option.starts[0] if len(option.starts) > 1 else 7
            columns[:, number] = (
                option.round,
                option.insats,
                option.place,
                option.starts[0],
                len(option.starts),
                every,
                option.lengths[0],
                len(option.lengths),
                option.latest_end,
                option.pace,
                option.covers,
                option.bridge,
                option.history,
                option.weekdays,
                option.minutes,
                option.on_site_fifths,
                kinds.setdefault(terms, len(kinds)),
            )
        return cls(columns, tuple(kinds))

    def column(self, name: str) -> Column:
        """One column by its name."""
        found: Column = self.columns[COLUMNS.index(name)]
        return found

    @cached_property
    def _known(self) -> dict[int, Option]:
        return {}

    def __len__(self) -> int:
        return int(self.columns.shape[1])

    @overload
    def __getitem__(self, index: int) -> Option: ...
    @overload
    def __getitem__(self, index: slice) -> list[Option]: ...
    def __getitem__(self, index: int | slice) -> Option | list[Option]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if index not in self._known:
            self._known[index] = self._option(index)
        return self._known[index]

    def _option(self, index: int) -> Option:
        cells = dict(zip(COLUMNS, (int(cell) for cell in self.columns[:, index]), strict=True))
        terms = self.kinds_of_terms[cells["terms"]]
        starts = range(
            cells["first_start"], cells["first_start"] + cells["every"] * cells["num_starts"], cells["every"]
        )
        lengths = range(cells["first_length"], cells["first_length"] + 7 * cells["num_lengths"], 7)
        return Option(
            round=cells["round"],
            insats=cells["insats"],
            place=cells["place"],
            starts=tuple(starts),
            lengths=tuple(lengths),
            latest_end=cells["latest_end"],
            pace=cells["pace"],
            covers=bool(cells["covers"]),
            bridge=bool(cells["bridge"]),
            needs=terms.needs,
            beside=terms.beside,
            gives=terms.gives,
            history=bool(cells["history"]),
            weekdays=cells["weekdays"],
            minutes=cells["minutes"],
            on_site_fifths=cells["on_site_fifths"],
        )

    def __iter__(self) -> Iterator[Option]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OptionTable):
            return NotImplemented
        return self.kinds_of_terms == other.kinds_of_terms and np.array_equal(self.columns, other.columns)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.kinds_of_terms, self.columns.tobytes()))
