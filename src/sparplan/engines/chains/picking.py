"""Plans from the pool: CP-SAT chooses among known chains, where the programme takes parts of them."""

from collections.abc import Sequence

import numpy as np

from sparplan.engines.base import Effort
from sparplan.engines.chains.choice import choose
from sparplan.engines.chains.duals import rent
from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.linear import Floats
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rates import Rates
from sparplan.engines.state import SearchState
from sparplan.engines.usage import Usage, uses
from sparplan.problem import Chain

MOST_COLUMNS = 6_000  # of one choice
WHOLE = 1e-3  # from a whole number, within which the programme's share counts as one


def pick(state: SearchState, pricing: Pricing, rates: Rates, least: Ints, taken: Floats, work: float) -> None:
    """Look for better plans: near the programme's solution, and then, with a smaller gap, among all chains.

    Parameters
    ----------
    least
        By class: what a chain costs at least at these rates, as far as is known.
    taken
        How much of each column the programme's solution takes.
    work
        At most so much for each of the two.
    """
    _pick_near(state, pricing, rates, least, taken, work)
    if not state.is_over:
        _pick_from_all(state, pricing, rates, least, work)


def _pick_near(
    state: SearchState, pricing: Pricing, rates: Rates, least: Ints, taken: Floats, work: float
) -> None:
    """Whoever the programme gives whole chains keeps these; the others choose what is left."""
    chains = _whole_chains(pricing, taken)
    usage = Usage.of(state.problem, chains)
    while small := usage.too_small():
        for person, chain in enumerate(chains):
            if chain is not None and uses(state.problem, person, chain, small):
                chains[person] = None
        usage = Usage.of(state.problem, chains)
    persons = [person for person, chain in enumerate(chains) if chain is None]
    _choose(state, pricing, _within_gap(state, pricing, rates, least), persons, usage, chains, work)


def _whole_chains(pricing: Pricing, taken: Floats) -> list[Chain | None]:
    """By person: the chain that a fractional solution takes as a whole."""
    pool = pricing.pool
    chains: list[Chain | None] = [None] * len(pool.group_of)
    waiting = [list(persons) for persons in pool.members]
    for place in np.flatnonzero(taken > 1 - WHOLE).tolist():
        column = pool.columns[place]
        for _ in range(int(taken[place] + WHOLE)):
            chains[waiting[column.group].pop(0)] = column.chain
    return chains


def _pick_from_all(state: SearchState, pricing: Pricing, rates: Rates, least: Ints, work: float) -> None:
    """Everybody chooses, if those chains aren't too many that can be in a better plan."""
    places = _within_gap(state, pricing, rates, least)
    if len(places) <= MOST_COLUMNS:
        nobody: list[Chain | None] = [None] * len(state.best)
        _choose(state, pricing, places, range(len(nobody)), Usage(state.problem), nobody, work)


def _within_gap(state: SearchState, pricing: Pricing, rates: Rates, least: Ints) -> Ints:
    """The columns whose reduced cost is within the gap, cheapest first."""
    pool = pricing.pool
    least = np.minimum(least, SCALE * pool.unplaced)
    paid = int((pool.sizes * least).sum()) - rent(state.problem, rates)
    reduced = pool.costs(rates) - least[pool.arrays.group]
    places = np.flatnonzero(reduced < SCALE * state.best_points - paid)
    return places[np.argsort(reduced[places], kind="stable")]


def _choose(
    state: SearchState,
    pricing: Pricing,
    places: Ints,
    persons: Sequence[int],
    usage: Usage,
    chains: list[Chain | None],
    work: float,
) -> None:
    """Let some persons choose among some columns beside the others' chains; keep the plan if it is better."""
    pool, problem = pricing.pool, state.problem
    members: dict[int, list[int]] = {}
    for person in persons:
        members.setdefault(pool.group_of[person], []).append(person)
    places = places[np.isin(pool.arrays.group[places], list(members))][:MOST_COLUMNS]
    others = sum(problem.points(person, chain) for person, chain in enumerate(chains) if chain is not None)
    choice = choose(
        problem,
        [pool.columns[place] for place in np.sort(places).tolist()],
        members,
        usage,
        Effort(state.clock.left, min(work, state.work_left), seed=state.limits.seed),
        hint={person: state.best[person] for person in persons},
        below=state.best_points - others,
        stop=state.stop,
    )
    state.work += choice.work
    if choice.chains is not None:
        state.keep([choice.chains.get(person, chain) for person, chain in enumerate(chains)])
