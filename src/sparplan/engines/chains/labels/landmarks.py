"""What every chain of a case must pass: the bits that the krav can't be reached without.

A *landmark* is a krav, or a bit that every giver of some landmark needs (Hoffmann, Porteous, Sebastia 2004,
"Ordered landmarks in planning"). Each landmark has a step that gives it first, so the landmarks share
out the least costs and the least work that are still to come, and their order tells the least time.
"""

from collections.abc import Iterable
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sparplan.engines.chains.labels.kinds import Kinds
from sparplan.engines.chains.labels.layout import FILLS, FOR_OTHERS, Ints
from sparplan.engines.chains.labels.ragged import end_to_end, firsts, owners
from sparplan.engines.chains.labels.ways import Terms, Ways, ways_of
from sparplan.problem import bits

Value = TypeVar("Value")
ByKind = dict[int, Value]


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
    asks = _unions(kinds.needs, kinds.first_need) | _unions(kinds.beside[:, 0], kinds.first_beside)
    asks |= kinds.company_asks
    krav &= int(np.bitwise_or.reduce(kinds.gives))
    leads = _leading(kinds.gives, asks, krav | wished | FOR_OTHERS)
    helps = _leading(kinds.gives, asks, krav | wished | FILLS | FOR_OTHERS)
    to_krav = np.flatnonzero(_leading(kinds.gives, asks, krav))
    gives, terms = _gives_and_terms(to_krav, kinds)
    singles = {kind: _union(term for term in terms[kind] if term & (term - 1) == 0) for kind in terms}
    needed_by, marks = _needed_by(gives, singles, krav)
    ordered = _in_order(marks, needed_by)
    new = _new(ordered, gives, singles)
    number = {bit: place for place, bit in enumerate(ordered)}
    following = [[number[later] for later in needed_by[bit] if later in number] for bit in ordered]
    useful = krav | _union(chain.from_iterable(terms.values()))
    first_given, given = _numbers(kinds.gives & useful)
    first_asked, asked = _numbers(kinds.needs)
    all_new = np.zeros_like(kinds.gives)
    all_new[to_krav] = list(new.values())
    return Landmarks(
        bit=np.array(ordered, dtype=np.int64),
        new=all_new,
        ways=ways_of(gives, terms, new, ordered, following),
        first_next=firsts(following),
        next=end_to_end(following),
        order=np.array(_by_need(gives, terms), dtype=np.int64),
        first_given=first_given,
        given=given,
        first_asked=first_asked,
        asked=asked,
        krav_bits=np.array([bit.bit_length() - 1 for bit in bits(krav)], dtype=np.int64),
        leading=leads.astype(np.int64),
        helping=helps.astype(np.int64),
        all_leading=np.flatnonzero(helps),
    )


def _leading(gives: Ints, asks: Ints, wanted: int) -> npt.NDArray[np.bool_]:
    """Which kinds can lead to wanted bits, by what they give or alongside."""
    while True:
        found: npt.NDArray[np.bool_] = gives & wanted != 0
        more = wanted | int(np.bitwise_or.reduce(asks[found]))
        if more == wanted:
            return found
        wanted = more


def _gives_and_terms(some: Ints, kinds: Kinds) -> tuple[ByKind[int], ByKind[Terms]]:
    """What some kinds give, and their needs, ascending."""
    first, needs = kinds.first_need.tolist(), kinds.needs.tolist()
    terms = {kind: tuple(sorted(needs[first[kind] : first[kind + 1]])) for kind in some.tolist()}
    return dict(zip(terms, kinds.gives[some].tolist(), strict=True)), terms


def _needed_by(gives: ByKind[int], singles: ByKind[int], krav: int) -> tuple[dict[int, list[int]], list[int]]:
    """Landmarks, and by landmark the landmarks all whose givers need it."""
    marks = list(bits(krav))
    needed_by: dict[int, list[int]] = {bit: [] for bit in marks}
    for bit in marks:  # grows while we go
        common = _intersection(singles[kind] for kind, mask in gives.items() if mask & bit)
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


def _new(ordered: list[int], gives: ByKind[int], singles: ByKind[int]) -> ByKind[int]:
    """By kind: the landmarks that it gives and that aren't always held once it can start."""
    before = dict.fromkeys(gives, 0)
    for bit in ordered:
        implied = _intersection(
            mask | singles[kind] | before[kind] for kind, mask in gives.items() if mask & bit
        )
        for kind, single in singles.items():
            if single & bit:
                before[kind] |= implied
    marks = sum(ordered)
    return {kind: mask & marks & ~before[kind] for kind, mask in gives.items()}


def _by_need(gives: ByKind[int], terms: ByKind[Terms]) -> list[int]:
    """Kinds in the order in which they come within reach."""
    held, ordered, waiting = 0, list[int](), list(gives)
    while waiting:
        ready = [kind for kind in waiting if all(term & held for term in terms[kind])] or waiting
        ordered += ready
        held |= _union(gives[kind] for kind in ready)
        waiting = [kind for kind in waiting if kind not in ready]
    return ordered


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def _intersection(masks: Iterable[int]) -> int:
    return max(0, reduce(and_, masks, -1))


def _unions(masks: Ints, first: Ints) -> Ints:
    """Unions of lists of masks laid end to end."""
    found = np.zeros(len(first) - 1, dtype=np.int64)
    np.bitwise_or.at(found, owners(first), masks)
    return found


def _numbers(masks: Ints) -> tuple[Ints, Ints]:
    """Where each mask's bits begin, and the numbers of the bits end to end."""
    width = int(np.bitwise_or.reduce(masks)).bit_length()
    of_mask, numbers = np.divmod(np.flatnonzero(masks[:, None] >> np.arange(width) & 1), width)
    return np.searchsorted(of_mask, np.arange(len(masks) + 1)), numbers
