"""One participant's chart."""

from functools import cache

import pytest

from sparplan.charts.gantt import gantt_sheets
from sparplan.charts.goal import profile_reached
from sparplan.charts.sheet import Sheet
from tests.charts.drawn import REASON, artist, boxes_of_texts, day, sample, texts, within


@cache
def chart_of(participant: str) -> Sheet:
    (sheet,) = gantt_sheets(*sample(), participant=participant)
    return sheet


def test_every_step_has_a_row_with_round_place_dates_and_pace() -> None:
    said = texts(chart_of("D01"))
    assert "Svets MAG" in said
    assert "svets-1, Värnamo" in said
    assert "16 aug–17 dec 2027, 100 %" in said
    assert "truck-1, utan fast plats" in said
    tops = [artist(chart_of("D01"), f"step-D01-{number}").get_y() for number in (1, 2, 3, 4, 5)]
    assert tops == sorted(tops)


def test_the_krav_stand_at_the_goal_with_the_day_they_are_reached() -> None:
    said = texts(chart_of("D01"))
    assert "Svetsa med MAG 2" in said
    assert "✓ 17 dec 2027" in said
    assert "Svenska B" in said
    assert "✓ från början" in said
    assert "Klar 17 dec 2027" in said


def test_a_validering_gives_only_what_is_claimed() -> None:
    scenario, plan = sample()
    (truck,) = profile_reached(scenario, plan.kedja("D04"), "lager")
    assert truck.day == day("2027-01-29")
    krav = profile_reached(scenario, plan.kedja("D04"), "svets")
    assert [row.day for row in krav if row.kompetens == "svets"] == [None]


def test_a_participant_without_a_plan_reads_why() -> None:
    said = " ".join(texts(chart_of("D05")))
    assert "D05: ingen plan just nu" in said
    assert REASON in said
    assert "saknas" in said


def test_a_participant_with_nothing_to_do_reads_that() -> None:
    assert any("uppfyller redan alla krav" in text for text in texts(chart_of("D03")))


@pytest.mark.parametrize("participant", ["D01", "D02", "D03", "D04", "D05"])
def test_text_stays_on_the_sheet(participant: str) -> None:
    sheet = chart_of(participant)
    for text, box in boxes_of_texts(sheet):
        assert within(box, sheet.figure.bbox), text
