"""The insatsgraf as a picture: layered from left to right, a box an insats, a pill a kompetens level."""

from collections.abc import Callable, Iterable

from matplotlib.figure import Figure
from matplotlib.path import Path

from sparplan.charts import legend
from sparplan.charts.choosing import check_track
from sparplan.charts.kinds import DASHED, INK, PAPER, QUIET, look_of
from sparplan.charts.layering import Edge, Layout, Point, Shape, layered
from sparplan.charts.requirements import KRAV, picture_graph, stages
from sparplan.charts.sheet import A3, Sheet, drawing, shortened, text_width, wrapped
from sparplan.charts.wording import level_name
from sparplan.insatsgraf import Node
from sparplan.messages import say
from sparplan.scenario import Scenario

MARGIN = 30.0
TITLE_HEIGHT = 60.0
SORTS = {"insats": 0, "level": 1, "either": 2}
GAPS = (30.0, 24.0, 20.0)  # points behind a column of insatser, of levels, of choices
BOX_WIDTH, PILL_WIDTH, CHOICE = 106.0, 90.0, 9.0
SPINE = 11.0  # points: the hatched left end of an insats's box
BOX_SIZE, PILL_SIZE, LEGEND_SIZE = 11.0, 10.5, 11.5
MOST_LINES = 4
ARROW = 5.0
LONE_GAP = 10.0

GIVES, NEEDS, BESIDE, LADDER = "#1f5a96", "#1a1a1a", "#8a4b00", "#9a9a9a"
DOTTED = (0, (1.2, 1.8))
_LOOKS: dict[str, tuple[str, float, object]] = {
    "provides": (GIVES, 1.2, "solid"),
    "requires": (NEEDS, 0.9, "solid"),
    "choice": (NEEDS, 0.9, DASHED),
    "alongside": (BESIDE, 1.2, DOTTED),
    "ladder": (LADDER, 0.8, "solid"),
}


def plot_insatsgraf(scenario: Scenario, track: str | None = None) -> Figure:
    """Draw what builds on what.

    Parameters
    ----------
    track
        Draw only what leads to this track's kompetensprofil, its krav and merits marked. Without it,
        everything, with what any kompetensprofil asks for marked.

    Raises
    ------
    UsageError
        When there is no such track; names the nearest.
    """
    return insatsgraf_sheet(scenario, track).figure


def insatsgraf_sheet(scenario: Scenario, track: str | None = None) -> Sheet:
    """As `plot_insatsgraf`, with title, description and hints for svg."""
    if track is not None:
        check_track(scenario, track)
    with drawing():
        return _Picture(scenario, track).sheet()


