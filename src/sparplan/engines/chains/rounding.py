"""A plan from a fractional one: each takes the chain it takes most of; who comes too late chooses again."""

import numpy as np

from sparplan.engines.chains.greedy import place_in_order
from sparplan.engines.chains.linear import Floats
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rates import Rates
from sparplan.engines.state import SearchState
from sparplan.problem import Chain


def rounded(state: SearchState, pricing: Pricing, taken: Floats, rates: Rates) -> list[Chain | None]:
    """A plan near a fractional one.

    Parameters
    ----------
    taken
        How much of each column it takes; columns that are newer than it are taken by none.
    rates
        At which those choose again who come too late.
    """
    pool = pricing.pool
    persons = state.problem.persons
    wishes: list[Chain | None] = [None] * len(persons)
    share = np.zeros(len(persons))
    by_group: dict[int, list[tuple[float, int]]] = {}
    for place in np.flatnonzero(taken > 1e-6).tolist():
        by_group.setdefault(pool.columns[place].group, []).append((-float(taken[place]), place))
    for group, amounts in by_group.items():
        waiting = list(pool.members[group])
        for amount, place in sorted(amounts):
            for _ in range(max(1, round(-amount))):
                if waiting:
                    person = waiting.pop(0)
                    wishes[person] = pool.columns[place].chain
                    share[person] = min(1.0, -float(amount))
    order = sorted(range(len(persons)), key=lambda p: (-round(float(share[p]), 3), -persons[p].day_points, p))
    return place_in_order(pricing, order, wishes, [None] * len(persons), rates)
