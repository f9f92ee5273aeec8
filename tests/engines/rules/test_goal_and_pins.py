"""Rules `goal` and `pinned` in the model, each asked alone."""

import pytest

from sparplan.engines.monolith.constraints import goal, pinned
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, person, rolling, scenario
from tests.engines.fixing import allows

FEBRUARY, MARCH = ("2027-02-01", "2027-02-28"), ("2027-03-01", "2027-03-28")


def region(*rounds: Row, krav: tuple[tuple[str, str], ...] = (("svets", "2"),), **who: object) -> Scenario:
    profile = [{"profile": "svetsare", "kompetens": kompetens, "level": level} for kompetens, level in krav]
    return scenario(
        insatser=[
            insats("svets_1", provides={"svets": "1"}),
            insats("svets_3", provides={"svets": "3"}, max_times=2),
            insats("truck_ab", provides={"truck": "ja"}),
        ],
        rounds=rounds,
        kompetensprofiler=profile,
        participants=[person(**who)],
    )


LOW = omgang("low", "svets_1", *FEBRUARY)
HIGH = omgang("high", "svets_3", *MARCH)
TRUCK = omgang("truck", "truck_ab", *MARCH)


@pytest.mark.parametrize(("taken", "expected"), [(["high"], True), (["low"], False), ([], False)])
def test_a_krav_is_reached_at_its_level_or_above(taken: list[Stepping], expected: bool) -> None:
    assert allows(goal, region(LOW, HIGH), *taken) is expected


@pytest.mark.parametrize("taken", [["high"], ["truck"], ["high", "truck"]])
def test_every_krav_is_asked(taken: list[Stepping]) -> None:
    one = region(HIGH, TRUCK, krav=(("svets", "2"), ("truck", "ja")))
    assert allows(goal, one, *taken) is (len(taken) == 2)


def test_a_krav_that_is_held_needs_nothing() -> None:
    assert allows(goal, region(HIGH, levels={"svets": "2"}))


def test_history_and_rolling_steps_reach_krav() -> None:
    past = omgang("past", "svets_3", "2026-11-02", "2026-12-18")
    assert allows(goal, region(past, pinned=["past"]))
    roll = rolling("r", "svets_3", "2027-01-11", "2027-06-27")
    assert allows(goal, region(roll), ("r", *MARCH))
    assert not allows(goal, region(roll))


def test_a_pinned_fixed_round_must_be_taken() -> None:
    one = region(HIGH, TRUCK, pinned=["truck"])
    assert allows(pinned, one, "truck")
    assert allows(pinned, one, "truck", "high")
    assert not allows(pinned, one, "high")


ROLL = rolling("r", "svets_3", "2027-01-11", "2027-06-27")


@pytest.mark.parametrize(
    ("pin", "expected"),
    [("r", True), ("r@2027-03-01..2027-03-28", True), ("r@2027-03-08..2027-04-04", False)],
)
def test_a_pinned_step_must_be_taken_with_its_dates(pin: str, expected: bool) -> None:
    one = region(ROLL, pinned=[pin])
    if expected:
        assert allows(pinned, one, ("r", *MARCH))
    else:
        assert allows(pinned, one, ("r", "2027-03-08", "2027-04-04"))
    assert not allows(pinned, one)


def test_a_step_off_the_grid_does_not_answer_a_bare_pin() -> None:
    off = "r@2027-03-03..2027-03-20"
    one = region(ROLL, pinned=["r", off])
    assert not allows(pinned, one, ("r", "2027-03-03", "2027-03-20"))
    assert allows(pinned, one, ("r", "2027-03-03", "2027-03-20"), ("r", "2027-04-05", "2027-05-02"))


@pytest.mark.parametrize("order", [1, -1])
def test_a_step_on_the_grid_answers_a_bare_pin_too(order: int) -> None:
    one = region(ROLL, pinned=["r", "r@2027-03-01..2027-03-28"][::order])
    assert allows(pinned, one, ("r", *MARCH))
    assert not allows(pinned, one)


def test_history_is_always_taken() -> None:
    past = omgang("past", "truck_ab", "2026-11-02", "2026-12-18")
    one = region(past, HIGH, pinned=["past"])
    assert allows(pinned, one, "high", "past", history=False)
    assert not allows(pinned, one, "high", history=False)
