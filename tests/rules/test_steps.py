"""Rule `steps` (problem.md §4), and rule `pinned`."""

from typing import Any

import pytest

from sparplan.kedjor import Plan
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, broken, insats, omgang, person, plan_of, rolling, scenario

SVETS = insats("svets_mag", provides={"svets": "2"})


def with_step(plan: Plan, **fields: Any) -> Plan:
    """The plan with fields of its first step changed."""
    kedja = plan.kedjor[0]
    steps = (kedja.steps[0].model_copy(update=fields), *kedja.steps[1:])
    return plan.model_copy(update={"kedjor": (kedja.model_copy(update={"steps": steps}), *plan.kedjor[1:])})


def fixed() -> tuple[Scenario, Plan]:
    region = scenario(insatser=[SVETS], rounds=[omgang("svets-1", "svets_mag", "2027-02-01", "2027-02-28")])
    return region, plan_of(region, {"D01": ("svets", ["svets-1"])})


@pytest.mark.parametrize("dates", [("2027-02-02", "2027-02-28"), ("2027-02-01", "2027-02-27")])
def test_a_fixed_round_has_its_own_dates(dates: tuple[str, str]) -> None:
    region, _ = fixed()
    plan = plan_of(region, {"D01": ("svets", [("svets-1", *dates)])})
    assert broken(region, plan) == {"steps"}


@pytest.mark.parametrize(
    "fields", [{"insats": "truck_ab"}, {"place": "varnamo"}, {"place": None}, {"pace": 50}, {"bridge": True}]
)
def test_a_step_says_what_the_scenario_says(fields: Row) -> None:
    region, plan = fixed()
    assert broken(region, plan) == set()
    assert broken(region, with_step(plan, **fields)) == {"steps"}


def test_an_unknown_round_is_no_step() -> None:
    region, plan = fixed()
    assert "steps" in broken(region, with_step(plan, round="svets-9"))


def test_a_step_stands_once() -> None:
    region, _ = fixed()
    plan = plan_of(region, {"D01": ("svets", ["svets-1", "svets-1"])})
    assert broken(region, plan) == {"steps", "repeats", "pace"}


def rolled(
    step: Stepping, *, durations: list[Row] | None = None, who: Row | None = None, **cells: Any
) -> set[str]:
    """Rules broken by a step of a round from Monday 1 February to Sunday 25 April 2027."""
    region = scenario(
        insatser=[SVETS],
        rounds=[rolling("svets-r", "svets_mag", "2027-02-01", "2027-04-25", **cells)],
        participants=[person(**(who or {}))],
        **({"durations": durations} if durations else {}),
    )
    return broken(region, plan_of(region, {"D01": ("svets", [step])}))


@pytest.mark.parametrize(
    ("start", "end", "rules"),
    [
        ("2027-02-01", "2027-02-28", set()),  # four weeks, the least
        ("2027-02-08", "2027-04-04", set()),  # eight, the most
        ("2027-03-29", "2027-04-25", set()),  # the last start that leaves four
        ("2027-02-01", "2027-02-21", {"steps"}),  # three weeks
        ("2027-02-01", "2027-04-04", {"steps"}),  # nine
        ("2027-02-02", "2027-03-01", {"steps"}),  # a Tuesday
        ("2027-02-01", "2027-03-01", {"steps"}),  # four weeks and a day
        ("2027-04-05", "2027-05-02", {"steps"}),  # beyond the round's end
        ("2027-01-25", "2027-02-21", {"steps"}),  # before its start
    ],
)
def test_a_rolling_round_gives_starts_and_whole_weeks(start: str, end: str, rules: set[str]) -> None:
    # The calendar of the scenario holds the horizon, so dates off the round are judged all the same.
    assert rolled(("svets-r", start, end)) == rules


@pytest.mark.parametrize(("start", "rules"), [("2027-02-22", set()), ("2027-02-15", {"steps"})])
def test_intake_every_third_week(start: str, rules: set[str]) -> None:
    end = {"2027-02-22": "2027-03-21", "2027-02-15": "2027-03-14"}[start]
    assert rolled(("svets-r", start, end), intake_every=3) == rules


