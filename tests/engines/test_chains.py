"""What the chains engine promises of its own: true bounds, the same plan on one thread and on two, hints."""

import threading

import numpy as np
import pytest

from sparplan.compiling import compile_problem
from sparplan.engines.base import LOADING, Limits, Progress, Stop
from sparplan.engines.chains import closing, engine, linear, pricing
from sparplan.engines.chains.duals import as_rates, rent
from sparplan.engines.chains.engine import ChainsEngine
from sparplan.engines.chains.labels.layout import SCALE
from sparplan.engines.chains.labels.pricer import Pricer
from sparplan.engines.chains.linear import LinearProgram, solve_lp
from sparplan.engines.chains.master import Master
from sparplan.engines.chains.neighbourhoods import Neighbourhoods
from sparplan.engines.chains.pool import Pool
from sparplan.engines.chains.prices import find_prices
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rates import free_rates
from sparplan.engines.state import SearchState
from sparplan.engines.usage import Usage
from sparplan.problem import Problem
from tests.builders import insats, omgang, scenario
from tests.builders import person as participant
from tests.engines.test_search import crowd
from tests.oracle.exhaustive import optimum
from tests.oracle.tiny import solved


def pricing_of(problem: Problem, workers: int = 1) -> Pricing:
    state = SearchState(problem, Limits(work=100, workers=workers), lambda _: None, Stop())
    return Pricing(state, Pool(problem), Pricer(problem, compiled=False))


def own(pricing: Pricing) -> None:
    """Put everyone's own chains into the pool."""
    problem = pricing.state.problem
    pricing.first_chains(free_rates(problem), lambda: None)


@pytest.mark.parametrize("seed", [3, 14, 82, 146, 238])
@pytest.mark.parametrize("work", [0.01, 20])
def test_one_thread_and_two_find_the_same_plan(seed: int, work: float) -> None:
    problem = compile_problem(solved(seed)[0])
    one, two = (ChainsEngine().solve(problem, Limits(work=work, workers=workers)) for workers in (1, 2))
    assert (one.chains, one.bound, one.stopped, one.work) == (two.chains, two.bound, two.stopped, two.work)


@pytest.mark.parametrize("seed", range(0, 60, 4))
def test_any_prices_prove_a_true_bound(seed: int) -> None:
    region, best = solved(seed)
    problem = compile_problem(region)
    pricing = pricing_of(problem)
    own(pricing)
    solution = Master(problem, pricing.pool).solve()
    rates = as_rates(problem, solution.duals)
    limits = pricing.pool.cheapest_by_group(pricing.pool.costs(rates))
    least = pricing.prove(rates, limits, [1 << 14]).least
    assert (least <= limits).all()
    assert pricing.bound_of(least, rent(problem, rates)) <= best.objective
    pricing.close()


def test_columns_cost_at_prices_what_their_chains_do() -> None:
    problem = compile_problem(crowd())
    pricing = pricing_of(problem)
    own(pricing)
    pool = pricing.pool
    rates = as_rates(problem, Master(problem, pool).solve().duals)
    costs = pool.costs(rates)
    assert len(pool) > 0
    for column, cost in zip(pool.columns, costs.tolist(), strict=True):
        person = pool.members[column.group][0]
        assert cost == pricing.pricer.cost_of(person, column.chain, rates.of(column.group), rates.tracks)
        assert column.points == problem.points(person, column.chain)
    pricing.close()


def test_the_pool_keeps_the_cheapest_of_chains_that_look_alike() -> None:
    region, _ = solved(14)
    problem = compile_problem(region)
    pricing = pricing_of(problem)
    own(pricing)
    pool = pricing.pool
    for column in list(pool.columns):
        assert not pool.add(column.group, column.chain)
    assert (pool.cheapest_by_group(pool.costs(free_rates(problem))) <= SCALE * pool.unplaced).all()
    pricing.close()


def test_a_hint_is_kept_or_bettered() -> None:
    problem = compile_problem(crowd())
    found = ChainsEngine().solve(problem, Limits(work=60))
    again = ChainsEngine().solve(problem, Limits(work=1e-9), hint=found.chains)
    assert again.chains == found.chains
    assert again.bound <= found.bound


def test_where_there_are_many_there_is_a_plan_before_all_were_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pricing, "MANY", 2)
    problem, told = compile_problem(crowd(6)), list[Progress]()
    found = ChainsEngine().solve(problem, Limits(work=20), events=told.append)
    nobody, first = problem.total([None] * len(problem.persons)), told[0]
    assert first.phase == "plan"
    assert first.bound is None
    assert first.best is not None
    assert problem.total(found.chains) < first.best < nobody


def test_the_plan_fits_the_seats_that_there_are() -> None:
    problem = compile_problem(crowd(6))
    found = ChainsEngine().solve(problem, Limits(work=20))
    usage = Usage(problem)
    for person, chain in enumerate(found.chains):
        if chain is not None:
            assert usage.fits(person, chain)
            usage.add(person, chain)
    assert not usage.too_small()


