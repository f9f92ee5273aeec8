"""All faults and warnings of a scenario at once.

The reading of files finds what is wrong with single cells; what stands here looks across rows and tables:
references, duplicates, dates, what is demanded of a round, and what is legal but looks like a mistake.
"""

from pathlib import Path

from sparplan.checks import pins, references, roads, rounds, settings, suspicious, uniqueness, usefulness
from sparplan.checks.survey import Survey
from sparplan.errors import Issue, Report, ScenarioError
from sparplan.files.collecting import Collector
from sparplan.files.reading import Reading, read
from sparplan.scenario import TABLES, Scenario, columns_of

FAULTS = (settings.check, uniqueness.check, references.check, rounds.check, pins.check)
"""What every draft is asked, also one with cells that couldn't be read."""

WARNINGS = (
    (suspicious.check, frozenset[str | None]()),
    (roads.check, frozenset({"places", "travel", "rounds", "participants"})),
    (usefulness.check, frozenset({"places", "kompetenser", "insatser", "rounds", "participants"})),
    (
        usefulness.check_krav,
        frozenset({"kompetenser", "insatser", "rounds", "kompetensprofiler", "tracks"}),
    ),
)
"""What is worth a warning, and the tables that must be free from faults for the answer to make sense."""


def inspect(path: str | Path) -> tuple[Scenario | None, Report]:
    """Read a scenario and list everything that is wrong or suspicious; no scenario when there are faults.

    Raises
    ------
    UsageError
        When the path isn't there, or is no scenario's.
    """
    reading = read(path)
    report = _report(reading)
    return (reading.draft if report.ok else None), report


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario from a folder or a JSON document.

    Faults between rows (an unknown id, say) don't stop the reading: `check` lists them.

    Raises
    ------
    ScenarioError
        With every issue, when a file, row or cell can't be read.
    UsageError
        When the path isn't there, or is no scenario's.
    """
    reading = read(path)
    if reading.faulty:
        raise ScenarioError(_report(reading).issues)
    return reading.draft


def check(scenario: Scenario) -> Report:
    """Every fault and warning of a scenario in memory.

    >>> check(scenario).raise_if_errors()  # doctest: +SKIP
    """
    return Report.of(_in_order(_cross_checked(scenario)))


def _report(reading: Reading) -> Report:
    found = _cross_checked(reading.draft, reading.faulty, reading.unreadable)
    return Report.of(_in_order((*reading.issues, *found)))


def _cross_checked(
    draft: Scenario,
    faulty: frozenset[str | None] = frozenset(),
    unreadable: frozenset[str] = frozenset(),
) -> tuple[Issue, ...]:
    found = Collector()
    survey = Survey(draft, found, unreadable)
    for faults_of in FAULTS:
        faults_of(survey)
    doubtful = {*faulty, *found.faulty}
    for warnings_of, tables in WARNINGS:
        if not tables & doubtful and (not tables or None not in doubtful):
            warnings_of(survey)
    return found.issues


def _in_order(issues: tuple[Issue, ...]) -> list[Issue]:
    """Issues in the order of files, rows and columns, as a reader goes through them."""
    tables = ("scenario", *TABLES)
    columns = {
        (table, column): index
        for table, model in TABLES.items()
        for index, column in enumerate(columns_of(model))
    }

    def key(issue: Issue) -> tuple[int, bool, int, int]:
        where = issue.where
        order = tables.index(where.table) if where.table in tables else len(tables)
        column = columns.get((where.table or "", where.column or ""), -1)
        return order, issue.code == "more_issues", where.row or 0, column

    return sorted(issues, key=key)
