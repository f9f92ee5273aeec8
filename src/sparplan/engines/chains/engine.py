"""The chains engine: own optima, a first plan, prices, choice, neighbourhoods, proof."""

from collections.abc import Sequence

import numpy as np

from sparplan.engines.base import Events, Limits, Outcome, Stop, ignore
from sparplan.engines.chains.closing import close_gap
from sparplan.engines.chains.greedy import place_in_order
from sparplan.engines.chains.labels.layout import SCALE
from sparplan.engines.chains.labels.pricer import Pricer, free_prices
from sparplan.engines.chains.neighbourhoods import Neighbourhoods
from sparplan.engines.chains.pool import Pool
from sparplan.engines.chains.prices import find_prices
from sparplan.engines.chains.pricing import FIRST_BEAM, Pricing
from sparplan.engines.state import SearchState
from sparplan.problem import Chain, Problem

WORTH_COMPILING = 400  # options in all from which on machine code is worth its second of loading


class ChainsEngine:
    """Label setting per participant, prices by LP, choice by CP-SAT; for real sizes."""

    name = "chains"

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
        pool = Pool(problem)
        num_options = sum(len(case.options) for person in problem.persons for case in person.cases)
        pricer = Pricer(problem, compiled=num_options > WORTH_COMPILING)
        pricing = Pricing(state, pool, pricer)
        try:
            _search(state, pricing, hint)
        finally:
            pricing.close()
        alone = {
            person: min(own, key=lambda column: column.points).chain
            for person, own in _columns_by_person(pool).items()
        }
        return Outcome(tuple(state.best), state.bound or 0, state.why(), state.work, alone)


def _columns_by_person(pool: Pool) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list] = {}  # type: ignore[type-arg]
    for column in pool.columns:
        for person in pool.members[column.group]:
            found.setdefault(person, []).append(column)
    return found


def _search(state: SearchState, pricing: Pricing, hint: Sequence[Chain | None] | None) -> None:
    problem, pool = state.problem, pricing.pool
    prices = free_prices(len(problem.rows))
    tracks = np.zeros(len(problem.scenario.tracks), dtype=np.int64)
    if hint is not None:
        for person, chain in enumerate(hint):
            if chain is not None:
                pool.add(pool.group_of[person], chain)
    least, _ = pricing.price_all(prices, tracks, SCALE * pool.unplaced, beam=FIRST_BEAM)
    pricing.own = least
    state.raise_bound(pricing.bound_of(least, 0))
    own = {}
    for column in pool.columns:
        if column.group not in own or column.points < own[column.group].points:
            own[column.group] = column
    wishes = [
        own[pool.group_of[person]].chain if pool.group_of[person] in own else None
        for person in range(len(problem.persons))
    ]
    order = sorted(range(len(wishes)), key=lambda person: (-problem.persons[person].day_points, person))
    state.keep(place_in_order(pricing, order, wishes, [None] * len(wishes), prices, tracks))
    if state.is_over:
        return
    solution = find_prices(state, pricing)
    if solution is None or state.is_over:
        return
    neighbourhoods = Neighbourhoods(state, pricing, solution)
    while not state.is_over:
        if close_gap(state, pricing, solution):
            return
        if not neighbourhoods.improve():
            return
