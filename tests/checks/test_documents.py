"""Faults of JSON documents: the row is the number of the object in its array."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sparplan.checks import inspect, read_scenario
from tests.checks.faulty_cases import TINY

Document = dict[str, Any]
DOCUMENT = read_scenario(TINY).to_document()
Place = tuple[str, int | None, str | None]

CHANGES: dict[str, tuple[Callable[[Document], object], list[Place]]] = {
    "missing_table": (lambda d: d.pop("rounds"), [("missing_table", None, None)]),
    "null_table": (lambda d: d.update(rounds=None), [("missing_table", None, None)]),
    "object_for_array": (lambda d: d.update(rounds={}), [("not_array", None, None)]),
    "number_for_row": (lambda d: d["places"].append(5), [("not_object", 3, None)]),
    "unknown_top_key": (lambda d: d.update(round=[]), [("unknown_key", None, "round")]),
    "unknown_column": (lambda d: d["rounds"][1].update(sets=4), [("unknown_column", 2, "sets")]),
    "missing_cell": (lambda d: d["rounds"][1].pop("pace"), [("missing_cell", 2, "pace")]),
    "null_cell": (lambda d: d["rounds"][1].update(pace=None), [("missing_cell", 2, "pace")]),
    "text_number": (lambda d: d["places"][0].update(municipality=662), [
        ("not_text", 1, "municipality"), ("unknown_reservation", 2, "reserved_for"), ("home_nowhere", 2, "eligibility")]),
    "nan": (lambda d: d["places"][0].update(lat=float("nan")), [("out_of_range", 1, "lat")]),
    "infinity": (lambda d: d["rounds"][0].update(pace=float("inf")), [("not_whole_number", 1, "pace")]),
    "huge_number": (lambda d: d["rounds"][0].update(seats=10**400), [("not_whole_number", 1, "seats")]),
    "nested_cell": (lambda d: d["places"][0].update(name={"sv": "A"}), [("not_text", 1, "name")]),
    "number_level": (lambda d: d["participants"][0]["claims"].update(svets=1), [("not_text", 1, "claims")]),
    "long_list": (
        lambda d: d["participants"][0].update(attributes=[f"a{n}" for n in range(9000)]),
        [("cell_too_long", 1, "attributes")],
    ),
    "lone_surrogate": (lambda d: d["places"][0].update(name="\ud800"), [("control_character", 1, "name")]),
    "escaped_nul": (lambda d: d["places"][0].update(name="a\0"), [("control_character", 1, "name")]),
    "deep": (lambda d: d.update(name=json.loads("[" * 50 + "]" * 50)), [("too_deep", None, None)]),
    "number_name": (lambda d: d.update(name=2027), [("not_text", None, "name")]),
    "list_for_policy": (lambda d: d.update(policy=[1]), [("not_mapping", None, "policy")]),
    "reversed_round": (lambda d: d["rounds"][0].update(end="2026-01-01"), [("reversed_interval", 1, "end")]),
}  # fmt: skip


def places_of(path: Path) -> list[Place]:
    _, report = inspect(path)
    assert all(issue.where.file == "s.json" and issue.text and issue.help for issue in report.issues)
    return sorted(((i.code, i.where.row, i.where.column) for i in report.issues), key=repr)


@pytest.mark.parametrize("name", CHANGES)
def test_faulty_document(name: str, tmp_path: Path) -> None:
    change, expected = CHANGES[name]
    document = copy.deepcopy(DOCUMENT)
    change(document)
    (tmp_path / "s.json").write_text(json.dumps(document))
    assert places_of(tmp_path / "s.json") == sorted(expected, key=repr)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("not_json", 1, None)]),
        ('{"name": "A",\n}', [("not_json", 2, None)]),
        ("[]", [("not_object", None, None)]),
        ("[" * 100_000, [("too_deep", None, None)]),
        ('{"a":' * 100_000, [("too_deep", None, None)]),
    ],
    ids=["empty", "trailing_comma", "array", "deep_arrays", "deep_objects"],
)
def test_text_that_is_no_scenario(text: str, expected: list[Place], tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(text)
    assert places_of(tmp_path / "s.json") == expected


def test_keys_given_twice(tmp_path: Path) -> None:
    text = json.dumps(DOCUMENT, ensure_ascii=False)
    text = text.replace('"name": "Prov"', '"name": "Prov", "name": "Igen"')
    text = text.replace('"pace": 50', '"pace": 50, "pace": 60')
    text = text.replace('{"svets": "1"}, "attr', '{"svets": "2", "svets": "1"}, "attr')
    text = text.replace('"min_pace": 25', '"min_pace": 25, "min_pace": 30')
    (tmp_path / "s.json").write_text(text)
    assert places_of(tmp_path / "s.json") == [
        ("duplicate_key", 1, "claims"),
        ("duplicate_key", 1, "pace"),
        ("duplicate_key", None, "name"),
        ("duplicate_key", None, "policy.min_pace"),
    ]


def test_cells_may_be_written_as_in_a_table(tmp_path: Path) -> None:
    document = copy.deepcopy(DOCUMENT)
    document["rounds"][0].update(
        days="mon; tue;wed", seats="15", place="gislaved", apply_by="", reserved_for=[]
    )
    document["kompetenser"][0]["levels"] = "A<B<C<D"
    document["participants"][0].update(levels="svenska=B", modes="car", excluded=None, claims={"svets": "1"})
    (tmp_path / "s.json").write_text(json.dumps(document))
    assert read_scenario(tmp_path / "s.json") == read_scenario(TINY)


def test_byte_order_mark_and_crlf(tmp_path: Path) -> None:
    text = json.dumps(DOCUMENT, indent=1).replace("\n", "\r\n")
    (tmp_path / "s.json").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_scenario(tmp_path / "s.json") == read_scenario(TINY)
