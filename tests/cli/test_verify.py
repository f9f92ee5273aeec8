"""`sparplan verify`: the rules and the points again, and plans that are none."""

import json
from pathlib import Path

import pytest

from sparplan.files.saving import write_scenario
from sparplan.messages import speaking
from sparplan.rules import verify
from tests.cli.conftest import BEST, REGION, Run


def test_a_correct_plan(run: Run, region: Path, plan_file: Path) -> None:
    ran = run("verify", region, plan_file)
    assert (ran.status, ran.out, ran.err) == (0, "0 regelbrott.\n", "")
    assert json.loads(run("verify", region, plan_file, "--json").out) == {"violations": []}


def test_a_plan_that_breaks_a_rule(run: Run, region: Path, tmp_path: Path) -> None:
    wrong = BEST.model_copy(update={"objective": 1, "bound": 1})
    wrong.write(tmp_path / "p.json")
    ran = run("verify", region, tmp_path / "p.json")
    assert ran.status == 1
    assert ran.out.splitlines()[0].startswith("objective: Planens sammanlagda poäng är 1.")
    assert ran.out.splitlines()[-1] == "1 regelbrott."
    (found,) = json.loads(run("verify", region, tmp_path / "p.json", "--json").out)["violations"]
    assert (found["rule"], found["participant"], found["round"]) == ("objective", None, None)
    with speaking("en"):
        english = verify(REGION, wrong)[0].text
    assert english in run("--lang", "en", "verify", region, tmp_path / "p.json").out


def test_the_plan_of_another_scenario(run: Run, plan_file: Path, tmp_path: Path) -> None:
    other = REGION.replace(name="Annat", participants=REGION.participants[:1])
    write_scenario(other, tmp_path / "other")
    ran = run("verify", tmp_path / "other", plan_file)
    assert ran.status == 1
    assert "document: Planen är gjord för scenariot Prov, inte för Annat." in ran.out
    assert "document: Scenariot har ändrats sedan planen gjordes" in ran.out
    assert "document: D02 står i planen" in ran.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "är inte JSON"),
        (b"{", "är inte JSON"),
        (b"[]", "är inte JSON"),
        (b"null", "är inte JSON"),
        (b"\xff\xfe\x00", "är inte JSON"),
        (b"[" * 100_000, "är inte JSON"),
        (b"PK\x03\x04", "är inte JSON"),
        (b"{}", "fältet scenario är fel"),
        (b'{"schema": "sparplan/plan/9"}', "fältet schema är fel"),
    ],
    ids=["empty", "half", "list", "null", "binary", "deep", "zip", "nothing", "schema"],
)
def test_garbage_plans(content: bytes, said: str, run: Run, region: Path, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_bytes(content)
    for command in (("verify",), ("gantt", "-o", tmp_path / "g.svg")):
        ran = run(command[0], region, tmp_path / "p.json", *command[1:])
        assert (ran.status, ran.out) == (1, "")
        assert said in ran.err
    hinted = run("plan", region, "--hint", tmp_path / "p.json")
    assert hinted.status == 1


@pytest.mark.parametrize(
    "change", ["text_for_number", "huge_number", "nan", "unknown_field", "bad_date", "list_for_steps"]
)
def test_plans_with_a_garbled_field(change: str, run: Run, region: Path, tmp_path: Path) -> None:
    document = BEST.to_document()
    placed = next(kedja for kedja in document["kedjor"] if kedja.get("steps"))
    match change:
        case "text_for_number":
            placed["points"] = "många"
        case "huge_number":
            placed["points"] = 1.5e300
        case "nan":
            document["objective"] = float("nan")
        case "unknown_field":
            document["colour"] = "blue"
        case "bad_date":
            placed["steps"][0]["start"] = "2027-02-30"
        case "list_for_steps":
            placed["steps"] = [1]
    (tmp_path / "p.json").write_text(json.dumps(document))
    ran = run("verify", region, tmp_path / "p.json")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("Planen har inte rätt form: fältet ")


def test_numbers_out_of_every_range_are_violations(run: Run, region: Path, tmp_path: Path) -> None:
    document = BEST.to_document()
    document["objective"] = -(10**300)
    document["gap"] = 10.0**300
    (tmp_path / "p.json").write_text(json.dumps(document))
    ran = run("verify", region, tmp_path / "p.json")
    assert ran.status == 1
    assert "objective: " in ran.out


def test_a_plan_file_too_large(run: Run, region: Path, plan_file: Path, monkeypatch) -> None:
    monkeypatch.setattr("sparplan.kedjor.MAX_PLAN_BYTES", 100)
    ran = run("verify", region, plan_file)
    assert ran.status == 1
    assert "är större än" in ran.err
