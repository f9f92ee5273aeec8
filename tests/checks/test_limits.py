"""Absurd sizes are refused with a fault, and the list of issues stays readable."""

import os
from pathlib import Path

import pytest

from sparplan.checks import inspect
from sparplan.errors import Severity
from sparplan.files import collecting, csv_table, draft, folder, json_document
from tests.checks.faulty_cases import PLACES, ROUNDS, TRACKS, YAML, add, case, write


def codes(path: Path) -> list[tuple[str, str, int | None]]:
    _, report = inspect(path)
    return [(issue.code, issue.where.file, issue.where.row) for issue in report.issues]


def test_large_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_FILE_BYTES", 300)
    monkeypatch.setattr(folder, "MAX_SETTINGS_BYTES", 100)
    found = codes(write(case("tiny"), tmp_path))
    assert ("file_too_large", ROUNDS, None) in found
    assert ("file_too_large", YAML, None) in found
    assert "missing_key" not in {code for code, _, _ in found}


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "MAX_ROWS", 1)
    found = codes(write(case("tiny"), tmp_path))
    assert ("too_many_rows", PLACES, 3) in found
    assert "unknown_reference" not in {code for code, _, _ in found}


def test_too_many_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_document, "MAX_ROWS", 1)
    rows = '{"places": [{"place": "a", "name": "A"}, {"place": "b", "name": "B"}]}'
    (tmp_path / "s.json").write_text(rows)
    assert ("too_many_rows", "s.json", 2) in codes(tmp_path / "s.json")


def test_issues_of_one_kind_are_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MAX_ISSUES_PER_CODE", 3)
    rows = "\n".join(f"p{number}," for number in range(10))
    _, report = inspect(write(case("nameless", add(PLACES, rows)), tmp_path))
    assert [issue.code for issue in report.faults] == ["missing_cell"] * 3 + ["more_issues"]
    last = report.faults[-1]
    assert last.severity is Severity.FAULT
    assert last.text.startswith("7 till")


def test_a_table_of_nothing_but_faults_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "MAX_FAULTY_ROWS", 2)
    rows = "\n".join(f"p{number}," for number in range(10))
    found = codes(write(case("nameless", add(PLACES, rows)), tmp_path))
    assert found == [
        *(("missing_cell", PLACES, row) for row in (4, 5, 6)),
        ("too_many_faulty_rows", PLACES, 7),
    ]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = write(case("tiny"), tmp_path)
    (path / TRACKS).unlink()
    os.mkfifo(path / TRACKS)
    assert codes(path) == [("not_a_file", TRACKS, None)]


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    path = write(case("tiny"), tmp_path)
    (path / TRACKS).unlink()
    (path / TRACKS).mkdir()
    assert codes(path) == [("not_a_file", TRACKS, None)]


def test_a_lost_table_does_not_make_every_reference_a_fault(tmp_path: Path) -> None:
    path = write(case("tiny"), tmp_path)
    (path / "insatser.csv").unlink()
    assert codes(path) == [("missing_file", "insatser.csv", None)]
