"""scenario.yaml ↔ plain values. The YAML is never turned into objects: every scalar is taken as text.

So `country: NO` is the text NO and `name: 2027` the text 2027; the models decide what they mean. Anchors,
aliases, tags, duplicate keys and further documents are refused.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from sparplan.errors import Where
from sparplan.files.collecting import Collector
from sparplan.files.naming import printable
from sparplan.files.raw import MAX_DEPTH, RawScenario
from sparplan.scenario import BROKEN

_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(
    {None, "!", *(_TAG + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq"))}
)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, where PyYAML was built with it
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class _TooDeep(Exception):
    pass


def read_settings(raw: RawScenario, text: str, faults: Collector) -> None:
    """Put the keys of a YAML text into `raw.settings` and their lines into `raw.lines`."""
    where = raw.where("scenario")
    bad = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if bad:
        row, line_start = text.count("\n", 0, bad.start()) + 1, text.rfind("\n", 0, bad.start())
        character, position = f"U+{ord(bad.group()):04X}", bad.start() - line_start
        place = Where(where.file, where.table, row)
        faults.add("control_character", place, character=character, position=position)
        return
    try:
        value = _Reader(raw, text, faults).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row, position = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        faults.add("not_yaml", Where(where.file, where.table, row), position=position)
    except (_TooDeep, RecursionError):
        faults.add("too_deep", where, limit=MAX_DEPTH)
    else:
        if isinstance(value, dict):
            raw.settings = value
        elif value is None:
            faults.add("empty_settings", where)
        elif value is not BROKEN:
            faults.add("not_mapping", where, value=printable(value))


class _Reader:
    """Builds plain values out of the parser's events."""

    def __init__(self, raw: RawScenario, text: str, faults: Collector) -> None:
        self._raw = raw
        self._faults = faults
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))

    def document(self) -> object:
        """The value of the first document; more of them are a fault."""
        value: object = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault("yaml_documents", event)
                    break
                value = self._value(next(self._events), "", 0)
        return value

    def _value(self, event: Any, path: str, depth: int) -> object:
        if depth > MAX_DEPTH:
            raise _TooDeep
        self._raw.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent):
            self._fault("yaml_alias", event, path, name=printable(event.anchor))
            return BROKEN
        if event.anchor is not None:
            self._fault("yaml_alias", event, path, name=printable(event.anchor))
        is_plain = event.tag in _PLAIN_TAGS
        if not is_plain:
            self._fault("yaml_tag", event, path, tag=printable(event.tag))
        value = self._content(event, path, depth)
        return value if is_plain else BROKEN

    def _content(self, event: Any, path: str, depth: int) -> object:
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        if event.style is None and event.value in _NULLS:
            return None
        # a block scalar ends with a line break that nobody meant
        return event.value.rstrip("\n") if event.style in ("|", ">") else event.value

    def _mapping(self, path: str, depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            if key is None:
                self._fault("yaml_key", event, path)
                self._value(event, path, depth + 1)
            inner = _joined(path, printable(key))
            if key in mapping:
                self._fault("duplicate_key", event, inner, name=printable(key))
            elif key is not None:
                self._raw.lines.setdefault(inner, event.start_mark.line + 1)
            value = self._value(next(self._events), inner, depth + 1)
            if key is not None:
                mapping.setdefault(key, value)
        return mapping

    def _sequence(self, path: str, depth: int) -> list[object]:
        items: list[object] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, _joined(path, str(len(items) + 1)), depth + 1))
        return items

    def _fault(self, code: str, event: Any, path: str = "", **values: Any) -> None:
        row = event.start_mark.line + 1
        self._faults.add(code, Where(self._raw.files["scenario"], "scenario", row, path or None), **values)


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


class _Dumper(yaml.SafeDumper):
    """Writes a value anew each time: the reader takes no aliases, and two dates may be one object."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (PyYAML asks for every value)
        """No value is written as an alias."""
        return True


def settings_text(settings: dict[str, Any]) -> str:
    """Settings as sparplan writes them: YAML in block style, keys in the contract's order."""
    text: str = yaml.dump(
        settings, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=10**9
    )
    return text
