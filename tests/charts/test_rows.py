"""Rows of the Gantt chart: stacking by pace, grouping by track, pages."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sparplan.charts.rows import HEADING_UNITS, balanced, groups_of, paged, stacked, units_of
from sparplan.kedjor import Step
from tests.charts.drawn import crowd, sample

MONDAY = date(2027, 1, 11)


def step(name: str, start: int, days: int, pace: int) -> Step:
    first = MONDAY + timedelta(days=start)
    return Step(round=name, insats=name, start=first, end=first + timedelta(days=days - 1), pace=pace)


def test_steps_side_by_side_lie_above_one_another() -> None:
    below, above, later = stacked([step("a", 0, 50, 50), step("b", 7, 14, 25), step("c", 50, 10, 100)])
    assert (below.step.round, below.foot, below.height) == ("a", 0, 50)
    assert (above.step.round, above.foot, above.height) == ("b", 50, 25)
    assert (later.step.round, later.foot, later.height) == ("c", 0, 100)


def test_a_hole_is_filled() -> None:
    bars = stacked([step("a", 0, 10, 50), step("b", 0, 30, 50), step("c", 15, 10, 50)])
    assert max(bar.foot + bar.height for bar in bars) == 100


def test_the_smallest_pace_is_still_seen() -> None:
    (bar,) = stacked([step("a", 0, 10, 1)])
    assert bar.height > 10


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40), st.integers(1, 100)), max_size=8))
def test_bars_never_overlap(rows: list[tuple[int, int, int]]) -> None:
    bars = stacked([step(f"r{number}", *row) for number, row in enumerate(rows)])
    assert len(bars) == len(rows)
    for index, one in enumerate(bars):
        for other in bars[index + 1 :]:
            same_day = one.step.start <= other.step.end and other.step.start <= one.step.end
            same_height = one.foot < other.foot + other.height and other.foot < one.foot + one.height
            assert not (same_day and same_height)


def test_groups_are_tracks_by_start_and_then_those_without_a_plan() -> None:
    scenario, plan = sample()
    groups = groups_of(scenario, plan.kedjor)
    assert [group.track for group in groups] == ["svets", "lager", None]
    assert [row.kedja.participant for row in groups[0].rows] == ["D03", "D02", "D01"]
    assert [row.kedja.participant for row in groups[2].rows] == ["D05"]


def test_pages_hold_every_row_once_and_no_more_than_fits() -> None:
    scenario, plan = crowd(100)
    groups = groups_of(scenario, plan.kedjor)
    pages = paged(groups, 20)
    shown = [row.kedja.participant for page in pages for group in page for row in group.rows]
    assert sorted(shown) == sorted(kedja.participant for kedja in plan.kedjor)
    assert all(units_of(page) <= 20 for page in pages)
    assert not pages[0][0].continued
    assert pages[1][0].continued


def test_pages_are_about_equally_full() -> None:
    scenario, plan = crowd(100)
    groups = groups_of(scenario, plan.kedjor)
    pages = balanced(groups, 40)
    assert len(pages) == len(paged(groups, 40))
    units = [units_of(page) for page in pages]
    assert max(units) - min(units) <= 4
    assert max(units) <= 40


def test_a_row_higher_than_the_page_gets_one_of_its_own() -> None:
    scenario, plan = crowd(3)
    pages = paged(groups_of(scenario, plan.kedjor), HEADING_UNITS)
    assert [len(group.rows) for page in pages for group in page] == [1, 1, 1]
