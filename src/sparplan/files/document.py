"""A scenario as plain values: what was given and nothing more, in the contract's order."""

from typing import Any

from sparplan.files.raw import is_given
from sparplan.scenario import TABLES, Scenario, Settings


def document_of(scenario: Scenario) -> dict[str, Any]:
    """The JSON form of a scenario (problem.md §3), without keys that hold nothing."""
    document = scenario.to_document()
    settings = {key: value for key, value in document.items() if key not in TABLES}
    tables = {
        table: [{key: cell for key, cell in row.items() if is_given(cell)} for row in document[table]]
        for table in TABLES
        if table in document
    }
    return {**_pruned(settings), **tables}


def settings_of(scenario: Scenario) -> dict[str, Any]:
    """The settings as plain values, dates as dates, without keys that hold nothing."""
    settings = scenario.model_dump(include=set(Settings.model_fields), exclude_unset=True)
    pruned: dict[str, Any] = _pruned(settings)
    return pruned


def _pruned(value: Any) -> Any:
    """A value without the keys that hold nothing, at every depth."""
    if isinstance(value, dict):
        inner = {key: _pruned(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if is_given(item)}
    if isinstance(value, list | tuple):
        return [_pruned(item) for item in value]
    return value
