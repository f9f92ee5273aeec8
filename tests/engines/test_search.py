"""What an engine promises of its search: true bounds, monotone events, limits, stopping, repeatability."""

from collections.abc import Sequence

import pytest

import sparplan as sp
from sparplan.compiling import compile_problem
from sparplan.engines.base import Limits, Outcome, Progress, Stop, relative_gap
from sparplan.engines.monolith.engine import MonolithEngine
from sparplan.kedjor import Plan, Status, StopReason
from sparplan.problem import Chain
from sparplan.scenario import Scenario
from tests.builders import Row, insats, omgang, person, rolling, scenario
from tests.oracle.tiny import solved

SVETS = insats("svets_mag", provides={"svets": "2"}, requires="svenska>=C")
TRUCK = insats("truck_ab", provides={"truck": "ja"})
SFI = insats("sfi", provides={"svenska": "C"})


def crowd(people: int = 4, **tables: object) -> Scenario:
    """A region with more people than good seats, not all alike: worth some search."""
    rounds = [
        *(
            rolling(f"sfi-{place}", "sfi", "2027-01-11", "2027-06-27", place=place, seats=1, weeks_max=6)
            for place in ("gislaved", "varnamo")
        ),
        *(
            omgang(f"svets-{number}", "svets_mag", *days, seats=2)
            for number, days in enumerate([("2027-03-01", "2027-04-25"), ("2027-05-03", "2027-06-13")])
        ),
        omgang("truck-1", "truck_ab", "2027-03-01", "2027-03-28", place="varnamo", seats=1, pace=50),
    ]
    merit = {"profile": "svetsare", "kompetens": "truck", "level": "ja", "type": "meriterande", "weight": 40}
    return scenario(
        **{
            "insatser": [SVETS, SFI, TRUCK],
            "rounds": rounds,
            "kompetensprofiler": [{"profile": "svetsare", "kompetens": "svets", "level": "2"}, merit],
            "participants": [
                person(
                    f"D{number}",
                    home=("gislaved", "varnamo")[number % 2],
                    priority=1 + number // 3,
                    max_pace=150,
                )
                for number in range(people)
            ],
            "policy": {"max_gap_days": 15},
            "horizon": {"start": "2027-01-11", "end": "2027-07-31"},
            **tables,
        }
    )


@pytest.fixture(scope="module")
def best() -> Plan:
    plan = sp.plan(crowd(), workers=1, work_limit=60)
    assert plan.status == Status.OPTIMAL
    return plan


def search(
    region: Scenario, limits: Limits, hint: Sequence[Chain | None] | None = None, *, own_bounds: bool = True
) -> tuple[Outcome, int, list[Progress]]:
    """Outcome, objective, and what was told."""
    problem = compile_problem(region)
    told: list[Progress] = []
    found = MonolithEngine(own_bounds=own_bounds).solve(problem, limits, hint, told.append)
    return found, problem.total(found.chains), told


def assert_monotone(told: Sequence[Progress]) -> None:
    values = [progress.best for progress in told if progress.best is not None]
    bounds = [progress.bound for progress in told if progress.bound is not None]
    assert all(progress.bound is not None for progress in told[len(told) - len(bounds) :])  # never forgotten
    assert values == sorted(values, reverse=True)
    assert bounds == sorted(bounds)
    assert all(progress.gap is None or progress.gap >= 0 for progress in told)
    seconds = [progress.seconds for progress in told]
    assert seconds == sorted(seconds)


@pytest.mark.parametrize("own_bounds", [True, False])
@pytest.mark.parametrize("workers", [1, 2])
def test_events_are_monotone_and_end_with_the_answer(workers: int, own_bounds: bool, best: Plan) -> None:
    found, objective, told = search(crowd(), Limits(work=60, workers=workers), own_bounds=own_bounds)
    assert_monotone(told)
    assert (objective, found.bound, found.stopped) == (best.objective, best.objective, StopReason.COMPLETED)
    assert (told[-1].best, told[-1].bound, told[-1].gap) == (objective, objective, 0.0)


@pytest.mark.parametrize("seed", range(0, 24, 3))
def test_the_plain_model_finds_the_same_optimum(seed: int) -> None:
    region, optimum = solved(seed)
    found, objective, _ = search(region, Limits(work=60), own_bounds=False)
    assert (objective, found.bound) == (optimum.objective, optimum.objective)


def test_the_plain_model_of_people_without_a_chain() -> None:
    found, objective, _ = search(scenario(), Limits(work=10), own_bounds=False)
    assert (objective, found.bound, found.chains) == (71_000, 71_000, (None,))


