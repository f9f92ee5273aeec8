"""Filling the gaps of a chain: from the cheapest chain with priced gaps to one that keeps every rule.

Greedy: each gap takes what covers it most cheaply, a further step, or a rolling step made longer. The chain
that comes of it costs at least what the priced one did; where the two agree it is proven.
"""

import numpy as np

from sparplan.engines.chains.labels.gaps import lone_gap_cost
from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.kinds import Kinds
from sparplan.engines.chains.labels.layout import (
    BEFORE,
    BEGUN,
    DAY_POINTS,
    FAR,
    FIRST_DAY,
    FOLLOWING,
    FORBIDDEN,
    IS_HISTORY,
    LENGTH_POINTS,
    MAX_PACE,
    MIN_PACE,
    NOBODY,
    SCALE,
    TOLERATED_GAP,
    GapCosts,
    Ints,
)
from sparplan.engines.chains.labels.steps import (
    Options,
    Prices,
    points_by_length,
    points_on_the_way,
    price_of,
)

MOST_STEPS = 40
C_OPTION, C_START, C_END = range(3)


@jitable
def fill(
    chain: Ints,
    count: int,
    options: Options,
    kinds: Kinds,
    calendar: Ints,
    prices: Prices,
    numbers: Ints,
    gap_costs: GapCosts,
    most: Ints,
    bridge: int,
    travel: int,
) -> int:
    """Fill the gaps of a chain; the number of its rows then, -1 if it fails.

    `chain` has room for `MOST_STEPS` rows of option, start and end, of which the first `count` are there;
    `most` has by insats how many new steps of it are allowed.
    """
    before = calendar[BEFORE]
    covering = np.zeros(calendar.shape[1], np.int64)
    best = np.empty(4, np.int64)  # row (or the count for a new one), option, start, end
    while True:
        last = 0
        for row in range(count):
            last = max(last, chain[row, C_END])
        first_gap, after_gap = _first_gap(chain, count, options, calendar, numbers, covering)
        if first_gap == NOBODY:
            return count
        least = FAR
        rate = SCALE * (numbers[DAY_POINTS] + numbers[LENGTH_POINTS])
        for option in range(options.round.shape[0]):
            if not options.covers[option] or options.flags[option] & IS_HISTORY:
                continue
            if options.first_start[option] > first_gap or options.latest_end[option] <= first_gap:
                continue
            if options.pace[option] + covering[first_gap] < numbers[MIN_PACE]:
                continue
            for row in range(count, -1, -1):
                if row < count and (chain[row, C_OPTION] != option or options.num_lengths[option] == 1):
                    continue
                start, end = _fitted(options, option, first_gap, after_gap)
                if row < count:
                    start, end = _stretched(options, option, chain[row], first_gap, after_gap)
                if end <= first_gap or start < numbers[FIRST_DAY]:
                    continue
                cost = _cost(options, option, start, end, before, prices, bridge, travel)
                if cost >= FAR:
                    continue
                if row < count:
                    cost -= _cost(
                        options,
                        option,
                        chain[row, C_START],
                        chain[row, C_END],
                        before,
                        prices,
                        bridge,
                        travel,
                    )
                cost += rate * max(0, end - last)
                cost += lone_gap_cost(before[end], before[after_gap], numbers, calendar, gap_costs)
                if cost >= least:
                    continue
                if _is_allowed(
                    chain, count, row, option, start, end, options, kinds, numbers, most, calendar
                ):
                    least = cost
                    best[0], best[1], best[2], best[3] = row, option, start, end
        if least >= FAR or count >= MOST_STEPS - 1:
            return NOBODY
        row = best[0]
        chain[row, C_OPTION], chain[row, C_START], chain[row, C_END] = best[1], best[2], best[3]
        count = max(count, row + 1)


@jitable
def _first_gap(
    chain: Ints, count: int, options: Options, calendar: Ints, numbers: Ints, covering: Ints
) -> tuple[int, int]:
    """The first day that must be covered and isn't (-1: none), and the first covered day after it."""
    before = calendar[BEFORE]
    first, last = calendar.shape[1] - 1, 0
    covering[:] = 0
    for row in range(count):
        option = chain[row, C_OPTION]
        last = max(last, chain[row, C_END])
        if not options.flags[option] & IS_HISTORY:
            first = min(first, chain[row, C_START])
        if options.covers[option]:
            for day in range(max(0, chain[row, C_START]), chain[row, C_END]):
                covering[day] += options.pace[option]
    if numbers[BEGUN]:
        first = numbers[FIRST_DAY]
    run = 0
    found = NOBODY
    for day in range(first, last):
        if before[day + 1] == before[day]:
            continue
        if covering[day] >= numbers[MIN_PACE]:
            if found != NOBODY:
                return found, day
            run = 0
            continue
        run += 1
        if found == NOBODY and run > numbers[TOLERATED_GAP]:
            found = day
    return found, last


@jitable
def _fitted(options: Options, option: int, first_gap: int, after_gap: int) -> tuple[int, int]:
    """The step of an option that starts latest and covers a gap's first day, as long as the gap asks."""
    number = min(
        options.num_starts[option] - 1, (first_gap - options.first_start[option]) // options.every[option]
    )
    start = options.first_start[option] + number * options.every[option]
    return start, _end(options, option, start, first_gap, after_gap)


