"""Participants that CP-SAT models in full, where their labels or lists would be too many: the optimum stays."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pytest

from sparplan.compiling import compile_problem
from sparplan.engines.base import Effort, Limits, Stop
from sparplan.engines.chains import closing, pricing
from sparplan.engines.chains.choice import Choice, choose
from sparplan.engines.chains.closing import Closing
from sparplan.engines.chains.duals import rent
from sparplan.engines.chains.engine import ChainsEngine
from sparplan.engines.chains.labels import arrays
from sparplan.engines.chains.labels.cases import free_prices
from sparplan.engines.chains.labels.layout import FORBIDDEN, SCALE
from sparplan.engines.chains.labels.pricer import Answer, Pricer
from sparplan.engines.chains.left import prices_of_what_is_left
from sparplan.engines.chains.master import Solution
from sparplan.engines.chains.modelled import Heavy
from sparplan.engines.chains.prices import Priced
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rates import Charge, Rates, free_rates
from sparplan.engines.chains.single import cheapest_chain
from sparplan.engines.monolith.engine import MonolithEngine
from sparplan.engines.monolith.model import MonolithModel, TooLate
from sparplan.engines.state import SearchState
from sparplan.engines.usage import Usage
from sparplan.messages import say, say_count
from sparplan.problem import Problem
from sparplan.scenario import Scenario
from tests.builders import insats, omgang, scenario
from tests.builders import person as participant
from tests.engines.test_chains import own, pricing_of
from tests.engines.test_search import crowd
from tests.oracle.tiny import solved

NOTHING = Choice(None, 0, None, 0.0)


def drawn_rates(problem: Problem, seed: int) -> Rates:
    """Random prices of rounds (rolling ones by day) and tracks, and charges for rounds with least sizes."""
    rng = np.random.default_rng(seed)
    span = problem.calendar.last - problem.calendar.first
    prices = free_prices(len(problem.rows))
    sums, length = [np.zeros(1, dtype=np.int64)], 1
    for index, row in enumerate(problem.rows):
        if row.seats is None or rng.random() < 0.5:
            continue
        if not row.rolling:
            prices.fixed[index] = rng.integers(0, 300 * SCALE)
            continue
        daily = np.where(rng.random(span + 1) < 0.1, rng.integers(0, 60 * SCALE, span + 1), 0)
        prices.first_sum[index] = length
        sums.append(np.concatenate(([0], np.cumsum(daily))))
        length += span + 2
    tracks = np.zeros(len(problem.positions), dtype=np.int64)
    for track, most in enumerate(problem.positions):
        if most is not None and rng.random() < 0.5:
            tracks[track] = rng.integers(0, 300 * SCALE)
    charges = [
        Charge(index, group, int(rng.integers(1, 100 * SCALE)), len(members), row.min_participants)
        for index, row in enumerate(problem.rows)
        for group, members in enumerate(problem.classes)
        if len(members) < row.min_participants and rng.random() < 0.5
    ]
    return Rates.at(prices._replace(sums=np.concatenate(sums)), tracks, charges)


def prove_with_heavy(
    problem: Problem, seed: int, heavy: slice, monkeypatch: pytest.MonkeyPatch
) -> tuple[SearchState, int]:
    """Close the gap at random prices with some classes modelled in full; how many those were."""
    asked = pricing_of(problem)
    own(asked)
    rates = drawn_rates(problem, seed)
    least = asked.prove(rates, SCALE * asked.pool.unplaced, (1 << 14,)).least
    in_full = set(range(len(least))[heavy])
    listed = asked.every

    def every(limits: Mapping[int, int], rates: Rates) -> list[Answer]:
        answers = zip(limits, listed(limits, rates), strict=True)
        return [Answer(0, (), 0, is_whole=False) if group in in_full else found for group, found in answers]

    monkeypatch.setattr(asked, "every", every)
    monkeypatch.setattr(Closing, "_shadows", lambda *_: None)
    monkeypatch.setattr(closing, "MOST_TRIES", 40)
    solution = Solution(0.0, None, np.zeros(0))  # type: ignore[arg-type]  # not asked for by proofs
    attempt = Closing(asked.state, asked, Priced(rates, least, rent(problem, rates), solution))
    for _ in range(3):
        if attempt.prove():
            break
    asked.close()
    return asked.state, len(in_full)


@pytest.mark.parametrize("seed", [*range(0, 60, 5), 1, 3, 46, 62, 67, 82])
@pytest.mark.parametrize(
    "heavy", [slice(None), slice(0, None, 2), slice(1, None, 2)], ids=["all", "even", "odd"]
)
def test_modelled_in_full_beside_lists_the_optimum_is_proven(
    seed: int, heavy: slice, monkeypatch: pytest.MonkeyPatch
) -> None:
    region, best = solved(seed)
    state, _ = prove_with_heavy(compile_problem(region), seed, heavy, monkeypatch)
    assert (state.best_points, state.bound) == (best.objective, best.objective)


@pytest.mark.parametrize("heavy", [slice(None), slice(0, 1)], ids=["all", "one"])
def test_rolling_seats_are_shared_between_lists_and_models(
    heavy: slice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where everybody wants the one seat of a rolling round, some in lists and some in full."""
    problem = compile_problem(crowd())
    best = MonolithEngine().solve(problem, Limits(work=60))
    state, count = prove_with_heavy(problem, 1, heavy, monkeypatch)
    assert count > 0
    assert state.best_points == state.bound == best.bound == problem.total(best.chains)


