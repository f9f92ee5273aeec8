"""Rules `repeats`, `pace`, `clash` and `gap`: steps after and beside one another."""

from typing import Any

import pytest

from sparplan.messages import speaking
from sparplan.rules import verify
from sparplan.scenario import Scenario
from tests.builders import Row, broken, insats, omgang, person, plan_of, scenario

SVETS = insats("svets_mag", provides={"svets": "2"})


def all_rounds(one: Scenario) -> set[str]:
    """Rules broken when D01 takes every round there is."""
    return broken(one, plan_of(one, {"D01": ("svets", [row.round for row in one.rounds])}))


def welding(*intervals: tuple[str, str], max_times: int | None = None, pace: int = 100) -> Scenario:
    course = SVETS if max_times is None else {**SVETS, "max_times": max_times}
    rounds = [
        omgang(f"svets-{number}", "svets_mag", start, end, pace=pace)
        for number, (start, end) in enumerate(intervals, 1)
    ]
    return scenario(insatser=[course], rounds=rounds)


FEBRUARY, MARCH = ("2027-02-01", "2027-02-28"), ("2027-03-01", "2027-03-28")


def test_an_insats_occurs_at_most_max_times() -> None:
    assert all_rounds(welding(FEBRUARY)) == set()
    assert all_rounds(welding(FEBRUARY, MARCH)) == {"repeats"}  # one time is the default
    assert all_rounds(welding(FEBRUARY, MARCH, max_times=2)) == set()


def test_steps_of_one_insats_do_not_overlap() -> None:
    by_one_day = ("2027-02-28", "2027-03-28")
    assert all_rounds(welding(FEBRUARY, by_one_day, max_times=2, pace=50)) == {"repeats"}
    assert all_rounds(welding(FEBRUARY, MARCH, max_times=2, pace=50)) == set()


def two(
    first: tuple[str, str],
    second: tuple[str, str],
    *,
    one: Row | None = None,
    other: Row | None = None,
    **rest: Any,
) -> Scenario:
    """A round of welding and one of truck, each with its own dates and cells."""
    return scenario(
        insatser=[SVETS, insats("truck_ab", provides={"truck": "ja"}, **rest.pop("course", {}))],
        rounds=[
            omgang("svets-1", "svets_mag", *first, **(one or {})),
            omgang("truck-1", "truck_ab", *second, **(other or {})),
        ],
        participants=[person(**rest.pop("who", {}))],
        **rest,
    )


@pytest.mark.parametrize(
    ("paces", "limit", "rules"),
    [
        ((50, 50), 100, set()),
        ((50, 51), 100, {"pace"}),
        ((25, 26), 50, {"pace"}),
        ((100, 50), 150, set()),
    ],
)
def test_the_pace_of_a_day_is_the_sum(paces: tuple[int, int], limit: int, rules: set[str]) -> None:
    region = two(
        FEBRUARY, FEBRUARY, one={"pace": paces[0]}, other={"pace": paces[1]}, who={"max_pace": limit}
    )
    assert all_rounds(region) == rules


def test_pace_asks_about_every_calendar_day() -> None:
    assert all_rounds(two(FEBRUARY, MARCH)) == set()
    only_sunday_in_common = ("2027-02-28", "2027-03-28")
    assert all_rounds(two(FEBRUARY, only_sunday_in_common)) == {"pace"}


def test_one_violation_for_a_run_of_days() -> None:
    # 25 percent of truck all along; from 8 February on 150 percent, before that 125.
    region = scenario(
        insatser=[SVETS, insats("truck_ab"), insats("praktik")],
        rounds=[
            omgang("svets-1", "svets_mag", *FEBRUARY, pace=100),
            omgang("truck-1", "truck_ab", *FEBRUARY, pace=25),
            omgang("praktik-1", "praktik", "2027-02-08", "2027-02-28", pace=25),
        ],
    )
    plan = plan_of(region, {"D01": ("svets", [row.round for row in region.rounds])})
    with speaking("sv"):
        found = verify(region, plan)
    assert [str(violation.rule) for violation in found] == ["pace"]
    assert found[0].text == "D01 läser 150 procent 1 februari 2027–28 februari 2027. Högst 100 är möjligt."


HALF = {"pace": 50}
WEDNESDAYS = {"pace": 50, "days": ["mon", "wed"]}
ELSEWHERE = {"pace": 50, "days": ["wed", "fri"], "place": "varnamo"}


@pytest.mark.parametrize(
    ("one", "other", "rules"),
    [
        (WEDNESDAYS, ELSEWHERE, {"clash"}),
        (WEDNESDAYS, {**ELSEWHERE, "form": "hybrid"}, {"clash"}),
        (WEDNESDAYS, {**ELSEWHERE, "form": "distance"}, set()),
        (WEDNESDAYS, {**ELSEWHERE, "place": "gislaved"}, set()),
        (WEDNESDAYS, {**ELSEWHERE, "days": ["tue", "fri"]}, set()),
        (WEDNESDAYS, {**HALF, "place": "varnamo"}, set()),  # gives no days
    ],
)
def test_nobody_is_in_two_places_on_a_weekday(one: Row, other: Row, rules: set[str]) -> None:
    assert all_rounds(two(FEBRUARY, FEBRUARY, one=one, other=other)) == rules


