"""The points of one participant (problem.md §6)."""

from sparplan.scenario import Form, ProfileType
from sparplan.studydays import WEEKDAYS
from tests.oracle.case import Case, Step, Steps


def points(case: Case, steps: Steps) -> int:
    """What a placed participant's chain adds to the objective."""
    weights = case.scenario.policy.points
    merits = case.levels_after(steps)
    total = case.participant.priority * (
        weights.day * days(case, steps) + weights.preference * case.participant.tracks.index(case.track)
    )
    if steps:
        first, last = min(step.first for step in steps), max(step.last for step in steps)
        total += weights.length_day * (last - first + 1)
    for step in steps:
        if case.scenario.insats_by_id[step.insats].bridge:
            total += weights.bridge_day * step.days
        total += weights.travel_hour * travel_hours(case, step)
        total += -(-case.pace_of(step) * step.days // 100)
    for row in case.profile:
        if row.type is ProfileType.MERITERANDE and case.reaches(merits, row.kompetens, row.level):
            total -= weights.merit * row.weight
    return total


def days(case: Case, steps: Steps) -> int:
    """Calendar days from `available_from` to the chain's last day."""
    if not steps:
        return 0
    return max(0, max(step.last for step in steps) - case.available_day + 1)


def travel_hours(case: Case, step: Step) -> int:
    """Whole hours there and back on the step's on-site days."""
    row = case.scenario.round_by_id[step.round]
    minutes = None if row.form is Form.DISTANCE else case.minutes_to(row)
    if minutes is None:
        return 0
    weekdays = len(row.days) or (2 if row.form is Form.HYBRID else len(WEEKDAYS))
    on_site_days = case.calendar.count(step.first, step.last + 1) * weekdays // len(WEEKDAYS)
    return 2 * minutes * on_site_days // 60
