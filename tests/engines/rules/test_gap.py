"""Rule `gap` in the model, asked alone. 26 February 2027 is a Friday."""

import pytest

from sparplan.engines.monolith.constraints import gap
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, person, rolling, scenario
from tests.engines.fixing import allows


def region(
    *rounds: Row,
    tolerated: int = 0,
    min_pace: int = 25,
    breaks: list[Row] | None = None,
    **who: object,
) -> Scenario:
    return scenario(
        insatser=[
            insats("svets_mag", provides={"svets": "2"}, max_times=3),
            insats("truck_ab", provides={"truck": "ja"}),
            insats("jobbcoach", kind="stod", provides={"svenska": "A"}),
        ],
        rounds=rounds,
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {"profile": "svetsare", "kompetens": "svenska", "level": "A", "type": "meriterande"},
        ],
        policy={"max_gap_days": tolerated, "min_pace": min_pace},
        calendar={"breaks": breaks or []},
        participants=[person(**who)],
    )


FIRST = omgang("a", "truck_ab", "2027-02-01", "2027-02-26")


def then(start: str, end: str = "2027-03-26", **cells: object) -> Row:
    return omgang("b", "svets_mag", start, end, **cells)


@pytest.mark.parametrize(
    ("start", "tolerated", "expected"),
    [
        ("2027-03-01", 0, True),  # over a weekend
        ("2027-03-02", 0, False),
        ("2027-03-02", 1, True),
        ("2027-03-03", 1, False),
        ("2027-03-08", 5, True),  # the weekend within isn't counted
        ("2027-03-09", 5, False),
    ],
)
def test_study_days_in_a_row_without_activity(start: str, tolerated: int, expected: bool) -> None:
    assert allows(gap, region(FIRST, then(start), tolerated=tolerated), "a", "b") is expected


def test_one_step_alone_and_none_at_all() -> None:
    one = region(FIRST, then("2027-06-01", "2027-06-30"))
    assert allows(gap, one, "a")
    assert allows(gap, one, "b")
    assert allows(gap, one)
    assert not allows(gap, one, "a", "b")


def test_a_break_and_a_holiday_are_no_gap_but_the_run_goes_on_over_them() -> None:
    """Easter 2027: Good Friday 26 March, Easter Monday 29 March; a break until Friday 2 April."""
    before = omgang("a", "truck_ab", "2027-02-01", "2027-03-24")  # Wednesday
    easter = [{"start": "2027-03-30", "end": "2027-04-02"}]
    for start, tolerated, expected in [
        ("2027-04-05", 0, False),  # Thursday 25 March
        ("2027-04-05", 1, True),
        ("2027-04-06", 1, False),  # and Monday 5 April: two in a row, eleven days apart
        ("2027-04-06", 2, True),
    ]:
        one = region(before, then(start, "2027-04-30"), tolerated=tolerated, breaks=easter)
        assert allows(gap, one, "a", "b") is expected, (start, tolerated)


def test_two_short_gaps_are_not_one_long() -> None:
    one = region(
        FIRST,
        omgang("b", "svets_mag", "2027-03-02", "2027-03-02"),
        omgang("c", "svets_mag", "2027-03-04", "2027-03-26"),
        tolerated=1,
    )
    assert allows(gap, one, "a", "b", "c")
    assert not allows(gap, one, "a", "c")


@pytest.mark.parametrize(
    ("paces", "min_pace", "expected"),
    [
        ((25,), 25, True),
        ((24,), 25, False),
        ((12, 13), 25, True),
        ((12, 12), 25, False),
        ((1,), 0, True),
    ],
)
def test_least_pace_is_a_sum(paces: tuple[int, ...], min_pace: int, expected: bool) -> None:
    """Between a step in February and one in April, slow steps fill March."""
    fillers = [
        omgang("f1", "svets_mag", "2027-03-01", "2027-03-31", pace=paces[0]),
        *(omgang("f2", "truck_ab", "2027-03-01", "2027-03-31", pace=pace) for pace in paces[1:]),
    ]
    one = region(
        omgang("a", "svets_mag", "2027-02-01", "2027-02-26"),
        omgang("c", "svets_mag", "2027-04-01", "2027-04-30"),
        *fillers,
        min_pace=min_pace,
    )
    assert allows(gap, one, "a", *(str(row["round"]) for row in fillers), "c") is expected


