"""History (problem.md §3): pinned rounds and steps that began before the planning date, 11 January 2027."""

from typing import Any

import pytest

from sparplan.messages import speaking
from sparplan.points import chain_breakdown
from sparplan.rules import verify
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, broken, insats, omgang, person, plan_of, rolling, scenario

AUTUMN = ("2026-10-05", "2027-01-31")  # in progress on the planning date
PAST = ("2026-10-05", "2026-12-18")
SPRING = ("2027-02-01", "2027-03-28")
SVETS = insats("svets_mag", provides={"svets": "2"})


def history(
    *steppings: Stepping, courses: list[Row], rounds: list[Row], pins: list[str], **who: Any
) -> tuple[Scenario, set[str]]:
    """A region where D01 has these pins, and the rules that these steps break."""
    region = scenario(insatser=courses, rounds=rounds, participants=[person(pinned=pins, **who)])
    return region, broken(region, plan_of(region, {"D01": ("svets", steppings)}))


@pytest.mark.parametrize(
    ("course", "held", "who"),
    [
        ({"eligibility": "attr:af"}, {}, {}),
        ({}, {"reserved_for": ["0683"]}, {}),
        ({}, {}, {"available_from": "2027-01-18"}),
        ({}, {}, {"latest_end": "2027-01-20"}),
        ({}, {"apply_by": "2026-09-01"}, {}),
        ({}, {"place": "fjarran"}, {}),
        ({}, {"place": "varnamo"}, {"max_travel": 10}),
        ({"requires": "svenska>=D"}, {}, {}),
        ({"alongside": "insats:truck_ab"}, {}, {}),
    ],
)
def test_what_the_rules_do_not_ask_of_history(course: Row, held: Row, who: Row) -> None:
    courses = [{**SVETS, **course}, insats("truck_ab", provides={"truck": "ja"})]
    rounds = [omgang("svets-1", "svets_mag", *AUTUMN, **held)]
    _, rules = history("svets-1", courses=courses, rounds=rounds, pins=["svets-1"], **who)
    assert rules == set()


def test_without_the_pin_a_step_that_has_begun_is_too_early() -> None:
    _, rules = history("svets-1", courses=[SVETS], rounds=[omgang("svets-1", "svets_mag", *AUTUMN)], pins=[])
    assert rules == {"window"}


def test_a_pinned_round_that_begins_on_the_planning_date_is_no_history() -> None:
    rounds = [omgang("svets-1", "svets_mag", "2027-01-11", "2027-02-28", place="fjarran")]
    _, rules = history("svets-1", courses=[SVETS], rounds=rounds, pins=["svets-1"])
    assert rules == {"travel"}


def test_a_pinned_step_that_begins_on_the_planning_date_is_no_history() -> None:
    rounds = [rolling("svets-r", "svets_mag", "2026-08-31", "2027-12-31", place="fjarran")]
    step = ("svets-r", "2027-01-11", "2027-02-07")
    _, rules = history(step, courses=[SVETS], rounds=rounds, pins=["svets-r@2027-01-11..2027-02-07"])
    assert rules == {"travel"}


def test_a_step_of_history_may_lie_off_the_grid() -> None:
    rounds = [rolling("svets-r", "svets_mag", "2026-08-31", "2027-12-31")]
    step = ("svets-r", "2026-10-07", "2027-01-14")  # a Wednesday, and 14 weeks and 2 days
    _, rules = history(step, courses=[SVETS], rounds=rounds, pins=["svets-r@2026-10-07..2027-01-14"])
    assert rules == set()
    _, rules = history(
        step, courses=[SVETS], rounds=rounds, pins=["svets-r@2026-10-07..2027-01-14", "svets-r"]
    )
    assert rules == {"pinned"}  # the bare round asks for a step of §4 as well


def test_a_bare_rolling_round_makes_no_history() -> None:
    rounds = [rolling("svets-r", "svets_mag", "2026-08-31", "2027-12-31")]
    on_grid = ("svets-r", "2026-12-28", "2027-01-24")
    _, rules = history(on_grid, courses=[SVETS], rounds=rounds, pins=["svets-r"])
    assert rules == {"window"}
    _, rules = history(
        on_grid, courses=[SVETS], rounds=rounds, pins=["svets-r@2026-12-28..2027-01-24", "svets-r"]
    )
    assert rules == set()  # a step of §4 that is pinned by its dates answers the bare pin too


def test_a_pinned_step_to_come_is_asked_like_any_other() -> None:
    rounds = [rolling("svets-r", "svets_mag", "2026-08-31", "2027-12-31", place="varnamo")]
    step = ("svets-r", "2027-02-03", "2027-02-24")
    _, rules = history(
        step, courses=[SVETS], rounds=rounds, pins=["svets-r@2027-02-03..2027-02-24"], max_travel=10
    )
    assert rules == {"travel"}


