"""Runs: done in processes of their own, kept whole, and not done again."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import running
from benchmarks.instances import Instance
from benchmarks.records import Event, read_all
from benchmarks.rivals import RIVALS
from benchmarks.running import do_runs, measured
from benchmarks.schedule import Run
from benchmarks.versions import version_now
from sparplan.files.saving import write_scenario
from tests.benchmarks.made_up import instance, record
from tests.oracle.tiny import solved

RUN = Run("track-ample-1", "monolith", 5)


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> dict[str, Instance]:
    """A table that no file holds."""
    rows = {"track-ample-1": instance("track-ample-1")}
    monkeypatch.setattr(running, "read_table", lambda: dict(rows))
    monkeypatch.setattr(running, "write_table", lambda better: rows.update({row.name: row for row in better}))
    monkeypatch.setattr(running, "scenario_file", lambda _: Path("nowhere.json"))
    return rows


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """Runs asked for, which all find the same."""
    runs: list[Run] = []

    def found(run: Run, _: Path) -> tuple[dict[str, Any], list[Event], int]:
        runs.append(run)
        return record().outcome, list(record().events), 10_000

    monkeypatch.setattr(running, "measured", found)
    return runs


def test_a_run_is_kept_and_not_done_again(
    tmp_path: Path, table: dict[str, Instance], asked: list[Run]
) -> None:
    said: list[str] = []
    do_runs([RUN], resume=True, say=said.append, folder=tmp_path)
    do_runs([RUN], resume=True, say=said.append, folder=tmp_path)
    assert asked == [RUN]
    (kept,) = read_all(tmp_path)
    assert (kept.instance, kept.rival, kept.limit, kept.events) == (
        "track-ample-1",
        "monolith",
        5,
        record().events,
    )
    assert table["track-ample-1"].objective == table["track-ample-1"].bound == 1_000
    assert "optimal 1000" in said[1]
    do_runs([RUN], resume=False, say=said.append, folder=tmp_path)
    assert asked == [RUN, RUN]


def test_a_longer_run_is_another_unless_the_plan_was_proven(
    tmp_path: Path, table: dict[str, Instance]
) -> None:
    unproven = record(rival="monolith", limit=5, bound=1, key=version_now(RIVALS["monolith"].not_used).key)
    unproven.write(tmp_path)
    asked: list[int] = []

    def found(run: Run, _: Path) -> tuple[dict[str, Any], list[Event], int]:
        asked.append(run.limit)
        return (record() if run.limit > 6 else unproven).outcome, [], 10_000

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(running, "measured", found)
        for limit in (4, 5, 6, 7, 8):
            again = Run("track-ample-1", "monolith", limit)
            do_runs([again], resume=True, say=lambda _: None, folder=tmp_path)
    assert asked == [6, 7]


def test_the_plain_monolith_is_given_time_by_chains(
    tmp_path: Path, table: dict[str, Instance], asked: list[Run]
) -> None:
    record(seconds=3.0).write(tmp_path)
    do_runs([Run("track-ample-1", "monolith-plain", 120)], resume=True, say=lambda _: None, folder=tmp_path)
    assert asked == [Run("track-ample-1", "monolith-plain", 301)]


def test_a_bound_above_a_plan_ends_all(tmp_path: Path, table: dict[str, Instance], asked: list[Run]) -> None:
    table["track-ample-1"] = table["track-ample-1"].improved(999, None, "another")
    with pytest.raises(ValueError, match="bound 1000"):
        do_runs([RUN, RUN], resume=False, say=lambda _: None, folder=tmp_path)
    assert asked == [RUN]
    assert not read_all(tmp_path)


def test_a_failed_run_is_told_of_and_not_kept(
    tmp_path: Path, table: dict[str, Instance], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "measured", lambda *_: ({"failed": "no such engine"}, [], 0))
    said: list[str] = []
    do_runs([RUN], resume=True, say=said.append, folder=tmp_path)
    assert said[-1].strip() == "failed: no such engine"
    assert not read_all(tmp_path)
    assert table["track-ample-1"].objective is None


def test_a_process_of_its_own(tmp_path: Path) -> None:
    scenario, best = solved(1)
    path = tmp_path / "tiny.json"
    write_scenario(scenario, path)
    outcome, events, nobody = measured(Run("tiny", "monolith-plain", 20), path)
    assert (outcome["status"], outcome["objective"], outcome["bound"]) == (
        "optimal",
        best.objective,
        best.objective,
    )
    assert outcome["start_seconds"] > 0
    assert outcome["peak_mib"] > 10
    assert events
    assert nobody >= best.objective
    assert set(outcome["phases"]) >= {"check and compile", "after the search"}


def test_a_process_that_fails_says_why(tmp_path: Path) -> None:
    outcome, _, _ = measured(Run("tiny", "monolith-plain", 20), tmp_path / "missing.json")
    assert "missing.json" in outcome["failed"]
