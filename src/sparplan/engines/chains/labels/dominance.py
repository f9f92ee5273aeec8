"""When one label makes another needless: whatever completes the second completes the first, for no more.

Compared over time, not step by step, so that labels with different steps under way can dominate each other:
what is held by when, the pace taken, the days covered.
"""

from sparplan.engines.chains.labels.extending import held_on
from sparplan.engines.chains.labels.gaps import lone_gap_cost, may_save
from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.layout import (
    ALL_COVER,
    BEFORE,
    COVERS,
    DAY_POINTS,
    END,
    FLAGS,
    INSATS,
    IS_COMPANION,
    L_COST,
    L_COUNT,
    L_COVERED,
    L_END,
    L_MARK,
    L_PENDING,
    L_RELEVANT,
    L_USED,
    LENGTH_POINTS,
    MIN_PACE,
    MOST_ALTERNATIVES,
    PACE,
    PENDING,
    PENDING_WIDTH,
    PLACE,
    RELAXED,
    SCALE,
    UNDER_WAY,
    WEEKDAYS,
    GapCosts,
    Ints,
)


@jitable
def dominates(
    one: Ints,
    other: Ints,
    day: int,
    steps: Ints,
    numbers: Ints,
    calendar: Ints,
    counted: Ints,
    gap_costs: GapCosts,
) -> bool:
    """Whether every way for the other to go on from a day is one for `one` too, at no more cost.

    Both have the same krav and merits held or under way, and no step that starts on that day or later.
    """
    later = max(0, one[L_END] - other[L_END])
    rate = SCALE * (numbers[DAY_POINTS] + numbers[LENGTH_POINTS])
    wait = lone_gap_cost(one[L_COVERED], other[L_COVERED], numbers, calendar, gap_costs)
    ahead = other[L_COST] - one[L_COST] - rate * later - wait
    if ahead < 0 or may_save(one, other, ahead, day, calendar, gap_costs):
        return False
    if one[L_USED] & ~other[L_USED] or one[L_MARK] != other[L_MARK]:
        return False
    now = calendar[BEFORE, day]
    if not numbers[RELAXED] and min(one[L_COVERED], now) < min(other[L_COVERED], now):
        return False
    return (
        _takes_no_more(one, other, day, steps)
        and (
            (numbers[RELAXED] and numbers[ALL_COVER])
            or _covers_no_less(one, other, day, steps, numbers[MIN_PACE])
        )
        and _holds_no_less(one, other, day, steps)
        and _is_in_no_ones_way(one, other, day, steps, counted)
        and _keeps_pending(one, other)
    )


@jitable
def _keeps_pending(one: Ints, other: Ints) -> bool:
    """Terms of `alongside` that are still to be kept must be the other's too."""
    if one[L_PENDING] == 0:
        return True
    if one[L_PENDING] != other[L_PENDING]:
        return False
    for number in range(one[L_PENDING]):
        term = PENDING + number * PENDING_WIDTH
        if one[term] > other[term]:
            return False
        for place in range(term + 1, term + 1 + MOST_ALTERNATIVES):
            if (
                one[place] != other[place]
                or one[place + MOST_ALTERNATIVES] < other[place + MOST_ALTERNATIVES]
            ):
                return False
    return True


@jitable
def _pace(label: Ints, day: int, covering: bool, steps: Ints) -> int:
    """Pace of a label's steps (of those that cover) in progress on a day not before its own."""
    pace = 0
    for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
        step = label[place]
        if day < steps[step, END] and (not covering or steps[step, COVERS]):
            pace += steps[step, PACE]
    return pace


@jitable
def _takes_no_more(one: Ints, other: Ints, day: int, steps: Ints) -> bool:
    """No more pace on any day."""
    if _pace(one, day, False, steps) > _pace(other, day, False, steps):
        return False
    for place in range(UNDER_WAY, UNDER_WAY + other[L_COUNT]):
        end = steps[other[place], END]
        if end > day and _pace(one, end, False, steps) > _pace(other, end, False, steps):
            return False
    return True


@jitable
def _covers_no_less(one: Ints, other: Ints, day: int, steps: Ints, min_pace: int) -> bool:
    """No fewer days covered, whatever comes beside."""
    if _pace(one, day, True, steps) < min(min_pace, _pace(other, day, True, steps)):
        return False
    for place in range(UNDER_WAY, UNDER_WAY + one[L_COUNT]):
        end = steps[one[place], END]
        if end > day and _pace(one, end, True, steps) < min(min_pace, _pace(other, end, True, steps)):
            return False
    return True


@jitable
def _holds_no_less(one: Ints, other: Ints, day: int, steps: Ints) -> bool:
    """Every bit that can matter to the other, and no later."""
    relevant = other[L_RELEVANT]
    if held_on(other, day, steps) & relevant & ~held_on(one, day, steps):
        return False
    for place in range(UNDER_WAY, UNDER_WAY + other[L_COUNT]):
        end = steps[other[place], END]
        if end > day and held_on(other, end, steps) & relevant & ~held_on(one, end, steps):
            return False
    return True


@jitable
def _is_in_no_ones_way(one: Ints, other: Ints, day: int, steps: Ints, counted: Ints) -> bool:
    """What could clash or overlap with a later step does so in the other too; companions are there too."""
    for place in range(UNDER_WAY, UNDER_WAY + one[L_COUNT]):
        step = one[place]
        if steps[step, END] <= day:
            continue
        if steps[step, WEEKDAYS] and not _has_clash(other, step, steps):
            return False
        if counted[steps[step, INSATS]] and not _has_insats(other, step, steps):
            return False
    for place in range(UNDER_WAY, UNDER_WAY + other[L_COUNT]):
        step = other[place]
        if steps[step, END] > day and steps[step, FLAGS] & IS_COMPANION and not _has_insats(one, step, steps):
            return False
    return True


@jitable
def _has_clash(label: Ints, step: int, steps: Ints) -> bool:
    """Whether a label has a step that clashes with whatever the given one clashes with."""
    for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
        mine = label[place]
        if (
            steps[mine, END] >= steps[step, END]
            and steps[mine, PLACE] == steps[step, PLACE]
            and steps[step, WEEKDAYS] & ~steps[mine, WEEKDAYS] == 0
        ):
            return True
    return False


@jitable
def _has_insats(label: Ints, step: int, steps: Ints) -> bool:
    """Whether a label has a step of the same insats at least as long under way."""
    for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
        mine = label[place]
        if steps[mine, END] >= steps[step, END] and steps[mine, INSATS] == steps[step, INSATS]:
            return True
    return False
