"""A sheet of paper to draw on, in points (1/72 inch) from the upper left corner.

Everything on a chart is placed in these units, so that text can be measured and fitted before it is
drawn. No pyplot: a sheet touches neither its state nor the user's matplotlib settings.
"""

import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, FancyBboxPatch, Patch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from sparplan.charts.hatching import DOT, Strokes, segments
from sparplan.charts.kinds import INK

POINTS_AN_INCH = 72.0
A3 = (16.54 * POINTS_AN_INCH, 11.69 * POINTS_AN_INCH)  # landscape
A4 = (11.69 * POINTS_AN_INCH, 8.27 * POINTS_AN_INCH)
FONT = "DejaVu Sans"  # comes with matplotlib, so that every machine draws the same
_SETTINGS: dict[str, Any] = {
    "lines.scale_dashes": False,  # dashes in points
    "svg.hashsalt": "sparplan",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "path.simplify": False,
    "text.usetex": False,
    "text.hinting": "none",
    "text.hinting_factor": 1,
}
_NUMBER_AND_UNIT = re.compile(r"(\d) (\w{1,2})\b")  # not parted at a line's end
_lock = threading.RLock()


@contextmanager
def drawing() -> Iterator[None]:
    """Within it, matplotlib draws and saves with sparplan's settings; one thread at a time."""
    with _lock, matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
        # A character that the font lacks is drawn as a box: better than no chart.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


@cache
def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")


@lru_cache(maxsize=65536)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of a text in points."""
    if not text:
        return 0.0
    with _lock:
        width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, bold), ismath=False)
    return float(width)


def plain(text: str) -> str:
    """Text on one line, with nothing in it that can't be drawn."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def shortened(text: str, width: float, size: float, *, bold: bool = False, least: int = 4) -> str:
    """The text, or as much of it as fits with an ellipsis; empty if fewer than `least` letters fit."""
    if text_width(text, size, bold) <= width:
        return text
    low, high = 0, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(" ,.-(") + "…" if low >= least else ""


def wrapped(text: str, width: float, size: float, *, most: int, bold: bool = False) -> list[str]:
    """The text on at most `most` lines, overlong words hyphenated, the last line shortened if need be."""
    text = _NUMBER_AND_UNIT.sub("\\1\u00a0\\2", " ".join(text.split()))
    words = [part for word in text.split(" ") for part in _hyphenated(word, width, size, bold)]
    lines: list[str] = []
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size, bold) <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    if words:
        lines.append(shortened(" ".join(words), width, size, bold=bold, least=1))
    return [line for line in lines if line]


_VOWELS = frozenset("aeiouyåäöéü")
_ONSETS = ("skr", "spr", "str", "sk", "sp", "st", "tr", "kr", "br", "dr", "gr", "pr", "fr", "pl", "kl", "bl")
_LEAST_PART = 4  # letters


def _hyphenated(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word in parts that fit; a guess at Swedish compounds and syllables, not a dictionary."""
    parts = []
    while text_width(word, size, bold) > width:
        fitting = [at for at in range(1, len(word)) if text_width(word[:at] + "-", size, bold) <= width]
        inside = [at for at in fitting if _LEAST_PART <= at <= len(word) - _LEAST_PART]
        syllables = [at for at in inside if _begins_syllable(word.lower(), at)]
        after_s = [at for at in syllables if word[at - 1] == "s"]  # livsmedels-hygien
        after_hyphen = [at for at in fitting if word[at - 1] == "-"]
        best = max(after_hyphen or after_s or syllables or inside or fitting, default=0)
        if not best:
            break
        parts.append(word[:best] + ("" if word[best - 1] == "-" else "-"))
        word = word[best:]
    return [*parts, word]


def _begins_syllable(word: str, at: int) -> bool:
    """Whether a vowel's consonant, or the usual pair of consonants before a vowel, begins here."""
    if word[at] in _VOWELS:
        return False
    end = at
    while end < len(word) and word[end] not in _VOWELS:
        end += 1
    onset = word[at:end]
    if end == len(word) or (len(onset) > 1 and onset not in _ONSETS):
        return False
    return not any(word[at - cut : end] in _ONSETS for cut in (1, 2) if at >= cut)


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
        vertical: str = "center_baseline",
        plate: str | None = None,
        rotation: float = 0,
        layer: float = 5,
        name: str | None = None,
    ) -> None:
        """Write one line; `plate` is the colour of a plate behind it, that hides lines and hatches."""
        box = {"boxstyle": "square,pad=0.15", "facecolor": plate, "edgecolor": "none"} if plate else None
        self.axes.text(
            x,
            y,
            plain(text),
            fontproperties=_font(size, bold),
            color=colour,
            horizontalalignment=align,
            verticalalignment=vertical,
            rotation=rotation,
            rotation_mode="anchor",
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

    def ellipse(
        self, x: float, y: float, width: float, height: float, *, name: str | None = None, **look: Any
    ) -> None:
        """An ellipse around its centre."""
        self.axes.add_artist(Ellipse((x, y), width, height, gid=name, **look))

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
