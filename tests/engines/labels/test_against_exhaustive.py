"""What the label setting answers about one person, against every chain there is."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from sparplan.engines.chains.labels.answers import Answer
from sparplan.engines.chains.labels.layout import SCALE
from sparplan.scenario import Scenario
from tests.engines.labels.bent import bent_scenario
from tests.engines.labels.priced import NO_LIMIT, Question, Steps, questions, takes_no_more
from tests.oracle.strategies import scenarios
from tests.oracle.tiny import tiny_scenario

CHUNK = 10
QUICK, ALL = 20, 500
MAKERS = (tiny_scenario, bent_scenario)
CHUNKS = [
    pytest.param(
        seeds, id=f"{seeds.start}-{seeds.stop - 1}", marks=[pytest.mark.slow] * (seeds.start >= QUICK)
    )
    for seeds in (range(start, start + CHUNK) for start in range(0, ALL, CHUNK))
]


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("seeds", CHUNKS)
def test_answers_are_right(seeds: range, maker: Callable[[int], Scenario]) -> None:
    wrong = {}
    for seed in seeds:
        for question in questions(maker(seed), seed):
            if found := wrong_of(question):
                wrong[seed, question.person] = found
    assert not wrong


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(scenario=scenarios())
def test_answers_are_right_for_any_scenario(scenario: Scenario) -> None:
    """Fewer scenarios than by seeds, but a failing one shrinks to a few rows."""
    for question in questions(scenario, 0, sizes=(0, 30_000)):
        assert not wrong_of(question)


def wrong_of(question: Question) -> list[object]:
    asks = (wrong_exact, wrong_cheapest, wrong_every, wrong_shadows)
    return [fault for ask in asks for fault in ask(question)]


def limits(question: Question) -> set[int]:
    """No limit, that of not being placed, and those just above the least cost and at it."""
    unplaced = SCALE * question.problem.persons[question.person].unplaced_points
    return {NO_LIMIT, unplaced, question.least(), question.least() + 1}


def wrong_exact(question: Question) -> list[object]:
    """The optimum and its chain; a true bound where something was cut off."""
    wrong: list[object] = []
    pricer = question.pricer()
    for limit in limits(question):
        least = question.least(limit)
        for room in (NO_LIMIT, 20):
            answer = pricer.exact(question.person, question.prices, question.tracks, limit, room=room)
            wrong += [key for cost, key in _keys(question, answer) if question.costs.get(key) != cost]
            cheapest = min([limit, *(cost for cost, _ in answer.chains)])
            if answer.is_whole and (answer.bound != least or cheapest != least):
                wrong.append(("exact", limit, room, answer.bound, cheapest, least))
            if answer.bound > least:
                wrong.append(("bound", limit, room, answer.bound, least))
    return wrong


def wrong_cheapest(question: Question) -> list[object]:
    """A true bound, and legal chains at their costs."""
    wrong: list[object] = []
    pricer = question.pricer()
    for limit in limits(question):
        for beam in (0, 3):
            answer = pricer.cheapest(question.person, question.prices, question.tracks, limit, beam=beam)
            wrong += [key for cost, key in _keys(question, answer) if question.costs.get(key) != cost]
            if answer.bound > question.least(limit):
                wrong.append(("relaxed", limit, beam, answer.bound, question.least(limit)))
    return wrong


def wrong_every(question: Question) -> list[object]:
    """For each chain below the limit one that costs no more and takes no more of what is marked."""
    limit = question.least() + 500 * SCALE
    answer = question.pricer().every(question.person, question.prices, question.tracks, limit)
    if not answer.is_whole:
        return [] if answer.bound <= question.least(limit) else ["bound"]
    found = list(_keys(question, answer))
    wrong: list[object] = [key for cost, key in found if question.costs.get(key) != cost]
    for (track, steps), cost in question.costs.items():
        if cost < limit and not any(
            other_cost <= cost
            and other[0] == track
            and takes_no_more(question, question.marked(other[1]), question.marked(steps))
            for other_cost, other in found
        ):
            wrong.append(("missed", track, steps, cost))
    return wrong


def wrong_shadows(question: Question) -> list[object]:
    """For each chain below the limit a shadow that costs no more and takes no more of what is marked."""
    limit = question.least() + 500 * SCALE
    shadows = question.pricer().shadows(
        question.person, question.prices, question.tracks, limit, room=NO_LIMIT
    )
    base = question.problem.calendar.first
    found = [
        (shadow.cost, shadow.track, tuple((row, start - base, end - base) for row, start, end in shadow.uses))
        for shadow in shadows or ()
    ]
    return [
        ("no shadow", track, steps, cost)
        for (track, steps), cost in question.costs.items()
        if shadows is not None
        and cost < limit
        and not any(
            other_cost <= cost
            and other_track == track
            and takes_no_more(question, question.marked(other), question.marked(steps))
            for other_cost, other_track, other in found
        )
    ]


def _keys(question: Question, answer: Answer) -> list[tuple[int, tuple[int, Steps]]]:
    return [(cost, question.key(chain)) for cost, chain in answer.chains]
