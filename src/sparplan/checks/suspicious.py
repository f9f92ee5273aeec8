"""Warnings of single rows: legal, but without effect or probably a mistake."""

from functools import partial
from math import inf
from typing import Any

from sparplan.checks.survey import Survey, is_readable, is_set
from sparplan.errors import Where
from sparplan.expressions import HomeAtom, parse
from sparplan.files.naming import printable
from sparplan.scenario import Form
from sparplan.studydays import DAYS_A_WEEK

DIGITS_OF_MUNICIPALITY = 4  # SCB's codes


def check(survey: Survey) -> None:
    """Warn of suspicious rows, table by table."""
    _check_places(survey)
    _check_homes_in_expressions(survey)
    _check_durations(survey)
    _check_rounds(survey)
    _check_participants(survey)


def _check_places(survey: Survey) -> None:
    for index, row in survey.rows("places"):
        code = row.municipality
        if is_set(code) and code.isdigit() and len(code) < DIGITS_OF_MUNICIPALITY:
            where = survey.where("places", index, "municipality")
            survey.issues.warn("short_municipality", where, value=printable(code))


def _check_homes_in_expressions(survey: Survey) -> None:
    for table, columns in (("insatser", ("requires", "alongside", "eligibility")), ("durations", ("when",))):
        for index, row in survey.rows(table):
            for column in columns:
                _check_homes(survey, getattr(row, column), survey.where(table, index, column))


def _check_homes(survey: Survey, text: str | None, where: Where) -> None:
    if not is_set(text) or "places" in survey.unreadable:
        return
    for atom in parse(text).atoms():
        if isinstance(atom, HomeAtom) and atom.municipality not in survey.municipalities:
            survey.issues.warn(
                "home_nowhere",
                where,
                value=printable(atom.municipality),
                hint=partial(survey.hint, atom.municipality, survey.municipalities),
            )


def _span_weeks(row: Any) -> int:
    """Whole weeks that fit between a round's dates."""
    return int(((row.end - row.start).days + 1) // DAYS_A_WEEK)


def _check_durations(survey: Survey) -> None:
    rounds = survey.draft.rounds
    if "rounds" in survey.unreadable or not is_readable(*(row.insats for row in rounds)):
        return
    spans: dict[str, float] = {}
    for row in rounds:
        if not is_readable(row.intake) or row.is_rolling:
            is_known = is_readable(row.intake, row.start, row.end)
            spans[row.insats] = max(_span_weeks(row) if is_known else inf, spans.get(row.insats, 0))
    settled: set[str] = set()
    for index, row in survey.rows("durations"):
        if not is_readable(row.insats) or row.insats not in survey.ids["insatser"]:
            continue
        where = survey.where("durations", index, "insats")
        if row.insats not in spans:
            survey.issues.warn("durations_without_rolling", where, insats=row.insats)
        elif is_readable(row.weeks) and row.weeks > spans[row.insats]:
            where = survey.where("durations", index, "weeks")
            survey.issues.warn("weeks_do_not_fit", where, weeks=row.weeks, span=spans[row.insats])
        if row.insats in settled:
            survey.issues.warn("duration_never_counts", where, insats=row.insats)
        if row.when is None:
            settled.add(row.insats)


def _check_rounds(survey: Survey) -> None:
    pinned = {
        pin.round
        for row in survey.draft.participants
        if row.pinned and is_readable(row.pinned)
        for pin in row.pins
    }
    for index, row in survey.rows("rounds"):
        _check_round(survey, index, row)
        if row.round not in pinned:  # a pinned one is somebody's history
            _check_horizon(survey, index, row)


def _check_round(survey: Survey, index: int, row: Any) -> None:
    def warn(code: str, column: str, **values: object) -> None:
        survey.issues.warn(code, survey.where("rounds", index, column), **values)

    if row.form == Form.DISTANCE and is_set(row.days) and row.days:
        warn("days_of_distance", "days")
    if not is_readable(row.intake):
        return
    least = row.min_participants if is_set(row.min_participants) else 0
    if row.is_rolling:
        if least > 0:
            warn("min_participants_of_rolling", "min_participants")
        _check_weeks(survey, index, row)
    else:
        if is_set(row.seats) and least > row.seats:
            warn("min_participants_above_seats", "min_participants", least=least, seats=row.seats)
        for column in ("weeks_min", "weeks_max"):
            if is_set(getattr(row, column)):
                warn("weeks_of_fixed", column)
                break


def _check_weeks(survey: Survey, index: int, row: Any) -> None:
    """Warn of lengths that are longer than the round itself."""
    if not is_set(row.start, row.end) or row.end < row.start:
        return
    span = _span_weeks(row)
    for column in ("weeks_min", "weeks_max"):
        weeks = getattr(row, column)
        if is_set(weeks) and weeks > span:
            where = survey.where("rounds", index, column)
            survey.issues.warn("weeks_do_not_fit", where, weeks=weeks, span=span)
            return


def _check_horizon(survey: Survey, index: int, row: Any) -> None:
    horizon = survey.draft.horizon
    if not is_readable(horizon) or not is_set(horizon.start, horizon.end, row.start, row.end):
        return
    if horizon.start <= horizon.end and (row.end < horizon.start or row.start > horizon.end):
        where = survey.where("rounds", index, "start" if row.start > horizon.end else "end")
        survey.issues.warn("round_outside_horizon", where, start=row.start, end=row.end)


def _check_participants(survey: Survey) -> None:
    today = survey.draft.planning_date
    for index, row in survey.rows("participants"):
        free_from = row.available_from if row.available_from is not None else today
        if is_set(free_from, row.latest_end) and row.latest_end < free_from:
            where = survey.where("participants", index, "latest_end")
            survey.issues.warn("no_time_at_all", where, start=free_from, end=row.latest_end)