class _Picture:
    def __init__(self, scenario: Scenario, track: str | None) -> None:
        self.scenario, self.track = scenario, track
        self.graph = picture_graph(scenario, track)
        self.stages = stages(self.graph)
        self.lines = {node: self._text_lines(node) for node in self.graph}

    def sheet(self) -> Sheet:
        lone = [node for node in self.graph if not self.graph.degree(node)]
        shapes = {node: self._shape(node) for node in self.graph if node not in lone}
        edges = {
            Edge(start, end, relation, self._rank(start, end, relation)): relation
            for start, end, relation in self.graph.edges(data="relation")
        }
        layout = layered(shapes, list(edges), GAPS)
        width = max(layout.width + 2 * MARGIN, A3[0])
        entries = legend.in_lines(self._entries(), width - 2 * MARGIN, LEGEND_SIZE)
        lone_rows = self._lone_rows(lone, width - 2 * MARGIN)
        lone_height = sum(max(self._shape(node).height for node in row) + LONE_GAP for row in lone_rows)
        lone_height += 30 if lone else 0
        below = lone_height + 24 + len(entries) * legend.line_height(LEGEND_SIZE) + MARGIN
        top = MARGIN + TITLE_HEIGHT
        height = max(top + layout.height + below, A3[1] / 2)
        sheet = Sheet(width, height)
        self._title(sheet)
        free = height - top - below - layout.height
        corner = ((width - layout.width) / 2, top + free / 2)
        for edge, relation in edges.items():
            self._draw_edge(sheet, layout, edge, relation, corner)
        for node, (x, y) in layout.centres.items():
            self._draw_node(sheet, node, corner[0] + x, corner[1] + y)  # type: ignore[arg-type]
        self._draw_lone(sheet, lone_rows, height - below + 8)
        y = height - MARGIN - (len(entries) - 0.5) * legend.line_height(LEGEND_SIZE)
        legend.draw_legend(sheet, entries, MARGIN, y, LEGEND_SIZE)
        sheet.description = " ".join(self._sentences())
        return sheet

    def _title(self, sheet: Sheet) -> None:
        name = self.scenario.name
        if self.track is not None:
            name = f"{name}: {self.scenario.track_by_id[self.track].name}"
        sheet.title = say("charts.graph.title", name=name)
        width = sheet.width - 2 * MARGIN
        sheet.text(MARGIN, MARGIN + 11, shortened(sheet.title, width, 19, bold=True), 19, bold=True)
        sheet.text(MARGIN, MARGIN + 36, shortened(say("charts.graph.how_to_read"), width, 11), 11)

    def _text_lines(self, node: Node) -> list[tuple[str, bool]]:
        """The lines of a node's text, each with whether it is bold."""
        if node[0] == "insats":
            name = self.scenario.insats_by_id[str(node[1])].name
            lines = wrapped(name, BOX_WIDTH - SPINE - 8, BOX_SIZE, most=MOST_LINES)
            return [(line, False) for line in lines]
        if node[0] == "level":
            row = self.scenario.kompetens_by_id[str(node[1])]
            lines = wrapped(row.name, PILL_WIDTH - 16, PILL_SIZE, most=MOST_LINES)
            level = [(shortened(str(node[2]), PILL_WIDTH - 16, PILL_SIZE, bold=True), True)]
            return [(line, False) for line in lines] + (level if len(row.levels) > 1 else [])
        return []

    def _shape(self, node: Node) -> Shape:
        sort = SORTS[str(node[0])]
        if node[0] == "either":
            return Shape(sort, CHOICE, CHOICE)
        size = BOX_SIZE if node[0] == "insats" else PILL_SIZE
        width = BOX_WIDTH if node[0] == "insats" else PILL_WIDTH
        return Shape(sort, width, max(len(self.lines[node]), 1) * 1.22 * size + 9)

    def _rank(self, start: Node, end: Node, relation: str) -> int:
        """What is needed comes first, then what is given, by stage; the rest doesn't say what comes before."""
        if relation == "requires" or (relation == "choice" and end[2] == "requires"):
            return 0
        return 1 + self.stages[start] if relation == "provides" else 2 + len(self.graph)

    def _draw_node(self, sheet: Sheet, node: Node, x: float, y: float) -> None:
        shape = self._shape(node)
        left, top = x - shape.width / 2, y - shape.height / 2
        name = "-".join(map(str, node))
        if node[0] == "either":
            fill = PAPER if self.graph.nodes[node].get("open") else INK
            sheet.ellipse(
                x, y, CHOICE, CHOICE, facecolor=fill, edgecolor=INK, linewidth=1.2, zorder=3, name=name
            )
            return
        indent = 0.0
        if node[0] == "insats":
            look = look_of(self.scenario.insats_by_id[str(node[1])].kind)
            sheet.box(left, top, shape.width, shape.height, fill=look.colour, edge=INK, layer=3, name=name)
            sheet.box(left, top, SPINE, shape.height, fill=look.colour, edge=INK, hatch=look.hatch, layer=3.1)
            indent = SPINE
        else:
            goal = self.graph.nodes[node].get("goal")
            sheet.box(
                left,
                top,
                shape.width,
                shape.height,
                fill=PAPER,
                edge=INK if goal else QUIET,
                line=2.2 if goal == KRAV else 0.9,
                rounding=min(shape.height / 2, 11),
                layer=3,
                name=name,
            )
            if goal:
                sheet.diamond(left + shape.width, y, 5, fill=INK if goal == KRAV else PAPER)
        size = BOX_SIZE if node[0] == "insats" else PILL_SIZE
        lines = self.lines[node]
        for number, (line, bold) in enumerate(lines):
            line_y = y + (number - (len(lines) - 1) / 2) * 1.22 * size
            sheet.text(x + indent / 2, line_y, line, size, bold=bold, align="center")
        sheet.hints[name] = self._in_words(node)

    def _draw_edge(self, sheet: Sheet, layout: Layout, edge: Edge, relation: str, corner: Point) -> None:
        colour, width, style = _LOOKS[self._edge_look(edge, relation)]
        points = [(corner[0] + x, corner[1] + y) for x, y in layout.routes[edge]]
        has_arrow = relation != "ladder" and edge.target[0] != "either"  # type: ignore[index]
        if has_arrow:
            (x, y), back = points[-1], 1 if points[-1][0] > points[0][0] else -1
            points[-2:] = [(x - back * ARROW, y)] * 2
            tip = [(x, y), (x - back * ARROW * 1.3, y - ARROW / 2), (x - back * ARROW * 1.3, y + ARROW / 2)]
            sheet.polygon(tip, fill=colour, layer=2)
        sheet.curve(_smooth(points), colour=colour, width=width, style=style, layer=1.5 if has_arrow else 1.2)

    def _edge_look(self, edge: Edge, relation: str) -> str:
        if relation == "choice" and edge.target[2] == "alongside":  # type: ignore[index]
            return "alongside"
        return relation

    def _lone_rows(self, lone: Iterable[Node], width: float) -> list[list[Node]]:
        a_row = max(1, int((width + LONE_GAP) / (BOX_WIDTH + LONE_GAP)))
        nodes = list(lone)
        return [nodes[start : start + a_row] for start in range(0, len(nodes), a_row)]

    def _draw_lone(self, sheet: Sheet, rows: list[list[Node]], y: float) -> None:
        """Insatser that neither need nor give anything, below the rest."""
        if not rows:
            return
        sheet.text(MARGIN, y, say("charts.graph.lone"), LEGEND_SIZE, bold=True)
        y += 14
        for row in rows:
            height = max(self._shape(node).height for node in row)
            for number, node in enumerate(row):
                shape = self._shape(node)
                x = MARGIN + number * (BOX_WIDTH + LONE_GAP) + shape.width / 2
                self._draw_node(sheet, node, x, y + height / 2)
            y += height + LONE_GAP

    def _entries(self) -> list[legend.Entry]:
        kinds = [self.scenario.insats_by_id[str(node[1])].kind for node in self.graph if node[0] == "insats"]
        entries = legend.kind_entries(kinds)
        entries.append(legend.Entry(say("charts.graph.level"), _pill))
        goals = {self.graph.nodes[node].get("goal") for node in self.graph}
        of = "track" if self.track is not None else "any"
        if KRAV in goals:
            entries.append(legend.Entry(say(f"charts.graph.krav_{of}"), lambda *at: _goal_pill(*at, INK)))
        if goals - {KRAV, None}:
            entries.append(legend.Entry(say(f"charts.graph.merit_{of}"), lambda *at: _goal_pill(*at, PAPER)))
        shown = {self._edge_look(Edge(*edge[:2], ""), edge[2]) for edge in self.graph.edges(data="relation")}
        for relation in _LOOKS:
            if relation in shown:
                entries.append(legend.Entry(say(f"charts.graph.{relation}"), _line_sample(relation)))
        either = [node for node in self.graph if node[0] == "either"]
        if any(not self.graph.nodes[node].get("open") for node in either):
            entries.append(legend.Entry(say("charts.graph.either"), lambda *at: _dot(*at, INK)))
        if any(self.graph.nodes[node].get("open") for node in either):
            entries.append(legend.Entry(say("charts.graph.open"), lambda *at: _dot(*at, PAPER)))
        return entries

    def _in_words(self, node: Node) -> str:
        if node[0] == "level":
            return level_name(self.scenario, str(node[1]), str(node[2]))
        return self.scenario.insats_by_id[str(node[1])].name

    def _sentences(self) -> Iterable[str]:
        """What each insats needs and gives, in words."""
        yield say("charts.graph.how_to_read")
        for node in self.graph:
            if node[0] != "insats":
                continue
            parts = []
            for relation in ("requires", "alongside"):
                needs = [
                    self._need(start)
                    for start, _, data in self.graph.in_edges(node, data=True)
                    if data["relation"] == relation
                ]
                if needs:
                    parts.append(say(f"charts.graph.says.{relation}", what=", ".join(needs)))
            gives = [self._in_words(end) for end in self.graph.successors(node) if end[0] == "level"]
            if gives:
                parts.append(say("charts.graph.says.provides", what=", ".join(gives)))
            name = self._in_words(node)
            yield f"{name}: {'; '.join(parts)}." if parts else f"{name}."

    def _need(self, node: Node) -> str:
        if node[0] != "either":
            return self._in_words(node)
        words = [self._in_words(each) for each in self.graph.predecessors(node)]
        if self.graph.nodes[node].get("open"):
            words.append(say("charts.graph.says.open"))
        return f" {say('charts.graph.says.or')} ".join(words)


