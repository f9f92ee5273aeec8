"""The bound of a label: days, shares and ways together."""

from sparplan.engines.chains.labels.bounds import earliest_end, note_free, propagate
from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.label import hold
from sparplan.engines.chains.labels.layout import (
    FAR,
    L_COMMITTED,
    L_END,
    MAX_PACE,
    NEVER,
    Ints,
)
from sparplan.engines.chains.labels.windows import cost_of_ways, last_day_points


@jitable
def least_to_go(
    label: Ints,
    day: int,
    enough: int,
    steps: Ints,
    numbers: Ints,
    held_from: Ints,
    ready: Ints,
    free: Ints,
    since: Ints,
    at: Ints,
    value: Ints,
    order: Ints,
    first_need: Ints,
    first_asked: Ints,
    asked: Ints,
    first_given: Ints,
    given: Ints,
    next_end: Ints,
    marks: Ints,
    krav_bits: Ints,
    share: Ints,
    work: Ints,
    kind_pace: Ints,
    first_node: Ints,
    first_kind: Ints,
    node_kinds: Ints,
    first_term: Ints,
    node_terms: Ints,
    children: Ints,
    counted_marks: Ints,
    starts: Ints,
    ends: Ints,
    own: Ints,
    way: Ints,
) -> int:
    """The least points from a label on a day to the goal; at least `enough` where it is that much."""
    load = hold(label, day, steps, held_from) - 1
    note_free(label, day, steps, numbers[MAX_PACE], order, kind_pace, free)
    propagate(free, held_from, ready, order, first_need, first_asked, asked, first_given, given, next_end)
    committed = label[L_COMMITTED]
    end = earliest_end(
        day,
        label[L_END],
        committed,
        held_from,
        ready,
        max(0, load),
        numbers[MAX_PACE],
        marks,
        krav_bits,
        work,
        kind_pace,
        next_end,
        first_node,
        first_kind,
        node_kinds,
        since,
    )
    if end >= NEVER:
        return FAR
    shares, is_open = 0, False
    for mark in range(marks.shape[0]):
        if not committed & marks[mark]:
            shares += share[mark]
            is_open = True
    least = last_day_points(numbers, end) + shares
    if not is_open or least >= enough:
        return int(least)
    return cost_of_ways(
        end,
        enough,
        shares,
        committed,
        ready,
        numbers,
        marks,
        first_node,
        first_kind,
        node_kinds,
        first_term,
        node_terms,
        children,
        counted_marks,
        starts,
        ends,
        own,
        way,
        at,
        value,
    )
