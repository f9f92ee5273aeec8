"""Many labels: those that go on, those that others dominate, those that are promising."""

import numpy as np

from sparplan.engines.chains.labels.dominance import dominates
from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.layout import (
    BEAMED,
    BEGUN,
    COST,
    ENDED,
    FLAGS,
    GIVES,
    IS_COMPANION,
    L_BOUND,
    L_COMMITTED,
    L_COST,
    L_LIMIT,
    L_NEXT,
    NOBODY,
    OMITTED,
    START,
    GapCosts,
    Ints,
)

TABLE_BITS = 14
MOST_COMPARED = 48  # labels that one is held against; dominance may be missed, never wrong


@jitable
def groups_of(steps: Ints, span: int) -> tuple[Ints, Ints, Ints]:
    """Steps of one day that give the same, one group after another.

    By day the first group of steps that start then or later; where each group begins; by group whether its
    steps can be of use for more than what they give.
    """
    count = steps.shape[0]
    begin = np.empty(count + 1, np.int64)
    for_more = np.zeros(count, np.int64)
    first = np.empty(span + 2, np.int64)
    groups = 0
    day = 0
    for step in range(count):
        start, gives = steps[step, START], steps[step, GIVES]
        is_new = step == 0 or start != steps[step - 1, START] or gives != steps[step - 1, GIVES]
        while day <= start:
            first[day] = groups
            day += 1
        if is_new:
            begin[groups] = step
            groups += 1
        if steps[step, FLAGS] & IS_COMPANION or steps[step, COST] < 0:
            for_more[groups - 1] = 1
    begin[groups] = count
    first[day:] = groups
    return first, begin[: groups + 1], for_more


@jitable
def still_active(pool: Ints, active: Ints, count: int, day: int, best: int, numbers: Ints) -> int:
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
def slot_of(committed: int) -> int:
    """Where in the table labels stand that have these bits of the goal."""
    folded = committed ^ (committed >> 14) ^ (committed >> 28) ^ (committed >> 42)
    return folded & ((1 << TABLE_BITS) - 1)


@jitable
def is_dominated(
    number: int,
    day: int,
    goal: int,
    table: Ints,
    pool: Ints,
    steps: Ints,
    numbers: Ints,
    calendar: Ints,
    counted: Ints,
    gap_costs: GapCosts,
) -> bool:
    """Whether some label dominates another on a day; forgets those that can't go on any more."""
    label = pool[number]
    cost, committed = label[L_COST], label[L_COMMITTED]
    slot = slot_of(committed & goal)
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
def most_promising(beam: int, pool: Ints, active: Ints, first: int, count: int, state: Ints) -> int:
    """Of the active labels from a place on keep those with the least bounds; how many are active then."""
    last = first + beam
    for place in range(first, count):
        number = active[place]
        bound = pool[number, L_BOUND]
        at = min(place, last)
        while at > first and pool[active[at - 1], L_BOUND] > bound:
            if at == last:
                state[OMITTED] = min(state[OMITTED], pool[active[at - 1], L_BOUND])
            else:
                active[at] = active[at - 1]
            at -= 1
        if at == last:
            state[OMITTED] = min(state[OMITTED], bound)
        else:
            active[at] = number
    state[ENDED] = BEAMED
    return last
