"""Closing the gap: of all chains, only those whose reduced cost is within it can be in a better plan.

With prices that prove a bound, a chain that costs more than its class's least by at least the gap is in no
plan better than the best one. Where there are few enough of the others, they are all listed, and CP-SAT's
choice among them is proven.
"""

import numpy as np

from sparplan.engines.base import Effort
from sparplan.engines.chains.choice import choose
from sparplan.engines.chains.labels.layout import SCALE
from sparplan.engines.chains.labels.pricer import Answer
from sparplan.engines.chains.labels.steps import Prices
from sparplan.engines.chains.prices import Priced
from sparplan.engines.chains.pricing import LABELS_A_UNIT, Pricing
from sparplan.engines.state import SearchState
from sparplan.engines.usage import Usage

CHOICE_WORK = 4.0
MOST_COLUMNS = 20_000


def choose_from_pool(state: SearchState, pricing: Pricing, priced: Priced, work: float, most: int) -> None:
    """A better plan from the columns within the gap, if there is one."""
    pool = pricing.pool
    costs = pool.costs(priced.prices, priced.tracks)
    reduced = costs - np.minimum(priced.least, SCALE * pool.unplaced)[pool.arrays.group]
    gap = _gap(state, pricing, priced)
    places = np.flatnonzero(reduced < gap)
    if len(places) > most:
        places = places[np.argsort(reduced[places], kind="stable")[:most]]
    columns = [pool.columns[place] for place in np.sort(places)]
    hint = dict(enumerate(state.best))
    for person, chain in hint.items():
        if chain is not None:
            pool.add(pool.group_of[person], chain)
    choice = choose(
        state.problem,
        columns,
        dict(enumerate(pool.members)),
        Usage(state.problem),
        Effort(seconds=state.clock.left, work=min(work, state.work_left), seed=state.limits.seed),
        hint=hint,
        below=state.best_points,
        stop=state.stop,
    )
    state.work += choice.work
    if choice.chains is not None:
        state.keep([choice.chains[person] for person in range(len(state.best))])


def _gap(state: SearchState, pricing: Pricing, priced: Priced) -> int:
    """What the best plan costs beyond the bound of these very prices, in 1/`SCALE` points."""
    pool = pricing.pool
    paid = int((pool.sizes * np.minimum(priced.least, SCALE * pool.unplaced)).sum())
    return SCALE * state.best_points - (paid - priced.rent)


def close_gap(state: SearchState, pricing: Pricing, priced: Priced) -> bool:
    """Try to prove the best plan, or to find the best one; whether that is done."""
    choose_from_pool(state, pricing, priced, CHOICE_WORK, 6000)
    if state.is_over:
        return True
    if not _list_all(state, pricing, priced):
        return False
    pool = pricing.pool
    columns = pool.columns
    choice = choose(
        state.problem,
        columns,
        dict(enumerate(pool.members)),
        Usage(state.problem),
        Effort(seconds=state.clock.left, work=state.work_left, seed=state.limits.seed),
        below=state.best_points,
        stop=state.stop,
    )
    state.work += choice.work
    if choice.chains is not None:
        state.keep([choice.chains[person] for person in range(len(state.best))])
    if choice.bound is not None:
        state.raise_bound(min(choice.bound, state.best_points))
    return state.is_over


def _list_all(state: SearchState, pricing: Pricing, priced: Priced) -> bool:
    """Put every chain within the gap into the pool; False where there are too many."""
    pool, problem = pricing.pool, state.problem
    gap = _gap(state, pricing, priced)
    contested = _contested(pricing)
    generator = np.random.default_rng(20261123)
    marks = np.where(contested, generator.integers(1, 1 << 40, len(problem.rows)), 0)
    prices = Prices(priced.prices.fixed, priced.prices.first_sum, priced.prices.sums, marks)

    def ask(group: int) -> Answer:
        limit = int(priced.least[group] + gap)  # what leaving somebody unplaced costs is no limit at prices
        return pricing.pricer.exact(pool.members[group][0], prices, priced.tracks, limit, every=True)

    for group in range(len(pool.members)):
        if state.out_of_limits:
            return False
        answer = ask(group)
        state.work += answer.labels / LABELS_A_UNIT
        if not answer.is_whole:
            return False
        for _, chain in answer.chains:
            pool.add(group, chain)
        if len(pool) > MOST_COLUMNS:
            return False
    return True


def _contested(pricing: Pricing) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Rounds that more persons could take than there are seats, or that ask for a least class size."""
    problem, pool = pricing.state.problem, pricing.pool
    wanted = np.zeros(len(problem.rows), dtype=np.int64)
    for group, members in enumerate(pool.members):
        found = {
            row for case in problem.persons[members[0]].cases for row in case.options.column("round").tolist()
        }
        wanted[list(found)] += pool.sizes[group]
    seats = np.array([1 << 40 if row.seats is None else row.seats for row in problem.rows])
    least = np.array([row.min_participants for row in problem.rows])
    return (wanted > seats) | (least > 1)
