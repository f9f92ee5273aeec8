"""A plan as a document: what is written, what is read back, and what is refused."""

import json
from pathlib import Path

import pytest

from sparplan.errors import PlanError
from sparplan.kedjor import Plan, Reason, ReasonCode, Run
from tests.cli.conftest import BEST


def test_what_is_not_there_is_left_out() -> None:
    document = BEST.to_document()
    unplaced, placed, empty = (
        next(k for k in document["kedjor"] if k["participant"] == p) for p in ("D01", "D02", "D03")
    )
    assert set(unplaced) == {"participant", "placed", "points", "reasons"}
    assert set(placed) == {"participant", "placed", "track", "start", "end", "days", "points", "steps"}
    assert set(empty) == {"participant", "placed", "track", "days", "points", "steps"}
    assert set(placed["steps"][0]) == {"round", "insats", "place", "start", "end", "pace", "bridge"}
    assert list(document)[:2] == ["schema", "scenario"]


def test_a_plan_without_value_says_so() -> None:
    nothing = BEST.model_copy(update={"objective": None, "bound": None, "gap": None, "kedjor": ()})
    document = nothing.to_document()
    assert (document["objective"], document["bound"], document["gap"], document["kedjor"]) == (
        None,
        None,
        None,
        [],
    )
    assert Plan.from_document(document) == nothing


def test_a_file_is_read_back(tmp_path: Path) -> None:
    BEST.write(tmp_path / "p.json")
    assert Plan.read(str(tmp_path / "p.json")) == BEST
    (tmp_path / "bom.json").write_text(BEST.to_json(), encoding="utf-8-sig")
    assert Plan.read(tmp_path / "bom.json") == BEST


def test_the_same_plan_whatever_it_cost() -> None:
    slower = BEST.model_copy(update={"run": Run(seconds=9.5, work=3.0, notes=("Sent.",))})
    worse = BEST.model_copy(update={"objective": 10**9})
    assert BEST.same_as(slower)
    assert not BEST.same_as(worse)


def test_entries_by_participant() -> None:
    assert BEST.kedja("D02").track == "svets"
    with pytest.raises(KeyError, match="D99"):
        BEST.kedja("D99")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"ingen\.json går inte att läsa"):
        Plan.read(tmp_path / "ingen.json")


def test_the_field_at_fault_is_named() -> None:
    document = json.loads(BEST.to_json())
    document["kedjor"][1]["steps"][0]["pace"] = "halv"
    with pytest.raises(PlanError, match=r"kedjor\.1\.steps\.0\.pace"):
        Plan.from_document(document)


def test_reasons_are_of_the_closed_list() -> None:
    with pytest.raises(PlanError, match="reasons"):
        Plan.from_document({**BEST.to_document(), "kedjor": [
            {"participant": "D01", "placed": False, "points": 1, "reasons": [{"code": "sjuk", "text": "x"}]}]})  # fmt: skip
    assert Reason(code=ReasonCode.SEATS, text="x").code == "seats"


def test_a_notebook_shows_what_the_renderer_draws() -> None:
    plan = BEST.model_copy()
    assert plan._repr_html_() is None
    assert (
        plan.with_renderer(lambda shown: f"<b>{shown.objective}</b>")._repr_html_()
        == f"<b>{BEST.objective}</b>"
    )
