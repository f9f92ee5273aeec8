"""Plans picked from known chains: legal, never worse, and the best of those chains where all are looked at."""

import numpy as np
import pytest

from sparplan.compiling import compile_problem
from sparplan.engines.base import Effort
from sparplan.engines.chains import picking
from sparplan.engines.chains.choice import choose
from sparplan.engines.chains.duals import as_rates
from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.master import Master
from sparplan.engines.chains.picking import pick
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rates import Rates, free_rates
from sparplan.engines.usage import Usage
from sparplan.problem import Problem
from tests.engines.test_chains import own, pricing_of
from tests.engines.test_search import crowd
from tests.oracle.tiny import solved

WORK = 20.0


def filled(problem: Problem, seed: int) -> tuple[Pricing, Rates, Ints]:
    """A pool with chains found at random prices, rates of its programme, the least each class pays there."""
    asked = pricing_of(problem)
    own(asked)
    rng = np.random.default_rng(seed)
    everyone = np.arange(len(asked.pool.members))
    for _ in range(6):
        free = free_rates(problem)
        fixed = rng.integers(0, 300 * SCALE, len(problem.rows))
        rates = Rates.at(free.prices._replace(fixed=fixed), free.tracks)
        asked.price(everyone, rates, SCALE * asked.pool.unplaced, 1 << 14)
    rates = as_rates(problem, Master(problem, asked.pool).solve().duals)
    return asked, rates, asked.pool.cheapest_by_group(asked.pool.costs(rates))


def assert_legal(problem: Problem, asked: Pricing) -> None:
    usage = Usage(problem)
    for person, chain in enumerate(asked.state.best):
        if chain is not None:
            assert usage.fits(person, chain)
            usage.add(person, chain)
    assert not usage.too_small()


@pytest.mark.parametrize("seed", range(0, 80, 4))
def test_the_best_of_the_known_chains(seed: int) -> None:
    problem = compile_problem(solved(seed)[0])
    asked, rates, least = filled(problem, seed)
    pool = asked.pool
    best = choose(
        problem, pool.columns, dict(enumerate(pool.members)), Usage(problem), Effort(work=WORK)
    ).points
    pick(asked.state, asked, rates, least, Master(problem, pool).solve().taken, WORK)
    assert asked.state.best_points == best
    assert_legal(problem, asked)
    asked.close()


@pytest.mark.parametrize("seed", range(0, 80, 4))
def test_near_the_programme_alone(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the programme takes whole is kept; with a whole solution that is the plan."""
    monkeypatch.setattr(picking, "_pick_from_all", lambda *_: None)
    problem = compile_problem(solved(seed)[0])
    asked, rates, least = filled(problem, seed)
    before, solution = asked.state.best_points, Master(problem, asked.pool).solve()
    pick(asked.state, asked, rates, least, solution.taken, WORK)
    assert_legal(problem, asked)
    is_whole = (np.abs(solution.taken - solution.taken.round()) < picking.WHOLE).all()
    assert asked.state.best_points == round(solution.value) if is_whole else asked.state.best_points <= before
    asked.close()


def test_too_many_columns_are_not_all_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = compile_problem(crowd())
    asked, rates, least = filled(problem, 1)
    before = asked.state.best_points
    asked_of: list[int] = []
    monkeypatch.setattr(picking, "_choose", lambda _state, _pricing, places, *_: asked_of.append(len(places)))
    nothing = np.zeros(0)
    pick(asked.state, asked, rates, least, nothing, WORK)
    monkeypatch.setattr(picking, "MOST_COLUMNS", asked_of[-1] - 1)
    pick(asked.state, asked, rates, least, nothing, WORK)
    assert len(asked_of) == 3
    assert asked.state.best_points == before
    asked.close()
