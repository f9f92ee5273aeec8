"""The k best chains, and chains with forbidden steps, against every chain there is."""

from dataclasses import replace

import numpy as np
import pytest

from sparplan.engines.chains.labels.layout import FORBIDDEN
from tests.engines.labels.bent import bent_scenario
from tests.engines.labels.priced import NO_LIMIT, Question, questions, takes_no_more
from tests.oracle.tiny import tiny_scenario

SEEDS = range(20)
COUNT = 5


def asked(seed: int) -> list[Question]:
    maker = tiny_scenario if seed % 2 else bent_scenario
    return questions(maker(seed), seed, sizes=(0, 30_000))


def with_all_marked(question: Question) -> Question:
    return replace(question, prices=question.prices._replace(mark=np.ones_like(question.prices.mark)))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_k_best_are_the_cheapest(seed: int) -> None:
    """Whatever is left out either costs more, or is one of them with something added."""
    for question in map(with_all_marked, asked(seed)):
        answer = question.pricer(room=1 << 16).best(
            question.person, COUNT, question.prices, question.tracks, NO_LIMIT
        )
        found = [(cost, question.key(chain)) for cost, chain in answer.chains]
        assert answer.is_whole
        assert len({key for _, key in found}) == len(found) <= COUNT
        assert [cost for cost, _ in found] == sorted(cost for cost, _ in found)
        for cost, key in found:
            assert question.costs[key] == cost
        last = found[-1][0] if len(found) == COUNT else NO_LIMIT
        for (track, steps), cost in question.costs.items():
            assert cost >= last or any(
                other[0] == track and mine <= cost and takes_no_more(question, other[1], steps)
                for mine, other in found
            )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_forbidden_round_is_not_taken_unless_it_is_past(seed: int) -> None:
    for question in asked(seed):
        past = {step[0] for chain in question.chains for step in chain.past}
        rounds = {step[0] for _, steps in question.costs for step in steps} - past
        for row in sorted(rounds):
            fixed = question.prices.fixed.copy()
            fixed[row] = FORBIDDEN
            prices = question.prices._replace(fixed=fixed)
            known = [
                cost for (_, steps), cost in question.costs.items() if all(step[0] != row for step in steps)
            ]
            answer = question.pricer(room=1 << 16).exact(question.person, prices, question.tracks, NO_LIMIT)
            assert [cost for cost, _ in answer.chains] == ([min(known)] if known else [])
