"""However a search by the chains engine ends, there is a plan that keeps every rule, and a true bound."""

from functools import cache

import pytest

import sparplan as sp
from sparplan.engines.base import Progress, Stop
from sparplan.generating import generate_region
from sparplan.kedjor import Plan, Status, StopReason
from sparplan.scenario import Scenario
from tests.engines.test_search import assert_monotone, crowd

EVENTS_A_PHASE = 3


class StopAt:
    """A listener that asks for a stop at the n-th event of a phase."""

    def __init__(self, phase: str = "", number: int = 0) -> None:
        self.stop = Stop()
        self.told: list[Progress] = []
        self._phase, self._left = phase, number

    def __call__(self, progress: Progress) -> None:
        self.told.append(progress)
        self._left -= progress.phase == self._phase
        if self._phase and self._left == 0:
            self.stop.set()


@cache
def region(name: str) -> Scenario:
    """A small one that plain Python searches, and one for machine code, both with fewer seats than needed."""
    return crowd(6) if name == "crowd" else generate_region(12, 1, 3, "scarce", 2, 120)


@cache
def whole(name: str) -> tuple[Plan, tuple[str, ...]]:
    """The plan of a search that nobody stops, and the phases that it tells of."""
    listener = StopAt()
    plan = sp.plan(region(name), workers=1, work_limit=5, events=listener)
    return plan, tuple(dict.fromkeys(progress.phase for progress in listener.told))


def assert_honest(name: str, plan: Plan) -> None:
    """The plan keeps every rule; its bound, if any, holds for the plan of a whole search."""
    assert not sp.verify(region(name), plan)
    if plan.status == Status.NO_PLAN:
        return
    assert plan.bound is not None
    assert plan.objective is not None
    best = whole(name)[0].objective
    assert best is not None
    assert plan.bound <= min(best, plan.objective)
    assert (plan.status == Status.OPTIMAL) == (plan.bound == plan.objective)


@pytest.mark.parametrize("name", ["crowd", "generated"])
@pytest.mark.parametrize("number", range(1, EVENTS_A_PHASE + 1))
def test_a_stop_in_any_phase(name: str, number: int) -> None:
    _, phases = whole(name)
    assert len(phases) >= 3
    for phase in phases:
        listener = StopAt(phase, number)
        plan = sp.plan(region(name), workers=2, work_limit=5, events=listener, stop=listener.stop)
        assert_honest(name, plan)
        assert_monotone(listener.told)
        if listener.stop.is_set() and plan.status != Status.OPTIMAL:
            assert plan.stopped == StopReason.CANCELLED


@pytest.mark.parametrize("name", ["crowd", "generated"])
@pytest.mark.parametrize("work", [1e-9, 0.01, 0.1, 0.3, 1.0])
def test_little_work(name: str, work: float) -> None:
    plan = sp.plan(region(name), workers=2, work_limit=work)
    assert_honest(name, plan)
    assert plan.stopped in (StopReason.WORK_LIMIT, StopReason.COMPLETED)


@pytest.mark.parametrize("name", ["crowd", "generated"])
def test_a_tenth_of_a_second(name: str) -> None:
    """Whatever that is enough for on this machine."""
    plan = sp.plan(region(name), time_limit=0.1)
    assert_honest(name, plan)
    assert plan.stopped in (StopReason.TIME_LIMIT, StopReason.COMPLETED)
