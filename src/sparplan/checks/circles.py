"""Insatser whose levels require each other in a circle, so that none of them can ever be the first."""

from collections.abc import Iterator

from sparplan.checks.reach import Reach
from sparplan.expressions import Atom, InsatsAtom, LevelAtom, parse
from sparplan.scenario import Insats, Scenario


def circles(reach: Reach) -> list[list[str]]:
    """Groups of insatser that need each other, in the order of their rows.

    Only what nobody's starting levels and no insats from outside open up is named. Atoms about a
    participant count as true, and so does `insats:` in `alongside`: two insatser may stand side by side.
    """
    import networkx as nx

    scenario = reach.scenario
    stuck, held = _stuck(reach)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in stuck:
        for kompetens, rank, insats in _unmet(reach, row, held):
            for other in stuck:
                if other.insats == insats or _opens(scenario, other, kompetens, rank):
                    graph.add_edge(row.insats, other.insats)
    order = {row.insats: index for index, row in enumerate(scenario.insatser)}
    groups = [
        sorted(part, key=order.__getitem__)
        for part in nx.strongly_connected_components(graph)
        if len(part) > 1 or any(graph.has_edge(insats, insats) for insats in part)
    ]
    return sorted(groups, key=lambda group: order[group[0]])


def _stuck(reach: Reach) -> tuple[list[Insats], int]:
    """Insatser out of reach even with everybody's starting levels and pins together, and what is in reach."""
    scenario = reach.scenario
    held = reach.personal_bits
    for participant in scenario.participants:
        held |= reach.held(participant.levels.items())
        for pin in participant.pins:
            insats = scenario.round_by_id[pin.round].insats
            held |= reach.insats_bits[insats] | reach.gives[insats]
    waiting = list(scenario.insatser)
    while True:
        left = []
        for row in waiting:
            if any(True for _ in _unmet_terms(reach, row, held)):
                left.append(row)
            else:
                held |= reach.insats_bits[row.insats] | reach.gives[row.insats]
        if len(left) == len(waiting):
            return waiting, held
        waiting = left


def _unmet_terms(reach: Reach, row: Insats, held: int) -> Iterator[tuple[Atom, ...]]:
    """Terms of `requires` and `alongside` that nothing held fulfils."""
    for rule in ("requires", "alongside"):
        terms = parse(getattr(row, rule)).terms
        for mask, term in zip(reach.terms[rule][row.insats], terms, strict=True):
            is_beside = rule == "alongside" and any(isinstance(atom, InsatsAtom) for atom in term)
            if not mask & held and not is_beside:
                yield term


def _unmet(reach: Reach, row: Insats, held: int) -> Iterator[tuple[str | None, int, str | None]]:
    """What a stuck insats asks for: (kompetens, rank, None) or (None, 0, insats)."""
    for term in _unmet_terms(reach, row, held):
        for atom in term:
            if isinstance(atom, InsatsAtom):
                yield None, 0, atom.insats
            elif isinstance(atom, LevelAtom):
                yield atom.kompetens, _rank(reach.scenario, atom), None


def _rank(scenario: Scenario, atom: LevelAtom) -> int:
    return scenario.level_rank(atom.kompetens, atom.level) if atom.level else 0


def _opens(scenario: Scenario, row: Insats, kompetens: str | None, rank: int) -> bool:
    """Whether an insats could be the way to a level.

    One that itself asks for that level, and lifts from there to a higher one, is no way to it: sfi C is
    not how to get sfi B.
    """
    if kompetens is None or kompetens not in row.provides:
        return False
    given = scenario.level_rank(kompetens, row.provides[kompetens])
    asked = max(
        (
            min(_rank(scenario, atom) for atom in term if isinstance(atom, LevelAtom))
            for term in parse(row.requires).terms
            if all(isinstance(atom, LevelAtom) and atom.kompetens == kompetens for atom in term)
        ),
        default=-1,
    )
    return given >= rank and not (rank <= asked < given)
