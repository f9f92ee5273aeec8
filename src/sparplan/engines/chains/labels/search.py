"""Label setting: a participant's cheapest chains at given prices, exactly (see `docs/engines.md`).

A label is a chain so far: steps in order of start (on one day in order of number), so that each set of
steps is built once, and everything before the last start is settled. Labels are taken day by day; those
that others dominate, or whose bound reaches the limit, go. (After Irnich and Desaulniers 2005, "Shortest
path problems with resource constraints".)
"""

from typing import NamedTuple

import numpy as np

from sparplan.engines.chains.labels.bounds import Bounds, last_day_points, least_to_go, propagate
from sparplan.engines.chains.labels.dominance import dominates
from sparplan.engines.chains.labels.extending import (
    BROKEN,
    NO_ROOM,
    can_add,
    copy_under_way,
    gap_cost,
    held_on,
    holds_needs,
    keep_beside,
    set_coverage,
)
from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.kinds import Kinds
from sparplan.engines.chains.labels.landmarks import Landmarks
from sparplan.engines.chains.labels.layout import (
    BEAMED,
    BEFORE,
    BEGUN,
    BEST,
    BORN,
    COST,
    DAYS_BETWEEN_CHECKS,
    END,
    ENDED,
    EVERY,
    EXPIRED,
    FAR,
    FILLS,
    FIRST_DAY,
    FLAGS,
    FOR_OTHERS,
    FOUND,
    GIVES,
    INSATS,
    IS_HISTORY,
    KIND,
    KRAV,
    L_BOUND,
    L_CHECKED,
    L_COMMITTED,
    L_COST,
    L_COUNT,
    L_COVERED,
    L_DAY,
    L_END,
    L_HELD,
    L_LIMIT,
    L_MARK,
    L_NEXT,
    L_PARENT,
    L_PENDING,
    L_STEP,
    L_USED,
    L_WAKES,
    LARGE_UNTIL,
    LEAST_PACE,
    LENGTH_POINTS,
    MARK,
    MAX_PACE,
    MERITS,
    MIN_PACE,
    MOST_UNDER_WAY,
    NEGATIVE,
    NEVER,
    NOBODY,
    OMITTED,
    OUT_OF_ROOM,
    PACE,
    RELAXED,
    SCALE,
    START,
    TOLERATED_GAP,
    UNDER_WAY,
    Ints,
)
from sparplan.engines.chains.labels.usefulness import is_any_slow, is_of_use, note_wanted

TABLE_BITS = 14
BITS = 64
MOST_COMPARED = 48  # labels that one is held against; dominance may be missed, never wrong


class Case(NamedTuple):
    """All that stays the same while labels are set."""

    kinds: Kinds
    landmarks: Landmarks
    numbers: Ints
    calendar: Ints
    steps: Ints
    bounds: Bounds
    gap_costs: Ints
    counted: Ints
    merit_bits: Ints
    merit_points: Ints


