"""Rule `alongside` in the model, asked alone."""

import pytest

from sparplan.engines.monolith.constraints import alongside
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, person, rolling, scenario
from tests.engines.fixing import allows


def region(
    beside: str, *rounds: Row, breaks: list[Row] | None = None, times: int = 2, **who: object
) -> Scenario:
    return scenario(
        insatser=[
            insats("svets_mag", provides={"svets": "2"}, alongside=beside, max_times=2),
            insats("jobbcoach", kind="stod", max_times=times),
            insats("mentor", kind="stod", max_times=times),
            insats("sfi", provides={"svenska": "C"}),
        ],
        rounds=rounds,
        calendar={"breaks": breaks or []},
        participants=[person(**who)],
    )


SVETS = omgang("svets-1", "svets_mag", "2027-02-01", "2027-03-19")  # Monday to Friday


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2027-02-01", "2027-03-19", True),
        ("2027-01-25", "2027-04-30", True),
        ("2027-02-02", "2027-03-19", False),
        ("2027-02-01", "2027-03-18", False),
    ],
)
def test_one_companion_must_cover_every_study_day(start: str, end: str, expected: bool) -> None:
    one = region("insats:jobbcoach", SVETS, omgang("coach-1", "jobbcoach", start, end))
    assert allows(alongside, one, "svets-1", "coach-1") is expected


def test_nobody_beside() -> None:
    one = region("insats:jobbcoach", SVETS, omgang("coach-1", "jobbcoach", "2027-02-01", "2027-03-19"))
    assert not allows(alongside, one, "svets-1")


@pytest.mark.parametrize(
    ("second_start", "expected"),
    [("2027-03-01", True), ("2027-02-26", True), ("2027-03-02", False)],
)
def test_two_steps_cover_together(second_start: str, expected: bool) -> None:
    """The first ends on Friday 26 February: the weekend needs nobody, Monday 1 March does."""
    one = region(
        "insats:jobbcoach",
        SVETS,
        omgang("coach-1", "jobbcoach", "2027-02-01", "2027-02-26"),
        omgang("coach-2", "jobbcoach", second_start, "2027-03-19"),
    )
    assert allows(alongside, one, "svets-1", "coach-1", "coach-2") is expected


def test_two_insatser_do_not_cover_one_alternative_each_half() -> None:
    one = region(
        "insats:jobbcoach | insats:mentor",
        SVETS,
        omgang("coach-1", "jobbcoach", "2027-02-01", "2027-02-28"),
        omgang("mentor-1", "mentor", "2027-03-01", "2027-03-28"),
    )
    assert not allows(alongside, one, "svets-1", "coach-1", "mentor-1")


@pytest.mark.parametrize("companion", ["coach-1", "mentor-1"])
def test_either_alternative_by_itself(companion: Stepping) -> None:
    one = region(
        "insats:jobbcoach | insats:mentor",
        SVETS,
        omgang("coach-1", "jobbcoach", "2027-02-01", "2027-03-28"),
        omgang("mentor-1", "mentor", "2027-02-01", "2027-03-28"),
    )
    assert allows(alongside, one, "svets-1", companion)


def test_every_term_asks() -> None:
    one = region(
        "insats:jobbcoach ; insats:mentor",
        SVETS,
        omgang("coach-1", "jobbcoach", "2027-02-01", "2027-03-28"),
        omgang("mentor-1", "mentor", "2027-02-01", "2027-03-28"),
    )
    assert allows(alongside, one, "svets-1", "coach-1", "mentor-1")
    assert not allows(alongside, one, "svets-1", "mentor-1")


def test_a_break_needs_nobody() -> None:
    sportlov = [{"start": "2027-02-15", "end": "2027-02-19"}]
    around = [
        omgang("coach-1", "jobbcoach", "2027-02-01", "2027-02-12"),
        omgang("coach-2", "jobbcoach", "2027-02-22", "2027-03-19"),
    ]
    steps = ("svets-1", "coach-1", "coach-2")
    assert allows(alongside, region("insats:jobbcoach", SVETS, *around, breaks=sportlov), *steps)
    assert not allows(alongside, region("insats:jobbcoach", SVETS, *around), *steps)


@pytest.mark.parametrize(
    ("coach", "expected"),
    [
        (("coach-r", "2027-02-01", "2027-03-28"), True),
        (("coach-r", "2027-02-08", "2027-04-04"), False),
        (("coach-r", "2027-02-01", "2027-03-14"), False),
    ],
)
def test_a_rolling_companion(coach: Stepping, expected: bool) -> None:
    one = region("insats:jobbcoach", SVETS, rolling("coach-r", "jobbcoach", "2027-01-11", "2027-06-30"))
    assert allows(alongside, one, "svets-1", coach) is expected


def test_two_copies_of_a_rolling_companion() -> None:
    one = region("insats:jobbcoach", SVETS, rolling("coach-r", "jobbcoach", "2027-01-11", "2027-06-30"))
    first, second = ("coach-r", "2027-02-01", "2027-02-28"), ("coach-r", "2027-03-01", "2027-03-28")
    assert allows(alongside, one, "svets-1", first, second)
    assert not allows(alongside, one, "svets-1", first)


@pytest.mark.parametrize(
    ("svets", "expected"),
    [
        (("svets-r", "2027-02-01", "2027-02-28"), True),
        (("svets-r", "2027-01-25", "2027-02-28"), False),
        (("svets-r", "2027-02-01", "2027-03-28"), False),
    ],
)
def test_a_rolling_step_beside_a_fixed_one(svets: Stepping, expected: bool) -> None:
    one = region(
        "insats:jobbcoach",
        rolling("svets-r", "svets_mag", "2027-01-11", "2027-06-30"),
        omgang("coach-1", "jobbcoach", "2027-02-01", "2027-02-28"),
    )
    assert allows(alongside, one, svets, "coach-1") is expected


def test_history_may_stand_beside() -> None:
    past = omgang("coach-0", "jobbcoach", "2026-11-02", "2027-03-28")
    assert allows(alongside, region("insats:jobbcoach", SVETS, past, pinned=["coach-0"]), "svets-1")
    short = omgang("coach-0", "jobbcoach", "2026-11-02", "2027-03-18")
    more = omgang("coach-1", "jobbcoach", "2027-03-19", "2027-04-02")
    one = region("insats:jobbcoach", SVETS, short, more, pinned=["coach-0"])
    assert not allows(alongside, one, "svets-1")
    assert allows(alongside, one, "svets-1", "coach-1")


def test_history_is_not_asked() -> None:
    past = omgang("svets-0", "svets_mag", "2026-11-02", "2027-03-28")
    coach = omgang("coach-1", "jobbcoach", "2027-02-01", "2027-03-28")
    assert allows(alongside, region("insats:jobbcoach", past, coach, pinned=["svets-0"]))


@pytest.mark.parametrize(("end", "expected"), [("2027-01-31", True), ("2027-02-01", False)])
def test_a_level_must_be_held_on_the_first_day(end: str, expected: bool) -> None:
    one = region("svenska>=C | insats:jobbcoach", SVETS, omgang("sfi-1", "sfi", "2027-01-11", end))
    assert allows(alongside, one, "sfi-1", "svets-1") is expected


def test_a_step_covers_its_own_insats() -> None:
    assert allows(alongside, region("insats:svets_mag", SVETS), "svets-1")
