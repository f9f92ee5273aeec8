"""A scenario as one JSON document: scenario.yaml's keys and an array of row objects a table."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sparplan.cells import is_given
from sparplan.errors import Where
from sparplan.files.collecting import Collector
from sparplan.files.naming import hint, printable
from sparplan.files.raw import MAX_DEPTH, MAX_FILE_BYTES, RawRow, RawScenario
from sparplan.files.source import decode, read_bytes
from sparplan.files.writing import write_text
from sparplan.scenario import MAX_ROWS, OPTIONAL_TABLES, TABLES, Scenario, Settings, columns_of

_LONGEST_INTEGER = 20  # digits; longer ones are out of every range, and slow to take apart


class _Object(dict[str, object]):
    """A JSON object that remembers keys given more than once."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        seen: set[str] = set()
        if len(self) < len(pairs):
            self.twice = tuple(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # None is meant
        else:
            self.twice = ()


def _integer(text: str) -> int | float:
    return int(text) if len(text) <= _LONGEST_INTEGER else float(text)


def read_json(path: Path, faults: Collector) -> RawScenario:
    """Read a JSON document; whatever is wrong is noted among the faults."""
    name = printable(path.name)
    raw = RawScenario(files=dict.fromkeys(("scenario", *TABLES), name), unreadable=set(TABLES))
    document = _parsed(path, Where(name), faults)
    if document is None:
        return raw
    raw.unreadable.clear()
    for key in document.twice:
        faults.add("duplicate_key", Where(name, None, None, printable(key)), name=printable(key))
    known = (*Settings.model_fields, *TABLES)
    for key in document:
        if key not in known:
            where = Where(name, None, None, printable(key))
            faults.add("unknown_key", where, name=printable(key), hint=partial(hint, key, known))
    raw.settings = {key: document[key] for key in Settings.model_fields if key in document}
    for path_of_key, key in _repeated(raw.settings):
        faults.add("duplicate_key", raw.where("scenario", None, path_of_key), name=printable(key))
    for table in TABLES:
        _read_rows(raw, table, document.get(table), faults)
    return raw


def _parsed(path: Path, where: Where, faults: Collector) -> _Object | None:
    data = read_bytes(path, MAX_FILE_BYTES, where, faults)
    if data is None:
        return None
    text = decode(data, where, faults)
    try:
        document = json.loads(text, object_pairs_hook=_Object, parse_int=_integer)
    except json.JSONDecodeError as error:
        faults.add("not_json", Where(where.file, None, error.lineno), position=error.colno)
        return None
    except RecursionError:
        faults.add("too_deep", where, limit=MAX_DEPTH)
        return None
    if _depth(document) > MAX_DEPTH:
        faults.add("too_deep", where, limit=MAX_DEPTH)
        return None
    if not isinstance(document, _Object):
        faults.add("not_object", where, value=printable(document))
        return None
    return document


def _depth(value: object) -> int:
    """Nesting of lists and objects, as far as `MAX_DEPTH` and one more."""
    level, depth = [value], 0
    while level and depth <= MAX_DEPTH:
        inner = [item for item in level if isinstance(item, dict | list)]
        level = [part for item in inner for part in (item.values() if isinstance(item, dict) else item)]
        depth += bool(inner)
        if not inner:
            break
    return depth


def _repeated(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and key of each key given twice in nested settings."""
    parts: Any = ()
    if isinstance(value, _Object):
        for key in value.twice:
            yield f"{path}.{printable(key)}".lstrip("."), key
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value, start=1)
    for key, inner in parts:
        yield from _repeated(inner, f"{path}.{printable(key)}".lstrip("."))


def _read_rows(raw: RawScenario, table: str, value: object, faults: Collector) -> None:
    where = raw.where(table)
    if value is None:
        if table not in OPTIONAL_TABLES:
            faults.add("missing_table", where, table=table)
            raw.unreadable.add(table)
        return
    raw.tables[table] = []
    if not isinstance(value, list):
        faults.add("not_array", where, table=table, value=printable(value))
        raw.unreadable.add(table)
        return
    if len(value) > MAX_ROWS:
        faults.add("too_many_rows", raw.where(table, MAX_ROWS + 1), limit=MAX_ROWS)
        raw.unreadable.add(table)
    known = columns_of(TABLES[table])
    for number, item in enumerate(value[:MAX_ROWS], start=1):
        if isinstance(item, _Object):
            raw.tables[table].append(_row(raw, table, number, item, known, faults))
        else:
            faults.add("not_object", raw.where(table, number), value=printable(item))


def _row(
    raw: RawScenario, table: str, number: int, item: _Object, known: dict[str, bool], faults: Collector
) -> RawRow:
    for key in item.twice:
        faults.add("duplicate_key", raw.where(table, number, printable(key)), name=printable(key))
    for key, cell in item.items():
        column = printable(key)
        if key not in known:
            faults.add(
                "unknown_column",
                raw.where(table, number, column),
                column=column,
                hint=partial(hint, key, known),
            )
        for twice in getattr(cell, "twice", ()):
            faults.add("duplicate_key", raw.where(table, number, column), name=printable(twice))
    return number, {key: cell for key, cell in item.items() if key in known and is_given(cell)}


def write_json(scenario: Scenario, path: Path) -> None:
    """Write a scenario as a JSON document, a row a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, document_text(scenario.to_document()))


def document_text(document: dict[str, Any]) -> str:
    """A JSON document as sparplan writes it: a line for each setting and for each row."""
    lines = []
    for key, value in document.items():
        if key in TABLES:
            rows = ",\n".join(f"  {_dumps(row)}" for row in value)
            lines.append(f"{_dumps(key)}: [\n{rows}\n]" if value else f"{_dumps(key)}: []")
        else:
            lines.append(f"{_dumps(key)}: {_dumps(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