@jitable
def search(
    case: Case,
    limit: int,
    beam: int,
    use_dominance: bool,
    use_bounds: bool,
    pool: Ints,
    found: Ints,
    state: Ints,
) -> None:
    """Set labels until there are none left, or no room.

    Parameters
    ----------
    limit
        Only chains that cost less are looked for.
    beam
        Labels kept of those born on a day, the most promising ones; 0 for all.
    use_dominance, use_bounds
        Without them the answer is the same, later.
    pool
        Room for labels, shape (labels, `LABEL_COLUMNS` or `LABEL_COLUMNS_WITH_PENDING`).
    found
        Room for finished chains in the order in which they are found: label and cost.
    state
        Filled: labels born, chains found, how the search ended, and a bound: no chain below the limit, of
        those not looked at, costs less than `state[OMITTED]`.
    """
    kinds, landmarks, bounds = case.kinds, case.landmarks, case.bounds
    numbers, calendar, steps = case.numbers, case.calendar, case.steps
    counted, merit_bits, merit_points = case.counted, case.merit_bits, case.merit_points
    first_need, needs = kinds.first_need, kinds.needs
    first_beside, beside = kinds.first_beside, kinds.beside
    first_company, company, company_asks = kinds.first_company, kinds.company, kinds.company_asks
    order, first_given, given = landmarks.order, landmarks.first_given, landmarks.given
    first_asked, asked, krav_bits = landmarks.first_asked, landmarks.asked, landmarks.krav_bits
    marks, first_giver, givers = landmarks.bit, landmarks.first_giver, landmarks.givers
    next_end, share, work, path = bounds.next_end, bounds.share, bounds.work, bounds.path
    by_day, gap_costs = bounds.by_day, case.gap_costs
    before, kind_gives, order_of_all = calendar[BEFORE], kinds.gives, landmarks.all_leading
    goal = numbers[KRAV]
    for bit in merit_bits:
        goal |= bit
    filler_needs = 0
    always = FOR_OTHERS if numbers[EVERY] else 0
    if not numbers[RELAXED]:
        always |= FILLS
        for term in needs:
            filler_needs |= term
        for row in range(beside.shape[0]):
            filler_needs |= beside[row, 0]

    span = calendar.shape[1] - 1
    first_of_day = _first_of_day(steps, span)
    table = np.full(1 << TABLE_BITS, NOBODY, np.int64)
    active = np.empty(pool.shape[0], np.int64)
    held_from = np.empty(BITS, np.int64)
    ready = np.empty(first_need.shape[0], np.int64)
    since = np.empty(marks.shape[0], np.int64)
    state[:] = 0
    state[OMITTED] = FAR
    state[BEST] = limit

    is_slow = is_any_slow(steps, numbers[MIN_PACE])
    has_history = _make_root(pool[0], steps, numbers, calendar, gap_costs)
    if not _hold(pool[0], steps, held_from):
        state[ENDED] = OUT_OF_ROOM
        state[OMITTED] = -FAR
        return
    note_wanted(
        pool[0],
        goal,
        always,
        steps,
        order_of_all,
        kind_gives,
        first_need,
        needs,
        first_beside,
        beside,
        company_asks,
        filler_needs,
    )
    state[BORN] = 1
    pool[0, L_BOUND] = -FAR
    latest_end = 0
    for step in range(steps.shape[0]):
        latest_end = max(latest_end, steps[step, END])
    if has_history:
        _finish(pool[0], 0, numbers, before, by_day, gap_costs, merit_bits, merit_points, found, state)
    active[0] = 0
    count = 1
    for day in range(numbers[FIRST_DAY], span + 1):
        first, last = first_of_day[day], first_of_day[day + 1]
        if first == last:
            continue
        count = _still_active(pool, active, count, day, state[BEST], numbers)
        before_today = count
        place = 0
        while place < count:  # grows while we go: steps of one day side by side
            number = active[place]
            label = pool[number]
            place += 1
            if label[L_BOUND] >= state[BEST] or label[L_WAKES] > day or label[L_LIMIT] == NOBODY:
                continue
            if number == 0 and use_bounds:
                load = _hold(label, steps, held_from)
                propagate(
                    day, held_from, ready, order, first_need, first_asked, asked, first_given, given, next_end
                )
                to_go = least_to_go(
                    day,
                    label[L_END],
                    label[L_COMMITTED],
                    held_from,
                    ready,
                    since,
                    0,
                    numbers,
                    marks,
                    first_giver,
                    givers,
                    krav_bits,
                    share,
                    work,
                    path,
                )
                label[L_BOUND] = label[L_COST] + to_go + by_day[NEGATIVE, day] - numbers[MERITS]
                if not has_history:  # its first day isn't known, nor what that gives back
                    label[L_BOUND] -= SCALE * numbers[LENGTH_POINTS] * latest_end
                if label[L_BOUND] >= state[BEST]:
                    continue
            begun = number != 0 or numbers[BEGUN] == 1
            gives_back = 0 if number or has_history else SCALE * numbers[LENGTH_POINTS] * day
            waiting = gap_cost(label[L_COVERED], before[day], numbers, gap_costs) if begun else 0
            charge = waiting - gives_back
            least = label[L_COST] + charge + by_day[NEGATIVE, day] - numbers[MERITS]
            held = held_on(label, day, steps)
            unchecked = use_dominance and number != 0 and label[L_CHECKED] + DAYS_BETWEEN_CHECKS <= day
            for step in range(first if label[L_DAY] < day else max(first, label[L_STEP] + 1), last):
                end = max(label[L_END], steps[step, END])
                if least + steps[step, COST] + last_day_points(numbers, end) >= state[BEST]:
                    continue
                kind = steps[step, KIND]
                if not holds_needs(held, kind, first_need, needs):
                    continue
                if not is_of_use(
                    label,
                    step,
                    held,
                    begun,
                    is_slow,
                    steps,
                    numbers,
                    before,
                    order_of_all,
                    kind_gives,
                    first_company,
                    company,
                ):
                    continue
                if not can_add(label, step, steps, numbers, counted):
                    continue
                if unchecked:
                    if _is_dominated(
                        number, day, goal, table, pool, steps, numbers, calendar, counted, gap_costs
                    ):
                        label[L_LIMIT] = NOBODY
                        break
                    unchecked = False
                    label[L_CHECKED] = day
                born = state[BORN]
                if born >= pool.shape[0]:
                    state[ENDED] = OUT_OF_ROOM
                    break
                child = pool[born]
                _add(label, number, step, held, end, charge, steps, counted, child)
                if not copy_under_way(label, child, step, steps):
                    state[ENDED] = OUT_OF_ROOM
                    break
                covered = before[day]
                if begun and not numbers[RELAXED]:
                    covered = min(label[L_COVERED], covered)
                set_coverage(child, covered, steps, numbers, calendar, gap_costs)
                if beside.shape[0]:
                    kept = keep_beside(label, child, step, held, steps, first_beside, beside, kind, calendar)
                    if kept == NO_ROOM:
                        state[ENDED] = OUT_OF_ROOM
                        break
                    if kept == BROKEN:
                        continue
                if by_day[EXPIRED, day] & numbers[KRAV] & ~child[L_COMMITTED]:
                    continue
                if use_bounds:
                    load = _hold(child, steps, held_from)
                    propagate(
                        day,
                        held_from,
                        ready,
                        order,
                        first_need,
                        first_asked,
                        asked,
                        first_given,
                        given,
                        next_end,
                    )
                    to_go = least_to_go(
                        day,
                        end,
                        child[L_COMMITTED],
                        held_from,
                        ready,
                        since,
                        load - 1,
                        numbers,
                        marks,
                        first_giver,
                        givers,
                        krav_bits,
                        share,
                        work,
                        path,
                    )
                    if to_go >= FAR:
                        continue
                    child[L_BOUND] = child[L_COST] + to_go + by_day[NEGATIVE, day] - numbers[MERITS]
                    if child[L_BOUND] >= state[BEST]:
                        continue
                else:
                    child[L_BOUND] = -FAR
                child[L_WAKES] = _wakes(child, steps, numbers)
                note_wanted(
                    child,
                    goal,
                    always,
                    steps,
                    order_of_all,
                    kind_gives,
                    first_need,
                    needs,
                    first_beside,
                    beside,
                    company_asks,
                    filler_needs,
                )
                if use_dominance and _is_dominated(
                    born, day, goal, table, pool, steps, numbers, calendar, counted, gap_costs
                ):
                    continue
                state[BORN] += 1
                if not _finish(
                    child,
                    born,
                    numbers,
                    before,
                    by_day,
                    gap_costs,
                    merit_bits,
                    merit_points,
                    found,
                    state,
                ):
                    active[count] = born
                    count += 1
            if state[ENDED] == OUT_OF_ROOM:
                for waiting in active[:count]:
                    state[OMITTED] = min(state[OMITTED], pool[waiting, L_BOUND])
                return
        if beam and count - before_today > beam:
            count = _most_promising(beam, pool, active, before_today, count, state)
        for place in range(before_today, count):
            number = active[place]
            slot = _slot(pool[number, L_COMMITTED] & goal)
            pool[number, L_NEXT] = table[slot]
            table[slot] = number