def test_without_weeks_max_there_is_one_length() -> None:
    one_length: dict[str, Any] = {"weeks_min": 4, "weeks_max": None}
    assert rolled(("svets-r", "2027-02-01", "2027-02-28"), **one_length) == set()
    assert rolled(("svets-r", "2027-02-01", "2027-03-07"), **one_length) == {"steps"}


DURATIONS = [
    {"insats": "truck_ab", "weeks": 9},
    {"insats": "svets_mag", "when": "attr:studievag=1", "weeks": 10},
    {"insats": "svets_mag", "when": "svenska>=C", "weeks": 3},
    {"insats": "svets_mag", "when": "attr:af", "weeks": 2},
]
WEEKS = {2: "2027-02-14", 3: "2027-02-21", 4: "2027-02-28", 10: "2027-04-11"}


@pytest.mark.parametrize(
    ("who", "weeks"),
    [
        ({"attributes": ["studievag=1"], "levels": {"svenska": "D"}}, 10),  # the first that holds counts
        ({"attributes": ["af"], "levels": {"svenska": "D"}}, 3),
        ({"attributes": ["af"]}, 2),
        ({}, 4),  # none holds: weeks_min..weeks_max
    ],
)
def test_durations_replace_the_weeks_of_the_round(who: Row, weeks: int) -> None:
    for tried, end in WEEKS.items():
        rules = rolled(("svets-r", "2027-02-01", end), durations=DURATIONS, who=who)
        assert rules == (set() if tried == weeks else {"steps"}), tried


def test_without_a_length_there_is_no_step_but_a_pinned_one() -> None:
    bare: dict[str, Any] = {"weeks_min": None, "weeks_max": None}
    step = ("svets-r", "2027-02-01", "2027-02-28")
    assert rolled(step, durations=DURATIONS, **bare) == {"steps"}
    pins = ["svets-r@2027-02-01..2027-02-28"]
    assert rolled(step, durations=DURATIONS, who={"pinned": pins}, **bare) == set()


def test_a_pin_with_dates_makes_a_step_off_the_grid() -> None:
    step = ("svets-r", "2027-02-03", "2027-02-18")
    assert rolled(step) == {"steps"}
    assert rolled(step, who={"pinned": ["svets-r@2027-02-03..2027-02-18"]}) == set()
    # Any other step off the grid stays none.
    other = {"pinned": ["svets-r@2027-02-03..2027-02-19"]}
    assert rolled(step, who=other) == {"steps", "pinned"}


@pytest.mark.parametrize(
    ("pins", "rules"),
    [
        (["svets-1"], set()),
        (["svets-2"], {"pinned"}),
        (["svets-1", "svets-2"], {"pinned"}),
        (["truck-r"], {"pinned"}),
    ],
)
def test_a_pinned_round_is_in_the_chain(pins: list[str], rules: set[str]) -> None:
    region = scenario(
        insatser=[{**SVETS, "max_times": 2}, insats("truck_ab")],
        rounds=[
            omgang("svets-1", "svets_mag", "2027-02-01", "2027-02-28"),
            omgang("svets-2", "svets_mag", "2027-03-01", "2027-03-28"),
            rolling("truck-r", "truck_ab", "2027-02-01", "2027-12-31"),
        ],
        participants=[person(pinned=pins)],
    )
    assert broken(region, plan_of(region, {"D01": ("svets", ["svets-1"])})) == rules


def test_a_bare_rolling_pin_asks_for_some_step_and_a_dated_one_for_its_own() -> None:
    step = ("svets-r", "2027-02-08", "2027-03-07")
    assert rolled(step, who={"pinned": ["svets-r"]}) == set()
    assert rolled(step, who={"pinned": ["svets-r@2027-02-08..2027-03-07"]}) == set()
    assert rolled(step, who={"pinned": ["svets-r@2027-02-15..2027-03-14"]}) == {"pinned"}


def test_who_is_not_placed_need_not_keep_a_pin() -> None:
    region = scenario(
        insatser=[SVETS],
        rounds=[omgang("svets-1", "svets_mag", "2027-02-01", "2027-02-28")],
        participants=[person(pinned=["svets-1"])],
    )
    assert broken(region, plan_of(region, {})) == set()
