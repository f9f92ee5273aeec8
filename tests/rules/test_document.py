"""Rules `document` and `objective`: the form of a plan (problem.md §7) and its recomputed value."""

from typing import Any

import pytest

from sparplan.kedjor import Insatskedja, Plan, Reason, ReasonCode, ScenarioRef, Status, Step
from sparplan.messages import speaking
from sparplan.rules import Rule, verify
from sparplan.scenario import Scenario
from tests.builders import broken, insats, omgang, person, plan_of, scenario, step_of


def region(**rest: Any) -> Scenario:
    """D01 takes the round, D02 needs nothing, D03 isn't placed."""
    return scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[omgang("svets-1", "svets_mag", "2027-02-01", "2027-02-28")],
        participants=[person("D01"), person("D02", levels={"svets": "2"}), person("D03")],
        **rest,
    )


ONE = region()
PLAN = plan_of(ONE, {"D01": ("svets", ["svets-1"]), "D02": ("svets", [])})


def with_kedja(index: int, **fields: Any) -> Plan:
    kedjor = list(PLAN.kedjor)
    kedjor[index] = kedjor[index].model_copy(update=fields)
    return PLAN.model_copy(update={"kedjor": tuple(kedjor)})


def with_fields(**fields: Any) -> Plan:
    return PLAN.model_copy(update=fields)


def test_a_right_plan_breaks_nothing() -> None:
    assert verify(ONE, PLAN) == []
    assert verify(ONE, Plan.from_document(PLAN.to_document())) == []


@pytest.mark.parametrize(
    "plan",
    [
        with_fields(scenario=ScenarioRef(name="Annat", sha256=ONE.sha256)),
        with_fields(scenario=ScenarioRef(name=ONE.name, sha256="0" * 64)),
        with_fields(scenario=ScenarioRef(name=ONE.name, sha256=ONE.sha256, track="kock")),
        with_fields(status=Status.INFEASIBLE),
        with_fields(status=Status.NO_PLAN),
        with_fields(kedjor=PLAN.kedjor[:2]),
        with_fields(kedjor=(*PLAN.kedjor, PLAN.kedjor[2])),
        with_fields(kedjor=(*PLAN.kedjor, PLAN.kedjor[2].model_copy(update={"participant": "D99"}))),
        with_kedja(0, start=None),
        with_kedja(0, start=PLAN.kedjor[0].end),
        with_kedja(0, end=PLAN.kedjor[0].start),
        with_kedja(0, days=48),
        with_kedja(0, days=None),
        with_kedja(1, start=PLAN.kedjor[0].start),
        with_kedja(1, days=None),  # an empty chain has 0 days
        with_kedja(1, track="lager"),
        with_kedja(1, track=None),
        with_kedja(2, reasons=()),
        with_kedja(2, days=0),
        with_kedja(2, end=PLAN.kedjor[0].end),
        with_kedja(2, steps=PLAN.kedjor[0].steps),
    ],
)
def test_a_wrong_document(plan: Plan) -> None:
    assert broken(ONE, plan) == {"document"}


@pytest.mark.parametrize(
    "plan",
    [
        with_kedja(0, points=PLAN.kedjor[0].points + 1),
        with_kedja(1, points=1),
        with_kedja(2, points=0),
        with_fields(objective=None),
        with_fields(bound=None),
        with_fields(gap=None),
        with_fields(objective=PLAN.objective + 1, bound=PLAN.objective + 1),  # type: ignore[operator]
        with_fields(bound=PLAN.objective + 1, gap=-1 / PLAN.objective),  # type: ignore[operator]
        with_fields(status=Status.FEASIBLE),  # proven best, so optimal
        with_fields(bound=0, gap=1.0),  # not proven best, so not optimal
        with_fields(bound=0, status=Status.FEASIBLE),  # a gap of 1, not 0
        with_fields(gap=float("nan")),
        with_fields(gap=float("inf")),
    ],
)
def test_a_wrong_value(plan: Plan) -> None:
    assert broken(ONE, plan) == {"objective"}


def test_a_plan_with_a_bound_below_it() -> None:
    objective = PLAN.objective or 0
    plan = with_fields(status=Status.FEASIBLE, bound=objective - 100, gap=100 / objective)
    assert broken(ONE, plan) == set()


