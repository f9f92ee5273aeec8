"""The model's objective for a chain that is given equals the problem's points and the verifier's."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from sparplan.compiling import compile_problem
from sparplan.points import chain_breakdown
from sparplan.problem import Case, Chain, Problem, StepChoice
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, person, rolling, scenario, step_of
from tests.engines.chains import drawn_chains
from tests.engines.fixing import Span, case_of, least_points, span
from tests.oracle.points import points as oracle_points
from tests.oracle.tiny import tiny_scenario

CHUNK = 5


def chain_of(problem: Problem, case: Case, number: int, spans: list[Span]) -> Chain:
    """The chain in the problem's terms."""
    steps = []
    for name, start, end in spans:
        option = next(
            index
            for index, option in enumerate(case.options)
            if problem.scenario.rounds[option.round].round == name
            and start in option.starts
            and end - start in option.lengths
        )
        steps.append(StepChoice(option, start, end))
    return Chain(number, tuple(steps))


def three_ways(region: Scenario, *steppings: Stepping) -> int:
    """D01's points by the model, the problem and the verifier; they must agree."""
    problem = compile_problem(region)
    case = case_of(problem)
    assert case is not None
    spans = [span(region, stepping) for stepping in steppings]
    by_model = least_points(problem, case, "D01", spans)
    by_problem = problem.chain_points(problem.persons[0], chain_of(problem, case, 0, spans))
    steps = [step_of(region, stepping) for stepping in steppings]
    participant = region.participants[0]
    breakdown = chain_breakdown(region, participant, participant.tracks[0], steps)
    assert (by_model, by_problem) == (breakdown.total, breakdown.total)
    return by_model


def region(
    *rounds: Row, points: Row | None = None, merits: list[Row] | None = None, **who: object
) -> Scenario:
    """Only pace costs anything, unless told."""
    nothing = {"day": 0, "length_day": 0, "bridge_day": 0, "travel_hour": 0, "merit": 0, "preference": 0}
    profile = {"profile": "svetsare", "kompetens": "svets", "level": "2"}
    return scenario(
        insatser=[
            insats("svets_mag", provides={"svets": "2"}, max_times=2),
            insats("truck_ab", provides={"truck": "ja"}, bridge=True),
        ],
        rounds=rounds,
        kompetensprofiler=[profile, *({**profile, "type": "meriterande", **row} for row in merits or [])],
        policy={"points": nothing | (points or {})},
        participants=[person(**who)],
    )


FOUR_WEEKS, FIVE_WEEKS = ("2027-02-01", "2027-02-28"), ("2027-02-01", "2027-03-07")


@pytest.mark.parametrize(("pace", "points"), [(100, 28), (50, 14), (33, 10), (1, 1)])
@pytest.mark.parametrize("make", [omgang, rolling])
def test_pace_is_rounded_up(pace: int, points: int, make: object) -> None:
    assert callable(make)
    start = {"omgang": "2027-02-01", "rolling": "2027-01-11"}[make.__name__]
    end = {"omgang": "2027-02-28", "rolling": "2027-06-27"}[make.__name__]
    assert three_ways(region(make("s", "svets_mag", start, end, pace=pace)), ("s", *FOUR_WEEKS)) == points


@pytest.mark.parametrize(
    ("cells", "step", "hours"),
    [
        ({}, FOUR_WEEKS, 26),  # 20 days of 80 minutes: 26.7
        ({"days": ["mon", "wed"]}, FOUR_WEEKS, 10),  # 8 days: 10.7
        ({"form": "hybrid"}, FOUR_WEEKS, 10),
        ({"form": "hybrid", "days": ["mon"]}, FOUR_WEEKS, 5),
        ({"days": ["mon", "wed"]}, ("2027-03-01", "2027-03-28"), 9),  # 19 days · 2/5 = 7.6 → 7: 9.3
        ({"days": ["mon"]}, ("2027-03-01", "2027-03-28"), 4),  # 19 days / 5 = 3.8 → 3: 4.0
        ({"form": "distance"}, FOUR_WEEKS, 0),
        ({"place": "gislaved"}, FOUR_WEEKS, 0),
    ],
)
@pytest.mark.parametrize("make", [omgang, rolling])
def test_travel_is_rounded_down_twice(cells: Row, step: tuple[str, str], hours: int, make: object) -> None:
    assert callable(make)
    first, last = step if make is omgang else ("2027-01-11", "2027-06-27")
    row = make("s", "svets_mag", first, last, pace=1, **{"place": "varnamo"} | cells)
    one = region(row, points={"travel_hour": 7})
    assert three_ways(one, ("s", *step)) - 1 == 7 * hours


def test_bridge_days_count_each_step_by_itself() -> None:
    one = region(
        rolling("t", "truck_ab", "2027-01-11", "2027-06-27", pace=1),
        omgang("s", "svets_mag", *FIVE_WEEKS, pace=1),
        points={"bridge_day": 9},
    )
    assert three_ways(one, ("t", *FIVE_WEEKS), "s") - 2 == 9 * 35


