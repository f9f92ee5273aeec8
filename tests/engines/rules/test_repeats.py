"""Rule `repeats` in the model, asked alone."""

import pytest

from sparplan.engines.monolith.constraints import repeats
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, person, rolling, scenario
from tests.engines.fixing import allows

FEBRUARY, MARCH = ("2027-02-01", "2027-02-28"), ("2027-03-01", "2027-03-28")


def region(times: int, *rounds: Row, **who: object) -> Scenario:
    course = insats("svets_mag", provides={"svets": "2"}, max_times=times)
    return scenario(insatser=[course], rounds=rounds, participants=[person(**who)])


@pytest.mark.parametrize(("times", "expected"), [(1, False), (2, True)])
def test_fixed_rounds(times: int, expected: bool) -> None:
    one = region(times, omgang("s1", "svets_mag", *FEBRUARY), omgang("s2", "svets_mag", *MARCH))
    assert allows(repeats, one, "s1", "s2") is expected
    assert allows(repeats, one, "s2")


def test_steps_of_one_insats_do_not_overlap() -> None:
    one = region(
        2, omgang("s1", "svets_mag", *FEBRUARY), omgang("s2", "svets_mag", "2027-02-28", "2027-03-28")
    )
    assert not allows(repeats, one, "s1", "s2")


ROLLING = rolling("r", "svets_mag", "2027-01-11", "2027-06-27", weeks_max=4)
COPIES: list[Stepping] = [
    ("r", "2027-01-11", "2027-02-07"),
    ("r", "2027-02-08", "2027-03-07"),
    ("r", "2027-03-15", "2027-04-11"),
]


@pytest.mark.parametrize("times", [2, 3])
def test_a_rolling_round_gives_as_many_steps_as_allowed(times: int) -> None:
    assert allows(repeats, region(times, ROLLING), *COPIES[:times])
    assert allows(repeats, region(times, ROLLING), *COPIES[:1])


@pytest.mark.parametrize(("times", "expected"), [(2, False), (3, True)])
def test_two_rolling_rounds_share_the_limit(times: int, expected: bool) -> None:
    other = {**ROLLING, "round": "r2"}
    mixed: list[Stepping] = [*COPIES[:2], ("r2", "2027-04-12", "2027-05-09")]
    assert allows(repeats, region(times, ROLLING, other), *mixed) is expected


@pytest.mark.parametrize(
    ("start", "end", "expected"), [("2027-02-01", "2027-02-28", False), ("2027-02-08", "2027-03-07", True)]
)
def test_a_rolling_and_another_do_not_overlap(start: str, end: str, expected: bool) -> None:
    other = {**ROLLING, "round": "r2"}
    assert allows(repeats, region(2, ROLLING, other), COPIES[0], ("r2", start, end)) is expected


@pytest.mark.parametrize(("times", "expected"), [(2, False), (3, True)])
def test_history_counts_as_a_time(times: int, expected: bool) -> None:
    past = omgang("s0", "svets_mag", "2026-11-02", "2026-12-18")
    rounds = [past, omgang("s1", "svets_mag", *FEBRUARY), omgang("s2", "svets_mag", *MARCH)]
    assert allows(repeats, region(times, *rounds, pinned=["s0"]), "s1", "s2") is expected


def test_history_alone_breaks_nothing() -> None:
    past = [
        omgang("s0", "svets_mag", "2026-11-02", "2027-02-07"),
        omgang("s1", "svets_mag", "2026-12-07", "2027-02-28"),
    ]
    assert allows(repeats, region(1, *past, pinned=["s0", "s1"]))
