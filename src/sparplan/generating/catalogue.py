"""The insatser of a made-up region: those that some track can use, and how each is held."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from sparplan.generating.trades import MODULES, SVENSKA, Module, Trade, level_of
from sparplan.scenario import Form, Insats, Kind, Organiser, ProfileRow, ProfileType


class Reach(Enum):
    """In how many towns an insats is held."""

    EVERYWHERE = auto()
    SEVERAL = auto()
    FEW = auto()
    ONE = auto()
    DISTANCE = auto()


class Holding(Enum):
    """When an insats is held: löpande intag, in ten-week periods, or in any weeks between breaks."""

    ROLLING = auto()
    PERIODS = auto()
    WEEKS = auto()


class Stage(Enum):
    """What comes first when a region has few rounds."""

    CORE = 1  # without it some track has no way at all
    USUAL = 2
    MORE = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """An insats and how it is held.

    Attributes
    ----------
    length
        Periods or weeks of a round; of a rolling one the least weeks, 0 where `durations.csv` says them.
    longest
        The most weeks of a rolling one.
    every
        Weeks between the starts of a rolling one.
    share
        Share of the rounds, relative to other offers, once every offer has its first ones.
    is_limited
        Whether its seats are limited.
    trade
        The trade that it belongs to, if any.
    """

    insats: Insats
    holding: Holding
    pace: int
    length: int
    reach: Reach
    stage: Stage = Stage.USUAL
    form: Form = Form.ON_SITE
    longest: int = 0
    every: int = 1
    share: float = 0.0
    is_limited: bool = True
    is_one_day: bool = False
    apply_weeks: int = 0
    trade: str | None = None


DURATIONS: dict[str, tuple[tuple[str | None, int], ...]] = {
    "sfi_a": ((None, 48),),
    "sfi_b": (("attr:studievag=1", 40), (None, 48)),
    "sfi_c": (("attr:studievag=3", 40), (None, 30)),
    "sfi_d": ((None, 30),),
}
"""Weeks of sfi by studieväg: the rows of `durations.csv`."""

SFI_OF_LEVEL = {"sfi-A": "sfi_a", "sfi-B": "sfi_b", "sfi-C": "sfi_c", "sfi-D": "sfi_d"}
"""The insats that gives a level of `svenska`, everywhere in the region."""

GROWN_UP = "attr:age_20"
REGISTERED = "attr:af"


def make_catalogue(trades: tuple[Trade, ...], rows: tuple[ProfileRow, ...]) -> tuple[Offer, ...]:
    """The offers of these trades, and the shared ones that serve them; the most needed first.

    Parameters
    ----------
    trades
        Trades of the region's tracks, each once.
    rows
        The kompetensprofiler of all tracks.
    """
    needed = {(row.kompetens, row.level) for row in rows if row.type is ProfileType.KRAV}
    wanted = {(row.kompetens, row.level) for row in rows}
    offers = list(_swedish(needed, wanted))
    for trade in trades:
        is_specialised = (trade.trade, "3") in wanted
        offers += (
            replace(offer, trade=trade.trade) for offer in _trade(trade, is_specialised=is_specialised)
        )
    krav = {kompetens for kompetens, _ in needed}
    merits = {kompetens for kompetens, _ in wanted}
    offers += (_module(module, krav) for module in MODULES if module.kompetens in merits)
    offers += _shared(krav, merits)
    return tuple(sorted(offers, key=lambda offer: offer.stage.value))


def _swedish(needed: set[tuple[str, str]], wanted: set[tuple[str, str]]) -> Iterator[Offer]:
    ranks = {rank for rank, level in enumerate(SVENSKA) if ("svenska", level) in needed}
    top = max(rank for rank, level in enumerate(SVENSKA) if ("svenska", level) in wanted)
    before = {
        "sfi-A": None,
        "sfi-B": "svenska>=sfi-A | attr:studievag=2 | attr:studievag=3",
        "sfi-C": "svenska>=sfi-B | attr:studievag=3",
        "sfi-D": "svenska>=sfi-C",
    }
    costs = {"sfi-A": 45_000, "sfi-B": 42_000, "sfi-C": 32_000, "sfi-D": 32_000}
    for rank in range(min(top, 3), -1, -1):
        level = SVENSKA[rank]
        name = f"Sfi kurs {level[-1]}"
        insats = _insats(SFI_OF_LEVEL[level], name, Kind.SFI, Organiser.KOMMUN, costs[level],
                         requires=before[level], provides={"svenska": level})  # fmt: skip
        stage = Stage.CORE if ranks & {rank, rank + 1} else Stage.USUAL
        yield Offer(insats, Holding.ROLLING, 50, 0, Reach.EVERYWHERE, stage, every=2)
    if top >= 3:
        insats = _insats("sfi_d_distans", "Sfi kurs D på distans", Kind.SFI, Organiser.KOMMUN, 26_000,
                         requires="svenska>=sfi-C ; digital", provides={"svenska": "sfi-D"})  # fmt: skip
        yield Offer(insats, Holding.ROLLING, 50, 40, Reach.DISTANCE, Stage.MORE, Form.DISTANCE, 40, 4)
    if top >= 4:
        first = _insats("sva_1", "Svenska som andraspråk, delkurs 1–2", Kind.SVA, Organiser.KOMMUN, 14_000,
                        requires="svenska>=sfi-D", provides={"sva_delkurs": "ja"})  # fmt: skip
        second = _insats("sva_2", "Svenska som andraspråk, delkurs 3–4", Kind.SVA, Organiser.KOMMUN, 20_000,
                         requires="sva_delkurs", provides={"svenska": "sva-grund"})  # fmt: skip
        yield Offer(first, Holding.PERIODS, 50, 1, Reach.FEW, Stage.MORE, Form.HYBRID, share=2, apply_weeks=4)
        yield Offer(
            second, Holding.PERIODS, 50, 2, Reach.FEW, Stage.MORE, Form.HYBRID, share=2, apply_weeks=4
        )


def _trade(trade: Trade, *, is_specialised: bool) -> Iterator[Offer]:
    """The ways into one trade: level 1 by praktik or a first course, level 2 by one of five ways."""
    name, subject = trade.trade, trade.subject
    rank = SVENSKA.index(trade.swedish)
    goal, low = f"svenska>={SVENSKA[rank]}", f"svenska>={SVENSKA[max(0, rank - 1)]}"
    tried, skilled = {name: "1"}, {name: "2"}
    extra = {trade.krav[0]: level_of(trade.krav[0])} if trade.krav[0] not in ("digital", "hlr") else {}
    yield Offer(
        _insats(f"{name}_praktik", f"Praktik, {subject}", Kind.PRAKTIK, Organiser.EMPLOYER, 2_000,
                requires="svenska>=sfi-A", provides=tried),
        Holding.ROLLING, 50, 4, Reach.SEVERAL, Stage.CORE, longest=12,
    )  # fmt: skip
    yield Offer(
        _insats(f"{name}_yrke", f"Yrkeskurs, {subject}", Kind.REGIONAL_YRKESVUX, Organiser.KOMMUN,
                30_000 * trade.periods, requires=f"{name}>=1 ; {low}", provides=skilled,
                eligibility=GROWN_UP),
        Holding.PERIODS, 100, trade.periods, Reach.FEW, Stage.CORE, share=3, apply_weeks=4,
    )  # fmt: skip
    yield Offer(
        _insats(f"{name}_grund", f"Grundkurs, {subject}", Kind.YRKESVUX, Organiser.KOMMUN, 9_000,
                requires=low, provides=tried, eligibility=GROWN_UP,
                alongside=f"{goal} | insats:{SFI_OF_LEVEL[trade.swedish]}"),
        Holding.PERIODS, 50, 1, Reach.FEW, share=3, apply_weeks=4,
    )  # fmt: skip
    yield Offer(
        _insats(f"{name}_aub", f"Arbetsmarknadsutbildning, {subject}", Kind.AUB, Organiser.AF, 60_000,
                requires=f"introduktion ; {low}", provides=skilled | extra,
                eligibility=f"{REGISTERED} ; attr:age_25"),
        Holding.ROLLING, 100, 6 + 4 * trade.periods, Reach.FEW, longest=10 + 4 * trade.periods, every=2,
    )  # fmt: skip
    yield Offer(
        _insats(f"{name}_deltid", f"Yrkeskurs på halvfart, {subject}", Kind.YRKESVUX, Organiser.KOMMUN,
                27_000 * trade.periods, requires=f"{name}>=1 ; {low}", provides=skilled,
                eligibility=GROWN_UP),
        Holding.PERIODS, 50, min(5, 2 * trade.periods), Reach.FEW, form=Form.HYBRID, share=2, apply_weeks=4,
    )  # fmt: skip
    yield Offer(
        _insats(f"{name}_validering", f"Validering, {subject}", Kind.VALIDERING, Organiser.OTHER, 8_000,
                provides=skilled | extra),
        Holding.ROLLING, 50, 1, Reach.FEW, longest=3, every=2,
    )  # fmt: skip
    yield from _extras(trade, low, skilled)
    if is_specialised:
        yield Offer(
            _insats(f"{name}_fordjupning", f"Fördjupning, {subject}", Kind.REGIONAL_YRKESVUX,
                    Organiser.KOMMUN, 35_000, requires=f"{name}>=2", provides={name: "3"},
                    eligibility=GROWN_UP),
            Holding.PERIODS, 100, 1, Reach.ONE, Stage.MORE, share=1, apply_weeks=4,
        )  # fmt: skip


def _extras(trade: Trade, low: str, skilled: dict[str, str]) -> Iterator[Offer]:
    name, subject = trade.trade, trade.subject
    if "kombo" in trade.extras:
        yield Offer(
            _insats(f"{name}_kombo", f"Yrkeskurs med svenska, {subject}", Kind.KOMBINATIONSUTBILDNING,
                    Organiser.KOMMUN, 80_000, requires=low, provides=skilled | {"svenska": trade.swedish},
                    eligibility=GROWN_UP),
            Holding.PERIODS, 75, min(5, trade.periods + 2), Reach.ONE, Stage.MORE, share=1, apply_weeks=8,
        )  # fmt: skip
    if "larling" in trade.extras:
        yield Offer(
            _insats(f"{name}_larling", f"Lärling, {subject}", Kind.LARLING, Organiser.KOMMUN, 55_000,
                    requires=f"introduktion ; {low}", provides=skilled, eligibility=GROWN_UP),
            Holding.ROLLING, 100, 10 * trade.periods, Reach.FEW, Stage.MORE, longest=10 * trade.periods,
            every=4,
        )  # fmt: skip
    if "yrkessvenska" in trade.extras:
        yield Offer(
            _insats(f"{name}_svenska", f"Yrkessvenska, {subject}", Kind.YRKESSVENSKA, Organiser.KOMMUN, 9_000,
                    requires=low, provides={f"svenska_{name}": "ja"},
                    alongside=f"insats:{name}_grund | insats:{name}_deltid | insats:{name}_praktik"),
            Holding.PERIODS, 25, 1, Reach.FEW, Stage.MORE, share=1, apply_weeks=2,
        )  # fmt: skip


def _module(module: Module, krav: set[str]) -> Offer:
    insats = _insats(
        f"kurs_{module.kompetens}", module.name, Kind.OTHER, Organiser.OTHER, module.cost,
        requires=module.swedish and f"svenska>={module.swedish}",
        provides={module.kompetens: module.level},
    )  # fmt: skip
    return Offer(
        insats,
        Holding.WEEKS,
        module.pace,
        module.weeks,
        Reach.DISTANCE if module.is_distance else Reach.SEVERAL,
        Stage.CORE if module.kompetens in krav else Stage.MORE,
        Form.DISTANCE if module.is_distance else Form.ON_SITE,
        share=5,
        is_limited=not module.is_distance,
        is_one_day=module.is_one_day,
        apply_weeks=2,
    )


def _shared(krav: set[str], wanted: set[str]) -> Iterator[Offer]:
    """What belongs to no trade: introduction, bridge, guidance, digital skills, driving licence."""
    yield Offer(
        _insats("bro", "Arbetsträning (bro)", Kind.PRAKTIK, Organiser.KOMMUN, 5_000, bridge=True,
                max_times=4),
        Holding.ROLLING, 50, 1, Reach.EVERYWHERE, longest=12, is_limited=False,
    )  # fmt: skip
    yield Offer(
        _insats("introduktion", "Introduktion till jobbspår", Kind.INTRODUKTION, Organiser.KOMMUN, 4_000,
                provides={"introduktion": "ja"}),
        Holding.WEEKS, 50, 2, Reach.SEVERAL, share=3, apply_weeks=1,
    )  # fmt: skip
    stage = Stage.CORE if "digital" in krav else Stage.USUAL
    yield Offer(
        _insats("digital_grund", "Digital grund", Kind.OTHER, Organiser.KOMMUN, 3_000,
                requires="svenska>=sfi-A", provides={"digital": "ja"}),
        Holding.ROLLING, 25, 5, Reach.SEVERAL, stage, longest=5, every=2,
    )  # fmt: skip
    if "b_korkort" in wanted:
        stage = Stage.CORE if "b_korkort" in krav else Stage.MORE
        yield Offer(
            _insats("teori", "Körkortsteori på lätt svenska", Kind.OTHER, Organiser.KOMMUN, 4_000,
                    requires="svenska>=sfi-A", provides={"korkortsteori": "ja"}),
            Holding.PERIODS, 25, 1, Reach.SEVERAL, stage, Form.HYBRID, share=2, apply_weeks=2,
        )  # fmt: skip
        yield Offer(
            _insats("korkort", "Körkort B", Kind.OTHER, Organiser.OTHER, 22_000,
                    requires="korkortsteori", provides={"b_korkort": "ja"}),
            Holding.ROLLING, 25, 12, Reach.SEVERAL, stage, longest=16, every=2,
        )  # fmt: skip
    yield Offer(
        _insats("smf", "Studiemotiverande kurs", Kind.FOLKHOGSKOLA, Organiser.FOLKHOGSKOLA, 25_000,
                requires="svenska>=sfi-B", provides={"introduktion": "ja", "digital": "ja"},
                eligibility=REGISTERED),
        Holding.PERIODS, 100, 1, Reach.ONE, Stage.MORE, share=1, apply_weeks=6,
    )  # fmt: skip
    yield Offer(
        _insats("syv", "Studie- och yrkesvägledning", Kind.STOD, Organiser.KOMMUN, 1_000),
        Holding.ROLLING, 5, 1, Reach.FEW, Stage.MORE, Form.HYBRID, 1, is_limited=False,
    )  # fmt: skip


def _insats(
    insats: str,
    name: str,
    kind: Kind,
    organiser: Organiser,
    cost: int,
    *,
    requires: str | None = None,
    provides: dict[str, str] | None = None,
    alongside: str | None = None,
    eligibility: str | None = None,
    bridge: bool = False,
    max_times: int = 1,
) -> Insats:
    """An insats whose cells are given only where they differ from the defaults."""
    optional = {
        "requires": requires,
        "provides": provides,
        "alongside": alongside,
        "eligibility": eligibility,
        "bridge": bridge,
        "max_times": max_times if max_times > 1 else None,
    }
    given: dict[str, Any] = {column: value for column, value in optional.items() if value}
    return Insats(insats=insats, name=name, kind=kind, organiser=organiser, cost_per_seat=cost, **given)
