"""What a rival is; `sp.plan` as one, and its way for a search that it doesn't offer."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import sparplan as sp
from sparplan.compiling import Compiler
from sparplan.engines.base import Events, Limits, Outcome
from sparplan.kedjor import Plan, Reason, ReasonCode, ScenarioRef
from sparplan.outcomes import plan_from, verified
from sparplan.problem import Problem
from sparplan.scenario import Scenario

WORKERS = 2
NOT_ASKED = Reason(code=ReasonCode.COST, text="A benchmark doesn't look for the reason.")
"""A plan must give one."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a rival made: a plan that breaks no rule, and notes for the reader.

    Attributes
    ----------
    has_bound
        Whether the plan's bound is proven by the rival itself; otherwise gaps are taken against the
        best bound known.
    """

    plan: Plan
    notes: dict[str, float] = field(default_factory=dict)
    has_bound: bool = True


class Make(Protocol):
    """Plans a scenario within about so many seconds, telling of progress.

    What it needs of a solver it imports when it is called, so that a process holds nothing of the others'.
    """

    def __call__(self, scenario: Scenario, limit: float, events: Events) -> Made:
        """Plan."""
        ...


def load_nothing() -> None:
    """For rivals that need the same for every scenario."""


def load_machine_code() -> None:
    """For `sp.plan`: label setting is plain Python where a scenario is small and nothing is loaded yet."""
    from sparplan.engines.chains.labels.compiled import kernels_for

    kernels_for(compiled=True)


@dataclass(frozen=True, slots=True)
class Rival:
    """A way to plan that is timed.

    Attributes
    ----------
    name, title
        In file names and in tables.
    not_used
        Folders of the package whose code doesn't matter to it: its results stay valid when they change.
    load
        Loads what a large scenario needs beyond what a tiny one does.
    """

    name: str
    title: str
    make: Make
    not_used: tuple[str, ...] = ("engines/chains",)
    load: Callable[[], None] = load_nothing


def by_library(scenario: Scenario, engine: str, limit: float, events: Events) -> Made:
    """What anybody gets from `sp.plan`."""
    return Made(sp.plan(scenario, engine=engine, time_limit=limit, workers=WORKERS, events=events))


class Solve(Protocol):
    """A search over a compiled problem, as `Engine.solve`."""

    def __call__(self, problem: Problem, limits: Limits, *, events: Events) -> Outcome:
        """Search until proven or out of limits."""
        ...


def by_search(scenario: Scenario, name: str, limit: float, solve: Solve, events: Events) -> Made:
    """The way of `sp.plan`, check → compile → search → verify, for a search that it doesn't offer."""
    begun = time.monotonic()
    sp.check(scenario).raise_if_errors()
    problem = Compiler(scenario).problem()
    limits = Limits(seconds=max(0.0, limit - (time.monotonic() - begun)), workers=WORKERS)
    found = solve(problem, limits, events=events)
    return Made(verified(scenario, plan_of(problem, found, name)))


def plan_of(problem: Problem, found: Outcome, name: str) -> Plan:
    """What was found as a plan; reasons of the unplaced aren't looked for."""
    scenario = problem.scenario
    reference = ScenarioRef(name=scenario.name, sha256=scenario.sha256)
    return plan_from(problem, found, name, reference, lambda _: (NOT_ASKED,))
