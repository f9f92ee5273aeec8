"""Adding a step to a label: the rules of one participant (problem.md §5), day by day."""

from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.layout import (
    BEFORE,
    COVERS,
    END,
    FOLLOWING,
    GIVES,
    HOLE,
    INSATS,
    L_COUNT,
    L_COVERED,
    L_DAY,
    L_HELD,
    L_LIMIT,
    L_PENDING,
    L_USED,
    MAX_PACE,
    MIN_PACE,
    MOST_ALTERNATIVES,
    MOST_PENDING,
    MOST_UNDER_WAY,
    NOBODY,
    PACE,
    PENDING,
    PENDING_WIDTH,
    PLACE,
    RELAXED,
    START,
    TOLERATED_GAP,
    UNDER_WAY,
    WEEKDAYS,
    Ints,
)

KEPT, BROKEN, NO_ROOM = 1, 0, -1


@jitable
def held_on(label: Ints, day: int, steps: Ints) -> int:
    """Bits held on a day, if nothing more starts before it."""
    held = label[L_HELD]
    for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
        step = label[place]
        if steps[step, END] <= day:
            held |= steps[step, GIVES]
    return int(held)


@jitable
def holds_needs(held: int, kind: int, first_need: Ints, needs: Ints) -> bool:
    """Rule `prerequisites`: of each term a bit."""
    for term in range(first_need[kind], first_need[kind + 1]):
        if not needs[term] & held:
            return False
    return True


@jitable
def can_add(label: Ints, step: int, steps: Ints, numbers: Ints, counted: Ints) -> bool:
    """Rules `pace`, `clash` and `repeats` against the steps still under way when a step starts.

    `counted` has by insats the mask of its bits in `L_USED`, 0 where it isn't counted.
    """
    start = steps[step, START]
    insats = steps[step, INSATS]
    pace = steps[step, PACE]
    mask = counted[insats]
    if mask and label[L_USED] & mask == mask:
        return False
    for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
        other = label[place]
        if steps[other, END] <= start:
            continue
        pace += steps[other, PACE]
        if mask and steps[other, INSATS] == insats:
            return False
        if steps[step, WEEKDAYS] & steps[other, WEEKDAYS] and steps[step, PLACE] != steps[other, PLACE]:
            return False
    return bool(pace <= numbers[MAX_PACE])


@jitable
def copy_under_way(label: Ints, child: Ints, step: int, steps: Ints) -> bool:
    """The steps under way when a step starts, and the step itself; False when there is no room."""
    count = 0
    for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
        other = label[place]
        if steps[other, END] > steps[step, START]:
            child[UNDER_WAY + count] = other
            count += 1
    if count >= MOST_UNDER_WAY:
        return False
    child[UNDER_WAY + count] = step
    child[L_COUNT] = count + 1
    return True


@jitable
def _covered_until(label: Ints, steps: Ints, min_pace: int) -> int:
    """The first day from the label's own on on which the covering steps under way have too little pace."""
    day = label[L_DAY]
    while True:
        pace = 0
        soonest = NOBODY
        for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
            step = label[place]
            if steps[step, END] > day and steps[step, COVERS]:
                pace += steps[step, PACE]
                if soonest == NOBODY or steps[step, END] < soonest:
                    soonest = steps[step, END]
        if pace < min_pace or soonest == NOBODY:
            return int(day)
        day = soonest


@jitable
def _day_of_gap(covered: int, calendar: Ints, tolerated: int) -> int:
    """The last day on which a step may start, or the gap since `covered` study days is too long."""
    most = covered + tolerated
    low, high = 0, calendar.shape[1] - 1  # the last day with at most so many study days before it
    if calendar[BEFORE, high] <= most:
        return int(high)
    while low < high:
        middle = (low + high + 1) // 2
        if calendar[BEFORE, middle] <= most:
            low = middle
        else:
            high = middle - 1
    return int(low)


@jitable
def set_coverage(label: Ints, covered: int, steps: Ints, numbers: Ints, calendar: Ints) -> None:
    """Until when a label is covered, and the last day on which it may go on (rule `gap`).

    `covered` says where a gap that isn't ended yet began, in study days before it.
    """
    until = _covered_until(label, steps, numbers[MIN_PACE])
    if calendar[BEFORE, until] > calendar[BEFORE, label[L_DAY]]:
        covered = calendar[BEFORE, until]
    label[L_COVERED] = covered
    if numbers[RELAXED]:
        label[L_LIMIT] = calendar.shape[1] - 1
        if numbers[TOLERATED_GAP] == 0:
            label[L_LIMIT] = _day_of_gap(calendar[HOLE, covered], calendar, 0)
    else:
        label[L_LIMIT] = _day_of_gap(covered, calendar, numbers[TOLERATED_GAP])


@jitable
def keep_beside(
    label: Ints,
    child: Ints,
    step: int,
    held: int,
    steps: Ints,
    first_beside: Ints,
    beside: Ints,
    kind: int,
    calendar: Ints,
) -> int:
    """Rule `alongside`: what earlier steps still ask, what this step asks.

    `KEPT`, `BROKEN` when it can't be kept, or `NO_ROOM`. Each alternative of a term has the first study day
    on which no step of its insats is in progress. The term is kept once that day is past the end of the
    step that asks; it is lost once a step starts later.
    """
    start, end = steps[step, START], steps[step, END]
    count = 0
    for number in range(label[L_PENDING]):
        source = PENDING + number * PENDING_WIDTH
        target = PENDING + count * PENDING_WIDTH
        for column in range(PENDING_WIDTH):
            child[target + column] = label[source + column]
        if not _follow(child, target, steps[step, INSATS], start, end, calendar):
            count += 1
    for row in range(first_beside[kind], first_beside[kind + 1]):
        first = calendar[FOLLOWING, start]
        if beside[row, 0] & held or first >= end:
            continue
        if beside[row, 1] == NOBODY:
            return BROKEN
        if count == MOST_PENDING:
            return NO_ROOM
        target = PENDING + count * PENDING_WIDTH
        child[target] = end
        kept = False
        for number in range(MOST_ALTERNATIVES):
            companion = beside[row, 1 + number]
            until = first if companion != NOBODY else NOBODY
            for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
                other = label[place]
                if companion != NOBODY and steps[other, INSATS] == companion and steps[other, END] > until:
                    until = calendar[FOLLOWING, steps[other, END]]
            child[target + 1 + number] = companion
            child[target + 1 + MOST_ALTERNATIVES + number] = until
            kept = kept or until >= end
        if not kept:
            count += 1
    child[L_PENDING] = count
    for number in range(count):
        latest = NOBODY
        target = PENDING + number * PENDING_WIDTH + 1 + MOST_ALTERNATIVES
        for place in range(target, target + MOST_ALTERNATIVES):
            latest = max(latest, child[place])
        child[L_LIMIT] = min(child[L_LIMIT], latest)
    return KEPT


@jitable
def _follow(label: Ints, term: int, insats: int, start: int, end: int, calendar: Ints) -> bool:
    """Let a new step cover what a term asks; whether the term is kept for good now."""
    for number in range(MOST_ALTERNATIVES):
        until = term + 1 + MOST_ALTERNATIVES + number
        if label[term + 1 + number] == insats and start <= label[until] < end:
            label[until] = calendar[FOLLOWING, end]
        if label[term + 1 + number] != NOBODY and label[until] >= label[term]:
            return True
    return False
