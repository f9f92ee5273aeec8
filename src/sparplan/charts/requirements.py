"""What the picture of the insatsgraf shows: insatser, kompetens levels, and what needs and gives what."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import networkx as nx

from sparplan.charts.wording import level_name
from sparplan.expressions import Atom, InsatsAtom, LevelAtom, parse
from sparplan.insatsgraf import InsatsGraf, Node, insats_node, level_node
from sparplan.messages import say
from sparplan.scenario import Insats, ProfileType, Scenario

KRAV, MERIT = "krav", "merit"


def picture_graph(scenario: Scenario, track: str | None = None) -> "nx.DiGraph[Node]":
    """The insatsgraf as it is drawn.

    Beside `InsatsGraf.graph`: a choice that also a condition on the participant can meet has an
    either-node with `open` true; level nodes have `goal` where a kompetensprofil names them (`krav` or
    `merit`); levels that nothing needs, gives or asks for are left out; the levels of a kompetens are
    joined upwards by edges with relation `ladder` instead of `holds`.

    Parameters
    ----------
    track
        Only what leads to this track's kompetensprofil.
    """
    graph = InsatsGraf(scenario).graph.copy()
    for insats in scenario.insatser:
        _add_open_choices(graph, scenario, insats)
    goals = _goals(scenario, track)
    if track is not None:
        wanted = _leading_to(graph, goals)
        graph.remove_nodes_from([node for node in graph if node not in wanted])
    graph.remove_edges_from(_holds(graph))
    graph.remove_nodes_from(
        [node for node in graph if node[0] == "level" and not graph.degree(node) and node not in goals]
    )
    for goal, sort in goals.items():
        graph.nodes[goal]["goal"] = sort
    for row in scenario.kompetenser:
        levels = [level_node(row.kompetens, level) for level in row.levels]
        shown = [level for level in levels if level in graph]
        graph.add_edges_from(pairwise(shown), relation="ladder")
    return graph


def _holds(graph: "nx.DiGraph[Node]") -> list[tuple[Node, Node]]:
    return [(start, end) for start, end, data in graph.edges(data=True) if data["relation"] == "holds"]


def _leading_to(graph: "nx.DiGraph[Node]", goals: Iterable[Node]) -> set[Node]:
    """The nodes that lead to the goals.

    An insats that gives more than is wanted counts only if it doesn't build on what is wanted: nobody
    reads for sfi D to reach sfi C.
    """
    plain: nx.DiGraph[Node] = graph.copy()
    plain.remove_edges_from(_holds(graph))
    ladder = graph.edge_subgraph(_holds(graph))
    wanted: set[Node] = set()
    above: set[Node] = set()  # levels shown for those who give more than is wanted
    waiting = list(goals)
    while waiting:
        node = waiting.pop()
        if node in wanted:
            continue
        wanted.add(node)
        waiting += plain.predecessors(node)
        for higher in nx.ancestors(ladder, node) if node in ladder else ():
            givers = [giver for giver in plain.predecessors(higher) if node not in nx.ancestors(plain, giver)]
            if givers:
                waiting += givers
                above.add(higher)
    return wanted | above


def _goals(scenario: Scenario, track: str | None) -> dict[Node, str]:
    """Levels that kompetensprofiler name; one that is a krav anywhere counts as krav."""
    tracks = scenario.tracks if track is None else (scenario.track_by_id[track],)
    goals: dict[Node, str] = {}
    for row in (row for each in tracks for row in scenario.profile_rows.get(each.profile, ())):
        node = level_node(row.kompetens, row.level)
        if row.type == ProfileType.KRAV:
            goals[node] = KRAV
        else:
            goals.setdefault(node, MERIT)
    return goals


def _add_open_choices(graph: "nx.DiGraph[Node]", scenario: Scenario, insats: Insats) -> None:
    """Add the choices between levels or insatser and a condition on the participant."""
    target = insats_node(insats.insats)
    for rule, text in (("requires", insats.requires), ("alongside", insats.alongside)):
        for number, term in enumerate(parse(text).terms):
            nodes = list(_nodes(scenario, term))
            if not nodes or len(nodes) == len(term) or target in nodes:
                continue
            either: Node = ("either", insats.insats, rule, f"open-{number}")
            graph.add_node(either, open=True)
            graph.add_edge(either, target, relation=rule)
            graph.add_edges_from(((node, either) for node in nodes), relation="choice")


def _nodes(scenario: Scenario, term: tuple[Atom, ...]) -> Iterator[Node]:
    for atom in term:
        if isinstance(atom, InsatsAtom):
            yield insats_node(atom.insats)
        elif isinstance(atom, LevelAtom):
            levels = scenario.kompetens_by_id[atom.kompetens].levels
            yield level_node(atom.kompetens, atom.level or levels[0])


def stages(graph: "nx.DiGraph[Node]") -> dict[Node, int]:
    """By node: after how many rounds of insatser it can be reached at the earliest, by `requires` alone.

    What can't be reached gets the highest number.
    """
    stage: dict[Node, int] = {}
    needs = {
        node: [start for start, _, data in graph.in_edges(node, data=True) if data["relation"] == "requires"]
        for node in graph
    }
    for number in range(len(graph)):
        ready = [
            node
            for node in graph
            if node not in stage
            and (
                all(need in stage for need in needs[node])
                if node[0] == "insats"
                else any(start in stage for start in graph.predecessors(node))
            )
        ]
        if not ready:
            break
        stage.update(dict.fromkeys(ready, number))
    return {node: stage.get(node, len(graph)) for node in graph}


def is_given(graph: "nx.DiGraph[Node]", level: Node) -> bool:
    """Whether an insats of the picture gives a level, or a higher one of the same kompetens."""
    for _, _, data in graph.in_edges(level, data=True):
        if data["relation"] == "provides":
            return True
    higher = [end for _, end, data in graph.out_edges(level, data=True) if data["relation"] == "ladder"]
    return any(is_given(graph, each) for each in higher)


def node_name(scenario: Scenario, node: Node) -> str:
    """What an insats or a level is called."""
    if node[0] == "level":
        return level_name(scenario, str(node[1]), str(node[2]))
    return scenario.insats_by_id[str(node[1])].name


def in_sentences(scenario: Scenario, graph: "nx.DiGraph[Node]") -> Iterator[str]:
    """What each insats needs and gives, a sentence each."""
    for node in graph:
        if node[0] != "insats":
            continue
        parts = []
        for relation in ("requires", "alongside"):
            needs = [
                _need(scenario, graph, start)
                for start, _, data in graph.in_edges(node, data=True)
                if data["relation"] == relation
            ]
            if needs:
                parts.append(say(f"charts.graph.says.{relation}", what=", ".join(needs)))
        gives = [node_name(scenario, end) for end in graph.successors(node) if end[0] == "level"]
        if gives:
            parts.append(say("charts.graph.says.provides", what=", ".join(gives)))
        name = node_name(scenario, node)
        yield f"{name}: {'; '.join(parts)}." if parts else f"{name}."


def _need(scenario: Scenario, graph: "nx.DiGraph[Node]", node: Node) -> str:
    if node[0] != "either":
        return node_name(scenario, node)
    words = [node_name(scenario, each) for each in graph.predecessors(node)]
    if graph.nodes[node].get("open"):
        words.append(say("charts.graph.says.open"))
    return f" {say('charts.graph.says.or')} ".join(words)
