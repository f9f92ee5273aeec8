"""What it costs at least to fill gaps, where the steps that fill them aren't chosen yet.

Counted in calendar weeks that have study days. Steps that fill the days from one to another touch each week
that these days touch, so the cheapest set of steps that touches the weeks costs no more: `LEAST[p, q]`, for
weeks p to q. Two gaps are either filled by different steps, and their costs add up, or by a step that covers
all between them too, and cost at least `LEAST` from the first week to the last. The least over all ways to
take gaps together bounds what they cost. A label remembers from which week it took gaps together, and what
it paid since; where gaps are that far apart that it can't matter, it forgets.

A step too slow to count as activity by itself fills only part of a day, so its cost counts as many times as
it takes such steps. (The covering problem's matrix is one of intervals, so shares are as good as whole steps:
Nemhauser and Wolsey 1988, "Integer and combinatorial optimization", III.1.) Where a slow step is chosen
already, what still fills its days is left aside.
"""

import numpy as np

from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.layout import (
    BEFORE,
    FAR,
    GAPS,
    HOLE,
    IS_HISTORY,
    IS_SPLIT,
    L_COVERED,
    L_GAPS,
    MAX_PACE,
    MIN_PACE,
    MOST_GAPS,
    RELAXED,
    SCALE,
    TOLERATED_GAP,
    WEEK,
    GapCosts,
    Ints,
)
from sparplan.engines.chains.labels.steps import Options, points_by_length, points_on_the_way

NO_WAY = 1 << 30  # points, in 1/`SCALE`, where nothing touches a week
LEAST, SAVED = range(2)  # `SAVED[p, w]`: at most so much more a gap from week w costs than one from week p


@jitable
def price_gaps(options: Options, calendar: Ints, numbers: Ints, bridge: int, travel: int) -> GapCosts:
    """Tables `LEAST` and `SAVED`, shape (2, weeks, weeks + 1); completes the calendar's row `HOLE`."""
    before, week = calendar[BEFORE], calendar[WEEK]
    span = calendar.shape[1] - 1
    days = before[span]
    weeks = week[days - 1] + 1 if days else 0
    reach = np.full((weeks, weeks), FAR, np.int64)  # of one step, by the first and the last week it touches
    is_covered = np.zeros(span + 1, np.int64)
    for option in range(options.round.shape[0]):
        if not options.covers[option]:
            continue
        is_history = options.flags[option] & IS_HISTORY
        if options.pace[option] > numbers[MAX_PACE] and not is_history:
            continue
        last_start = options.first_start[option] + options.every[option] * (options.num_starts[option] - 1)
        last_end = min(
            options.latest_end[option],
            last_start + options.first_length[option] + 7 * (options.num_lengths[option] - 1),
        )
        if is_history:
            last_end = options.first_start[option] + options.first_length[option]
        for day in range(before[max(0, options.first_start[option])], before[max(0, min(last_end, span))]):
            is_covered[day] = 1
        if not is_history:
            _reach_of(option, options, calendar, numbers, bridge, travel, reach)
        if options.flags[option] & IS_SPLIT:
            _reach_of_more(option, options, calendar, numbers, bridge, last_end, reach)
    hole = span
    for day in range(span, -1, -1):
        if not is_covered[day]:
            hole = day
        calendar[HOLE, day] = hole
    return _tables(reach)


@jitable
def _reach_of(
    option: int,
    options: Options,
    calendar: Ints,
    numbers: Ints,
    bridge: int,
    travel: int,
    reach: Ints,
) -> None:
    """What an option's steps cost, by the first and the last week that they touch."""
    before, week = calendar[BEFORE], calendar[WEEK]
    pace = options.pace[option]
    bridge_rate = bridge if options.bridge[option] else 0
    is_on_the_way = options.fifths[option] and options.minutes[option] and travel
    for longer in range(options.num_lengths[option]):
        length = options.first_length[option] + 7 * longer
        points = points_by_length(pace, length, bridge_rate)
        cost = _times_it_takes(SCALE * points, pace, numbers)
        for number in range(options.num_starts[option]):
            start = options.first_start[option] + options.every[option] * number
            end = start + length
            if end > options.latest_end[option]:
                break
            days = before[end] - before[start]
            if not days:
                continue
            if is_on_the_way:
                more = points_on_the_way(days, options.fifths[option], options.minutes[option], travel)
                cost = _times_it_takes(SCALE * (points + more), pace, numbers)
            first, last = week[before[start]], week[before[end] - 1]
            reach[first, last] = min(reach[first, last], cost)