def test_a_clash_needs_a_calendar_day_in_common_be_it_a_sunday() -> None:
    assert all_rounds(two(FEBRUARY, MARCH, one=WEDNESDAYS, other=ELSEWHERE)) == set()
    from_sunday = ("2027-02-28", "2027-03-28")
    assert all_rounds(two(FEBRUARY, from_sunday, one=WEDNESDAYS, other=ELSEWHERE)) == {"clash"}


def test_three_at_once_give_a_violation_for_each_pair() -> None:
    region = scenario(
        insatser=[SVETS, insats("a"), insats("b")],
        rounds=[
            omgang("svets-1", "svets_mag", *FEBRUARY, pace=30, days=["wed"]),
            omgang("a-1", "a", *FEBRUARY, pace=30, days=["wed"], place="varnamo"),
            omgang("b-1", "b", *FEBRUARY, pace=30, days=["wed"], place="varnamo"),
        ],
    )
    found = verify(region, plan_of(region, {"D01": ("svets", ["svets-1", "a-1", "b-1"])}))
    assert [str(violation.rule) for violation in found] == ["clash", "clash"]


@pytest.mark.parametrize(
    ("second_start", "max_gap_days", "rules"),
    [
        ("2027-03-01", 0, set()),  # after the weekend
        ("2027-03-02", 0, {"gap"}),  # Monday 1 March is missed
        ("2027-03-02", 1, set()),
        ("2027-03-08", 5, set()),  # just the five days of the week
        ("2027-03-09", 5, {"gap"}),
    ],
)
def test_a_gap_is_counted_in_study_days(second_start: str, max_gap_days: int, rules: set[str]) -> None:
    region = two(FEBRUARY, (second_start, "2027-04-04"), policy={"max_gap_days": max_gap_days})
    assert all_rounds(region) == rules


def test_holidays_and_breaks_are_no_gap() -> None:
    # Good Friday is 26 March 2027, Easter Monday 29 March.
    easter = two(("2027-02-01", "2027-03-25"), ("2027-03-30", "2027-04-25"))
    assert all_rounds(easter) == set()
    too_late = two(("2027-02-01", "2027-03-25"), ("2027-03-31", "2027-04-25"))
    assert all_rounds(too_late) == {"gap"}
    # Midsommarafton, Friday 25 June 2027, is an eve: no study day.
    midsummer = two(("2027-06-01", "2027-06-24"), ("2027-06-28", "2027-07-25"))
    assert all_rounds(midsummer) == set()


@pytest.mark.parametrize(
    ("first_end", "second_start", "rules"),
    [
        ("2027-02-26", "2027-03-04", set()),  # the break is just what lies between
        ("2027-02-26", "2027-03-05", {"gap"}),  # Thursday 4 March is missed
        ("2027-02-25", "2027-03-04", {"gap"}),  # Friday 26 February is missed
    ],
)
def test_a_break_counts_with_both_its_ends(first_end: str, second_start: str, rules: set[str]) -> None:
    rest = {"breaks": [{"name": "Lov", "start": "2027-03-01", "end": "2027-03-03"}]}
    assert all_rounds(two(("2027-02-01", first_end), (second_start, "2027-04-04"), calendar=rest)) == rules


def test_a_gap_runs_on_over_days_without_studies() -> None:
    # Thursday 25 March and Tuesday 30 March are two study days in a row: Easter lies between.
    region = two(("2027-02-01", "2027-03-24"), ("2027-03-31", "2027-04-25"), policy={"max_gap_days": 1})
    assert all_rounds(region) == {"gap"}


@pytest.mark.parametrize(
    ("paces", "min_pace", "rules"),
    [
        ((25, 10), 25, set()),
        ((24, 10), 25, {"gap"}),  # from 15 March on just the 24
        ((15, 15), 30, {"gap"}),
        ((15, 15), 15, set()),
        ((10, 10), 0, set()),
    ],
)
def test_activity_is_the_sum_of_the_paces(paces: tuple[int, int], min_pace: int, rules: set[str]) -> None:
    region = two(
        ("2027-02-01", "2027-03-26"),
        ("2027-02-01", "2027-03-12"),
        one={"pace": paces[0]},
        other={"pace": paces[1]},
        policy={"min_pace": min_pace},
    )
    assert all_rounds(region) == rules


@pytest.mark.parametrize(
    ("course", "rules"),
    [
        ({}, set()),
        ({"kind": "stod"}, {"gap"}),
        ({"kind": "stod", "covers": True}, set()),
        ({"covers": False}, {"gap"}),
    ],
)
def test_only_what_covers_is_activity(course: Row, rules: set[str]) -> None:
    bridging = omgang("praktik-1", "praktik", "2027-03-01", "2027-03-14")
    region = scenario(
        insatser=[SVETS, insats("truck_ab", provides={"truck": "ja"}), insats("praktik", **course)],
        rounds=[
            omgang("svets-1", "svets_mag", *FEBRUARY),
            omgang("truck-1", "truck_ab", "2027-03-15", "2027-03-28"),
            bridging,
        ],
    )
    assert all_rounds(region) == rules


@pytest.mark.parametrize(
    "coaching", [("2027-01-29", "2027-02-05"), ("2027-02-22", "2027-03-01")], ids=["before", "after"]
)
def test_the_ends_of_a_chain_are_those_of_all_its_steps(coaching: tuple[str, str]) -> None:
    region = two(FEBRUARY, coaching, one={"pace": 90}, other={"pace": 10}, course={"kind": "stod"})
    assert all_rounds(region) == {"gap"}


def test_the_wait_before_the_first_step_is_no_gap() -> None:
    assert all_rounds(welding(MARCH)) == set()
