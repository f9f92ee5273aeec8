"""Parts: what shares something scarce stays together, and what parts prove holds for the whole."""

import numpy as np
import pytest

from sparplan.compiling import compile_problem
from sparplan.engines.base import Limits
from sparplan.engines.chains.duals import rent
from sparplan.engines.chains.engine import ChainsEngine
from sparplan.engines.chains.labels.layout import SCALE
from sparplan.engines.chains.parts import Part, parts_of
from sparplan.engines.chains.pool import Pool
from sparplan.problem import Problem
from sparplan.scenario import Scenario
from tests.builders import insats, omgang, scenario
from tests.builders import person as participant
from tests.engines.test_chains import own, pricing_of
from tests.engines.test_heavy import drawn_rates
from tests.oracle.exhaustive import optimum
from tests.oracle.tiny import solved


def two_towns(*, seats: int = 1, least: int = 0) -> Scenario:
    """Two who go to one course and two who go to another; all four may share a third that none needs."""
    homes = {"D01": "gislaved", "D02": "gislaved", "D03": "varnamo", "D04": "varnamo"}
    days = ("2027-02-01", "2027-02-26"), ("2027-03-01", "2027-03-26")
    return scenario(
        insatser=[
            insats("svets", provides={"svets": "2"}, eligibility="attr:gislaved"),
            insats("svarv", provides={"svets": "2"}, eligibility="attr:varnamo"),
            insats("kurs", provides={"svets": "2"}),
        ],
        rounds=[
            *(omgang(f"svets-{n}", "svets", *when, seats=1) for n, when in enumerate(days)),
            *(omgang(f"svarv-{n}", "svarv", *when, seats=1) for n, when in enumerate(days)),
            omgang("kurs-1", "kurs", "2027-05-03", "2027-05-28", seats=seats, min_participants=least),
        ],
        participants=[participant(who, home=home, attributes=[home]) for who, home in homes.items()],
    )


def parts_in(problem: Problem, pool: Pool, in_full: tuple[int, ...] = ()) -> list[Part]:
    return parts_of(pool, pool.columns, in_full, np.ones(len(problem.rows), dtype=np.bool_))


def test_who_shares_a_scarce_round_is_in_one_part() -> None:
    problem = compile_problem(two_towns())
    asked = pricing_of(problem)
    own(asked)
    parts = parts_in(problem, asked.pool)
    assert [[m for g in part.groups for m in asked.pool.members[g]] for part in parts] == [[0, 1], [2, 3]]
    asked.close()


@pytest.mark.parametrize(("seats", "least", "count"), [(1, 0, 1), (3, 0, 1), (4, 0, 2), (4, 2, 1)], ids=str)
def test_who_may_share_a_round_is_in_one_part_where_it_is_scarce(seats: int, least: int, count: int) -> None:
    problem = compile_problem(two_towns(seats=seats, least=least))
    asked = pricing_of(problem)
    assert len(parts_in(problem, asked.pool, tuple(range(len(asked.pool.members))))) == count
    asked.close()


@pytest.mark.parametrize("seats", [1, 4])
def test_parts_prove_the_optimum_of_the_whole(seats: int) -> None:
    region = two_towns(seats=seats)
    problem = compile_problem(region)
    found = ChainsEngine().solve(problem, Limits(work=20))
    assert found.bound == problem.total(found.chains) == optimum(region).objective


@pytest.mark.parametrize("seed", range(0, 120, 4))
def test_the_gaps_of_parts_are_pieces_of_the_whole(seed: int) -> None:
    """At any prices: no part has a gap below 0, and together they have no more than the whole."""
    region, _ = solved(seed)
    problem = compile_problem(region)
    best = ChainsEngine().solve(problem, Limits(work=20)).chains
    asked = pricing_of(problem)
    own(asked)
    pool, rates = asked.pool, drawn_rates(problem, seed)
    for person, chain in enumerate(best):
        if chain is not None:
            pool.add(pool.group_of[person], chain)
    least = np.minimum(pool.cheapest_by_group(pool.costs(rates)), SCALE * pool.unplaced)
    parts = parts_in(problem, pool)
    assert sorted(group for part in parts for group in part.groups) == list(range(len(pool.members)))
    gaps = []
    for part in parts:
        members = [person for group in part.groups for person in pool.members[group]]
        points = sum(problem.points(person, best[person]) for person in members)
        paid = sum(int(pool.sizes[group] * least[group]) for group in part.groups)
        gaps.append(SCALE * points - paid + part.rent(problem, rates))
    whole = SCALE * problem.total(best) - int((pool.sizes * least).sum()) + rent(problem, rates)
    assert min(gaps) >= 0
    if not any(row.rolling for row in problem.rows):
        assert sum(gaps) <= whole
    asked.close()
