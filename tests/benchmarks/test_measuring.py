"""What the harness hears of a run, by a clock that the test turns."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.measuring import Listener
from sparplan.engines.base import Progress

ROOT = Path(__file__).parents[2]


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def heard(
    *events: tuple[float, str, int | None, int | None], solve_at: float = 2.0
) -> tuple[list[Any], Listener, Clock]:
    """What is written of events (seconds since the call, phase, best, bound)."""
    written: list[dict[str, Any]] = []
    clock = Clock()
    listener = Listener(written.append, clock)
    for seconds, phase, best, bound in events:
        clock.now = 100.0 + seconds
        listener(Progress(phase, best, bound, seconds - solve_at))
    return [line["event"] for line in written], listener, clock


def test_seconds_are_those_of_the_harness() -> None:
    events, _, _ = heard((3.0, "prices", None, None), (4.5, "choice", 90, 80))
    assert events == [[3.0, "prices", None, None], [4.5, "choice", 90, 80]]


def test_phases_share_the_whole_call() -> None:
    _, listener, clock = heard((3.0, "prices", 90, 10), (4.0, "prices", 90, 20), (6.5, "choice", 80, 20))
    clock.now = 107.0
    assert listener.end() == 7.0
    assert listener.phases == {
        "check and compile": 2.0,
        "prices": 2.0,
        "choice": 2.5,
        "after the search": 0.5,
    }


def test_a_run_that_tells_nothing_is_one_phase() -> None:
    _, listener, clock = heard()
    clock.now = 103.0
    assert listener.end() == 3.0
    assert listener.phases == {"all": 3.0}


def test_bounds_that_creep_are_written_now_and_then_but_the_proof_always() -> None:
    steps = [(3.0 + 0.015 * number, "search", 90, number) for number in range(8)]
    events, _, _ = heard(*steps, (3.12, "search", 90, 90))
    assert [bound for *_, bound in events] == [0, 4, 90]
    assert events[-1][0] == 3.12


STARTED = """
import sys
from dataclasses import fields
from benchmarks.measuring import start
from benchmarks.rivals import RIVALS

def solvers():
    return [name for name in ("numba", "ortools", "pyjobshop") if name in sys.modules]

assert not solvers()
assert start(RIVALS[sys.argv[1]]) > 0
if "numba" in solvers():
    from sparplan.engines.chains.labels.compiled import kernels_for
    kernels = kernels_for(compiled=True)
    assert all(getattr(kernels, field.name).signatures for field in fields(kernels))
print(*solvers())
"""


@pytest.mark.parametrize(
    ("rival", "solvers"),
    [("chains", "numba ortools"), ("monolith-plain", "ortools"), ("pyjobshop", "ortools pyjobshop")],
)
def test_the_start_of_the_process_loads_what_a_rival_needs(rival: str, solvers: str) -> None:
    """Solvers and machine code, of other rivals none."""
    done = subprocess.run(
        [sys.executable, "-c", STARTED, rival], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (solvers, "")
