"""What made-up regions draw on: trades, and the short courses that several trades ask for."""

from dataclasses import dataclass
from typing import Literal

SVENSKA = ("sfi-A", "sfi-B", "sfi-C", "sfi-D", "sva-grund")

KOMPETENSER: dict[str, tuple[str, tuple[str, ...]]] = {
    "svenska": ("Svenska", SVENSKA),
    "sva_delkurs": ("Svenska som andraspråk, delkurser", ()),
    "introduktion": ("Introduktion till jobbspår", ()),
    "digital": ("Digital grund", ()),
    "korkortsteori": ("Körkortsteori", ()),
    "b_korkort": ("Körkort B", ()),
    "arbetsmiljo": ("Arbetsmiljö och säkerhet", ()),
    "ritning": ("Ritning och mätning", ()),
    "truck": ("Truck", ("A", "AB")),
    "hygien_vard": ("Basal hygien i vården", ()),
    "hygien_livsmedel": ("Livsmedelshygien", ()),
    "hlr": ("Hjärt-lungräddning", ()),
    "heta_arbeten": ("Heta arbeten", ()),
    "esa": ("ESA Instruerad person", ()),
}
"""Name and levels of the kompetenser beside those of the trades; no levels: `ja` alone."""

TRADE_LEVELS = ("1", "2", "3")  # tried, asked for, specialised


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade, and what its employers ask for.

    Attributes
    ----------
    swedish
        Level of `svenska` that is krav.
    krav
        Short courses whose kompetens is krav, beside level 2 of the trade.
    merits
        Kompetenser that count for the better, with their weights.
    periods
        Ten-week periods that the full-time course takes.
    extras
        Ways beside the usual: kombinationsutbildning, lärling, yrkessvenska, a specialising course.
    """

    trade: str
    job: str
    subject: str
    employer: str
    swedish: str
    krav: tuple[str, ...]
    merits: tuple[tuple[str, int], ...] = ()
    periods: int = 2
    extras: tuple[Literal["kombo", "larling", "yrkessvenska", "fordjupning"], ...] = ()


TRADES = (
    Trade("lager", "Lagerarbetare", "lager och logistik", "Lager och åkeri", "sfi-C",
          ("truck", "arbetsmiljo"), (("digital", 2), ("b_korkort", 1)), 2, ("yrkessvenska",)),
    Trade("kok", "Måltidsbiträde", "kök och servering", "Kommunens måltidsservice", "sfi-C",
          ("hygien_livsmedel",), (("b_korkort", 1),), 2, ("kombo",)),
    Trade("cnc", "CNC-operatör", "skärande bearbetning", "Underleverantör till verkstadsindustrin", "sfi-C",
          ("arbetsmiljo", "ritning"), (("truck", 1),), 3, ("larling", "fordjupning")),
    Trade("lokalvard", "Lokalvårdare", "lokalvård", "Kommunens städenhet", "sfi-B", ("arbetsmiljo",),
          (("hygien_vard", 1), ("b_korkort", 2)), 1, ("kombo",)),
    Trade("vard", "Vårdbiträde", "vård och omsorg", "Kommunens äldreomsorg", "sfi-D", ("hygien_vard", "hlr"),
          (("b_korkort", 2), ("digital", 1)), 3, ("yrkessvenska", "kombo")),
    Trade("svets", "Svetsare", "svets", "Mekanisk verkstad", "sfi-C", ("ritning", "heta_arbeten"),
          (("truck", 1), ("b_korkort", 1)), 3, ("fordjupning",)),
    Trade("fastighet", "Fastighetsskötare", "fastighetsskötsel", "Bostadsbolag", "sfi-C",
          ("arbetsmiljo", "b_korkort"), (("esa", 2), ("heta_arbeten", 1)), 3, ("larling",)),
    Trade("plast", "Plastoperatör", "formsprutning", "Plastindustri", "sfi-B", ("arbetsmiljo",),
          (("truck", 1), ("ritning", 1)), 2, ("larling",)),
    Trade("barn", "Barnskötare", "barn och fritid", "Kommunens förskolor", "sfi-D", ("hlr",),
          (("digital", 1),), 4, ("yrkessvenska",)),
    Trade("bygg", "Byggarbetare", "bygg", "Byggföretag", "sfi-C", ("arbetsmiljo", "heta_arbeten"),
          (("b_korkort", 2), ("ritning", 1)), 3, ("larling", "fordjupning")),
    Trade("butik", "Butiksmedarbetare", "handel", "Butik", "sfi-C", ("digital",), (("truck", 1),), 2,
          ("yrkessvenska",)),
    Trade("tra", "Snickeriarbetare", "träteknik", "Möbelindustri", "sfi-B", ("arbetsmiljo", "ritning"),
          (("truck", 1),), 2, ("fordjupning",)),
    Trade("tvatt", "Tvätteriarbetare", "tvätteri", "Tvätteri", "sfi-B", ("hygien_vard",),
          (("truck", 1),), 1, ("kombo",)),
    Trade("anlaggning", "Anläggningsarbetare", "anläggning", "Anläggningsföretag", "sfi-C", ("arbetsmiljo",),
          (("b_korkort", 3), ("heta_arbeten", 1)), 3, ("larling",)),
    Trade("bageri", "Bageriarbetare", "bageri", "Bageri", "sfi-C", ("hygien_livsmedel", "arbetsmiljo"),
          (("truck", 1),), 2, ("larling", "fordjupning")),
    Trade("gront", "Trädgårdsarbetare", "trädgård", "Kommunens parkenhet", "sfi-B", ("arbetsmiljo",),
          (("b_korkort", 2),), 2, ("kombo",)),
    Trade("montering", "Montör", "montering", "Tillverkande företag", "sfi-B", ("arbetsmiljo", "truck"),
          (("ritning", 2),), 1, ("yrkessvenska",)),
    Trade("reception", "Receptionist", "hotell och reception", "Hotell", "sfi-D", ("digital",),
          (("hlr", 1),), 2, ("yrkessvenska", "fordjupning")),
    Trade("dack", "Däckmontör", "däck och fordonsservice", "Verkstad", "sfi-C", ("arbetsmiljo",),
          (("b_korkort", 2), ("truck", 1)), 2, ("larling",)),
    Trade("livsmedel", "Livsmedelsarbetare", "livsmedelsindustri", "Livsmedelsindustri", "sfi-B",
          ("hygien_livsmedel",), (("truck", 2),), 2, ("kombo",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Module:
    """A short course that gives one kompetens and serves several trades."""

    kompetens: str
    name: str
    level: str
    swedish: str | None
    pace: int
    weeks: int
    cost: int
    is_distance: bool = False
    is_one_day: bool = False


MODULES = (
    Module("arbetsmiljo", "Arbetsmiljö och säkerhet", "ja", "sfi-A", 50, 2, 3000),
    Module("ritning", "Ritning och mätteknik", "ja", "sfi-B", 50, 5, 9000),
    Module("truck", "Truckutbildning A+B", "AB", "sfi-B", 100, 1, 6000),
    Module("hygien_vard", "Hygien i vården", "ja", "sfi-B", 50, 2, 3000),
    Module("hygien_livsmedel", "Livsmedelshygien", "ja", "sfi-B", 25, 1, 1000, is_distance=True),
    Module("hlr", "Hjärt-lungräddning", "ja", None, 25, 1, 1000, is_one_day=True),
    Module("heta_arbeten", "Heta arbeten", "ja", "sfi-B", 50, 1, 3000),
    Module("esa", "ESA Instruerad person", "ja", "sfi-C", 25, 1, 2000, is_distance=True),
)


def level_of(kompetens: str) -> str:
    """The level of a shared kompetens that employers ask for and its course gives."""
    return next((module.level for module in MODULES if module.kompetens == kompetens), "ja")
