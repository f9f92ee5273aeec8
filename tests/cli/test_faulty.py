"""Every faulty scenario, run through the commands: status 1, each fault named with its place, no traceback."""

from collections import Counter
from pathlib import Path

import pytest

from sparplan.checks import inspect
from sparplan.messages import speaking
from tests.checks.faulty_cases import CASES, Case, Expected, write
from tests.cli.conftest import Run


def place_of(expected: Expected) -> str:
    """A fault's place as a Swedish reader sees it."""
    _, file, row, column = expected
    return ", ".join(part for part in (file, f"rad {row}" if row else None, column) if part)


def places_in(table: str) -> Counter[str]:
    """The places in a table of issues as it is piped."""
    rows = [line.split("\t") for line in table.splitlines() if line.startswith(("FEL\t", "varning\t"))]
    assert all(len(row) == 4 and all(row) for row in rows)
    return Counter(place for _, place, _, _ in rows)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=str)
def test_check_names_every_fault_in_swedish(case: Case, run: Run, tmp_path: Path) -> None:
    folder = write(case, tmp_path / "s")
    ran = run("check", folder)
    assert ran.status == 1
    assert ran.err == ""
    assert places_in(ran.out) == Counter(map(place_of, case.expected))
    with speaking("en"):
        _, english = inspect(folder)
    assert not [issue.text for issue in english.issues if issue.text in ran.out]
    assert " fel." in ran.out.splitlines()[-1]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_other_commands_refuse_it_with_the_same_list(
    case: Case, run: Run, plan_file: Path, tmp_path: Path
) -> None:
    folder = write(case, tmp_path / "s")
    for arguments in (
        ("plan", folder, "-o", tmp_path / "p.json"),
        ("verify", folder, plan_file),
        ("gantt", folder, plan_file, "-o", tmp_path / "g.svg"),
        ("graph", folder, "-o", tmp_path / "i.svg"),
    ):
        ran = run(*arguments)
        assert (ran.status, ran.out) == (1, "")
        faults = [row for row in case.expected if row[0] not in WARNINGS]
        assert not Counter(map(place_of, faults)) - places_in(ran.err)
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


WARNINGS = {"unknown_file", "short_municipality", "home_nowhere"}
"""Issues among the cases that are no faults; tables that can't be read hide some of them."""


@pytest.mark.parametrize("case", CASES[::10], ids=str)
def test_english_list(case: Case, run: Run, tmp_path: Path) -> None:
    ran = run("--lang", "en", "check", write(case, tmp_path / "s"))
    assert ran.status == 1
    assert ran.out.startswith("Severity\tWhere\tWhat is wrong\tWhat to do\n")
    assert "FAULT\t" in ran.out and "rad " not in ran.out
