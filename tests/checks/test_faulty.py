"""Every fault of a faulty scenario is named, with its place, in Swedish, and nothing else is."""

from pathlib import Path

import pytest
import yaml

from sparplan.checks import inspect, read_scenario
from sparplan.errors import Report, ScenarioError
from sparplan.files import yaml_settings
from sparplan.messages import speaking
from tests.checks.faulty_cases import CASES, TINY, YAML_FAULTS, Case, write


def places_of(report: Report) -> list[tuple[str, str, int | None, str | None]]:
    return sorted(((i.code, i.where.file, i.where.row, i.where.column) for i in report.issues), key=repr)


def test_tiny_scenario_has_no_issue() -> None:
    scenario, report = inspect(TINY)
    assert report.issues == ()
    assert scenario is not None and len(scenario.rounds) == 5


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_faults_are_all_named(case: Case, tmp_path: Path) -> None:
    scenario, report = inspect(write(case, tmp_path))
    assert places_of(report) == sorted(case.expected, key=repr)
    assert not report.ok
    assert scenario is None


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_issue_says_what_and_what_to_do_in_both_languages(case: Case, tmp_path: Path) -> None:
    path = write(case, tmp_path)
    _, swedish = inspect(path)
    with speaking("en"):
        _, english = inspect(path)
    for one, other in zip(swedish.issues, english.issues, strict=True):
        assert one.where == other.where
        assert one.text and one.help
        assert one.text != other.text
        assert "{" not in one.text + one.help + other.text + other.help
        assert "BROKEN" not in str(one) + str(other)
        assert not any(ord(character) < 32 for character in str(one))


@pytest.mark.parametrize("case", YAML_FAULTS, ids=str)
def test_yaml_faults_without_libyaml(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_settings, "_LOADER", yaml.SafeLoader)
    _, report = inspect(write(case, tmp_path))
    assert places_of(report) == sorted(case.expected, key=repr)


def test_issues_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "one_of_everything")
    _, report = inspect(write(case, tmp_path))
    places = [(i.code, i.where.file, i.where.row, i.where.column) for i in report.issues]
    assert places == list(case.expected)


def test_unreadable_cells_stop_reading_with_all_issues(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "one_of_everything")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(write(case, tmp_path))
    assert len(caught.value.issues) == len(case.expected)
    assert "rounds.csv:2 [pace]" in str(caught.value)


def test_faults_between_rows_do_not_stop_reading(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "unknown_track")
    scenario = read_scenario(write(case, tmp_path))
    assert scenario.participants[0].tracks == ("svetsaren",)
