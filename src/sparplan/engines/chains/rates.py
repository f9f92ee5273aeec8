"""What rounds and positions cost each class: the prices of seats, and what keeps least class sizes.

A *charge* stands for one row of the programme (`least_sizes.py`): whoever takes a round with a least class
size is paid a subsidy, and the members of one class that would take it nearly alone pay a fee. In each plan
the subsidies of a charge are at least its fees: the class has n members, the round asks for m, and the
subsidy is n times, the fee m times the same whole price; of the m or more who take the round at most n are
in the class. So charges never add to what a plan costs, and what all pay at least, less the rent of the
seats, bounds every plan. As subsidy and fee are multiples of one price that is rounded first, so it does at
rounded prices.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from sparplan.engines.chains.labels.cases import free_prices
from sparplan.engines.chains.labels.layout import Ints
from sparplan.engines.chains.labels.steps import Prices
from sparplan.problem import Problem


@dataclass(frozen=True, slots=True)
class Charge:
    """A class's charge for a round that isn't held for the class alone.

    Attributes
    ----------
    price
        Of the row, in 1/`SCALE` points; not below 0.
    members
        How many are in the class.
    least
        The round's least class size.
    """

    round: int
    group: int
    price: int
    members: int
    least: int

    @property
    def subsidy(self) -> int:
        """What everybody is paid who takes the round, the class's members too."""
        return self.price * self.members

    @property
    def fee(self) -> int:
        """What each of the class's members pays for taking it."""
        return self.price * self.least


@dataclass(frozen=True, slots=True)
class Rates:
    """What is paid for rounds and positions.

    Attributes
    ----------
    prices
        Of seats; none below 0.
    tracks
        By track: the price of a position, in 1/`SCALE` points.
    charges
        By class.
    subsidised
        The prices less all subsidies, which may be below 0: what a class without charges pays.
    """

    prices: Prices
    tracks: Ints
    charges: Mapping[int, tuple[Charge, ...]]
    subsidised: Prices

    @classmethod
    def at(cls, prices: Prices, tracks: Ints, charges: Iterable[Charge] = ()) -> Self:
        """Rates with these charges."""
        by_group: dict[int, tuple[Charge, ...]] = {}
        fixed = prices.fixed.copy()
        for charge in charges:
            by_group[charge.group] = (*by_group.get(charge.group, ()), charge)
            fixed[charge.round] -= charge.subsidy
        return cls(prices, tracks, by_group, prices._replace(fixed=fixed))

    def of(self, group: int) -> Prices:
        """What a class pays for rounds."""
        charges = self.charges.get(group)
        if not charges:
            return self.subsidised
        fixed = self.subsidised.fixed.copy()
        for charge in charges:
            fixed[charge.round] += charge.fee
        return self.subsidised._replace(fixed=fixed)

    def are(self, others: "Rates") -> bool:
        """Whether they are the same as others."""
        pairs = zip((*self.prices, self.tracks), (*others.prices, others.tracks), strict=True)
        return self.charges == others.charges and all(np.array_equal(mine, its) for mine, its in pairs)

    @property
    def of_seats(self) -> "Rates":
        """The same prices of seats and positions, without charges."""
        return Rates.at(self.prices, self.tracks)

    def marked(self, mark: Ints) -> "Rates":
        """The same rates, with what belongs to a chain's footprint (see `Prices`)."""
        prices, subsidised = (found._replace(mark=mark) for found in (self.prices, self.subsidised))
        return replace(self, prices=prices, subsidised=subsidised)

    def fees(self, groups: Ints, rounds: Ints) -> Ints:
        """What members of classes pay for rounds, pair by pair, beyond what everybody pays."""
        charges = sorted(
            (charge.group, charge.round, charge.fee) for paid in self.charges.values() for charge in paid
        )
        if not charges:
            return np.zeros(len(groups), dtype=np.int64)
        num_rounds = len(self.prices.fixed)
        table = np.array(charges, dtype=np.int64)
        keys, wanted = table[:, 0] * num_rounds + table[:, 1], groups * num_rounds + rounds
        place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[place] == wanted, table[place, 2], 0)


def free_rates(problem: Problem) -> Rates:
    """Rates at which nothing costs anything."""
    return Rates.at(free_prices(len(problem.rows)), np.zeros(len(problem.positions), dtype=np.int64))
