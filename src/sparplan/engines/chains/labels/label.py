"""One label: the root, a label with one more step, when it wakes, and when it is a whole chain."""

from sparplan.engines.chains.labels.extending import set_coverage
from sparplan.engines.chains.labels.gaps import gap_cost
from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.layout import (
    BEFORE,
    BEGUN,
    BEST,
    COST,
    DAYS_BETWEEN_CHECKS,
    END,
    ENDED,
    EVERY,
    FAR,
    FIRST_DAY,
    FLAGS,
    FOUND,
    GIVES,
    INSATS,
    IS_HISTORY,
    KRAV,
    L_CHECKED,
    L_COMMITTED,
    L_COST,
    L_COUNT,
    L_COVERED,
    L_DAY,
    L_END,
    L_HELD,
    L_MARK,
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
    MOST_UNDER_WAY,
    NEGATIVE,
    NEVER,
    NOBODY,
    OUT_OF_ROOM,
    PACE,
    RELAXED,
    SCALE,
    START,
    TOLERATED_GAP,
    UNDER_WAY,
    GapCosts,
    Ints,
)
from sparplan.engines.chains.labels.windows import last_day_points


@jitable
def make_root(root: Ints, steps: Ints, numbers: Ints, calendar: Ints) -> bool:
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
        set_coverage(root, calendar[BEFORE, day], steps, numbers, calendar)
    return bool(first < NEVER)


@jitable
def add_step(
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
def wakes(label: Ints, steps: Ints, numbers: Ints) -> int:
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
def hold(label: Ints, day: int, steps: Ints, held_from: Ints) -> int:
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
            load += steps[step, PACE] * max(0, steps[step, END] - day)
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
def finish(
    label: Ints,
    number: int,
    numbers: Ints,
    calendar: Ints,
    by_day: Ints,
    gap_costs: GapCosts,
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
        until = calendar[BEFORE, label[L_END]]
        waiting = gap_cost(label, until, numbers, calendar, gap_costs)
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
