"""The verifier says of any set of steps what the oracle says: the same rules broken, the same points.

They share no code, so each is a check of the other; random sets break rules that no engine's plan breaks.
"""

from random import Random

import pytest

import sparplan as sp
from sparplan.scenario import Scenario
from tests.oracle.case import Case, Steps
from tests.oracle.exhaustive import SHARED_RULES, Chain, Optimum, as_plan, broken_rules, unplaced
from tests.oracle.points import days, points
from tests.oracle.region import Region
from tests.oracle.rules import STEP_RULES
from tests.oracle.tiny import solved, tiny_scenario

CHUNK = 10
CHUNKS = [range(start, start + CHUNK) for start in range(0, 60, CHUNK)]
SETS_A_TRACK = 8


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_the_same_rules_are_broken(seeds: range) -> None:
    differences = []
    for seed in seeds:
        scenario = tiny_scenario(seed)
        rng = Random(seed)
        region = Region(scenario)
        for row in scenario.participants:
            for case in (Case(region, row.participant, track) for track in row.tracks):
                for _ in range(SETS_A_TRACK):
                    steps = draw_steps(rng, case)
                    expected, said = said_by_oracle(case, steps), said_by_verifier(scenario, case, steps)
                    if expected != said:
                        differences.append((seed, case.person, case.track, steps, expected ^ said))
    assert not differences


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_the_optimum_breaks_nothing(seeds: range) -> None:
    broken = {}
    for seed in seeds:
        scenario, best = solved(seed)
        violations = sp.verify(scenario, as_plan(scenario, best))
        if violations:
            broken[seed] = [str(violation) for violation in violations]
    assert not broken


def draw_steps(rng: Random, case: Case) -> Steps:
    """A few steps of the rounds, legal or not, and most of the history."""
    new = sorted(case.new_steps)
    chosen = rng.sample(new, min(len(new), rng.choice((1, 2, 2, 3))))
    return tuple(sorted([*chosen, *(step for step in case.history if rng.random() < 0.9)]))


def said_by_oracle(case: Case, steps: Steps) -> frozenset[str]:
    """The rules that a chain of these steps breaks, by the verifier's names."""
    by_step = {
        name
        for name, allows in STEP_RULES.items()
        if not all(allows(case, step) for step in steps if not step.history)
    }
    # A validering without claims gives no step at all (§4), and so isn't one of the rules of §5.
    named = {"steps" if name == "validering" else name for name in by_step}
    return frozenset(named) | broken_rules(case, steps)


def said_by_verifier(scenario: Scenario, case: Case, steps: Steps) -> frozenset[str]:
    """The same of a plan in which nobody else is placed; the shared rules have other tests."""
    chains = tuple(
        Chain(case.person, case.track, steps, days(case, steps), points(case, steps))
        if row.participant == case.person
        else unplaced(scenario, row.participant)
        for row in scenario.participants
    )
    plan = as_plan(scenario, Optimum(sum(chain.points for chain in chains), chains))
    rules = {violation.rule for violation in sp.verify(scenario, plan)}
    return frozenset(str(rule) for rule in rules if rule not in SHARED_RULES)
