"""Faults of rows that stand twice: ids, and the keys of travel and kompetensprofiler."""

from collections.abc import Callable
from typing import Any

from sparplan.checks.survey import Survey, is_readable
from sparplan.files.naming import printable

IDS: dict[str, str] = {
    "places": "place",
    "kompetenser": "kompetens",
    "insatser": "insats",
    "rounds": "round",
    "tracks": "track",
    "participants": "participant",
}

KEYS: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "travel": lambda row: (row.from_, row.to, row.mode),
    "kompetensprofiler": lambda row: (row.profile, row.module, row.kompetens, row.level, row.type),
}
"""Keys of several columns, defaults filled in."""


def check(survey: Survey) -> None:
    """Note every row whose id or key was given before."""
    for table, column in IDS.items():
        seen: dict[str, int] = {}
        for index, row in survey.rows(table):
            value = getattr(row, column)
            if not is_readable(value):
                continue
            first = seen.setdefault(value, index)
            if first != index:
                row_number = survey.where(table, first).row
                survey.issues.add(
                    "duplicate_id",
                    survey.where(table, index, column),
                    value=printable(value),
                    first=row_number,
                )
    for table, key_of in KEYS.items():
        keys: dict[tuple[Any, ...], int] = {}
        for index, row in survey.rows(table):
            key = key_of(row)
            if not is_readable(*key):
                continue
            first = keys.setdefault(key, index)
            if first != index:
                shown = ", ".join(printable(part) for part in key if part is not None)
                row_number = survey.where(table, first).row
                survey.issues.add("duplicate_row", survey.where(table, index), shared=shown, first=row_number)
