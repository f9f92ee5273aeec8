"""The insatsgraf as a picture: layered from left to right, a box an insats, a pill a kompetens level."""

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.path import Path

from sparplan.charts import legend
from sparplan.charts.choosing import check_track
from sparplan.charts.fitting import shortened, wrapped
from sparplan.charts.graph_legend import CHOICE, EDGE_LOOKS, edge_look, graph_entries
from sparplan.charts.kinds import DASHED, INK, PAPER, QUIET, look_of
from sparplan.charts.layering import Edge, Layout, Point, Shape, layered
from sparplan.charts.requirements import KRAV, in_sentences, is_given, node_name, picture_graph, stages
from sparplan.charts.sheet import A3, Sheet, drawing
from sparplan.insatsgraf import Node
from sparplan.messages import say
from sparplan.scenario import Scenario

MARGIN = 30.0
TITLE_HEIGHT = 60.0
SORTS = {"insats": 0, "level": 1, "either": 2}
GAPS = (30.0, 24.0, 20.0)  # points behind a column of insatser, of levels, of choices
BOX_WIDTH, PILL_WIDTH = 106.0, 90.0
SPINE = 11.0  # points: the hatched left end of an insats's box
BOX_SIZE, PILL_SIZE, LEGEND_SIZE = 11.0, 10.5, 11.5
LINE_HEIGHT = 1.22
MOST_LINES = 4
ARROW = 5.0
LONE_GAP = 10.0


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
        self.lines = {node: self._text_lines(node) for node in self.graph}

    def sheet(self) -> Sheet:
        lone = [node for node in self.graph if not self.graph.degree(node)]
        layout = self._layout()
        width = max(layout.width + 2 * MARGIN, A3[0])
        entries = legend.in_lines(
            graph_entries(self.scenario, self.graph, self.track), width - 2 * MARGIN, LEGEND_SIZE
        )
        rows = self._lone_rows(lone, width - 2 * MARGIN)
        lone_height = sum(self._row_height(row) + LONE_GAP for row in rows) + (30 if rows else 0)
        below = lone_height + 24 + len(entries) * legend.line_height(LEGEND_SIZE) + MARGIN
        top = MARGIN + TITLE_HEIGHT
        height = max(top + layout.height + below, A3[1] / 2)
        sheet = Sheet(width, height)
        self._title(sheet)
        corner = ((width - layout.width) / 2, top + (height - top - below - layout.height) / 2)
        for edge in layout.routes:
            self._draw_edge(sheet, layout, edge, corner)
        for node, (x, y) in layout.centres.items():
            self._draw_node(sheet, node, corner[0] + x, corner[1] + y)
        self._draw_lone(sheet, rows, height - below + 8)
        y = height - MARGIN - (len(entries) - 0.5) * legend.line_height(LEGEND_SIZE)
        legend.draw_legend(sheet, entries, MARGIN, y, LEGEND_SIZE)
        sentences = in_sentences(self.scenario, self.graph)
        sheet.description = " ".join([say("charts.graph.how_to_read"), *sentences])
        return sheet

    def _layout(self) -> Layout:
        linked = [node for node in self.graph if self.graph.degree(node)]
        stage = stages(self.graph)
        edges = []
        for start, end, data in self.graph.edges(data=True):
            relation = data["relation"]
            # What is needed decides first, then what is given, by stage; the rest says no "before".
            if relation == "requires" or (relation == "choice" and end[2] == "requires"):
                rank = 0
            else:
                rank = 1 + stage[start] if relation == "provides" else 2 + len(self.graph)
            edges.append(Edge(start, end, relation, rank))
        return layered({node: self._shape(node) for node in linked}, edges, GAPS)

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
            level = [(shortened(str(node[2]), PILL_WIDTH - 16, PILL_SIZE, bold=True, least=1), True)]
            return [(line, False) for line in lines] + (level if len(row.levels) > 1 else [])
        return []

    def _shape(self, node: Node) -> Shape:
        sort = SORTS[str(node[0])]
        if node[0] == "either":
            return Shape(sort, CHOICE, CHOICE)
        size, width = (BOX_SIZE, BOX_WIDTH) if node[0] == "insats" else (PILL_SIZE, PILL_WIDTH)
        return Shape(sort, width, max(len(self.lines[node]), 1) * LINE_HEIGHT * size + 9)

    def _draw_node(self, sheet: Sheet, node: Node, x: float, y: float) -> None:
        name = _name(node)
        if node[0] == "either":
            fill = PAPER if self.graph.nodes[node].get("open") else INK
            sheet.dot(x, y, CHOICE, fill=fill, name=name)
            return
        shape = self._shape(node)
        left, top = x - shape.width / 2, y - shape.height / 2
        if node[0] == "insats":
            look = look_of(self.scenario.insats_by_id[str(node[1])].kind)
            sheet.box(left, top, shape.width, shape.height, fill=look.colour, edge=INK, layer=3, name=name)
            sheet.box(left, top, SPINE, shape.height, fill=look.colour, edge=INK, hatch=look.hatch, layer=3.1)
            x += SPINE / 2
        else:
            self._draw_pill(sheet, node, left, top)
        size = BOX_SIZE if node[0] == "insats" else PILL_SIZE
        lines = self.lines[node]
        for number, (line, bold) in enumerate(lines):
            line_y = y + (number - (len(lines) - 1) / 2) * LINE_HEIGHT * size
            sheet.text(x, line_y, line, size, bold=bold, align="center")
        sheet.hints[name] = node_name(self.scenario, node)

    def _draw_pill(self, sheet: Sheet, node: Node, left: float, top: float) -> None:
        shape = self._shape(node)
        goal = self.graph.nodes[node].get("goal")
        given = is_given(self.graph, node)
        sheet.box(
            left,
            top,
            shape.width,
            shape.height,
            fill=PAPER,
            edge=INK if goal or not given else QUIET,
            line=2.2 if goal == KRAV else 0.9,
            style="solid" if given else DASHED,
            rounding=min(shape.height / 2, 11),
            layer=3,
            name=_name(node),
        )
        if goal:
            sheet.diamond(left + shape.width, top + shape.height / 2, 5, fill=INK if goal == KRAV else PAPER)

    def _draw_edge(self, sheet: Sheet, layout: Layout, edge: Edge, corner: Point) -> None:
        colour, width, style = EDGE_LOOKS[edge_look(edge.target, edge.group)]
        points = [(corner[0] + x, corner[1] + y) for x, y in layout.routes[edge]]
        has_arrow = edge.group != "ladder" and edge.target[0] != "either"
        if has_arrow:
            (x, y), way = points[-1], 1 if points[-1][0] > points[0][0] else -1
            points[-2:] = [(x - way * ARROW, y)] * 2
            back = x - way * ARROW * 1.3
            sheet.polygon([(x, y), (back, y - ARROW / 2), (back, y + ARROW / 2)], fill=colour, layer=2)
        sheet.curve(_smooth(points), colour=colour, width=width, style=style, layer=1.5 if has_arrow else 1.2)

    def _lone_rows(self, lone: Sequence[Node], width: float) -> list[Sequence[Node]]:
        a_row = max(1, int((width + LONE_GAP) / (BOX_WIDTH + LONE_GAP)))
        return [lone[start : start + a_row] for start in range(0, len(lone), a_row)]

    def _row_height(self, row: Sequence[Node]) -> float:
        return max(self._shape(node).height for node in row)

    def _draw_lone(self, sheet: Sheet, rows: Sequence[Sequence[Node]], y: float) -> None:
        """What neither needs nor gives anything, below the rest."""
        if not rows:
            return
        sheet.text(MARGIN, y, say("charts.graph.lone"), LEGEND_SIZE, bold=True)
        y += 14
        for row in rows:
            for number, node in enumerate(row):
                x = MARGIN + number * (BOX_WIDTH + LONE_GAP) + self._shape(node).width / 2
                self._draw_node(sheet, node, x, y + self._row_height(row) / 2)
            y += self._row_height(row) + LONE_GAP


def _name(node: Node) -> str:
    """The id of a node in a picture."""
    return "-".join(map(str, node))


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
