"""Greedy: in order of priority, each takes the best chain among the seats that are left.

"Best" is what a short CP-SAT search finds: the earliest window of time in which there is a chain, and in
it one that is proven within 1 % of the best. Rounds that end below their least class size are closed,
and who was in them chooses again. It proves nothing: gaps are taken against the best bound known.
"""

from dataclasses import replace

from benchmarks.rivals.base import Made, Rival, by_search
from sparplan.engines.base import Events, Limits, Outcome, Stop
from sparplan.problem import Problem
from sparplan.scenario import Scenario

NAME = "greedy"


def make(scenario: Scenario, limit: float, events: Events) -> Made:
    """Plan one after the other; who is left when the time is up stays unplaced."""
    return replace(by_search(scenario, NAME, limit, _solve, events), has_bound=False)


def _solve(problem: Problem, limits: Limits, *, events: Events) -> Outcome:
    from sparplan.engines.monolith.greedy import greedy_plan
    from sparplan.engines.monolith.own import Own, least_points
    from sparplan.engines.state import SearchState

    state = SearchState(problem, limits, events, Stop())
    least = [least_points(person, None) for person in problem.persons]
    state.keep(greedy_plan(state, {member: Own(None, bound, 0.0) for member, bound in enumerate(least)}))
    state.raise_bound(sum(least))
    return Outcome(tuple(state.best), sum(least), state.why(), state.work)


GREEDY = Rival(NAME, "greedy in order of priority", make)