def test_days_count_from_the_day_one_is_available() -> None:
    for available, days in [("2027-01-25", 35), ("2027-02-01", 28), ("2026-12-25", 66), (None, 49)]:
        who = {"available_from": available} if available else {}
        one = region(omgang("s", "svets_mag", *FOUR_WEEKS, pace=1), points={"day": 10}, priority=3, **who)
        assert three_ways(one, "s") - 1 == 3 * 10 * days


def test_length_counts_from_the_first_step() -> None:
    rounds = [
        omgang("s", "svets_mag", *FOUR_WEEKS, pace=1),
        rolling("t", "truck_ab", "2027-01-11", "2027-06-27", pace=1),
    ]
    one = region(*rounds, points={"length_day": 3})
    assert three_ways(one, "s") - 1 == 3 * 28
    assert three_ways(one, "s", ("t", "2027-03-01", "2027-03-28")) - 2 == 3 * 56
    assert three_ways(one, ("t", "2027-01-18", "2027-02-14"), "s") - 2 == 3 * 42


def test_length_counts_history_and_days_do_not() -> None:
    past = omgang("h", "svets_mag", "2026-11-02", "2026-12-18", pace=1)
    new = omgang("s", "truck_ab", *FOUR_WEEKS, pace=1)
    one = region(past, new, points={"length_day": 3}, pinned=["h"])
    assert three_ways(one, "h", "s") - 2 == 3 * 119
    assert three_ways(one, "h") - 1 == 3 * 47
    one = region(past, new, points={"day": 10}, pinned=["h"])
    assert three_ways(one, "h", "s") - 2 == 10 * 49
    assert three_ways(one, "h") - 1 == 0  # over before the person was available


def test_merits_held_and_gained_count_once_a_row() -> None:
    merits = [
        {"kompetens": "truck", "level": "ja", "weight": 2},
        {"kompetens": "truck", "level": "ja", "weight": 3, "module": "lager"},
        {"kompetens": "svets", "level": "2", "weight": 5},
        {"kompetens": "svenska", "level": "B"},
        {"kompetens": "svenska", "level": "D", "weight": 100},
    ]
    one = region(
        omgang("s", "svets_mag", *FOUR_WEEKS, pace=1),
        omgang("t", "truck_ab", *FOUR_WEEKS, pace=1),
        merits=merits,
        points={"merit": 10},
        levels={"svenska": "C"},
    )
    assert three_ways(one, "s") - 1 == -10 * (1 + 5)
    assert three_ways(one, "s", "t") - 2 == -10 * (1 + 5 + 2 + 3)


def test_an_empty_chain_costs_no_days() -> None:
    one = region(
        omgang("s", "svets_mag", *FOUR_WEEKS), points={"day": 100, "length_day": 9}, levels={"svets": "3"}
    )
    assert three_ways(one) == 0


def test_a_later_choice_of_track_costs_its_rank() -> None:
    one = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[omgang("s", "svets_mag", *FOUR_WEEKS)],
        tracks=[{"track": track, "name": track, "profile": "svetsare"} for track in ("a", "b", "c")],
        participants=[person(tracks=["a", "b", "c"], priority=2)],
    )
    problem = compile_problem(one)
    spans = [span(one, "s")]
    found = [least_points(problem, case, "D01", spans) for case in problem.persons[0].cases]
    assert [points - found[0] for points in found] == [0, 400, 800]


def test_nobody_placed_and_the_total() -> None:
    one = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[omgang("s", "svets_mag", *FOUR_WEEKS)],
        participants=[
            person("D01", priority=2),
            person("D02", available_from="2026-12-12"),
            person("D03", available_from="2027-05-01"),
        ],
    )
    problem = compile_problem(one)
    assert problem.total([None, None, None]) == 100 * (2 * 710 + (710 + 30) + 710)
    case = case_of(problem)
    assert case is not None
    chain = chain_of(problem, case, 0, [span(one, "s")])
    mine = 2 * 100 * 49 + 28 + 28
    assert problem.points(0, chain) == problem.chain_points(problem.persons[0], chain) == mine
    assert problem.points(0, None) == 100 * 2 * 710
    assert problem.total([chain, None, None]) == mine + 100 * (740 + 710)


@pytest.mark.parametrize("first_seed", range(0, 25, CHUNK))
def test_random_chains(first_seed: int) -> None:
    wrong, seen = [], Counter[int]()
    for seed in range(first_seed, first_seed + CHUNK):
        region = tiny_scenario(seed)
        problem = compile_problem(region)
        for chain in drawn_chains(problem, Random(seed), each=3):
            participant = region.participant_by_id[chain.participant]
            person = problem.persons[region.participants.index(participant)]
            number = person.cases.index(chain.case)
            steps = [
                step_of(region, (name, str(date.fromordinal(start)), str(date.fromordinal(end - 1))))
                for name, start, end in chain.spans
            ]
            expected = chain_breakdown(region, participant, chain.track, steps).total
            found = (
                least_points(problem, chain.case, chain.participant, chain.spans),
                problem.chain_points(person, chain_of(problem, chain.case, number, chain.spans)),
                oracle_points(chain.oracle, chain.steps),
            )
            seen[len(chain.spans)] += 1
            if set(found) != {expected}:
                wrong.append((seed, chain.participant, chain.spans, found, expected))
    assert not wrong
    assert seen[2] > 5
