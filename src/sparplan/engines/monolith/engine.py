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
from sparplan.engines.monolith.own import Own, latest_paying_end, least_points, own_optimum
from sparplan.engines.monolith.solving import run
from sparplan.engines.monolith.state import SearchState
from sparplan.problem import Chain, Problem

SHARE_FOR_OWN_OPTIMA = 0.5  # of the time or work, before the whole is begun
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
    """Each person's own optimum; interchangeable persons share one."""
    problem, classes = state.problem, state.problem.classes
    rounds = max(1, math.ceil(len(classes) / state.limits.workers))
    effort = replace(
        state.effort(SHARE_FOR_OWN_OPTIMA, parts=max(1, len(classes))),
        seconds=state.clock.left * SHARE_FOR_OWN_OPTIMA / rounds,
    )

    def solve(members: Sequence[int]) -> Own:
        member = members[0]
        if state.stop.is_set() or state.clock.left <= 0:
            return Own(None, least_points(problem.persons[member], None), 0.0)
        return own_optimum(problem, member, effort, stop=state.stop)

    with ThreadPoolExecutor(state.limits.workers) as pool:
        found = list(pool.map(solve, classes))
    state.work += sum(own.work for own in found)
    return {member: own for members, own in zip(classes, found, strict=True) for member in members}


def _search_whole(state: SearchState, bounds: Mapping[int, int]) -> None:
    """Everything in one model, from the best plan so far."""
    problem = state.problem
    members = range(len(problem.persons))
    model = MonolithModel(problem, members, latest_ends=_latest_ends(state, bounds))
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


def _latest_ends(state: SearchState, bounds: Mapping[int, int]) -> dict[int, int]:
    """By member: the latest end in any plan that is as good as the best so far.

    In such a plan nobody is further above the own bound than the whole is above all of them.
    """
    slack = state.best_points - sum(bounds.values())
    ends = {
        member: latest_paying_end(state.problem.persons[member], bound + slack)
        for member, bound in bounds.items()
    }
    return {member: end for member, end in ends.items() if end is not None}


def _ordered(state: SearchState) -> dict[int, Chain | None]:
    """The best plan with interchangeable persons in order of points, as the model wants them."""
    ordered: dict[int, Chain | None] = {}
    for members in state.problem.classes:
        points = partial(state.problem.points, members[0])
        ordered.update(zip(members, sorted((state.best[member] for member in members), key=points), strict=True))
    return ordered
