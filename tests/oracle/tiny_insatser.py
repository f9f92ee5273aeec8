"""The insatser that tiny scenarios are made of, and the expressions in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Template:
    """An insats before chance has bent it.

    Attributes
    ----------
    slots
        The slots that its rounds may lie in.
    rolling
        The share of its rounds with rolling intake.
    requires, alongside
        Expressions that it has most of the time.
    ladder
        Whether it is a step of the planted chain.
    """

    insats: str
    kinds: tuple[str, ...]
    provides: tuple[tuple[str, str], ...]
    slots: tuple[int, ...]
    rolling: float = 0.0
    paces: tuple[int, ...] = (100, 50, 75, 50)
    requires: tuple[str, ...] = ()
    alongside: tuple[str, ...] = ()
    ladder: bool = False
    bridge: bool = False


TRADES = ("yrkesvux", "regional_yrkesvux", "kombinationsutbildning", "larling", "aub", "folkhogskola")
TEMPLATES = (
    Template("sfi", ("sfi", "yrkessvenska"), (("svenska", "B"),), (0,), 0.4, ladder=True),
    Template(
        "svets_grund",
        TRADES,
        (("svets", "1"),),
        (1, 1, 0),
        0.2,
        requires=("svenska>=B", "svenska>=B | claim:svenska>=C", "svenska", "svenska>=B ; attr:af | svenska"),
        ladder=True,
    ),
    Template(
        "svets_pabygg",
        TRADES,
        (("svets", "2"), ("arbetsmiljo", "ja")),
        (2, 2, 1),
        0.2,
        requires=("svets>=1", "svets>=1 | claim:svets>=1", "insats:svets_grund", "svets ; svenska>=B"),
        ladder=True,
    ),
    Template(
        "sva",
        ("sva",),
        (("svenska", "C"),),
        (1, 2),
        0.2,
        paces=(25, 50),
        requires=("svenska>=B", "svenska>=B | insats:sfi | home:0617"),
        alongside=("insats:svets_grund | insats:praktik", "insats:sfi | svenska>=B"),
    ),
    Template(
        "validering",
        ("validering",),
        (("svets", "1"), ("svenska", "C"), ("arbetsmiljo", "ja")),
        (0, 1),
        0.4,
        requires=("claim:svets", "attr:af | attr:age_25 | claim:svenska"),
    ),
    Template(
        "praktik",
        ("praktik", "other"),
        (("arbetsmiljo", "ja"),),
        (0, 1, 2),
        0.8,
        paces=(50, 25, 75),
        alongside=(
            "insats:sfi | svenska>=B",
            "insats:stod ; attr:af | insats:svets_grund",
            "home:0662 | claim:svets",
        ),
    ),
    Template(
        "introduktion",
        ("introduktion",),
        (("b_korkort", "nej"),),
        (0, 1, 2),
        0.8,
        paces=(25, 50),
        bridge=True,
    ),
    Template("korkort", ("other",), (("b_korkort", "ja"),), (0, 1, 2), 0.3, paces=(25, 10, 50)),
    Template("jobbcoach", ("stod",), (), (0, 1, 2), 0.4, paces=(25, 5, 10)),
)
ATTRIBUTE_ATOMS = (
    "attr:af",
    "!attr:af",
    "attr:age_25",
    "attr:studievag",
    "attr:studievag=2",
    "!attr:studievag=1",
)
PERSON_ATOMS = (*ATTRIBUTE_ATOMS, "home:0662", "!home:0617", "claim:svets", "claim:svenska>=C")
LEVEL_ATOMS = ("svenska>=A", "svenska>=B", "b_korkort", "svenska", "arbetsmiljo", "b_korkort>=ja")
ORGANISERS = ("kommun", "region", "af", "folkhogskola", "employer", "other")


def draw_term(rng: Random, column: str, insatser: Iterable[str] = ()) -> str:
    """One term of an expression: one to three alternatives that may stand in that column."""
    pool = [*PERSON_ATOMS, *LEVEL_ATOMS]
    if column in ("requires", "alongside"):
        pool += [f"insats:{insats}" for insats in insatser] * 2
    return " | ".join(rng.sample(pool, rng.choice((1, 2, 2, 3))))


def draw_insatser(rng: Random, templates: list[Template], hardness: float) -> list[dict[str, Any]]:
    """The rows of `insatser.csv`."""
    known = [template.insats for template in templates]
    return [_draw_insats(rng, template, known, hardness) for template in templates]


def _draw_insats(rng: Random, template: Template, known: list[str], hardness: float) -> dict[str, Any]:
    row: dict[str, Any] = {
        "insats": template.insats,
        "name": template.insats.title(),
        "kind": rng.choice(template.kinds),
    }
    if template.provides:
        row["provides"] = dict(template.provides)
    for column, usual, share in (
        ("requires", template.requires, 0.8),
        ("alongside", template.alongside, 0.6),
    ):
        terms = [_existing(rng.choice(usual), known)] if usual and rng.random() < share else []
        if rng.random() > 1 - hardness * (0.1 if template.ladder else 0.4):
            terms.append(draw_term(rng, column, [name for name in known if name != template.insats]))
        if column == "alongside" and template.ladder and rng.random() > 0.3:
            terms = []
        text = " ; ".join(term for term in terms if term)
        if text:
            row[column] = text
    if rng.random() > 1 - hardness * (0.25 if template.ladder else 0.6):
        eligibility = [draw_term(rng, "eligibility") for _ in range(rng.choice((1, 1, 2)))]
        row["eligibility"] = ";".join(eligibility)
    if template.bridge or rng.random() > 0.9:
        row["bridge"] = rng.random() < 0.8
    if rng.random() > 1 - hardness * (0.1 if template.ladder else 0.3):
        row["covers"] = rng.random() < 0.5
    if template.bridge or rng.random() > 0.85:
        row["max_times"] = rng.choice((2, 1, 3, 2))
    if rng.random() > 0.8:
        row |= {"organiser": rng.choice(ORGANISERS), "cost_per_seat": 40000}
    return row


def _existing(text: str, known: list[str]) -> str:
    """An expression without the atoms that name an insats which this scenario lacks."""
    terms = []
    for term in text.split(";"):
        atoms = [atom.strip() for atom in term.split("|")]
        kept = [
            atom for atom in atoms if not atom.startswith("insats:") or atom.removeprefix("insats:") in known
        ]
        if kept:
            terms.append(" | ".join(kept))
    return " ; ".join(terms)
