"""The legend: the kinds of insatser that a chart shows, and its marks, set in lines."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sparplan.charts.fitting import text_width
from sparplan.charts.kinds import BREAK, DASHED, INK, LINE, PAPER, look_of, name_of, paler
from sparplan.charts.sheet import Sheet
from sparplan.messages import say
from sparplan.scenario import Kind

SWATCH = 26.0  # points
GAP = 18.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A sample and its name; `draw` draws the sample around (x, y), x its left edge."""

    label: str
    draw: Callable[[Sheet, float, float], None]


def kind_entries(kinds: Iterable[str]) -> list[Entry]:
    """An entry for each kind, in the contract's order."""
    present = set(map(str, kinds))
    return [_kind_entry(kind) for kind in Kind if str(kind) in present]


def _kind_entry(kind: Kind) -> Entry:
    look = look_of(kind)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(x, y - 6, SWATCH, 12, fill=look.colour, edge=INK, hatch=look.hatch)

    return Entry(name_of(kind), draw)


def goal_entry() -> Entry:
    """The goal's mark."""
    return Entry(say("charts.legend.goal"), lambda sheet, x, y: sheet.diamond(x + SWATCH - 6, y, 5))


def planning_entry() -> Entry:
    """The line of the planning date."""
    return Entry(
        say("charts.legend.planning_date"),
        lambda sheet, x, y: sheet.line((x + 20, x + 20), (y - 7, y + 7), width=1.4, style=DASHED),
    )


def break_entry() -> Entry:
    """The shading of breaks and holidays."""
    return Entry(
        say("charts.legend.break"),
        lambda sheet, x, y: sheet.box(x, y - 6, SWATCH, 12, fill=BREAK, edge=LINE),
    )


def history_entry() -> Entry:
    """The paler look of what began before the planning date."""
    return Entry(
        say("charts.legend.history"),
        lambda sheet, x, y: sheet.box(x, y - 6, SWATCH, 12, fill=paler(look_of(Kind.SFI).colour), edge=INK),
    )


def bridge_entry() -> Entry:
    """The dashed outline of a bridge."""
    return Entry(
        say("charts.legend.bridge"),
        lambda sheet, x, y: sheet.box(
            x + 1, y - 6, SWATCH - 2, 12, fill=PAPER, edge=INK, line=1.3, style=DASHED
        ),
    )


def unplaced_entry() -> Entry:
    """The mark of those without a plan."""
    return Entry(say("charts.legend.unplaced"), lambda sheet, x, y: draw_cross(sheet, x + SWATCH - 6, y, 4))


def draw_cross(sheet: Sheet, x: float, y: float, radius: float) -> None:
    """The mark of those without a plan."""
    sheet.line((x - radius, x + radius), (y - radius, y + radius), width=1.8, layer=4)
    sheet.line((x - radius, x + radius), (y + radius, y - radius), width=1.8, layer=4)


def in_lines(entries: Sequence[Entry], width: float, size: float) -> list[list[Entry]]:
    """Entries set in lines of at most `width` points."""
    lines: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        needed = _width(entry, size)
        if lines[-1] and used + needed > width:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += needed
    return lines if entries else []


def _width(entry: Entry, size: float) -> float:
    return SWATCH + 5 + text_width(entry.label, size) + GAP


def draw_legend(sheet: Sheet, lines: Sequence[Sequence[Entry]], x: float, y: float, size: float) -> None:
    """Draw lines of entries, the first one centred on `y`."""
    for number, line in enumerate(lines):
        at = x
        centre = y + number * line_height(size)
        for entry in line:
            entry.draw(sheet, at, centre)
            sheet.text(at + SWATCH + 5, centre, entry.label, size)
            at += _width(entry, size)


def line_height(size: float) -> float:
    """Points from one line of the legend to the next."""
    return max(2 * size, 17.0)
