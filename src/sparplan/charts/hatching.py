"""Hatches drawn as plain lines, cut at the edges of a box.

Matplotlib's own hatches are tiles of bitmaps or patterns: large in svg, blurred when a browser prints
them, and out of step with the box. Lines stay sharp and small everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

Point = tuple[float, float]
DOT = 0.1  # points; not 0, which some renderers leave out


@dataclass(frozen=True, slots=True)
class Strokes:
    r"""Parallel lines.

    Attributes
    ----------
    direction
        One of `/`, `\`, `|`, `-`.
    spacing
        Points between two lines.
    width
        Points.
    dash
        Points drawn and points left out; a first length of `DOT` gives round dots.
    """

    direction: str
    spacing: float = 4.0
    width: float = 0.55
    dash: tuple[float, float] | None = None


def segments(
    strokes: Strokes, left: float, top: float, right: float, bottom: float
) -> Iterator[tuple[Point, Point]]:
    """The lines within a box, y downwards."""
    gap = strokes.spacing
    match strokes.direction:
        case "-":
            for y in _steps(top, bottom, gap):
                yield (left, y), (right, y)
        case "|":
            for x in _steps(left, right, gap):
                yield (x, top), (x, bottom)
        case "/":  # x + y is the same along a line
            for total in _steps(left + top, right + bottom, gap * sqrt(2)):
                low, high = max(left, total - bottom), min(right, total - top)
                yield (low, total - low), (high, total - high)
        case "\\":  # x - y is the same along a line
            for total in _steps(left - bottom, right - top, gap * sqrt(2)):
                low, high = max(left, total + top), min(right, total + bottom)
                yield (low, low - total), (high, high - total)
        case _:
            raise ValueError(strokes.direction)


def _steps(first: float, last: float, gap: float) -> Iterator[float]:
    """Positions between two ends, centred, at least one."""
    if last <= first:
        return
    count = max(1, int((last - first) / gap))
    start = (first + last - (count - 1) * gap) / 2
    yield from (start + number * gap for number in range(count))
