"""`sparplan check`: every fault and warning, in words or as JSON."""

import json
from pathlib import Path

import pytest

from tests.checks.faulty_cases import CASES, case, edit, write
from tests.cli.conftest import Run


def test_a_sound_scenario(run: Run, region: Path) -> None:
    ran = run("check", region)
    assert (ran.status, ran.out, ran.err) == (0, "0 fel. 0 varningar.\n", "")


def test_english_on_request(run: Run, region: Path) -> None:
    assert run("--lang", "en", "check", region).out == "0 faults. 0 warnings.\n"
    assert run("--lang=en", "check", region).out == "0 faults. 0 warnings.\n"
    assert run("check", region).out == "0 fel. 0 varningar.\n"


def test_the_environment_chooses_the_language_too(
    run: Run, region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARPLAN_LANG", "en")
    assert run("check", region).out == "0 faults. 0 warnings.\n"
    assert run("--lang", "sv", "check", region).out == "0 fel. 0 varningar.\n"
    assert run("check", region).out == "0 faults. 0 warnings.\n"


def test_a_warning_is_no_fault(run: Run, tmp_path: Path) -> None:
    warned = case("lost_zero", edit("places.csv", "Värnamo,0683", "Värnamo,683"))
    ran = run("check", write(warned, tmp_path / "s"))
    assert ran.status == 0
    assert ran.out.splitlines()[0].split("\t") == ["Grad", "Var", "Vad som är fel", "Vad du kan göra"]
    assert ran.out.splitlines()[1].startswith("varning\tplaces.csv, rad 3, municipality\t")
    assert ran.out.splitlines()[-1] == "0 fel. 1 varning."


def test_json_has_every_field_of_an_issue(run: Run, tmp_path: Path) -> None:
    chosen = next(case for case in CASES if case.name == "one_of_everything")
    ran = run("check", write(chosen, tmp_path / "s"), "--json")
    issues = json.loads(ran.out)["issues"]
    assert ran.status == 1
    assert ran.err == ""
    assert [(i["code"], i["file"], i["row"], i["column"]) for i in issues] == list(chosen.expected)
    assert all(issue["severity"] == "fault" and issue["text"] and issue["help"] for issue in issues)


def test_json_of_a_sound_scenario(run: Run, region: Path) -> None:
    ran = run("check", "--json", region)
    assert (ran.status, json.loads(ran.out)) == (0, {"issues": []})