def test_no_least_pace_means_no_gaps() -> None:
    assert allows(gap, region(FIRST, then("2027-06-01", "2027-06-30"), min_pace=0), "a", "b")


def test_stod_covers_nothing_and_counts_as_first_and_last_step() -> None:
    coach = omgang("coach", "jobbcoach", "2027-02-01", "2027-04-30")
    one = region(FIRST, then("2027-03-08"), coach)
    assert not allows(gap, one, "a", "b", "coach")
    assert not allows(gap, one, "a", "coach")  # March and April are in the chain, without activity
    assert not allows(gap, one, "coach")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (("r", "2027-03-01", "2027-03-28"), True),
        (("r", "2027-03-08", "2027-04-04"), False),
        (("r", "2027-01-11", "2027-02-07"), True),
        (("r", "2027-01-11", "2027-02-14"), True),
    ],
)
def test_a_rolling_step_around_a_fixed_one(step: Stepping, expected: bool) -> None:
    one = region(FIRST, rolling("r", "svets_mag", "2027-01-11", "2027-06-30"))
    assert allows(gap, one, "a", step) is expected


@pytest.mark.parametrize(("start", "expected"), [("2027-03-08", True), ("2027-03-15", False)])
def test_two_copies_with_a_tolerated_week(start: str, expected: bool) -> None:
    one = region(rolling("r", "svets_mag", "2027-02-01", "2027-06-27", weeks_max=4), tolerated=5)
    end = {"2027-03-08": "2027-04-04", "2027-03-15": "2027-04-11"}[start]
    assert allows(gap, one, ("r", "2027-02-01", "2027-02-28"), ("r", start, end)) is expected


def history(end: str, new_start: str, *more: Row, **rest: int) -> bool:
    past = omgang("h", "truck_ab", "2026-11-02", end)
    new = omgang("b", "svets_mag", new_start, "2027-03-26")
    one = region(past, new, *more, pinned=["h"], **rest)
    return allows(gap, one, "b")


def test_history_in_progress_is_followed_on() -> None:
    """The planning date is Monday 11 January."""
    assert history("2027-01-29", "2027-02-01")
    assert not history("2027-01-29", "2027-02-02")
    assert not history("2027-01-11", "2027-01-13")
    assert history("2027-01-12", "2027-01-13")


def test_history_that_is_over_lets_one_wait() -> None:
    assert history("2027-01-10", "2027-03-01")
    assert history("2026-12-01", "2027-03-01")


def test_gaps_between_steps_of_history_are_past() -> None:
    one = region(
        omgang("h1", "truck_ab", "2026-09-01", "2026-09-30"),
        omgang("h2", "svets_mag", "2026-12-01", "2027-01-29"),
        pinned=["h1", "h2"],
    )
    assert allows(gap, one)


def test_history_that_covers_nothing_asks_for_activity_from_the_planning_date() -> None:
    """In progress, it starts the reckoning on the planning date, though it is no activity itself."""
    coach = omgang("h", "jobbcoach", "2026-11-02", "2027-02-26")
    early, late = ("r", "2027-01-11", "2027-03-07"), ("r", "2027-01-18", "2027-03-14")
    one = region(coach, rolling("r", "svets_mag", "2027-01-11", "2027-06-27"), pinned=["h"])
    assert allows(gap, one, early)
    assert not allows(gap, one, late)
    tolerant = region(coach, rolling("r", "svets_mag", "2027-01-11", "2027-06-27"), pinned=["h"], tolerated=5)
    assert allows(gap, tolerant, late)
