"""Rule `prerequisites` in the model, asked alone."""

import pytest

from sparplan.engines.monolith.constraints import prerequisites
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, person, rolling, scenario
from tests.engines.fixing import allows

SVENSKA = insats("sfi", provides={"svenska": "C"})
TRUCK = insats("truck_ab", provides={"truck": "ja"})


def region(requires: str, *rounds: Row, **who: object) -> Scenario:
    return scenario(
        insatser=[SVENSKA, TRUCK, insats("svets_mag", provides={"svets": "2"}, requires=requires)],
        rounds=rounds,
        participants=[person(**who)],
    )


SFI = omgang("sfi-1", "sfi", "2027-01-11", "2027-02-28")
LATE_SFI = omgang("sfi-2", "sfi", "2027-01-12", "2027-03-01")
SVETS = omgang("svets-1", "svets_mag", "2027-03-01", "2027-04-30")


@pytest.mark.parametrize(
    ("requires", "expected"),
    [("svenska>=C", True), ("svenska>=B", True), ("svenska", True), ("insats:sfi", True), ("truck", False)],
)
def test_a_step_that_ended_before_gives_what_is_required(requires: str, expected: bool) -> None:
    truck = omgang("truck-1", "truck_ab", "2027-01-11", "2027-02-28")
    assert allows(prerequisites, region(requires, SFI, SVETS, truck), "sfi-1", "svets-1") is expected


def test_without_the_step_the_requirement_is_not_met() -> None:
    assert not allows(prerequisites, region("svenska>=C", SFI, SVETS), "svets-1")


def test_a_step_that_ends_on_the_first_day_comes_too_late() -> None:
    assert not allows(prerequisites, region("svenska>=C", SFI, LATE_SFI, SVETS), "sfi-2", "svets-1")


def test_one_alternative_of_a_term_is_enough() -> None:
    one = region("svenska>=C | insats:truck_ab", SFI, SVETS)
    assert allows(prerequisites, one, "sfi-1", "svets-1")


@pytest.mark.parametrize("taken", [["sfi-1"], ["truck-1"], ["sfi-1", "truck-1"]])
def test_every_term_must_hold(taken: list[Stepping]) -> None:
    one = region("svenska>=C ; truck", SFI, SVETS, omgang("truck-1", "truck_ab", "2027-01-11", "2027-01-24"))
    assert allows(prerequisites, one, *taken, "svets-1") is (len(taken) == 2)


def test_what_is_held_from_the_start_is_not_asked_for() -> None:
    assert allows(prerequisites, region("svenska>=C", SVETS, levels={"svenska": "D"}), "svets-1")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2027-03-01", "2027-03-28", True),
        ("2027-02-22", "2027-03-21", False),  # begins in the last week of sfi-1
    ],
)
def test_a_rolling_step_after_a_fixed_one(start: str, end: str, expected: bool) -> None:
    # sfi-0 ends early, so that the start of 22 February isn't compiled away.
    early = omgang("sfi-0", "sfi", "2027-01-11", "2027-02-07")
    one = region("svenska>=C", early, SFI, rolling("svets-r", "svets_mag", "2027-01-11", "2027-06-30"))
    assert allows(prerequisites, one, "sfi-1", ("svets-r", start, end)) is expected


def test_a_fixed_step_that_ends_on_the_first_day_of_a_rolling_one() -> None:
    early = omgang("sfi-0", "sfi", "2027-01-11", "2027-02-07")
    roll = rolling("svets-r", "svets_mag", "2027-01-11", "2027-06-30")
    one = region("svenska>=C", early, LATE_SFI, roll)  # until Monday 1 March
    assert not allows(prerequisites, one, "sfi-2", ("svets-r", "2027-03-01", "2027-03-28"))
    assert allows(prerequisites, one, "sfi-2", ("svets-r", "2027-03-08", "2027-04-04"))


@pytest.mark.parametrize(("end", "expected"), [("2027-02-28", True), ("2027-03-07", False)])
def test_a_fixed_step_after_a_rolling_one(end: str, expected: bool) -> None:
    one = region("svenska>=C", rolling("sfi-r", "sfi", "2027-01-11", "2027-06-30"), SVETS)
    assert allows(prerequisites, one, ("sfi-r", "2027-01-25", end), "svets-1") is expected


@pytest.mark.parametrize(("end", "expected"), [("2027-02-28", True), ("2027-03-07", False)])
def test_a_rolling_step_after_a_rolling_one(end: str, expected: bool) -> None:
    one = region(
        "svenska>=C",
        rolling("sfi-r", "sfi", "2027-01-11", "2027-06-30"),
        rolling("svets-r", "svets_mag", "2027-01-11", "2027-06-30"),
    )
    steps = [("sfi-r", "2027-01-25", end), ("svets-r", "2027-03-01", "2027-04-04")]
    assert allows(prerequisites, one, *steps) is expected


def test_a_second_copy_may_build_on_the_first() -> None:
    one = scenario(
        insatser=[
            insats("svets_mag", provides={"svets": "2"}, requires="truck | insats:svets_mag", max_times=2),
            TRUCK,
        ],
        rounds=[
            rolling("svets-r", "svets_mag", "2027-01-11", "2027-06-30", weeks_max=4),
            omgang("truck-1", "truck_ab", "2027-01-11", "2027-02-07"),
        ],
    )
    first, second = ("svets-r", "2027-02-08", "2027-03-07"), ("svets-r", "2027-03-08", "2027-04-04")
    assert allows(prerequisites, one, "truck-1", first, second)
    assert not allows(prerequisites, one, first, second)


@pytest.mark.parametrize(("end", "expected"), [("2027-02-28", True), ("2027-03-01", False)])
def test_history_counts_from_its_end_on(end: str, expected: bool) -> None:
    past = omgang("sfi-0", "sfi", "2026-11-02", end)
    early = omgang("sfi-1", "sfi", "2027-01-11", "2027-02-14")  # so that svets-1 isn't out of reach
    one = scenario(
        insatser=[
            {**SVENSKA, "max_times": 2},
            insats("svets_mag", provides={"svets": "2"}, requires="svenska>=C | truck"),
            TRUCK,
        ],
        rounds=[past, early, SVETS, omgang("truck-1", "truck_ab", "2027-01-11", "2027-02-14")],
        participants=[person(pinned=["sfi-0"])],
    )
    assert allows(prerequisites, one, "svets-1") is expected


def test_history_itself_is_not_asked() -> None:
    past = omgang("svets-0", "svets_mag", "2026-11-02", "2027-02-28")
    assert allows(prerequisites, region("svenska>=C", past, pinned=["svets-0"]), "svets-0")
