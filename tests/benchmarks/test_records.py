"""A record is read as it was kept, and what follows from its events is right."""

import math
from pathlib import Path

import pytest

from benchmarks.records import median, newest, read_all, read_record
from tests.benchmarks.made_up import record


def test_times() -> None:
    run = record()
    assert run.first_plan == 1.0
    assert run.time_to(0.6, None) == 1.0
    assert run.time_to(0.05, None) == 2.0
    assert run.time_to(0.01, None) == 4.0
    assert run.to_proof == run.time_to(0, None) == 5.0


def test_gaps() -> None:
    run = record()
    assert run.gap_at(0.9, None) is None
    assert run.gap_at(1.5, None) == pytest.approx(0.55)
    assert run.gap_at(3, None) == pytest.approx(0.04)
    assert run.gap_at(1000, None) == run.gap_at(None, None) == 0


def test_a_run_that_ended_sooner_and_unproven_has_no_gap_later() -> None:
    run = record(bound=995, limit=60)
    assert run.to_proof is None
    assert run.gap_at(60, None) == run.gap_at(None, None) == pytest.approx(0.005)
    assert run.gap_at(61, None) is None


def test_without_a_bound_the_best_known_one_counts() -> None:
    run = record(bound=None, steps=((1.0, 2_000, 1),))
    assert not run.has_bound
    assert not run.is_proven
    assert run.gap_at(2, 950) == pytest.approx(0.525)
    assert run.gap_at(None, 950) == pytest.approx(0.05)
    assert run.gap_at(None, None) is None


def test_a_plan_that_places_nobody_is_none() -> None:
    run = record(objective=10_000, bound=0, steps=((1.0, 10_000, 0),))
    assert run.first_plan is None
    assert run.gap_at(None, None) is None


def test_a_record_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    run = record()
    run.write(tmp_path)
    assert read_record(tmp_path / run.path) == run
    (tmp_path / run.instance / ".half.jsonl").write_text("{", encoding="utf-8")
    assert read_all(tmp_path) == [run]


def test_the_newest_code_is_shown_and_of_it_the_longest_limit() -> None:
    old = record(limit=600, key="old", at="2027-01-01T00:00:00+00:00")
    long = record(limit=120, at="2027-01-02T00:00:00+00:00")
    short = record(limit=30, at="2027-01-03T00:00:00+00:00")
    other = record(rival="greedy")
    shown = {row.rival: row for row in newest([short, old, long, other])}
    assert shown == {"chains": long, "greedy": other}


def test_median() -> None:
    assert median([3, 1, 2]) == 2
    assert median([1, 3]) == 2
    assert median([1, math.inf]) == math.inf