@jitable
def _times_it_takes(cost: int, pace: int, numbers: Ints) -> int:
    """What it costs to fill days with steps of a pace: as often as it takes to count as activity."""
    return int(cost * numbers[MIN_PACE] // pace if pace < numbers[MIN_PACE] else cost)


@jitable
def _reach_of_more(
    option: int, options: Options, calendar: Ints, numbers: Ints, bridge: int, last_end: int, reach: Ints
) -> None:
    """What it costs at least to make a companion that is there anyway so many weeks longer."""
    before, week = calendar[BEFORE], calendar[WEEK]
    pace = options.pace[option]
    first, last = week[before[options.first_start[option]]], week[max(0, before[last_end] - 1)]
    for longer in range(1, options.num_lengths[option]):
        cost = SCALE * (7 * longer * pace // 100 - 1 + (7 * longer * bridge if options.bridge[option] else 0))
        cost = _times_it_takes(cost, pace, numbers)
        for touched in range(first, last + 1):
            until = min(last, touched + longer - 1)
            reach[touched, until] = min(reach[touched, until], max(0, cost))


@jitable
def _tables(reach: Ints) -> GapCosts:
    """From single steps to sets of steps."""
    weeks = reach.shape[0]
    for last in range(weeks):  # what begins earlier touches the weeks in between too
        for first in range(1, last + 1):
            reach[first, last] = min(reach[first, last], reach[first - 1, last])
    least = np.full((weeks, weeks), FAR, np.int64)
    for first in range(weeks - 1, -1, -1):
        for last in range(weeks - 2, first - 1, -1):
            reach[first, last] = min(reach[first, last], reach[first, last + 1])
        least[first, first:] = reach[first, first:]
        for middle in range(first, weeks - 1):
            cost = reach[first, middle]
            if cost < FAR:
                for last in range(middle + 1, weeks):
                    least[first, last] = min(least[first, last], cost + least[middle + 1, last])
    tables = np.full((2, weeks, weeks + 1), NO_WAY, np.int32)
    tables[LEAST, :, :weeks] = np.minimum(least, NO_WAY)
    for first in range(weeks):
        for week in range(first, weeks + 1):
            most = -NO_WAY
            for last in range(week, weeks):
                if least[first, last] < NO_WAY:
                    most = max(most, least[week, last] - least[first, last])
            tables[SAVED, first, week] = most
    return tables


@jitable
def lone_gap_cost(covered: int, until: int, numbers: Ints, calendar: Ints, gap_costs: GapCosts) -> int:
    """What the study days from one up to another cost at least by themselves, where gaps have a price."""
    if not numbers[RELAXED] or numbers[TOLERATED_GAP] or until <= covered:
        return 0
    if calendar[HOLE, covered] < until:
        return FAR
    cost = gap_costs[LEAST, calendar[WEEK, covered], calendar[WEEK, until - 1]]
    return FAR if cost >= NO_WAY else int(cost)


@jitable
def gap_cost(label: Ints, until: int, numbers: Ints, calendar: Ints, gap_costs: GapCosts) -> int:
    """What the gap of a label up to a study day adds at least to what it paid for gaps."""
    cost = lone_gap_cost(label[L_COVERED], until, numbers, calendar, gap_costs)
    if cost:
        last = calendar[WEEK, until - 1]
        for gap in range(GAPS, GAPS + 2 * label[L_GAPS], 2):
            cost = min(cost, max(0, gap_costs[LEAST, label[gap], last] - label[gap + 1]))
    return cost


@jitable
def note_gap(label: Ints, child: Ints, until: int, cost: int, calendar: Ints, gap_costs: GapCosts) -> bool:
    """Let a child remember the gap that it ends; False when there is no room."""
    count = 0
    now = calendar[WEEK, child[L_COVERED]]
    for gap in range(GAPS, GAPS + 2 * label[L_GAPS], 2):
        paid = label[gap + 1] + cost
        if paid + int(gap_costs[SAVED, label[gap], now]) > 0:
            child[GAPS + 2 * count] = label[gap]
            child[GAPS + 2 * count + 1] = paid
            count += 1
    if until > label[L_COVERED] and cost > 0:
        first = calendar[WEEK, label[L_COVERED]]
        if cost + int(gap_costs[SAVED, first, now]) > 0:
            if count == MOST_GAPS:
                return False
            child[GAPS + 2 * count] = first
            child[GAPS + 2 * count + 1] = cost
            count += 1
    child[L_GAPS] = count
    return True


@jitable
def may_save(one: Ints, other: Ints, ahead: int, day: int, calendar: Ints, gap_costs: GapCosts) -> bool:
    """Whether the other can take gaps to come together with earlier ones, to an advantage over `one`.

    `ahead` says how much less `one` costs.
    """
    if not other[L_GAPS]:
        return False
    now = calendar[WEEK, min(other[L_COVERED], calendar[BEFORE, day])]
    for gap in range(GAPS, GAPS + 2 * other[L_GAPS], 2):
        if other[gap + 1] + gap_costs[SAVED, other[gap], now] <= ahead:
            continue
        is_matched = False
        for mine in range(GAPS, GAPS + 2 * one[L_GAPS], 2):
            if one[mine] >= other[gap] and other[gap + 1] - one[mine + 1] <= ahead:
                is_matched = True
        if not is_matched:
            return True
    return False
