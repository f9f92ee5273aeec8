"""The table of instances is whole and consistent, and only better values enter it."""

from pathlib import Path

import pytest

from benchmarks import instances
from benchmarks.instances import (
    ALL,
    SIZES,
    Instance,
    read_table,
    remade,
    scenario_file,
    scenario_of,
    write_table,
)
from tests.benchmarks.made_up import instance

TABLE = read_table()
LEAST_DISTINCT = 0.6


def test_every_instance_stands_in_the_table() -> None:
    assert list(TABLE) == [row.name for row in ALL]
    assert len({row.sha256 for row in TABLE.values()}) == len(ALL)


def test_best_known_values_agree() -> None:
    for row in TABLE.values():
        assert (row.objective is None) == (not row.objective_by)
        assert (row.bound is None) == (not row.bound_by)
        if row.objective is not None and row.bound is not None:
            assert row.bound <= row.objective, row.name


def test_participants_compile_differently() -> None:
    counted = [row for row in TABLE.values() if row.distinct is not None]
    assert {row.size for row in counted} == set(SIZES)
    assert all(LEAST_DISTINCT <= (row.distinct or 0) <= 1 for row in counted)


@pytest.mark.parametrize("name", ["track-ample-1", "track-scarce-5", "town-scarce-3"])
def test_the_generator_still_makes_them(name: str) -> None:
    assert scenario_of(TABLE[name]).sha256 == TABLE[name].sha256


def test_only_better_values_count() -> None:
    known = instance("track-ample-1").improved(1_000, 900, "a").improved(1_100, 800, "b")
    assert (known.objective, known.objective_by, known.bound, known.bound_by) == (1_000, "a", 900, "a")
    better = known.improved(950, None, "b").improved(None, 950, "c")
    assert (better.objective, better.objective_by, better.bound, better.bound_by) == (950, "b", 950, "c")


def test_a_bound_above_a_plan_is_refused() -> None:
    with pytest.raises(ValueError, match=r"track-ample-1: bound 1001 .* above objective 1000"):
        instance("track-ample-1").improved(1_000, None, "a").improved(None, 1_001, "b")


def test_the_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    rows = [
        instance("track-ample-1", sha256="ab", classes=12, objective=5, objective_by="a"),
        instance("town-scarce-2"),
    ]
    write_table(rows, tmp_path / "table.csv")
    assert list(read_table(tmp_path / "table.csv").values()) == rows
    assert (tmp_path / "table.csv").read_text(encoding="utf-8").splitlines()[1].endswith(",0.600")


def test_a_changed_scenario_loses_what_was_known(monkeypatch: pytest.MonkeyPatch) -> None:
    same, changed = (
        TABLE["track-ample-1"].improved(10**9, -(10**9), "a"),
        instance("track-ample-2", sha256="x", bound=1),
    )
    monkeypatch.setattr(instances, "ALL", (instance("track-ample-1"), instance("track-ample-2")))
    made = remade({row.name: row for row in (same, changed)}, count=["track"])
    assert made == [same, Instance("track", "ample", 2, TABLE["track-ample-2"].sha256, classes=20)]


def test_a_file_is_made_only_of_the_scenario_in_the_table(tmp_path: Path) -> None:
    assert scenario_file(TABLE["track-ample-1"], tmp_path).name == "track-ample-1.json"
    with pytest.raises(ValueError, match="isn't the one in the table"):
        scenario_file(instance("track-ample-1", sha256="x"), tmp_path)


def test_sizes_grow() -> None:
    assert sorted(size.participants for size in SIZES.values()) == [20, 100, 1000, 4000]
