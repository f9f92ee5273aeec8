"""What a participant may take: options, each a family of steps, one by one and as a table.

Days are ordinals, intervals half-open; masks are Python integers of level and insats bits.
"""

from collections.abc import Iterator, Mapping, Sequence
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
ROUND_COLUMNS = (
    "round",
    "insats",
    "place",
    "pace",
    "covers",
    "bridge",
    "weekdays",
    "minutes",
    "on_site_fifths",
)
"""Those in which an option is always as its round taken as a whole."""
OWN_COLUMNS = (
    "first_start",
    "num_starts",
    "every",
    "first_length",
    "num_lengths",
    "latest_end",
    "history",
    "terms",
)
"""Those in which it may differ."""
COLUMNS = ROUND_COLUMNS + OWN_COLUMNS


class OptionTable(Sequence[Option]):
    """The options of a case as columns of equal length; read as a sequence, each as an `Option`.

    Starts are `first_start + every·j` for j below `num_starts`, lengths `first_length + 7·i` for i below
    `num_lengths` (days). `terms` is an index into `kinds_of_terms`. The other columns are those of `Option`,
    truth as 0 and 1. Two tables are equal when everything in them is.

    A region has millions of options, nearly all of them a fixed round as it stands. So a table holds the
    numbers of rows in columns that many tables share, and cells of its own only for the others.
    """

    __slots__ = ("__dict__", "_kind_of_insats", "_own", "_own_at", "_rows", "_shared", "kinds_of_terms")

    def __init__(
        self,
        shared: Mapping[str, Column],
        rows: npt.NDArray[np.integer],
        own_at: npt.NDArray[np.integer],
        own: npt.NDArray[np.integer],
        kind_of_insats: npt.NDArray[np.integer],
        kinds_of_terms: tuple[Terms, ...],
    ) -> None:
        """Join shared columns with what is a table's own.

        Parameters
        ----------
        shared
            Every column but `terms`.
        rows
            For each option, its row in the shared columns.
        own_at, own
            The options with cells of their own, ascending, and these: shape (number of `OWN_COLUMNS`,
            number of such options).
        kind_of_insats
            `terms` by insats, for the options without cells of their own.
        """
        self._shared = shared
        self._rows = rows
        self._own_at = own_at
        self._own = own
        self._kind_of_insats = kind_of_insats
        self.kinds_of_terms = kinds_of_terms

    def column(self, name: str) -> Column:
        """One column by its name, as an array of its own."""
        if name == "terms":
            found = self._kind_of_insats[self.column("insats")].astype(np.int64)
        else:
            found = self._shared[name][self._rows]
        if name in OWN_COLUMNS:
            found[self._own_at] = self._own[OWN_COLUMNS.index(name)]
        return found

    @cached_property
    def _known(self) -> dict[int, Option]:
        return {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Option: ...
    @overload
    def __getitem__(self, index: slice) -> list[Option]: ...
    def __getitem__(self, index: int | slice) -> Option | list[Option]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        index = range(len(self))[index]
        if index not in self._known:
            self._known[index] = self._option(self._cells(index))
        return self._known[index]

    def __iter__(self) -> Iterator[Option]:
        if len(self._known) < len(self):  # all at once is quicker than one by one
            columns = [self.column(name).tolist() for name in COLUMNS]
            for index, cells in enumerate(zip(*columns, strict=True)):
                if index not in self._known:
                    self._known[index] = self._option(dict(zip(COLUMNS, cells, strict=True)))
        return (self._known[index] for index in range(len(self)))

    def _cells(self, index: int) -> dict[str, int]:
        row = self._rows[index]
        cells = {name: int(column[row]) for name, column in self._shared.items()}
        cells["terms"] = int(self._kind_of_insats[cells["insats"]])
        at = int(np.searchsorted(self._own_at, index))
        if at < len(self._own_at) and self._own_at[at] == index:
            cells.update(zip(OWN_COLUMNS, self._own[:, at].tolist(), strict=True))
        return cells

    def _option(self, cells: Mapping[str, int]) -> Option:
        terms = self.kinds_of_terms[cells["terms"]]
        return Option(
            round=cells["round"],
            insats=cells["insats"],
            place=cells["place"],
            starts=tuple(
                cells["first_start"] + cells["every"] * number for number in range(cells["num_starts"])
            ),
            lengths=tuple(cells["first_length"] + 7 * number for number in range(cells["num_lengths"])),
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

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OptionTable):
            return NotImplemented
        return self.kinds_of_terms == other.kinds_of_terms and all(
            np.array_equal(self.column(name), other.column(name)) for name in COLUMNS
        )

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.column("round").tobytes(), self.column("first_start").tobytes()))
