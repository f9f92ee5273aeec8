"""A scenario and a plan with one of everything that a chart shows, and ways to look at a drawing."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from matplotlib.text import Text
from matplotlib.transforms import Bbox, BboxBase

from sparplan.charts.sheet import Sheet
from sparplan.kedjor import Insatskedja, Plan, Reason, ReasonCode, Status
from sparplan.scenario import Scenario
from tests.builders import Row, insats, omgang, person, plan_of, scenario

REASON = "Närmaste svetskurs ligger i Värnamo, 65 minuter bort. D05 kan resa högst 45."


def called(insats_id: str, name: str, **cells: Any) -> Row:
    """A row of `insatser` with a name for people."""
    return {**insats(insats_id, **cells), "name": name}


INSATSER = [
    called("sfi_c", "Sfi kurs C", kind="sfi", provides={"svenska": "C"}),
    called("praktik", "Arbetspraktik", kind="praktik", requires="svenska>=B"),
    called("bro", "Arbetsträning (bro)", kind="praktik", bridge="yes"),
    called(
        "svets_mag",
        "Svets MAG",
        kind="regional_yrkesvux",
        requires="svenska>=C | svets>=1",
        provides={"svets": "2"},
    ),
    called("val_svets", "Validering svets", kind="validering", provides={"svets": "3", "truck": "ja"}),
    called("truckkort", "Truckutbildning", kind="other", alongside="insats:bro", provides={"truck": "ja"}),
]
ROUNDS = [
    omgang("sfi-c-1", "sfi_c", "2027-02-01", "2027-06-25", pace=50),
    omgang("praktik-1", "praktik", "2027-03-01", "2027-04-23", pace=50, place="varnamo"),
    omgang("bro-1", "bro", "2027-06-28", "2027-08-13", pace=50),
    omgang("svets-1", "svets_mag", "2027-08-16", "2027-12-17", place="varnamo"),
    omgang("svets-0", "svets_mag", "2026-11-02", "2027-03-12"),
    omgang("val-1", "val_svets", "2027-01-18", "2027-01-29"),
    omgang("truck-1", "truckkort", "2027-07-05", "2027-07-09", pace=25, form="distance", place=None),
]


def sample(**settings: Any) -> tuple[Scenario, Plan]:
    """Five participants: side by side, history, an empty chain, one on another track, one unplaced."""
    region = scenario(
        name="Prov 2027",
        calendar={"breaks": [{"name": "Sommar", "start": "2027-07-12", "end": "2027-08-01"}]},
        insatser=INSATSER,
        rounds=[{key: value for key, value in row.items() if value is not None} for row in ROUNDS],
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {"profile": "svetsare", "kompetens": "svenska", "level": "B"},
            {"profile": "svetsare", "kompetens": "truck", "level": "ja", "type": "meriterande"},
            {"profile": "lagerarbetare", "kompetens": "truck", "level": "ja"},
        ],
        tracks=[
            {"track": "svets", "name": "Svetsare", "profile": "svetsare"},
            {"track": "lager", "name": "Lagerarbetare", "profile": "lagerarbetare"},
        ],
        participants=[
            person("D01", levels={"svenska": "B"}),
            person("D02", pinned=["svets-0"], levels={"svenska": "C"}),
            person("D03", levels={"svets": "2", "svenska": "C"}),
            person("D04", tracks=["lager", "svets"], claims={"truck": "ja"}),
            person("D05", tracks=["svets"]),
        ],
        **settings,
    )
    plan = plan_of(
        region,
        {
            "D01": ("svets", ["sfi-c-1", "praktik-1", "bro-1", "truck-1", "svets-1"]),
            "D02": ("svets", ["svets-0"]),
            "D03": ("svets", []),
            "D04": ("lager", ["val-1"]),
        },
    )
    reason = Reason(code=ReasonCode.TOO_FAR, text=REASON)
    kedjor = tuple(
        kedja if kedja.placed else kedja.model_copy(update={"reasons": (reason,)}) for kedja in plan.kedjor
    )
    return region, plan.model_copy(update={"kedjor": kedjor})


def crowd(count: int) -> tuple[Scenario, Plan]:
    """Many participants, a week apart, every seventh unplaced, on two tracks."""
    region, plan = sample()
    longest = plan.kedja("D01")
    people, kedjor = [], []
    for number in range(count):
        name = f"P{number + 1:03}"
        track = ("svets", "lager")[number % 2]
        people.append(region.participant_by_id["D01"].replace(participant=name, tracks=(track,)))
        if number % 7 == 6:
            reason = Reason(code=ReasonCode.TOO_FAR, text=REASON)
            kedjor.append(Insatskedja(participant=name, placed=False, points=1, reasons=(reason,)))
            continue
        later = timedelta(weeks=number % 9)
        steps = tuple(
            step.model_copy(update={"start": step.start + later, "end": step.end + later})
            for step in longest.steps
        )
        start, end = min(step.start for step in steps), max(step.end for step in steps)
        changes = {"participant": name, "track": track, "steps": steps, "start": start, "end": end}
        kedjor.append(longest.model_copy(update=changes))
    status = {"status": Status.FEASIBLE, "gap": 0.0312}
    return region.replace(participants=tuple(people)), plan.model_copy(
        update={"kedjor": tuple(kedjor), **status}
    )


def texts(sheet: Sheet) -> list[str]:
    """Every text on a sheet."""
    return [text.get_text() for text in sheet.axes.texts]


def boxes_of_texts(sheet: Sheet) -> Iterator[tuple[Text, Bbox]]:
    """Every text with its place, in dots of the figure."""
    for text in sheet.axes.texts:
        yield text, Text.get_window_extent(text)


def artist(sheet: Sheet, name: str):  # type: ignore[no-untyped-def]
    """The artist with an id."""
    (found,) = [each for each in sheet.axes.get_children() if each.get_gid() == name]
    return found


def day(text: str) -> date:
    """A date from ISO text."""
    return date.fromisoformat(text)


def within(inner: BboxBase, outer: BboxBase, slack: float = 0.0) -> bool:
    """Whether a box lies in another one; `slack` is what it may stick out upwards and downwards."""
    beside = outer.x0 <= inner.x0 and inner.x1 <= outer.x1
    return bool(beside and outer.y0 - slack <= inner.y0 and inner.y1 <= outer.y1 + slack)