def test_a_validering_of_history_needs_no_claim_but_gives_only_what_is_claimed() -> None:
    courses = [insats("val_svets", kind="validering", provides={"svets": "2"}), SVETS]
    rounds = [omgang("val-1", "val_svets", *AUTUMN), omgang("svets-1", "svets_mag", *SPRING)]
    _, rules = history("val-1", "svets-1", courses=courses, rounds=rounds, pins=["val-1"])
    assert rules == set()
    _, rules = history("val-1", courses=courses, rounds=rounds, pins=["val-1"])
    assert rules == {"goal"}
    _, rules = history("val-1", courses=courses, rounds=rounds, pins=["val-1"], claims={"svets": "2"})
    assert rules == set()


@pytest.mark.parametrize(
    ("spring", "rules"),
    [
        (("2027-02-01", "2027-03-28"), set()),  # the two of history are 150 percent by themselves
        (("2027-01-25", "2027-03-28"), {"pace"}),  # from 25 January a new step is in progress too
    ],
)
def test_pace_asks_only_about_days_with_a_new_step(spring: tuple[str, str], rules: set[str]) -> None:
    courses = [SVETS, insats("a"), insats("b")]
    rounds = [
        omgang("a-1", "a", *AUTUMN, pace=75),
        omgang("b-1", "b", *AUTUMN, pace=75),
        omgang("svets-1", "svets_mag", *spring, pace=25),
    ]
    _, found = history("a-1", "b-1", "svets-1", courses=courses, rounds=rounds, pins=["a-1", "b-1"])
    assert found == rules


def test_history_clashes_with_a_new_step_but_not_with_itself() -> None:
    courses = [SVETS, insats("a"), insats("b")]
    rounds = [
        omgang("a-1", "a", *AUTUMN, pace=30, days=["mon"]),
        omgang("b-1", "b", *AUTUMN, pace=30, days=["mon"], place="varnamo"),
        omgang("svets-1", "svets_mag", *SPRING, pace=30, days=["mon"]),
        omgang("svets-2", "svets_mag", "2027-01-25", "2027-03-28", pace=30, days=["mon"]),
    ]
    for name, rules in ("svets-1", set()), ("svets-2", {"clash"}):
        _, found = history("a-1", "b-1", name, courses=courses, rounds=rounds, pins=["a-1", "b-1"])
        assert found == rules


def test_history_counts_in_repeats_but_cannot_break_it() -> None:
    rounds = [
        omgang("svets-1", "svets_mag", *AUTUMN, pace=50),
        omgang("svets-2", "svets_mag", *AUTUMN, pace=50),
        omgang("svets-3", "svets_mag", *SPRING),
    ]
    pins = ["svets-1", "svets-2"]
    _, rules = history("svets-1", "svets-2", courses=[SVETS], rounds=rounds, pins=pins)
    assert rules == set()  # twice, and at the same time
    for max_times, expected in (2, {"repeats"}), (3, set()):
        _, rules = history(
            "svets-1",
            "svets-2",
            "svets-3",
            courses=[{**SVETS, "max_times": max_times}],
            rounds=rounds,
            pins=pins,
        )
        assert rules == expected


def test_a_new_step_beside_one_of_history_of_the_same_insats_breaks_repeats() -> None:
    rounds = [
        omgang("svets-1", "svets_mag", *AUTUMN, pace=50),
        omgang("svets-2", "svets_mag", "2027-01-25", "2027-03-28", pace=50),
    ]
    courses = [{**SVETS, "max_times": 2}]
    _, rules = history("svets-1", "svets-2", courses=courses, rounds=rounds, pins=["svets-1"])
    assert rules == {"repeats"}


FAR_SPRING = ("2027-03-01", "2027-03-28")


@pytest.mark.parametrize(
    ("past", "spring", "rules"),
    [
        (PAST, FAR_SPRING, set()),  # over before the plan begins: the wait until March is no gap
        (AUTUMN, SPRING, set()),
        (AUTUMN, FAR_SPRING, {"gap"}),  # in progress until 31 January: February is a gap
        (("2026-10-05", "2027-01-08"), FAR_SPRING, set()),  # ends the Friday before
        (("2026-10-05", "2027-01-10"), FAR_SPRING, set()),  # the day before the planning date
        (("2026-10-05", "2027-01-11"), FAR_SPRING, {"gap"}),  # still in progress on it
    ],
)
def test_gap_looks_ahead_from_the_planning_date(
    past: tuple[str, str], spring: tuple[str, str], rules: set[str]
) -> None:
    rounds = [omgang("a-1", "a", *past), omgang("svets-1", "svets_mag", *spring)]
    _, found = history("a-1", "svets-1", courses=[SVETS, insats("a")], rounds=rounds, pins=["a-1"])
    assert found == rules


