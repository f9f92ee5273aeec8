"""What makes the label setting fast changes none of its answers."""

from collections.abc import Callable, Iterator

import pytest

from sparplan.engines.chains.labels import arrays
from sparplan.engines.chains.labels.companions import split_companions
from sparplan.engines.chains.labels.pricer import Answer, Pricer
from tests.engines.labels.bent import bent_scenario
from tests.engines.labels.priced import NO_LIMIT, Question, questions
from tests.oracle.tiny import tiny_scenario

SEEDS = range(12)
SIZES = (0, 30_000)
EVERY_BELOW = 1 << 24


def asked(seeds: range = SEEDS) -> Iterator[Question]:
    for seed in seeds:
        for maker in (tiny_scenario, bent_scenario):
            yield from questions(maker(seed), seed, SIZES)


def exact(question: Question, pricer: Pricer, **how: int) -> Answer:
    return pricer.exact(question.person, question.prices, question.tracks, NO_LIMIT, **how)


def cheapest(question: Question, pricer: Pricer, **how: int) -> Answer:
    return pricer.cheapest(question.person, question.prices, question.tracks, NO_LIMIT, **how)


@pytest.mark.parametrize("switch", ["use_dominance", "use_bounds"])
def test_dominance_and_bounds_change_no_optimum(switch: str) -> None:
    saved = 0
    for question in asked():
        for ask in (exact, cheapest):
            fast, slow = ask(question, question.pricer()), ask(question, question.pricer(**{switch: False}))
            if fast.is_whole and slow.is_whole:
                assert fast.bound == slow.bound
                saved += slow.labels - fast.labels
    assert saved > 0


@pytest.mark.parametrize("room", [1, 2, 3, 5, 8])
def test_what_is_cut_off_costs_no_less_than_the_bound(room: int) -> None:
    """The labels that are left then are waiting: their bounds must hold."""
    cut = 0
    for question in asked():
        for ask in (exact, cheapest):
            answer = ask(question, question.pricer(room=room))
            assert answer.bound <= question.least()
            cut += not answer.is_whole
    assert cut


@pytest.mark.parametrize("beam", [1, 2, 4])
def test_a_beam_alone_has_legal_chains_and_a_true_bound(beam: int) -> None:
    for question in asked():
        answer = cheapest(question, question.pricer(), room=0, beam=beam)
        assert answer.bound <= question.least()
        assert all(question.costs[question.key(chain)] == cost for cost, chain in answer.chains)


def test_companions_in_single_steps_change_no_optimum(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = [exact(question, question.pricer()) for question in asked()]
    split = 0

    def leave_them(options, *rest):
        nonlocal split
        split += len(split_companions(options, *rest)[1]) != len(options.round)
        return options, arrays.np.arange(len(options.round))

    monkeypatch.setattr(arrays, "split_companions", leave_them)
    slow = [exact(question, question.pricer()) for question in asked()]
    assert all(one.bound == other.bound for one, other in zip(fast, slow, strict=True) if one.is_whole)
    assert split


@pytest.mark.slow
def test_machine_code_answers_the_same() -> None:
    asks: list[Callable[[Question, Pricer], Answer]] = [
        exact,
        cheapest,
        lambda question, pricer: pricer.every(question.person, question.prices, question.tracks, EVERY_BELOW),
        lambda question, pricer: cheapest(question, pricer, beam=3),
    ]
    for question in asked(range(4)):
        for ask in asks:
            assert ask(question, question.pricer()) == ask(question, question.pricer(compiled=True))
