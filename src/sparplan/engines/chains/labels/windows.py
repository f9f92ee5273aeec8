"""What the way to each landmark costs at least between two days: an early seat's price against days saved.

For a chain that ends by some day, each landmark that is still open has a first giver that starts once its
needs can be held and that ends by then. Their least costs add up, for each end; and one landmark's way may be
counted whole: with the steps that its giver needs first, and those of the landmarks that come after it. The
least sum over all ends bounds the chain. (As in `bounds.py`, gaps, clashes and repeats are left aside.)
"""

from typing import NamedTuple

import numpy as np

from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.layout import (
    AVAILABLE,
    COST,
    DAY_POINTS,
    END,
    FAR,
    FLAGS,
    IS_HISTORY,
    KIND,
    LENGTH,
    LENGTH_POINTS,
    NEVER,
    NOBODY,
    SCALE,
    START,
    Ints,
)
from sparplan.engines.chains.labels.ways import Ways


class Windows(NamedTuple):
    """Tables over starts and ends; costs are those beyond the landmarks' shares.

    Attributes
    ----------
    starts
        By day: number of the first start on that day or later; the last row of the tables is for none.
    ends
        The days on which steps end, in order.
    own
        `[node, start, end]`: for roots, the least cost of a step that starts then or later and ends by then.
    way
        Likewise for all nodes: of the steps from there on to the root, and of the landmarks after it.
    """

    starts: Ints
    ends: Ints
    own: Ints
    way: Ints


@jitable
def last_day_points(numbers: Ints, end: int) -> int:
    """Points of a chain's half-open end, but for those that its first day gives back."""
    days = max(0, end - numbers[AVAILABLE])
    return int(SCALE * (numbers[DAY_POINTS] * days + numbers[LENGTH_POINTS] * end))


@jitable
def make_windows(
    ways: Ways,
    bit: Ints,
    new: Ints,
    first_next: Ints,
    following: Ints,
    steps: Ints,
    span: int,
    share: Ints,
) -> Windows:
    """Work out the tables, each node after those that come later in a chain."""
    num_nodes = ways.parent.shape[0]
    is_used = np.zeros(new.shape[0], np.int64)
    for kind in ways.kinds:
        is_used[kind] = 1
    starts, ends, end_number = _grid(steps, is_used, span)
    num_starts, num_ends = starts[span + 1], ends.shape[0]
    own = np.empty((num_nodes, num_starts + 1, num_ends), np.int64)  # but for roots it stays empty
    way = np.full((num_nodes, num_starts + 1, num_ends), FAR, np.int64)
    first_of_kind, by_kind = _by_kind(steps, new.shape[0])
    cell = np.empty((num_starts, num_ends), np.int64)
    rest = np.empty(num_ends, np.int64)
    for mark in range(bit.shape[0] - 1, -1, -1):
        for node in range(ways.first_node[mark, 0], ways.first_node[mark, 1]):
            parent = ways.parent[node]
            cell[:] = FAR
            if parent == NOBODY:
                own[node] = FAR
            for place in range(ways.first_kind[node], ways.first_kind[node + 1]):
                kind = ways.kinds[place]
                for number in range(first_of_kind[kind], first_of_kind[kind + 1]):
                    step = by_kind[number]
                    cost = max(0, steps[step, COST])
                    beyond = _beyond(cost, new[kind], bit, share, mark, parent == NOBODY)
                    row, column = starts[max(0, steps[step, START])], end_number[steps[step, END]]
                    cell[row, column] = min(cell[row, column], beyond)
            for row in range(num_starts):
                for column in range(num_ends):
                    cost = cell[row, column]
                    if cost >= FAR:
                        continue
                    after = starts[min(ends[column], span + 1)]
                    rest[column:] = 0
                    if parent != NOBODY:
                        rest[column:] = way[parent, after, column:]
                    else:
                        own[node, row, column:] = np.minimum(own[node, row, column:], cost)
                        for place in range(first_next[mark], first_next[mark + 1]):
                            _go_on(ways.first_node[following[place]], way, after, column, rest)
                    way[node, row, column:] = np.minimum(way[node, row, column:], cost + rest[column:])
            _from_then_on(way[node])
            if parent == NOBODY:
                _from_then_on(own[node])
    return Windows(starts, ends, own, way)


@jitable
def _from_then_on(table: Ints) -> None:
    """Let each row be the least of it and of those for later starts."""
    for row in range(table.shape[0] - 2, -1, -1):
        for end in range(table.shape[1]):
            table[row, end] = min(table[row, end], table[row + 1, end])


@jitable
def _go_on(nodes: Ints, way: Ints, after: int, column: int, least: Ints) -> None:
    """Raise what follows a step, by end, to what the way to a later landmark costs from there."""
    for end in range(column, least.shape[0]):
        cheapest = FAR
        for root in range(nodes[0], nodes[2]):
            cheapest = min(cheapest, way[root, after, end])
        least[end] = max(least[end], cheapest)