@pytest.mark.parametrize("seed", [*range(0, 40, 3), 1, 10, 17, 62, 105, 157, 190])
def test_cp_sat_and_labels_find_the_same_least_cost(seed: int) -> None:
    """At random prices (below 0 for some), what the best plan's first half takes being forbidden."""
    region, _ = solved(seed)
    problem = compile_problem(region)
    state = SearchState(problem, Limits(), lambda _: None, Stop())
    rates = drawn_rates(problem, seed)
    chains = ChainsEngine().solve(problem, Limits(work=20)).chains
    taken = Usage.of(problem, [*chains[: len(chains) // 2]])
    left = prices_of_what_is_left(problem, taken, rates)
    pricer = Pricer(problem, compiled=False)
    paid = np.where(left.prices.fixed < FORBIDDEN, rates.subsidised.fixed, FORBIDDEN)
    prices, tracks = left.prices._replace(fixed=paid), left.tracks
    for person, compiled in enumerate(problem.persons):
        limit = min(SCALE * compiled.unplaced_points, FORBIDDEN - 1)
        exact = pricer.exact(person, prices, tracks, limit)
        found = cheapest_chain(state, person, prices, tracks, limit, least=-FORBIDDEN, work=20)
        assert found.is_whole
        assert found.bound == exact.bound
        assert (found.chain is not None) == bool(exact.chains)
        if found.chain is not None:
            assert pricer.cost_of(person, found.chain, prices, tracks) == exact.bound


def assert_proven_alike(seed: int, *, work: float) -> None:
    """The engine proves the optimum of a tiny region, on one thread as on two."""
    region, best = solved(seed)
    problem = compile_problem(region)
    one, two = (ChainsEngine().solve(problem, Limits(work=work, workers=workers)) for workers in (1, 2))
    assert (problem.total(one.chains), one.bound) == (best.objective, best.objective)
    assert (one.chains, one.bound, one.work) == (two.chains, two.bound, two.work)


@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_with_hardly_any_room_for_labels_the_optimum_is_still_proven(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (closing, pricing):
        monkeypatch.setattr(module, "EXACT_ROOM", 1)
    assert_proven_alike(seed, work=20)


@pytest.mark.parametrize("seed", range(0, 40, 2))
def test_whoever_the_label_setting_has_no_room_for_is_left_to_cp_sat(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrays, "MOST_BITS", 1)
    monkeypatch.setattr(pricing, "MOST_WIDE", 1.0)
    assert_proven_alike(seed, work=60)


def short_courses(count: int, *, wide: int, others: int) -> Scenario:
    """Some participants who need many short courses, four at a time, among others who need one of them."""
    monday = date(2027, 1, 11)
    names = [f"k{number:02d}" for number in range(count)]
    rounds = []
    for number, name in enumerate(names):
        for again in range(3):
            start = monday + timedelta(weeks=2 * ((number // 4 + 5 * again) % 24))
            end = start + timedelta(days=11)
            rounds.append(
                omgang(
                    f"{name}-{again}", f"kurs_{name}", start.isoformat(), end.isoformat(), pace=25, seats=2
                )
            )
    rounds += [
        omgang("svets-1", "svets", "2027-01-11", "2027-03-05", seats=1),
        omgang("svets-2", "svets", "2027-03-08", "2027-04-30", seats=1),
    ]
    krav = [{"profile": "bred", "kompetens": name, "level": "ja"} for name in names]
    krav += [
        {"profile": "svetsare", "kompetens": "svets", "level": "2"},
        {"profile": "svetsare", "kompetens": "k00", "level": "ja"},
    ]
    return scenario(
        horizon={"start": "2027-01-11", "end": "2028-01-31"},
        policy={"max_gap_days": 30},
        kompetenser=[
            *({"kompetens": name, "name": name} for name in names),
            {"kompetens": "svets", "name": "Svets", "levels": ["1", "2"]},
        ],
        kompetensprofiler=krav,
        tracks=[
            {"track": "svets", "name": "Svetsare", "profile": "svetsare"},
            {"track": "bred", "name": "Bred", "profile": "bred"},
        ],
        insatser=[
            insats("svets", provides={"svets": "2"}),
            *(insats(f"kurs_{name}", provides={name: "ja"}) for name in names),
        ],
        rounds=rounds,
        participants=[
            *(participant(f"B{number}", tracks=["bred"]) for number in range(wide)),
            *(participant(f"D{number}", max_pace=125, priority=1 + number % 2) for number in range(others)),
        ],
    )


@pytest.mark.parametrize("count", [59, 62], ids=["too many labels", "too many bits"])
def test_sixty_short_courses_side_by_side(count: int) -> None:
    problem = compile_problem(short_courses(count, wide=1, others=3))
    found = ChainsEngine().solve(problem, Limits(work=30))
    best = MonolithEngine().solve(problem, Limits(work=60))
    assert problem.total(found.chains) == found.bound == best.bound
    assert found.notes == (say_count("plan.note_wide", 1, engine="chains"),)


def test_most_with_sixty_short_courses_are_left_to_the_monolith() -> None:
    problem = compile_problem(short_courses(62, wide=2, others=1))
    found = ChainsEngine().solve(problem, Limits(work=60))
    assert problem.total(found.chains) == found.bound
    assert found.notes == (say("plan.note_too_wide", engine="chains"),)


@pytest.mark.parametrize("work", [1e-9, 0.2, 1.0])
def test_a_limit_of_work_ends_questions_to_cp_sat(work: float) -> None:
    problem = compile_problem(short_courses(62, wide=1, others=3))
    best = MonolithEngine().solve(problem, Limits(work=60))
    one, two = (ChainsEngine().solve(problem, Limits(work=work, workers=workers)) for workers in (1, 2))
    assert one.bound <= best.bound <= problem.total(one.chains)
    assert (one.chains, one.bound, one.stopped, one.work) == (two.chains, two.bound, two.stopped, two.work)


def test_a_stop_ends_questions_to_cp_sat() -> None:
    problem = compile_problem(short_courses(62, wide=1, others=3))
    stop = Stop()
    state = SearchState(problem, Limits(), lambda _: None, stop)
    stop.set()
    rates = free_rates(problem)
    limit = SCALE * problem.persons[0].unplaced_points
    found = cheapest_chain(state, 0, rates.prices, rates.tracks, limit, least=0, work=1e-9)
    assert not found.is_whole
    assert found.bound <= limit
    asked = Pricing(state, pricing_of(problem).pool, Pricer(problem, compiled=False))
    assert not any(
        answer.chains for answer in asked.cheapest([0, 1], rates, limit + 0 * asked.own, 10 + 0 * asked.own)
    )
    asked.close()


def test_a_stop_ends_the_making_of_models() -> None:
    problem = compile_problem(crowd())
    in_full = dict(enumerate(problem.classes))
    free = free_rates(problem)
    least = np.zeros(len(in_full), dtype=np.int64)
    heavy = Heavy(in_full, free, least, least + SCALE * 10**6)
    stop = Stop()
    found = choose(problem, [], {}, Usage(problem), Effort(work=10), heavy=heavy, stop=stop)
    assert found.ways is not None
    stop.set()
    assert choose(problem, [], {}, Usage(problem), Effort(work=10), heavy=heavy, stop=stop) == NOTHING
    assert choose(problem, [], {}, Usage(problem), Effort(seconds=0), heavy=heavy) == NOTHING

    answers = iter([False, True])
    with pytest.raises(TooLate):
        MonolithModel(problem, range(3), is_late=lambda: next(answers))
