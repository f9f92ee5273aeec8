"""The monolith: own optima, a greedy plan, its improvement, then the whole problem in one model."""

import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from sparplan.engines.base import Clock, Events, Limits, Outcome, Stop, ignore
from sparplan.engines.monolith.greedy import greedy_plan
from sparplan.engines.monolith.improving import improve
from sparplan.engines.monolith.model import MonolithModel, TooLate
from sparplan.engines.monolith.own import (
    Own,
    Question,
    good_chain,
    latest_paying_end,
    least_points,
    own_optimum,
)
from sparplan.engines.monolith.solving import run
from sparplan.engines.monolith.variables import Scope
from sparplan.engines.state import SearchState
from sparplan.problem import Chain, Problem

SHARE_FOR_GOOD_CHAINS = 0.3  # of the time or work
SHARE_FOR_PROOFS = 0.5  # of what is left then, for the proofs of the own optima
MOST_EVEN_SHARES = 6
SECONDS_AN_OPTION = 0.001  # to make the model of the whole


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
        if not state.is_over and _can_be_built(state):
            _search_whole(state, {member: found.bound for member, found in own.items()})
        if state.bound is None:
            state.raise_bound(sum(least_points(person, None) for person in problem.persons))
        assert state.bound is not None
        alone = {member: found.chain for member, found in own.items() if found.chain is not None}
        return Outcome(tuple(state.best), state.bound, state.why(), state.work, alone)


def _can_be_built(state: SearchState) -> bool:
    """Whether the time that is left is enough to make the model of the whole, let alone to solve it."""
    options = sum(len(case.options) for person in state.problem.persons for case in person.cases)
    return state.clock.left > SECONDS_AN_OPTION * options


def _own_optima(state: SearchState) -> dict[int, Own]:
    """Each person's own optimum: good chains for all first, then proofs. Equal persons share one."""
    problem, classes = state.problem, state.problem.classes
    own = {members[0]: Own(None, least_points(problem.persons[members[0]], None), 0.0) for members in classes}
    for answer, share in ((good_chain, SHARE_FOR_GOOD_CHAINS), (own_optimum, SHARE_FOR_PROOFS)):
        open_members = [
            member for member in own if problem.points(member, own[member].chain) > own[member].bound
        ]
        ask = _asker(state, share, len(open_members))
        starts = [own[member].chain for member in open_members]
        with ThreadPoolExecutor(state.limits.workers) as pool:
            answers = list(pool.map(partial(ask, answer), open_members, starts))
        for member, start, found in zip(open_members, starts, answers, strict=True):
            state.work += found.work
            chain = min((start, found.chain), key=partial(problem.points, member))
            own[member] = Own(chain, max(own[member].bound, found.bound), 0.0)
    return {member: own[members[0]] for members in classes for member in members}


Answering = Callable[[Question, Chain | None], Own]


def _asker(state: SearchState, share: float, count: int) -> Callable[[Answering, int, Chain | None], Own]:
    """Asks one question after another within a share of what is left.

    Nobody may use more than some times an even share, so that one hard case doesn't starve the rest.
    """
    deadline = Clock(state.clock.left * share)
    even = state.effort(share, parts=max(1, math.ceil(count / state.limits.workers)))
    work = state.effort(share, parts=max(1, count)).work

    def ask(answer: Answering, member: int, start: Chain | None) -> Own:
        if state.stop.is_set() or deadline.left <= 0:
            return Own(start, least_points(state.problem.persons[member], None), 0.0)
        effort = replace(even, work=work, seconds=min(deadline.left, MOST_EVEN_SHARES * even.seconds))
        return answer(Question(state.problem, member, effort, stop=state.stop), start)

    return ask


def _search_whole(state: SearchState, bounds: Mapping[int, int]) -> None:
    """Everything in one model, from the best plan so far."""
    problem = state.problem
    members = range(len(problem.persons))
    try:
        model = MonolithModel(
            problem, members, scopes=_scopes(state, bounds), is_late=lambda: state.out_of_limits
        )
    except TooLate:
        return
    model.order_alike()
    model.bound_each(bounds)
    model.hint(_ordered(state))
    if state.out_of_limits:
        return
    effort = replace(state.effort(1.0), gap=state.limits.gap)
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
