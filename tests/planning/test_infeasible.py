"""scenarios/infeasible: each case gives the reasons and the objective that its README says."""

import re
from pathlib import Path

import pytest

import sparplan as sp
from sparplan.kedjor import Plan, Status
from sparplan.messages import speaking

FOLDER = Path(__file__).parents[2] / "scenarios" / "infeasible"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\w+) \| (\w+) \| `(\w+)` \|", README, flags=re.MULTILINE)
CASES = sorted({case for case, _, _ in ROWS})
OBJECTIVES = {
    "krav_unreachable": 71_000,
    "too_far": 71_000,
    "gap": 142_000,
    "pace": 142_000,
    "pin": 142_000,
    "not_eligible": 213_000,
    "no_time": 213_000,
    "seats": 162_764,
    "positions": 91_764,
    "cost": 101_726,
}


def planned(case: str) -> Plan:
    return sp.plan(sp.read_scenario(FOLDER / case), workers=1, work_limit=20)


def test_the_readme_speaks_of_every_case() -> None:
    folders = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    assert folders == CASES == sorted(OBJECTIVES)
    assert len(ROWS) == 18


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("case", CASES)
def test_reasons_are_those_of_the_readme(case: str, language: str) -> None:
    expected = {participant: code for name, participant, code in ROWS if name == case}
    with speaking(language):
        plan = planned(case)
    assert plan.status == Status.OPTIMAL
    assert plan.objective == plan.bound == OBJECTIVES[case]
    found = {kedja.participant: [str(reason.code) for reason in kedja.reasons] for kedja in plan.unplaced}
    assert found == {participant: [code] for participant, code in expected.items()}
    for kedja in plan.unplaced:
        for reason in kedja.reasons:
            assert reason.text
            assert not re.search(r"[{}–]", reason.text), reason.text


def test_each_language_has_its_own_words() -> None:
    texts = []
    for language in ("sv", "en"):
        with speaking(language):
            texts.append([reason.text for kedja in planned("gap").unplaced for reason in kedja.reasons])
    assert all(swedish != english for swedish, english in zip(*texts, strict=True))
    assert texts[0][0] == "En väg finns för G01, men med ett glapp på 2 studiedagar. Högst 0 tillåts."
