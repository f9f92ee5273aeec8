"""Ctrl-C on a running plan keeps the best plan so far."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import sparplan as sp
from sparplan.files.saving import write_scenario
from sparplan.generating import generate_region
from sparplan.kedjor import Plan, Status, StopReason

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGINT to send")

ENDLESS = """
import sys
from dataclasses import replace
from sparplan.cli import main
from sparplan.engines.chains.engine import ChainsEngine
from sparplan.kedjor import StopReason

found = ChainsEngine.solve

def solve(self, problem, limits, hint, events, stop):
    outcome = found(self, problem, limits, hint, events, stop)
    print("söker", file=sys.stderr, flush=True)
    assert stop.wait(120), "nobody stopped the search"
    return replace(outcome, bound=outcome.bound - 1, stopped=StopReason.CANCELLED)

ChainsEngine.solve = solve
sys.argv = ["sparplan", *sys.argv[1:]]
main.run()
"""
"""An engine that finds the optimum at once, and then goes on searching until it is stopped."""


def interrupted(command: list[str], first_line: str) -> tuple[int, str]:
    """Status and standard error of a process that gets SIGINT after a line of its own."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr
        said = []
        for line in process.stderr:
            said.append(line)
            if first_line in line:
                process.send_signal(signal.SIGINT)
                break
        rest = process.stderr.read()
    return process.returncode, "".join(said) + rest


def test_the_best_plan_is_kept(region: Path, tmp_path: Path) -> None:
    (tmp_path / "endless.py").write_text(ENDLESS)
    plan_file = tmp_path / "p.json"
    command = [sys.executable, str(tmp_path / "endless.py"), "plan", str(region), "-o", str(plan_file)]
    status, said = interrupted([*command, "--workers", "1"], "söker")
    assert status == 0, said
    assert "Traceback" not in said
    plan = Plan.read(plan_file)
    assert (plan.status, plan.stopped) == (Status.FEASIBLE, StopReason.CANCELLED)
    assert len(plan.placed) == 2
    assert not sp.verify(sp.read_scenario(region), plan)


@pytest.mark.slow
def test_the_best_plan_of_a_real_search_is_kept(tmp_path: Path) -> None:
    write_scenario(generate_region(8, 1, 4, "scarce", 1, 80), tmp_path / "r")
    plan_file = tmp_path / "p.json"
    command = [sys.executable, "-m", "sparplan", "plan", str(tmp_path / "r"), "-o", str(plan_file)]
    status, said = interrupted([*command, "--workers", "1", "--time-limit", "600"], "bästa förslaget")
    assert status == 0, said
    plan = Plan.read(plan_file)
    assert plan.stopped is StopReason.CANCELLED
    assert not sp.verify(sp.read_scenario(tmp_path / "r"), plan)
