"""check → compile → choose an engine → search → verify: the way from a scenario to a plan."""

import os
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from typing import Literal, TypeVar

from sparplan.checks import check
from sparplan.compiling import Compiler
from sparplan.engines.alone import fill_in
from sparplan.engines.base import Engine, Events, Limits, Outcome, Stop, ignore
from sparplan.engines.usage import Usage
from sparplan.errors import UsageError
from sparplan.hints import chains_from
from sparplan.kedjor import Plan, Run, ScenarioRef, Status, StopReason
from sparplan.messages import say
from sparplan.outcomes import Reasons, plan_from, verified
from sparplan.problem import Problem
from sparplan.reasons import reasons_of
from sparplan.scenario import Scenario

EngineName = Literal["auto", "chains", "monolith"]
ENGINES: tuple[EngineName, ...] = ("auto", "chains", "monolith")
DEFAULT_TIME_LIMIT = 60.0
SHARE_FOR_SEARCH = 0.8  # of the time limit; the rest goes to reasons and verifying
STOP_POLL_SECONDS = 0.1


def plan(
    scenario: Scenario,
    *,
    engine: str = "auto",
    time_limit: float | None = None,
    work_limit: float | None = None,
    gap: float = 0.0,
    workers: int | None = None,
    seed: int = 0,
    track: str | None = None,
    hint: Plan | None = None,
    events: Events = ignore,
    stop: Stop | None = None,
) -> Plan:
    """Make a plan: a gap-free, shortest insatskedja for each participant, with a proven bound.

    Parameters
    ----------
    engine
        `auto` chooses; `chains` goes by each participant's chains and the prices of seats; `monolith` is the
        whole problem in one CP-SAT model.
    time_limit
        Seconds of search. Without it and without `work_limit`: 60.
    work_limit
        Deterministic work (CP-SAT's deterministic seconds): the same plan every time.
    gap
        Relative gap at which to stop, as a fraction.
    workers
        Threads; by default as many as there are processors.
    seed
        Seed of the search.
    track
        Plan only those who name this track, for it alone.
    hint
        An older plan to start from; what no longer holds is left out.
    events
        Called with each `Progress`.
    stop
        Set it from another thread to end the search and keep the best plan. Ctrl-C does the same.

    Raises
    ------
    ScenarioError
        When the scenario has faults.
    UsageError
        When an option is out of its range or names what isn't there.
    EngineBug
        When the engine's plan breaks a rule: never returned, always raised.

    Examples
    --------
    >>> plan = sparplan.plan(scenario, time_limit=60)  # doctest: +SKIP
    >>> plan.status, plan.gap  # doctest: +SKIP
    """
    begun = time.monotonic()
    _check_options(engine, time_limit, work_limit, gap, workers)
    check(scenario).raise_if_errors()
    whole = scenario
    if track is not None:
        if track not in scenario.track_by_id:
            raise UsageError(say("usage.unknown_track", track=track, known=", ".join(scenario.track_by_id)))
        scenario = scenario.for_track(track)
    if time_limit is None and work_limit is None:
        time_limit = DEFAULT_TIME_LIMIT
    seconds = None if time_limit is None else time_limit * SHARE_FOR_SEARCH
    limits = Limits(seconds, work_limit, gap, workers or _processors(), seed)
    reference = ScenarioRef(name=whole.name, sha256=whole.sha256, track=track)
    stop = stop or Stop()
    chosen, note = _engine(engine)
    if stop.is_set():
        return _no_plan(reference, chosen.name)
    compiler = Compiler(scenario)
    try:
        problem = compiler.problem()
    except KeyboardInterrupt:
        return _no_plan(reference, chosen.name)
    start = chains_from(problem, hint) if hint else None

    def search() -> tuple[Outcome, Plan]:
        found = chosen.solve(problem, limits, start, events, stop)
        if found.stopped is not StopReason.COMPLETED:
            found = replace(found, chains=tuple(fill_in(problem, found.chains, stop)))
        why = _reasons(compiler, problem, found)
        return found, plan_from(problem, found, chosen.name, reference, why)

    found, made = _heeding_interrupts(search, stop)
    run = Run(
        seconds=round(time.monotonic() - begun, 3), work=round(found.work, 6), notes=(note, *found.notes)
    )
    made = verified(whole, made.model_copy(update={"run": run}))
    return made.with_renderer(partial(_render, scenario))


def _render(scenario: Scenario, plan: Plan) -> str:
    """How a plan shows itself in a notebook: its chart and its table."""
    from sparplan.charts.page import frame_of

    return frame_of(scenario, plan)


def _check_options(
    engine: str, time_limit: float | None, work_limit: float | None, gap: float, workers: int | None
) -> None:
    if engine not in ENGINES:
        raise UsageError(say("usage.unknown_engine", engine=engine, known=", ".join(ENGINES)))
    for name, value in (("time_limit", time_limit), ("work_limit", work_limit)):
        if value is not None and not value > 0:
            raise UsageError(say("usage.not_positive", option=name, value=value))
    if not 0 <= gap < 1:
        raise UsageError(say("usage.bad_gap", value=gap))
    if workers is not None and not 1 <= workers <= 256:
        raise UsageError(say("usage.bad_workers", value=workers))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _engine(name: str) -> tuple[Engine, str]:
    """The engine of a name, and a sentence that says why it was chosen."""
    from sparplan.engines.chains.engine import ChainsEngine
    from sparplan.engines.monolith.engine import MonolithEngine

    engine: Engine = MonolithEngine() if name == MonolithEngine.name else ChainsEngine()
    key = "plan.note_engine_asked" if name != "auto" else "plan.note_engine_auto"
    return engine, say(key, engine=engine.name)


Result = TypeVar("Result")


def _heeding_interrupts(task: Callable[[], Result], stop: Stop) -> Result:
    """Run a task in a thread of its own, so that Ctrl-C is heard while a solver runs.

    The first Ctrl-C asks the task to stop and keep what it has; a second one gives up.
    """
    results: list[Result] = []
    problems: list[BaseException] = []
    ended = threading.Event()
    context = copy_context()  # the language of messages, among others

    def work() -> None:
        try:
            results.append(context.run(task))
        except BaseException as error:  # handed on to the caller's thread below
            problems.append(error)
        finally:
            ended.set()

    thread = threading.Thread(target=work, name="sparplan-search", daemon=True)
    thread.start()
    while not ended.is_set():
        try:
            ended.wait(STOP_POLL_SECONDS)  # not join: once interrupted, it calls a running thread dead
        except KeyboardInterrupt:
            if stop.is_set():
                raise
            stop.set()
    if problems:
        raise problems[0]
    return results[0]


def _reasons(compiler: Compiler, problem: Problem, found: Outcome) -> Reasons:
    """Why persons have no chain, asked one by one."""
    usage = Usage.of(problem, found.chains)
    return lambda index: reasons_of(compiler, problem, usage, index, found.alone.get(index))


def _no_plan(reference: ScenarioRef, engine: str) -> Plan:
    """What is left when a search was stopped before the problem was compiled."""
    return Plan(
        scenario=reference,
        status=Status.NO_PLAN,
        stopped=StopReason.CANCELLED,
        engine=engine,
        objective=None,
        bound=None,
        gap=None,
        kedjor=(),
    )
