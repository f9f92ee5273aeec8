"""A plan from the pool: CP-SAT chooses among the columns that are cheapest at some prices."""

import numpy as np

from sparplan.engines.base import Effort
from sparplan.engines.chains.choice import choose
from sparplan.engines.chains.duals import rent
from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rates import Rates
from sparplan.engines.state import SearchState
from sparplan.engines.usage import Usage

MOST_COLUMNS = 6_000  # of one choice


def pick_from_pool(state: SearchState, pricing: Pricing, rates: Rates, least: Ints, work: float) -> None:
    """Keep the best plan of the columns whose reduced cost is within the gap, if it is better.

    Parameters
    ----------
    least
        By class: what a chain costs at least at these rates, as far as is known.
    work
        At most so much.
    """
    pool, problem = pricing.pool, state.problem
    least = np.minimum(least, SCALE * pool.unplaced)
    gap = SCALE * state.best_points - (int((pool.sizes * least).sum()) - rent(problem, rates))
    reduced = pool.costs(rates) - least[pool.arrays.group]
    places = np.flatnonzero(reduced < gap)
    if len(places) > MOST_COLUMNS:
        places = places[np.argsort(reduced[places], kind="stable")[:MOST_COLUMNS]]
    choice = choose(
        problem,
        [pool.columns[place] for place in np.sort(places)],
        dict(enumerate(pool.members)),
        Usage(problem),
        Effort(state.clock.left, min(work, state.work_left), seed=state.limits.seed),
        hint=dict(enumerate(state.best)),
        below=state.best_points,
        stop=state.stop,
    )
    state.work += choice.work
    if choice.chains is not None:
        state.keep([choice.chains[person] for person in range(len(state.best))])
