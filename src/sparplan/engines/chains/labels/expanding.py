"""The steps of a case at given prices, in order of start. (Compiled by numba; see `compiled.py`.)"""

import numpy as np

from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.layout import (
    BEFORE,
    COST,
    COVERS,
    END,
    EVERY,
    FAR,
    FLAGS,
    FORBIDDEN,
    GIVES,
    INSATS,
    IS_COMPANION,
    IS_HISTORY,
    IS_LARGE,
    IS_LEADING,
    IS_SPLIT,
    KIND,
    LATER,
    LENGTH,
    MARK,
    MAX_PACE,
    MIN_PACE,
    NOBODY,
    OPTION,
    PACE,
    PLACE,
    RELAXED,
    SCALE,
    START,
    STEP_COLUMNS,
    WEEKDAYS,
    Ints,
)
from sparplan.engines.chains.labels.steps import Options, Prices, points_by_length, points_on_the_way

R_OPTION, R_START, R_END, R_COST, R_MARK = range(5)  # columns of rows that aren't steps yet


@jitable
def expand(
    options: Options,
    calendar: Ints,
    prices: Prices,
    numbers: Ints,
    counted: Ints,
    bridge: int,
    travel: int,
    latest_end: int,
) -> Ints:
    """Every step that ends by a day and that somebody could want; history whatever its end.

    Relaxed, what only fills gaps is left out.

    Returns an array of shape (steps, `STEP_COLUMNS`), in order of start.
    """
    most = most_days = 0
    for option in range(options.round.shape[0]):
        most += options.num_starts[option] * options.num_lengths[option]
        most_days = max(most_days, options.first_length[option] + 7 * options.num_lengths[option])
    raw = np.empty((most, 5), np.int64)
    travel_points = np.empty(most_days + 1, np.int64)
    first = count = 0
    previous = NOBODY
    for option in options.by_gives:
        row = options.round[option]
        is_history = options.flags[option] & IS_HISTORY
        if not is_history and (prices.fixed[row] >= FORBIDDEN or options.pace[option] > numbers[MAX_PACE]):
            continue
        is_wanted = options.flags[option] & (IS_LEADING | IS_COMPANION | IS_HISTORY) or prices.fixed[row] < 0
        is_wanted = is_wanted or (numbers[EVERY] and options.flags[option] & IS_LARGE)
        if numbers[RELAXED] and not is_wanted:
            continue
        if previous == NOBODY or prices.mark[row] or not _is_twin(option, previous, options):
            first = count
            count += options.num_starts[option] * options.num_lengths[option]
            raw[first:count, R_COST] = FAR
        previous = NOBODY if prices.mark[row] else option
        limit = options.latest_end[option] if is_history else min(options.latest_end[option], latest_end)
        bridge_rate = bridge if options.bridge[option] else 0
        _emit(option, limit, options, calendar, prices, bridge_rate, travel, travel_points, raw[first:count])
    ordered = _by_start(raw[:count], calendar.shape[1])
    return _in_full(ordered, _without_needless(ordered, options, counted, numbers[MIN_PACE]), options)


@jitable
def _is_twin(one: int, other: int, options: Options) -> bool:
    """Whether two rolling options differ in nothing but what their steps cost."""
    return bool(
        options.num_starts[one] > 1
        and options.num_starts[one] == options.num_starts[other]
        and options.num_lengths[one] == options.num_lengths[other]
        and options.kind[one] == options.kind[other]
        and options.gives[one] == options.gives[other]
        and options.first_start[one] == options.first_start[other]
        and options.every[one] == options.every[other]
        and options.first_length[one] == options.first_length[other]
        and options.latest_end[one] == options.latest_end[other]
        and options.pace[one] == options.pace[other]
        and options.covers[one] == options.covers[other]
        and options.flags[one] == options.flags[other]
        and not options.flags[one] & (IS_HISTORY | IS_LARGE)
        and options.weekdays[one] == 0
        and options.weekdays[other] == 0
    )


@jitable
def _emit(
    option: int,
    limit: int,
    options: Options,
    calendar: Ints,
    prices: Prices,
    bridge_rate: int,
    travel: int,
    travel_points: Ints,
    raw: Ints,
) -> None:
    """Note the steps of an option that cost less than what stands in their rows: one a start and length."""
    before = calendar[BEFORE]
    row, num_lengths = options.round[option], options.num_lengths[option]
    first_sum = prices.first_sum[row]
    if num_lengths > 1 or options.num_starts[option] > 1:
        for days in range(options.first_length[option] + 7 * num_lengths):
            travel_points[days] = points_on_the_way(
                days, options.fifths[option], options.minutes[option], travel
            )
    for longer in range(num_lengths):
        length = options.first_length[option] + 7 * longer
        points = points_by_length(options.pace[option], length, bridge_rate)
        for number in range(options.num_starts[option]):
            start = options.first_start[option] + number * options.every[option]
            end = start + length
            if end > limit:
                break
            price = prices.fixed[row]
            if first_sum >= 0:
                price += prices.sums[first_sum + end] - prices.sums[first_sum + start]
            if price >= FORBIDDEN:
                if not options.flags[option] & IS_HISTORY:
                    continue
                price = 0
            days = before[end] - before[start]
            if num_lengths > 1 or options.num_starts[option] > 1:
                on_the_way = travel_points[days]
            else:
                on_the_way = points_on_the_way(days, options.fifths[option], options.minutes[option], travel)
            place = number * num_lengths + longer
            cost = SCALE * (points + on_the_way) + price
            if cost < raw[place, R_COST]:
                mark = prices.mark[row]
                raw[place, R_OPTION] = option
                raw[place, R_START] = start
                raw[place, R_END] = end
                raw[place, R_COST] = cost
                raw[place, R_MARK] = mark * (2 * start + 1) + (mark >> 7) * end


