"""What the options of one insats need and give, in local bits.

A mask is an integer of at most 60 local bits: the level and insats bits that some option needs, the krav and
merits, and one bit for each pin.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

import numpy as np

from sparplan.engines.chains.labels.layout import MOST_ALTERNATIVES, Ints
from sparplan.engines.chains.labels.ragged import end_to_end, firsts
from sparplan.options import Beside, Terms
from sparplan.problem import Case, bits


class Kinds(NamedTuple):
    """What the options of one insats need and give.

    `needs[first_need[k] : first_need[k + 1]]` are masks of which one bit each must be held. The terms of
    `alongside` of kind k are rows `first_beside[k] …` of `beside`: the level mask, then insatser or -1.
    `gives` has the bits of pins too, and `FOR_OTHERS` and `FILLS`. The insatser that may be there for the
    sake of kind k are `company[first_company[k] : first_company[k + 1]]`: those alongside, those alongside
    these, and so on; `company_asks[k]` is the mask of all that they can ask for.
    """

    gives: Ints
    first_need: Ints
    needs: Ints
    first_beside: Ints
    beside: Ints
    first_company: Ints
    company: Ints
    company_asks: Ints


class LocalMasks(dict[int, int]):
    """Masks in local bits (one for each wanted bit, lowest first), each worked out when first looked up."""

    def __init__(self, wanted: int) -> None:
        super().__init__((bit, 1 << number) for number, bit in enumerate(bits(wanted)))
        self.wanted = wanted

    def __missing__(self, mask: int) -> int:
        self[mask] = found = sum(self[bit] for bit in bits(mask & self.wanted))
        return found


def wanted_of(case: Case) -> int:
    """The bits that anything asks about."""
    kinds = case.options.kinds_of_terms
    needs = [need for kind in kinds for need in kind.needs]
    levels = [term.levels for kind in kinds for term in kind.beside]
    return _union([case.krav, *(bit for bit, _ in case.merits), *needs, *levels])


def kinds_of(terms: Sequence[Terms], insatser: Sequence[int], local: LocalMasks) -> Kinds:
    """Lay out kinds, each with its insats; `beside` gets wider where a term has too many alternatives.

    What a kind gives by its options alone (pins, `FOR_OTHERS`, `FILLS`) is still missing.
    """
    beside = [kind.beside for kind in terms]
    asked = _union(term.insatser for found in beside for term in found)
    companions = [kind for kind in terms if kind.gives & asked]
    own_bits = (kind.gives & asked for kind in terms)  # of insats bits, each gives its own alone
    insats_of = dict(zip(own_bits, insatser, strict=True))

    def insatser_of(mask: int) -> list[int]:
        return [insats_of[bit] for bit in bits(mask) if bit in insats_of]

    rows = [(local[term.levels], *insatser_of(term.insatser)) for found in beside for term in found]
    width = max([1 + MOST_ALTERNATIVES, *map(len, rows)])
    around = {found: _company(found, companions) for found in set(beside)}
    company = {found: insatser_of(mask) for found, (mask, _) in around.items()}
    asks = {found: local[mask] for found, (_, mask) in around.items()}
    return Kinds(
        gives=np.array([local[kind.gives & local.wanted] for kind in terms], dtype=np.int64),
        first_need=firsts(kind.needs for kind in terms),
        needs=np.array([local[need] for kind in terms for need in kind.needs], dtype=np.int64),
        first_beside=firsts(beside),
        beside=end_to_end(row + (-1,) * (width - len(row)) for row in rows).reshape(-1, width),
        first_company=firsts(company[found] for found in beside),
        company=end_to_end(company[found] for found in beside),
        company_asks=np.array([asks[found] for found in beside], dtype=np.int64),
    )


def _company(beside: Sequence[Beside], kinds: Sequence[Terms]) -> tuple[int, int]:
    """Masks of the insatser that may be there for the sake of terms, and of all that they can ask for."""
    company, asks, waiting = 0, 0, list(beside)
    for term in waiting:  # grows while we go
        more = term.insatser & ~company
        company |= more
        for kind in (kind for kind in kinds if kind.gives & more):
            asks |= _union(kind.needs) | _union(other.levels for other in kind.beside)
            waiting += kind.beside
    return company, asks


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