@jitable
def _slot(committed: int) -> int:
    folded = committed ^ (committed >> 14) ^ (committed >> 28) ^ (committed >> 42)
    return folded & ((1 << TABLE_BITS) - 1)


@jitable
def _first_of_day(steps: Ints, span: int) -> Ints:
    """By day: the first step that starts then or later."""
    first = np.empty(span + 2, np.int64)
    step = 0
    for day in range(span + 2):
        while step < steps.shape[0] and steps[step, START] < day:
            step += 1
        first[day] = step
    return first


@jitable
def _make_root(root: Ints, steps: Ints, numbers: Ints, calendar: Ints, gap_costs: Ints) -> bool:
    """The label before the first new step; whether it has history."""
    day = numbers[FIRST_DAY]
    root[:] = 0
    root[L_DAY] = day
    root[L_STEP] = NOBODY
    root[L_PARENT] = NOBODY
    root[L_WAKES] = day
    first = NEVER
    for step in range(steps.shape[0]):
        if not steps[step, FLAGS] & IS_HISTORY:
            continue
        first = min(first, steps[step, START])
        root[L_COST] += steps[step, COST]
        root[L_MARK] += steps[step, MARK]
        root[L_END] = max(root[L_END], steps[step, END])
        root[L_COMMITTED] |= steps[step, GIVES]
        if steps[step, END] <= day:
            root[L_HELD] |= steps[step, GIVES]
        else:
            if root[L_COUNT] < MOST_UNDER_WAY:
                root[UNDER_WAY + root[L_COUNT]] = step
            root[L_COUNT] += 1
    if first < NEVER:
        root[L_COST] -= SCALE * numbers[LENGTH_POINTS] * first
    if root[L_COUNT] <= MOST_UNDER_WAY:
        set_coverage(root, calendar[BEFORE, day], steps, numbers, calendar, gap_costs)
    return bool(first < NEVER)


