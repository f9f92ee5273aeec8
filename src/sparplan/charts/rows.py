"""What the rows of a Gantt chart hold, before anything is drawn: groups, lanes, heights, pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sparplan.kedjor import Insatskedja, Step
from sparplan.messages import say
from sparplan.scenario import Scenario

FULL_TIME = 100
LEAST_LANE = 15  # percent: a step of lower pace is still drawn this high, to be seen
HEADING_UNITS = 0.6  # height of a group's heading, in rows


@dataclass(frozen=True, slots=True)
class Bar:
    """A step and where it lies within its row, in percent of full time from the row's foot."""

    step: Step
    foot: int
    height: int


@dataclass(frozen=True, slots=True)
class Row:
    """One participant's row; `top` is the highest point of its bars, at least full time."""

    kedja: Insatskedja
    bars: tuple[Bar, ...]
    top: int

    @property
    def units(self) -> float:
        """Height, where an ordinary row is 1."""
        return self.top / FULL_TIME


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading: a track, or those without a plan (`track` None).

    Attributes
    ----------
    size
        Participants of the whole group, also on other pages.
    continued
        Whether the group began on an earlier page.
    """

    track: str | None
    heading: str
    rows: tuple[Row, ...]
    size: int
    continued: bool = False


def stacked(steps: Iterable[Step]) -> tuple[Bar, ...]:
    """Place steps so that those in progress on the same day lie above one another, height by pace.

    Each step, in order of start, goes to the lowest place that is free all its days. Of a few orders
    among steps that start together the one with the lowest pile is kept.
    """
    steps = tuple(steps)
    tries = [
        _piled(sorted(steps, key=lambda step: (step.start, -step.end.toordinal(), step.round))),
        _piled(sorted(steps, key=lambda step: (step.start, -step.pace, step.round))),
        _piled(sorted(steps, key=lambda step: (step.start.toordinal() - step.end.toordinal(), step.round))),
    ]
    best = min(tries, key=_top)
    return tuple(sorted(best, key=lambda bar: (bar.step.start, bar.foot)))


def _piled(steps: Sequence[Step]) -> list[Bar]:
    bars: list[Bar] = []
    for step in steps:
        height = max(step.pace, LEAST_LANE)
        beside = sorted(
            (bar.foot, bar.foot + bar.height)
            for bar in bars
            if bar.step.start <= step.end and step.start <= bar.step.end
        )
        foot = 0
        for low, high in beside:
            if foot + height <= low:
                break
            foot = max(foot, high)
        bars.append(Bar(step, foot, height))
    return bars


def _top(bars: Iterable[Bar]) -> int:
    return max((bar.foot + bar.height for bar in bars), default=0)


def row_of(kedja: Insatskedja) -> Row:
    """The row of one participant."""
    bars = stacked(kedja.steps)
    return Row(kedja, bars, max(FULL_TIME, _top(bars)))


def groups_of(scenario: Scenario, kedjor: Sequence[Insatskedja]) -> tuple[Group, ...]:
    """Rows by track in the scenario's order, each by first day; those without a plan last."""
    groups = []
    for track in scenario.tracks:
        placed = [kedja for kedja in kedjor if kedja.placed and kedja.track == track.track]
        if placed:
            placed.sort(key=lambda kedja: (kedja.start or date.min, kedja.end or date.min, kedja.participant))
            groups.append(Group(track.track, track.name, tuple(map(row_of, placed)), len(placed)))
    unplaced = sorted((kedja for kedja in kedjor if not kedja.placed), key=lambda kedja: kedja.participant)
    if unplaced:
        heading = say("charts.unplaced_heading")
        groups.append(Group(None, heading, tuple(map(row_of, unplaced)), len(unplaced)))
    return tuple(groups)


def paged(groups: Iterable[Group], units_a_page: float) -> tuple[tuple[Group, ...], ...]:
    """Groups dealt out over pages, none higher than `units_a_page` unless one row alone is.

    A group that doesn't fit goes on under the same heading on the next page; a heading never stands
    alone at the foot of a page.
    """
    pages: list[list[Group]] = [[]]
    used = 0.0
    for group in groups:
        rest = list(group.rows)
        while rest:
            room = units_a_page - used - HEADING_UNITS
            count = 0
            while count < len(rest) and rest[count].units <= room + 1e-9:
                room -= rest[count].units
                count += 1
            if not count and pages[-1]:
                pages.append([])
                used = 0.0
                continue
            part = rest[: max(1, count)]
            rest = rest[len(part) :]
            continued = part[0] is not group.rows[0]
            pages[-1].append(replace(group, rows=tuple(part), continued=continued))
            used += HEADING_UNITS + sum(row.units for row in part)
    return tuple(tuple(page) for page in pages if page)


def balanced(groups: Sequence[Group], units_a_page: float) -> tuple[tuple[Group, ...], ...]:
    """As `paged`, on no more pages than that takes, but about equally full."""
    pages = paged(groups, units_a_page)
    limit = units_of(groups) / max(len(pages), 1)
    while limit < units_a_page:
        even = paged(groups, limit)
        if len(even) <= len(pages):
            return even
        limit += HEADING_UNITS
    return pages


def units_of(groups: Iterable[Group]) -> float:
    """Height of groups with their headings, in rows."""
    return sum(HEADING_UNITS + sum(row.units for row in group.rows) for group in groups)
