"""The steps of a case at given prices, in order of start. (Compiled by numba; see `compiled.py`.)"""

from typing import NamedTuple

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


class Options(NamedTuple):
    """The options of a case, one entry each (see `sparplan.options.Option`), days counted from day 0.

    `gives` is the mask of local bits, those of pins too; `flags` of `IS_HISTORY` and so on; `free` is 1
    where a step needs nothing and nothing beside it; `by_gives` lists the options, those that give the same
    one after another.
    """

    round: Ints
    insats: Ints
    first_start: Ints
    num_starts: Ints
    every: Ints
    first_length: Ints
    num_lengths: Ints
    latest_end: Ints
    pace: Ints
    covers: Ints
    weekdays: Ints
    place: Ints
    bridge: Ints
    minutes: Ints
    fifths: Ints
    kind: Ints
    gives: Ints
    flags: Ints
    free: Ints
    by_gives: Ints


def by_gives(gives: Ints) -> Ints:
    """An order of options: those that give the same one after another, those that only fill gaps last."""
    return np.argsort(-gives, kind="stable")


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


def price_of(prices: Prices, row: int, start: int, end: int) -> int:
    """What a round costs for a step of days `[start, end)`, counted from day 0."""
    price, first = int(prices.fixed[row]), int(prices.first_sum[row])
    if first >= 0:
        price += int(prices.sums[first + end] - prices.sums[first + start])
    return price


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

    Relaxed, what only fills gaps is left out and rolling steps have their least length, whose pace isn't
    rounded up: so that what makes them longer may be priced by the day.

    Returns an array of shape (steps, `STEP_COLUMNS`), in order of start.
    """
    span = calendar.shape[1] - 1
    before = calendar[BEFORE]
    most = 0
    for option in range(options.round.shape[0]):
        most += options.num_starts[option] * options.num_lengths[option]
    raw = np.empty((most, 5), np.int64)
    count = 0
    at_day = np.zeros(span + 2, np.int64)
    for option in options.by_gives:
        row = options.round[option]
        is_history = options.flags[option] & IS_HISTORY
        limit = options.latest_end[option] if is_history else min(options.latest_end[option], latest_end)
        if not is_history and (prices.fixed[row] >= FORBIDDEN or options.pace[option] > numbers[MAX_PACE]):
            continue
        is_wanted = options.flags[option] & (IS_LEADING | IS_COMPANION | IS_HISTORY) or prices.fixed[row] < 0
        is_wanted = is_wanted or (numbers[EVERY] and options.flags[option] & IS_LARGE)
        if numbers[RELAXED] and not is_wanted:
            continue
        num_lengths = options.num_lengths[option]
        is_short = numbers[RELAXED] and num_lengths > 1 and not options.flags[option] & IS_COMPANION
        first_sum = prices.first_sum[row]
        pace = options.pace[option]
        bridge_rate = bridge if options.bridge[option] else 0
        fifths = options.fifths[option]
        minutes = options.minutes[option]
        for number in range(options.num_starts[option]):
            start = options.first_start[option] + number * options.every[option]
            if start + options.first_length[option] > limit:
                break
            for longer in range(1 if is_short else num_lengths):
                end = start + options.first_length[option] + 7 * longer
                if end > limit:
                    break
                points = -(-pace * (end - start) // 100) + bridge_rate * (end - start)
                if fifths:
                    points += travel * (2 * minutes * ((before[end] - before[start]) * fifths // 5) // 60)
                price = prices.fixed[row]
                if first_sum >= 0:
                    price += prices.sums[first_sum + end] - prices.sums[first_sum + start]
                if price >= FORBIDDEN:
                    if not is_history:
                        break
                    price = 0
                mark = prices.mark[row]
                if mark:
                    mark = mark * (2 * start + 1) + (mark >> 7) * end
                raw[count, 0] = option
                raw[count, 1] = start
                raw[count, 2] = end
                rounded = SCALE * -(-pace * (end - start) // 100) - SCALE * pace * (end - start) // 100
                raw[count, 3] = SCALE * points + price - (rounded if is_short else 0)
                raw[count, 4] = mark
                at_day[start + 1] += 1
                count += 1
    ordered = _by_start(raw, count, at_day)
    count = _without_needless(ordered, options, counted, numbers[MIN_PACE])
    return _in_full(ordered, count, options)


@jitable
def _by_start(raw: Ints, count: int, at_day: Ints) -> Ints:
    """Counting sort; steps of one day keep their order."""
    for day in range(1, at_day.shape[0]):
        at_day[day] += at_day[day - 1]
    ordered = np.empty((count, 5), np.int64)
    for step in range(count):
        place = at_day[raw[step, 1]]
        at_day[raw[step, 1]] += 1
        for column in range(5):
            ordered[place, column] = raw[step, column]
    return ordered


@jitable
def _without_needless(ordered: Ints, options: Options, counted: Ints, min_pace: int) -> int:
    """Drop each step that another of the same days and gifts can always stand for at no more cost.

    How many are left, at the front.
    """
    count = ordered.shape[0]
    kept = 0
    first = 0
    while first < count:
        last = first + 1
        gives = options.gives[ordered[first, 0]]
        while (
            last < count
            and ordered[last, 1] == ordered[first, 1]
            and options.gives[ordered[last, 0]] == gives
        ):
            last += 1
        for step in range(first, last):
            needed = True
            for other in range(first, last):
                if other == step or ordered[other, 2] != ordered[step, 2]:
                    continue
                if ordered[other, 3] > ordered[step, 3]:
                    continue
                if ordered[other, 3] == ordered[step, 3] and other > step:
                    continue
                if ordered[other, 4] != 0 and ordered[other, 4] != ordered[step, 4]:
                    continue
                if _can_replace(ordered[other, 0], ordered[step, 0], options, counted, min_pace):
                    needed = False
                    break
            if needed:
                for column in range(5):
                    ordered[kept, column] = ordered[step, column]
                kept += 1
        first = last
    return kept


@jitable
def _can_replace(one: int, other: int, options: Options, counted: Ints, min_pace: int) -> bool:
    """Whether a step of one option may stand for one of the other, of the same days and gifts."""
    if (options.flags[one] | options.flags[other]) & (IS_HISTORY | IS_LARGE):
        return False
    if options.pace[one] > options.pace[other] or options.covers[one] < options.covers[other]:
        return False
    if options.flags[one] & IS_SPLIT and not options.flags[other] & IS_SPLIT:
        return False
    if options.covers[other] and options.pace[one] < min(min_pace, options.pace[other]):
        return False
    weekdays = options.weekdays[one]
    if weekdays and (options.place[one] != options.place[other] or weekdays & ~options.weekdays[other]):
        return False
    if options.kind[one] == options.kind[other]:
        return True
    return bool(
        options.free[one] and not options.flags[other] & IS_COMPANION and not counted[options.insats[one]]
    )


@jitable
def _in_full(ordered: Ints, count: int, options: Options) -> Ints:
    """All columns of the steps."""
    steps = np.empty((count, STEP_COLUMNS), np.int64)
    for step in range(count):
        option, start, end = ordered[step, 0], ordered[step, 1], ordered[step, 2]
        steps[step, OPTION] = option
        steps[step, START] = start
        steps[step, END] = end
        steps[step, COST] = ordered[step, 3]
        steps[step, MARK] = ordered[step, 4]
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


@jitable
def least_gap_costs(options: Options, calendar: Ints, prices: Prices, numbers: Ints, bridge: int) -> Ints:
    """Sums over study days of what it costs at least to be covered on each; length: study days + 1.

    Any set of steps costs at least the sum over the study days that it covers, however they overlap: each
    option's cost is shared out over the study days that it covers (a dual solution of the covering problem).
    A day that nothing covers costs `FAR`.
    """
    span = calendar.shape[1] - 1
    before = calendar[BEFORE]
    days = before[span]
    least = np.full(days + 1, FAR, np.int64)
    for option in range(options.round.shape[0]):
        row = options.round[option]
        if not options.covers[option]:
            continue
        is_too_much = options.pace[option] > numbers[MAX_PACE] or prices.fixed[row] >= FORBIDDEN
        if is_too_much and not options.flags[option] & IS_HISTORY:
            continue
        start = max(0, options.first_start[option])
        weekly = SCALE * (7 * options.pace[option] // 100 + (7 * bridge if options.bridge[option] else 0))
        if options.num_starts[option] > 1 or options.num_lengths[option] > 1:
            end = options.latest_end[option]
            rate = weekly // 5
        else:
            end = start + options.first_length[option]
            count = before[min(end, span)] - before[start]
            points = -(-options.pace[option] * (end - start) // 100)
            points += bridge * (end - start) if options.bridge[option] else 0
            rate = max(0, SCALE * points + min(prices.fixed[row], FORBIDDEN)) // max(1, count)
            if options.flags[option] & IS_HISTORY:
                rate = 0
        covered = least[before[start] : before[min(end, span)]]
        for day in range(len(covered)):
            covered[day] = min(covered[day], rate)
    sums = np.zeros(days + 1, np.int64)
    for day in range(days):
        sums[day + 1] = sums[day] + least[day]
    return sums
