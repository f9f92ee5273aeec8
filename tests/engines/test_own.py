"""One person's own optimum, found window by window, is the optimum of the whole model without a window."""

from math import inf

import pytest

from sparplan.compiling import compile_problem
from sparplan.engines.alone import chain_for, fill_in
from sparplan.engines.base import Effort
from sparplan.engines.monolith.model import MonolithModel
from sparplan.engines.monolith.own import Own, Question, latest_paying_end, least_points, own_optimum
from sparplan.engines.monolith.solving import run
from sparplan.engines.usage import Usage
from sparplan.problem import Problem
from sparplan.scenario import Scenario
from tests.builders import Row, insats, omgang, person, rolling, scenario
from tests.oracle.exhaustive import chains_of, unplaced
from tests.oracle.tiny import tiny_scenario

SVETS = insats("svets_mag", provides={"svets": "2"})
CHUNK = 10


def own_of(
    problem: Problem, member: int = 0, work: float = inf, *, seats: bool = True, positions: bool = True
) -> Own:
    """One person's own optimum."""
    return own_optimum(Question(problem, member, Effort(work=work), seats=seats, positions=positions))


def whole_optimum(problem: Problem, member: int) -> int | None:
    """The optimum of one person's model with no window and no rule of others."""
    model = MonolithModel(problem, [member], seats=False, positions=False, least_sizes=False)
    return run(model.model, Effort()).objective


@pytest.mark.parametrize("first_seed", range(0, 40, CHUNK))
def test_own_optimum_is_the_optimum(first_seed: int) -> None:
    wrong = []
    for seed in range(first_seed, first_seed + CHUNK):
        region = tiny_scenario(seed)
        problem = compile_problem(region)
        for member, row in enumerate(region.participants):
            own = own_of(problem, member, seats=False, positions=False)
            points = problem.points(member, own.chain)
            chains = chains_of(region, row.participant)
            best = min([unplaced(region, row.participant), *chains], key=lambda chain: chain.points).points
            if (points, own.bound, whole_optimum(problem, member)) != (best, best, best):
                wrong.append((seed, row.participant, best, points, own.bound))
            placed = chain_for(problem, member)
            if (placed is not None) is not bool(chains):
                wrong.append((seed, row.participant, "placed", placed))
            elif placed is not None and problem.points(member, placed) < chains[0].points:
                wrong.append((seed, row.participant, "too good", placed))
    assert not wrong


@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_least_points_and_latest_paying_end_are_true_bounds(seed: int) -> None:
    region = tiny_scenario(seed)
    problem = compile_problem(region)
    for someone, row in zip(problem.persons, region.participants, strict=True):
        assert least_points(someone, None) <= someone.unplaced_points
        for chain in chains_of(region, row.participant):
            end = max((step.last + 1 for step in chain.steps), default=None)
            assert least_points(someone, None) <= chain.points
            if end is not None:
                assert least_points(someone, end) <= chain.points
                latest = latest_paying_end(someone, chain.points)
                assert latest is None or end <= max(latest, someone.available_from)


def test_least_points_rise_with_the_end() -> None:
    region = scenario(insatser=[SVETS], rounds=[omgang("s", "svets_mag", "2027-02-01", "2027-02-28")])
    someone = compile_problem(region).persons[0]
    start = someone.available_from
    assert [least_points(someone, start + days) for days in (-5, 0, 1, 10)] == [0, 0, 100, 1000]
    assert latest_paying_end(someone, 1000) == start + 10
    assert latest_paying_end(someone, 1099) == start + 10


def costly_days(**points: int) -> Scenario:
    """A short course late, and a long one early that gives a merit as well."""
    return scenario(
        insatser=[SVETS, insats("svets_lang", provides={"svets": "2", "truck": "ja"})],
        rounds=[
            omgang("short", "svets_mag", "2027-09-06", "2027-09-17", pace=25),
            omgang("long", "svets_lang", "2027-01-11", "2027-12-31", pace=25),
        ],
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {"profile": "svetsare", "kompetens": "truck", "level": "ja", "type": "meriterande"},
        ],
        policy={"points": points},
    )


@pytest.mark.parametrize(
    ("points", "chosen"),
    [
        ({}, "short"),
        ({"day": 0, "length_day": 0, "merit": 0}, None),  # being unplaced is free
        ({"day": 0, "length_day": 0, "merit": 50}, None),  # 89 points of pace for a merit of 50
        ({"day": 0, "length_day": 0, "merit": 5000}, "long"),
        ({"day": 1, "length_day": 0, "merit": 5000}, "long"),
        ({"day": 1, "length_day": 30, "merit": 5000}, "short"),
    ],
)
def test_any_weights(points: dict[str, int], chosen: str | None) -> None:
    region = costly_days(**points)
    problem = compile_problem(region)
    own = own_of(problem)
    assert own.bound == problem.points(0, own.chain) == whole_optimum(problem, 0)
    if chosen is None:
        assert own.chain is None
    else:
        assert own.chain is not None
        options = problem.persons[0].cases[0].options
        assert [region.rounds[options[step.option].round].round for step in own.chain.steps] == [chosen]


def test_days_that_cost_nothing_give_no_latest_end() -> None:
    person = compile_problem(costly_days(day=0)).persons[0]
    assert latest_paying_end(person, 10**6) is None