def test_a_hole_in_the_past_cannot_be_mended() -> None:
    rounds = [
        omgang("a-1", "a", "2026-08-31", "2026-10-02"),
        omgang("b-1", "b", "2026-12-07", "2027-01-31"),
        omgang("svets-1", "svets_mag", *SPRING),
    ]
    courses = [SVETS, insats("a"), insats("b")]
    _, rules = history("a-1", "b-1", "svets-1", courses=courses, rounds=rounds, pins=["a-1", "b-1"])
    assert rules == set()


@pytest.mark.parametrize(
    ("course", "pace", "rules"),
    [({}, 25, set()), ({}, 24, {"gap"}), ({"kind": "stod"}, 50, {"gap"})],
)
def test_history_in_progress_has_to_be_activity(course: Row, pace: int, rules: set[str]) -> None:
    rounds = [omgang("a-1", "a", *AUTUMN, pace=pace), omgang("svets-1", "svets_mag", *SPRING)]
    courses = [SVETS, insats("a", **course)]
    region, found = history("a-1", "svets-1", courses=courses, rounds=rounds, pins=["a-1"])
    assert found == rules
    with speaking("sv"):
        violations = verify(region, plan_of(region, {"D01": ("svets", ["a-1", "svets-1"])}))
    assert all(
        "11 januari 2027–29 januari 2027" in violation.text for violation in violations
    )  # not the autumn


def test_a_chain_all_in_the_past_has_no_gap() -> None:
    rounds = [
        omgang("a-1", "a", "2026-08-31", "2026-09-30"),
        omgang("svets-1", "svets_mag", "2026-11-02", "2026-12-18"),
    ]
    _, rules = history("a-1", "svets-1", courses=[SVETS, insats("a")], rounds=rounds, pins=["a-1", "svets-1"])
    assert rules == set()


def test_history_meets_requirements_of_new_steps() -> None:
    courses = [insats("sfi_c", provides={"svenska": "C"}), {**SVETS, "requires": "svenska>=C"}]
    rounds = [omgang("sfi-1", "sfi_c", *AUTUMN), omgang("svets-1", "svets_mag", *SPRING)]
    _, rules = history("sfi-1", "svets-1", courses=courses, rounds=rounds, pins=["sfi-1"])
    assert rules == set()


@pytest.mark.parametrize(("start", "rules"), [("2027-01-08", set()), ("2027-01-11", {"min_participants"})])
def test_a_round_that_has_begun_needs_no_least_class_size(start: str, rules: set[str]) -> None:
    rounds = [omgang("svets-1", "svets_mag", start, "2027-02-28", min_participants=2)]
    _, found = history("svets-1", courses=[SVETS], rounds=rounds, pins=["svets-1"])
    assert found == rules


def test_history_takes_its_seat() -> None:
    region = scenario(
        insatser=[SVETS],
        rounds=[rolling("svets-r", "svets_mag", "2026-08-31", "2027-12-31", seats=1)],
        participants=[person("D0", pinned=["svets-r@2026-10-05..2027-02-07"]), person("D1")],
    )
    past = ("svets", [("svets-r", "2026-10-05", "2027-02-07")])
    for start, end, rules in (
        ("2027-02-01", "2027-02-28", {"seats"}),
        ("2027-02-08", "2027-03-07", set()),
    ):
        plan = plan_of(region, {"D0": past, "D1": ("svets", [("svets-r", start, end)])})
        assert broken(region, plan) == rules


def test_the_points_of_history() -> None:
    # 2026-10-05 – 2027-01-31 is 119 days, 2026-10-05 – 2027-03-28 is 175, 2027-02-01 – 2027-03-28 is 56.
    # Days count from available_from, 2026-12-01: 118 to 2027-03-28. Fjärran can't be reached: no travel.
    rounds = [omgang("a-1", "a", *AUTUMN, pace=50, place="fjarran"), omgang("svets-1", "svets_mag", *SPRING)]
    courses = [SVETS, insats("a", bridge=True)]
    region, rules = history(
        "a-1", "svets-1", courses=courses, rounds=rounds, pins=["a-1"], available_from="2026-12-01"
    )
    assert rules == set()
    kedja = plan_of(region, {"D01": ("svets", ["a-1", "svets-1"])}).kedjor[0]
    points = chain_breakdown(region, region.participants[0], "svets", kedja.steps)
    assert kedja.days == 118
    assert (points.days, points.length, points.bridge, points.travel) == (11_800, 175, 238, 0)
    assert points.pace == 60 + 56  # half of 119, rounded up, and 56
