"""The scenario: pydantic models of problem.md §3, frozen, unknown fields refused.

A row keeps what was written: a cell that wasn't given stays *unset* (`model_fields_set`), reads as its
default, and isn't written back. Row objects say nothing about other tables; `checks.py` does.
"""

from sparplan.scenario.origin import Origin
from sparplan.scenario.row import BROKEN, Row
from sparplan.scenario.rows import (
    MAX_ROWS,
    OPTIONAL_TABLES,
    TABLES,
    Duration,
    Insats,
    Kompetens,
    Participant,
    Pin,
    Place,
    ProfileRow,
    Round,
    Track,
    Travel,
    columns_of,
)
from sparplan.scenario.settings import (
    MAX_HORIZON_DAYS,
    Break,
    CalendarSettings,
    Interval,
    PointWeights,
    Policy,
    Settings,
)
from sparplan.scenario.whole import Scenario
from sparplan.scenario.words import Form, Intake, Kind, Mode, Organiser, ProfileType, one_of

__all__ = [
    "BROKEN",
    "MAX_HORIZON_DAYS",
    "MAX_ROWS",
    "OPTIONAL_TABLES",
    "TABLES",
    "Break",
    "CalendarSettings",
    "Duration",
    "Form",
    "Insats",
    "Intake",
    "Interval",
    "Kind",
    "Kompetens",
    "Mode",
    "Organiser",
    "Origin",
    "Participant",
    "Pin",
    "Place",
    "PointWeights",
    "Policy",
    "ProfileRow",
    "ProfileType",
    "Round",
    "Row",
    "Scenario",
    "Settings",
    "Track",
    "Travel",
    "columns_of",
    "one_of",
]
