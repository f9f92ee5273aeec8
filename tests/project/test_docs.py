"""docs/model.md and CONTRIBUTING.md speak of what there is."""

import re
from pathlib import Path

import pytest
import yaml

from sparplan.kedjor import Plan, ReasonCode, Status, StopReason
from sparplan.planner import ENGINES
from sparplan.rules import Rule
from sparplan.scenario import (
    MAX_HORIZON_DAYS,
    TABLES,
    Form,
    Intake,
    Kind,
    Mode,
    Organiser,
    Policy,
    ProfileType,
    Settings,
    columns_of,
)
from sparplan.studydays import WEEKDAYS
from tests.project.test_project import PYPROJECT

ROOT = Path(__file__).parents[2]
MODEL = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
TABLE_TEXTS = dict(
    re.findall(r"^`([a-z]+)\.csv`(.*?)(?=^`[a-z]+\.csv`|^### )", MODEL, re.MULTILINE | re.DOTALL)
)


def test_every_table_is_described() -> None:
    assert list(TABLE_TEXTS) == list(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_and_the_required_ones_are_bold(table: str) -> None:
    text = TABLE_TEXTS[table]
    for column, is_required in columns_of(TABLES[table]).items():
        assert (f"**{column}**" in text) == is_required, column
        assert re.search(rf"\b{column}\b", text), column


@pytest.mark.parametrize(
    "words", [Kind, Organiser, Mode, Form, Intake, ProfileType, Status, StopReason, ReasonCode, Rule]
)
def test_every_word_is_listed(words: type[str]) -> None:
    for word in words:
        if word != Status.INFEASIBLE:  # of demands made elsewhere
            assert f"`{word}`" in MODEL, word


def test_weekdays_and_limits() -> None:
    assert ";".join(WEEKDAYS) in MODEL
    assert f"{MAX_HORIZON_DAYS:,}" in MODEL


def test_the_settings_shown_are_the_defaults() -> None:
    (block,) = re.findall(r"```yaml\n(.*?)```", MODEL, re.DOTALL)
    shown = yaml.safe_load(block)
    settings = Settings.model_validate(shown)
    assert set(shown) == set(Settings.model_fields)
    assert shown["policy"] == Policy().model_dump()
    assert settings.calendar.country == Settings.model_fields["calendar"].default.country


def test_the_plan_shown_is_a_plan() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", MODEL, re.DOTALL)
    plan = Plan.model_validate_json(block)
    assert plan.engine in ENGINES
    assert plan.objective == sum(kedja.points for kedja in plan.kedjor)


def test_the_layers_of_the_guide_are_those_that_are_kept() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = [
        name
        for row in re.findall(r"^\| (`.*?) \|", guide, re.MULTILINE)
        for name in re.findall(r"`([a-z]+)/?`", row)
    ]
    layers = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    kept = [name.strip().removeprefix("sparplan.") for row in reversed(layers) for name in row.split("|")]
    assert named == kept
