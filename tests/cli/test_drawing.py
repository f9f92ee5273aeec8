"""`sparplan gantt` and `sparplan graph`: pictures of every kind, and what can't be drawn."""

from pathlib import Path

import pytest

from sparplan.files.saving import write_scenario
from tests.cli.conftest import REGION, Run

STARTS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "html": b"<!DOCTYPE html>"}


@pytest.mark.parametrize("kind", STARTS)
def test_gantt(kind: str, run: Run, region: Path, plan_file: Path, tmp_path: Path) -> None:
    path = tmp_path / f"g.{kind}"
    ran = run("gantt", region, plan_file, "-o", path)
    assert (ran.status, ran.out) == (0, f"Skrev {path}\n")
    assert path.read_bytes().lower().startswith(STARTS[kind].lower())


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_graph(kind: str, run: Run, region: Path, tmp_path: Path) -> None:
    path = tmp_path / f"i.{kind}"
    ran = run("graph", region, "-o", path, "--track", "svets")
    assert (ran.status, ran.out) == (0, f"Skrev {path}\n")
    assert path.read_bytes().startswith(STARTS[kind])


def test_one_participant_and_one_track(run: Run, region: Path, plan_file: Path, tmp_path: Path) -> None:
    one, track = tmp_path / "one.svg", tmp_path / "track.svg"
    assert run("gantt", region, plan_file, "-o", one, "--participant", "D02").status == 0
    assert run("gantt", region, plan_file, "-o", track, "--track", "svets").status == 0
    assert one.read_bytes() != track.read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "g.bmp"], "g.bmp: filnamnet säger inte vilket format"),
        (["-o", "ingenstans/g.svg"], "ingenstans/g.svg går inte att skriva"),
        (["-o", "g.svg", "--participant", "D9"], "Deltagaren D9 finns inte i planen."),
        (["-o", "g.svg", "--track", "svts"], "Jobbspåret svts finns inte i scenariot. Menade du svets?"),
    ],
)
def test_what_a_gantt_chart_refuses(
    options: list[str],
    said: str,
    run: Run,
    region: Path,
    plan_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("gantt", region, plan_file, *options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert not list(tmp_path.iterdir())


def test_the_plan_of_another_scenario_is_not_drawn(run: Run, plan_file: Path, tmp_path: Path) -> None:
    write_scenario(REGION.replace(participants=REGION.participants[:1]), tmp_path / "other")
    ran = run("gantt", tmp_path / "other", plan_file, "-o", tmp_path / "g.svg")
    assert ran.status == 1
    assert not (tmp_path / "g.svg").exists()


def test_a_graph_is_no_html(run: Run, region: Path, tmp_path: Path) -> None:
    ran = run("graph", region, "-o", tmp_path / "i.html")
    assert ran.status == 2
    assert "png, svg, pdf" in ran.err


def test_missing_paths(run: Run, region: Path, plan_file: Path, tmp_path: Path) -> None:
    out = ("-o", tmp_path / "g.svg")
    for arguments in (
        ("gantt", "ingenstans", plan_file, *out),
        ("gantt", region, "ingenstans", *out),
        ("graph", "ingenstans", *out),
    ):
        ran = run(*arguments)
        assert (ran.status, ran.err) == (2, "ingenstans finns inte. Kontrollera sökvägen.\n")