@jitable
def _still_active(pool: Ints, active: Ints, count: int, day: int, best: int, numbers: Ints) -> int:
    """Drop the labels that can't go on; how many are left."""
    kept = 0
    for place in range(count):
        label = active[place]
        if pool[label, L_BOUND] < best and (
            pool[label, L_LIMIT] >= day or (label == 0 and numbers[BEGUN] == 0)
        ):
            active[kept] = label
            kept += 1
    return kept


@jitable
def _add(
    label: Ints,
    number: int,
    step: int,
    held: int,
    end: int,
    charge: int,
    steps: Ints,
    counted: Ints,
    child: Ints,
) -> None:
    """A label with one more step, but for what is under way, covered and pending."""
    child[L_COST] = label[L_COST] + steps[step, COST] + charge
    child[L_HELD] = held
    child[L_COMMITTED] = label[L_COMMITTED] | steps[step, GIVES]
    free = counted[steps[step, INSATS]] & ~label[L_USED]
    child[L_USED] = label[L_USED] | (free & -free)
    child[L_MARK] = label[L_MARK] + steps[step, MARK]
    child[L_DAY] = steps[step, START]
    child[L_STEP] = step
    child[L_PARENT] = number
    child[L_END] = end
    child[L_PENDING] = 0
    child[L_CHECKED] = child[L_DAY] + 1 - DAYS_BETWEEN_CHECKS


@jitable
def _wakes(label: Ints, steps: Ints, numbers: Ints) -> int:
    """The first day on which there is pace left for any step."""
    pace = 0
    soonest = NEVER
    for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
        pace += steps[label[place], PACE]
        soonest = min(soonest, steps[label[place], END])
    if pace + numbers[LEAST_PACE] > numbers[MAX_PACE]:
        return int(soonest)
    return int(label[L_DAY])


