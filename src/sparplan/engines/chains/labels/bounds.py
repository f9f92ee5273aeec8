"""How little a label can still cost: the least days and the least prices to the goal.

Proven bounds: they leave gaps, clashes and repeats aside, and pace but for the sum of work. Days come from
the calendar: the earliest day on which each bit can be held, given the label's day and what it holds and
has under way. Prices come from the landmarks (see `landmarks.py`): each has a step that is the first to
give it, so the least costs of these steps add up, and along an order of landmarks the price of an early
round is weighed against the days that a cheaper one costs.
"""

from typing import NamedTuple

import numpy as np

from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.landmarks import Landmarks
from sparplan.engines.chains.labels.layout import (
    ALL_COVER,
    ANY_SLOW,
    COST,
    COVERS,
    END,
    EXPIRED,
    FAR,
    FLAGS,
    GIVES,
    IS_LARGE,
    KIND,
    L_COUNT,
    LARGE_UNTIL,
    LATEST_END,
    LEAST_PACE,
    MIN_PACE,
    NEGATIVE,
    NEVER,
    NOBODY,
    OPTION,
    PACE,
    START,
    UNDER_WAY,
    Ints,
)
from sparplan.engines.chains.labels.windows import Windows, make_windows, soonest


class Bounds(NamedTuple):
    """What the bounds of labels are read from; days up to the calendar's span.

    Attributes
    ----------
    next_end
        `[kind, day]`: the earliest end of a step of the kind that starts on that day or later.
    share
        By landmark: what each step that is the first to give it costs at least.
    work
        By landmark: the same for pace · days.
    pace
        By kind: the least pace of its steps.
    windows
        What the landmarks cost beyond their shares.
    by_day
        Rows `NEGATIVE` and `EXPIRED`.
    """

    next_end: Ints
    share: Ints
    work: Ints
    pace: Ints
    windows: Windows
    by_day: Ints


@jitable
def make_bounds(
    num_options: int, pins: int, landmarks: Landmarks, numbers: Ints, steps: Ints, span: int
) -> Bounds:
    """Work out the bounds over some steps; completes `numbers` by what they tell."""
    _tell(numbers, steps)
    next_end = _next_ends(landmarks.new.shape[0], steps, span)
    share, work = _shares(landmarks.bit, landmarks.new, steps)
    windows = make_windows(
        landmarks.ways,
        landmarks.bit,
        landmarks.new,
        landmarks.first_next,
        landmarks.next,
        steps,
        span,
        share,
    )
    by_day = np.zeros((2, span + 2), np.int64)
    _sum_negative(num_options, steps, by_day[NEGATIVE])
    _note_expired(pins, steps, by_day[EXPIRED])
    return Bounds(next_end, share, work, _least_pace(landmarks.new.shape[0], steps), windows, by_day)


@jitable
def _tell(numbers: Ints, steps: Ints) -> None:
    numbers[LARGE_UNTIL] = NOBODY
    numbers[LEAST_PACE] = FAR
    numbers[ALL_COVER] = 1
    numbers[ANY_SLOW] = numbers[LATEST_END] = 0
    for step in range(steps.shape[0]):
        numbers[LATEST_END] = max(numbers[LATEST_END], steps[step, END])
        if steps[step, COVERS] and steps[step, PACE] < numbers[MIN_PACE]:
            numbers[ANY_SLOW] = 1
        numbers[LEAST_PACE] = min(numbers[LEAST_PACE], steps[step, PACE])
        if steps[step, FLAGS] & IS_LARGE:
            numbers[LARGE_UNTIL] = max(numbers[LARGE_UNTIL], steps[step, START])
        if not steps[step, COVERS] or steps[step, PACE] < numbers[MIN_PACE]:
            numbers[ALL_COVER] = 0


@jitable
def _next_ends(num_kinds: int, steps: Ints, span: int) -> Ints:
    next_end = np.full((num_kinds, span + 2), NEVER, np.int64)
    for step in range(steps.shape[0]):
        kind, start = steps[step, KIND], max(0, steps[step, START])
        next_end[kind, start] = min(next_end[kind, start], steps[step, END])
    is_there = np.zeros(num_kinds, np.int64)
    for step in range(steps.shape[0]):
        is_there[steps[step, KIND]] = 1
    for kind in np.flatnonzero(is_there):
        for day in range(span, -1, -1):
            next_end[kind, day] = min(next_end[kind, day], next_end[kind, day + 1])
    return next_end


@jitable
def _shares(bit: Ints, new: Ints, steps: Ints) -> tuple[Ints, Ints]:
    count = bit.shape[0]
    share = np.full(count, FAR, np.int64)
    work = np.full(count, FAR, np.int64)
    for step in range(steps.shape[0]):
        gives = new[steps[step, KIND]]
        if not gives:
            continue
        fresh = 0
        for mark in range(count):
            fresh += 1 if gives & bit[mark] else 0
        cost = max(0, steps[step, COST]) // fresh
        load = steps[step, PACE] * (steps[step, END] - steps[step, START]) // fresh
        for mark in range(count):
            if gives & bit[mark]:
                share[mark] = min(share[mark], cost)
                work[mark] = min(work[mark], load)
    return share, work


@jitable
def _least_pace(num_kinds: int, steps: Ints) -> Ints:
    pace = np.full(num_kinds, FAR, np.int64)
    for step in range(steps.shape[0]):
        pace[steps[step, KIND]] = min(pace[steps[step, KIND]], steps[step, PACE])
    return pace


