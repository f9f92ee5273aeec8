"""Rules of one participant about steps after and beside one another: problem.md §5."""

from collections.abc import Iterator

from sparplan.rules.cases import Case, Stretch, Taken, overlapping, stretches
from sparplan.rules.violations import Rule, Violation, span_text, violation
from sparplan.scenario import Form
from sparplan.studydays import to_day


def repeats(case: Case) -> Iterator[Violation]:
    """No insats more than `max_times`, nor beside itself; history alone can't break it."""
    by_insats: dict[str, list[Taken]] = {}
    for taken in case.steps:
        by_insats.setdefault(taken.insats.insats, []).append(taken)
    for found in by_insats.values():
        insats = found[0].insats
        newest = next((taken for taken in reversed(found) if not taken.is_history), None)
        if len(found) > insats.max_times and newest is not None:
            yield violation(
                Rule.REPEATS,
                "times",
                participant=case.name,
                round=newest.round.round,
                insats=insats.name,
                count=len(found),
                limit=insats.max_times,
            )
        for earlier, later in overlapping(found):
            if not (earlier.is_history and later.is_history):
                yield _pair(Rule.REPEATS, "overlap", case, earlier, later)


def pace(case: Case) -> Iterator[Violation]:
    """No day's total pace is above `max_pace`, where a step that isn't history is in progress."""
    limit = case.participant.max_pace
    run: list[Stretch] = []
    for stretch in stretches(case.steps):
        if stretch.num_new and stretch.pace > limit:
            run.append(stretch)
        elif run:
            yield _too_fast(case, run)
            run = []
    if run:
        yield _too_fast(case, run)


def _too_fast(case: Case, run: list[Stretch]) -> Violation:
    return violation(
        Rule.PACE,
        "days",
        participant=case.name,
        dates=span_text(run[0].start, run[-1].end),
        pace=max(stretch.pace for stretch in run),
        limit=case.participant.max_pace,
    )


def clash(case: Case) -> Iterator[Violation]:
    """No two steps at once, on the same weekdays, in different places."""
    placed = [taken for taken in case.steps if taken.round.days and taken.round.form is not Form.DISTANCE]
    for earlier, later in overlapping(placed):
        if earlier.is_history and later.is_history:
            continue
        if earlier.round.place == later.round.place:
            continue
        if not set(earlier.round.days).isdisjoint(later.round.days):
            yield _pair(Rule.CLASH, "pair", case, earlier, later)


def gap(case: Case) -> Iterator[Violation]:
    """No more than `max_gap_days` study days in a row with less than `min_pace` in progress."""
    policy = case.scenario.policy
    calendar = case.measures.calendar
    view_start = _gap_view_start(case)
    if view_start is None:
        return
    idle: list[Stretch] = []
    for stretch in stretches(case.steps):
        seen = calendar.count(max(stretch.start, view_start), stretch.end)
        if not seen:
            continue
        if stretch.covering_pace < policy.min_pace:
            idle.append(stretch)
        else:
            yield from _too_idle(case, idle, view_start)
            idle = []
    yield from _too_idle(case, idle, view_start)


def _gap_view_start(case: Case) -> int | None:
    """The first day that rule `gap` looks at (problem.md §3); None when all steps are over."""
    today = to_day(case.scenario.planning_date)
    if any(taken.is_history and taken.end > today for taken in case.steps):
        return today
    return min((taken.start for taken in case.new_steps), default=None)


def _too_idle(case: Case, idle: list[Stretch], view_start: int) -> Iterator[Violation]:
    if not idle:
        return
    calendar, limit = case.measures.calendar, case.scenario.policy.max_gap_days
    days = calendar.between(max(idle[0].start, view_start), idle[-1].end)
    if len(days) > limit:
        yield violation(
            Rule.GAP,
            "run",
            participant=case.name,
            dates=span_text(days[0], days[-1] + 1),
            count=len(days),
            limit=limit,
        )


def _pair(rule: Rule, what: str, case: Case, earlier: Taken, later: Taken) -> Violation:
    """A violation about two steps at once; its round is that of the later one."""
    return violation(
        rule,
        what,
        participant=case.name,
        round=later.round.round,
        other=earlier.round.round,
        dates=span_text(later.start, min(earlier.end, later.end)),
    )
