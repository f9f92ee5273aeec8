"""Rule `document`: a plan's form, whom it holds and for which scenario it is (problem.md §7)."""

from collections import Counter
from collections.abc import Iterator

from sparplan.cells import shown
from sparplan.kedjor import Plan, Status
from sparplan.points import chain_days
from sparplan.rules.cases import Case
from sparplan.rules.violations import Rule, Violation, json_text, violation
from sparplan.scenario import Scenario
from sparplan.studydays import to_date


def planned_scenario(scenario: Scenario, plan: Plan) -> Scenario | None:
    """What the plan was made for: the scenario, or its part for one track; None for an unknown track."""
    track = plan.scenario.track
    if track is None:
        return scenario
    return scenario.for_track(track) if track in scenario.track_by_id else None


def reference(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """The plan names the scenario, the content it had, and a track of it if any."""
    given = plan.scenario
    if given.name != scenario.name:
        yield violation(Rule.DOCUMENT, "name", given=shown(given.name), real=scenario.name)
    if given.sha256 != scenario.sha256:
        yield violation(Rule.DOCUMENT, "sha256", given=shown(given.sha256[:12]), real=scenario.sha256[:12])
    if given.track is not None and given.track not in scenario.track_by_id:
        yield violation(Rule.DOCUMENT, "track", track=shown(given.track))


def status(plan: Plan) -> Iterator[Violation]:
    """Without a plan there is no value and no chain; with one it isn't called infeasible."""
    if plan.status is Status.INFEASIBLE:
        yield violation(Rule.DOCUMENT, "infeasible")
    values = (plan.objective, plan.bound, plan.gap)
    if plan.status is Status.NO_PLAN and (plan.kedjor or any(value is not None for value in values)):
        yield violation(Rule.DOCUMENT, "no_plan")


def roll_call(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    """Every participant stands once, and nobody else."""
    entries = Counter(kedja.participant for kedja in plan.kedjor)
    for name in scenario.participant_by_id:
        if name not in entries:
            yield violation(Rule.DOCUMENT, "missing", participant=name)
    for name, count in entries.items():
        if name not in scenario.participant_by_id:
            yield violation(Rule.DOCUMENT, "unknown", participant=shown(name))
        elif count > 1:
            yield violation(Rule.DOCUMENT, "twice", participant=name, count=count)


def entry(case: Case) -> Iterator[Violation]:
    """A placed participant has a track of theirs; an unplaced one has a reason, and no steps."""
    kedja = case.kedja
    if kedja.placed:
        if kedja.track is None:
            yield violation(Rule.DOCUMENT, "no_track", participant=case.name)
        elif kedja.track not in case.participant.tracks:
            yield violation(Rule.DOCUMENT, "not_chosen", participant=case.name, track=shown(kedja.track))
    else:
        if kedja.steps:
            yield violation(Rule.DOCUMENT, "unplaced_steps", participant=case.name)
        if not kedja.reasons:
            yield violation(Rule.DOCUMENT, "no_reason", participant=case.name)
    yield from _dates(case)


def _dates(case: Case) -> Iterator[Violation]:
    """`start`, `end` and `days` are those of the steps."""
    if not case.is_whole:
        return
    kedja, steps = case.kedja, case.steps
    days = None
    if kedja.placed:
        days = chain_days(case.scenario, case.participant, [taken.step for taken in steps])
    fields = {
        "start": (kedja.start, to_date(steps[0].start) if steps else None),
        "end": (kedja.end, to_date(max(taken.end for taken in steps) - 1) if steps else None),
        "days": (kedja.days, days),
    }
    for field, (given, real) in fields.items():
        if given != real:
            yield violation(
                Rule.DOCUMENT,
                "field",
                participant=case.name,
                field=field,
                given=json_text(given),
                real=json_text(real),
            )
