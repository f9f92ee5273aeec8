"""Each rule in the model, asked alone about random chains, says what the contract says."""

from collections import Counter
from random import Random

import pytest

from sparplan.compiling import compile_problem
from tests.engines.chains import drawn_chains
from tests.engines.fixing import rules_allowing
from tests.oracle.rules import SET_RULES
from tests.oracle.tiny import tiny_scenario

CHUNK = 5


@pytest.mark.parametrize("first_seed", range(0, 25, CHUNK))
def test_every_rule_agrees_with_the_contract(first_seed: int) -> None:
    wrong, outcomes = [], Counter[tuple[str, bool]]()
    for seed in range(first_seed, first_seed + CHUNK):
        problem = compile_problem(tiny_scenario(seed))
        for chain in drawn_chains(problem, Random(seed), each=3):
            allowed = rules_allowing(problem, chain.case, chain.participant, chain.spans)
            for name, holds in allowed.items():
                outcomes[name, holds] += 1
                if holds is not SET_RULES[name](chain.oracle, chain.steps):
                    wrong.append((seed, chain.participant, chain.spans, name, holds))
    assert not wrong
    assert all(outcomes[name, holds] for name in ("gap", "goal") for holds in (True, False))
