"""One table ↔ CSV text (problem.md §3): comma, a header as row 1, LF or CRLF.

No cell may hold a line break, so each line is read by itself: a quote that is never closed spoils its
own line only, and every fault of a file is found at once.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from sparplan.cells import MAX_CELL_LENGTH, is_given
from sparplan.files.collecting import Collector
from sparplan.files.columns import read_header
from sparplan.files.raw import RawScenario
from sparplan.messages import say
from sparplan.scenario import MAX_ROWS, TABLES, Row, columns_of

MAX_LINES = 2 * MAX_ROWS  # blank ones included
_LONGEST_BROKEN_CELL = 10  # lines that a cell with line breaks is sought over
_BARE_CR = re.compile(r"\r(?!\n)")
_OTHER_SEPARATORS = {";": "separator.semicolon", "\t": "separator.tab"}


def read_table(raw: RawScenario, table: str, text: str, faults: Collector) -> None:
    """Put the rows of a CSV text into `raw.tables`; faults are noted."""
    raw.tables[table] = []
    lines = _lines(raw, table, text, faults)
    separator = _separator(raw, table, lines, faults)
    columns: list[str | None] | None = None
    for number, cells in _records(raw, table, lines, separator, faults):
        if columns is None:
            if number > 1:
                faults.add("header_not_first", raw.where(table, number))
            if number in raw.broken_rows.get(table, ()):
                raw.unreadable.add(table)
                return
            columns = read_header(raw, table, number, cells, faults)
            continue
        if len(raw.tables[table]) == MAX_ROWS:
            faults.add("too_many_rows", raw.where(table, number), limit=MAX_ROWS)
            raw.unreadable.add(table)
            return
        if len(cells) > len(columns):
            faults.add("too_many_cells", raw.where(table, number), cells=len(cells), columns=len(columns))
            raw.broken_rows.setdefault(table, set()).add(number)
        given: dict[str, object] = {
            column: cell for column, cell in zip(columns, cells, strict=False) if column and is_given(cell)
        }
        raw.tables[table].append((number, given))
    if columns is None:
        faults.add("empty_file", raw.where(table), columns=",".join(columns_of(TABLES[table])))
        raw.unreadable.add(table)


def _lines(raw: RawScenario, table: str, text: str, faults: Collector) -> list[str]:
    bare = _BARE_CR.search(text)
    if bare:
        faults.add("bare_cr", raw.where(table, text.count("\n", 0, bare.start()) + 1))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MAX_LINES)
    if len(lines) > MAX_LINES:
        faults.add("too_many_rows", raw.where(table, MAX_LINES + 1), limit=MAX_ROWS)
        raw.unreadable.add(table)
    return lines[:MAX_LINES]


def _separator(raw: RawScenario, table: str, lines: list[str], faults: Collector) -> str:
    """A comma; or what a header without commas is separated by, which is a fault."""
    filled = ((index, line) for index, line in enumerate(lines, start=1) if line.strip())
    number, header = next(filled, (1, ""))
    if "," not in header:
        for separator, name in _OTHER_SEPARATORS.items():
            if separator in header:
                faults.add("wrong_separator", raw.where(table, number), separator=say(name))
                return separator
    return ","


def _records(
    raw: RawScenario, table: str, lines: list[str], separator: str, faults: Collector
) -> Iterator[tuple[int, list[str]]]:
    """Each row that isn't blank, with the number of the line that it begins on.

    Of a row that can't be taken apart only the first cell is given, and the row noted as broken.
    """
    index = 0
    while index < len(lines):
        line, number, used = lines[index], index + 1, 1
        try:
            if '"' not in line:
                cells = line.split(separator)
            else:
                used = _lines_of_record(lines, index, separator)
                cells = _parsed("\n".join(lines[index : index + used]), separator)
        except csv.Error as error:
            faults.add(_code_of(error), raw.where(table, number), length=len(line), limit=MAX_CELL_LENGTH)
            raw.broken_rows.setdefault(table, set()).add(number)
            used, cells = 1, [line.split(separator)[0].strip('" ')]
        if any(map(is_given, cells)):
            yield number, cells
        index += used


def _lines_of_record(lines: list[str], index: int, separator: str) -> int:
    """How many lines a record takes: more than one when a quoted cell runs on to a closing quote."""
    if lines[index].count('"') % 2:
        for used in range(2, _LONGEST_BROKEN_CELL + 1):
            following = lines[index + used - 1 : index + used]
            if following and following[0].count('"') % 2:
                try:
                    _parsed("\n".join(lines[index : index + used]), separator)
                except csv.Error:
                    return 1
                return used
    return 1


def _parsed(record: str, separator: str) -> list[str]:
    return next(csv.reader([record], strict=True, delimiter=separator))


def _code_of(error: csv.Error) -> str:
    text = str(error)
    if "field limit" in text:
        return "cell_too_long"
    return "unclosed_quote" if "end of data" in text else "text_after_quote"


def table_text(table: str, rows: Iterable[Row]) -> str:
    """A table as sparplan writes it: every column, empty cells for what wasn't given, LF."""
    model = TABLES[table]
    fields = [
        (name, "<" if (table, name) == ("kompetenser", "levels") else ";") for name in model.model_fields
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns_of(model))
    for row in rows:
        given = row.model_fields_set
        writer.writerow(
            cell_text(getattr(row, name), separator) if name in given else "" for name, separator in fields
        )
    return buffer.getvalue()


def cell_text(value: object, separator: str = ";") -> str:
    """A cell's value as text that is read back as the same value."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            # digits in full: the parser takes no exponents, and no more than 15 decimals
            return format(Decimal(repr(round(value, 15))), "f")
        case date():
            return value.isoformat()
        case tuple() | list():
            return separator.join(str(item) for item in value)
        case dict():
            return separator.join(f"{name}={level}" for name, level in value.items())
    return str(value)
