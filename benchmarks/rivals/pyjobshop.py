"""PyJobShop (MIT, PyPI): the problem as multi-mode tasks, as far as it can be said in its terms.

`shop_model` says how it is modelled and what is left out. The model is a relaxation, so its schedule is
seldom a plan: rolling starts are moved onto their grid, and whoever breaks a rule then (mostly `gap`) is
left unplaced. What remains passes `sparplan.verify`, and is what the tables show. The value and bound of
the relaxation itself stand in the notes of a run. There's no way to hear of progress, so the plan counts
from the end of the search.
"""

from collections.abc import Sequence
from typing import Any

import sparplan as sp
from benchmarks.rivals.base import WORKERS, Made, Rival, plan_of
from sparplan.compiling import Compiler
from sparplan.engines.base import Clock, Events, Outcome, Progress
from sparplan.kedjor import Plan, StopReason
from sparplan.outcomes import verified
from sparplan.problem import Case, Chain, Problem, StepChoice
from sparplan.scenario import Scenario

LEAST_SECONDS = 1.0
NAME = "pyjobshop"


def make(scenario: Scenario, limit: float, events: Events) -> Made:
    """Solve the relaxation and keep what of it is a plan."""
    from benchmarks.rivals.shop_model import ShopModel

    clock = Clock(limit)
    sp.check(scenario).raise_if_errors()
    problem = Compiler(scenario).problem()
    events(Progress("check and compile", None, None, clock.seconds))
    shop = ShopModel(problem)
    events(Progress("model", None, None, clock.seconds))
    left = max(LEAST_SECONDS, clock.left)
    result = shop.model.solve(time_limit=left, display=False, num_workers=WORKERS)
    events(Progress("solve", None, None, clock.seconds))
    chains: list[Chain | None] = [None] * len(problem.persons)
    notes = {}
    if result.best.tasks:
        chains = _chains(shop, result.best.tasks)
        notes = {
            "relaxed objective": float(result.objective),
            "relaxed bound": float(result.lower_bound),
            "relaxed bound less all merits": float(result.lower_bound) - _most_gained(problem),
            "placed before repair": float(sum(chain is not None for chain in chains)),
        }
    plan = verified(scenario, _sifted(problem, chains))
    return Made(plan, notes, has_bound=False)


def _chains(shop: Any, scheduled: Sequence[Any]) -> list[Chain | None]:
    """The schedule as chains; None for who is unplaced, or whose steps don't fit the chosen track."""
    problem: Problem = shop.problem
    cases = {person: case for task, (person, case) in shop.placed.items() if scheduled[task].present}
    taken: dict[int, list[tuple[int, int, int]]] = {person: [] for person in cases}
    for task, person in shop.owners.items():
        if scheduled[task].present and person in taken:
            step = shop.steps[scheduled[task].mode]
            taken[person].append((step.round, scheduled[task].start + shop.origin, step.length))
    chains: list[Chain | None] = [None] * len(problem.persons)
    for person, number in cases.items():
        steps = [_on_grid(problem.persons[person].cases[number], *step) for step in taken[person]]
        known = [step for step in steps if step is not None]
        if len(known) == len(steps):
            chains[person] = Chain(number, tuple(sorted(known, key=lambda step: (step.start, step.option))))
    return chains


def _on_grid(case: Case, index: int, start: int, length: int) -> StepChoice | None:
    """The first step of a round that begins then or later; None where there is none."""
    for number, option in enumerate(case.options):
        if option.round == index and length in option.lengths:
            first = next((day for day in option.starts if day >= start), None)
            if first is not None and first + length <= option.latest_end:
                return StepChoice(number, first, first + length)
    return None


def _sifted(problem: Problem, chains: list[Chain | None]) -> Plan:
    """The plan without those who break a rule, and without rounds that do."""
    while True:
        found = Outcome(tuple(chains), -_most_gained(problem), StopReason.COMPLETED, 0.0)
        plan = plan_of(problem, found, NAME)
        violations = sp.verify(problem.scenario, plan)
        persons = {violation.participant for violation in violations}
        rounds = {violation.round for violation in violations if violation.participant is None} - {None}
        broken = [
            index
            for index, kedja in enumerate(plan.kedjor)
            if kedja.placed
            and (kedja.participant in persons or any(step.round in rounds for step in kedja.steps))
        ]
        if not broken:
            return plan
        for index in broken:
            chains[index] = None


def _most_gained(problem: Problem) -> int:
    """The most points that merits can take off what the model counts."""
    return sum(
        max([0, *(sum(points for _, points in case.merits) - case.constant_points for case in person.cases)])
        for person in problem.persons
    )


PYJOBSHOP = Rival(NAME, "PyJobShop (relaxation, repaired)", make)
