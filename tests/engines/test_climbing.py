"""First prices: none where seats suffice, true bounds where they don't, and a plan near the shares taken."""

import numpy as np
import pytest

from sparplan.compiling import compile_problem
from sparplan.engines.chains.climbing import climb
from sparplan.engines.chains.duals import Duals, as_rates, rent
from sparplan.engines.chains.master import Master
from sparplan.engines.chains.pool import Pool
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rates import free_rates
from sparplan.engines.chains.rounding import rounded
from sparplan.engines.usage import Usage
from sparplan.problem import Problem
from tests.engines.test_chains import own, pricing_of
from tests.engines.test_search import crowd
from tests.oracle.tiny import solved


def bound_at(pricing: Pricing, problem: Problem, duals: Duals) -> int:
    rates = as_rates(problem, duals)
    limits = pricing.pool.cheapest_by_group(pricing.pool.costs(rates))
    least = pricing.prove(rates, limits, [1 << 14]).least
    return pricing.bound_of(least, rent(problem, rates))


def test_nothing_has_a_price_where_seats_suffice() -> None:
    problem = compile_problem(crowd(1))
    pricing = pricing_of(problem)
    own(pricing)
    before = len(pricing.pool)
    assert climb(pricing.state, pricing, Master(problem, pricing.pool)) is None
    assert len(pricing.pool) == before
    pricing.close()


def test_scarce_seats_get_prices_that_prove_more_than_none() -> None:
    problem = compile_problem(crowd(8))
    pricing = pricing_of(problem)
    own(pricing)
    alone, before = pricing.bound_of(pricing.own, 0), len(pricing.pool)
    duals = climb(pricing.state, pricing, Master(problem, pricing.pool))
    assert duals is not None
    assert len(pricing.pool) > before
    programme = Master(problem, pricing.pool).solve()
    assert alone < bound_at(pricing, problem, duals) <= programme.value
    pricing.close()


@pytest.mark.parametrize("seed", range(2, 60, 8))
def test_its_prices_prove_a_true_bound(seed: int) -> None:
    region, best = solved(seed)
    problem = compile_problem(region)
    pricing = pricing_of(problem)
    own(pricing)
    duals = climb(pricing.state, pricing, Master(problem, pricing.pool))
    if duals is not None:
        assert bound_at(pricing, problem, duals) <= best.objective
    pricing.close()


def test_a_pool_that_grows_has_the_arrays_of_one_made_at_once() -> None:
    problem = compile_problem(crowd(6))
    pricing = pricing_of(problem)
    own(pricing)
    _ = pricing.pool.arrays
    climb(pricing.state, pricing, Master(problem, pricing.pool))
    anew = Pool(problem)
    for column in pricing.pool.columns:
        anew.add(column.group, column.chain)
    for name, values in vars(pricing.pool.arrays).items():
        assert np.array_equal(values, getattr(anew.arrays, name)), name
    pricing.close()


def test_a_rounded_plan_takes_what_is_taken_most_and_mends_the_rest() -> None:
    problem = compile_problem(crowd(4))
    pricing = pricing_of(problem)
    own(pricing)
    taken = np.zeros(len(pricing.pool))
    wanted = next(place for place, column in enumerate(pricing.pool.columns) if column.group == 0)
    taken[wanted] = 1.0
    chains = rounded(pricing.state, pricing, taken, free_rates(problem))
    person = pricing.pool.members[0][0]
    assert chains[person] == pricing.pool.columns[wanted].chain
    usage = Usage(problem)
    for person, chain in enumerate(chains):
        if chain is not None:
            assert usage.fits(person, chain)
            usage.add(person, chain)
    assert sum(chain is not None for chain in chains) > 1
    pricing.close()