@jitable
def _by_start(raw: Ints, num_days: int) -> Ints:
    """Counting sort of the rows that are there; steps of one day keep their order."""
    at_day = np.zeros(num_days + 1, np.int64)
    for step in range(raw.shape[0]):
        if raw[step, R_COST] < FAR:
            at_day[max(0, raw[step, R_START]) + 1] += 1
    for day in range(1, num_days + 1):
        at_day[day] += at_day[day - 1]
    ordered = np.empty((at_day[num_days], 5), np.int64)
    for step in range(raw.shape[0]):
        if raw[step, R_COST] < FAR:
            day = max(0, raw[step, R_START])
            for column in range(5):
                ordered[at_day[day], column] = raw[step, column]
            at_day[day] += 1
    return ordered


@jitable
def _without_needless(ordered: Ints, options: Options, counted: Ints, min_pace: int) -> int:
    """Drop each step that another of the same days and gifts can always stand for at no more cost.

    How many are left, at the front.
    """
    flags, kind, paces, covers = options.flags, options.kind, options.pace, options.covers
    weekdays, place, free, insats = options.weekdays, options.place, options.free, options.insats

    def can_replace(one: int, other: int) -> bool:
        """Whether a step of one option may stand for one of the other, of the same days and gifts."""
        if (flags[one] | flags[other]) & (IS_HISTORY | IS_LARGE):
            return False
        if paces[one] > paces[other] or covers[one] < covers[other]:
            return False
        if flags[one] & IS_SPLIT and not flags[other] & IS_SPLIT:
            return False
        if covers[other] and paces[one] < min(min_pace, paces[other]):
            return False
        if weekdays[one] and (place[one] != place[other] or weekdays[one] & ~weekdays[other]):
            return False
        if kind[one] == kind[other]:
            return True
        return bool(free[one] and not flags[other] & IS_COMPANION and not counted[insats[one]])

    count = ordered.shape[0]
    kept = 0
    first = 0
    is_needed = np.empty(count, np.bool_)
    runs = np.empty(count + 1, np.int64)  # where rows of one option begin, ends a week apart
    while first < count:
        last = first
        num_runs = 0
        gives = options.gives[ordered[first, R_OPTION]]
        start = ordered[first, R_START]
        while (
            last < count
            and ordered[last, R_START] == start
            and options.gives[ordered[last, R_OPTION]] == gives
        ):
            if last == first or ordered[last, R_OPTION] != ordered[last - 1, R_OPTION]:
                runs[num_runs] = last
                num_runs += 1
            last += 1
        runs[num_runs] = last
        for step in range(first, last):
            is_needed[step] = True
            for run in range(num_runs):
                later = ordered[step, R_END] - ordered[runs[run], R_END]
                other = runs[run] + later // 7
                if later < 0 or later % 7 or other >= runs[run + 1] or other == step:
                    continue
                if ordered[other, R_COST] > ordered[step, R_COST]:
                    continue
                if ordered[other, R_COST] == ordered[step, R_COST] and other > step:
                    continue
                if ordered[other, R_MARK] != 0 and ordered[other, R_MARK] != ordered[step, R_MARK]:
                    continue
                if can_replace(ordered[other, R_OPTION], ordered[step, R_OPTION]):
                    is_needed[step] = False
                    break
        for step in range(first, last):
            if is_needed[step]:
                for column in range(5):
                    ordered[kept, column] = ordered[step, column]
                kept += 1
        first = last
    return kept


@jitable
def _in_full(ordered: Ints, count: int, options: Options) -> Ints:
    """All columns of the steps."""
    steps = np.empty((count, STEP_COLUMNS), np.int64)
    for step in range(count):
        option, start, end = ordered[step, R_OPTION], ordered[step, R_START], ordered[step, R_END]
        steps[step, OPTION] = option
        steps[step, START] = start
        steps[step, END] = end
        steps[step, COST] = ordered[step, R_COST]
        steps[step, MARK] = ordered[step, R_MARK]
        steps[step, PACE] = options.pace[option]
        steps[step, COVERS] = options.covers[option]
        steps[step, WEEKDAYS] = options.weekdays[option]
        steps[step, PLACE] = options.place[option]
        steps[step, INSATS] = options.insats[option]
        steps[step, KIND] = options.kind[option]
        steps[step, GIVES] = options.gives[option]
        steps[step, LENGTH] = options.first_length[option]
        every = options.every[option]
        last_start = options.first_start[option] + every * (options.num_starts[option] - 1)
        fits = every % 7 == 0 and start + every <= last_start
        steps[step, LATER] = every if fits and end - start - every >= options.first_length[option] else 0
        steps[step, FLAGS] = options.flags[option]
    return steps
