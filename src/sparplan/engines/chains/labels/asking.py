"""One case at given prices, ready to be searched below one limit after another."""

import threading
from dataclasses import dataclass, field

import numpy as np

from sparplan.engines.chains.labels.arrays import CaseArrays
from sparplan.engines.chains.labels.cases import Cases, repeated
from sparplan.engines.chains.labels.compiled import Kernels
from sparplan.engines.chains.labels.desk import Case as SearchCase
from sparplan.engines.chains.labels.desk import make_desk
from sparplan.engines.chains.labels.layout import (
    AVAILABLE,
    BORN,
    COMPLETE,
    DAY_POINTS,
    END,
    ENDED,
    EVERY,
    FAR,
    FOUND,
    IS_HISTORY,
    L_PARENT,
    L_STEP,
    LABEL_COLUMNS,
    LABEL_COLUMNS_WITH_PENDING,
    MERITS,
    MIN_PACE,
    OMITTED,
    OPTION,
    RELAXED,
    ROOT,
    SCALE,
    START,
    STATE_ENTRIES,
    GapCosts,
    Ints,
)
from sparplan.engines.chains.labels.steps import Prices, most_gained
from sparplan.engines.chains.labels.table import TABLE_BITS

MOST_RERUNS = 6
_NO_GAPS: GapCosts = np.zeros((2, 1, 1), dtype=np.int32)  # where steps fill them
MOST_FOUND = 1 << 15  # chains of one search
MOST_ROWS = 6  # chains of one search that are worth a look, where it isn't every one that is asked for


@dataclass(frozen=True, slots=True)
class Setting:
    """What all searches of a pricer share.

    Attributes
    ----------
    room
        Labels of one search.
    uses
        Whether dominance and bounds are used.
    """

    kernels: Kernels
    cases: Cases
    room: int
    uses: tuple[bool, bool]
    local: threading.local = field(default_factory=threading.local)

    def rooms(self) -> "tuple[Ints, Ints, Ints, Ints, Ints]":
        """Arrays that one thread works in: narrow labels, wide ones, chains found, table, active labels."""
        if not hasattr(self.local, "rooms"):
            self.local.rooms = (
                np.empty((self.room, LABEL_COLUMNS), dtype=np.int64),
                np.empty((self.room, LABEL_COLUMNS_WITH_PENDING), dtype=np.int64),
                np.empty((MOST_FOUND, 2), dtype=np.int64),
                np.empty(1 << TABLE_BITS, dtype=np.int64),
                np.empty(self.room, dtype=np.int64),
            )
        found: tuple[Ints, Ints, Ints, Ints, Ints] = self.local.rooms
        return found


@dataclass(frozen=True, slots=True)
class Found:
    """What a search below a limit found.

    Attributes
    ----------
    chains
        Cheapest first: cost, and rows of option, start and end (days from day 0).
    bound
        No other chain below the limit costs less.
    is_whole
        Whether nothing was cut off.
    """

    chains: tuple[tuple[int, Ints], ...]
    bound: int
    labels: int
    is_whole: bool


