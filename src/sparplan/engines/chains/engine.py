"""The chains engine: own optima, a first plan, prices, choice, neighbourhoods, proof."""

import threading
from collections.abc import Sequence
from dataclasses import replace

from sparplan.engines.base import LOADING, Clock, Events, Limits, Outcome, Progress, Stop, ignore
from sparplan.engines.chains.closing import Closing
from sparplan.engines.chains.greedy import place_in_order
from sparplan.engines.chains.labels.arrays import TooWide
from sparplan.engines.chains.labels.pricer import Pricer, pricer_for
from sparplan.engines.chains.master import Master
from sparplan.engines.chains.neighbourhoods import Neighbourhoods
from sparplan.engines.chains.picking import pick
from sparplan.engines.chains.pool import Column, Pool
from sparplan.engines.chains.prices import find_exact_prices, find_prices
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rates import Rates, free_rates
from sparplan.engines.state import SearchState
from sparplan.messages import say, say_count
from sparplan.problem import Chain, Problem

CHOICE_WORK = 4.0  # of choosing a plan from the pool
LONG_LOAD = 5.0  # seconds from which on it is worth a note


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
        pricer = pricer_for(problem)
        loading_seconds = _load(pricer, events)
        state = SearchState(problem, limits, events, stop or Stop())  # the limits count from here
        try:
            found = self._solve(state, pricer, hint)
        except TooWide:
            from sparplan.engines.monolith.engine import MonolithEngine

            left = replace(
                limits,
                seconds=None if limits.seconds is None else state.clock.left,
                work=None if limits.work is None else state.work_left,
            )
            found = MonolithEngine().solve(problem, left, hint, events, stop)
            note = say("plan.note_too_wide", engine=self.name)
            found = replace(found, work=found.work + state.work, notes=(*found.notes, note))
        if loading_seconds >= LONG_LOAD:
            note = say("plan.note_prepared", engine=self.name, seconds=round(loading_seconds))
            found = replace(found, notes=(*found.notes, note))
        return found

    def _solve(self, state: SearchState, pricer: Pricer, hint: Sequence[Chain | None] | None) -> Outcome:
        problem = state.problem
        if hint is not None:
            state.keep(hint)
        pool = Pool(problem)
        pricing = Pricing(state, pool, pricer)
        try:
            _search(state, pricing, hint)
        finally:
            pricing.close()
        if state.bound is None:
            state.raise_bound(min(pricing.bound_of(pricing.own, 0), state.best_points))
        assert state.bound is not None
        notes = [say_count("plan.note_wide", pricing.num_wide, engine=self.name)] if pricing.wide else []
        return Outcome(
            tuple(state.best), state.bound, state.why(), state.work, _alone(pool), notes=tuple(notes)
        )


def _load(pricer: Pricer, events: Events) -> float:
    """Have the pricer ready; how many seconds that took. Whoever listens is told if it takes long."""
    clock = Clock(None)
    patience = threading.Timer(LONG_LOAD, lambda: events(Progress(LOADING, None, None, LONG_LOAD)))
    patience.daemon = True
    patience.start()
    try:
        pricer.load()
    finally:
        patience.cancel()
    return clock.seconds


def _alone(pool: Pool) -> dict[int, Chain]:
    """By person: the shortest chain found, whatever the others do."""
    best: dict[int, Column] = {}
    for column in pool.columns:
        if column.group not in best or column.points < best[column.group].points:
            best[column.group] = column
    return {person: best[group].chain for person, group in pool.group_of.items() if group in best}


def _search(state: SearchState, pricing: Pricing, hint: Sequence[Chain | None] | None) -> None:
    problem, pool = state.problem, pricing.pool
    rates = free_rates(problem)
    if hint is not None:
        for person, chain in enumerate(hint):
            if chain is not None:
                pool.add(pool.group_of[person], chain)
    least = pricing.first_chains(rates, lambda: _place(state, pricing, rates, search=False))
    state.raise_bound(min(pricing.bound_of(least, 0), state.best_points))
    _place(state, pricing, rates, search=True)
    if state.is_over:
        return
    master = Master(problem, pool, least_sizes=False)
    solution = find_prices(state, pricing, master)
    if solution is None or state.is_over:
        return
    pick(state, pricing, solution.rates, solution.least, solution.lp.taken, CHOICE_WORK)
    solution = find_exact_prices(state, pricing, master, solution)
    if state.is_over:
        return
    closing = Closing(state, pricing, solution)
    pick(state, pricing, solution.rates, solution.least, solution.lp.taken, CHOICE_WORK)
    neighbourhoods = Neighbourhoods(state, pricing, solution)
    while not state.is_over:
        if closing.prove() or not neighbourhoods.improve():
            return


def _place(state: SearchState, pricing: Pricing, rates: Rates, *, search: bool) -> None:
    """Make a first plan: everybody the chain that they would take alone, or what is left of those known.

    Who gets none that way is searched another, if wanted.
    """
    own, order = _alone(pricing.pool), state.problem.by_priority(range(len(state.best)))
    wishes = [own.get(person) for person in range(len(state.best))]
    first = place_in_order(pricing, order, wishes, [None] * len(wishes), rates, search=False)
    state.keep(first)
    if search:
        waiting = [person for person in order if first[person] is None]
        state.keep(place_in_order(pricing, waiting, wishes, first, rates))
