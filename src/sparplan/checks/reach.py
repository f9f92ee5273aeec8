"""What a participant could ever take, with time, seats, travel and tracks left aside.

Levels, insatser and atoms about a participant are bits of an integer, and a term of an expression is a
mask of bits of which one is needed. Whoever can't take an insats here can't take it at all, so a warning
built on this is never wrong; the other way round nothing is promised.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from sparplan.expressions import Atom, AttrAtom, ClaimAtom, HomeAtom, InsatsAtom, LevelAtom, parse
from sparplan.scenario import Insats, Kind, Participant, Scenario

EXPRESSIONS = ("requires", "alongside", "eligibility")


@dataclass(frozen=True, slots=True)
class Start:
    """What of a participant decides which insatser are possible; equal for many participants.

    Attributes
    ----------
    facts
        Bits of the levels held and of the atoms about the participant that are true.
    claims
        Bits of the levels claimed that some validering could make good.
    pinned
        Bits of the insatser pinned: they may be history, which nobody asks for prerequisites.
    """

    facts: int
    claims: int
    pinned: int


class Reach:
    """Reachability over the insatser of a scenario without faults."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._bits: dict[object, int] = {}
        self._held: dict[tuple[str, str], int] = {}
        for kompetens in scenario.kompetenser:
            below = 0
            for level in kompetens.levels:
                below |= self._bit((kompetens.kompetens, level))
                self._held[kompetens.kompetens, level] = below
        self.insats_bits = {row.insats: self._bit(InsatsAtom(row.insats)) for row in scenario.insatser}
        self.gives = {row.insats: self.held(row.provides.items()) for row in scenario.insatser}
        self._personal: dict[Atom, int] = {}
        self.terms = {
            rule: {row.insats: self._masks(getattr(row, rule)) for row in scenario.insatser}
            for rule in EXPRESSIONS
        }
        self.personal_bits = union(self._personal.values())
        asked = (mask for terms in self.terms.values() for masks in terms.values() for mask in masks)
        self._asked = union(asked)
        self._validated = union(
            self._bits[pair]
            for row in scenario.insatser
            if row.kind is Kind.VALIDERING
            for pair in row.provides.items()
        )

    def _bit(self, thing: object) -> int:
        return self._bits.setdefault(thing, 1 << len(self._bits))

    def held(self, pairs: Iterable[tuple[str, str]]) -> int:
        """The bits of levels and of every level below them."""
        return union(self._held[pair] for pair in pairs)

    def _masks(self, expression: str | None) -> tuple[int, ...]:
        return tuple(union(map(self._atom_bit, term)) for term in parse(expression).terms)

    def _atom_bit(self, atom: Atom) -> int:
        if isinstance(atom, LevelAtom):
            level = atom.level or self.scenario.kompetens_by_id[atom.kompetens].levels[0]
            return self._bit((atom.kompetens, level))
        bit = self._bit(atom)
        if not isinstance(atom, InsatsAtom):
            self._personal[atom] = bit
        return bit

    def start(self, row: Participant) -> Start:
        """Where a participant starts from."""
        rounds = self.scenario.round_by_id
        facts = self.held(row.levels.items()) & self._asked
        facts |= union(bit for atom, bit in self._personal.items() if is_true(atom, row, self.scenario))
        claims = self.held(row.claims.items()) & self._validated
        return Start(facts, claims, union(self.insats_bits[rounds[pin.round].insats] for pin in row.pins))

    def possible(self, start: Start, offered: Iterable[Insats]) -> set[str]:
        """The insatser that a participant could take, one after another in some order.

        Insatser may stand alongside each other, so `insats:x` of `alongside` holds while x itself isn't
        out of the question: the greatest set that confirms itself.
        """
        rows = [
            row.insats
            for row in offered
            if self.insats_bits[row.insats] & start.pinned or self._may_begin(start, row)
        ]
        gives = {row.insats: self._given(start, row) for row in offered if row.kind is Kind.VALIDERING}
        beside = union(self.insats_bits[insats] for insats in rows)
        while True:
            taken = self._taken(start, rows, gives, beside)
            bits = union(self.insats_bits[insats] for insats in taken)
            if bits == beside:
                return taken
            beside = bits

    def _may_begin(self, start: Start, row: Insats) -> bool:
        """Eligibility, and something to validate in a validering."""
        if row.kind is Kind.VALIDERING and not self._given(start, row):
            return False
        return all(mask & start.facts for mask in self.terms["eligibility"][row.insats])

    def _given(self, start: Start, row: Insats) -> int:
        """What a validering gives: just what is claimed."""
        return self.held(pair for pair in row.provides.items() if self._bits[pair] & start.claims)

    def _taken(self, start: Start, rows: list[str], gives: dict[str, int], beside: int) -> set[str]:
        held = start.facts
        requires, alongside = self.terms["requires"], self.terms["alongside"]
        waiting, taken = rows, set[str]()
        while True:
            left = []
            for insats in waiting:
                bit = self.insats_bits[insats]
                if bit & start.pinned or (
                    all(mask & held for mask in requires[insats])
                    and all(mask & (held | beside) for mask in alongside[insats])
                ):
                    taken.add(insats)
                    held |= bit | gives.get(insats, self.gives[insats])
                else:
                    left.append(insats)
            if len(left) == len(waiting):
                return taken
            waiting = left


def union(masks: Iterable[int]) -> int:
    """All bits of some masks."""
    return reduce(or_, masks, 0)


def is_true(atom: Atom, row: Participant, scenario: Scenario) -> bool:
    """Whether an atom about the participant (claim, attr, home) holds."""
    match atom:
        case ClaimAtom(kompetens, level):
            rank = scenario.level_rank
            claimed = row.claims.get(kompetens)
            return claimed is not None and (
                level is None or rank(kompetens, claimed) >= rank(kompetens, level)
            )
        case HomeAtom(municipality, negated):
            return (scenario.place_by_id[row.home].municipality == municipality) is not negated
        case AttrAtom(name, value, negated):
            if value is None:
                has = any(text.partition("=")[0] == name for text in row.attributes)
            else:
                has = f"{name}={value}" in row.attributes
            return has is not negated
    return False