@jitable
def _hold(label: Ints, steps: Ints, held_from: Ints) -> int:
    """From which day each bit is held; 1 + pace · days under way of new steps, 0 for no room."""
    if label[L_COUNT] > MOST_UNDER_WAY:
        return 0
    held_from[:] = NEVER
    load = 1
    _hold_from(held_from, label[L_HELD], 0)
    for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
        step = label[place]
        _hold_from(held_from, steps[step, GIVES], steps[step, END])
        if not steps[step, FLAGS] & IS_HISTORY:
            load += steps[step, PACE] * (steps[step, END] - label[L_DAY])
    return load


@jitable
def _hold_from(held_from: Ints, mask: int, day: int) -> None:
    number = 0
    while mask:
        if mask & 1:
            held_from[number] = min(held_from[number], day)
        mask >>= 1
        number += 1


@jitable
def _finish(
    label: Ints,
    number: int,
    numbers: Ints,
    before: Ints,
    by_day: Ints,
    gap_costs: Ints,
    merit_bits: Ints,
    merit_points: Ints,
    found: Ints,
    state: Ints,
) -> bool:
    """Note a label that is a whole chain; True if there is no use in adding to it."""
    if numbers[KRAV] & ~label[L_COMMITTED] or label[L_PENDING]:
        return False
    waiting = 0
    if number or numbers[BEGUN]:
        until = before[label[L_END]]
        waiting = gap_cost(label[L_COVERED], until, numbers, gap_costs)
        if waiting >= FAR or (not numbers[RELAXED] and until - label[L_COVERED] > numbers[TOLERATED_GAP]):
            return False
    merits = 0
    for merit in range(merit_bits.shape[0]):
        if label[L_COMMITTED] & merit_bits[merit]:
            merits += SCALE * merit_points[merit]
    cost = label[L_COST] + waiting + last_day_points(numbers, label[L_END]) - merits
    if cost < state[BEST]:
        if state[FOUND] == found.shape[0]:
            state[ENDED] = OUT_OF_ROOM
            return False
        found[state[FOUND], 0] = number
        found[state[FOUND], 1] = cost
        state[FOUND] += 1
        if not numbers[EVERY]:
            state[BEST] = cost
    has_more = numbers[EVERY] and numbers[LARGE_UNTIL] >= label[L_DAY]
    return bool(merits == numbers[MERITS] and by_day[NEGATIVE, label[L_DAY]] == 0 and not has_more)


@jitable
def _is_dominated(
    number: int,
    day: int,
    goal: int,
    table: Ints,
    pool: Ints,
    steps: Ints,
    numbers: Ints,
    calendar: Ints,
    counted: Ints,
    gap_costs: Ints,
) -> bool:
    """Whether some label dominates another on a day; forgets those that can't go on any more."""
    label = pool[number]
    cost, committed = label[L_COST], label[L_COMMITTED]
    slot = _slot(committed & goal)
    previous = NOBODY
    one = table[slot]
    tries = 0
    while one != NOBODY and tries < MOST_COMPARED:
        following = pool[one, L_NEXT]
        if pool[one, L_LIMIT] < day:
            if previous == NOBODY:
                table[slot] = following
            else:
                pool[previous, L_NEXT] = following
        elif pool[one, L_COST] > cost or (pool[one, L_COMMITTED] ^ committed) & goal or one == number:
            previous = one
        else:
            tries += 1
            if dominates(pool[one], label, day, steps, numbers, calendar, counted, gap_costs):
                if previous != NOBODY:  # to the front: what dominated once is likely to do it again
                    pool[previous, L_NEXT] = following
                    pool[one, L_NEXT] = table[slot]
                    table[slot] = one
                return True
            previous = one
        one = following
    return False


@jitable
def _most_promising(beam: int, pool: Ints, active: Ints, first: int, count: int, state: Ints) -> int:
    """Of the labels born today keep those with the least bounds; how many are active then."""
    bound = np.empty(count - first, np.int64)
    for place in range(first, count):
        bound[place - first] = pool[active[place], L_BOUND]
    ordered = active[first:count][np.argsort(bound, kind="mergesort")]
    for place in range(beam):
        active[first + place] = ordered[place]
    state[ENDED] = BEAMED
    state[OMITTED] = min(state[OMITTED], pool[ordered[beam], L_BOUND])
    return first + beam