def test_nobody_at_all() -> None:
    for own_bounds in (True, False):
        found, objective, _ = search(scenario(participants=[]), Limits(work=10), own_bounds=own_bounds)
        assert (objective, found.bound, found.chains) == (0, 0, ())


@pytest.mark.parametrize("work", [1e-9, 1e-5, 1e-4, 1e-3, 1e-2, 3e-2, 0.1, 0.3])
def test_little_work_gives_a_legal_plan_and_a_true_bound(work: float, best: Plan) -> None:
    plan = sp.plan(crowd(), workers=1, work_limit=work)  # verified, or it would have raised
    assert plan.objective is not None
    assert plan.bound is not None
    assert best.objective is not None
    assert plan.bound <= best.objective <= plan.objective
    assert plan.gap == relative_gap(plan.objective, plan.bound)
    assert (plan.status == Status.OPTIMAL) is (plan.bound == plan.objective)
    assert plan.stopped in (StopReason.WORK_LIMIT, StopReason.COMPLETED)
    assert plan.status == Status.OPTIMAL or plan.stopped == StopReason.WORK_LIMIT


@pytest.mark.parametrize("seed", range(1, 25, 4))
@pytest.mark.parametrize("own_bounds", [True, False])
def test_little_work_on_any_scenario(seed: int, own_bounds: bool) -> None:
    region, optimum = solved(seed)
    for work in (1e-6, 1e-4, 1e-3, 5e-3, 2e-2):
        found, objective, told = search(region, Limits(work=work), own_bounds=own_bounds)
        assert found.bound <= optimum.objective <= objective, work
        assert_monotone(told)


def test_hardly_any_time_gives_a_legal_plan() -> None:
    for seconds in (1e-9, 0.02, 0.1):
        plan = sp.plan(crowd(), workers=1, time_limit=seconds)
        assert plan.status in (Status.FEASIBLE, Status.OPTIMAL)
        assert plan.stopped in (StopReason.TIME_LIMIT, StopReason.COMPLETED)
        assert plan.status == Status.OPTIMAL or plan.stopped == StopReason.TIME_LIMIT


def test_a_gap_that_is_good_enough_ends_the_search(best: Plan) -> None:
    for gap in (0.9, 0.3, 0.1, 0.02):
        plan = sp.plan(crowd(), workers=1, work_limit=60, gap=gap)
        assert plan.objective is not None
        assert plan.bound is not None
        assert best.objective is not None
        assert plan.gap is not None
        assert plan.gap <= gap
        assert plan.bound <= best.objective <= plan.objective
        assert plan.stopped in (StopReason.GAP_LIMIT, StopReason.COMPLETED)
        assert plan.status == Status.OPTIMAL or plan.stopped == StopReason.GAP_LIMIT


@pytest.mark.parametrize("work", [0.05, 60])
@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_work_gives_the_same_plan(work: float, workers: int) -> None:
    one, other = (sp.plan(crowd(), workers=workers, work_limit=work, seed=7) for _ in range(2))
    assert one.same_as(other)
    assert one.run.work == other.run.work


def test_any_seed_proves_the_same_optimum(best: Plan) -> None:
    for seed in (-(2**31), -1, 1, 2**31 - 1, 2**31, 2**40):
        plan = sp.plan(crowd(), workers=1, work_limit=60, seed=seed)
        assert (plan.objective, plan.bound) == (best.objective, best.objective)


class StopAt:
    """A listener that asks for a stop at the n-th event."""

    def __init__(self, number: int) -> None:
        self.stop = Stop()
        self.told: list[Progress] = []
        self._number = number

    def __call__(self, progress: Progress) -> None:
        self.told.append(progress)
        if len(self.told) >= self._number:
            self.stop.set()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_stop_in_the_middle_keeps_the_best_so_far(number: int, best: Plan) -> None:
    listener = StopAt(number)
    plan = sp.plan(crowd(), workers=1, work_limit=60, events=listener, stop=listener.stop)
    assert listener.stop.is_set()
    assert plan.objective is not None
    assert plan.bound is not None
    assert best.objective is not None
    assert plan.bound <= best.objective <= plan.objective
    told = listener.told[number - 1].best
    assert told is not None
    assert plan.objective <= told
    assert_monotone(listener.told)
    assert plan.stopped in (StopReason.CANCELLED, StopReason.COMPLETED)
    assert plan.status == Status.OPTIMAL or plan.stopped == StopReason.CANCELLED


