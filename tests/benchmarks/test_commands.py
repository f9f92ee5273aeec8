"""The commands do what the Makefile asks of them."""

import json
import re
from pathlib import Path

import pytest

from benchmarks import __main__ as commands
from benchmarks import readme, running
from benchmarks.instances import read_table
from benchmarks.profiling import profile
from benchmarks.schedule import Run
from sparplan.files.saving import write_scenario
from tests.oracle.tiny import solved

ROOT = Path(__file__).parents[2]


def test_the_makefile_names_commands_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    called = re.findall(r"-m benchmarks (\w+) ?(\w*)", makefile)
    assert called == [("run", "bench"), ("run", "all"), ("profile", "")]


def test_run_does_the_part_asked_for_and_makes_the_pages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[Run] = []

    def do_runs(runs: list[Run], *, resume: bool, say: object) -> None:
        assert resume
        done.extend(runs)

    pages: list[bool] = []
    monkeypatch.setattr(running, "do_runs", do_runs)
    monkeypatch.setattr(readme, "make_pages", lambda *, charts: pages.append(charts))
    assert commands.main(["run", "bench", "--resume", "--rival", "chains", "--instance", "region"]) == 0
    assert done == [Run("region-scarce-1", "chains", 600)]
    assert pages == [True]
    assert "1 runs" in capsys.readouterr().out


def test_measure_tells_json_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, best = solved(1)
    path = tmp_path / "tiny.json"
    write_scenario(scenario, path)
    assert commands.main(["measure", "monolith-plain", str(path), "20"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert list(lines[0]) == ["nobody"]
    assert lines[-1]["outcome"]["objective"] == best.objective
    assert all(list(line) == ["event"] for line in lines[1:-1])


def test_profile_says_where_the_time_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, _ = solved(1)
    monkeypatch.setattr("benchmarks.profiling.scenario_of", lambda _: scenario)
    text = profile("monolith-plain", read_table()["track-ample-1"], 20)
    assert "check and compile" in text
    assert re.search(r"engines/monolith/\w+\.py", text), text
