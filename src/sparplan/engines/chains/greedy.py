"""A first plan, and the mending of one: one person after the other, each with the seats that are left."""

from collections.abc import Sequence

from sparplan.engines.chains.labels.layout import FORBIDDEN, SCALE, Ints
from sparplan.engines.chains.labels.steps import Prices
from sparplan.engines.chains.left import prices_of_what_is_left
from sparplan.engines.chains.pool import Pool
from sparplan.engines.chains.pricing import BEAM, LABELS_A_UNIT, ROOM, Pricing
from sparplan.engines.usage import Usage, uses
from sparplan.problem import Chain


def place_in_order(
    pricing: Pricing,
    order: Sequence[int],
    wishes: Sequence[Chain | None],
    chains: list[Chain | None],
    prices: Prices,
    tracks: Ints,
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
    """
    problem = pricing.state.problem
    usage = Usage.of(problem, chains)
    closed: set[int] = set()
    waiting = list(order)
    while True:
        for person in waiting:
            chain = wishes[person]
            if chain is None or not usage.fits(person, chain, closed):
                chain = _cheapest_left(pricing, person, usage, closed, prices, tracks)
            if chain is not None:
                usage.add(person, chain)
                chains[person] = chain
        small = usage.too_small()
        if not small:
            return chains
        closed.update(small)
        waiting = []
        for person, chain in enumerate(chains):
            if chain is not None and uses(problem, person, chain, closed):
                usage.remove(person, chain)
                chains[person] = None
                waiting.append(person)
        waiting.sort(key=lambda person: (-problem.persons[person].day_points, person))


def _cheapest_left(
    pricing: Pricing, person: int, usage: Usage, closed: set[int], prices: Prices, tracks: Ints
) -> Chain | None:
    pool: Pool = pricing.pool
    problem = pool.problem
    group = pool.group_of[person]
    limit = SCALE * int(pool.unplaced[group])
    if pricing.own[group] >= limit or pricing.state.stop.is_set():
        return None
    left, tracks_left = prices_of_what_is_left(problem, usage, prices, tracks, closed)
    answer = pricing.pricer.cheapest(
        pool.members[group][0], left, tracks_left, min(limit, FORBIDDEN - 1), room=ROOM, beam=BEAM
    )
    pricing.state.work += answer.labels / LABELS_A_UNIT
    for cost, chain in answer.chains:
        if cost < FORBIDDEN and usage.fits(person, chain, closed):
            pool.add(group, chain)
            return chain
    return None
