"""What others leave: full rounds as prices that nobody pays.

Subsidies of rounds with a least class size, and their fees, are left out: they hold for a plan as a whole.
"""

from collections.abc import Iterable

import numpy as np

from sparplan.engines.chains.labels.layout import FORBIDDEN, Ints
from sparplan.engines.chains.labels.steps import Prices
from sparplan.engines.chains.rates import Rates
from sparplan.engines.usage import Usage
from sparplan.problem import Problem


def prices_of_what_is_left(problem: Problem, usage: Usage, rates: Rates, closed: Iterable[int] = ()) -> Rates:
    """The same prices of seats and positions, with what is full or closed forbidden."""
    span = problem.calendar.last - problem.calendar.first
    base = problem.calendar.first
    prices, tracks = rates.prices, rates.tracks.copy()
    fixed, first_sum = prices.fixed.copy(), prices.first_sum.copy()
    sums = [prices.sums]
    length = len(prices.sums)
    for row, steps in usage.steps.items():
        seats = problem.rows[row].seats
        if seats is None or len(steps) < seats:
            continue
        if not problem.rows[row].rolling:
            fixed[row] = FORBIDDEN
            continue
        full = _full_days(steps, seats, base, span)
        if not full.any():
            continue
        daily = np.zeros(span + 2, dtype=np.int64)
        if first_sum[row] >= 0:
            daily += prices.sums[first_sum[row] : first_sum[row] + span + 2]
        daily[1:] += FORBIDDEN * np.cumsum(full)[: span + 1]
        first_sum[row] = length
        sums.append(daily)
        length += span + 2
    for row, seats_row in enumerate(problem.rows):
        if seats_row.seats == 0:
            fixed[row] = FORBIDDEN
    fixed[list(closed)] = FORBIDDEN
    for track, placed in usage.placed.items():
        most = problem.positions[track]
        if most is not None and placed >= most:
            tracks[track] = FORBIDDEN
    for track, most in enumerate(problem.positions):
        if most == 0:
            tracks[track] = FORBIDDEN
    return Rates.at(Prices(fixed, first_sum, np.concatenate(sums), prices.mark), tracks)


def _full_days(steps: Iterable[tuple[int, int]], seats: int, base: int, span: int) -> Ints:
    """1 for each day on which all seats are taken."""
    change = np.zeros(span + 2, dtype=np.int64)
    for start, end in steps:
        change[start - base] += 1
        change[end - base] -= 1
    return (np.cumsum(change)[: span + 1] >= seats).astype(np.int64)
