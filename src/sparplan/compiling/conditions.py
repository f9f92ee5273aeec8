"""Expressions, for one participant: what holds from the start, and what must be reached first."""

from typing import TYPE_CHECKING

from sparplan.expressions import AttrAtom, ClaimAtom, Expression, HomeAtom, InsatsAtom, LevelAtom, parse
from sparplan.scenario import Insats, Kind, Participant

if TYPE_CHECKING:
    from sparplan.compiling.compiler import Compiler

Terms = tuple[tuple[int, int], ...]
"""Terms that don't hold from the start: for each a mask of levels and one of insatser; any bit would do."""


class Conditions:
    """Evaluates expressions for one participant.

    Attributes
    ----------
    held
        Mask of the level bits held from the start.
    municipality
        Code of the home's municipality, None where the place has none.
    """

    def __init__(self, compiler: "Compiler", participant: Participant) -> None:
        self._compiler = compiler
        self._scenario = compiler.scenario
        self._claims = participant.claims
        self._attributes = frozenset(_attribute(text) for text in participant.attributes)
        self.municipality = self._scenario.place_by_id[participant.home].municipality
        self.held = 0
        for kompetens, level in participant.levels.items():
            self.held |= compiler.level_mask[kompetens, level]
        self._terms: dict[str | None, Terms | None] = {}

    def terms(self, expression: str | None) -> Terms | None:
        """Terms not true from the start; None if one can't ever hold."""
        if expression not in self._terms:
            self._terms[expression] = self._work_out(parse(expression))
        return self._terms[expression]

    def holds(self, expression: Expression) -> bool:
        """Whether an expression over the participant alone holds (levels are the starting ones)."""
        return self._work_out(expression) == ()

    def _work_out(self, expression: Expression) -> Terms | None:
        terms = []
        for term in expression.terms:
            levels = insatser = 0
            holds = False
            for atom in term:
                if isinstance(atom, InsatsAtom):
                    insatser |= self._compiler.insats_bit(atom.insats)
                elif isinstance(atom, LevelAtom):
                    levels |= self._level_bit(atom)
                    holds |= bool(levels & self.held)
                else:
                    holds |= self._is_true(atom)
            if holds:
                continue
            if not levels and not insatser:
                return None
            terms.append((levels, insatser))
        return tuple(terms)

    def _level_bit(self, atom: LevelAtom) -> int:
        lowest = self._scenario.kompetens_by_id[atom.kompetens].levels[0]
        return self._compiler.level_bit[atom.kompetens, atom.level or lowest]

    def _is_true(self, atom: ClaimAtom | AttrAtom | HomeAtom) -> bool:
        if isinstance(atom, ClaimAtom):
            claimed = self._claims.get(atom.kompetens)
            return claimed is not None and (
                atom.level is None
                or self._scenario.level_rank(atom.kompetens, claimed)
                >= self._scenario.level_rank(atom.kompetens, atom.level)
            )
        if isinstance(atom, AttrAtom):
            has = any(name == atom.name and atom.value in (None, value) for name, value in self._attributes)
        else:
            has = self.municipality == atom.municipality
        return has is not atom.negated

    def given(self, insats: Insats) -> dict[str, str]:
        """Levels that a step of the insats gives: of a validering only what is claimed."""
        return {
            kompetens: level
            for kompetens, level in insats.provides.items()
            if insats.kind is not Kind.VALIDERING or self._is_true(ClaimAtom(kompetens, level))
        }

    def gives(self, insats: Insats) -> int:
        """The same as a mask of level bits."""
        mask = 0
        for kompetens, level in self.given(insats).items():
            mask |= self._compiler.level_mask[kompetens, level]
        return mask


def _attribute(text: str) -> tuple[str, str | None]:
    name, equals, value = text.partition("=")
    return name, value if equals else None
