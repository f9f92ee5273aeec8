"""What a search found, as a plan: chains in the terms of a problem become kedjor that anybody can read."""

from collections.abc import Callable

from sparplan.engines.base import Outcome, relative_gap
from sparplan.errors import EngineBug
from sparplan.kedjor import Insatskedja, Plan, Reason, ScenarioRef, Status, Step
from sparplan.problem import Chain, Problem, StepChoice
from sparplan.rules import verify
from sparplan.scenario import Scenario
from sparplan.studydays import to_date

Reasons = Callable[[int], tuple[Reason, ...]]


def plan_from(
    problem: Problem, found: Outcome, engine: str, reference: ScenarioRef, reasons: Reasons
) -> Plan:
    """The plan that an engine's outcome says.

    Parameters
    ----------
    engine
        Its name.
    reference
        The scenario that the plan is for.
    reasons
        Asked, for each person without a chain, why.

    Raises
    ------
    EngineBug
        When the bound is above the plan's points.
    """
    objective = problem.total(found.chains)
    if objective < found.bound:
        raise EngineBug(f"{engine}: objective {objective} below its bound {found.bound}")
    return Plan(
        scenario=reference,
        status=Status.OPTIMAL if objective == found.bound else Status.FEASIBLE,
        stopped=found.stopped,
        engine=engine,
        objective=objective,
        bound=found.bound,
        gap=relative_gap(objective, found.bound),
        kedjor=tuple(
            _unplaced(problem, index, reasons) if chain is None else _placed(problem, index, chain)
            for index, chain in enumerate(found.chains)
        ),
    )


def verified(scenario: Scenario, plan: Plan) -> Plan:
    """The plan.

    Raises
    ------
    EngineBug
        When it breaks a rule of the scenario.
    """
    violations = verify(scenario, plan)
    if violations:
        raise EngineBug("\n".join(map(str, violations)))
    return plan


def _unplaced(problem: Problem, index: int, reasons: Reasons) -> Insatskedja:
    return Insatskedja(
        participant=problem.scenario.participants[index].participant,
        placed=False,
        points=problem.persons[index].unplaced_points,
        reasons=reasons(index),
    )


def _placed(problem: Problem, index: int, chain: Chain) -> Insatskedja:
    scenario, person = problem.scenario, problem.persons[index]
    case = person.cases[chain.case]
    steps = tuple(_step(scenario, case.options[step.option].round, step) for step in chain.steps)
    last = max((step.end for step in chain.steps), default=None)
    return Insatskedja(
        participant=scenario.participants[index].participant,
        placed=True,
        track=scenario.tracks[case.track].track,
        start=min((step.start for step in steps), default=None),
        end=to_date(last - 1) if last else None,
        days=max(0, last - person.available_from) if last else 0,
        points=problem.chain_points(person, chain),
        steps=steps,
    )


def _step(scenario: Scenario, index: int, step: StepChoice) -> Step:
    row = scenario.rounds[index]
    return Step(
        round=row.round,
        insats=row.insats,
        place=row.place,
        start=to_date(step.start),
        end=to_date(step.end - 1),
        pace=row.pace,
        bridge=scenario.insats_by_id[row.insats].bridge,
    )
