"""Every engine finds the optimum of exhaustive search, on tiny scenarios that use the whole contract."""

import pytest
from hypothesis import HealthCheck, given, settings

import sparplan as sp
from sparplan.kedjor import Status
from sparplan.scenario import Scenario
from tests.builders import insats, omgang, scenario
from tests.oracle.exhaustive import optimum
from tests.oracle.strategies import scenarios
from tests.oracle.tiny import solved

ENGINES = ("monolith", "chains")
CHUNK = 20
QUICK, ALL = 300, 500
CHUNKS = [
    pytest.param(
        range(start, start + CHUNK),
        id=f"{start}-{start + CHUNK - 1}",
        marks=[pytest.mark.slow] * (start >= QUICK),
    )
    for start in range(0, ALL, CHUNK)
]


def assert_optimal(scenario: Scenario, objective: int, engine: str) -> None:
    plan = sp.plan(scenario, engine=engine, workers=1)
    assert plan.status == Status.OPTIMAL
    assert (plan.objective, plan.bound) == (objective, objective)
    assert not sp.verify(scenario, plan)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seeds", CHUNKS)
def test_engine_finds_the_optimum(engine: str, seeds: range) -> None:
    wrong = {}
    for seed in seeds:
        scenario, best = solved(seed)
        try:
            assert_optimal(scenario, best.objective, engine)
        except (AssertionError, sp.SparplanError) as error:
            wrong[seed] = str(error).splitlines()[:3]
    assert not wrong


@pytest.mark.parametrize("engine", ENGINES)
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(scenario=scenarios())
def test_engine_finds_the_optimum_of_any_scenario(engine: str, scenario: Scenario) -> None:
    """Fewer scenarios than by seeds, but a failing one shrinks to a few rows."""
    assert_optimal(scenario, optimum(scenario).objective, engine)


def test_a_step_without_study_days_needs_no_companion() -> None:
    """A weekend course beside an insats that nobody holds: there is no study day to cover."""
    region = scenario(
        insatser=[
            insats("svets", provides={"svets": "2"}, alongside="insats:coach"),
            insats("coach", kind="stod"),
        ],
        rounds=[omgang("svets-1", "svets", "2027-03-06", "2027-03-07", pace=50)],
    )
    plan = sp.plan(region, engine="monolith", workers=1)
    assert plan.kedja("D01").placed
    assert optimum(region).objective == plan.objective
