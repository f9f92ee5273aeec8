"""From raw values to a draft: every cell is read by its model, and every bad one noted.

A draft is a `Scenario` that holds `BROKEN` in place of what couldn't be read, so that the rest can be
checked all the same. Without faults it is the scenario.
"""

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, get_args

from sparplan.cells import MAX_CELL_LENGTH, is_given
from sparplan.files.collecting import Collector
from sparplan.files.naming import hint, nearest_hint, printable
from sparplan.files.raw import RawScenario
from sparplan.messages import has
from sparplan.scenario import BROKEN, OPTIONAL_TABLES, TABLES, Origin, Row, Scenario, Settings, columns_of

MAX_BREAKS = 10_000
MAX_FAULTY_ROWS = 10_000  # of a table, after which the rest of it isn't looked at

Tell = Callable[[str, str, Mapping[str, Any]], None]
"""What a bad cell is told to: its column, the code, the message's values."""


def draft_of(raw: RawScenario, faults: Collector) -> Scenario:
    """The scenario as far as it could be read."""
    origin = Origin(
        raw.files,
        {table: tuple(number for number, _ in rows) for table, rows in raw.tables.items()},
        raw.lines,
    )
    settings = _Settings(origin, faults).read(Settings, raw.settings, "")
    values = {
        name: BROKEN if settings is BROKEN else getattr(settings, name) for name in Settings.model_fields
    }
    given = set() if settings is BROKEN else set(settings.model_fields_set)
    for table in TABLES:
        values[table] = _rows(raw, table, faults)
        if table in raw.tables or table not in OPTIONAL_TABLES:
            given.add(table)
    draft = Scenario.model_construct(given, **values)
    draft._origin = origin
    return draft


def _rows(raw: RawScenario, table: str, faults: Collector) -> tuple[Row, ...]:
    model = TABLES[table]
    columns = columns_of(model)
    absent = raw.absent_columns.get(table, frozenset())
    broken_rows = raw.broken_rows.get(table, set())
    rows: list[Row] = []
    faulty: set[int] = set(broken_rows)
    for number, cells in raw.tables.get(table, ()):
        if len(faulty) > MAX_FAULTY_ROWS:
            faults.add("too_many_faulty_rows", raw.where(table, number), limit=MAX_FAULTY_ROWS)
            raw.unreadable.add(table)
            break

        def tell(column: str, code: str, values: Mapping[str, Any], number: int = number) -> None:
            faulty.add(number)
            faults.add(code, raw.where(table, number, column), **values)

        if number in broken_rows:
            first = next(iter(columns))
            cells = {column: cell for column, cell in cells.items() if column == first}
            rows.append(_validated(model, cells, columns.keys() - cells.keys(), _say_nothing))
            continue
        missing = [column for column, required in columns.items() if required and column not in cells]
        too_long = [column for column, cell in cells.items() if _is_too_long(cell)]
        for column in missing:
            if column not in absent:
                tell(column, "missing_cell", {"column": column})
        for column in too_long:
            tell(column, "cell_too_long", {"length": _length(cells[column]), "limit": MAX_CELL_LENGTH})
        rows.append(_validated(model, cells, {*missing, *too_long}, tell))
    return tuple(rows)


def _say_nothing(column: str, code: str, values: Mapping[str, Any]) -> None:
    pass


def _is_too_long(cell: object) -> bool:
    """Whether a JSON list or object couldn't stand in one cell of a table. (Texts are measured as cells.)"""
    return isinstance(cell, list | dict) and _length(cell) > MAX_CELL_LENGTH


def _length(cell: Any) -> int:
    parts = cell.items() if isinstance(cell, dict) else cell
    return sum(
        1 + (len(part) if isinstance(part, str) else sum(len(str(text)) + 1 for text in part))
        for part in parts
        if isinstance(part, str | tuple)
    )


def _validated(model: type[Row], cells: Mapping[str, object], broken: Collection[str], tell: Tell) -> Row:
    """A row with BROKEN for the columns named and for whatever the model refuses, which is told."""
    found: list[tuple[tuple[Any, ...], str, Mapping[str, Any]]] = []
    row = model.model_validate({**cells, **dict.fromkeys(broken, BROKEN)}, context=found)
    for path, code, values in found:
        column = str(path[0])
        if column not in broken:
            tell(column, *_fault(code, values))
    return row


def _fault(code: str, values: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """A cell's fault as a message needs it."""
    if code == "unknown_word":
        words = str(values["words"]).split(", ")
        return code, {**values, "hint": partial(nearest_hint, str(values["value"]), words)}
    return (code, values) if has(f"issue.{code}.text") else ("bad_value", {})


class _Settings:
    """Reads the nested settings, model by model, so that each key's fault has its whole path."""

    def __init__(self, origin: Origin, faults: Collector) -> None:
        self._origin = origin
        self._faults = faults

    def read(self, model: type[Row], value: object, path: str) -> Any:
        """The settings of a model, or BROKEN when there is nothing to read."""
        if value is None or value is BROKEN:
            return BROKEN
        if not isinstance(value, dict):
            self._add("not_mapping", path, value=printable(value))
            return BROKEN
        known = columns_of(model)
        for key in value:
            if key not in known:
                key_path = _joined(path, printable(key))
                self._add("unknown_key", key_path, name=printable(key), hint=partial(hint, str(key), known))
        cells: dict[str, object] = {}
        broken = set()
        for key, required in known.items():
            inner = value.get(key)
            key_path = _joined(path, key)
            if inner is BROKEN:
                broken.add(key)
            elif is_given(inner):
                cells[key] = self._inner(model, key, inner, key_path)
                if cells[key] is BROKEN:
                    broken.add(key)
            elif required:
                self._add("missing_key", key_path, name=key)
                broken.add(key)

        def tell(key: str, code: str, values: Mapping[str, Any]) -> None:
            self._add(code, _joined(path, key), **values)

        return _validated(model, cells, broken, tell)

    def _inner(self, model: type[Row], key: str, value: object, path: str) -> object:
        """A key's value: read further where it is settings itself, or a list of them."""
        annotation = model.model_fields[key].annotation
        if isinstance(annotation, type) and issubclass(annotation, Row):
            return self.read(annotation, value, path)
        item = next(iter(get_args(annotation)), None)
        if isinstance(item, type) and issubclass(item, Row) and isinstance(value, list):
            if len(value) > MAX_BREAKS:
                self._add("too_many_items", path, limit=MAX_BREAKS)
                return BROKEN
            read = (
                self.read(item, part or {}, _joined(path, str(i))) for i, part in enumerate(value, start=1)
            )
            return [part for part in read if part is not BROKEN]
        return value

    def _add(self, code: str, path: str, **values: Any) -> None:
        self._faults.add(code, self._origin.setting(path), **values)


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
