"""Least class sizes in the programme: true bounds at any charges, and ones that feel what can't be held."""

import numpy as np
import pytest

from sparplan.compiling import compile_problem
from sparplan.engines.base import Limits
from sparplan.engines.chains.duals import Duals, as_rates, rent
from sparplan.engines.chains.engine import ChainsEngine
from sparplan.engines.chains.labels.layout import SCALE
from sparplan.engines.chains.least_sizes import LeastSizes
from sparplan.engines.chains.master import Master
from sparplan.engines.chains.prices import find_prices
from sparplan.problem import Problem
from sparplan.scenario import Scenario
from tests.builders import insats, omgang, scenario
from tests.builders import person as participant
from tests.engines.test_chains import own, pricing_of
from tests.engines.test_heavy import drawn_rates
from tests.oracle.exhaustive import optimum
from tests.oracle.tiny import solved

SEEDS = (1, 3, 46, 62, 67, 82, 89, 105)  # tiny regions where somebody would take a round nearly alone


def few_welders(welders: int, least: int = 3) -> Scenario:
    """Welders for whom the first of two rounds is too large, and drivers whose course is at the same time."""
    kinds = [("V", "svets", welders), ("T", "truck", 4)]
    return scenario(
        tracks=[
            {"track": "svets", "name": "Svetsare", "profile": "svetsare"},
            {"track": "truck", "name": "Förare", "profile": "forare"},
        ],
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {"profile": "forare", "kompetens": "truck", "level": "ja"},
        ],
        insatser=[
            insats("svets", provides={"svets": "2"}),
            insats("truck_ab", provides={"truck": "ja"}),
        ],
        rounds=[
            omgang("svets-1", "svets", "2027-02-01", "2027-02-26", min_participants=least),
            omgang("svets-2", "svets", "2027-05-03", "2027-05-28"),
            omgang("truck-1", "truck_ab", "2027-02-01", "2027-02-26"),
        ],
        participants=[
            participant(f"{letter}{number}", tracks=[track])
            for letter, track, count in kinds
            for number in range(count)
        ],
    )


def bound_of_prices(problem: Problem) -> int:
    """What prices alone prove."""
    pricing = pricing_of(problem)
    own(pricing)
    priced = find_prices(pricing.state, pricing, Master(problem, pricing.pool))
    pricing.close()
    assert priced is not None
    return pricing.bound_of(priced.least, priced.rent)


