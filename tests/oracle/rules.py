"""The rules of one participant (problem.md §5), each as the contract says it, each for itself.

A rule about one step isn't asked about history; a rule about a set of steps has its own word on history.
"""

from collections.abc import Callable
from itertools import combinations, pairwise

from sparplan.scenario import Form, Kind, ProfileType
from tests.oracle.case import Case, Step, Steps

# -- Rules about one step -------------------------------------------------------------------------------


def validering(case: Case, step: Step) -> bool:
    """§4: a participant with nothing to claim in a validering can't take it."""
    is_validering = case.scenario.insats_by_id[step.insats].kind is Kind.VALIDERING
    return not is_validering or bool(case.gives[step.insats])


def eligibility(case: Case, step: Step) -> bool:
    row, insats = case.scenario.round_by_id[step.round], case.scenario.insats_by_id[step.insats]
    return (
        case.holds(insats.eligibility, case.starting_levels)
        and (not row.reserved_for or case.track in row.reserved_for or case.municipality in row.reserved_for)
        and step.round not in case.participant.excluded
        and step.insats not in case.participant.excluded
    )


def window(case: Case, step: Step) -> bool:
    row, track = case.scenario.round_by_id[step.round], case.scenario.track_by_id[case.track]
    earliest = [case.scenario.planning_date, case.participant.available_from, track.start]
    latest = [case.scenario.horizon.end, case.participant.latest_end, track.end]
    is_pinned = any(pin.round == step.round for pin in case.participant.pins)
    return (
        all(step.first >= day.toordinal() for day in earliest if day)
        and all(step.last <= day.toordinal() for day in latest if day)
        and (is_pinned or row.apply_by is None or row.apply_by >= case.scenario.planning_date)
    )


def travel(case: Case, step: Step) -> bool:
    row = case.scenario.round_by_id[step.round]
    if row.form is Form.DISTANCE:
        return True
    minutes = case.minutes_to(row)
    limit = case.participant.max_travel
    return minutes is not None and (limit is None or minutes <= limit)


# -- Rules about a set of steps -------------------------------------------------------------------------


def prerequisites(case: Case, steps: Steps) -> bool:
    for step in steps:
        done = tuple(other for other in steps if other.last < step.first)
        done_insatser = {other.insats for other in done}
        requires = case.scenario.insats_by_id[step.insats].requires
        if not step.history and not case.holds(requires, case.levels_after(done), done_insatser.__contains__):
            return False
    return True


def alongside(case: Case, steps: Steps) -> bool:
    for step in steps:
        alongside = case.scenario.insats_by_id[step.insats].alongside
        if step.history or alongside is None:
            continue
        done = tuple(other for other in steps if other.last < step.first)
        study_days = case.calendar.between(step.first, step.last + 1)

        def side_by_side(insats: str, study_days: tuple[int, ...] = study_days) -> bool:
            sides = [other for other in steps if other.insats == insats]
            return all(any(side.covers(day) for side in sides) for day in study_days)

        if not case.holds(alongside, case.levels_after(done), side_by_side):
            return False
    return True


def repeats(case: Case, steps: Steps) -> bool:
    for insats in {step.insats for step in steps if not step.history}:
        same = [step for step in steps if step.insats == insats]
        if len(same) > case.scenario.insats_by_id[insats].max_times:
            return False
        if any(a.overlaps(b) and not (a.history and b.history) for a, b in combinations(same, 2)):
            return False
    return True


def pace(case: Case, steps: Steps) -> bool:
    # The pace rises only on first days of steps, so these days are enough.
    for day in {step.first for step in steps}:
        going_on = [step for step in steps if step.covers(day)]
        if all(step.history for step in going_on):
            continue
        if sum(case.pace_of(step) for step in going_on) > case.participant.max_pace:
            return False
    return True


def clash(case: Case, steps: Steps) -> bool:
    for a, b in combinations(steps, 2):
        if (a.history and b.history) or not a.overlaps(b):
            continue
        here, there = case.scenario.round_by_id[a.round], case.scenario.round_by_id[b.round]
        in_person = here.form is not Form.DISTANCE and there.form is not Form.DISTANCE
        if in_person and here.place != there.place and set(here.days) & set(there.days):
            return False
    return True


def gap(case: Case, steps: Steps, until: int | None = None) -> bool:
    """Whether no gap is too long, up to and with day `until` (the last step's last day)."""
    new = [step for step in steps if not step.history]
    if any(step.history and step.covers(case.planning_day) for step in steps):
        look_from = case.planning_day
    elif new:
        look_from = min(step.first for step in new)
    else:
        return True
    look_to = max(step.last for step in steps) if until is None else until
    turns = {look_from, look_to + 1, *(step.first for step in steps), *(step.last + 1 for step in steps)}
    run = 0
    for day, next_turn in pairwise(sorted(turn for turn in turns if look_from <= turn <= look_to + 1)):
        study_days = case.calendar.count(day, next_turn)
        pace = sum(case.pace_of(step) for step in steps if step.covers(day) and case.is_covering(step))
        if pace < case.scenario.policy.min_pace:
            run += study_days
            if run > case.scenario.policy.max_gap_days:
                return False
        elif study_days:
            run = 0
    return True


def goal(case: Case, steps: Steps) -> bool:
    levels = case.levels_after(steps)
    return all(
        case.reaches(levels, row.kompetens, row.level) for row in case.profile if row.type is ProfileType.KRAV
    )


def pinned(case: Case, steps: Steps) -> bool:
    bare_rolling = [pin.round for pin in case.participant.pins if case.pinned_step(pin) is None]
    return set(case.pinned_steps) <= set(steps) and all(
        any(
            step.round == name and (step.first, step.last) in case.dates_of(case.scenario.round_by_id[name])
            for step in steps
        )
        for name in bare_rolling
    )


STEP_RULES: dict[str, Callable[[Case, Step], bool]] = {
    "validering": validering,
    "eligibility": eligibility,
    "window": window,
    "travel": travel,
}
SET_RULES: dict[str, Callable[[Case, Steps], bool]] = {
    "prerequisites": prerequisites,
    "alongside": alongside,
    "repeats": repeats,
    "pace": pace,
    "clash": clash,
    "gap": gap,
    "goal": goal,
    "pinned": pinned,
}


def candidates(case: Case) -> Steps:
    """Every step, not of history, that the rules about a step by itself allow, by first day."""
    asked = [allows for name, allows in STEP_RULES.items() if name not in case.ignoring]
    return tuple(sorted(step for step in case.new_steps if all(allows(case, step) for allows in asked)))
