"""`sparplan plan`: the plan, the summary, the progress, and what it refuses before it begins."""

import json
from pathlib import Path

import pytest

import sparplan.planner
from sparplan.engines.base import Progress
from sparplan.errors import EngineBug
from sparplan.kedjor import Plan, Status
from sparplan.rules import verify
from tests.cli.conftest import BEST, REGION, Run

QUICK = ("--workers", "1")


def test_piped_output_is_the_plan_as_json(run: Run, region: Path) -> None:
    ran = run("plan", region, *QUICK)
    plan = Plan.from_document(json.loads(ran.out))
    assert ran.status == 0
    assert (plan.status, plan.objective) == (Status.OPTIMAL, BEST.objective)
    assert "bästa förslaget" in ran.err.splitlines()[-1]


def test_plan_file_summary_and_picture(run: Run, region: Path, tmp_path: Path) -> None:
    ran = run("plan", region, *QUICK, "-o", tmp_path / "p.json", "--gantt", tmp_path / "g.svg")
    assert ran.status == 0
    assert Plan.read(tmp_path / "p.json").objective == BEST.objective
    assert ran.out.startswith("Plan för Prov\nBevisat bästa planen: ")
    assert f"Skrev {tmp_path / 'p.json'}\n" in ran.err
    assert f"Skrev {tmp_path / 'g.svg'}\n" in ran.err
    assert (tmp_path / "g.svg").read_text().startswith("<?xml")
    assert run("verify", region, tmp_path / "p.json").status == 0


def test_json_beside_a_file(run: Run, region: Path, tmp_path: Path) -> None:
    ran = run("plan", region, *QUICK, "-o", tmp_path / "p.json", "--json")
    assert json.loads(ran.out) == json.loads((tmp_path / "p.json").read_text())


def test_english_summary(run: Run, region: Path, tmp_path: Path) -> None:
    ran = run("--lang", "en", "plan", region, *QUICK, "-o", tmp_path / "p.json")
    assert ran.out.startswith("Plan for Prov\n")
    assert "best so far" in ran.err


def test_one_track(run: Run, region: Path, tmp_path: Path) -> None:
    run("plan", region, *QUICK, "--track", "svets", "-o", tmp_path / "p.json")
    assert Plan.read(tmp_path / "p.json").scenario.track == "svets"
    assert run("verify", region, tmp_path / "p.json").status == 0


def test_options_reach_the_search(run: Run, region: Path, plan_file: Path, monkeypatch) -> None:
    asked = {}

    def plan(scenario, **options):
        asked.update(options)
        return BEST

    monkeypatch.setattr(sparplan.planner, "plan", plan)
    options = (
        "--engine monolith --time-limit 7 --work-limit 2.5 --gap 0.05 --workers 3 --seed 9 --track svets"
    )
    assert run("plan", region, *options.split(), "--hint", plan_file).status == 0
    del asked["events"]
    assert asked == {
        "engine": "monolith", "time_limit": 7.0, "work_limit": 2.5, "gap": 0.05, "workers": 3, "seed": 9,
        "track": "svets", "hint": BEST,
    }  # fmt: skip


def test_no_plan_in_time_is_status_4(run: Run, region: Path, monkeypatch) -> None:
    nothing = BEST.model_copy(
        update={"status": Status.NO_PLAN, "objective": None, "bound": None, "gap": None, "kedjor": ()}
    )
    monkeypatch.setattr(sparplan.planner, "plan", lambda scenario, **options: nothing)
    ran = run("plan", region)
    assert ran.status == 4
    assert json.loads(ran.out)["status"] == "no_plan"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "magi"], "Det finns ingen motor som heter magi"),
        (["--track", "kock"], "Det finns inget spår som heter kock. Spåren är: svets."),
        (["--time-limit", "0"], "time_limit måste vara större än 0"),
        (["--time-limit", "nan"], "time_limit måste vara större än 0"),
        (["--work-limit", "-1"], "work_limit måste vara större än 0"),
        (["--gap", "1"], "gap är en andel"),
        (["--workers", "0"], "workers måste vara mellan 1 och 256"),
        (["--time-limit", "snart"], "--time-limit ska vara ett tal, till exempel 60, men är snart."),
        (["--seed", "1.5"], "--seed ska vara ett heltal, men är 1.5."),
        (["--hint", "ingenstans.json"], "ingenstans.json finns inte."),
        (["-o", "ingenstans/p.json"], "Det går inte att skriva i mappen ingenstans."),
        (["-o", "."], ". är en mapp."),
        (["-o", "a" * 300], "Det går inte att skriva i mappen"),
        (["--gantt", "ingenstans/g.svg"], "Det går inte att skriva i mappen ingenstans."),
        (["--gantt", "g.bmp"], "g.bmp: filnamnet säger inte vilket format"),
    ],
)
def test_refused_before_the_search(
    options: list[str], said: str, run: Run, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sparplan.planner, "_heeding_interrupts", lambda *_: pytest.fail("searched"))
    ran = run("plan", region, *options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert not list(tmp_path.iterdir())


def test_an_engine_bug_is_told_as_one(run: Run, region: Path, monkeypatch) -> None:
    def fail(*_args, **_options):
        raise EngineBug("gap: D01 …")

    monkeypatch.setattr(sparplan.planner, "plan", fail)
    ran = run("plan", region)
    assert ran.status == 70
    assert "Något gick fel i sparplan självt: gap: D01" in ran.err


def test_progress_lines_come_now_and_then(run: Run, region: Path, monkeypatch) -> None:
    from sparplan.cli import planning

    times = iter([100.0, 100.2, 100.4, 102.0, 102.1])
    monkeypatch.setattr(planning.time, "monotonic", lambda: next(times))

    def plan(scenario, *, events, **_options):
        events(Progress("search", None, None, 0.0))
        for number in (1, 2, 3, 4):
            events(Progress("search", 100 - number, 0, float(number)))
        return BEST

    monkeypatch.setattr(sparplan.planner, "plan", plan)
    lines = run("plan", region).err.splitlines()
    assert lines == [
        "0.0 s: bästa förslaget – poäng, gräns –, gap – %",
        "3.0 s: bästa förslaget 97 poäng, gräns 0, gap 100,0 %",
        "4.0 s: bästa förslaget 96 poäng, gräns 0, gap 100,0 %",
    ]


def test_nothing_is_written_when_writing_fails(run: Run, region: Path, tmp_path: Path, monkeypatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device", "p.json")

    monkeypatch.setattr(sparplan.planner, "plan", lambda scenario, **options: BEST)
    monkeypatch.setattr("sparplan.files.writing.os.fsync", full)
    ran = run("plan", region, "-o", tmp_path / "p.json")
    assert ran.status == 2
    assert (
        ran.err == "p.json går inte att läsa eller skriva (No space left on device). Kontrollera sökvägen.\n"
    )
    assert not list(tmp_path.iterdir())


def test_the_plan_of_the_fixture_is_right() -> None:
    assert not verify(REGION, BEST)
