"""The settings of a scenario as plain values: what was given and nothing more, in the contract's order."""

from typing import Any

from sparplan.cells import only_given
from sparplan.scenario import Scenario, Settings


def settings_of(scenario: Scenario) -> dict[str, Any]:
    """The settings as plain values, dates as dates, without keys that hold nothing."""
    settings = scenario.model_dump(include=set(Settings.model_fields), exclude_unset=True)
    given: dict[str, Any] = only_given(settings)
    return given
