"""Rules `seats`, `min_participants` and `positions`: what participants share."""

from typing import Any

import pytest

from sparplan.messages import speaking
from sparplan.rules import verify
from sparplan.scenario import Scenario
from tests.builders import broken, insats, omgang, person, plan_of, rolling, scenario


def welding(num_people: int, **cells: Any) -> Scenario:
    return scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[omgang("svets-1", "svets_mag", "2027-02-01", "2027-02-28", **cells)],
        participants=[person(f"D{number}") for number in range(num_people)],
    )


def everybody(region: Scenario) -> set[str]:
    return broken(
        region, plan_of(region, {name: ("svets", ["svets-1"]) for name in region.participant_by_id})
    )


@pytest.mark.parametrize(("seats", "rules"), [(None, set()), (3, set()), (2, {"seats"}), (0, {"seats"})])
def test_a_fixed_round_has_so_many_seats(seats: int | None, rules: set[str]) -> None:
    assert everybody(welding(3, **({} if seats is None else {"seats": seats}))) == rules


@pytest.mark.parametrize(("starts", "rules"), [((0, 4), set()), ((0, 3), {"seats"})])
def test_a_rolling_round_counts_those_in_progress(starts: tuple[int, int], rules: set[str]) -> None:
    mondays = ["2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22", "2027-03-01"]
    sundays = ["2027-02-28", "2027-03-07", "2027-03-14", "2027-03-21", "2027-03-28"]
    region = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[rolling("svets-r", "svets_mag", "2027-02-01", "2027-12-31", seats=1)],
        participants=[person("D0"), person("D1")],
    )
    chains = {
        f"D{number}": ("svets", [("svets-r", mondays[week], sundays[week])])
        for number, week in enumerate(starts)
    }
    with speaking("sv"):
        found = verify(region, plan_of(region, chains))
    assert {str(violation.rule) for violation in found} == rules
    assert all("22 februari 2027–28 februari 2027" in violation.text for violation in found)


def test_an_unplaced_participant_takes_no_seat() -> None:
    region = welding(2, seats=1)
    assert broken(region, plan_of(region, {"D0": ("svets", ["svets-1"])})) == set()


@pytest.mark.parametrize(("least", "rules"), [(0, set()), (2, set()), (3, {"min_participants"})])
def test_a_fixed_round_needs_a_least_class_size(least: int, rules: set[str]) -> None:
    assert everybody(welding(2, min_participants=least)) == rules


def test_a_round_that_nobody_takes_needs_nobody() -> None:
    region = welding(2, min_participants=3)
    assert broken(region, plan_of(region, {})) == set()


def test_a_rolling_round_has_no_least_class_size() -> None:
    region = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[rolling("svets-r", "svets_mag", "2027-02-01", "2027-12-31", min_participants=5)],
    )
    plan = plan_of(region, {"D01": ("svets", [("svets-r", "2027-02-01", "2027-02-28")])})
    assert broken(region, plan) == set()


@pytest.mark.parametrize(("positions", "rules"), [(2, set()), (1, {"positions"})])
def test_a_track_has_so_many_positions(positions: int, rules: set[str]) -> None:
    region = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[omgang("svets-1", "svets_mag", "2027-02-01", "2027-02-28")],
        tracks=[{"track": "svets", "name": "Svetsare", "profile": "svetsare", "positions": positions}],
        participants=[person("D0"), person("D1", levels={"svets": "3"}), person("D2")],
    )
    # D1 needs no step, and takes a position all the same; D2 isn't placed and takes none.
    plan = plan_of(region, {"D0": ("svets", ["svets-1"]), "D1": ("svets", [])})
    assert broken(region, plan) == rules
