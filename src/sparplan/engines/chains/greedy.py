"""A first plan, and the mending of one: person after person, each with the seats that are left."""

from collections.abc import Sequence

import numpy as np

from sparplan.engines.chains.labels.answers import Answer
from sparplan.engines.chains.labels.layout import FORBIDDEN, SCALE
from sparplan.engines.chains.left import prices_of_what_is_left
from sparplan.engines.chains.pricing import ROOM, Pricing
from sparplan.engines.chains.rates import Rates
from sparplan.engines.usage import Usage, uses
from sparplan.problem import Chain

TOGETHER = 16  # persons asked about side by side, before any of them takes seats
TRIES = 3  # times that one person is asked about, others having been quicker


def place_in_order(
    pricing: Pricing,
    order: Sequence[int],
    wishes: Sequence[Chain | None],
    chains: list[Chain | None],
    rates: Rates,
    *,
    search: bool = True,
) -> list[Chain | None]:
    """Give each of some persons the wished chain if it fits, or the cheapest one with what is left.

    Rounds that end below their least class size are closed, and who was in them chooses again. New chains
    join the pool.

    Parameters
    ----------
    order
        The persons, first come first served; the others keep their chains.
    wishes
        By person: a chain to be taken if it fits.
    search
        Whether to look for new chains; else only those of the pool are tried.
    """
    placing = _Placing(pricing, chains, rates.of_seats, search=search)
    waiting = list(order)
    while True:
        placing.grant(waiting, wishes)
        placing.place([person for person in waiting if placing.chains[person] is None])
        small = placing.usage.too_small()
        if not small:
            return placing.chains
        placing.closed.update(small)
        waiting = placing.send_away()


class _Placing:
    """Chains so far, and what they leave."""

    def __init__(
        self,
        pricing: Pricing,
        chains: list[Chain | None],
        rates: Rates,
        *,
        search: bool,
    ) -> None:
        self.pricing, self.chains = pricing, chains
        self.rates, self.search = rates, search
        self.problem = pricing.state.problem
        self.usage = Usage.of(self.problem, chains)
        self.closed: set[int] = set()
        pool = pricing.pool
        costs = pool.costs(rates)
        self._by_group: dict[int, list[int]] = {}
        for place in np.argsort(costs, kind="stable").tolist():
            self._by_group.setdefault(pool.columns[place].group, []).append(place)
        self._columns = list(pool.columns)

    def grant(self, persons: Sequence[int], wishes: Sequence[Chain | None]) -> None:
        """Give out the wished chains that fit."""
        for person in persons:
            wish = wishes[person]
            if wish is not None and self.usage.fits(person, wish, self.closed):
                self._give(person, wish)

    def place(self, persons: Sequence[int]) -> None:
        """Give the others what is left: known chains, or new ones looked for side by side."""
        waiting = [(person, 0) for person in persons]
        while waiting:
            batch, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
            answers = self._ask([person for person, _ in batch])
            late = []
            for (person, tries), answer in zip(batch, answers, strict=True):
                chain = self._best_that_fits(person, answer)
                if chain is not None:
                    self._give(person, chain)
                elif answer is not None and answer.chains and tries + 1 < TRIES:
                    late.append((person, tries + 1))
            waiting = late + waiting

    def send_away(self) -> list[int]:
        """Take their chains from all who are in a closed round; who they are, in order of priority."""
        sent = []
        for person, chain in enumerate(self.chains):
            if chain is not None and uses(self.problem, person, chain, self.closed):
                self.usage.remove(person, chain)
                self.chains[person] = None
                sent.append(person)
        return self.problem.by_priority(sent)

    def _give(self, person: int, chain: Chain) -> None:
        self.usage.add(person, chain)
        self.chains[person] = chain

    def _ask(self, persons: Sequence[int]) -> list[Answer | None]:
        """The cheapest chains of some persons with what is left now."""
        if not self.search:
            return [None] * len(persons)
        pool = self.pricing.pool
        left = prices_of_what_is_left(self.problem, self.usage, self.rates, self.closed)
        limits = np.minimum(SCALE * pool.unplaced, FORBIDDEN - 1)
        groups = list(dict.fromkeys(pool.group_of[person] for person in persons))
        groups = [group for group in groups if self.pricing.own[group] < limits[group]]
        found = self.pricing.cheapest(groups, left, limits, np.full(len(limits), ROOM), quick=True)
        answers = dict(zip(groups, found, strict=True))
        for group, answer in answers.items():
            for _, chain in answer.chains:
                pool.add(group, chain)
        return [answers.get(pool.group_of[person]) for person in persons]

    def _best_that_fits(self, person: int, answer: Answer | None) -> Chain | None:
        """The cheapest chain that finds seats: of those just found, or else of the pool's."""
        for cost, chain in answer.chains if answer is not None else ():
            if cost < FORBIDDEN and self.usage.fits(person, chain, self.closed):
                return chain
        if answer is not None and answer.is_whole:
            return None
        for place in self._by_group.get(self.pricing.pool.group_of[person], ()):
            chain = self._columns[place].chain
            if self.usage.fits(person, chain, self.closed):
                return chain
        return None