def test_a_stop_while_the_solver_runs() -> None:
    problem = compile_problem(crowd(6))
    stop = Stop()

    def listen(progress: Progress) -> None:
        if progress.phase == "search":
            stop.set()

    found = MonolithEngine(own_bounds=False).solve(problem, Limits(work=60), None, listen, stop)
    assert stop.is_set()
    assert found.bound <= problem.total(found.chains)
    assert found.stopped in (StopReason.CANCELLED, StopReason.COMPLETED)


def test_an_engine_that_is_stopped_at_once_still_hands_over_a_plan() -> None:
    problem = compile_problem(crowd())
    for own_bounds in (True, False):
        stop = Stop()
        stop.set()
        found = MonolithEngine(own_bounds=own_bounds).solve(problem, Limits(work=60), stop=stop)
        assert found.stopped == StopReason.CANCELLED
        assert found.bound <= problem.total(found.chains)
        assert found.work < 1


def test_a_hint_is_where_the_search_starts(best: Plan) -> None:
    found, _, _ = search(crowd(), Limits(work=60))
    again, objective, told = search(crowd(), Limits(work=1e-9), found.chains)
    assert told[0].best == objective == best.objective
    assert again.bound <= objective


def test_interchangeable_people_get_chains_of_any_kind() -> None:
    """Five alike and three seats a round: whoever is placed, the points are the same."""
    course = insats("svets_mag", provides={"svets": "2"})
    rounds: list[Row] = [
        omgang("first", "svets_mag", "2027-02-01", "2027-02-28", seats=2),
        omgang("second", "svets_mag", "2027-03-01", "2027-03-28", seats=2),
    ]
    region = scenario(insatser=[course], rounds=rounds, participants=[person(f"D{n}") for n in range(5)])
    plan = sp.plan(region, workers=1)
    assert plan.status == Status.OPTIMAL
    taken = sorted(kedja.steps[0].round for kedja in plan.placed)
    assert taken == ["first", "first", "second", "second"]
    assert plan.objective == 2 * (4900 + 28 + 28) + 2 * (7700 + 28 + 28) + 71_000


def test_a_class_that_is_too_small_is_not_held() -> None:
    """The greedy's first choice, a small class, is undone: both end in the later round."""
    course = insats("svets_mag", provides={"svets": "2"})
    rounds = [
        omgang("first", "svets_mag", "2027-02-01", "2027-02-28", min_participants=3),
        omgang("second", "svets_mag", "2027-03-01", "2027-03-28"),
    ]
    region = scenario(insatser=[course], rounds=rounds, participants=[person("D1"), person("D2", priority=2)])
    for own_bounds in (True, False):
        found, objective, told = search(region, Limits(work=10), own_bounds=own_bounds)
        assert objective == found.bound == 3 * 7700 + 2 * 56
        assert_monotone(told)


def test_someone_who_needs_nothing_more_fills_a_class() -> None:
    """D2 needs only svets; a truck course beside it opens the class that D1 needs."""
    region = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"}), TRUCK],
        rounds=[
            omgang("svets", "svets_mag", "2027-02-01", "2027-02-28", pace=50),
            omgang("truck", "truck_ab", "2027-02-01", "2027-02-28", pace=50, min_participants=2),
        ],
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {"profile": "lager", "kompetens": "truck", "level": "ja"},
        ],
        tracks=[
            {"track": "svets", "name": "S", "profile": "svetsare"},
            {"track": "lager", "name": "L", "profile": "lager"},
        ],
        participants=[person("D1", tracks=["lager"]), person("D2")],
    )
    plan = sp.plan(region, workers=1)
    assert [len(kedja.steps) for kedja in plan.kedjor] == [1, 2]
    assert plan.objective == 2 * (4900 + 28) + 3 * 14
    assert plan.status == Status.OPTIMAL


def test_progress_without_a_plan_or_a_bound_has_no_gap() -> None:
    assert Progress("plan", None, 5, 0.0).gap is None
    assert Progress("plan", 5, None, 0.0).gap is None
    assert Progress("plan", 10, 5, 0.0).gap == 0.5


@pytest.mark.parametrize(
    ("objective", "bound", "gap"),
    [(100, 90, 0.1), (100, 100, 0.0), (0, 0, 0.0), (0, -5, 5.0), (-10, -20, 1.0), (100, 101, 0.0)],
)
def test_relative_gap(objective: int, bound: int, gap: float) -> None:
    assert relative_gap(objective, bound) == gap
