"""The insatsgraf: what builds on what, as an AND/OR graph over kompetens levels and insatser.

Nodes are tuples: `("level", kompetens, level)`, `("insats", insats)` and, where a requirement gives a
choice, `("either", insats, rule, number)`. An insats needs *all* of what points at it; an either-node
*one*. Edge attribute `relation`:

- `provides`  insats → level
- `holds`     level → the level below it
- `requires`  level, insats or either-node → insats that needs it before
- `alongside` the same, needed beside
- `choice`    alternative → either-node

Atoms about the participant (`claim:`, `attr:`, `home:`) aren't nodes: they are true or false for one
person. Asked without a person, they count as true.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from sparplan.expressions import Atom, Expression, InsatsAtom, LevelAtom, parse
from sparplan.scenario import Insats, Scenario

Node = tuple[str | int, ...]


def level_node(kompetens: str, level: str) -> Node:
    """The node of a kompetens level."""
    return ("level", kompetens, level)


def insats_node(insats: str) -> Node:
    """The node of an insats."""
    return ("insats", insats)


@dataclass(frozen=True)
class Reach:
    """What can be reached from somewhere: nodes of levels and insatser, and what each one lacks.

    `missing` names, for an insats out of reach, its unmet terms as lists of nodes of which one would do.
    """

    nodes: frozenset[Node]
    missing: Mapping[str, tuple[tuple[Node, ...], ...]]

    def has_level(self, kompetens: str, level: str) -> bool:
        """Whether a level can be held."""
        return level_node(kompetens, level) in self.nodes

    def has_insats(self, insats: str) -> bool:
        """Whether an insats can be taken."""
        return insats_node(insats) in self.nodes


class InsatsGraf:
    """The AND/OR graph of a scenario, with forward reach and backward relevance."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def graph(self) -> "nx.DiGraph[Node]":
        """The networkx graph described above."""
        graph: nx.DiGraph[Node] = nx.DiGraph()
        for kompetens in self.scenario.kompetenser:
            for rank, level in enumerate(kompetens.levels):
                graph.add_node(level_node(kompetens.kompetens, level), rank=rank)
                if rank:
                    below = level_node(kompetens.kompetens, kompetens.levels[rank - 1])
                    graph.add_edge(level_node(kompetens.kompetens, level), below, relation="holds")
        for insats in self.scenario.insatser:
            graph.add_node(insats_node(insats.insats), kind=str(insats.kind))
        for insats in self.scenario.insatser:
            for kompetens_id, level in insats.provides.items():
                graph.add_edge(
                    insats_node(insats.insats), level_node(kompetens_id, level), relation="provides"
                )
            for rule, terms in self._terms[insats.insats].items():
                for number, term in enumerate(terms):
                    self._add_term(graph, insats, rule, number, term)
        return graph

    @staticmethod
    def _add_term(
        graph: "nx.DiGraph[Node]", insats: Insats, rule: str, number: int, term: tuple[Node, ...]
    ) -> None:
        target = insats_node(insats.insats)
        if len(term) == 1:
            graph.add_edge(term[0], target, relation=rule)
        elif term:
            either: Node = ("either", insats.insats, rule, number)
            graph.add_node(either)
            graph.add_edge(either, target, relation=rule)
            for alternative in term:
                graph.add_edge(alternative, either, relation="choice")

    @cached_property
    def _terms(self) -> dict[str, dict[str, list[tuple[Node, ...]]]]:
        """By insats and rule: terms that hold for nobody without a level or an insats."""
        return {
            insats.insats: {
                "requires": self._nodes_of(parse(insats.requires)),
                "alongside": [
                    term
                    for term in self._nodes_of(parse(insats.alongside))
                    if insats_node(insats.insats) not in term  # a step covers its own insats
                ],
            }
            for insats in self.scenario.insatser
        }

    def _nodes_of(self, expression: Expression) -> list[tuple[Node, ...]]:
        terms = []
        for term in expression.terms:
            if all(isinstance(atom, LevelAtom | InsatsAtom) for atom in term):
                terms.append(tuple(self._node(atom) for atom in term))
        return terms

    def _node(self, atom: Atom) -> Node:
        if isinstance(atom, InsatsAtom):
            return insats_node(atom.insats)
        assert isinstance(atom, LevelAtom)
        levels = self.scenario.kompetens_by_id[atom.kompetens].levels
        return level_node(atom.kompetens, atom.level or levels[0])

    def reach(
        self, levels: Mapping[str, str] | None = None, usable: Callable[[Insats], bool] | None = None
    ) -> Reach:
        """Everything that can be reached from some starting levels, time and seats left aside.

        Parameters
        ----------
        levels
            Starting levels by kompetens.
        usable
            Which insatser may be taken at all; every one by default.
        """
        start: set[Node] = set()
        for kompetens, level in (levels or {}).items():
            start |= self._with_below(kompetens, level)
        allowed = [row for row in self.scenario.insatser if usable is None or usable(row)]
        while True:  # insatser beside each other may hold each other up: drop only what nothing can join
            held = self._grow(start, allowed)
            lonely = {row.insats for row in allowed if self._unmet(row, "alongside", held)}
            if not lonely:
                break
            allowed = [row for row in allowed if row.insats not in lonely]
        missing = {
            row.insats: tuple(
                term for rule in ("requires", "alongside") for term in self._unmet(row, rule, held)
            )
            for row in self.scenario.insatser
            if insats_node(row.insats) not in held
        }
        return Reach(frozenset(held), missing)

    def _grow(self, start: Collection[Node], allowed: Iterable[Insats]) -> set[Node]:
        """Everything that follows from a start by `requires`, as long as anything does."""
        held = set(start)
        waiting = list(allowed)
        while True:
            still_waiting = []
            for row in waiting:
                if self._unmet(row, "requires", held):
                    still_waiting.append(row)
                    continue
                held.add(insats_node(row.insats))
                for kompetens, level in row.provides.items():
                    held |= self._with_below(kompetens, level)
            if len(still_waiting) == len(waiting):
                return held
            waiting = still_waiting

    def _with_below(self, kompetens: str, level: str) -> set[Node]:
        levels = self.scenario.kompetens_by_id[kompetens].levels
        return {level_node(kompetens, lower) for lower in levels[: levels.index(level) + 1]}

    def _unmet(self, insats: Insats, rule: str, held: Collection[Node]) -> list[tuple[Node, ...]]:
        return [term for term in self._terms[insats.insats][rule] if not any(node in held for node in term)]

    def relevant(self, goals: Iterable[Node]) -> frozenset[Node]:
        """The nodes from which a goal can be reached: what is worth looking at for a kompetensprofil."""
        found: set[Node] = set()
        for goal in goals:
            if goal in self.graph and goal not in found:
                found |= {goal} | nx.ancestors(self.graph, goal)
        return frozenset(found)

    def profile_nodes(self, profile: str, *, merits: bool = True) -> list[Node]:
        """The level nodes that a kompetensprofil names."""
        rows = self.scenario.profile_rows.get(profile, ())
        return [level_node(row.kompetens, row.level) for row in rows if merits or row.type == "krav"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A candidate step family as the earliest-day reckoning sees it.

    Attributes
    ----------
    needs
        Terms, each a mask of bits of which one must be held.
    gives
        Mask of bits held from the end on.
    starts
        Possible first days, ascending.
    length
        Least length in days.
    """

    needs: tuple[int, ...]
    gives: int
    starts: Sequence[int]
    length: int


def earliest_days(held: int, offers: Sequence[Offer]) -> tuple[dict[int, int], list[int | None]]:
    """The earliest day on which each bit can be held, and on which each offer can start.

    A relaxation: gaps, pace, seats and clashes are left aside, so that nothing possible is cut off.
    Label correcting over the AND/OR graph (Knuth 1977, "A generalization of Dijkstra's algorithm").

    Returns
    -------
    tuple
        Day by bit (bits held from the start aren't listed), and the first start of each offer, None
        when it is out of reach.
    """
    days: dict[int, int] = {}
    starts: list[int | None] = [None] * len(offers)
    changed = True
    while changed:
        changed = False
        for index, offer in enumerate(offers):
            ready = _ready_day(offer.needs, held, days)
            if ready is None:
                continue
            first = next((start for start in offer.starts if start >= ready), None)
            previous = starts[index]
            if first is None or (previous is not None and first >= previous):
                continue
            starts[index] = first
            changed = True
            gives = offer.gives & ~held
            while gives:
                bit = gives & -gives
                gives ^= bit
                days[bit] = min(days.get(bit, first + offer.length), first + offer.length)
    return days, starts


def _ready_day(needs: tuple[int, ...], held: int, days: Mapping[int, int]) -> int | None:
    """The first day on which every term can hold; None when one never can."""
    ready = 0
    for term in needs:
        if term & held:
            continue
        best: int | None = None
        rest = term
        while rest:
            bit = rest & -rest
            rest ^= bit
            day = days.get(bit)
            if day is not None and (best is None or day < best):
                best = day
        if best is None:
            return None
        ready = max(ready, best)
    return ready
