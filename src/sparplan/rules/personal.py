"""Rules of one participant about each step and about the whole: problem.md §5, in its order."""

from collections.abc import Iterator
from functools import partial

from sparplan.expressions import parse
from sparplan.points import levels_after, starting_levels
from sparplan.rules.cases import Case, Taken, is_bound_to, is_pinned_step, unmet_terms
from sparplan.rules.offered import is_offered
from sparplan.rules.violations import Rule, Violation, day_text, span_text, violation
from sparplan.scenario import ProfileType
from sparplan.studydays import to_day


def eligibility(case: Case) -> Iterator[Violation]:
    """The insats is open to the participant, the round isn't kept for others, neither is excluded."""
    scenario, participant = case.scenario, case.participant
    levels = starting_levels(scenario, participant)
    home = scenario.place_by_id[participant.home].municipality
    for taken in case.new_steps:
        row, insats = taken.round, taken.insats
        for term in unmet_terms(parse(insats.eligibility), scenario, participant, levels):
            yield _about(Rule.ELIGIBILITY, "term", case, taken, term=term)
        if row.reserved_for and case.track and {case.track.track, home}.isdisjoint(row.reserved_for):
            yield _about(Rule.ELIGIBILITY, "reserved", case, taken, names=", ".join(row.reserved_for))
        if row.round in participant.excluded or row.insats in participant.excluded:
            yield _about(Rule.ELIGIBILITY, "excluded", case, taken)


def window(case: Case) -> Iterator[Violation]:
    """No step starts too early or ends too late, and its round still takes applications."""
    scenario, participant, track = case.scenario, case.participant, case.track
    starts = [scenario.planning_date, participant.available_from, track.start if track else None]
    ends = [scenario.horizon.end, participant.latest_end, track.end if track else None]
    earliest = max(to_day(day) for day in starts if day is not None)
    latest = min(to_day(day) for day in ends if day is not None)
    for taken in case.new_steps:
        if taken.start < earliest:
            yield _about(
                Rule.WINDOW,
                "early",
                case,
                taken,
                start=day_text(taken.start),
                earliest=day_text(earliest),
            )
        if taken.end - 1 > latest:
            yield _about(
                Rule.WINDOW, "late", case, taken, end=day_text(taken.end - 1), latest=day_text(latest)
            )
        deadline = _missed_deadline(case, taken)
        if deadline is not None:
            yield _about(Rule.WINDOW, "closed", case, taken, day=day_text(deadline))


def _missed_deadline(case: Case, taken: Taken) -> int | None:
    """The round's `apply_by`, where it has passed and the participant isn't pinned to the round."""
    apply_by = taken.round.apply_by
    if apply_by is None or apply_by >= case.scenario.planning_date:
        return None
    return None if is_bound_to(case.participant, taken.round) else to_day(apply_by)


def travel(case: Case) -> Iterator[Violation]:
    """Every on-site or hybrid step lies within the participant's reach."""
    limit = case.participant.max_travel
    for taken in case.new_steps:
        minutes = case.measures.minutes(case.participant, taken.round)
        if minutes is None:
            yield _about(Rule.TRAVEL, "no_path", case, taken, place=taken.round.place)
        elif limit is not None and minutes > limit:
            yield _about(
                Rule.TRAVEL, "far", case, taken, place=taken.round.place, minutes=minutes, limit=limit
            )


def prerequisites(case: Case) -> Iterator[Violation]:
    """`requires` holds on the step's first day, from the start or from steps that have ended."""
    for taken in case.new_steps:
        requires = parse(taken.insats.requires)
        if not requires.terms:
            continue
        ended = [other.insats for other in case.steps if other.end <= taken.start]
        levels = levels_after(case.scenario, case.participant, ended)
        done = {insats.insats for insats in ended}
        for term in unmet_terms(requires, case.scenario, case.participant, levels, done.__contains__):
            yield _about(Rule.PREREQUISITES, "term", case, taken, term=term, start=day_text(taken.start))


def alongside(case: Case) -> Iterator[Violation]:
    """`alongside` holds: levels as for `prerequisites`, insatser through every study day of the step."""
    for taken in case.new_steps:
        beside = parse(taken.insats.alongside)
        if not beside.terms:
            continue
        ended = [other.insats for other in case.steps if other.end <= taken.start]
        levels = levels_after(case.scenario, case.participant, ended)
        covered = partial(_is_covered, case, taken)
        for term in unmet_terms(beside, case.scenario, case.participant, levels, covered):
            yield _about(Rule.ALONGSIDE, "term", case, taken, term=term)


def _is_covered(case: Case, taken: Taken, insats: str) -> bool:
    """Whether steps of an insats are in progress on every study day of a step."""
    calendar = case.measures.calendar
    covered_until = taken.start
    for other in case.steps:
        if other.insats.insats == insats:
            if calendar.count(covered_until, min(other.start, taken.end)):
                return False
            covered_until = max(covered_until, other.end)
    return not calendar.count(covered_until, taken.end)


def goal(case: Case) -> Iterator[Violation]:
    """At the end every krav of the track's kompetensprofil holds."""
    if case.track is None:
        return
    scenario = case.scenario
    held = levels_after(scenario, case.participant, [taken.insats for taken in case.steps])
    krav = {
        (row.kompetens, row.level): scenario.level_rank(row.kompetens, row.level)
        for row in scenario.profile_rows[case.track.profile]
        if row.type is ProfileType.KRAV
    }
    for (kompetens, level), rank in krav.items():
        if held.get(kompetens, -1) < rank:
            yield violation(
                Rule.GOAL,
                "krav",
                participant=case.name,
                kompetens=scenario.kompetens_by_id[kompetens].name,
                level=level,
                track=case.track.name,
            )


def pinned(case: Case) -> Iterator[Violation]:
    """Every pinned round or step is in the chain."""
    for pin in case.participant.pins:
        of_round = [taken for taken in case.steps if taken.round.round == pin.round]
        if pin.start is None or pin.end is None:
            # A bare rolling round asks for a step of §4; one that is neither that nor pinned by its
            # dates is a fault of rule `steps`, not one more here.
            if not any(_answers_bare_pin(case, taken) for taken in of_round):
                yield violation(Rule.PINNED, "round", participant=case.name, round=pin.round)
        elif not any((taken.step.start, taken.step.end) == (pin.start, pin.end) for taken in of_round):
            dates = span_text(to_day(pin.start), to_day(pin.end) + 1)
            yield violation(Rule.PINNED, "step", participant=case.name, round=pin.round, dates=dates)


def _answers_bare_pin(case: Case, taken: Taken) -> bool:
    return is_offered(case, taken.round, taken.step) or not is_pinned_step(case.participant, taken.step)


def _about(rule: Rule, what: str, case: Case, taken: Taken, **values: object) -> Violation:
    """A violation about one step of a participant."""
    return violation(rule, what, participant=case.name, round=taken.round.round, **values)
