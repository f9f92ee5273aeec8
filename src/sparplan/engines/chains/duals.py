"""Duals of the programme, and the whole prices and the rent that are made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from sparplan.engines.chains.labels.layout import SCALE
from sparplan.engines.chains.labels.steps import Prices, price_of
from sparplan.engines.chains.linear import Floats
from sparplan.engines.chains.rates import Charge, Rates
from sparplan.problem import Problem

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Duals:
    """Prices of a solution of the programme, in points, none below 0.

    Attributes
    ----------
    fixed
        By round; of rolling rounds 0.
    daily
        By rolling round and day (from day 0): price of being in progress on that day.
    tracks
        By track.
    sizes
        By round with a least class size, and class that would take more than its part of it.
    """

    fixed: Floats
    daily: Mapping[tuple[int, int], float]
    tracks: Floats
    sizes: Mapping[tuple[int, int], float] = field(default_factory=dict)

    def mixed_with(self, other: "Duals", weight: float) -> "Duals":
        """A mean of two, with so much of the other; what it doesn't know of least sizes stays as it is."""
        return Duals(
            (1 - weight) * self.fixed + weight * other.fixed,
            _mixed(self.daily, other.daily, weight),
            (1 - weight) * self.tracks + weight * other.tracks,
            _mixed(self.sizes, {**self.sizes, **other.sizes}, weight),
        )


def _mixed(one: Mapping[Key, float], other: Mapping[Key, float], weight: float) -> dict[Key, float]:
    keys = {**one, **other}
    return {key: (1 - weight) * one.get(key, 0.0) + weight * other.get(key, 0.0) for key in keys}


def as_rates(problem: Problem, duals: Duals) -> Rates:
    """Duals as the prices that the label setting reads (whole numbers)."""
    span = problem.calendar.last - problem.calendar.first
    num_rounds = len(problem.rows)
    first_sum = np.full(num_rounds, -1, dtype=np.int64)
    by_round: dict[int, list[tuple[int, int]]] = {}
    for (round_index, day), price in sorted(duals.daily.items()):
        whole = round(price * SCALE)
        if whole:
            by_round.setdefault(round_index, []).append((day, whole))
    sums = np.zeros((len(by_round), span + 2), dtype=np.int64)
    for number, (round_index, days) in enumerate(by_round.items()):
        first_sum[round_index] = number * (span + 2)
        for day, whole in days:
            sums[number, day + 1 :] += whole
    fixed = np.round(duals.fixed * SCALE).astype(np.int64)
    flat = sums.reshape(-1) if by_round else np.zeros(1, dtype=np.int64)
    prices = Prices(fixed, first_sum, flat, np.zeros(num_rounds, dtype=np.int64))
    tracks = np.round(duals.tracks * SCALE).astype(np.int64)
    return Rates.at(prices, tracks, _charges(problem, duals))


def _charges(problem: Problem, duals: Duals) -> list[Charge]:
    """Charges with a price, that of the row rounded: subsidy and fee are whole multiples of it."""
    return [
        Charge(index, group, whole, len(problem.classes[group]), problem.rows[index].min_participants)
        for (index, group), price in sorted(duals.sizes.items())
        if (whole := round(price * SCALE))
    ]


def rent(problem: Problem, rates: Rates) -> int:
    """What all seats and positions are worth at some rates, in 1/`SCALE` points; charges add nothing."""
    total = 0
    for index, row in enumerate(problem.rows):
        total += 0 if row.seats is None else row.seats * seat_price(problem, rates, index)
    for most, price in zip(problem.positions, rates.tracks.tolist(), strict=True):
        total += price * most if price and most is not None else 0
    return total


def seat_price(problem: Problem, rates: Rates, index: int) -> int:
    """What a seat in a round is worth, in a rolling one on all its days together, in 1/`SCALE` points."""
    return price_of(rates.prices, index, 0, problem.calendar.last - problem.calendar.first + 1)
