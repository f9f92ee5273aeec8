"""What a rival is, and the way from an engine's chains to a verified plan without `sp.plan`."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import sparplan as sp
from sparplan.compiling import Compiler
from sparplan.engines.base import Events, Limits, Outcome, relative_gap
from sparplan.kedjor import Insatskedja, Plan, Reason, ReasonCode, ScenarioRef, Status, Step
from sparplan.problem import Chain, Person, Problem
from sparplan.scenario import Scenario
from sparplan.studydays import to_date

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

    What it needs of a solver it imports when it is called: a user waits for that too.
    """

    def __call__(self, scenario: Scenario, limit: float, events: Events) -> Made:
        """Plan."""
        ...


@dataclass(frozen=True, slots=True)
class Rival:
    """A way to plan that is timed.

    Attributes
    ----------
    name, title
        In file names and in tables.
    not_used
        Folders of the package whose code doesn't matter to it: its results stay valid when they change.
    """

    name: str
    title: str
    make: Make
    not_used: tuple[str, ...] = ("engines/chains",)


def by_library(scenario: Scenario, engine: str, limit: float, events: Events) -> Made:
    """What anybody gets from `sp.plan`."""
    return Made(sp.plan(scenario, engine=engine, time_limit=limit, workers=WORKERS, events=events))


class Solve(Protocol):
    """A search over a compiled problem, as `Engine.solve`."""

    def __call__(self, problem: Problem, limits: Limits, *, events: Events) -> Outcome:
        """Search until proven or out of limits."""
        ...


def by_search(scenario: Scenario, name: str, limit: float, solve: Solve, events: Events) -> Made:
    """The way of `sp.plan`, check → compile → search → verify, for a search that it doesn't offer.

    Reasons of the unplaced aren't looked for.
    """
    begun = time.monotonic()
    sp.check(scenario).raise_if_errors()
    problem = Compiler(scenario).problem()
    limits = Limits(seconds=max(0.0, limit - (time.monotonic() - begun)), workers=WORKERS)
    found = solve(problem, limits, events=events)
    return Made(verified(scenario, plan_of(problem, found.chains, found.bound, name)))


def verified(scenario: Scenario, plan: Plan) -> Plan:
    """The plan, which must break no rule."""
    violations = sp.verify(scenario, plan)
    if violations:
        raise sp.EngineBug("\n".join(map(str, violations)))
    return plan


def plan_of(problem: Problem, chains: Sequence[Chain | None], bound: int, engine: str) -> Plan:
    """A plan document from chains, one (or None) a person."""
    scenario, objective = problem.scenario, problem.total(chains)
    return Plan(
        scenario=ScenarioRef(name=scenario.name, sha256=scenario.sha256),
        status=Status.OPTIMAL if objective == bound else Status.FEASIBLE,
        engine=engine,
        objective=objective,
        bound=bound,
        gap=relative_gap(objective, bound),
        kedjor=tuple(
            _kedja(problem, scenario.participants[index].participant, problem.persons[index], chain)
            for index, chain in enumerate(chains)
        ),
    )


def _kedja(problem: Problem, participant: str, person: Person, chain: Chain | None) -> Insatskedja:
    if chain is None:
        return Insatskedja(
            participant=participant, placed=False, points=person.unplaced_points, reasons=(NOT_ASKED,)
        )
    case = person.cases[chain.case]
    rounds = [problem.scenario.rounds[case.options[step.option].round] for step in chain.steps]
    steps = tuple(
        Step(
            round=row.round,
            insats=row.insats,
            place=row.place,
            start=to_date(step.start),
            end=to_date(step.end - 1),
            pace=row.pace,
            bridge=problem.scenario.insats_by_id[row.insats].bridge,
        )
        for row, step in zip(rounds, chain.steps, strict=True)
    )
    last = max((step.end for step in chain.steps), default=None)
    return Insatskedja(
        participant=participant,
        placed=True,
        track=problem.scenario.tracks[case.track].track,
        start=min((step.start for step in steps), default=None),
        end=None if last is None else to_date(last - 1),
        days=0 if last is None else max(0, last - person.available_from),
        points=problem.chain_points(person, chain),
        steps=steps,
    )
