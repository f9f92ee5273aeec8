"""Rule `objective`: a plan's points, objective, bound, gap and status, recomputed (problem.md §6 and §7)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import isfinite

from sparplan.kedjor import Plan, Status
from sparplan.points import chain_points, unplaced_points
from sparplan.rules.cases import Case
from sparplan.rules.violations import Rule, Violation, violation
from sparplan.scenario import Scenario

GAP_TOLERANCE = Fraction(1, 10**6)  # a gap is a decimal number, and may have been rounded in writing


def value(scenario: Scenario, plan: Plan, cases: Sequence[Case]) -> Iterator[Violation]:
    """The points are those of §6, the objective their sum, and bound, gap and status go with it."""
    recomputed = [_points(case) for case in cases]
    for case, points in zip(cases, recomputed, strict=True):
        if points is not None and case.kedja.points != points:
            yield violation(
                Rule.OBJECTIVE, "points", participant=case.name, given=case.kedja.points, real=points
            )
    if plan.objective is None or plan.bound is None or plan.gap is None:
        yield violation(Rule.OBJECTIVE, "missing")
        return
    known = [points for points in recomputed if points is not None]
    if len(known) == len(plan.kedjor) == len(scenario.participants) and plan.objective != sum(known):
        yield violation(Rule.OBJECTIVE, "total", given=plan.objective, real=sum(known))
    yield from _proof(plan.status, plan.objective, plan.bound, plan.gap)


def _points(case: Case) -> int | None:
    """A participant's points; None when the plan doesn't say enough to know them."""
    if not case.kedja.placed:
        return unplaced_points(case.scenario, case.participant)
    if not case.is_whole or case.track is None or case.track.track not in case.participant.tracks:
        return None
    steps = [taken.step for taken in case.steps]
    return chain_points(case.scenario, case.participant, case.track.track, steps, case.measures)


def _proof(status: Status, objective: int, bound: int, gap: float) -> Iterator[Violation]:
    """No bound above the objective; `optimal` where they meet, else `feasible`; the gap between them."""
    if bound > objective:
        yield violation(Rule.OBJECTIVE, "bound", objective=objective, bound=bound)
    elif status is Status.OPTIMAL and bound != objective:
        yield violation(Rule.OBJECTIVE, "optimal", objective=objective, bound=bound)
    elif status is Status.FEASIBLE and bound == objective:
        yield violation(Rule.OBJECTIVE, "feasible", objective=objective)
    real = Fraction(objective - bound, max(1, abs(objective)))
    if not isfinite(gap) or abs(Fraction(gap) - real) > GAP_TOLERANCE:
        yield violation(Rule.OBJECTIVE, "gap", given=gap, objective=objective, bound=bound)
