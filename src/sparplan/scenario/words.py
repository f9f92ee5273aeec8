"""The closed lists of words that a scenario's cells hold."""

from collections.abc import Callable
from enum import StrEnum

from sparplan.cells import fault, shown, text_of


class Kind(StrEnum):
    """Kinds of insatser."""

    SFI = "sfi"
    SVA = "sva"
    YRKESVUX = "yrkesvux"
    REGIONAL_YRKESVUX = "regional_yrkesvux"
    KOMBINATIONSUTBILDNING = "kombinationsutbildning"
    LARLING = "larling"
    AUB = "aub"
    VALIDERING = "validering"
    FOLKHOGSKOLA = "folkhogskola"
    YRKESSVENSKA = "yrkessvenska"
    PRAKTIK = "praktik"
    INTRODUKTION = "introduktion"
    STOD = "stod"
    OTHER = "other"


class Organiser(StrEnum):
    """Who holds an insats."""

    KOMMUN = "kommun"
    REGION = "region"
    AF = "af"
    FOLKHOGSKOLA = "folkhogskola"
    EMPLOYER = "employer"
    OTHER = "other"


class Mode(StrEnum):
    """Ways to travel."""

    CAR = "car"
    PUBLIC = "public"
    BIKE = "bike"


class Form(StrEnum):
    """Where a round is held."""

    ON_SITE = "on_site"
    DISTANCE = "distance"
    HYBRID = "hybrid"


class Intake(StrEnum):
    """Fixed dates, or a start every so many weeks (löpande intag)."""

    FIXED = "fixed"
    ROLLING = "rolling"


class ProfileType(StrEnum):
    """What a kompetensprofil's row asks for: required, or a merit."""

    KRAV = "krav"
    MERITERANDE = "meriterande"


def one_of(choices: type[StrEnum] | tuple[str, ...]) -> Callable[[object], str]:
    """A parser of one of a closed list of words."""
    words = tuple(str(choice) for choice in choices)

    def parser(value: object) -> str:
        text = text_of(value)
        if text not in words:
            raise fault("unknown_word", value=shown(text), words=", ".join(words))
        return text

    return parser