def _smooth(points: list[Point]) -> Path:
    """Straight within pairs of points, level at both ends of the curves between them."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for index in range(1, len(points)):
        start, end = points[index - 1], points[index]
        if index % 2:
            if start != end:
                vertices.append(end)
                codes.append(Path.LINETO)
            continue
        middle = (start[0] + end[0]) / 2
        vertices += [(middle, start[1]), (middle, end[1]), end]
        codes += [Path.CURVE4] * 3
    return Path(vertices, codes)


def _pill(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(x, y - 6, legend.SWATCH, 12, fill=PAPER, edge=QUIET, line=0.9, rounding=6)


def _goal_pill(sheet: Sheet, x: float, y: float, fill: str) -> None:
    line = 2.2 if fill == INK else 0.9
    sheet.box(x, y - 6, legend.SWATCH - 4, 12, fill=PAPER, edge=INK, line=line, rounding=6)
    sheet.diamond(x + legend.SWATCH - 4, y, 5, fill=fill)


def _dot(sheet: Sheet, x: float, y: float, fill: str) -> None:
    sheet.ellipse(
        x + legend.SWATCH - 8, y, CHOICE, CHOICE, facecolor=fill, edgecolor=INK, linewidth=1.2, zorder=3
    )


def _line_sample(relation: str) -> Callable[[Sheet, float, float], None]:
    colour, width, style = _LOOKS[relation]

    def draw(sheet: Sheet, x: float, y: float) -> None:
        end = x + legend.SWATCH
        sheet.line((x, end), (y, y), colour=colour, width=width, style=style)
        if relation not in ("ladder", "choice"):
            sheet.polygon([(end, y), (end - 6.5, y - 2.5), (end - 6.5, y + 2.5)], fill=colour)

    return draw
