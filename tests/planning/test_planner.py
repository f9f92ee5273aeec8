"""sp.plan: options, faults, one track, what it refuses to hand over, stopping."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest

import sparplan as sp
from sparplan import planner
from sparplan.compiling import compile_problem
from sparplan.engines.base import Events, Limits, Outcome, Stop, ignore
from sparplan.engines.monolith.engine import MonolithEngine
from sparplan.kedjor import Plan, Status, StopReason
from sparplan.messages import speaking
from sparplan.problem import Chain, Problem, StepChoice
from sparplan.scenario import Scenario
from tests.builders import insats, omgang, person, scenario

SVETS = insats("svets_mag", provides={"svets": "2"})
S = omgang("s", "svets_mag", "2027-02-01", "2027-02-28", seats=1)
T = omgang("t", "svets_mag", "2027-03-01", "2027-03-28")


@pytest.fixture
def region() -> Scenario:
    """One good seat, two people, and a later round."""
    return scenario(insatser=[SVETS], rounds=[S, T], participants=[person("D01"), person("D02")])


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"engine": "gurobi"}, "gurobi"),
        ({"time_limit": 0}, "time_limit"),
        ({"time_limit": -1}, "time_limit"),
        ({"time_limit": float("nan")}, "time_limit"),
        ({"work_limit": 0}, "work_limit"),
        ({"gap": -0.1}, "-0.1"),
        ({"gap": 1}, "1"),
        ({"gap": float("nan")}, "nan"),
        ({"workers": 0}, "workers"),
        ({"workers": 257}, "workers"),
        ({"track": "vvs"}, "vvs"),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_wrong_use_is_told(region: Scenario, options: dict[str, object], word: str, language: str) -> None:
    with speaking(language), pytest.raises(sp.UsageError, match=word) as error:
        sp.plan(region, **options)  # type: ignore[arg-type]
    assert "{" not in str(error.value)


def test_a_faulty_scenario_is_refused(region: Scenario) -> None:
    faulty = region.replace(rounds=tuple(row.replace(insats="no_such") for row in region.rounds))
    with pytest.raises(sp.ScenarioError) as error:
        sp.plan(faulty)
    assert {
        issue.column for issue in (found.where for found in error.value.issues) if issue.table == "rounds"
    } == {"insats"}


@pytest.mark.parametrize(
    ("engine", "used"), [("auto", "chains"), ("chains", "chains"), ("monolith", "monolith")]
)
def test_the_plan_says_how_it_was_made(region: Scenario, engine: str, used: str) -> None:
    with speaking("sv"):
        plan = sp.plan(region, engine=engine, workers=1)
    assert (plan.engine, plan.status, plan.stopped) == (used, Status.OPTIMAL, StopReason.COMPLETED)
    assert plan.objective == plan.bound
    assert plan.gap == 0.0
    assert plan.run.work > 0
    assert plan.run.seconds > 0
    assert ("som du bad om" in plan.run.notes[0]) is (engine != "auto")
    assert (plan.scenario.name, plan.scenario.sha256, plan.scenario.track) == ("Prov", region.sha256, None)
    assert Plan.from_document(plan.to_document()).same_as(plan)


def test_kedjor_in_the_order_of_the_participants_and_with_their_days(region: Scenario) -> None:
    plan = sp.plan(region, workers=1)
    assert [kedja.participant for kedja in plan.kedjor] == ["D01", "D02"]
    by_days = {kedja.steps[0].round: (kedja.days, str(kedja.start), str(kedja.end)) for kedja in plan.kedjor}
    assert by_days == {"s": (49, "2027-02-01", "2027-02-28"), "t": (77, "2027-03-01", "2027-03-28")}


def test_a_plan_shows_itself_in_a_notebook(region: Scenario) -> None:
    shown = sp.plan(region, workers=1)._repr_html_()
    assert shown is not None
    assert "D01" in shown


def test_whoever_needs_nothing_is_placed_at_once() -> None:
    one = scenario(participants=[person(levels={"svets": "3"})])
    kedja = sp.plan(one, workers=1).kedja("D01")
    assert (kedja.placed, kedja.days, kedja.start, kedja.end, kedja.points) == (True, 0, None, None, 0)


def test_days_before_history_ended_are_never_below_zero() -> None:
    past = omgang("h", "svets_mag", "2026-11-02", "2026-12-18")
    one = scenario(insatser=[SVETS], rounds=[past], participants=[person(pinned=["h"])])
    kedja = sp.plan(one, workers=1).kedja("D01")
    assert (kedja.placed, kedja.days) == (True, 0)


# One track


@pytest.fixture
def two_tracks() -> Scenario:
    """D01 wants a or b, D02 only b."""
    return scenario(
        insatser=[SVETS],
        rounds=[S, T],
        tracks=[{"track": name, "name": name, "profile": "svetsare"} for name in ("a", "b")],
        participants=[person("D01", tracks=["a", "b"]), person("D02", tracks=["b"])],
    )


@pytest.mark.parametrize(("track", "people"), [("a", ["D01"]), ("b", ["D01", "D02"])])
def test_one_track_plans_those_who_name_it_for_it_alone(
    two_tracks: Scenario, track: str, people: list[str]
) -> None:
    plan = sp.plan(two_tracks, track=track, workers=1)
    assert [kedja.participant for kedja in plan.kedjor] == people
    assert {kedja.track for kedja in plan.placed} == {track}
    assert plan.scenario.track == track
    assert plan.scenario.sha256 == two_tracks.sha256
    assert not sp.verify(two_tracks, plan)


def test_a_whole_plan_as_the_hint_of_one_track(two_tracks: Scenario) -> None:
    whole = sp.plan(two_tracks, workers=1)
    assert sp.plan(two_tracks, track="b", workers=1, hint=whole).status == Status.OPTIMAL


def test_a_track_that_nobody_names(two_tracks: Scenario) -> None:
    nobody = two_tracks.replace(participants=two_tracks.participants[1:])
    plan = sp.plan(nobody, track="a", workers=1)
    assert (plan.kedjor, plan.objective, plan.status) == ((), 0, Status.OPTIMAL)


# What is never handed over


@dataclass
class FakeEngine:
    """Hands over what the real engine found, changed."""

    change: object
    name: str = "fake"

    def solve(
        self,
        problem: Problem,
        limits: Limits,
        hint: Sequence[Chain | None] | None = None,
        events: Events = ignore,
        stop: Stop | None = None,
    ) -> Outcome:
        assert callable(self.change)
        found = MonolithEngine().solve(problem, limits, hint, events, stop)
        changed = self.change(problem, found)
        assert isinstance(changed, Outcome)
        return changed


def use(monkeypatch: pytest.MonkeyPatch, engine: object) -> None:
    monkeypatch.setattr(planner, "_engine", lambda name: (engine, "Prov."))


def both_in_the_good_round(problem: Problem, found: Outcome) -> Outcome:
    rounds = [row.round for row in problem.scenario.rounds]
    options = problem.persons[0].cases[0].options
    number = next(index for index, option in enumerate(options) if rounds[option.round] == "s")
    start = options[number].starts[0]
    chain = Chain(0, (StepChoice(number, start, start + options[number].lengths[0]),))
    return replace(found, chains=(chain, chain), bound=0)


def without_steps(problem: Problem, found: Outcome) -> Outcome:
    return replace(found, chains=tuple(Chain(0, ()) for _ in found.chains), bound=0)


def twice_as_long(problem: Problem, found: Outcome) -> Outcome:
    chain = found.chains[0]
    assert chain is not None
    [step] = chain.steps
    longer = Chain(0, (StepChoice(step.option, step.start, step.end + 7),))
    return replace(found, chains=(longer, found.chains[1]), bound=0)


@pytest.mark.parametrize(
    ("change", "rule"),
    [(both_in_the_good_round, "seats"), (without_steps, "goal"), (twice_as_long, "steps")],
)
def test_a_plan_that_breaks_a_rule_never_leaves(
    region: Scenario, monkeypatch: pytest.MonkeyPatch, change: object, rule: str
) -> None:
    use(monkeypatch, FakeEngine(change))
    with pytest.raises(sp.EngineBug, match=rule):
        sp.plan(region, workers=1)


def test_a_bound_above_the_plan_never_leaves(region: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, FakeEngine(lambda problem, found: replace(found, bound=10**9)))
    with pytest.raises(sp.EngineBug, match="bound"):
        sp.plan(region, workers=1)


def test_a_legal_plan_of_another_engine_does(region: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, FakeEngine(lambda problem, found: replace(found, bound=0, notes=("en not",))))
    plan = sp.plan(region, workers=1)
    assert (plan.engine, plan.status, plan.bound) == ("fake", Status.FEASIBLE, 0)
    assert plan.run.notes == ("Prov.", "en not")


class Failing:
    name = "failing"

    def solve(self, *_: object, **__: object) -> Outcome:
        raise ZeroDivisionError("inside the search")


def test_what_goes_wrong_inside_is_raised_outside(region: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Failing())
    with pytest.raises(ZeroDivisionError, match="inside the search"):
        sp.plan(region)


def test_what_a_listener_raises_is_raised_outside(region: Scenario) -> None:
    def listen(_: object) -> None:
        raise LookupError("listener")

    with pytest.raises(LookupError, match="listener"):
        sp.plan(region, workers=1, events=listen)


# Stopping


def test_stopped_before_the_beginning_there_is_no_plan(region: Scenario) -> None:
    stop = Stop()
    stop.set()
    plan = sp.plan(region, stop=stop)
    assert (plan.status, plan.stopped) == (Status.NO_PLAN, StopReason.CANCELLED)
    assert (plan.objective, plan.bound, plan.gap, plan.kedjor) == (None, None, None, ())
    document = plan.to_document()
    assert (document["objective"], document["bound"], document["gap"]) == (None, None, None)
    for language in ("sv", "en"):
        with speaking(language):
            assert "{" not in plan.summary()


class Waiting:
    """Waits until it is asked to stop; then leaves everybody unplaced."""

    name = "waiting"

    def solve(
        self,
        problem: Problem,
        limits: Limits,
        hint: object = None,
        events: Events = ignore,
        stop: Stop | None = None,
    ) -> Outcome:
        assert stop is not None
        assert stop.wait(20)
        return Outcome((None,) * len(problem.persons), 0, StopReason.CANCELLED, 0.0)


def press_ctrl_c(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Ctrl-C while the caller waits for the search."""
    presses = [KeyboardInterrupt] * times

    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            if presses:
                raise presses.pop()
            return super().wait(timeout)

    use(monkeypatch, Waiting())
    monkeypatch.setattr(planner, "threading", SimpleNamespace(Thread=threading.Thread, Event=Interrupted))


def test_ctrl_c_keeps_the_best_plan(region: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    press_ctrl_c(monkeypatch, 1)
    stop = Stop()
    plan = sp.plan(region, workers=1, stop=stop)
    assert stop.is_set()
    assert (plan.status, plan.stopped) == (Status.FEASIBLE, StopReason.CANCELLED)
    assert not sp.verify(region, plan)


def test_ctrl_c_twice_breaks_off(region: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    press_ctrl_c(monkeypatch, 2)
    with pytest.raises(KeyboardInterrupt):
        sp.plan(region, workers=1)


def test_a_stop_from_another_thread(region: Scenario) -> None:
    stop = Stop()
    assert not stop.wait(0)
    stop.set()
    assert stop.is_set()
    problem = compile_problem(region)
    found = MonolithEngine().solve(problem, Limits(), stop=stop)
    assert found.stopped in (StopReason.CANCELLED, StopReason.COMPLETED)
