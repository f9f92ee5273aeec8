"""The insatsgraf's legend, and how its edges look."""

from collections.abc import Callable
from typing import Any

import networkx as nx

from sparplan.charts import legend
from sparplan.charts.kinds import DASHED, INK, PAPER, QUIET
from sparplan.charts.legend import SWATCH, Entry
from sparplan.charts.requirements import KRAV, is_given
from sparplan.charts.sheet import Sheet
from sparplan.insatsgraf import Node
from sparplan.messages import say
from sparplan.scenario import Scenario

CHOICE = 9.0  # points across the dot where alternatives meet
EDGE_LOOKS: dict[str, tuple[str, float, Any]] = {  # colour, width in points, line style
    "provides": ("#1f5a96", 1.2, "solid"),
    "requires": (INK, 0.9, "solid"),
    "choice": (INK, 0.9, DASHED),
    "alongside": ("#8a4b00", 1.2, (0, (1.2, 1.8))),
    "ladder": ("#8c8c8c", 0.8, "solid"),
}


def edge_look(end: Node, relation: str) -> str:
    """The name of an edge's look: a choice of what is needed alongside looks like `alongside`."""
    return "alongside" if relation == "choice" and end[2] == "alongside" else relation


def graph_entries(scenario: Scenario, graph: "nx.DiGraph[Node]", track: str | None) -> list[Entry]:
    """Entries for what a picture shows."""
    kinds = [scenario.insats_by_id[str(node[1])].kind for node in graph if node[0] == "insats"]
    entries = legend.kind_entries(kinds)
    entries.append(Entry(say("charts.graph.level"), _pill()))
    goals = {graph.nodes[node].get("goal") for node in graph}
    of = "any" if track is None else "track"
    if KRAV in goals:
        entries.append(Entry(say(f"charts.graph.krav_{of}"), _pill(goal=INK)))
    if goals - {KRAV, None}:
        entries.append(Entry(say(f"charts.graph.merit_{of}"), _pill(goal=PAPER)))
    if not all(is_given(graph, node) for node in graph if node[0] == "level"):
        entries.append(Entry(say("charts.graph.not_given"), _pill(dashed=True)))
    shown = {edge_look(end, data["relation"]) for _, end, data in graph.edges(data=True)}
    entries += [Entry(say(f"charts.graph.{look}"), _line(look)) for look in EDGE_LOOKS if look in shown]
    open_or_not = {graph.nodes[node].get("open", False) for node in graph if node[0] == "either"}
    if False in open_or_not:
        entries.append(Entry(say("charts.graph.either"), _dot(INK)))
    if True in open_or_not:
        entries.append(Entry(say("charts.graph.open"), _dot(PAPER)))
    return entries


def _pill(*, goal: str | None = None, dashed: bool = False) -> Callable[[Sheet, float, float], None]:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(
            x,
            y - 6,
            SWATCH - 4,
            12,
            fill=PAPER,
            edge=INK if goal or dashed else QUIET,
            line=2.2 if goal == INK else 0.9,
            style=DASHED if dashed else "solid",
            rounding=6,
        )
        if goal:
            sheet.diamond(x + SWATCH - 4, y, 5, fill=goal)

    return draw


def _dot(fill: str) -> Callable[[Sheet, float, float], None]:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.dot(x + SWATCH - 8, y, CHOICE, fill=fill)

    return draw


def _line(look: str) -> Callable[[Sheet, float, float], None]:
    colour, width, style = EDGE_LOOKS[look]

    def draw(sheet: Sheet, x: float, y: float) -> None:
        end = x + SWATCH
        sheet.line((x, end), (y, y), colour=colour, width=width, style=style)
        if look not in ("ladder", "choice"):
            sheet.polygon([(end, y), (end - 6.5, y - 2.5), (end - 6.5, y + 2.5)], fill=colour)

    return draw