@pytest.mark.parametrize("welders", [1, 2], ids=["one person", "a class of two"])
def test_prices_alone_prove_that_a_round_cannot_be_held(
    welders: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    region = few_welders(welders)
    problem = compile_problem(region)
    best = optimum(region).objective
    assert len(problem.classes) == 2
    assert bound_of_prices(problem) == best
    monkeypatch.setattr(LeastSizes, "add_broken", lambda *_: False)
    assert bound_of_prices(problem) < best - 50 * welders * problem.persons[0].day_points


def test_a_round_that_enough_want_has_no_charge() -> None:
    problem = compile_problem(few_welders(3))
    pricing = pricing_of(problem)
    own(pricing)
    solution = Master(problem, pricing.pool).solve()
    assert not solution.duals.sizes
    assert as_rates(problem, solution.duals).charges == {}
    pricing.close()


def test_the_duals_are_what_a_plan_without_the_round_costs() -> None:
    """Each of two welders pays three times the price and is paid twice; nobody else is in the round."""
    problem = compile_problem(few_welders(2))
    pricing = pricing_of(problem)
    own(pricing)
    pool = pricing.pool
    group = pool.group_of[0]
    late = next(
        column.points for column in pricing.pool.columns if column.group == group and column.uses[0][0] == 0
    )
    solution = Master(problem, pool).solve()
    (price,) = solution.duals.sizes.values()
    assert list(solution.duals.sizes) == [(0, group)]
    assert price == pytest.approx(pool.unplaced[group] - late)  # svets-2 isn't known yet
    rates = as_rates(problem, solution.duals)
    assert rates.prices.fixed[0] == 0
    assert rates.subsidised.fixed[0] == -2 * round(price * SCALE)
    assert rates.of(group).fixed[0] == round(price * SCALE)
    assert rent(problem, rates) == 0
    assert rates.of_seats.of(group).fixed[0] == 0
    pricing.close()


def test_new_rows_keep_their_prices_where_duals_are_mixed() -> None:
    """A mean with nothing would only say that the row is new."""
    nothing = Duals(np.zeros(1), {}, np.zeros(1))
    once = Duals(np.zeros(1), {}, np.zeros(1), {(0, 0): 8.0}).mixed_with(nothing, 0.5)
    assert once.sizes == {(0, 0): 8.0}
    twice = Duals(np.zeros(1), {}, np.zeros(1), {(0, 1): 2.0}).mixed_with(once, 0.5)
    assert twice.sizes == {(0, 0): 4.0, (0, 1): 2.0}


@pytest.mark.parametrize("seed", SEEDS)
def test_any_charges_prove_a_true_bound(seed: int) -> None:
    region, best = solved(seed)
    problem = compile_problem(region)
    pricing = pricing_of(problem)
    own(pricing)
    drawn = [drawn_rates(problem, seed + 1_000 * draw) for draw in range(4)]
    assert any(rates.charges for rates in drawn)
    for rates in drawn:
        least = pricing.prove(rates, SCALE * pricing.pool.unplaced, [1 << 14]).least
        assert (pricing.known(rates) <= least).all()
        assert pricing.bound_of(least, rent(problem, rates)) <= best.objective
    pricing.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_columns_cost_at_charges_what_their_chains_do(seed: int) -> None:
    problem = compile_problem(solved(seed)[0])
    pricing = pricing_of(problem)
    own(pricing)
    pool, rates = pricing.pool, drawn_rates(problem, seed)
    for column, cost in zip(pool.columns, pool.costs(rates).tolist(), strict=True):
        person = pool.members[column.group][0]
        assert cost == pricing.pricer.cost_of(person, column.chain, rates.of(column.group), rates.tracks)
    pricing.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_no_row_cuts_off_a_plan(seed: int) -> None:
    """The best plan's chains keep every row that any class could have."""
    problem = compile_problem(solved(seed)[0])
    pricing = pricing_of(problem)
    own(pricing)
    pool, sizes = pricing.pool, LeastSizes(pricing.pool, are_asked=True)
    chains = ChainsEngine().solve(problem, Limits(work=20)).chains
    chosen = [
        pool.column_of(pool.group_of[person], chain)
        for person, chain in enumerate(chains)
        if chain is not None
    ]
    for column in chosen:
        pool.add(column.group, column.chain)
    places = {(column.group, column.track, column.uses): place for place, column in enumerate(pool.columns)}
    taken = np.zeros(len(pool))
    for column in chosen:
        taken[places[column.group, column.track, column.uses]] += 1
    assert not sizes.add_broken(taken)
    pairs = [(int(index), group) for group, rounds in enumerate(pool.large_rounds) for index in rounds]
    small = [pair for pair in pairs if pool.sizes[pair[1]] < problem.rows[pair[0]].min_participants]
    sizes.pairs = {pair: number for number, pair in enumerate(small)}
    rows, columns, values = sizes.coefficients()
    assert len(small) > 0
    assert (np.bincount(rows, weights=values * taken[columns], minlength=len(small)) <= 0).all()
    pricing.close()


@pytest.mark.parametrize("welders", [1, 2])
def test_one_thread_and_two_find_the_same_plan_with_charges(welders: int) -> None:
    problem = compile_problem(few_welders(welders))
    one, two = (ChainsEngine().solve(problem, Limits(work=20, workers=workers)) for workers in (1, 2))
    assert (one.chains, one.bound, one.stopped, one.work) == (two.chains, two.bound, two.stopped, two.work)
    assert problem.total(one.chains) == one.bound
