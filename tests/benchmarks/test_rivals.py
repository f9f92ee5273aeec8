"""Every rival makes a plan that keeps the rules, and none is better than the best there is."""

import pytest

import sparplan as sp
from benchmarks.instances import read_table, scenario_of
from benchmarks.measuring import TINY
from benchmarks.rivals import RIVALS
from sparplan.engines.base import Progress, ignore
from tests.oracle.tiny import solved

LIMIT = 20.0
EXACT = ("chains", "monolith", "monolith-plain")


@pytest.mark.parametrize("seed", [1, 2, 5])
@pytest.mark.parametrize("name", RIVALS)
def test_a_plan_that_keeps_the_rules(name: str, seed: int) -> None:
    scenario, best = solved(seed)
    heard: list[Progress] = []
    made = RIVALS[name].make(scenario, LIMIT, heard.append)
    assert not sp.verify(scenario, made.plan)
    assert heard
    assert made.plan.objective is not None
    assert made.plan.objective >= best.objective
    if name in EXACT:
        assert made.plan.objective == best.objective
        assert made.has_bound
    else:
        assert not made.has_bound


@pytest.mark.parametrize("name", RIVALS)
def test_it_plans_what_a_process_starts_with(name: str) -> None:
    scenario = sp.read_scenario(TINY)
    made = RIVALS[name].make(scenario, LIMIT, ignore)
    assert not sp.verify(scenario, made.plan)
    assert made.plan.status == ("optimal" if name in EXACT else "feasible")


@pytest.mark.parametrize("seed", range(12))
def test_the_model_for_pyjobshop_is_a_relaxation(seed: int) -> None:
    scenario, best = solved(seed)
    made = RIVALS["pyjobshop"].make(scenario, LIMIT, lambda _: None)
    assert made.notes["relaxed bound less all merits"] <= best.objective
    assert made.notes["relaxed objective"] >= made.notes["relaxed bound"]
    assert made.notes["placed before repair"] >= len(made.plan.placed)


def test_names_are_those_of_files() -> None:
    assert all(name == rival.name for name, rival in RIVALS.items())
    assert scenario_of(read_table()["track-ample-1"]).participants
