"""The verifier: every rule of problem.md §5 and the objective of §6, knowing no engine.

A rule is a function that yields violations. Those of one participant take a `Case`; those across
participants take every case.
"""

from sparplan.kedjor import Plan, Status
from sparplan.points import Measures
from sparplan.rules import document
from sparplan.rules.cases import Case, cases_of
from sparplan.rules.offered import steps
from sparplan.rules.personal import (
    alongside,
    eligibility,
    goal,
    pinned,
    prerequisites,
    travel,
    window,
)
from sparplan.rules.shared import min_participants, positions, seats
from sparplan.rules.sidebyside import clash, gap, pace, repeats
from sparplan.rules.valuation import value
from sparplan.rules.violations import Rule, Violation
from sparplan.scenario import Scenario

__all__ = ["PERSONAL_RULES", "SHARED_RULES", "Case", "Rule", "Violation", "cases_of", "verify"]

PERSONAL_RULES = (
    eligibility,
    window,
    travel,
    prerequisites,
    alongside,
    repeats,
    pace,
    clash,
    gap,
    goal,
    pinned,
)
SHARED_RULES = (seats, min_participants, positions)


def verify(scenario: Scenario, plan: Plan) -> list[Violation]:
    r"""Everything that is wrong with a plan; empty for a plan that keeps every rule.

    The plan may be arbitrarily wrong: what can't be judged is reported and left out of the rest. A
    plan for one track is held against that track's part of the scenario.

    Parameters
    ----------
    scenario
        A scenario without faults (`sparplan.check`).

    Examples
    --------
    >>> violations = verify(scenario, plan)  # doctest: +SKIP
    >>> assert not violations, "\n".join(map(str, violations))  # doctest: +SKIP
    """
    found = [*document.reference(scenario, plan), *document.status(plan)]
    planned = document.planned_scenario(scenario, plan)
    if planned is None or plan.status is Status.NO_PLAN:
        return found
    measures = Measures(planned)
    found += document.roll_call(planned, plan)
    cases = cases_of(measures, plan)
    for case in cases:
        found += document.entry(case)
        found += steps(case)
        if case.kedja.placed:
            for rule in PERSONAL_RULES:
                found += rule(case)
    for shared_rule in SHARED_RULES:
        found += shared_rule(measures, cases)
    found += value(planned, plan, cases)
    return found
