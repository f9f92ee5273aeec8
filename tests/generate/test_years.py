"""The calendar of made-up regions has no gaps that nobody can fill."""

from itertools import pairwise

from sparplan.generating.years import (
    BREAKS,
    HORIZON,
    PERIODS,
    PLANNING_DATE,
    spans_of_periods,
    spans_of_weeks,
)
from sparplan.studydays import StudyCalendar, day_after, to_day


def calendar() -> StudyCalendar:
    breaks = tuple((to_day(row.start), to_day(day_after(row.end))) for row in BREAKS)
    return StudyCalendar("SE", breaks, to_day(PLANNING_DATE), to_day(HORIZON.end) + 1)


def test_no_study_day_lies_between_two_periods() -> None:
    for earlier, later in pairwise(PERIODS):
        assert calendar().count(to_day(day_after(earlier.end)), to_day(later.start)) == 0


def test_every_interval_begins_on_a_monday_and_ends_on_a_sunday() -> None:
    intervals = [*PERIODS, *BREAKS, *spans_of_weeks(1), *spans_of_weeks(5)]
    assert {row.start.isoweekday() for row in intervals} == {1}
    assert {row.end.isoweekday() for row in intervals} == {7}


def test_periods_last_nine_or_ten_weeks_and_years_have_five() -> None:
    assert {(day_after(row.end) - row.start).days // 7 for row in PERIODS} == {9, 10}
    assert len(PERIODS) == 10


def test_runs_of_periods_and_weeks() -> None:
    assert len(spans_of_periods(1)) == 10
    assert spans_of_periods(10)[0].end == PERIODS[-1].end
    assert all(
        not (row.start <= span.end and span.start <= row.end) for row in BREAKS for span in spans_of_weeks(5)
    )
