"""The objective (problem.md §6), computed by hand in each test."""

from typing import Any

import pytest

from sparplan.points import chain_breakdown, chain_days, chain_points, unplaced_points
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, person, scenario, step_of

MERITS = [
    {"profile": "svetsare", "kompetens": "svets", "level": "2"},
    {"profile": "svetsare", "kompetens": "truck", "level": "ja", "type": "meriterande", "weight": 3},
    {"profile": "svetsare", "kompetens": "svets", "level": "3", "type": "meriterande"},
    {
        "profile": "svetsare",
        "module": "Språk",
        "kompetens": "svenska",
        "level": "B",
        "type": "meriterande",
        "weight": 2,
    },
    {
        "profile": "svetsare",
        "module": "Skriva",
        "kompetens": "svenska",
        "level": "B",
        "type": "meriterande",
        "weight": 5,
    },
]


def region(
    held: Row | None = None, course: Row | None = None, who: Row | None = None, **rest: Any
) -> Scenario:
    """One round of four weeks, Monday 1 – Sunday 28 February 2027: 28 days, 20 study days."""
    return scenario(
        insatser=[insats("svets_mag", **{"provides": {"svets": "2"}, **(course or {})})],
        rounds=[
            omgang("svets-1", "svets_mag", **{"start": "2027-02-01", "end": "2027-02-28", **(held or {})})
        ],
        participants=[person(**(who or {}))],
        **rest,
    )


def terms(one: Scenario, *steppings: Stepping, track: str = "svets") -> dict[str, int]:
    steps = [step_of(one, stepping) for stepping in steppings]
    points = chain_breakdown(one, one.participants[0], track, steps)
    found = {name: getattr(points, name) for name in type(points).__slots__}
    assert chain_points(one, one.participants[0], track, steps) == points.total == sum(found.values())
    return found


def test_a_chain_term_by_term() -> None:
    # From 11 January (the planning date) to 28 February: 21 + 28 = 49 days. At home, so no travel.
    assert terms(region(), "svets-1") == {
        "days": 4900,
        "preference": 0,
        "length": 28,
        "bridge": 0,
        "travel": 0,
        "merit": 0,
        "pace": 28,
    }


@pytest.mark.parametrize(
    ("available_from", "days"),
    [
        (None, 49),
        ("2027-01-11", 49),
        ("2027-02-01", 28),
        ("2026-12-31", 60),  # as written, also before the planning date
        ("2027-02-28", 1),
        ("2027-03-01", 0),
        ("2027-06-01", 0),  # never below 0
    ],
)
def test_days_count_from_available_from(available_from: str | None, days: int) -> None:
    one = region(who={"available_from": available_from} if available_from else {})
    assert chain_days(one, one.participants[0], [step_of(one, "svets-1")]) == days
    assert terms(one, "svets-1")["days"] == 100 * days


def test_priority_weighs_the_first_bracket_only() -> None:
    tracks = [
        {"track": "lager", "name": "Lager", "profile": "svetsare"},
        {"track": "svets", "name": "Svetsare", "profile": "svetsare"},
    ]
    held = {"place": "varnamo"}
    who = {"tracks": ["lager", "svets"], "priority": 3}
    plain = terms(region(held, {"bridge": True}, {**who, "priority": 1}, tracks=tracks), "svets-1")
    weighed = terms(region(held, {"bridge": True}, who, tracks=tracks), "svets-1")
    assert (plain["days"], plain["preference"]) == (4900, 200)
    assert weighed == {**plain, "days": 3 * 4900, "preference": 3 * 200}


def test_an_empty_chain_has_its_rank_and_its_merits() -> None:
    tracks = [{"track": name, "name": name, "profile": "svetsare"} for name in ("lager", "kock", "svets")]
    who = {
        "tracks": ["lager", "kock", "svets"],
        "levels": {"svets": "2", "svenska": "D"},
        "priority": 2,
        "available_from": "2026-01-01",
    }
    one = region(who=who, tracks=tracks, kompetensprofiler=MERITS)
    # Third choice: 2 · 200 · 2 = 800. Svenska B stands twice, with weights 2 and 5: −50 · 7 = −350.
    found = terms(one)
    assert found.pop("preference") == 800
    assert found.pop("merit") == -350
    assert set(found.values()) == {0}


@pytest.mark.parametrize(
    ("levels", "provides", "weight"),
    [
        ({}, {"svets": "2"}, 0),
        ({}, {"svets": "3"}, 1),  # a krav of a higher level as well
        ({"truck": "ja"}, {"svets": "2"}, 3),
        ({"truck": "ja"}, {"svets": "2", "truck": "ja"}, 3),  # held twice over, counted once
        ({"svenska": "A"}, {"svets": "2", "svenska": "B"}, 7),
        ({"svenska": "D", "truck": "ja"}, {"svets": "3", "svenska": "A"}, 11),
    ],
)
def test_merits_reached(levels: dict[str, str], provides: dict[str, str], weight: int) -> None:
    one = region(course={"provides": provides}, who={"levels": levels}, kompetensprofiler=MERITS)
    assert terms(one, "svets-1")["merit"] == -50 * weight


def test_a_validering_gives_only_the_merits_that_are_claimed() -> None:
    course = {"kind": "validering", "provides": {"svets": "2", "truck": "ja", "svenska": "B"}}
    one = region(course=course, who={"claims": {"svets": "3", "svenska": "A"}}, kompetensprofiler=MERITS)
    assert terms(one, "svets-1")["merit"] == 0
    one = region(course=course, who={"claims": {"svets": "3", "truck": "ja"}}, kompetensprofiler=MERITS)
    assert terms(one, "svets-1")["merit"] == -150


