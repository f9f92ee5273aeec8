"""Runs CP-SAT: limits, a wish to stop, progress; reads the answer on the safe side."""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from sparplan.engines.base import Effort, Stop, relative_gap
from sparplan.engines.monolith.model import Value

STOP_POLL_SECONDS = 0.05
OnProgress = Callable[[int | None, int | None], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run gave: a reader of the best solution (None without one), a bound, the work done.

    Attributes
    ----------
    feasible
        False only when it is proven that there is no solution.
    bound
        Proven lower bound of the objective; None when none is known.
    """

    value: Value | None
    objective: int | None
    bound: int | None
    feasible: bool
    work: float

    def is_within(self, gap: float) -> bool:
        """Whether the solution is proven to be so near the best, as a fraction."""
        if self.objective is None or self.bound is None:
            return False
        return relative_gap(self.objective, self.bound) <= gap


def run(
    model: cp_model.CpModel, effort: Effort, stop: Stop | None = None, on_progress: OnProgress | None = None
) -> Answer:
    """Solve a model with one worker, so that runs can be repeated."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1  # repeatable; and on few cores quicker than workers that take turns
    parameters.random_seed = effort.seed % 2**31  # any whole number will do
    parameters.relative_gap_limit = effort.gap
    parameters.catch_sigint_signal = False
    parameters.symmetry_level = 0  # symmetric participants are ordered by the model itself
    parameters.cp_model_probing_level = 0  # probing costs more here than it wins
    if effort.by_cores:
        parameters.optimize_with_core = True
        parameters.max_presolve_iterations = 1  # a second round doesn't pay for one person
    if math.isfinite(effort.seconds):
        parameters.max_time_in_seconds = max(0.0, effort.seconds)
    if math.isfinite(effort.work):
        parameters.max_deterministic_time = max(0.0, effort.work)
    callback = _Watcher(on_progress) if on_progress else None
    if callback is not None:
        solver.best_bound_callback = callback.on_bound
    status = _solve(solver, model, callback, stop)
    if status == cp_model.MODEL_INVALID:
        raise AssertionError(f"invalid CP-SAT model: {model.validate()}")
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = solver.best_objective_bound
    # stopped before it knows anything, CP-SAT says 0, which is no bound where points may be negative
    is_known = math.isfinite(bound) and status != cp_model.INFEASIBLE and (found or bound != 0)
    return Answer(
        value=(lambda expression: int(solver.value(expression))) if found else None,
        objective=round(solver.objective_value) if found else None,
        bound=math.ceil(bound - 1e-6) if is_known else None,
        feasible=status != cp_model.INFEASIBLE,
        work=solver.response_proto.deterministic_time,
    )


def _solve(
    solver: cp_model.CpSolver,
    model: cp_model.CpModel,
    callback: "cp_model.CpSolverSolutionCallback | None",
    stop: Stop | None,
) -> cp_model.CpSolverStatus:
    if stop is None:
        return solver.solve(model, callback)
    done = threading.Event()

    def watch() -> None:
        while not stop.wait(STOP_POLL_SECONDS):
            if done.is_set():
                return
        while not done.wait(STOP_POLL_SECONDS):
            solver.stop_search()  # ignored before the search has begun, so said again

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return solver.solve(model, callback)
    finally:
        done.set()
        watcher.join()


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Passes on each better solution and bound."""

    def __init__(self, on_progress: OnProgress) -> None:
        super().__init__()
        self._on_progress = on_progress
        self._best: int | None = None

    def on_solution_callback(self) -> None:
        self._best = round(self.objective_value)
        self._on_progress(self._best, math.ceil(self.best_objective_bound - 1e-6))

    def on_bound(self, bound: float) -> None:
        """Hear of a better bound."""
        self._on_progress(self._best, math.ceil(bound - 1e-6))
