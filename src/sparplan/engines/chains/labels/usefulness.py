"""Which steps can be needed at all, given a chain so far: what keeps the labels few.

A step of an optimal chain from which nothing can be taken away gives something that is wanted, stands beside
another, or covers a study day that nothing else covers.
"""

from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.layout import (
    ANY_SLOW,
    COST,
    COVERS,
    END,
    EVERY,
    FLAGS,
    GIVES,
    INSATS,
    IS_COMPANION,
    IS_LARGE,
    IS_SPLIT,
    KIND,
    L_COMMITTED,
    L_COUNT,
    L_COVERED,
    L_HELD,
    L_PENDING,
    L_RELEVANT,
    L_WANTED,
    LATER,
    LENGTH,
    MIN_PACE,
    PACE,
    RELAXED,
    START,
    UNDER_WAY,
    Ints,
)


@jitable
def is_of_use(
    label: Ints,
    step: int,
    held: int,
    begun: bool,
    steps: Ints,
    numbers: Ints,
    before: Ints,
    leading: Ints,
    kind_gives: Ints,
    first_company: Ints,
    company: Ints,
) -> bool:
    """Whether a step can be needed: for what it gives, as a companion, for a price, or to fill a gap.

    A step that gives nothing new must cover a study day that nothing else under way covers; where gaps have a
    price, none is needed for that. So must the last
    week of a rolling step that is longer than the shortest. If such a step could begin one intake later and
    end the same day, the days in between must be needed too. Otherwise a chain without the step, or with a
    shorter one, is no worse.
    """
    flags = steps[step, FLAGS]
    if steps[step, COST] < 0 or (numbers[EVERY] and flags & IS_LARGE):
        return True
    may_be_beside = flags & IS_COMPANION and not flags & IS_SPLIT
    if may_be_beside and _is_asked(
        label, steps[step, INSATS], steps, leading, kind_gives, first_company, company
    ):
        return True
    start, end = steps[step, START], steps[step, END]
    gives = steps[step, GIVES] & label[L_WANTED] & ~held
    for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
        if steps[label[place], END] <= end:
            gives &= ~steps[label[place], GIVES]
    if gives and end - start == steps[step, LENGTH]:
        return True
    if not steps[step, COVERS] or (numbers[RELAXED] and not gives):
        return False
    if not begun:
        return _must_start_then(step, steps, numbers[MIN_PACE], before) and (
            gives != 0
            or numbers[ANY_SLOW]
            or _bridges_to(step, label[L_WANTED] & ~held, steps, numbers, before)
        )
    covered = max(label[L_COVERED], before[start])
    if before[end] <= covered:
        return False
    return bool(steps[step, LATER] == 0 or before[start + steps[step, LATER]] > covered)


@jitable
def _must_start_then(step: int, steps: Ints, min_pace: int, before: Ints) -> bool:
    """Whether a chain's first step may have to start when it does, and not one intake later.

    No step that could follow until then needs it if each covers the days until the later start.
    """
    later = steps[step, START] + steps[step, LATER]
    for other in range(step + 1, steps.shape[0]):
        if steps[other, START] >= later:
            break
        if not _covers_until(other, later, steps, min_pace, before):
            return True
    return bool(steps[step, LATER] == 0)


@jitable
def _bridges_to(step: int, wanted: int, steps: Ints, numbers: Ints, before: Ints) -> bool:
    """Whether a step of use could start during a chain's first step, and leave days for that to cover.

    Otherwise a chain is no worse without what ends before its first step of use starts.
    """
    end = steps[step, END]
    for other in range(step + 1, steps.shape[0]):
        if steps[other, START] >= end:
            break
        is_wanted = steps[other, GIVES] & wanted or steps[other, FLAGS] & IS_COMPANION
        is_wanted = is_wanted or steps[other, COST] < 0 or (numbers[EVERY] and steps[other, FLAGS] & IS_LARGE)
        if is_wanted and not _covers_until(other, end, steps, numbers[MIN_PACE], before):
            return True
    return False


@jitable
def _covers_until(step: int, day: int, steps: Ints, min_pace: int, before: Ints) -> bool:
    """Whether a step by itself covers every study day from its start to a day."""
    return bool(
        steps[step, COVERS] and steps[step, PACE] >= min_pace and before[steps[step, END]] >= before[day]
    )


@jitable
def _is_asked(
    label: Ints,
    insats: int,
    steps: Ints,
    leading: Ints,
    kind_gives: Ints,
    first_company: Ints,
    company: Ints,
) -> bool:
    """Whether a step under way, or one that can still be of use, may ask for an insats alongside."""
    if label[L_PENDING]:
        for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
            if _is_company(insats, steps[label[place], KIND], first_company, company):
                return True
    for kind in leading:
        if kind_gives[kind] & label[L_WANTED] and _is_company(insats, kind, first_company, company):
            return True
    return False


@jitable
def _is_company(insats: int, kind: int, first_company: Ints, company: Ints) -> bool:
    for place in range(first_company[kind], first_company[kind + 1]):
        if company[place] == insats:
            return True
    return False


@jitable
def note_wanted(
    label: Ints,
    goal: int,
    always: int,
    steps: Ints,
    leading: Ints,
    kind_gives: Ints,
    first_need: Ints,
    needs: Ints,
    first_beside: Ints,
    beside: Ints,
    company_asks: Ints,
    filler_needs: int,
) -> None:
    """What a label can still use: the rest of the goal, what leads there, and so on."""
    held = label[L_HELD]
    wanted = goal & ~label[L_COMMITTED] | always
    relevant = goal | filler_needs
    if label[L_PENDING]:
        for place in range(UNDER_WAY, UNDER_WAY + label[L_COUNT]):
            wanted |= company_asks[steps[label[place], KIND]]
    before = -1
    while before != wanted:
        before = wanted
        for kind in leading:
            if not kind_gives[kind] & wanted:
                continue
            for term in range(first_need[kind], first_need[kind + 1]):
                relevant |= needs[term]
                if not needs[term] & held:
                    wanted |= needs[term]
            for row in range(first_beside[kind], first_beside[kind + 1]):
                relevant |= beside[row, 0]
                if not beside[row, 0] & held:
                    wanted |= beside[row, 0]
            wanted |= company_asks[kind]
    label[L_WANTED] = wanted
    label[L_RELEVANT] = relevant | wanted