@pytest.mark.parametrize(
    ("held", "who", "hours"),
    [
        ({"place": "varnamo"}, {}, 26),  # 2 · 40 · 20 / 60 = 26.7
        ({"place": "varnamo"}, {"modes": ["public"]}, 43),  # 2 · 65 · 20 / 60 = 43.3
        ({"place": "varnamo"}, {"modes": ["public", "car"]}, 26),  # the quickest allowed
        ({"place": "varnamo", "days": ["mon"]}, {}, 5),  # 4 days on site: 320 / 60 = 5.3
        ({"place": "varnamo", "days": ["mon", "tue", "wed"]}, {}, 16),  # 12 days: 960 / 60
        ({"place": "varnamo", "form": "hybrid"}, {}, 10),  # two of five: 8 days: 640 / 60 = 10.7
        ({"place": "varnamo", "form": "hybrid", "days": ["mon"]}, {}, 5),
        ({"place": "varnamo", "form": "distance"}, {}, 0),
        ({"place": "varnamo", "form": "distance", "days": ["mon"]}, {}, 0),
        ({"place": "fjarran"}, {}, 0),  # out of reach
        ({"place": "varnamo"}, {"modes": ["bike"]}, 0),
        ({}, {}, 0),
    ],
)
def test_travel_in_whole_hours(held: Row, who: Row, hours: int) -> None:
    assert terms(region(held, who=who), "svets-1")["travel"] == hours


def test_on_site_days_are_study_days_rounded_down() -> None:
    # 22 March – 4 April has 8 study days (Good Friday and Easter Monday are none); on three weekdays of
    # five that is 4.8, so 4 days: 2 · 40 · 4 / 60 = 5.3 hours.
    one = scenario(
        insatser=[insats("svets_mag")],
        rounds=[
            omgang(
                "svets-1",
                "svets_mag",
                "2027-03-22",
                "2027-04-04",
                place="varnamo",
                days=["mon", "wed", "fri"],
            )
        ],
    )
    assert terms(one, "svets-1")["travel"] == 5


def test_the_last_day_is_a_day_on_site_too() -> None:
    # Monday 1 – Wednesday 3 February: three study days, 2 · 40 · 3 / 60 = 4 hours.
    one = region({"place": "varnamo", "end": "2027-02-03"})
    assert terms(one, "svets-1")["travel"] == 4


def test_hours_are_rounded_down_for_each_step_before_the_weight() -> None:
    # Each week: 5 days · 80 minutes = 6.67 hours, so 6; two of them 12, at 7 points an hour 84.
    one = scenario(
        insatser=[insats("svets_mag", max_times=2)],
        rounds=[
            omgang("svets-1", "svets_mag", "2027-02-01", "2027-02-07", place="varnamo"),
            omgang("svets-2", "svets_mag", "2027-02-08", "2027-02-14", place="varnamo"),
        ],
        policy={"points": {"travel_hour": 7}},
    )
    assert terms(one, "svets-1", "svets-2")["travel"] == 84


@pytest.mark.parametrize(("pace", "points"), [(100, 28), (50, 14), (25, 7), (1, 1), (33, 10)])
def test_pace_is_rounded_up(pace: int, points: int) -> None:
    assert terms(region({"pace": pace}), "svets-1")["pace"] == points  # 28 · 0.33 = 9.24


def test_length_and_bridge_days_of_steps_side_by_side() -> None:
    # 1 February – 21 March is 49 days; the bridge steps 28 and 28 days, each by itself.
    one = scenario(
        insatser=[insats("praktik", bridge=True), insats("coach", bridge=True), insats("svets_mag")],
        rounds=[
            omgang("praktik-1", "praktik", "2027-02-01", "2027-02-28", pace=50),
            omgang("coach-1", "coach", "2027-02-15", "2027-03-14", pace=25),
            omgang("svets-1", "svets_mag", "2027-03-08", "2027-03-21", pace=50),
        ],
    )
    found = terms(one, "svets-1", "praktik-1", "coach-1")
    assert (found["length"], found["bridge"], found["pace"]) == (49, 112, 14 + 7 + 7)


def test_every_weight_is_the_policys() -> None:
    weights = {"day": 7, "length_day": 11, "bridge_day": 13, "travel_hour": 17, "merit": 19, "preference": 23}
    tracks = [{"track": name, "name": name, "profile": "svetsare"} for name in ("lager", "svets")]
    one = region(
        {"place": "varnamo"},
        {"bridge": True, "provides": {"svets": "2", "truck": "ja"}},
        {"tracks": ["lager", "svets"]},
        tracks=tracks,
        kompetensprofiler=MERITS,
        policy={"points": weights},
    )
    assert terms(one, "svets-1") == {
        "days": 7 * 49,
        "preference": 23,
        "length": 11 * 28,
        "bridge": 13 * 28,
        "travel": 17 * 26,
        "merit": -19 * 3,
        "pace": 28,
    }


@pytest.mark.parametrize(
    ("who", "points"),
    [
        ({}, 71_000),  # the horizon, 11 January – 31 December 2027, has 355 days
        ({"priority": 3}, 213_000),
        ({"available_from": "2027-05-01"}, 71_000),
        ({"available_from": "2027-01-01"}, 72_000),  # ten days of waiting before the planning date
        ({"available_from": "2027-01-01", "priority": 2}, 144_000),
    ],
)
def test_an_unplaced_participant(who: Row, points: int) -> None:
    one = region(who=who)
    assert unplaced_points(one, one.participants[0]) == points