@jitable
def _sum_negative(num_options: int, steps: Ints, negative: Ints) -> None:
    least = np.zeros(num_options, np.int64)
    latest = np.zeros(num_options, np.int64)
    for step in range(steps.shape[0]):
        option = steps[step, OPTION]
        least[option] = min(least[option], steps[step, COST])
        latest[option] = max(latest[option], steps[step, START])
    for option in range(num_options):
        if least[option] < 0:
            negative[max(0, latest[option])] += least[option]
    for day in range(negative.shape[0] - 2, -1, -1):
        negative[day] += negative[day + 1]


@jitable
def _note_expired(pins: int, steps: Ints, expired: Ints) -> None:
    for step in range(steps.shape[0]):
        expired[max(0, steps[step, START])] |= steps[step, GIVES] & pins
    for day in range(expired.shape[0] - 2, -1, -1):
        expired[day] |= expired[day + 1]
    for day in range(expired.shape[0]):
        expired[day] = pins & ~expired[day]


@jitable
def earliest_end(
    day: int,
    last_end: int,
    committed: int,
    held_from: Ints,
    ready: Ints,
    load: int,
    max_pace: int,
    bit: Ints,
    krav_bits: Ints,
    work: Ints,
    pace: Ints,
    next_end: Ints,
    first_node: Ints,
    first_kind: Ints,
    kinds: Ints,
    since: Ints,
) -> int:
    """The earliest end of any chain that goes on from a label; `NEVER` if the goal is out of reach.

    Parameters
    ----------
    day
        No new step starts before it.
    last_end
        The latest end of the label's steps.
    committed
        What it holds or has under way.
    held_from, ready
        From `propagate`: by bit number, and by kind.
    load
        Pace · days of the steps under way that lie after `day`.
    since
        Room: by landmark, when its first giver can start.
    """
    end = last_end
    for number in krav_bits:
        end = max(end, held_from[number])
    if end >= NEVER:
        return NEVER
    for mark in range(bit.shape[0]):
        since[mark] = NOBODY
        if not committed & bit[mark]:
            load += work[mark]
            since[mark] = soonest(mark, ready, first_node, first_kind, kinds)
    end = max(end, day + -(-load // max_pace))
    for mark in range(bit.shape[0]):
        if since[mark] > day:
            load = 0
            for other in range(bit.shape[0]):
                if since[other] >= since[mark]:
                    load += work[other]
            end = max(end, since[mark] + -(-load // max_pace))
    for mark in range(bit.shape[0]):
        for other in range(mark + 1, bit.shape[0]):
            if since[mark] != NOBODY and since[other] != NOBODY:
                end = _earliest_end_of_two(
                    mark, other, end, ready, max_pace, pace, next_end, first_node, first_kind, kinds
                )
    return int(end)


@jitable
def _earliest_end_of_two(
    mark: int,
    other: int,
    least: int,
    ready: Ints,
    max_pace: int,
    pace: Ints,
    next_end: Ints,
    first_node: Ints,
    first_kind: Ints,
    kinds: Ints,
) -> int:
    """When two landmarks can be held at the earliest: steps too fast to go side by side follow each other."""
    found = NEVER
    for one in range(first_kind[first_node[mark, 0]], first_kind[first_node[mark, 2]]):
        first = kinds[one]
        if ready[first] >= NEVER:
            continue
        first_end = next_end[first, ready[first]]
        if first_end >= found:
            continue
        for two in range(first_kind[first_node[other, 0]], first_kind[first_node[other, 2]]):
            second = kinds[two]
            if ready[second] >= NEVER:
                continue
            end = first_end
            if first != second:
                second_end = next_end[second, ready[second]]
                end = max(first_end, second_end)
                if pace[first] + pace[second] > max_pace and end < NEVER:
                    after = next_end[second, max(ready[second], first_end)]
                    before = next_end[first, max(ready[first], second_end)]
                    end = max(end, min(after, before))
            found = min(found, end)
            if found <= least:
                return least
    return int(max(least, found))


@jitable
def note_free(label: Ints, day: int, steps: Ints, max_pace: int, order: Ints, pace: Ints, free: Ints) -> None:
    """By kind: the first day from one on on which the steps under way leave pace for one more."""
    for kind in order:
        free[kind] = day
        changed = True
        while changed:
            changed = False
            total = pace[kind]
            soonest = NEVER
            for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
                if steps[label[place], END] > free[kind]:
                    total += steps[label[place], PACE]
                    soonest = min(soonest, steps[label[place], END])
            if total > max_pace and soonest < NEVER:
                free[kind] = soonest
                changed = True


@jitable
def propagate(
    free: Ints,
    held_from: Ints,
    ready: Ints,
    order: Ints,
    first_need: Ints,
    first_asked: Ints,
    asked: Ints,
    first_given: Ints,
    given: Ints,
    next_end: Ints,
) -> None:
    """The earliest day on which each bit can be held (critical path over what needs what).

    `free` says by kind from when there is pace for it. `held_from` says from when the bits held or under way
    are held, `NEVER` for the others, and is completed; `ready` is filled with the day from which the needs of
    each kind can hold.
    """
    for kind in order:
        ready[kind] = NEVER
    changed = True
    while changed:
        changed = False
        for kind in order:
            start = free[kind]
            for term in range(first_need[kind], first_need[kind + 1]):
                soonest = NEVER
                for place in range(first_asked[term], first_asked[term + 1]):
                    soonest = min(soonest, held_from[asked[place]])
                start = max(start, soonest)
            if start >= ready[kind]:
                continue
            ready[kind] = start
            changed = True
            end = next_end[kind, start]
            for place in range(first_given[kind], first_given[kind + 1]):
                held_from[given[place]] = min(held_from[given[place]], end)