@jitable
def _beyond(cost: int, gives: int, bit: Ints, share: Ints, mark: int, is_root: bool) -> int:
    """What of a step's cost its tree counts: a root its part beyond the share, another all beyond shares."""
    fresh = shares = 0
    for other in range(bit.shape[0]):
        if gives & bit[other]:
            fresh += 1
            shares += share[other]
    return int(cost // fresh - share[mark] if is_root else cost - shares)


@jitable
def _grid(steps: Ints, is_used: Ints, span: int) -> tuple[Ints, Ints, Ints]:
    """By day the number of the next start; the days of ends; by day the number of the end on it."""
    is_start, is_end = np.zeros(span + 2, np.int64), np.zeros(span + 2, np.int64)
    for step in range(steps.shape[0]):
        if is_used[steps[step, KIND]] and _is_first_choice(steps[step]):
            is_start[max(0, steps[step, START])] = 1
            is_end[steps[step, END]] = 1
    starts, end_number = np.zeros(span + 2, np.int64), np.full(span + 2, NOBODY, np.int64)
    ends = np.empty(is_end.sum(), np.int64)
    num_starts = num_ends = 0
    for day in range(span + 2):
        starts[day] = num_starts
        num_starts += is_start[day]
        if is_end[day]:
            ends[num_ends] = day
            end_number[day] = num_ends
            num_ends += 1
    starts[span + 1] = num_starts
    return starts, ends, end_number


@jitable
def _is_first_choice(step: Ints) -> bool:
    """Whether a new step is as short as can be: a longer one gives the same, later and for no less."""
    return bool(not step[FLAGS] & IS_HISTORY and step[END] - step[START] == step[LENGTH])


@jitable
def _by_kind(steps: Ints, num_kinds: int) -> tuple[Ints, Ints]:
    """The new steps of each kind, laid end to end."""
    first = np.zeros(num_kinds + 2, np.int64)
    for step in range(steps.shape[0]):
        if _is_first_choice(steps[step]):
            first[steps[step, KIND] + 2] += 1
    for kind in range(2, num_kinds + 2):
        first[kind] += first[kind - 1]
    ordered = np.empty(first[num_kinds + 1], np.int64)
    for step in range(steps.shape[0]):
        if _is_first_choice(steps[step]):
            ordered[first[steps[step, KIND] + 1]] = step
            first[steps[step, KIND] + 1] += 1
    return first[: num_kinds + 1], ordered


@jitable
def cost_of_ways(
    end: int,
    enough: int,
    shares: int,
    committed: int,
    ready: Ints,
    numbers: Ints,
    bit: Ints,
    first_node: Ints,
    first_kind: Ints,
    kinds: Ints,
    first_term: Ints,
    terms: Ints,
    children: Ints,
    counted_marks: Ints,
    starts: Ints,
    ends: Ints,
    own: Ints,
    way: Ints,
    at: Ints,
    value: Ints,
) -> int:
    """The least cost from a label to the goal; at least `enough` where it is that much.

    Parameters
    ----------
    end
        No chain that goes on from the label ends earlier.
    shares
        Sum of the shares of the open landmarks.
    committed
        What is held or under way; some landmark isn't.
    ready
        By kind: the day from which its needs can hold and there is pace for it.
    at, value
        Room: an entry by node; one by node and two by landmark.
    """
    low, high = 0, ends.shape[0]
    while low + 1 < high and ends[low + 1] <= end:
        low += 1
    num_marks = bit.shape[0]
    for mark in range(num_marks):
        if not committed & bit[mark]:
            for node in range(first_node[mark, 0], first_node[mark, 1]):
                at[node] = starts[min(_ready(node, ready, first_kind, kinds), starts.shape[0] - 1)]
    best = enough
    for place in range(low, high):
        cost = last_day_points(numbers, max(end, ends[place])) + shares
        if cost >= best:
            break
        for mark in range(num_marks):
            if not committed & bit[mark]:
                _evaluate(
                    mark, place, committed, first_node, first_term, terms, children, own, way, at, value
                )
        ways = _ways_at(committed, bit, counted_marks, value[way.shape[0] :])
        best = min(best, cost + ways)
    return int(best)


@jitable
def _evaluate(
    mark: int,
    place: int,
    committed: int,
    first_node: Ints,
    first_term: Ints,
    terms: Ints,
    children: Ints,
    own: Ints,
    way: Ints,
    at: Ints,
    value: Ints,
) -> None:
    """What a landmark costs up to an end: a step of its own, and the whole way."""
    for node in range(first_node[mark, 1] - 1, first_node[mark, 0] - 1, -1):
        cost = way[node, at[node], place]
        for term in range(first_term[node], first_term[node + 1]):
            if not terms[term] & committed:
                least = FAR
                for child in range(children[term, 0], children[term, 1]):
                    least = min(least, value[child])
                cost = max(cost, least)
        value[node] = cost
    mine, whole = FAR, FAR
    for node in range(first_node[mark, 0], first_node[mark, 2]):
        mine = min(mine, own[node, at[node], place])
        whole = min(whole, value[node])
    value[way.shape[0] + 2 * mark] = mine
    value[way.shape[0] + 2 * mark + 1] = whole


@jitable
def _ways_at(committed: int, bit: Ints, counted_marks: Ints, value: Ints) -> int:
    """What the open landmarks cost beyond their shares: one's way whole, the others' own."""
    cost = extra = 0
    for mark in range(bit.shape[0]):
        if committed & bit[mark]:
            continue
        cost += value[2 * mark]
        more = value[2 * mark + 1]
        for other in range(bit.shape[0]):
            if counted_marks[mark] >> other & 1 and not committed & bit[other]:
                more -= value[2 * other]
        extra = max(extra, more)
    return int(min(FAR, cost + extra))


@jitable
def soonest(mark: int, ready: Ints, first_node: Ints, first_kind: Ints, kinds: Ints) -> int:
    """When the first giver of a landmark can start."""
    day = NEVER
    for node in range(first_node[mark, 0], first_node[mark, 2]):
        day = min(day, _ready(node, ready, first_kind, kinds))
    return int(day)


@jitable
def _ready(node: int, ready: Ints, first_kind: Ints, kinds: Ints) -> int:
    day = NEVER
    for place in range(first_kind[node], first_kind[node + 1]):
        day = min(day, ready[kinds[place]])
    return int(day)
