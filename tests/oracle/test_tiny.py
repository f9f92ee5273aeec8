"""The tiny scenarios together use the whole contract."""

import pytest

from sparplan.checks import check
from sparplan.scenario import Scenario
from tests.oracle.coverage import coverage, features
from tests.oracle.exhaustive import RULES, Optimum, optimum
from tests.oracle.tiny import is_interesting, solved, tiny_scenario

SEEDS = range(300)


def test_the_same_seed_gives_the_same_scenario() -> None:
    solved.cache_clear()
    first = tiny_scenario(7).to_document()
    solved.cache_clear()
    assert tiny_scenario(7).to_document() == first


def test_the_scenarios_are_legal() -> None:
    for seed in SEEDS:
        assert not check(tiny_scenario(seed)).faults, seed


def test_they_are_read_back_from_their_json_form() -> None:
    for seed in range(20):
        scenario = tiny_scenario(seed)
        assert Scenario.model_validate(scenario.to_document()).sha256 == scenario.sha256


def test_they_use_every_column_and_situation() -> None:
    counts = coverage(SEEDS)
    assert not {feature for feature in features() if not counts[feature]}


def test_most_are_interesting() -> None:
    assert sum(is_interesting(solved(seed)[1]) for seed in SEEDS) > len(SEEDS) // 2


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_decides_some_optimum(rule: str) -> None:
    assert any(decides(rule, *solved(seed)) for seed in SEEDS)


def decides(rule: str, scenario: Scenario, best: Optimum) -> bool:
    """Whether the optimum would be another without the rule."""
    if rule == "repeats":  # without it at all there are too many chains
        insatser = tuple(row.replace(max_times=row.max_times + 1) for row in scenario.insatser)
        return optimum(scenario.replace(insatser=insatser)).objective != best.objective
    return optimum(scenario, ignoring=frozenset([rule])).objective != best.objective
