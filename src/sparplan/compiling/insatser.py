"""What each insats asks of a participant and gives, by the levels held and the facts that are true."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING

import numpy as np

from sparplan.compiling.conditions import Conditions, unmet
from sparplan.expressions import ClaimAtom
from sparplan.options import Beside, Column, Terms
from sparplan.scenario import Insats, Kind, Participant
from sparplan.studydays import DAYS_A_WEEK

if TYPE_CHECKING:
    from sparplan.compiling.compiler import Compiler


@dataclass(frozen=True, slots=True)
class Offered:
    """An insats as it stands before somebody.

    Attributes
    ----------
    terms
        What a step needs and gives.
    asks
        Mask of all bits that `terms` needs, before or beside.
    days
        The length of a rolling round's steps by `durations`; 0 where the round's own lengths count.
    can_be_taken
        Whether its terms can ever hold, and it gives something if it is a validering.
    is_eligible
        Whether its `eligibility` holds.
    """

    terms: Terms
    asks: int
    days: int
    can_be_taken: bool
    is_eligible: bool


class _Insats:
    """An insats with its expressions as masks; offers are kept by the bits that they depend on."""

    def __init__(self, compiler: "Compiler", conditions: Conditions, row: Insats) -> None:
        self._own = compiler.insats_bit(row.insats)
        self._requires = conditions.terms(row.requires)
        self._alongside = conditions.terms(row.alongside)
        self._eligibility = conditions.terms(row.eligibility)
        self._durations = [
            (conditions.terms(duration.when), DAYS_A_WEEK * duration.weeks)
            for duration in compiler.durations.get(row.insats, ())
        ]
        self._gives = [
            (
                compiler.level_mask[level],
                conditions.fact(ClaimAtom(*level)) if row.kind is Kind.VALIDERING else 0,
            )
            for level in row.provides.items()
        ]
        self._is_validering = row.kind is Kind.VALIDERING
        terms = [*self._requires, *self._alongside, *self._eligibility]
        terms += [term for when, _ in self._durations for term in when]
        self._levels = _union(term.levels for term in terms)
        self._facts = _union(term.facts for term in terms) | _union(fact for _, fact in self._gives)
        self._offers: dict[tuple[int, int], Offered] = {}

    def offered(self, held: int, facts: int) -> Offered:
        key = (held & self._levels, facts & self._facts)
        if key not in self._offers:
            self._offers[key] = self._offer(*key)
        return self._offers[key]

    def _offer(self, held: int, facts: int) -> Offered:
        requires = unmet(self._requires, held, facts)
        alongside = unmet(self._alongside, held, facts)
        levels = _union(mask for mask, fact in self._gives if not self._is_validering or fact & facts)
        terms = Terms(
            needs=tuple(term.levels | term.insatser for term in requires or ()),
            beside=tuple(
                Beside(term.levels, term.insatser)
                for term in alongside or ()
                if not term.insatser & self._own  # a step covers its own insats
            ),
            gives=levels | self._own,
        )
        return Offered(
            terms=terms,
            asks=_union(terms.needs) | _union(term.levels | term.insatser for term in terms.beside),
            days=next((days for when, days in self._durations if unmet(when, held, facts) == ()), 0),
            can_be_taken=requires is not None
            and alongside is not None
            and (bool(levels) or not self._is_validering),
            is_eligible=unmet(self._eligibility, held, facts) == (),
        )


class Standing:
    """Every insats as it stands before participants with the same levels and the same facts.

    Attributes
    ----------
    held
        Mask of the level bits held from the start.
    offers
        What each insats asks and gives, by index.
    """

    def __init__(self, held: int, offers: tuple[Offered, ...]) -> None:
        self.held = held
        self.offers = offers
        self.days: Column = np.array([offer.days for offer in offers], dtype=np.int64)
        self.can_be_taken = np.array([offer.can_be_taken for offer in offers], dtype=np.bool_)
        self.is_eligible = np.array([offer.is_eligible for offer in offers], dtype=np.bool_)

    @cached_property
    def needs(self) -> "Needs":
        """Which insatser must come before which."""
        return Needs(self.offers)

    @cached_property
    def with_company(self) -> list[int]:
        """The insatser that need something alongside."""
        return [insats for insats, offer in enumerate(self.offers) if offer.terms.beside]


class Needs:
    """Which insatser must come before which, by the distinct terms of `requires`.

    Attributes
    ----------
    num_terms
        By insats: how many terms it needs.
    given_by, asked_by
        By insats: the terms that it fulfils; by term: the insatser that need it.
    givers
        The insatser that fulfil any.
    """

    def __init__(self, offers: tuple[Offered, ...]) -> None:
        needs = [frozenset(offer.terms.needs) for offer in offers]
        asked_by: dict[int, list[int]] = {}
        for insats, masks in enumerate(needs):
            for mask in masks:
                asked_by.setdefault(mask, []).append(insats)
        needed = _union(asked_by)
        self.num_terms: Column = np.array([len(masks) for masks in needs], dtype=np.int64)
        self.asked_by = list(asked_by.values())
        self.given_by = [
            [term for term, mask in enumerate(asked_by) if mask & offer.terms.gives]
            if offer.terms.gives & needed
            else []
            for offer in offers
        ]
        self.givers = [insats for insats, terms in enumerate(self.given_by) if terms]


class Insatser:
    """The insatser of a scenario, as they stand before each participant."""

    def __init__(self, compiler: "Compiler") -> None:
        self._compiler = compiler
        self._conditions = Conditions(compiler)
        self._insatser = [_Insats(compiler, self._conditions, row) for row in compiler.scenario.insatser]
        self._standings: dict[tuple[int, int], Standing] = {}

    def before(self, participant: Participant) -> Standing:
        """The insatser as they stand before a participant."""
        held = _union(self._compiler.level_mask[level] for level in participant.levels.items())
        key = (held, self._conditions.facts_of(participant))
        if key not in self._standings:
            self._standings[key] = Standing(held, tuple(insats.offered(*key) for insats in self._insatser))
        return self._standings[key]


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)
