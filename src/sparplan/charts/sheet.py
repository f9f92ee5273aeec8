"""A sheet of paper to draw on, in points (1/72 inch) from the upper left corner.

Everything on a chart is placed in these units, so that text can be measured and fitted before it is
drawn. No pyplot: a sheet touches neither its state nor the user's matplotlib settings.
"""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, FancyBboxPatch, Patch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from sparplan.charts.fitting import LOCK, font, plain
from sparplan.charts.hatching import DOT, Strokes, segments
from sparplan.charts.kinds import INK

POINTS_AN_INCH = 72.0
A3 = (16.54 * POINTS_AN_INCH, 11.69 * POINTS_AN_INCH)  # landscape
A4 = (11.69 * POINTS_AN_INCH, 8.27 * POINTS_AN_INCH)
_SETTINGS: Any = {
    "lines.scale_dashes": False,  # dashes in points
    "svg.hashsalt": "sparplan",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "path.simplify": False,
    "text.usetex": False,
    "text.hinting": "none",
}


@contextmanager
def drawing() -> Iterator[None]:
    """Within it, matplotlib draws and saves with sparplan's settings; one thread at a time."""
    with LOCK, matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
        # A character that the font lacks is drawn as a box: better than no chart.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


class Sheet:
    """A figure with one invisible pair of axes that covers it, in points, y downwards.

    Attributes
    ----------
    figure
        The matplotlib figure.
    title, description
        What a screen reader says of it.
    hints
        By graphic id: what a pointer that rests on the graphic is told (in svg).
    """

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / POINTS_AN_INCH, height / POINTS_AN_INCH), facecolor="white")
        FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.set_axis_off()
        self.title = ""
        self.description = ""
        self.hints: dict[str, str] = {}

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = INK,
        align: str = "left",
        plate: str | None = None,
        layer: float = 5,
        name: str | None = None,
    ) -> None:
        """Write one line; `plate` is the colour of a plate behind it, that hides lines and hatches."""
        box = {"boxstyle": "square,pad=0.15", "facecolor": plate, "edgecolor": "none"} if plate else None
        self.axes.text(
            x,
            y,
            plain(text),
            fontproperties=font(size, bold),
            color=colour,
            horizontalalignment=align,
            verticalalignment="center_baseline",
            zorder=layer,
            parse_math=False,
            bbox=box,
            gid=name,
        )

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        edge: str = "none",
        hatch: Sequence[Strokes] = (),
        line: float = 0.6,
        style: Any = "solid",
        layer: float = 2,
        rounding: float = 0,
        name: str | None = None,
    ) -> None:
        """A rectangle; with `rounding` (points) its corners are round."""
        look = {
            "facecolor": fill,
            "edgecolor": edge,
            "linewidth": line if edge != "none" else 0,
            "linestyle": style,
            "zorder": layer,
            "gid": name,
        }
        shape: Patch
        if rounding:
            style_name = f"round,pad=0,rounding_size={rounding}"
            shape = FancyBboxPatch((x, y), width, height, boxstyle=style_name, **look)
        else:
            shape = Rectangle((x, y), width, height, **look)
        self.axes.add_artist(shape)
        for strokes in hatch:
            self._hatch(strokes, (x, y, x + width, y + height), layer + 0.05)

    def _hatch(self, strokes: Strokes, edges: tuple[float, float, float, float], layer: float) -> None:
        points = [point for segment in segments(strokes, *edges) for point in segment]
        if not points:
            return
        path = Path(points, [Path.MOVETO, Path.LINETO] * (len(points) // 2))
        style = "solid" if strokes.dash is None else (sum(strokes.dash) / 2, strokes.dash)
        self.curve(path, width=strokes.width, style=style, layer=layer)

    def dot(self, x: float, y: float, across: float, *, fill: str, name: str | None = None) -> None:
        """A round dot with an outline."""
        drawn = Ellipse(
            (x, y), across, across, facecolor=fill, edgecolor=INK, linewidth=1.2, zorder=3, gid=name
        )
        self.axes.add_artist(drawn)

    def polygon(
        self,
        corners: Sequence[tuple[float, float]],
        *,
        fill: str = INK,
        edge: str = "none",
        line: float = 0.8,
        layer: float = 4,
        name: str | None = None,
    ) -> None:
        """A closed shape."""
        self.axes.add_artist(
            Polygon(list(corners), facecolor=fill, edgecolor=edge, linewidth=line, zorder=layer, gid=name)
        )

    def line(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        *,
        colour: str = INK,
        width: float = 0.8,
        style: Any = "solid",
        layer: float = 1,
    ) -> None:
        """A straight line."""
        drawn = Line2D(x, y, color=colour, linewidth=width, linestyle=style, zorder=layer)
        self.axes.add_artist(drawn)

    def curve(
        self, path: Path, *, colour: str = INK, width: float = 0.8, style: Any = "solid", layer: float = 1
    ) -> None:
        """A line along a path; dashes of length `DOT` become round dots."""
        drawn = PathPatch(
            path, facecolor="none", edgecolor=colour, linewidth=width, linestyle=style, zorder=layer
        )
        drawn.set_capstyle("round" if isinstance(style, tuple) and style[1][0] == DOT else "butt")
        self.axes.add_artist(drawn)

    def diamond(self, x: float, y: float, radius: float, *, fill: str = INK, name: str | None = None) -> None:
        """The mark of a goal."""
        corners = [(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)]
        self.polygon(corners, fill=fill, edge=INK, line=1.0, name=name)
