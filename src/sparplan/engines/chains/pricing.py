"""Asks the label setting for every class at once, and adds up what the answers prove."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np

from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.labels.pricer import Answer, Pricer
from sparplan.engines.chains.labels.steps import Prices
from sparplan.engines.chains.pool import Pool
from sparplan.engines.state import SearchState

LABELS_A_UNIT = 30_000  # of work: about a second
FIRST_BEAM = 20
Result = TypeVar("Result")


class Pricing:
    """The label setting over a pool's classes, on several threads.

    Attributes
    ----------
    own
        By class: proven least cost of a chain alone (or of leaving a member unplaced), in 1/`SCALE` points.
    """

    def __init__(self, state: SearchState, pool: Pool, pricer: Pricer) -> None:
        self.state = state
        self.pool = pool
        self.pricer = pricer
        self.own = np.zeros(len(pool.members), dtype=np.int64)
        self._threads = ThreadPoolExecutor(state.limits.workers)
        self._last: dict[int, tuple[bytes, int]] = {}

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def each(self, ask: Callable[[int], Result], groups: Sequence[int]) -> list[Result]:
        """Ask something of each class, side by side; the answers in order."""
        return list(self._threads.map(ask, groups))

    def price_all(self, prices: Prices, tracks: Ints, limits: Ints, *, beam: int = 0) -> tuple[Ints, int]:
        """Price every class; new chains join the pool.

        Parameters
        ----------
        limits
            By class: only chains that cost less are looked for.

        Returns
        -------
        tuple
            By class the least cost of any chain (at most the limit), and how many columns are new.
        """
        groups = [group for group in range(len(self.pool.members)) if limits[group] > self.own[group]]

        def ask(group: int) -> Answer | None:
            if self.state.out_of_limits and not beam:
                return None
            person = self.pool.members[group][0]
            return self.pricer.cheapest(person, prices, tracks, int(limits[group]), beam=beam)

        least = np.minimum(limits, np.maximum(self.own, 0))
        fresh = 0
        labels = 0
        for group, answer in zip(groups, self.each(ask, groups), strict=True):
            if answer is None:
                continue
            least[group] = max(answer.bound, self.own[group])
            labels += answer.labels
            for cost, chain in answer.chains:
                if cost < limits[group]:
                    fresh += self.pool.add(group, chain)
        self.state.work += labels / LABELS_A_UNIT
        return least, fresh

    def bound_of(self, least: Ints, rent: int) -> int:
        """The bound that prices prove: what each class pays at least, less the rent of all seats; rounded up."""
        total = int((self.pool.sizes * np.minimum(least, SCALE * self.pool.unplaced)).sum()) - rent
        return -(-total // SCALE)

