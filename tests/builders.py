"""Small scenarios and plans for tests, with everything filled in that a test doesn't speak of.

A test says only what it is about:

    region = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[omgang("svets-1", "svets_mag", "2027-02-01", "2027-04-23")],
    )
    plan = plan_of(region, {"D01": ("svets", ["svets-1"])})
    assert not verify(region, plan)
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sparplan.kedjor import Insatskedja, Plan, Reason, ReasonCode, ScenarioRef, Status, Step
from sparplan.points import Measures, chain_days, chain_points, unplaced_points
from sparplan.rules import verify
from sparplan.scenario import Scenario

Row = dict[str, Any]
Stepping = str | tuple[str, str, str]
"""A step in a test: a fixed round, or a round with first and last day."""

BASE: Row = {
    "name": "Prov",
    "planning_date": "2027-01-11",  # a Monday
    "horizon": {"start": "2027-01-11", "end": "2027-12-31"},
    "places": [
        {"place": "gislaved", "name": "Gislaved", "municipality": "0662"},
        {"place": "varnamo", "name": "Värnamo", "municipality": "0683"},
        {"place": "fjarran", "name": "Fjärran"},  # no road leads there
    ],
    "travel": [
        {"from": "gislaved", "to": "varnamo", "mode": "car", "minutes": 40},
        {"from": "gislaved", "to": "varnamo", "mode": "public", "minutes": 65},
    ],
    "kompetenser": [
        {"kompetens": "svenska", "name": "Svenska", "levels": ["A", "B", "C", "D"]},
        {"kompetens": "svets", "name": "Svetsa med MAG", "levels": ["1", "2", "3"]},
        {"kompetens": "truck", "name": "Köra truck"},
    ],
    "insatser": [],
    "rounds": [],
    "kompetensprofiler": [{"profile": "svetsare", "kompetens": "svets", "level": "2"}],
    "tracks": [{"track": "svets", "name": "Svetsare", "profile": "svetsare"}],
    "participants": [{"participant": "D01", "tracks": ["svets"], "home": "gislaved"}],
}


def scenario(**tables: Any) -> Scenario:
    """A scenario: `BASE` with tables or settings replaced, as in its JSON form."""
    return Scenario.model_validate({**BASE, **tables})


def insats(name: str, **cells: Any) -> Row:
    """A row of `insatser`."""
    return {"insats": name, "name": name.capitalize(), "kind": "yrkesvux", **cells}


def omgang(name: str, of: str, start: str, end: str, **cells: Any) -> Row:
    """A row of `rounds`: fixed, in Gislaved, at full pace unless told."""
    return {
        "round": name,
        "insats": of,
        "place": "gislaved",
        "start": start,
        "end": end,
        "pace": 100,
        **cells,
    }


def rolling(name: str, of: str, start: str, end: str, **cells: Any) -> Row:
    """A row of `rounds` with rolling intake, of 4 to 8 weeks unless told."""
    return omgang(name, of, start, end, **{"intake": "rolling", "weeks_min": 4, "weeks_max": 8, **cells})


def person(name: str = "D01", **cells: Any) -> Row:
    """A row of `participants`: on track `svets`, at home in Gislaved unless told."""
    return {"participant": name, "tracks": ["svets"], "home": "gislaved", **cells}


def step_of(region: Scenario, stepping: Stepping) -> Step:
    """A step of a plan, its other fields as in the scenario."""
    name, *dates = (stepping,) if isinstance(stepping, str) else stepping
    row = region.round_by_id[name]
    start, end = map(date.fromisoformat, dates) if dates else (row.start, row.end)
    return Step(
        round=name,
        insats=row.insats,
        place=row.place,
        start=start,
        end=end,
        pace=row.pace,
        bridge=region.insats_by_id[row.insats].bridge,
    )


def plan_of(
    region: Scenario, chains: Mapping[str, tuple[str, Iterable[Stepping]]], *, track: str | None = None
) -> Plan:
    """A plan with these chains, `{participant: (track, steps)}`; whoever isn't named is unplaced.

    Days, points, objective and bound are filled in, right for the steps as given; `track` makes it a
    plan for one track alone.
    """
    planned = region.for_track(track) if track else region
    measures = Measures(planned)
    kedjor = []
    for row in planned.participants:
        if row.participant not in chains:
            kedjor.append(
                Insatskedja(
                    participant=row.participant,
                    placed=False,
                    points=unplaced_points(planned, row),
                    reasons=(Reason(code=ReasonCode.COST, text="Prov."),),
                )
            )
            continue
        chosen, steppings = chains[row.participant]
        steps = tuple(step_of(planned, stepping) for stepping in steppings)
        kedjor.append(
            Insatskedja(
                participant=row.participant,
                placed=True,
                track=chosen,
                start=min((step.start for step in steps), default=None),
                end=max((step.end for step in steps), default=None),
                days=chain_days(planned, row, steps),
                points=chain_points(planned, row, chosen, steps, measures),
                steps=steps,
            )
        )
    objective = sum(kedja.points for kedja in kedjor)
    return Plan(
        scenario=ScenarioRef(name=region.name, sha256=region.sha256, track=track),
        status=Status.OPTIMAL,
        engine="test",
        objective=objective,
        bound=objective,
        gap=0.0,
        kedjor=tuple(kedjor),
    )


def broken(region: Scenario, plan: Plan) -> set[str]:
    """Names of the rules that a plan breaks."""
    return {str(found.rule) for found in verify(region, plan)}
