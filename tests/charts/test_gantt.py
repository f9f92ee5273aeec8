"""The Gantt chart: what is drawn, where, and that it fits."""

from functools import cache
from itertools import combinations

import pytest

from sparplan.charts import plot_gantt
from sparplan.charts.gantt import gantt_sheets
from sparplan.charts.sheet import Sheet
from sparplan.charts.timeline import free_days
from sparplan.errors import PlanError, UsageError
from sparplan.kedjor import Plan, ScenarioRef, Status
from sparplan.messages import speaking
from tests.charts.drawn import REASON, artist, boxes_of_texts, crowd, day, sample, texts, within


@cache
def one(**choice: str) -> Sheet:
    (sheet,) = gantt_sheets(*sample(), **choice)  # type: ignore[arg-type]
    return sheet


def test_a_bar_a_step_as_long_as_it_takes() -> None:
    sheet = one()
    sfi, svets = artist(sheet, "step-D01-1"), artist(sheet, "step-D01-5")
    weeks = (day("2027-06-25") - day("2027-02-01")).days + 1
    a_day = sfi.get_width() / weeks
    assert svets.get_x() - sfi.get_x() == pytest.approx((day("2027-08-16") - day("2027-02-01")).days * a_day)
    assert svets.get_height() == pytest.approx(2 * sfi.get_height())  # 100 and 50 percent


def test_steps_side_by_side_lie_above_one_another() -> None:
    sheet = one()
    sfi, praktik = artist(sheet, "step-D01-1"), artist(sheet, "step-D01-2")
    assert praktik.get_y() + praktik.get_height() == pytest.approx(sfi.get_y())


def test_the_goal_stands_behind_the_last_day_with_its_date() -> None:
    sheet = one()
    svets = artist(sheet, "step-D01-5")
    goal = artist(sheet, "goal-D01").get_xy()
    assert min(x for x, _ in goal) > svets.get_x() + svets.get_width()
    assert "17 dec 2027" in texts(sheet)


def test_an_empty_chain_and_an_unplaced_participant_say_so() -> None:
    said = " ".join(texts(one()))
    assert "Uppfyller redan alla krav. Inga insatser behövs." in said
    assert REASON in said
    assert "Utan plan, 1 deltagare" in said


def test_title_status_and_planning_date_stand_in_words() -> None:
    said = " ".join(texts(one()))
    assert "Prov 2027" in said
    assert "4 av 5 deltagare har en plan." in said
    assert "Bevisat bästa planen" in said
    assert "Planeringsdag 11 jan 2027" in said


def test_the_gap_of_an_unproven_plan_stands_in_words() -> None:
    sheets = gantt_sheets(*crowd(5))
    assert any("högst 3,2 procent" in text for text in texts(sheets[0]))


def test_history_is_paler_and_a_bridge_dashed() -> None:
    sheet = one()
    past, coming = artist(sheet, "step-D02-1"), artist(sheet, "step-D01-5")
    assert sum(past.get_facecolor()) > sum(coming.get_facecolor())
    assert artist(sheet, "step-D01-3").get_linestyle() != "solid"


def test_the_legend_names_only_what_is_there() -> None:
    said = texts(one())
    assert "Sfi" in said
    assert "Regionalt yrkesvux" in said
    assert "Folkhögskola" not in said
    assert "AUB (arbetsmarknadsutbildning)" not in said


def test_the_axis_speaks_swedish() -> None:
    said = texts(one())
    assert {"2027", "maj", "okt", "vecka"} <= set(said)


def test_it_speaks_english_when_asked() -> None:
    with speaking("en"):
        (sheet,) = gantt_sheets(*sample())
    said = texts(sheet)
    assert "May" in said
    assert any("Proven best" in text for text in said)


def test_breaks_and_weekday_holidays_are_shaded_but_not_weekends() -> None:
    scenario, _ = sample()
    first, last = day("2027-06-01").toordinal(), day("2027-08-31").toordinal()
    shaded = free_days(scenario, first, last)
    midsummer_eve, summer = day("2027-06-25").toordinal(), day("2027-07-12").toordinal()
    assert (midsummer_eve, midsummer_eve + 1) in shaded
    assert (summer, day("2027-08-02").toordinal()) in shaded
    assert day("2027-06-26").toordinal() not in {start for start, _ in shaded}  # a Saturday


