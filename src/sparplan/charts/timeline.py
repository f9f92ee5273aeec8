"""The time axis: years, months and weeks along the top, days without studies shaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sparplan.charts.fitting import shortened, text_width
from sparplan.charts.kinds import BREAK, DASHED, INK, LINE, QUIET
from sparplan.charts.sheet import Sheet
from sparplan.charts.wording import short_date, short_month
from sparplan.messages import say
from sparplan.scenario import Scenario
from sparplan.studydays import DAYS_A_WEEK, WEEKDAYS, holidays_of, monday_on_or_after

MONTHS_A_YEAR = 12
AIR = 5.0  # points between two labels
MONTH = "#999999"
DOTTED = (0, (0.8, 1.6))


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days (ordinals) in `[first, last)` laid out between two x positions, in points."""

    first: int
    last: int
    left: float
    right: float

    @property
    def day_width(self) -> float:
        """Points a day."""
        return (self.right - self.left) / (self.last - self.first)

    def x(self, day: int) -> float:
        """Where a day begins."""
        return self.left + (day - self.first) * self.day_width

    def clipped(self, start: int, end: int) -> tuple[float, float] | None:
        """Both x of an interval `[start, end)` as far as it lies on the axis; None if nowhere."""
        low, high = max(start, self.first), min(end, self.last)
        return (self.x(low), self.x(high)) if low < high else None


def scale_for(first: date, last: date, left: float, right: float, after: float) -> TimeScale:
    """A scale from the Monday on or before `first`, with `after` points free behind `last`."""
    start = monday_on_or_after(first.toordinal() - DAYS_A_WEEK + 1)
    days = max(last.toordinal() + 1 - start, 4 * DAYS_A_WEEK)
    width = right - left
    end = start + days * width / max(width - after, width / 4)
    return TimeScale(start, int(end) + 1, left, right)


@dataclass(frozen=True, slots=True)
class AxisStyle:
    """Type sizes (points) and heights of the three bands of the axis."""

    size: float = 8.0
    band: float = 13.0

    @property
    def height(self) -> float:
        """Height of the whole axis."""
        return 3 * self.band


def draw_axis(sheet: Sheet, scale: TimeScale, top: float, bottom: float, style: AxisStyle) -> None:
    """Draw the bands above `top` and lines at years and months down to `bottom`."""
    base = top - style.height
    for start, end in _years(scale):
        span = scale.clipped(start, end)
        if span:
            year = str(date.fromordinal(start).year)
            if shortened(year, span[1] - span[0] - AIR, style.size + 1, bold=True) == year:
                x = span[0] + AIR / 2
                sheet.text(x, base + style.band / 2, year, style.size + 1, bold=True)
            if start > scale.first:
                # not through the numbers of the weeks
                sheet.line((span[0], span[0]), (base, base + 2 * style.band), colour=QUIET, width=0.9)
                sheet.line((span[0], span[0]), (top, bottom), colour=QUIET, width=0.9)
    _draw_months(sheet, scale, base + style.band, bottom, style)
    _draw_weeks(sheet, scale, base + 2 * style.band, style)
    sheet.line((scale.left, scale.right), (top, top), colour=QUIET, width=0.9)


def _draw_months(sheet: Sheet, scale: TimeScale, base: float, bottom: float, style: AxisStyle) -> None:
    names = [short_month(month + 1) for month in range(MONTHS_A_YEAR)]
    widest = max(text_width(name, style.size) for name in names) + AIR
    month_width = 30 * scale.day_width
    step = next((each for each in (1, 2, 3, 6) if each * month_width >= widest), MONTHS_A_YEAR)
    free_from = scale.left
    for start in _months(scale):
        month = date.fromordinal(start).month
        x = scale.x(max(start, scale.first))
        if start >= scale.first and (month - 1) % min(step, 3) == 0:
            sheet.line((x, x), (base, base + style.band), colour=LINE, width=0.6)
            sheet.line(
                (x, x), (base + 2 * style.band, bottom), colour=MONTH, width=0.6, style=DOTTED, layer=0.5
            )
        width = text_width(names[month - 1], style.size)
        end_x = min(scale.right, scale.x(start) + step * month_width)
        if (month - 1) % step == 0 and x >= free_from and x + AIR / 2 + width <= end_x:
            sheet.text(x + AIR / 2, base + style.band / 2, names[month - 1], style.size)
            free_from = x + AIR / 2 + width