def test_somebody_may_go_at_a_loss_to_bring_a_round_to_its_least_size() -> None:
    """D01 alone would rather stay unplaced; with D01 there the round is held, and D02 gains a merit."""
    region = scenario(
        policy={"points": {"day": 0, "length_day": 1, "merit": 200}},
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {"profile": "svetsare", "kompetens": "svenska", "level": "B", "type": "meriterande"},
        ],
        insatser=[
            insats("svets", provides={"svets": "2"}),
            insats("sfi", provides={"svenska": "B"}, requires="svets>=2", eligibility="attr:sfi"),
        ],
        rounds=[
            omgang("svets-1", "svets", "2027-02-01", "2027-02-26", min_participants=2),
            omgang("sfi-1", "sfi", "2027-03-01", "2027-03-19"),
        ],
        participants=[participant("D01"), participant("D02", attributes=["sfi"])],
    )
    found = ChainsEngine().solve(compile_problem(region), Limits(work=20))
    assert optimum(region).objective < 0
    assert found.bound == optimum(region).objective
    assert all(chain is not None for chain in found.chains)


@pytest.mark.parametrize("seed", range(0, 40, 2))
@pytest.mark.parametrize("room", [1, 6])
def test_little_room_makes_bounds_weaker_never_wrong(
    seed: int, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then relaxed lists stand in for exact ones, and proofs may fail."""
    for module in (closing, pricing):
        monkeypatch.setattr(module, "EXACT_ROOM", room)
    region, best = solved(seed)
    problem = compile_problem(region)
    found = ChainsEngine().solve(problem, Limits(work=0.5))
    assert found.bound <= best.objective <= problem.total(found.chains)


def test_neighbourhoods_make_a_bad_plan_better() -> None:
    problem = compile_problem(crowd())
    asked = pricing_of(problem)
    own(asked)
    state = asked.state
    priced = find_prices(state, asked, Master(problem, asked.pool))
    assert priced is not None
    good = state.best_points
    state.best = [None] * len(problem.persons)
    state.best_points = problem.total(state.best)
    Neighbourhoods(state, asked, priced).improve(rounds=6)
    assert state.best_points <= good
    usage = Usage(problem)
    for person, chain in enumerate(state.best):
        if chain is not None:
            assert usage.fits(person, chain)
            usage.add(person, chain)
    asked.close()


@pytest.mark.parametrize("most_new", [0, 1_000])
def test_a_linear_programme_starts_from_the_last_basis(
    most_new: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Min 3x + 2y + 5u, x + y + u = 2, y ≤ 1; then z joins at a cost of 1 in the same row."""
    monkeypatch.setattr(linear, "MOST_NEW", most_new)
    monkeypatch.setattr(linear, "_by_simplex" if most_new == 0 else "_by_interior_points", None)
    rows, columns = np.array([0, 0, 0, 1]), np.array([0, 1, 2, 1])
    first = solve_lp(
        LinearProgram(rows, columns, np.ones(4), np.array([3.0, 2.0, 5.0]), np.array([2.0, 1.0]), 1),
        ["x", "y", "u"],
        ["class", "round"],
        {},
    )
    assert first.value == pytest.approx(5.0)
    assert first.values.tolist() == pytest.approx([1.0, 1.0, 0.0])
    assert first.duals.tolist() == pytest.approx([3.0, -1.0])
    assert first.basis == {"x": True, "y": True, "u": False, "class": False, "round": False}
    rows, columns = np.array([0, 0, 0, 1, 0]), np.array([0, 1, 2, 1, 3])
    second = solve_lp(
        LinearProgram(rows, columns, np.ones(5), np.array([3.0, 2.0, 5.0, 1.0]), np.array([2.0, 1.0]), 1),
        ["x", "y", "u", "z"],
        ["class", "round"],
        first.basis,
    )
    assert second.value == pytest.approx(2.0)
    assert second.values.tolist() == pytest.approx([0.0, 0.0, 0.0, 2.0])


def test_where_interior_points_fail_simplex_solves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "MOST_NEW", 0)
    monkeypatch.setattr(linear, "_by_interior_points", lambda _: None)
    programme = LinearProgram(
        np.array([0, 0]), np.array([0, 1]), np.ones(2), np.array([3.0, 2.0]), np.array([2.0]), 1
    )
    assert solve_lp(programme, ["x", "y"], ["class"], {}).value == 4.0


def test_whoever_listens_is_told_when_loading_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    told = threading.Event()
    phases = []

    def listen(progress: Progress) -> None:
        phases.append(progress.phase)
        if progress.phase == LOADING:
            told.set()

    monkeypatch.setattr(engine, "LONG_LOAD", 0.0)
    monkeypatch.setattr(Pricer, "load", lambda _: told.wait(60))
    found = ChainsEngine().solve(compile_problem(crowd()), Limits(work=5), events=listen)
    assert phases[0] == LOADING
    assert any("0 s" in note for note in found.notes)
