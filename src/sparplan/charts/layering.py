"""Layered drawing of a directed graph, left to right (Sugiyama, Tagawa and Toda 1981).

Every node has a class; the columns repeat the classes in turn, so that a column holds nodes of one sort.
Edges that would run in a circle or backwards are turned round for the layout only. Edges from the same
node in the same group share their way until they part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import networkx as nx

SWEEPS = 24
NODE_GAP = 9.0  # points between two nodes of a column
LANE_GAP = 5.0  # points between an edge that passes and its neighbours
STRAIGHT = 8.0  # how much more lanes of one edge pull at each other than nodes do
Key = Any  # anything hashable
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A node's sort (which column of each round of columns it stands in) and size in points."""

    sort: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge; where edges can't all run to the right, those of higher rank give way."""

    source: Key
    target: Key
    group: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """Where an edge passes a column."""

    source: Key
    group: str
    column: int


@dataclass(slots=True)
class Layout:
    """Centres of nodes; for each edge the points that it runs through, from source to target.

    Points come in pairs: the edge runs straight within a pair, and curves from one pair to the next.
    """

    width: float = 0.0
    height: float = 0.0
    centres: dict[Key, Point] = field(default_factory=dict)
    routes: dict[Edge, list[Point]] = field(default_factory=dict)


def layered(shapes: Mapping[Key, Shape], edges: Sequence[Edge], gaps: Sequence[float]) -> Layout:
    """Lay out a graph.

    Parameters
    ----------
    shapes
        The nodes, in the order in which they stand where nothing else decides.
    gaps
        Points to the right of the columns of each sort; their number is the number of sorts.
    """
    sorts = len(gaps)
    turned = _turned(shapes, edges)
    ways = [(edge.target, edge.source) if edge in turned else (edge.source, edge.target) for edge in edges]
    columns = _columns(shapes, ways, sorts)
    lanes: dict[Edge, list[Key]] = {}
    links: dict[tuple[Key, Key], None] = {}
    for edge, (start, end) in zip(edges, ways, strict=True):
        group = f"{edge.group} turned" if edge in turned else edge.group
        between = range(columns[start] + 1, columns[end])
        stops: list[Key] = [start, *(Lane(start, group, column) for column in between), end]
        lanes[edge] = stops
        links.update(dict.fromkeys(pairwise(stops)))
    table: list[list[Key]] = [[] for _ in range(max(columns.values(), default=0) + 1)]
    for node in shapes:
        table[columns[node]].append(node)
    for stop in dict.fromkeys(stop for stops in lanes.values() for stop in stops):
        if isinstance(stop, Lane):
            table[stop.column].append(stop)
    before, after = _neighbours(links)
    table = _ordered(table, before, after, links)
    ys = _heights(table, before, after, shapes)
    layout, spans = _placed(table, ys, shapes, gaps)
    for edge, stops in lanes.items():
        points = _route(stops, layout.centres, shapes, ys, spans)
        layout.routes[edge] = points[::-1] if edge in turned else points
    return layout


def _turned(shapes: Mapping[Key, Shape], edges: Iterable[Edge]) -> set[Edge]:
    """The edges to turn round, so that the rest has no circle; the lowest rank goes first."""
    graph: nx.DiGraph[Key] = nx.DiGraph()
    graph.add_nodes_from(shapes)
    turned = set()
    for edge in sorted(edges, key=lambda edge: edge.rank):
        if nx.has_path(graph, edge.target, edge.source):
            turned.add(edge)
            graph.add_edge(edge.target, edge.source)
        else:
            graph.add_edge(edge.source, edge.target)
    return turned


def _columns(shapes: Mapping[Key, Shape], ways: Iterable[tuple[Key, Key]], sorts: int) -> dict[Key, int]:
    """The column of each node: as far left as its predecessors allow, sources close to what they lead to."""
    graph: nx.DiGraph[Key] = nx.DiGraph()
    graph.add_nodes_from(shapes)
    graph.add_edges_from(ways)

    def length(start: Key, end: Key) -> int:
        return (shapes[end].sort - shapes[start].sort) % sorts or sorts

    order = list(nx.lexicographical_topological_sort(graph, key=list(shapes).index))
    columns: dict[Key, int] = {}
    for node in order:
        earlier = [columns[start] + length(start, node) for start in graph.predecessors(node)]
        columns[node] = max(earlier, default=shapes[node].sort)
    for node in reversed(order):
        if graph.in_degree(node) < graph.out_degree(node):
            columns[node] = min(columns[end] - length(node, end) for end in graph.successors(node))
    return columns


def _neighbours(links: Iterable[tuple[Key, Key]]) -> tuple[dict[Key, list[Key]], dict[Key, list[Key]]]:
    before: dict[Key, list[Key]] = {}
    after: dict[Key, list[Key]] = {}
    for start, end in links:
        after.setdefault(start, []).append(end)
        before.setdefault(end, []).append(start)
    return before, after