def test_no_plan_holds_nothing() -> None:
    empty = {"status": Status.NO_PLAN, "objective": None, "bound": None, "gap": None, "kedjor": ()}
    assert broken(ONE, with_fields(**empty)) == set()
    for field, wrong in {"objective": 1, "bound": 1, "gap": 0.0, "kedjor": PLAN.kedjor}.items():
        assert broken(ONE, with_fields(**{**empty, field: wrong})) == {"document"}


TRACKS = [
    {"track": "svets", "name": "Svetsare", "profile": "svetsare"},
    {"track": "truck", "name": "Truckförare", "profile": "truckforare"},
]
PROFILES = [
    {"profile": "svetsare", "kompetens": "svets", "level": "2"},
    {"profile": "truckforare", "kompetens": "truck", "level": "ja"},
]


def test_a_plan_for_one_track_holds_those_who_name_it() -> None:
    both = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[omgang("svets-1", "svets_mag", "2027-02-01", "2027-02-28", seats=1)],
        kompetensprofiler=PROFILES,
        tracks=TRACKS,
        participants=[
            person("D01", tracks=["truck", "svets"]),
            person("D02", tracks=["truck"], levels={"truck": "ja"}),
        ],
    )
    for_svets = plan_of(both, {"D01": ("svets", ["svets-1"])}, track="svets")
    assert verify(both, for_svets) == []
    assert for_svets.scenario.sha256 == both.sha256
    # The second choice of the whole is the only one here: no points for preference.
    whole = plan_of(both, {"D01": ("svets", ["svets-1"]), "D02": ("truck", [])})
    assert whole.kedjor[0].points - for_svets.kedjor[0].points == 200
    # Whoever doesn't name the track has no place in such a plan, and the track is the one planned for.
    stranger = for_svets.model_copy(update={"kedjor": (*for_svets.kedjor, whole.kedjor[1])})
    assert broken(both, stranger) == {"document"}
    assert broken(both, plan_of(both, {"D01": ("truck", [])}, track=None)) == {"goal"}


def test_an_unknown_track_leaves_the_rest_to_be_judged() -> None:
    plan = with_kedja(0, track="kock")
    assert broken(ONE, plan) == {"document"}


def test_a_step_out_of_the_calendar_is_left_out_of_the_other_rules() -> None:
    odd = step_of(ONE, ("svets-1", "0001-01-01", "9999-12-31"))
    assert broken(ONE, with_kedja(0, steps=(odd,))) == {"steps", "goal"}
    reversed_ = step_of(ONE, ("svets-1", "2027-02-28", "2027-02-01"))
    assert broken(ONE, with_kedja(0, steps=(reversed_,))) == {"steps", "goal"}
    by_one_day = step_of(ONE, ("svets-1", "2027-02-02", "2027-02-01"))
    assert broken(ONE, with_kedja(0, steps=(by_one_day,))) == {"steps", "goal"}


def test_an_empty_plan_of_a_scenario_without_participants() -> None:
    nobody = region().replace(participants=())
    assert verify(nobody, plan_of(nobody, {})) == []


def test_violations_name_whom_and_what_in_both_languages() -> None:
    wrong = with_kedja(0, steps=())
    with speaking("sv"):
        swedish = [found for found in verify(ONE, wrong) if found.rule is Rule.GOAL]
    with speaking("en"):
        english = [found for found in verify(ONE, wrong) if found.rule == "goal"]
    assert [found.participant for found in swedish] == ["D01"]
    assert swedish[0].text == "D01 når inte det som spåret Svetsare kräver: Svetsa med MAG, nivå 2."
    assert english[0].text == "D01 doesn't reach what track Svetsare requires: Svetsa med MAG, level 2."


def test_long_names_from_outside_are_shortened() -> None:
    strange = Insatskedja(
        participant="x" * 10_000,
        placed=False,
        points=0,
        reasons=(Reason(code=ReasonCode.COST, text=""),),
    )
    step = Step(round="y" * 10_000, insats="", start="2027-01-01", end="2027-01-01", pace=0)  # type: ignore[arg-type]
    plan = with_kedja(0, steps=(step,))
    plan = plan.model_copy(update={"kedjor": (*plan.kedjor, strange)})
    assert all(len(found.text) < 300 for found in verify(ONE, plan))
