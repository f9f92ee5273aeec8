"""First prices by small steps: a seat that too many would take gets dearer, one that is left over cheaper.

The programme's duals say little as long as few chains are known: a seat that nobody was asked to do without
looks priceless, and what is found at such prices is in no good plan. Small steps from no price at all stay
near prices at which somebody was asked. Part of the classes is asked, then come some steps over all known
chains, then the next part (Nedić and Bertsekas 2001, "Incremental subgradient methods for nondifferentiable
optimization"); the steps of each row shrink with all that it has moved (Duchi, Hazan and Singer 2011,
"Adaptive subgradient methods for online learning and stochastic optimization").
"""

import numpy as np

from sparplan.engines.chains.duals import Duals, as_rates
from sparplan.engines.chains.labels.layout import Ints
from sparplan.engines.chains.linear import Floats
from sparplan.engines.chains.master import Master
from sparplan.engines.chains.pool import Pool
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rounding import rounded
from sparplan.engines.state import SearchState

ROOM = 300  # labels of one question
PASSES = 3
PARTS = 12  # of a pass
STEPS = 15  # after each part
DAYS = 20.0  # by whose points the first step moves a price
SETTLED = 0.05  # new columns a class in a pass: more passes would find little


def climb(state: SearchState, pricing: Pricing, master: Master) -> Duals | None:
    """Prices near good ones, and the columns found on the way; plans too. None if no seat has a price."""
    everyone = np.arange(len(pricing.pool.members))
    climber = _Climber(master)
    duals = climber.go()
    for number in range(PASSES):
        fresh = 0
        for part in range(min(PARTS, len(everyone))):
            if state.is_over or not climber.is_dear:
                return duals if climber.is_dear else None
            fresh += _ask(pricing, everyone[part::PARTS], duals)
            duals = climber.go()
        if fresh <= SETTLED * len(everyone):
            break
        if number < PASSES - 1 and not state.is_over:
            taken = master.solve().taken
            state.keep(rounded(state, pricing, taken, as_rates(state.problem, duals)))
    return duals


def _ask(pricing: Pricing, groups: Ints, duals: Duals) -> int:
    """Ask some classes for cheaper chains than those known; how many were new."""
    pool = pricing.pool
    rates = as_rates(pool.problem, duals)
    limits = pool.cheapest_by_group(pool.costs(rates))
    pricing.state.tell("prices", None, None)
    return int(pricing.price(groups, rates, limits, ROOM).sum())


class _Climber:
    """Prices on their way up."""

    def __init__(self, master: Master) -> None:
        self._master = master
        self._prices = np.zeros(0)
        self._moved = np.zeros(0)  # sum of squares
        day_points = [person.day_points for person in master.problem.persons]
        self._step = DAYS * sum(day_points) / max(1, len(day_points))

    @property
    def is_dear(self) -> bool:
        """Whether anything has a price."""
        return bool(self._prices.any())

    def go(self) -> Duals:
        """Take some steps; the mean of the prices on the way."""
        rows, columns, upper = self._master.shared_rows()
        points = self._master.pool.arrays.points.astype(float)
        self._prices, self._moved = (_longer(values, len(upper)) for values in (self._prices, self._moved))
        takers = _Takers(self._master.pool)
        sum_of_prices, sum_of_taken = np.zeros(len(upper)), np.zeros(len(points))
        for _ in range(STEPS):
            paid = np.bincount(columns, weights=self._prices[rows], minlength=len(points))
            taken = takers.take(points + paid)
            excess = np.bincount(rows, weights=taken[columns], minlength=len(upper)) - upper
            excess[(self._prices <= 0) & (excess < 0)] = 0.0
            self._moved += excess**2
            change = self._step * excess / np.sqrt(np.maximum(self._moved, 1.0))
            self._prices = np.maximum(0.0, self._prices + change)
            sum_of_prices += self._prices
            sum_of_taken += taken
        self._master.add_broken_days(sum_of_taken / STEPS)
        return self._master.duals_of(sum_of_prices / STEPS)


class _Takers:
    """The classes of a pool, each of which takes the cheapest of its columns."""

    def __init__(self, pool: Pool) -> None:
        group = pool.arrays.group
        self._order = np.argsort(group, kind="stable")
        self._groups, self._first, self._count = np.unique(
            group[self._order], return_index=True, return_counts=True
        )
        self._sizes, self._unplaced = pool.sizes[self._groups], pool.unplaced[self._groups]

    def take(self, costs: Floats) -> Floats:
        """How much of each column is taken: all members of a class take one, or stay unplaced."""
        taken = np.zeros(len(costs))
        if not len(costs):
            return taken
        in_order = costs[self._order]
        least = np.minimum.reduceat(in_order, self._first)
        cheapest = np.flatnonzero(in_order <= np.repeat(least, self._count))
        _, first = np.unique(np.repeat(np.arange(len(least)), self._count)[cheapest], return_index=True)
        is_worth_it = least < self._unplaced
        taken[self._order[cheapest[first[is_worth_it]]]] = self._sizes[is_worth_it]
        return taken


def _longer(values: Floats, length: int) -> Floats:
    return np.concatenate((values, np.zeros(length - len(values))))