@jitable
def _end(options: Options, option: int, start: int, first_gap: int, after_gap: int) -> int:
    """The first end that covers a gap, or else the last one that a step with this start can have."""
    least = start + options.first_length[option]
    if least > options.latest_end[option]:
        return NOBODY
    longer = max(0, -(-(after_gap - least) // 7))
    longer = min(longer, options.num_lengths[option] - 1, (options.latest_end[option] - least) // 7)
    end = least + 7 * longer
    return end if end > first_gap else NOBODY


@jitable
def _stretched(options: Options, option: int, row: Ints, first_gap: int, after_gap: int) -> tuple[int, int]:
    """A rolling step of the chain made longer at the side where the gap is."""
    start, end = row[C_START], row[C_END]
    if start > first_gap:
        number = (first_gap - options.first_start[option]) // options.every[option]
        earlier = options.first_start[option] + number * options.every[option]
        weeks, rest = (end - earlier - options.first_length[option]) // 7, (end - earlier) % 7
        if rest != options.first_length[option] % 7 or weeks >= options.num_lengths[option]:
            return start, NOBODY
        return earlier, end
    later = _end(options, option, start, first_gap, after_gap)
    return start, later if later > end else NOBODY


@jitable
def _cost(
    options: Options,
    option: int,
    start: int,
    end: int,
    before: Ints,
    prices: Prices,
    bridge: int,
    travel: int,
) -> int:
    points = points_by_length(options.pace[option], end - start, bridge if options.bridge[option] else 0)
    days = before[end] - before[start]
    points += points_on_the_way(days, options.fifths[option], options.minutes[option], travel)
    price = price_of(prices, options.round[option], start, end)
    return FAR if price >= FORBIDDEN else SCALE * points + price


@jitable
def _is_allowed(
    chain: Ints,
    count: int,
    changed: int,
    option: int,
    start: int,
    end: int,
    options: Options,
    kinds: Kinds,
    numbers: Ints,
    most: Ints,
    calendar: Ints,
) -> bool:
    """Whether a step can join a chain, or take the place of the row `changed`."""
    insats, kind = options.insats[option], options.kind[option]
    times = 1
    for row in range(count):
        other = chain[row, C_OPTION]
        if row == changed:
            continue
        if options.insats[other] == insats:
            if not options.flags[other] & IS_HISTORY:
                times += 1
            if chain[row, C_START] < end and start < chain[row, C_END]:
                return False
        if (
            chain[row, C_START] < end
            and start < chain[row, C_END]
            and options.weekdays[other] & options.weekdays[option]
            and options.place[other] != options.place[option]
        ):
            return False
        if start <= chain[row, C_START] < end and not _has_pace(
            chain, count, changed, chain[row, C_START], options, options.pace[option], numbers[MAX_PACE]
        ):
            return False
    if times > most[insats] or not _has_pace(
        chain, count, changed, start, options, options.pace[option], numbers[MAX_PACE]
    ):
        return False
    if not _needs_hold(chain, count, changed, option, end, kind, start, options, kinds):
        return False
    if changed < count:
        for row in range(count):
            if row != changed and chain[row, C_START] >= chain[changed, C_END] and chain[row, C_START] < end:
                mine = options.kind[chain[row, C_OPTION]]
                since = chain[row, C_START]
                if options.flags[chain[row, C_OPTION]] & IS_HISTORY:
                    continue
                if not _needs_hold(chain, count, changed, option, end, mine, since, options, kinds):
                    return False
    if kinds.beside.shape[0] == 0:
        return True
    before = chain[changed].copy()
    chain[changed, C_OPTION], chain[changed, C_START], chain[changed, C_END] = option, start, end
    is_kept = _is_company_kept(chain, max(count, changed + 1), options, kinds, calendar)
    chain[changed] = before
    return is_kept


@jitable
def _is_company_kept(chain: Ints, count: int, options: Options, kinds: Kinds, calendar: Ints) -> bool:
    """Rule `alongside`, for every new step of a chain."""
    for row in range(count):
        if options.flags[chain[row, C_OPTION]] & IS_HISTORY:
            continue
        kind, start = options.kind[chain[row, C_OPTION]], chain[row, C_START]
        held = 0
        for other in range(count):
            if chain[other, C_END] <= start:
                held |= options.gives[chain[other, C_OPTION]]
        for term in range(kinds.first_beside[kind], kinds.first_beside[kind + 1]):
            if kinds.beside[term, 0] & held:
                continue
            is_kept = False
            for place in range(1, kinds.beside.shape[1]):
                insats = kinds.beside[term, place]
                until = _covered_by(insats, start, chain, count, options, calendar)
                is_kept = is_kept or until >= chain[row, C_END]
            if not is_kept:
                return False
    return True


@jitable
def _covered_by(insats: int, day: int, chain: Ints, count: int, options: Options, calendar: Ints) -> int:
    """The first study day from a day on on which no step of an insats is in progress."""
    day = calendar[FOLLOWING, day]
    row = 0
    while row < count:
        if options.insats[chain[row, C_OPTION]] == insats and chain[row, C_START] <= day < chain[row, C_END]:
            day = calendar[FOLLOWING, chain[row, C_END]]
            row = 0
        else:
            row += 1
    return int(day)


@jitable
def _has_pace(
    chain: Ints, count: int, changed: int, day: int, options: Options, pace: int, max_pace: int
) -> bool:
    for row in range(count):
        if row != changed and chain[row, C_START] <= day < chain[row, C_END]:
            pace += options.pace[chain[row, C_OPTION]]
    return bool(pace <= max_pace)


@jitable
def _needs_hold(
    chain: Ints,
    count: int,
    changed: int,
    option: int,
    end: int,
    kind: int,
    day: int,
    options: Options,
    kinds: Kinds,
) -> bool:
    """Whether the needs of a kind hold on a day, once the row `changed` is a step up to `end`."""
    held = 0
    for row in range(count):
        if row != changed and chain[row, C_END] <= day:
            held |= options.gives[chain[row, C_OPTION]]
    if end <= day:
        held |= options.gives[option]
    for term in range(kinds.first_need[kind], kinds.first_need[kind + 1]):
        if not kinds.needs[term] & held:
            return False
    return True