def test_one_track_shows_its_placed_and_those_who_wish_for_it() -> None:
    names = {text for text in texts(one(track="svets")) if text.startswith("D0")}
    assert names == {"D01", "D02", "D03", "D05"}
    assert "D04" in texts(one(track="lager"))


@pytest.mark.parametrize("count", [1, 5, 25])
def test_text_stays_on_the_sheet_and_on_its_own(count: int) -> None:
    for sheet in gantt_sheets(*crowd(count)):
        found = list(boxes_of_texts(sheet))
        for text, box in found:
            assert within(box, sheet.figure.bbox), text
        for (text, box), (other, other_box) in combinations(found, 2):
            wide = min(box.x1, other_box.x1) - max(box.x0, other_box.x0)
            high = min(box.y1, other_box.y1) - max(box.y0, other_box.y0)
            assert wide < 1 or high < 3.5, (text, other)  # descenders and ascenders may brush


def test_text_in_a_bar_stays_in_the_bar() -> None:
    checked = 0
    for sheet in gantt_sheets(*crowd(25)):
        bars = {each.get_gid(): each for each in sheet.axes.get_children()}
        for text, box in boxes_of_texts(sheet):
            name = text.get_gid() or ""
            if "-text-" in name:
                bar = bars[name.partition("-text-")[0]].get_window_extent()
                assert within(box, bar, slack=1), text
                checked += 1
    assert checked > 50


def test_many_participants_get_several_pages() -> None:
    sheets = gantt_sheets(*crowd(200))
    assert len(sheets) >= 7
    assert len({sheet.height for sheet in sheets}) == 1
    assert f"Sida 2 av {len(sheets)}" in texts(sheets[1])
    shown = [text for sheet in sheets for text in texts(sheet) if text.startswith("P")]
    assert {f"P{number:03}" for number in range(1, 201)} <= set(shown)


def test_rows_per_page_decides_the_number_of_pages() -> None:
    scenario, plan = crowd(30)
    assert len(plot_gantt(scenario, plan)) < len(plot_gantt(scenario, plan, rows_per_page=8))


def test_a_plan_without_anybody_is_still_a_chart() -> None:
    scenario, _ = sample()
    plan = Plan(
        scenario=ScenarioRef(name="Prov", sha256=""),
        status=Status.NO_PLAN,
        engine="auto",
        objective=None,
        bound=None,
        gap=None,
        kedjor=(),
    )
    (sheet,) = gantt_sheets(scenario, plan)
    assert "Här finns inga deltagare att visa." in texts(sheet)


def test_odd_names_are_drawn_as_they_stand() -> None:
    scenario, plan = sample()
    named = scenario.insats_by_id["sfi_c"].replace(name="Kurs $x_1$ <b>&amp; 日本")
    others = tuple(row for row in scenario.insatser if row.insats != "sfi_c")
    (sheet,) = gantt_sheets(scenario.replace(insatser=(named, *others)), plan)
    assert any("$x_1$ <b>" in text for text in texts(sheet))


@pytest.mark.parametrize(
    ("choice", "nearest"), [({"participant": "D1"}, "D01"), ({"track": "svetsare"}, "svets")]
)
def test_an_unknown_name_is_answered_with_the_nearest(choice: dict[str, str], nearest: str) -> None:
    with pytest.raises(UsageError, match=f"Menade du {nearest}"):
        plot_gantt(*sample(), **choice)  # type: ignore[arg-type]


def test_a_name_like_no_other_is_answered_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="I scenariot finns: lager, svets"):
        plot_gantt(*sample(), track="xyzzy")


def test_a_plan_of_another_scenario_is_refused() -> None:
    scenario, plan = sample()
    with pytest.raises(PlanError, match="D05"):
        plot_gantt(scenario.replace(participants=scenario.participants[:4]), plan)


def test_no_page_can_be_without_rows() -> None:
    with pytest.raises(UsageError):
        plot_gantt(*sample(), rows_per_page=0)
