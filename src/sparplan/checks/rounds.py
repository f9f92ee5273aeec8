"""Faults of dates, places and lengths: rounds, and the windows of tracks."""

from typing import Any

from sparplan.checks.survey import Survey, is_readable, is_set
from sparplan.scenario import BROKEN, Form, Intake

MONDAY = 0


def check(survey: Survey) -> None:
    """Note every fault of a round's own columns together, and of the dates of tracks."""
    with_durations = {row.insats for row in survey.draft.durations}
    for index, row in survey.rows("rounds"):
        _check_dates(survey, "rounds", index, row)
        if is_readable(row.form, row.place) and row.form != Form.DISTANCE and row.place is None:
            survey.issues.add("round_without_place", survey.where("rounds", index, "place"), form=row.form)
        if row.intake == Intake.ROLLING:
            _check_rolling(survey, index, row, with_durations)
    for index, row in survey.rows("tracks"):
        _check_dates(survey, "tracks", index, row)


def _check_dates(survey: Survey, table: str, index: int, row: Any) -> None:
    if is_set(row.start, row.end) and row.end < row.start:
        where = survey.where(table, index, "end")
        survey.issues.add("reversed_interval", where, start=row.start, end=row.end)


def _check_rolling(survey: Survey, index: int, row: Any, with_durations: set[Any]) -> None:
    if is_set(row.start) and row.start.weekday() != MONDAY:
        survey.issues.add("start_not_monday", survey.where("rounds", index, "start"), date=row.start)
    if is_set(row.weeks_min, row.weeks_max) and row.weeks_max < row.weeks_min:
        where = survey.where("rounds", index, "weeks_max")
        survey.issues.add("weeks_reversed", where, least=row.weeks_min, most=row.weeks_max)
    if (
        row.weeks_min is None
        and is_readable(row.insats)
        and not with_durations & {row.insats, BROKEN}
        and "durations" not in survey.unreadable
    ):
        survey.issues.add("weeks_missing", survey.where("rounds", index, "weeks_min"), insats=row.insats)
