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
    AVAILABLE,
    COST,
    COVERS,
    DAY_POINTS,
    END,
    EXPIRED,
    FAR,
    FLAGS,
    GIVES,
    IS_LARGE,
    KIND,
    LARGE_UNTIL,
    LEAST_PACE,
    LENGTH_POINTS,
    MAX_PACE,
    MIN_PACE,
    NEGATIVE,
    NEVER,
    NOBODY,
    OPTION,
    PACE,
    SCALE,
    START,
    Ints,
)


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
    path
        `[pair, day]`: least cost from a landmark's first giver to the goal, if that starts on the day or
        later, beyond the shares; the last day's points included. Pairs are those of `Landmarks.givers`.
    by_day
        Rows `NEGATIVE` and `EXPIRED`.
    """

    next_end: Ints
    share: Ints
    work: Ints
    path: Ints
    by_day: Ints


@jitable
def last_day_points(numbers: Ints, end: int) -> int:
    """Points of a chain's half-open end, but for those that its first day gives back."""
    days = max(0, end - numbers[AVAILABLE])
    return int(SCALE * (numbers[DAY_POINTS] * days + numbers[LENGTH_POINTS] * end))


@jitable
def make_bounds(
    num_options: int, pins: int, landmarks: Landmarks, numbers: Ints, steps: Ints, span: int
) -> Bounds:
    """Work out the bounds over some steps; completes `numbers` by what they tell."""
    _tell(numbers, steps)
    next_end = _next_ends(landmarks.new.shape[0], steps, span)
    share, work = _shares(landmarks.bit, landmarks.new, steps)
    path = _paths(landmarks, numbers, steps, span, share)
    by_day = np.zeros((2, span + 2), np.int64)
    _sum_negative(num_options, steps, by_day[NEGATIVE])
    _note_expired(pins, steps, by_day[EXPIRED])
    return Bounds(next_end, share, work, path, by_day)


@jitable
def _tell(numbers: Ints, steps: Ints) -> None:
    numbers[LARGE_UNTIL] = NOBODY
    numbers[LEAST_PACE] = FAR
    numbers[ALL_COVER] = 1
    for step in range(steps.shape[0]):
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
    for kind in range(num_kinds):
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
def _paths(landmarks: Landmarks, numbers: Ints, steps: Ints, span: int, share: Ints) -> Ints:
    """Backwards over the landmarks: later ones first."""
    bit, new = landmarks.bit, landmarks.new
    path = np.full((landmarks.givers.shape[0], span + 2), FAR, np.int64)
    after = np.empty(span + 2, np.int64)
    beyond = np.empty(steps.shape[0], np.int64)
    for step in range(steps.shape[0]):
        beyond[step] = max(0, steps[step, COST])
        for mark in range(bit.shape[0]):
            if new[steps[step, KIND]] & bit[mark]:
                beyond[step] -= share[mark]
    for mark in range(bit.shape[0] - 1, -1, -1):
        for day in range(span + 2):
            after[day] = last_day_points(numbers, day)
        for later in landmarks.next[landmarks.first_next[mark] : landmarks.first_next[mark + 1]]:
            for day in range(span + 2):
                least = FAR
                for pair in range(landmarks.first_giver[later], landmarks.first_giver[later + 1]):
                    least = min(least, path[pair, day])
                after[day] = max(after[day], least)
        first, last = landmarks.first_giver[mark], landmarks.first_giver[mark + 1]
        for step in range(steps.shape[0]):
            kind = steps[step, KIND]
            if not new[kind] & bit[mark]:
                continue
            for pair in range(first, last):
                if landmarks.givers[pair] == kind:
                    start = max(0, steps[step, START])
                    path[pair, start] = min(path[pair, start], beyond[step] + after[steps[step, END]])
        for pair in range(first, last):
            for day in range(span, -1, -1):
                path[pair, day] = min(path[pair, day], path[pair, day + 1])
    return path


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
def least_to_go(
    day: int,
    last_end: int,
    committed: int,
    held_from: Ints,
    ready: Ints,
    since: Ints,
    load: int,
    numbers: Ints,
    bit: Ints,
    first_giver: Ints,
    givers: Ints,
    krav_bits: Ints,
    share: Ints,
    work: Ints,
    path: Ints,
) -> int:
    """The least points from a label to the goal, the last day's points included; `FAR` if it is out of reach.

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
    since
        Room: by landmark, when its first giver can start.
    load
        Pace · days of the steps under way that lie after `day`.
    """
    end = last_end
    for number in krav_bits:
        end = max(end, held_from[number])
    if end >= NEVER:
        return FAR
    shares, longest = 0, 0
    for mark in range(bit.shape[0]):
        since[mark] = NOBODY
        if committed & bit[mark]:
            continue
        shares += share[mark]
        load += work[mark]
        least, soonest = FAR, NEVER
        for pair in range(first_giver[mark], first_giver[mark + 1]):
            start = ready[givers[pair]]
            if start < NEVER:
                least = min(least, path[pair, start])
                soonest = min(soonest, start)
        longest = max(longest, least)
        since[mark] = soonest
    if shares >= FAR or longest >= FAR:
        return FAR
    max_pace = numbers[MAX_PACE]
    end = max(end, day + -(-load // max_pace))
    for mark in range(bit.shape[0]):
        if since[mark] > day:
            load = 0
            for other in range(bit.shape[0]):
                if since[other] >= since[mark]:
                    load += work[other]
            end = max(end, since[mark] + -(-load // max_pace))
    return max(last_day_points(numbers, end), longest) + shares


@jitable
def propagate(
    day: int,
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

    `held_from` says it for the bits held or under way, `NEVER` for the others, and is completed; `ready` is
    filled with the day from which the needs of each kind can hold.
    """
    for kind in order:
        ready[kind] = NEVER
    changed = True
    while changed:
        changed = False
        for kind in order:
            start = day
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
