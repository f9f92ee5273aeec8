"""How each kind of insats looks: a light colour for colour screens and a hatch for everything else.

The colours are light enough for black text (contrast above 7:1) and come from Paul Tol's "light" and
"pale" qualitative schemes, made for colour-blind readers (https://sronpersonalpages.nl/~pault/). Fourteen
hues can't all be told apart by everybody, so no two kinds share a hatch.
"""

from dataclasses import dataclass

from sparplan.charts.hatching import DOT, Strokes
from sparplan.messages import say
from sparplan.scenario import Kind

INK = "#1a1a1a"  # text and marks
QUIET = "#4d4d4d"  # secondary text, still above 7:1 on white
LINE = "#c8c8c8"  # lines that part rows and months
BAND = "#e4e4e4"  # headings of groups
BREAK = "#dcdcdc"  # shading of breaks and holidays
PAPER = "#ffffff"
DASHED = (0, (5, 2.5))  # points drawn and left out


@dataclass(frozen=True, slots=True)
class Look:
    """Fill colour and hatch of a kind."""

    colour: str
    hatch: tuple[Strokes, ...] = ()


LOOKS: dict[Kind, Look] = {
    Kind.SFI: Look("#77aadd"),
    Kind.SVA: Look("#99ddff", (Strokes("-", 3.2, 1.1, (DOT, 3.2)),)),
    Kind.YRKESVUX: Look("#eedd88", (Strokes("/"),)),
    Kind.REGIONAL_YRKESVUX: Look("#ee9977", (Strokes("\\"),)),
    Kind.KOMBINATIONSUTBILDNING: Look("#66c8aa", (Strokes("/"), Strokes("|", 5.7))),
    Kind.LARLING: Look("#bbcc33", (Strokes("/"), Strokes("\\"))),
    Kind.AUB: Look("#ffaabb", (Strokes("|"), Strokes("-"))),
    Kind.VALIDERING: Look("#cfb0d8", (Strokes("-", 2.6, 0.8, (3, 2)),)),
    Kind.FOLKHOGSKOLA: Look("#c2b84a", (Strokes("-", 2.6),)),
    Kind.YRKESSVENSKA: Look("#bbccee", (Strokes("|", 3),)),
    Kind.PRAKTIK: Look("#ccddaa", (Strokes("\\", 3.6, 0.8, (3, 2)),)),
    Kind.INTRODUKTION: Look("#ffe9d6", (Strokes("-", 5.5, 2.4, (DOT, 5.5)),)),
    Kind.STOD: Look("#dddddd", (Strokes("|", 5, 1.2),)),
    Kind.OTHER: Look("#ffffff", (Strokes("/", 8),)),
}


def look_of(kind: str) -> Look:
    """The look of a kind."""
    return LOOKS[Kind(kind)]


def name_of(kind: str) -> str:
    """What a legend calls a kind."""
    return say(f"charts.kind.{kind}")


def paler(colour: str) -> str:
    """A colour halfway to white: what is past."""
    parts = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return "#" + "".join(f"{(part + 255) // 2:02x}" for part in parts)
