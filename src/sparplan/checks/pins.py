"""Faults of pins: unknown rounds, dates that the round hasn't, and pins that are excluded too."""

from typing import Any

from sparplan.checks.survey import Survey, is_readable, is_set
from sparplan.errors import Where
from sparplan.scenario import Pin


def check(survey: Survey) -> None:
    """Note every fault of the participants' pins."""
    for index, row in survey.rows("participants"):
        if not row.pinned or not is_readable(row.pinned):
            continue
        where = survey.where("participants", index, "pinned")
        excluded = row.excluded if is_set(row.excluded) else ()
        for pin in row.pins:
            survey.refer("rounds", pin.round, where)
            found = survey.round_by_id.get(pin.round)
            if found is not None and pin.start is not None:
                _check_dates(survey, pin, found, where)
            insats = found.insats if found is not None else None
            also = next((name for name in excluded if name in (pin.round, insats)), None)
            if also is not None:
                survey.issues.add("pin_excluded", where, pin=pin, excluded=also)


def _check_dates(survey: Survey, pin: Pin, found: Any, where: Where) -> None:
    if is_readable(found.intake) and not found.is_rolling:
        survey.issues.add("pin_dates_on_fixed_round", where, pin=pin, round=pin.round)
    elif is_readable(found.start, found.end) and (pin.start < found.start or pin.end > found.end):
        survey.issues.add("pin_outside_round", where, pin=pin, start=found.start, end=found.end)
