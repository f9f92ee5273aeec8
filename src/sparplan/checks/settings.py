"""Faults of scenario.yaml: the horizon, today's date in it, breaks and the country."""

from datetime import date

from sparplan.checks.survey import Survey, is_readable, is_set
from sparplan.files.naming import printable
from sparplan.scenario import MAX_HORIZON_DAYS
from sparplan.studydays import known_countries


def check(survey: Survey) -> None:
    """Note every fault of the settings."""
    _check_horizon(survey)
    _check_calendar(survey)


def _check_horizon(survey: Survey) -> None:
    draft = survey.draft
    if not is_readable(draft.horizon):
        return
    start, end, today = draft.horizon.start, draft.horizon.end, draft.planning_date
    if not is_readable(start, end):
        return
    days = (end - start).days + 1
    if end < start:
        _add_reversed(survey, "horizon.end", start, end)
    elif days > MAX_HORIZON_DAYS:
        where = survey.origin.setting("horizon.end")
        survey.issues.add("horizon_too_long", where, days=days, limit=MAX_HORIZON_DAYS)
    if start <= end and is_readable(today) and not start <= today <= end:
        where = survey.origin.setting("planning_date")
        survey.issues.add("planning_date_outside", where, date=today, start=start, end=end)


def _check_calendar(survey: Survey) -> None:
    calendar = survey.draft.calendar
    if not is_readable(calendar):
        return
    if is_set(calendar.country) and calendar.country != "SE" and calendar.country not in known_countries():
        survey.issues.add(
            "unknown_country", survey.origin.setting("calendar.country"), value=printable(calendar.country)
        )
    if not is_readable(calendar.breaks):
        return
    for number, pause in enumerate(calendar.breaks, start=1):
        if is_readable(pause.start, pause.end) and pause.end < pause.start:
            _add_reversed(survey, f"calendar.breaks.{number}.end", pause.start, pause.end)


def _add_reversed(survey: Survey, path: str, start: date, end: date) -> None:
    survey.issues.add("reversed_interval", survey.origin.setting(path), start=start, end=end)
