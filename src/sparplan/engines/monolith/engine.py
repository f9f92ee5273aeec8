"""The monolith: own optima, a greedy plan, its improvement, then the whole problem in one model."""

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from sparplan.engines.base import Events, Limits, Outcome, Stop, ignore
from sparplan.engines.monolith.greedy import greedy_plan
from sparplan.engines.monolith.improving import improve
from sparplan.engines.monolith.model import MonolithModel
from sparplan.engines.monolith.own import Own, Question, latest_paying_end, least_points, own_optimum
from sparplan.engines.monolith.solving import Effort, run
from sparplan.engines.monolith.state import SearchState
from sparplan.engines.monolith.variables import Scope
from sparplan.problem import Chain, Problem

SHARES_FOR_OWN_OPTIMA = (0.25, 0.4)  # of what is left: for everybody, then for those who need more
SEARCH_WORKERS = 8  # CP-SAT's strategies that take turns when there is more than one worker


class MonolithEngine:
    """CP-SAT over everything at once; exact, and the judge of other engines on small cases.

    Parameters
    ----------
    own_bounds
        Whether to begin with each participant's own optimum and a greedy plan. Without, it is the plain
        model that benchmarks compare with.
    """

    name = "monolith"

    def __init__(self, *, own_bounds: bool = True) -> None:
        self.own_bounds = own_bounds

    def solve(
        self,
        problem: Problem,
        limits: Limits,
        hint: Sequence[Chain | None] | None = None,
        events: Events = ignore,
        stop: Stop | None = None,
    ) -> Outcome:
        """Search until proven, out of limits, or stopped (see `engines.base.Engine`)."""
        state = SearchState(problem, limits, events, stop or Stop())
        if hint is not None:
            state.keep(hint)
        own: dict[int, Own] = {}
        if self.own_bounds:
            own = _own_optima(state)
            state.raise_bound(sum(found.bound for found in own.values()))
            state.keep(greedy_plan(state, own))
            improve(state, own)
        if not state.is_over:
            _search_whole(state, {member: found.bound for member, found in own.items()})
        if state.bound is None:
            state.raise_bound(sum(least_points(person, None) for person in problem.persons))
        assert state.bound is not None
        alone = {member: found.chain for member, found in own.items() if found.chain is not None}
        return Outcome(tuple(state.best), state.bound, state.why(), state.work, alone)


def _own_optima(state: SearchState) -> dict[int, Own]:
    """Each person's own optimum; interchangeable persons share one.

    Most are found at once. So everybody gets a little time first, and those who need more share the rest.
    """
    problem, classes = state.problem, state.problem.classes
    found = {
        members[0]: Own(None, least_points(problem.persons[members[0]], None), 0.0) for members in classes
    }
    open_members = list(found)
    for share in SHARES_FOR_OWN_OPTIMA:
        workers = state.limits.workers
        turns = max(1, math.ceil(len(open_members) / workers))
        effort = replace(
            state.effort(share, parts=max(1, len(open_members))), seconds=state.clock.left * share / turns
        )
        with ThreadPoolExecutor(workers) as pool:
            answers = list(pool.map(lambda member: _own(state, effort, member, found[member].chain), open_members))
        state.work += sum(own.work for own in answers)
        for member, own in zip(open_members, answers, strict=True):
            found[member] = _better(problem, member, found[member], own)
        open_members = [
            member
            for member in open_members
            if problem.points(member, found[member].chain) > found[member].bound
        ]
    return {member: found[members[0]] for members in classes for member in members}


def _own(state: SearchState, effort: Effort, member: int, start: Chain | None) -> Own:
    if state.stop.is_set() or state.clock.left <= 0:
        return Own(None, least_points(state.problem.persons[member], None), 0.0)
    return own_optimum(Question(state.problem, member, effort, stop=state.stop), start)


def _better(problem: Problem, member: int, one: Own, other: Own) -> Own:
    """The better chain and the better bound of two answers."""
    chain = min((one.chain, other.chain), key=partial(problem.points, member))
    return Own(chain, max(one.bound, other.bound), 0.0)


def _search_whole(state: SearchState, bounds: Mapping[int, int]) -> None:
    """Everything in one model, from the best plan so far."""
    problem = state.problem
    members = range(len(problem.persons))
    model = MonolithModel(problem, members, scopes=_scopes(state, bounds))
    model.order_alike()
    model.bound_each(bounds)
    model.hint(_ordered(state))
    if state.out_of_limits:
        return
    effort = replace(
        state.effort(1.0),
        gap=state.limits.gap,
        workers=1 if state.limits.workers == 1 else SEARCH_WORKERS,
    )
    answer = run(model.model, effort, state.stop, partial(state.tell, "search"))
    state.work += answer.work
    if answer.value is not None:
        chains = model.chains(answer.value)
        state.keep([chains[member] for member in members])
    if answer.bound is not None:
        state.raise_bound(min(answer.bound, state.best_points))


def _scopes(state: SearchState, bounds: Mapping[int, int]) -> dict[int, Scope]:
    """By member: the options that can occur in a plan as good as the best so far.

    In such a plan nobody is further above the own bound than the whole is above all of them.
    """
    slack = state.best_points - sum(bounds.values())
    persons = state.problem.persons
    return {
        member: Scope(latest_paying_end(persons[member], bound + slack)) for member, bound in bounds.items()
    }


def _ordered(state: SearchState) -> dict[int, Chain | None]:
    """The best plan with interchangeable persons in order of points, as the model wants them."""
    ordered: dict[int, Chain | None] = {}
    for members in state.problem.classes:
        points = partial(state.problem.points, members[0])
        ordered.update(
            zip(members, sorted((state.best[member] for member in members), key=points), strict=True)
        )
    return ordered
