"""The header of a table: which column is which, what is missing, what isn't known."""

from collections.abc import Sequence
from functools import partial

from sparplan.errors import Where
from sparplan.files.collecting import Collector
from sparplan.files.naming import hint, printable
from sparplan.files.raw import RawScenario
from sparplan.scenario import TABLES, columns_of


def read_header(
    raw: RawScenario, table: str, row: int, cells: Sequence[str], faults: Collector
) -> list[str | None]:
    """The column of each cell of a header, None where it isn't known; faults are noted.

    Required columns that the header lacks are noted in `raw.absent_columns` as well.
    """
    known = columns_of(TABLES[table])
    columns: list[str | None] = []
    for position, cell in enumerate(cells, start=1):
        name = cell.strip()
        where = Where(raw.files[table], table, row, printable(name) or str(position))
        if not name:
            faults.add("empty_header", where, position=position)
        elif name in columns:
            faults.add("duplicate_column", where, column=name)
        elif name not in known:
            faults.add("unknown_column", where, column=printable(name), hint=partial(hint, name, known))
        columns.append(name if name in known and name not in columns else None)
    absent = [column for column, required in known.items() if required and column not in columns]
    for column in absent:
        faults.add("missing_column", Where(raw.files[table], table, row, column), column=column)
    if absent:
        raw.absent_columns[table] = frozenset(absent)
    if next(iter(known)) in absent:
        raw.unreadable.add(table)  # without its ids, nobody can say what isn't there
    return columns