def late_is_better() -> Problem:
    """The first window holds a chain whose bridge days cost more than waiting for the second does."""
    return compile_problem(
        scenario(
            insatser=[{**SVETS, "bridge": True}, insats("svets_kort", provides={"svets": "2"})],
            rounds=[
                omgang("early", "svets_mag", "2027-01-11", "2027-02-07"),
                omgang("late", "svets_kort", "2027-11-01", "2027-11-26"),
            ],
            policy={"points": {"day": 1, "bridge_day": 100}},
        )
    )


def test_a_later_chain_may_be_the_best() -> None:
    problem = late_is_better()
    own = own_of(problem)
    assert own.chain is not None
    assert own.chain.steps[0].start == problem.scenario.round_by_id["late"].start.toordinal()
    assert own.bound == problem.points(0, own.chain) == whole_optimum(problem, 0)


def test_what_is_proven_of_a_window_is_not_taken_for_proven_of_all() -> None:
    problem = late_is_better()
    best = whole_optimum(problem, 0)
    assert best is not None
    for exponent in range(-28, -4):
        own = own_of(problem, work=1.5**exponent)
        assert own.bound <= best <= problem.points(0, own.chain)


def test_without_a_case_one_is_unplaced() -> None:
    problem = compile_problem(scenario())
    own = own_of(problem)
    assert (own.chain, own.bound, own.work) == (None, 71_000, 0.0)


def test_a_goal_that_is_held_needs_no_step() -> None:
    region = scenario(participants=[person(levels={"svets": "2"})])
    own = own_of(compile_problem(region))
    assert own.chain is not None
    assert (own.chain.steps, own.bound) == ((), 0)


@pytest.mark.parametrize("work", [0.0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2])
@pytest.mark.parametrize("seed", [1, 2, 3, 5, 6])
def test_a_bound_is_true_however_little_work_was_done(seed: int, work: float) -> None:
    problem = compile_problem(tiny_scenario(seed))
    for member in range(len(problem.persons)):
        own = own_of(problem, member, work, seats=False, positions=False)
        best = whole_optimum(problem, member)
        assert best is not None
        assert own.bound <= best <= problem.points(member, own.chain)


@pytest.mark.parametrize("work", [1e-6, 1e-5, 1e-4, 1e-3])
def test_a_bound_below_zero_is_true_too(work: float) -> None:
    region = scenario(
        insatser=[SVETS, insats("truck_ab", provides={"truck": "ja"})],
        rounds=[
            rolling("s", "svets_mag", "2027-01-11", "2027-12-31"),
            rolling("t", "truck_ab", "2027-01-11", "2027-12-31"),
        ],
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {
                "profile": "svetsare",
                "kompetens": "truck",
                "level": "ja",
                "type": "meriterande",
                "weight": 1000,
            },
        ],
    )
    own = own_of(compile_problem(region), work=work)
    assert own.bound <= 100 * 56 + 56 + 56 - 50_000


def one_round(positions: int | None = None, **cells: object) -> tuple[Problem, Usage]:
    """Two persons and a round with cells, in which D02 has a seat."""
    track = {"track": "svets", "name": "Svetsare", "profile": "svetsare"}
    region = scenario(
        insatser=[SVETS],
        rounds=[omgang("s", "svets_mag", "2027-02-01", "2027-02-28", **cells)],
        tracks=[track if positions is None else {**track, "positions": positions}],
        participants=[person("D01"), person("D02")],
    )
    problem = compile_problem(region)
    usage = Usage(problem)
    chain = chain_for(problem, 1)
    assert chain is not None
    usage.add(1, chain)
    return problem, usage


@pytest.mark.parametrize(
    ("cells", "seats", "expected"),
    [
        ({"seats": 1}, True, False),
        ({"seats": 1}, False, True),
        ({"seats": 2}, True, True),
        ({"min_participants": 2}, True, True),
        ({"min_participants": 3}, True, False),
        ({"min_participants": 3}, False, True),
    ],
)
def test_a_chain_with_the_seats_that_are_left(cells: Row, seats: bool, expected: bool) -> None:
    problem, usage = one_round(**cells)
    assert (chain_for(problem, 0, usage=usage, seats=seats) is not None) is expected
    assert chain_for(problem, 0) is not None  # if nobody else were there


@pytest.mark.parametrize("most", [1, 2])
def test_a_chain_with_the_positions_that_are_left(most: int) -> None:
    problem, usage = one_round(positions=most)
    assert (chain_for(problem, 0, usage=usage) is not None) is (most == 2)
    assert chain_for(problem, 0, usage=usage, positions=False) is not None


@pytest.mark.parametrize(("seats", "placed"), [(0, 0), (1, 1), (2, 2), (5, 3)])
def test_filling_in_places_those_who_fit_by_priority(seats: int, placed: int) -> None:
    region = scenario(
        insatser=[SVETS],
        rounds=[omgang("s", "svets_mag", "2027-02-01", "2027-02-28", seats=seats)],
        participants=[person(f"D{priority}", priority=priority) for priority in (1, 3, 2)],
    )
    filled = fill_in(compile_problem(region), [None] * 3)
    order = [filled[index] is not None for index in (1, 2, 0)]
    assert order == [number < placed for number in range(3)]


def test_filling_in_makes_no_plan_worse() -> None:
    """A chain costs more than leaving the person unplaced."""
    region = scenario(
        insatser=[SVETS],
        rounds=[omgang("s", "svets_mag", "2027-02-01", "2027-02-28")],
        policy={"points": {"length_day": 10_000}},
    )
    problem = compile_problem(region)
    assert fill_in(problem, [None]) == [None]
    chain = chain_for(problem, 0)
    assert fill_in(problem, [chain]) == [chain]
