"""Expressions, worked out for whoever holds some levels and of whom some facts are true.

Levels, insatser and facts (the atoms `claim:`, `attr:` and `home:`) are bits, so that what an expression
still asks for is a matter of a few masks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sparplan.expressions import Atom, AttrAtom, ClaimAtom, HomeAtom, InsatsAtom, LevelAtom, parse
from sparplan.scenario import Participant

if TYPE_CHECKING:
    from sparplan.compiling.compiler import Compiler


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an expression: masks of levels, insatser and facts, of which any bit will do."""

    levels: int
    insatser: int
    facts: int


class Conditions:
    """The expressions of a scenario as masks, and the facts that they ask about."""

    def __init__(self, compiler: "Compiler") -> None:
        self._compiler = compiler
        self._scenario = compiler.scenario
        self._facts: dict[ClaimAtom | AttrAtom | HomeAtom, int] = {}

    def terms(self, expression: str | None) -> tuple[Term, ...]:
        """An expression as masks."""
        return tuple(self._term(atoms) for atoms in parse(expression).terms)

    def _term(self, atoms: Iterable[Atom]) -> Term:
        levels = insatser = facts = 0
        for atom in atoms:
            if isinstance(atom, InsatsAtom):
                insatser |= self._compiler.insats_bit(atom.insats)
            elif isinstance(atom, LevelAtom):
                lowest = self._scenario.kompetens_by_id[atom.kompetens].levels[0]
                levels |= self._compiler.level_bit[atom.kompetens, atom.level or lowest]
            else:
                facts |= self.fact(atom)
        return Term(levels, insatser, facts)

    def fact(self, atom: ClaimAtom | AttrAtom | HomeAtom) -> int:
        """The bit of a fact."""
        return self._facts.setdefault(atom, 1 << len(self._facts))

    def facts_of(self, participant: Participant) -> int:
        """The facts that are true of a participant, of those named so far."""
        attributes = frozenset(_attribute(text) for text in participant.attributes)
        municipality = self._scenario.place_by_id[participant.home].municipality
        mask = 0
        for atom, bit in self._facts.items():
            if isinstance(atom, ClaimAtom):
                holds = self._is_claimed(atom, participant)
            elif isinstance(atom, AttrAtom):
                has = any(name == atom.name and atom.value in (None, value) for name, value in attributes)
                holds = has is not atom.negated
            else:
                holds = (municipality == atom.municipality) is not atom.negated
            if holds:
                mask |= bit
        return mask

    def _is_claimed(self, atom: ClaimAtom, participant: Participant) -> bool:
        claimed = participant.claims.get(atom.kompetens)
        if claimed is None or atom.level is None:
            return claimed is not None
        rank = self._scenario.level_rank
        return rank(atom.kompetens, claimed) >= rank(atom.kompetens, atom.level)


def unmet(terms: Iterable[Term], held: int, facts: int) -> tuple[Term, ...] | None:
    """Terms not true from the start; None if one can't ever hold."""
    left = tuple(term for term in terms if not (term.levels & held or term.facts & facts))
    return left if all(term.levels or term.insatser for term in left) else None


def _attribute(text: str) -> tuple[str, str | None]:
    name, equals, value = text.partition("=")
    return name, value if equals else None