def _draw_weeks(sheet: Sheet, scale: TimeScale, base: float, style: AxisStyle) -> None:
    """Number the weeks (ISO 8601) at their Mondays, every one or every 2nd, 4th, 8th as there is room."""
    size = style.size - 1
    widest = text_width("52", size) + AIR
    week_width = DAYS_A_WEEK * scale.day_width
    step = next((each for each in (1, 2, 4, 8) if each * week_width >= widest), None)
    if step is None:
        return
    sheet.text(scale.left - AIR, base + style.band / 2, say("charts.week"), size, colour=QUIET, align="right")
    free_from = scale.left
    for monday in range(monday_on_or_after(scale.first), scale.last, DAYS_A_WEEK):
        week = date.fromordinal(monday).isocalendar().week
        number = str(week)
        x = scale.x(monday)
        end = x + 1 + text_width(number, size)
        if (week - 1) % step == 0 and x >= free_from and end <= scale.right:
            sheet.line((x, x), (base + style.band - 3, base + style.band), colour=QUIET, width=0.5)
            sheet.text(x + 1, base + style.band / 2 - 0.5, number, size, colour=QUIET)
            free_from = end + AIR / 2


def draw_free_days(sheet: Sheet, scale: TimeScale, scenario: Scenario, top: float, bottom: float) -> None:
    """Shade breaks, and holidays that fall on a Monday–Friday."""
    for start, end in free_days(scenario, scale.first, scale.last):
        span = scale.clipped(start, end)
        if span:
            sheet.box(span[0], top, span[1] - span[0], bottom - top, fill=BREAK, layer=0.2)


def free_days(scenario: Scenario, first: int, last: int) -> list[tuple[int, int]]:
    """Half-open intervals of breaks and weekday holidays that touch `[first, last)`, in order."""
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    holidays = {day for year in years for day in holidays_of(scenario.calendar.country, year)}
    intervals = [(day, day + 1) for day in holidays if (day - 1) % DAYS_A_WEEK < len(WEEKDAYS)]
    for pause in scenario.calendar.breaks:
        intervals.append((pause.start.toordinal(), pause.end.toordinal() + 1))
    return sorted({span for span in intervals if span[0] < last and span[1] > first})


def draw_planning_date(
    sheet: Sheet, scale: TimeScale, scenario: Scenario, y: tuple[float, float], style: AxisStyle
) -> None:
    """Draw a dashed line at "today" from the first y to the second, named at its foot."""
    top, bottom = y
    x = scale.x(scenario.planning_date.toordinal())
    sheet.line((x, x), (top, bottom + 4), width=1.4, style=DASHED, layer=3.3)
    label = _planning_label(scenario)
    align = "left" if x + planning_label_width(scenario, style) <= scale.right else "right"
    sheet.text(x, bottom + 6 + style.size / 2, label, style.size, align=align, colour=INK)


def _planning_label(scenario: Scenario) -> str:
    return say("charts.planning_date", day=short_date(scenario.planning_date))


def planning_label_width(scenario: Scenario, style: AxisStyle) -> float:
    """Width of the text at the foot of the planning date's line."""
    return text_width(_planning_label(scenario), style.size)


def _years(scale: TimeScale) -> Iterator[tuple[int, int]]:
    year = date.fromordinal(scale.first).year
    while date(year, 1, 1).toordinal() < scale.last:
        yield date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        year += 1


def _months(scale: TimeScale) -> Iterator[int]:
    day = date.fromordinal(scale.first).replace(day=1)
    while day.toordinal() < scale.last:
        yield day.toordinal()
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
