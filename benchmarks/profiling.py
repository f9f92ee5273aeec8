"""Where the time of one run goes, by phase and by file: cProfile in every thread."""

import cProfile
import pstats
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

from benchmarks.instances import Instance, scenario_of
from benchmarks.measuring import Listener, start
from benchmarks.rivals import RIVALS
from benchmarks.shown import markdown

SHOWN = 20


class Profiles:
    """A profile for each thread that begins; those of compiled code and other processes are blank."""

    def __init__(self) -> None:
        self.all: list[cProfile.Profile] = []

    def begin(self, *_: FrameType | str | Any) -> None:
        """Called by a new thread as its first event: from now on its own profile listens."""
        profile = cProfile.Profile()
        self.all.append(profile)
        profile.enable()

    def by_file(self) -> list[tuple[str, float, int]]:
        """Files with the seconds spent in their own functions and the calls, most first."""
        spent: dict[str, tuple[float, int]] = {}
        for (file, _, _), (_, calls, own, _, _) in pstats.Stats(*self.all).stats.items():  # type: ignore[attr-defined]
            name = "built in, solvers and waiting" if file == "~" else "/".join(Path(file).parts[-3:])
            seconds, before = spent.get(name, (0.0, 0))
            spent[name] = (seconds + own, before + calls)
        return sorted(((name, *row) for name, row in spent.items()), key=lambda row: -row[1])


def profile(rival: str, instance: Instance, limit: float) -> str:
    """Run a rival under the profiler, which slows it down, and say where the time went."""
    start(RIVALS[rival])
    scenario = scenario_of(instance)
    profiles = Profiles()
    listener = Listener(lambda _: None, time.monotonic)
    threading.setprofile(profiles.begin)
    profiles.begin()
    try:
        RIVALS[rival].make(scenario, limit, listener)
    finally:
        profiles.all[0].disable()
        threading.setprofile(None)
    whole = listener.end()
    phases = [[phase, f"{seconds:.2f}"] for phase, seconds in listener.phases.items()]
    files = [[name, f"{seconds:.2f}", str(calls)] for name, seconds, calls in profiles.by_file()[:SHOWN]]
    return "\n\n".join(
        [
            f"{instance.name}, {rival}: {whole:.1f} s under the profiler",
            markdown(["phase", "seconds"], phases),
            markdown(["file", "own seconds", "calls"], files),
        ]
    )
