"""Rule `steps`: each step of a plan is one that problem.md §4 gives the participant."""

from collections.abc import Iterator

from sparplan.cells import shown
from sparplan.expressions import parse
from sparplan.kedjor import Step
from sparplan.points import given_levels, starting_levels
from sparplan.rules.cases import Case, is_history, is_pinned_step, unmet_terms
from sparplan.rules.violations import Rule, Violation, json_text, span_text, violation
from sparplan.scenario import Insats, Kind, Participant, Round, Scenario
from sparplan.studydays import DAYS_A_WEEK, to_day


def steps(case: Case) -> Iterator[Violation]:
    """§4: a step's round is known, its dates are the round's or the participant's to choose."""
    if not case.kedja.placed:
        return
    seen: set[tuple[object, ...]] = set()
    for step in case.kedja.steps:
        row = case.scenario.round_by_id.get(step.round)
        if row is None:
            yield violation(Rule.STEPS, "unknown_round", participant=case.name, round=shown(step.round))
            continue
        key = (step.round, step.start, step.end)
        if key in seen:
            yield violation(Rule.STEPS, "twice", participant=case.name, round=step.round)
        seen.add(key)
        yield from _dates(case, row, step)
        yield from _fields(case, row, step)
        yield from _validering(case, row, step)


def _dates(case: Case, row: Round, step: Step) -> Iterator[Violation]:
    fault = date_fault(case.scenario, case.participant, row, step)
    if fault and not (row.is_rolling and is_pinned_step(case.participant, step)):
        yield violation(
            Rule.STEPS,
            fault,
            participant=case.name,
            round=row.round,
            planned=step_text(step),
            real=span_text(to_day(row.start), to_day(row.end) + 1),
        )


def date_fault(scenario: Scenario, participant: Participant, row: Round, step: Step) -> str | None:
    """What keeps a step's dates from being those of §4, pins left aside; None when they are.

    One of `fixed` (not the dates of a fixed round), `outside` (the round's dates, or reversed), `grid`
    (no start there), `length` (no such number of weeks) and `no_length` (none for the participant).
    """
    if not row.is_rolling:
        return None if (step.start, step.end) == (row.start, row.end) else "fixed"
    if not row.start <= step.start <= step.end <= row.end:
        return "outside"
    if (step.start - row.start).days % (DAYS_A_WEEK * row.intake_every):
        return "grid"
    lengths = rolling_weeks(scenario, participant, row)
    if not lengths:
        return "no_length"
    weeks, odd_days = divmod((step.end - step.start).days + 1, DAYS_A_WEEK)
    return "length" if odd_days or weeks not in lengths else None


def rolling_weeks(scenario: Scenario, participant: Participant, row: Round) -> range:
    """The lengths in weeks that a rolling round offers a participant; empty when none.

    The first row of `durations` that holds counts, and replaces the round's own.
    """
    levels = starting_levels(scenario, participant)
    for duration in (duration for duration in scenario.durations if duration.insats == row.insats):
        if not unmet_terms(parse(duration.when), scenario, participant, levels):
            return range(duration.weeks, duration.weeks + 1)
    if row.weeks_min is None:
        return range(0)
    most = row.weeks_min if row.weeks_max is None else row.weeks_max
    return range(row.weeks_min, most + 1)


def _fields(case: Case, row: Round, step: Step) -> Iterator[Violation]:
    insats = case.scenario.insats_by_id[row.insats]
    pairs = {
        "insats": (step.insats, row.insats),
        "place": (step.place, row.place),
        "pace": (step.pace, row.pace),
        "bridge": (step.bridge, insats.bridge),
    }
    for field, (given, real) in pairs.items():
        if given != real:
            yield violation(
                Rule.STEPS,
                "field",
                participant=case.name,
                round=row.round,
                field=field,
                given=json_text(given),
                real=json_text(real),
            )


def _validering(case: Case, row: Round, step: Step) -> Iterator[Violation]:
    insats = case.scenario.insats_by_id[row.insats]
    if is_history(case.scenario, case.participant, row, step):
        return
    if not can_take(case.scenario, case.participant, insats):
        yield violation(Rule.STEPS, "validering", participant=case.name, round=row.round, insats=insats.name)


def can_take(scenario: Scenario, participant: Participant, insats: Insats) -> bool:
    """Whether a participant has something to claim in a validering; true of other insatser."""
    return insats.kind is not Kind.VALIDERING or bool(given_levels(scenario, participant, insats))


def is_offered(case: Case, row: Round, step: Step) -> bool:
    """Whether a step is one of §4 by itself, without a pin that names its dates."""
    insats = case.scenario.insats_by_id[row.insats]
    if date_fault(case.scenario, case.participant, row, step):
        return False
    return can_take(case.scenario, case.participant, insats)


def step_text(step: Step) -> str:
    """A step's first and last date in words."""
    return span_text(to_day(step.start), to_day(step.end) + 1)
