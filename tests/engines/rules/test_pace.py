"""Rule `pace` in the model, asked alone."""

import pytest

from sparplan.engines.monolith.constraints import pace
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, person, rolling, scenario
from tests.engines.fixing import allows

FEBRUARY = ("2027-02-01", "2027-02-28")


def region(*rounds: Row, limit: int = 100, **who: object) -> Scenario:
    return scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"}), insats("truck_ab"), insats("praktik")],
        rounds=rounds,
        participants=[person(max_pace=limit, **who)],
    )


def fixed(number: int, of: str, percent: int, start: str = FEBRUARY[0], end: str = FEBRUARY[1]) -> Row:
    return omgang(f"x{number}", of, start, end, pace=percent)


@pytest.mark.parametrize(
    ("paces", "limit", "expected"),
    [
        ((50, 50), 100, True),
        ((50, 51), 100, False),
        ((100,), 100, True),
        ((100,), 99, False),
        ((100, 50), 150, True),
        ((30, 30, 40), 100, True),
        ((30, 30, 41), 100, False),
    ],
)
def test_fixed_steps_of_one_day(paces: tuple[int, ...], limit: int, expected: bool) -> None:
    insatser = ("svets_mag", "truck_ab", "praktik")
    rounds = [
        fixed(number, of, percent) for number, (of, percent) in enumerate(zip(insatser, paces, strict=False))
    ]
    assert allows(pace, region(*rounds, limit=limit), *(str(row["round"]) for row in rounds)) is expected


@pytest.mark.parametrize(("start", "expected"), [("2027-03-01", True), ("2027-02-28", False)])
def test_only_days_in_common_count(start: str, expected: bool) -> None:
    one = region(fixed(1, "svets_mag", 60), fixed(2, "truck_ab", 60, start, "2027-03-28"))
    assert allows(pace, one, "x1", "x2") is expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (("r", "2027-03-01", "2027-03-28"), True),
        (("r", "2027-02-22", "2027-03-21"), False),
        (("r", "2027-01-11", "2027-02-07"), False),
    ],
)
def test_a_rolling_step_beside_a_fixed_one(step: Stepping, expected: bool) -> None:
    one = region(fixed(1, "svets_mag", 60), rolling("r", "truck_ab", "2027-01-11", "2027-06-27", pace=50))
    assert allows(pace, one, "x1", step) is expected


def test_two_rolling_steps() -> None:
    rounds = [
        rolling("r", "truck_ab", "2027-01-11", "2027-06-27", pace=60),
        rolling("q", "svets_mag", "2027-01-11", "2027-06-27", pace=50),
    ]
    one, first = region(*rounds), ("r", "2027-01-11", "2027-02-14")
    assert allows(pace, one, first, ("q", "2027-02-15", "2027-03-28"))
    assert not allows(pace, one, first, ("q", "2027-02-08", "2027-03-28"))
    assert allows(pace, region(*rounds, limit=110), first, ("q", "2027-02-08", "2027-03-28"))


def test_a_rolling_step_above_the_limit_by_itself() -> None:
    one = region(rolling("r", "svets_mag", "2027-01-11", "2027-06-27", pace=60), limit=50)
    assert not allows(pace, one, ("r", "2027-01-11", "2027-02-14"))
    assert allows(pace, one)


PAST = omgang("h", "truck_ab", "2026-11-02", "2027-02-14", pace=60)


@pytest.mark.parametrize(("start", "expected"), [("2027-02-15", True), ("2027-02-08", False)])
@pytest.mark.parametrize("is_rolling", [False, True])
def test_history_takes_its_share(start: str, expected: bool, is_rolling: bool) -> None:
    new = (
        rolling("n", "svets_mag", "2027-01-11", "2027-06-27", pace=50)
        if is_rolling
        else omgang("n", "svets_mag", start, "2027-03-14", pace=50)
    )
    assert allows(pace, region(PAST, new, pinned=["h"]), ("n", start, "2027-03-14")) is expected


@pytest.mark.parametrize("is_rolling", [False, True])
def test_history_above_the_limit_breaks_nothing_but_leaves_no_room(is_rolling: bool) -> None:
    more = omgang("h2", "praktik", "2026-11-02", "2027-02-14", pace=60)
    new = (
        rolling("n", "svets_mag", "2027-01-11", "2027-06-27", pace=1)
        if is_rolling
        else omgang("n", "svets_mag", *FEBRUARY, pace=1)
    )
    one = region(PAST, more, new, pinned=["h", "h2"])
    assert allows(pace, one)
    assert not allows(pace, one, ("n", *FEBRUARY))
