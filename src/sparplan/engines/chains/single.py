"""One participant's cheapest chain at given prices by CP-SAT: for those whose labels would be too many."""

from dataclasses import dataclass

from sparplan.engines.base import Effort
from sparplan.engines.chains.labels.layout import Ints
from sparplan.engines.chains.labels.steps import Prices
from sparplan.engines.chains.modelled import cost_at, scope_below
from sparplan.engines.monolith.model import MonolithModel
from sparplan.engines.monolith.solving import run
from sparplan.engines.state import SearchState
from sparplan.problem import Chain


@dataclass(frozen=True, slots=True)
class Found:
    """What CP-SAT found.

    Attributes
    ----------
    bound
        No chain of the person costs less than this or the limit, in 1/`SCALE` points with prices.
    chain
        The cheapest chain found below the limit, if any.
    is_whole
        Whether no other costs less.
    """

    bound: int
    chain: Chain | None
    work: float
    is_whole: bool


def cheapest_chain(
    state: SearchState,
    person: int,
    prices: Prices,
    tracks: Ints,
    limit: int,
    *,
    least: int,
    work: float,
) -> Found:
    """The cheapest chain below a limit.

    Parameters
    ----------
    least
        What each chain is known to cost at least.
    work
        Limit in CP-SAT's deterministic time.
    """
    if not state.problem.persons[person].cases or least >= limit:
        return Found(limit, None, 0.0, is_whole=True)
    inside = MonolithModel(
        state.problem,
        [person],
        seats=False,
        positions=False,
        least_sizes=False,
        scopes={person: scope_below(state.problem, person, limit, prices)},
    )
    inside.require_placed(person)
    cost = cost_at(inside, person, prices, tracks)
    inside.model.add(cost >= least)
    inside.model.add(cost <= limit - 1)
    inside.model.minimize(cost)
    effort = Effort(seconds=state.clock.left, work=work, seed=state.limits.seed, by_cores=True)
    answer = run(inside.model, effort, state.stop)
    if not answer.feasible:
        return Found(limit, None, answer.work, is_whole=True)
    bound = least if answer.bound is None else min(limit, max(least, answer.bound))
    if answer.value is None:
        return Found(bound, None, answer.work, is_whole=False)
    return Found(bound, inside.chains(answer.value)[person], answer.work, answer.objective == bound)
