"""One person's model with the steps given from outside: what does a rule, or the objective, say of them?"""

from collections.abc import Callable, Iterable

from ortools.sat.python import cp_model

from sparplan.compiling import compile_problem
from sparplan.engines.monolith.constraints import PERSONAL
from sparplan.engines.monolith.objective import case_points
from sparplan.engines.monolith.variables import EVERYTHING, CaseModel, Item, Model
from sparplan.problem import Case, Problem
from sparplan.scenario import Scenario
from tests.builders import Stepping, step_of

Rule = Callable[[CaseModel], None]
Span = tuple[str, int, int]
"""A round's id, first day, half-open end."""


def span(region: Scenario, stepping: Stepping) -> Span:
    """Round and days of a step."""
    step = step_of(region, stepping)
    return step.round, step.start.toordinal(), step.end.toordinal() + 1


def case_of(problem: Problem, participant: str = "D01", track: str | None = None) -> Case | None:
    """The case of a participant on a track (the first one there is, unless told)."""
    names = [row.participant for row in problem.scenario.participants]
    tracks = problem.scenario.tracks
    for case in problem.persons[names.index(participant)].cases:
        if track is None or tracks[case.track].track == track:
            return case
    return None


def case_model(problem: Problem, case: Case, participant: str = "D01") -> CaseModel:
    """The case as variables, with no rule asked."""
    names = [row.participant for row in problem.scenario.participants]
    return CaseModel(Model(), problem, problem.persons[names.index(participant)], case, EVERYTHING)


def fix(model: CaseModel, spans: Iterable[Span], *, history: bool = True) -> None:
    """Demand exactly these steps, and (unless told) all of history."""
    left = sorted(set(spans), key=lambda span: span[1])
    model.model.add(model.on == 1)
    # A pinned step may also be one of its round's family: the pin asks for the item of its own.
    for item in sorted(model.items, key=lambda item: not item.option.is_single):
        mine = next((span for span in left if fits(model, item, span)), None)
        if mine is None:
            taken = history and item.option.history
        else:
            taken = True
            left.remove(mine)
            model.model.add(item.start == mine[1])
            model.model.add(item.end == mine[2])
        model.model.add(item.present == int(taken))
    assert not left, f"no option of the participant's gives {left}"


def fits(model: CaseModel, item: Item, span: Span) -> bool:
    """Whether a step is one of an item's."""
    name, start, end = span
    option = item.option
    return (
        model.problem.scenario.rounds[option.round].round == name
        and start in option.starts
        and end - start in option.lengths
        and end <= option.latest_end
    )


def is_feasible(model: Model) -> bool:
    """Whether the model has a solution."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return status == cp_model.OPTIMAL


def allows(rule: Rule, region: Scenario, *steppings: Stepping, history: bool = True) -> bool:
    """Whether one rule, asked alone, allows that D01 takes exactly these steps (and the history)."""
    problem = compile_problem(region)
    case = case_of(problem)
    assert case is not None
    model = case_model(problem, case)
    rule(model)
    fix(model, [span(region, stepping) for stepping in steppings], history=history)
    return is_feasible(model.model)


def rules_allowing(problem: Problem, case: Case, participant: str, spans: Iterable[Span]) -> dict[str, bool]:
    """By rule: whether it, asked alone, allows exactly these steps."""
    found = {}
    for rule in PERSONAL:
        model = case_model(problem, case, participant)
        rule(model)
        fix(model, spans)
        found[rule.__name__] = is_feasible(model.model)
    return found


def least_points(problem: Problem, case: Case, participant: str, spans: Iterable[Span]) -> int:
    """What the model's objective makes of a chain, minimised."""
    model = case_model(problem, case, participant)
    points = case_points(model)
    fix(model, spans)
    model.model.minimize(points)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.model) == cp_model.OPTIMAL
    return round(solver.objective_value)