class CaseAtPrices:
    """A case, its steps and its bounds at given prices; costs are whole ones, constants included.

    Attributes
    ----------
    root
        No chain costs less.
    """

    def __init__(
        self,
        setting: Setting,
        person: int,
        case: int,
        prices: Prices,
        tracks: Ints,
        limit: int,
        *,
        is_relaxed: bool,
        is_quick: bool = False,
        every: bool = False,
        arrays: CaseArrays | None = None,
    ) -> None:
        self.setting = setting
        self.person, self.case, self.prices, self.limit = person, case, prices, limit
        self.is_relaxed, self.every = is_relaxed, every
        self.calendar, self.gap_costs = setting.cases.calendar, _NO_GAPS
        if is_relaxed:
            short = setting.cases.in_short(person, case)
            self.arrays = short.least if is_quick else short.arrays
            self.calendar, self.gap_costs = short.calendar, short.gap_costs
        else:
            self.arrays = arrays or setting.cases.whole(person, case)
        self.constant = SCALE * self.arrays.constant_points + int(tracks[self.arrays.track])
        self.latest_end = _latest_end(self.arrays, limit - self.constant, self.calendar, prices)
        self.root = limit
        if self.latest_end >= 0:
            self._prepare()
            self.root = min(limit, self.constant + self._once(1 - FAR, 0, self.setting.room)[1])

    def _prepare(self) -> None:
        """Lay out the steps and the bounds."""
        arrays, cases = self.arrays, self.setting.cases
        weights = cases.problem.weights
        counted = cases.counted_masks(self.person, self.case, arrays)
        numbers = arrays.numbers.copy()
        numbers[RELAXED], numbers[EVERY] = self.is_relaxed, self.every
        if self.is_relaxed:
            numbers[MIN_PACE] = min(1, numbers[MIN_PACE])  # gaps are where nothing covers (see `gaps`)
        self._steps, bounds, groups = self.setting.kernels.prepare(
            arrays.options,
            arrays.landmarks,
            numbers,
            self.calendar,
            self.prices,
            counted,
            weights.bridge_day,
            weights.travel_hour,
            self.latest_end,
            arrays.pins,
        )
        self._case = SearchCase(
            arrays.kinds,
            arrays.landmarks,
            numbers,
            self.calendar,
            self._steps,
            bounds,
            self.gap_costs,
            counted,
            arrays.merit_bits,
            arrays.merit_points,
            *groups,
        )

    def below(self, limit: int, *, beam: int = 0, room: int = 1 << 30) -> Found:
        """The cheapest chains below a limit, or every one; counts from then on what comes too often.

        Parameters
        ----------
        beam
            Labels a day that are followed; 0 for all.
        room
            Labels after which the search gives up.
        """
        labels = 0
        if self.latest_end < 0:
            return Found((), FAR, 0, is_whole=True)
        for _ in range(MOST_RERUNS):
            found, _ = self._once(limit - self.constant, beam, room)
            labels += found.labels
            rows = [rows for _, rows in found.chains]
            if not self.setting.cases.count_repeats(self.person, self.case, self.arrays, rows):
                break
            self._prepare()
        chains = tuple((cost + self.constant, rows) for cost, rows in found.chains)
        bound = min([found.bound + self.constant, *(cost for cost, _ in chains[:1])])
        legal = tuple(pair for pair in chains if not repeated(self.arrays, pair[1]))
        is_whole = found.is_whole and (self.is_relaxed or len(legal) == len(chains))
        return Found(legal, bound, labels, is_whole)

    def _once(self, limit: int, beam: int, room: int) -> tuple[Found, int]:
        """A search, and the least cost of any chain as the root knows it."""
        narrow, wide, ends, table, active = self.setting.rooms()
        pool = (wide if self.arrays.kinds.beside.shape[0] else narrow)[:room]
        state = np.zeros(STATE_ENTRIES, dtype=np.int64)
        desk = make_desk(self._case, table, active)
        self.setting.kernels.search(self._case, desk, limit, beam, *self.setting.uses, pool, ends, state)
        count = int(state[FOUND])
        order = np.argsort(ends[:count, 1], kind="stable")
        if not self.every:
            order = order[:MOST_ROWS]
        chains = tuple((int(ends[place, 1]), self._rows(pool, int(ends[place, 0]))) for place in order)
        is_whole = bool(state[ENDED] == COMPLETE)
        return Found(chains, int(state[OMITTED]), int(state[BORN]), is_whole), int(state[ROOT])

    def _rows(self, pool: Ints, label: int) -> Ints:
        rows = []
        while label > 0:
            rows.append(self._steps[pool[label, L_STEP], [OPTION, START, END]])
            label = int(pool[label, L_PARENT])
        options = self.arrays.options
        for option in np.flatnonzero(options.flags & IS_HISTORY):
            start = options.first_start[option]
            rows.append(np.array([option, start, start + options.first_length[option]]))
        return np.array(rows[::-1], dtype=np.int64).reshape(len(rows), 3)


def _latest_end(arrays: CaseArrays, limit: int, calendar: Ints, prices: Prices) -> int:
    """The last half-open end that a chain below a limit can have; -1 if there is none."""
    last = calendar.shape[1] - 1
    points = limit + int(arrays.numbers[MERITS]) + most_gained(prices, arrays.options.round)
    rate = SCALE * int(arrays.numbers[DAY_POINTS])
    if points <= 0:
        return -1
    if not rate:
        return int(last)
    return int(max(-1, min(last, int(arrays.numbers[AVAILABLE]) + points // rate)))
