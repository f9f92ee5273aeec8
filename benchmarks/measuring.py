"""One run, in a process of its own: a rival plans a scenario, and says what it sees as JSON lines.

Before the run the rival plans `scenarios/tiny`, so that libraries and machine code are loaded: a cost of the
process, whatever it plans, and told by itself. Seconds of the run count from the call, on a scenario that
has been read, by this process's own monotonic clock: checking and compiling are included.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sparplan as sp
from benchmarks.rivals import RIVALS
from benchmarks.rivals.base import Made, Rival
from benchmarks.usage import seat_use
from benchmarks.versions import ROOT
from sparplan.engines.base import Progress, ignore
from sparplan.points import unplaced_points
from sparplan.scenario import Scenario

TINY = ROOT / "scenarios" / "tiny"
TINY_LIMIT = 60.0  # seconds
LEAST_SECONDS_APART = 0.05  # of lines that tell of nothing but a better bound
BEFORE = "check and compile"
AFTER = "after the search"
KIB = 1024


class Listener:
    """Hears progress, stamps it with its own clock, passes on what is new.

    Attributes
    ----------
    phases
        Seconds by phase: from one event to the next belongs to the phase of the latter.
    """

    def __init__(self, write: Callable[[dict[str, Any]], None], now: Callable[[], float]) -> None:
        self._write = write
        self._now = now
        self._begun = now()
        self._last = 0.0
        self._written: Progress | None = None
        self._written_at = 0.0
        self.phases: dict[str, float] = {}

    def __call__(self, progress: Progress) -> None:
        """Hear of progress; any thread may tell."""
        seconds = self._now() - self._begun
        if not self.phases:
            self._count(BEFORE, max(0.0, seconds - progress.seconds))
        self._count(progress.phase, seconds)
        if self._is_news(progress, seconds):
            self._written, self._written_at = progress, seconds
            cells = [round(seconds, 3), progress.phase, progress.best, progress.bound]
            self._write({"event": cells})

    def end(self) -> float:
        """Seconds of the whole call."""
        seconds = self._now() - self._begun
        self._count(AFTER if self.phases else "all", seconds)
        return seconds

    def _count(self, phase: str, until: float) -> None:
        self.phases[phase] = self.phases.get(phase, 0.0) + max(0.0, until - self._last)
        self._last = max(self._last, until)

    def _is_news(self, progress: Progress, seconds: float) -> bool:
        last = self._written
        if last is None or (progress.phase, progress.best) != (last.phase, last.best):
            return True
        closes = progress.best is not None and progress.best == progress.bound
        apart = seconds - self._written_at >= LEAST_SECONDS_APART
        return progress.bound != last.bound and (closes or apart)


def measure(rival_name: str, path: Path, limit: float) -> None:
    """Run a rival on a scenario, and write what is seen to standard output."""
    rival = RIVALS[rival_name]
    start_seconds = start(rival)
    scenario = sp.read_scenario(path)
    write({"nobody": sum(unplaced_points(scenario, row) for row in scenario.participants)})
    listener = Listener(write, time.monotonic)
    made = rival.make(scenario, limit, listener)
    seconds = listener.end()
    whole = {"start_seconds": round(start_seconds, 3), **outcome(scenario, made, seconds, listener.phases)}
    write({"outcome": whole})


def start(rival: Rival) -> float:
    """Make this process ready for a rival; the seconds it took: the start of the process."""
    tiny = sp.read_scenario(TINY)
    begun = time.monotonic()
    rival.load()
    rival.make(tiny, TINY_LIMIT, ignore)
    return time.monotonic() - begun


def outcome(scenario: Scenario, made: Made, seconds: float, phases: dict[str, float]) -> dict[str, Any]:
    """The last line: what the plan is worth, and what the run cost."""
    plan, use = made.plan, seat_use(scenario, made.plan)
    return {
        "status": str(plan.status),
        "seconds": round(seconds, 3),
        "objective": plan.objective,
        "bound": plan.bound if made.has_bound else None,
        "placed": len(plan.placed),
        "full_rows": use.full,
        "used_rows": use.used,
        "peak_mib": peak_mib(),
        "phases": {phase: round(spent, 3) for phase, spent in phases.items()},
        "notes": [*plan.run.notes, *(f"{name} = {value:g}" for name, value in made.notes.items())],
    }


def peak_mib() -> float:
    """Most memory that this process ever held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (KIB if sys.platform != "darwin" else KIB * KIB), 1)


def write(line: dict[str, Any]) -> None:
    """One JSON line, at once: whoever listens may have to do without the rest."""
    print(json.dumps(line, ensure_ascii=False), flush=True)
