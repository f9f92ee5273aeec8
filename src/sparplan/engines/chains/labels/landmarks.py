"""What every chain of a case must pass: the bits that the krav can't be reached without.

A *landmark* is a krav, or a bit that every giver of some landmark needs (Hoffmann, Porteous, Sebastia 2004,
"Ordered landmarks in planning"). Each landmark has a step that gives it first, so the landmarks share
out the least costs and the least work that are still to come, and their order tells the least time.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sparplan.engines.chains.labels.kinds import Kinds
from sparplan.engines.chains.labels.layout import FILLS, FOR_OTHERS, Ints
from sparplan.engines.chains.labels.ways import Ways, ways_of
from sparplan.problem import bits


class Landmarks(NamedTuple):
    """Landmarks of a case, those that must come earlier first; lists of lists are laid end to end.

    Attributes
    ----------
    bit
        The landmarks' bits.
    new
        By kind: mask of the landmarks that it may be the first to give.
    ways
        Who may give each landmark first, and what those need.
    first_next, next
        By landmark: the landmarks all whose givers need it.
    order
        The kinds that can lead to the krav, each after those that it needs where that can be had.
    first_given, given
        By kind: numbers of the bits that it gives and that can lead to the krav.
    first_asked, asked
        By term of `Kinds.needs`: numbers of its bits.
    krav_bits
        Numbers of the krav bits that kinds give (pins aren't among them).
    leading
        By kind: 1 where it can lead to the krav, a merit or a pin; the others only fill gaps or classes.
    helping
        By kind: 1 where it can lead there, or to what fills gaps or classes.
    all_leading
        The kinds that can be of use: those that are `helping`.
    """

    bit: Ints
    new: Ints
    ways: Ways
    first_next: Ints
    next: Ints
    order: Ints
    first_given: Ints
    given: Ints
    first_asked: Ints
    asked: Ints
    krav_bits: Ints
    leading: Ints
    helping: Ints
    all_leading: Ints


def landmarks_of(kinds: Kinds, krav: int, wished: int) -> Landmarks:
    """The landmarks of a case with these krav, where other bits are wished for."""
    gives = [int(mask) for mask in kinds.gives]
    terms = [
        [int(term) for term in kinds.needs[first:last]]
        for first, last in zip(kinds.first_need[:-1], kinds.first_need[1:], strict=True)
    ]
    singles = [sum(term for term in set(of_kind) if term & (term - 1) == 0) for of_kind in terms]
    krav &= _union(gives)
    leads = set(_leading(gives, terms, krav | wished, kinds))
    helps = set(_leading(gives, terms, krav | wished | FILLS | FOR_OTHERS, kinds))
    needed_by, marks = _needed_by(gives, singles, krav)
    ordered = _in_order(marks, needed_by)
    implied = _implied(ordered, gives, singles)
    all_marks = _union(ordered)
    new = [
        mask & all_marks & ~_union(implied[bit] for bit in bits(single) if bit in implied)
        for mask, single in zip(gives, singles, strict=True)
    ]
    leading = _leading(gives, terms, krav, kinds)
    useful = krav | _union(term for kind in leading for term in terms[kind])
    number = {bit: place for place, bit in enumerate(ordered)}
    givers = [[kind for kind, mask in enumerate(new) if mask & bit] for bit in ordered]
    following = [[number[later] for later in needed_by[bit] if later in number] for bit in ordered]
    given = [_numbers(mask & useful) for mask in gives]
    asked = [_numbers(term) for of_kind in terms for term in of_kind]
    return Landmarks(
        bit=_ints(ordered),
        new=_ints(new),
        ways=ways_of(gives, terms, new, ordered, givers, following),
        **_laid_out("first_next", "next", following),
        order=_ints(_by_need(leading, gives, terms)),
        **_laid_out("first_given", "given", given),
        **_laid_out("first_asked", "asked", asked),
        krav_bits=_ints(_numbers(krav)),
        leading=_ints(kind in leads for kind in range(len(gives))),
        helping=_ints(kind in helps for kind in range(len(gives))),
        all_leading=_ints(sorted(helps)),
    )


def _needed_by(gives: list[int], singles: list[int], krav: int) -> tuple[dict[int, list[int]], list[int]]:
    """Landmarks, and by landmark the landmarks all whose givers need it."""
    marks = list(bits(krav))
    needed_by: dict[int, list[int]] = {bit: [] for bit in marks}
    for bit in marks:  # grows while we go
        common = _intersection(single for mask, single in zip(gives, singles, strict=True) if mask & bit)
        for earlier in bits(common):
            if earlier not in needed_by:
                needed_by[earlier] = []
                marks.append(earlier)
            needed_by[earlier].append(bit)
    return needed_by, marks


def _in_order(marks: list[int], needed_by: dict[int, list[int]]) -> list[int]:
    """Landmarks, each before those that need it."""
    waiting_for = dict.fromkeys(marks, 0)
    for later in needed_by.values():
        for bit in later:
            waiting_for[bit] += 1
    ordered = [bit for bit in marks if not waiting_for[bit]]
    for bit in ordered:  # grows while we go
        for later_bit in needed_by[bit]:
            waiting_for[later_bit] -= 1
            if not waiting_for[later_bit]:
                ordered.append(later_bit)
    return ordered


def _implied(ordered: list[int], gives: list[int], singles: list[int]) -> dict[int, int]:
    """By landmark: what is always held once it is."""
    implied: dict[int, int] = {}
    for bit in ordered:
        implied[bit] = _intersection(
            mask | single | _union(implied[earlier] for earlier in bits(single) if earlier in implied)
            for mask, single in zip(gives, singles, strict=True)
            if mask & bit
        )
    return implied


def _leading(gives: list[int], terms: list[list[int]], wanted: int, kinds: Kinds) -> list[int]:
    """The kinds that can lead to wanted bits, by what they give or alongside."""
    found = set[int]()
    while True:
        more = [kind for kind, mask in enumerate(gives) if kind not in found and mask & wanted]
        if not more:
            return sorted(found)
        found.update(more)
        for kind in more:
            wanted |= _union(terms[kind]) | int(kinds.company_asks[kind])
            wanted |= _union(
                int(mask) for mask in kinds.beside[kinds.first_beside[kind] : kinds.first_beside[kind + 1], 0]
            )


def _by_need(leading: list[int], gives: list[int], terms: list[list[int]]) -> list[int]:
    """Kinds in the order in which they come within reach."""
    held, ordered, waiting = 0, list[int](), list(leading)
    while waiting:
        ready = [kind for kind in waiting if all(term & held for term in terms[kind])] or waiting
        ordered += ready
        held |= _union(gives[kind] for kind in ready)
        waiting = [kind for kind in waiting if kind not in set(ready)]
    return ordered


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _intersection(masks: Iterable[int]) -> int:
    found = -1
    for mask in masks:
        found &= mask
    return max(0, found)


def _numbers(mask: int) -> list[int]:
    return [bit.bit_length() - 1 for bit in bits(mask)]


def _laid_out(first: str, name: str, lists: list[list[int]]) -> dict[str, Ints]:
    """Lists end to end, and where each begins."""
    ends = np.cumsum([0, *(len(part) for part in lists)]).astype(np.int64)
    return {first: ends, name: _ints(value for part in lists for value in part)}


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