def _ordered(
    table: list[list[Key]],
    before: Mapping[Key, list[Key]],
    after: Mapping[Key, list[Key]],
    links: Iterable[tuple[Key, Key]],
) -> list[list[Key]]:
    """The order within each column with the fewest crossings that barycentre sweeps find."""
    links = list(links)
    best, fewest = table, _crossings(table, links)
    for sweep in range(SWEEPS):
        forth = sweep % 2 == 0
        near = before if forth else after
        table = [list(column) for column in table]
        indexes = range(len(table)) if forth else range(len(table) - 1, -1, -1)
        place: dict[Key, float] = {}
        for index in indexes:
            column = table[index]
            old = {key: number for number, key in enumerate(column)}
            wish = {key: _mean([place[each] for each in near.get(key, ())], old[key]) for key in column}
            column.sort(key=lambda key, wish=wish, old=old: (wish[key], old[key]))  # type: ignore[misc]  # defaults bind the loop
            size = max(len(column), 1)
            place.update({key: (number + 0.5) / size * 100 for number, key in enumerate(column)})
        crossings = _crossings(table, links)
        if crossings < fewest:
            best, fewest = table, crossings
    return best


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _crossings(table: Sequence[Sequence[Key]], links: Iterable[tuple[Key, Key]]) -> int:
    """Number of pairs of links that cross."""
    rank = {key: (column, number) for column, keys in enumerate(table) for number, key in enumerate(keys)}
    by_column: dict[int, list[tuple[int, int]]] = {}
    for start, end in links:
        by_column.setdefault(rank[start][0], []).append((rank[start][1], rank[end][1]))
    crossings = 0
    for pairs in by_column.values():
        pairs.sort()
        ends = [end for _, end in pairs]
        crossings += sum(ends[i] > ends[j] for i in range(len(ends)) for j in range(i + 1, len(ends)))
    return crossings


def _heights(
    table: Sequence[Sequence[Key]],
    before: Mapping[Key, list[Key]],
    after: Mapping[Key, list[Key]],
    shapes: Mapping[Key, Shape],
) -> dict[Key, float]:
    """The y of every node and lane, near its neighbours, in order and without overlaps."""
    ys: dict[Key, float] = {}
    for column in table:
        offsets = _offsets(column, shapes)
        middle = (offsets[-1] / 2) if offsets else 0.0
        ys.update({key: offset - middle for key, offset in zip(column, offsets, strict=True)})
    for sweep in range(SWEEPS):
        last = sweep >= SWEEPS - 2
        for column in table if sweep % 2 == 0 else reversed(table):
            offsets = _offsets(column, shapes)
            free = []
            for key, offset in zip(column, offsets, strict=True):
                near = [] if sweep % 2 and not last else before.get(key, [])
                near = near + ([] if not sweep % 2 and not last else after.get(key, []))
                free.append(_wish(key, near, ys) - offset)
            ys.update(
                {key: y + offset for key, y, offset in zip(column, _rising(free), offsets, strict=True)}
            )
    top = min((ys[key] - _height(key, shapes) / 2 for key in ys), default=0.0)
    return {key: y - top for key, y in ys.items()}


def _wish(key: Key, near: Sequence[Key], ys: Mapping[Key, float]) -> float:
    """Where a node or lane would like to be; lanes pull each other straight."""
    if not near:
        return ys[key]
    pulls = [STRAIGHT if isinstance(key, Lane) and isinstance(each, Lane) else 1.0 for each in near]
    return sum(pull * ys[each] for pull, each in zip(pulls, near, strict=True)) / sum(pulls)


def _height(key: Key, shapes: Mapping[Key, Shape]) -> float:
    return 0.0 if isinstance(key, Lane) else shapes[key].height


def _offsets(column: Sequence[Key], shapes: Mapping[Key, Shape]) -> list[float]:
    """The least y of each of a column, the first being at 0."""
    offsets: list[float] = []
    for index, key in enumerate(column):
        if not index:
            offsets.append(0.0)
            continue
        last = column[index - 1]
        gap = LANE_GAP if isinstance(key, Lane) or isinstance(last, Lane) else NODE_GAP
        offsets.append(offsets[-1] + (_height(last, shapes) + _height(key, shapes)) / 2 + gap)
    return offsets


def _rising(wishes: Sequence[float]) -> list[float]:
    """The nearest non-falling numbers to the wishes (isotonic regression: pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for wish in wishes:
        total, count = wish, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            total, count = total + pools[-1][0], count + pools[-1][1]
            pools.pop()
        pools.append((total, count))
    return [total / count for total, count in pools for _ in range(count)]


def _placed(
    table: Sequence[Sequence[Key]],
    ys: Mapping[Key, float],
    shapes: Mapping[Key, Shape],
    gaps: Sequence[float],
) -> tuple[Layout, list[tuple[float, float]]]:
    """The nodes in their columns, and the left and right x of each column."""
    layout = Layout()
    spans: list[tuple[float, float]] = []
    x = 0.0
    for number, column in enumerate(table):
        width = max((shapes[key].width for key in column if not isinstance(key, Lane)), default=0.0)
        spans.append((x, x + width))
        layout.width = max(layout.width, x + width)
        for key in column:
            layout.height = max(layout.height, ys[key] + _height(key, shapes) / 2)
            if not isinstance(key, Lane):
                layout.centres[key] = (x + width / 2, ys[key])
        x += width + (gaps[number % len(gaps)] if width else 0.0)
    return layout, spans


def _route(
    stops: Sequence[Key],
    centres: Mapping[Key, Point],
    shapes: Mapping[Key, Shape],
    ys: Mapping[Key, float],
    spans: Sequence[tuple[float, float]],
) -> list[Point]:
    """The points of an edge, from left to right."""
    start, end = stops[0], stops[-1]
    points = [(centres[start][0] + shapes[start].width / 2, ys[start])] * 2
    for lane in stops[1:-1]:
        left, right = spans[lane.column]
        if right > left:  # nothing stands in the way in a column without nodes
            points += [(left, ys[lane]), (right, ys[lane])]
    return points + [(centres[end][0] - shapes[end].width / 2, ys[end])] * 2
