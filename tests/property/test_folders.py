"""Folder → JSON → folder is the same to the byte, for scenarios as they are met in practice."""

import pytest
from hypothesis import given

from sparplan.checks import check, inspect
from sparplan.files.saving import write_scenario
from sparplan.scenario import Scenario
from tests.files.test_round_trips import round_trip
from tests.oracle.strategies import scenarios
from tests.property.running import examples
from tests.property.test_plans import regions


@examples(25)
@given(scenarios())
def test_tiny_scenarios(tmp_path_factory: pytest.TempPathFactory, scenario: Scenario) -> None:
    round_trip(scenario, tmp_path_factory.mktemp("trip"))


@examples(8)
@given(regions)
def test_made_up_regions(tmp_path_factory: pytest.TempPathFactory, region: Scenario) -> None:
    round_trip(region, tmp_path_factory.mktemp("trip"))


@examples(8)
@given(regions)
def test_the_same_issues_from_memory_and_from_files(
    tmp_path_factory: pytest.TempPathFactory, region: Scenario
) -> None:
    folder = tmp_path_factory.mktemp("issues") / "region"
    write_scenario(region, folder)
    _, report = inspect(folder)
    assert [(issue.code, issue.where.row) for issue in report.issues] == [
        (issue.code, issue.where.row) for issue in check(region).issues
    ]
