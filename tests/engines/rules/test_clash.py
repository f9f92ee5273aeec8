"""Rule `clash` in the model, asked alone."""

import pytest

from sparplan.engines.monolith.constraints import clash
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, rolling, scenario
from tests.engines.fixing import allows

FEBRUARY, MARCH = ("2027-02-01", "2027-02-28"), ("2027-03-01", "2027-03-28")
HERE = {"days": ["mon", "wed"]}
THERE = {"days": ["wed", "fri"], "place": "varnamo"}


def region(*rounds: Row) -> Scenario:
    return scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"}), insats("truck_ab")], rounds=rounds
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (HERE, THERE, False),
        (HERE, {**THERE, "form": "hybrid"}, False),
        (HERE, {**THERE, "form": "distance"}, True),
        (HERE, {**THERE, "place": "gislaved"}, True),
        (HERE, {**THERE, "days": ["tue", "fri"]}, True),
        (HERE, {"place": "varnamo"}, True),
        ({}, THERE, True),
    ],
)
@pytest.mark.parametrize("make", [omgang, rolling])
def test_two_places_on_one_weekday(one: Row, other: Row, expected: bool, make: object) -> None:
    assert callable(make)
    rounds = [omgang("s", "svets_mag", *FEBRUARY, **one), make("t", "truck_ab", *FEBRUARY, **other)]
    assert allows(clash, region(*rounds), "s", ("t", *FEBRUARY)) is expected


@pytest.mark.parametrize(("start", "expected"), [("2027-03-01", True), ("2027-02-28", False)])
def test_fixed_steps_need_a_day_in_common(start: str, expected: bool) -> None:
    rounds = [omgang("s", "svets_mag", *FEBRUARY, **HERE), omgang("t", "truck_ab", start, MARCH[1], **THERE)]
    assert allows(clash, region(*rounds), "s", "t") is expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [(("t", *MARCH), True), (("t", "2027-02-22", "2027-03-21"), False)],
)
def test_rolling_steps_need_a_day_in_common(step: Stepping, expected: bool) -> None:
    rounds = [
        rolling("s", "svets_mag", "2027-01-11", "2027-06-27", **HERE),
        rolling("t", "truck_ab", "2027-01-11", "2027-06-27", **THERE),
    ]
    assert allows(clash, region(*rounds), ("s", *FEBRUARY), step) is expected
