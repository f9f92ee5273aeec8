"""Families of steps as columns: a case in the making."""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from sparplan.options import Column

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Families:
    """Families of steps as columns of equal length.

    Starts are `start + every·j` for j below `num_starts`, lengths `length + 7·i` for i below `num_lengths`
    (days); no step ends after `latest_end`. `round` and `insats` are indices; `history` as in `Option`.
    """

    round: Column
    insats: Column
    start: Column
    num_starts: Column
    every: Column
    length: Column
    num_lengths: Column
    latest_end: Column
    history: Flags

    def __len__(self) -> int:
        return len(self.round)

    def of(self, which: Flags) -> "Families":
        """Those that are flagged."""
        if which.all():
            return self
        return Families(*(getattr(self, name)[which] for name in NAMES))

    def joined(self, *others: "Families") -> "Families":
        """These, then others."""
        return Families(*(np.concatenate([getattr(one, name) for one in (self, *others)]) for name in NAMES))

    def starts(self, index: int) -> range:
        """The possible first days of one family."""
        first, every = int(self.start[index]), int(self.every[index])
        return range(first, first + every * int(self.num_starts[index]), every)


NAMES = tuple(field.name for field in fields(Families))
