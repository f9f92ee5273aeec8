"""What steps are made of: the options of a case, and prices."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.layout import (
    Ints,
)

Small = npt.NDArray[np.int32 | np.int64]  # `int64` while they are made


class Options(NamedTuple):
    """The options of a case, one entry each (see `sparplan.options.Option`), days counted from day 0.

    `gives` is the mask of local bits, those of pins too; `flags` of `IS_HISTORY` and so on; `free` is 1
    where a step needs nothing and nothing beside it; `by_gives` lists the options, those that give the same
    one after another.
    """

    round: Small
    insats: Small
    first_start: Small
    num_starts: Small
    every: Small
    first_length: Small
    num_lengths: Small
    latest_end: Small
    pace: Small
    covers: Small
    weekdays: Small
    place: Small
    bridge: Small
    minutes: Small
    fifths: Small
    kind: Small
    gives: Ints
    flags: Small
    free: Small
    by_gives: Small


def packed(options: Options) -> Options:
    """The options in half the room: a region has millions of them. Masks need all 64 bits."""
    columns = options._asdict()
    return Options(
        **{name: column.astype(np.int32) for name, column in columns.items() if name != "gives"},
        gives=options.gives,
    )


def by_gives(columns: Mapping[str, Ints]) -> Ints:
    """An order of options: those that give the same side by side, twins too; what only fills gaps last."""
    keys = ("latest_end", "num_lengths", "first_length", "first_start", "kind")
    return np.lexsort((*(columns[key] for key in keys), -columns["gives"]))


class Prices(NamedTuple):
    """What each round costs beyond its points, in 1/`SCALE` points.

    Attributes
    ----------
    fixed
        By round: the price of a step, whatever its dates.
    first_sum, sums
        By round: where its prices by day begin in `sums` (-1: none). A step of days `[start, end)` costs
        `sums[first_sum + end] - sums[first_sum + start]`.
    mark
        By round: a random number below 2⁴⁰ where the round is part of a chain's footprint, 0 where it isn't.
    """

    fixed: Ints
    first_sum: Ints
    sums: Ints
    mark: Ints


@jitable
def points_by_length(pace: int, length: int, bridge_rate: int) -> int:
    """Points of a step's pace and bridge days (problem.md §6)."""
    return int(-(-pace * length // 100)) + bridge_rate * int(length)


@jitable
def points_on_the_way(days: int, fifths: int, minutes: int, travel: int) -> int:
    """Points of the travel to a step of so many study days, so many fifths of them on site."""
    return travel * int(2 * minutes * (days * fifths // 5) // 60)


def most_gained(prices: Prices, rounds: Small) -> int:
    """What a chain is paid at most that takes each of some rounds once at most."""
    return -int(prices.fixed[np.unique(rounds[prices.fixed[rounds] < 0])].sum())


@jitable
def price_of(prices: Prices, row: int, start: int, end: int) -> int:
    """What a round costs for a step of days `[start, end)`, counted from day 0."""
    price, first = int(prices.fixed[row]), int(prices.first_sum[row])
    if first >= 0:
        price += int(prices.sums[first + end] - prices.sums[first + start])
    return price
