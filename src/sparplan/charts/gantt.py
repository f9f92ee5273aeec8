"""The Gantt chart of a plan: a row a participant, grouped by track, on as many A3 pages as it takes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from sparplan.charts import legend
from sparplan.charts.bars import Box, draw_goal, draw_step, goal_room
from sparplan.charts.choosing import chosen
from sparplan.charts.fitting import shortened, text_width, wrapped
from sparplan.charts.kinds import BAND, LINE, PAPER, QUIET
from sparplan.charts.person import person_sheet
from sparplan.charts.rows import HEADING_UNITS, Group, Row, balanced, groups_of, units_of
from sparplan.charts.sheet import A3, Sheet, drawing
from sparplan.charts.timeline import (
    AxisStyle,
    TimeScale,
    draw_axis,
    draw_free_days,
    draw_planning_date,
    scale_for,
)
from sparplan.charts.wording import (
    chain_weeks,
    kedja_in_words,
    placed_in_words,
    reasons_in_words,
    status_in_words,
)
from sparplan.errors import UsageError
from sparplan.kedjor import Insatskedja, Plan
from sparplan.messages import say, say_count, say_date
from sparplan.scenario import Scenario

ROWS_PER_PAGE = 30
MARGIN = 26.0
TITLE_HEIGHT = 54.0
FOOT_HEIGHT = 24.0
TALLEST_ROW = 42.0  # points
TALLEST_HEADING = 22.0
TEXT_SIZE = 8.5
LABEL_SIZE = 9.0
WEEKS_SIZE = 7.5
LEGEND_SIZE = 8.5
WIDEST_LABEL = 130.0
AXIS = AxisStyle()


def plot_gantt(
    scenario: Scenario,
    plan: Plan,
    *,
    participant: str | None = None,
    track: str | None = None,
    rows_per_page: int = ROWS_PER_PAGE,
) -> list[Figure]:
    """Draw a plan as one or more pages.

    Parameters
    ----------
    participant
        Draw this person's chain alone, a row a step, larger and with names of rounds and places.
    track
        Draw those who are placed on this track, and those without a plan who name it.
    rows_per_page
        Rows on a page, headings included; a page is at most an A3 in landscape.

    Returns
    -------
    list of Figure
        The pages, at least one.

    Raises
    ------
    UsageError
        When there is no such participant or track.
    PlanError
        When the plan belongs to another scenario.
    """
    sheets = gantt_sheets(scenario, plan, participant=participant, track=track, rows_per_page=rows_per_page)
    return [sheet.figure for sheet in sheets]


def gantt_sheets(
    scenario: Scenario,
    plan: Plan,
    *,
    participant: str | None = None,
    track: str | None = None,
    rows_per_page: int = ROWS_PER_PAGE,
) -> list[Sheet]:
    """As `plot_gantt`, with title, description and hints for svg."""
    if rows_per_page < 1:
        raise UsageError(say("charts.rows_per_page", given=rows_per_page))
    kedjor = chosen(scenario, plan, participant=participant, track=track)
    with drawing():
        if participant is not None:
            return [person_sheet(scenario, plan, kedjor[0])]
        return _Gantt(scenario, plan, kedjor, track).sheets(rows_per_page)


@dataclass(frozen=True, slots=True)
class _Layout:
    """What all pages share."""

    scale: TimeScale
    row_height: float
    page_height: float
    legend: list[list[legend.Entry]]

    @property
    def top(self) -> float:
        """Where the first row begins."""
        return MARGIN + TITLE_HEIGHT + AXIS.height

    @property
    def heading_height(self) -> float:
        """Height of a group's heading."""
        return min(HEADING_UNITS * self.row_height, TALLEST_HEADING)

    def height_of(self, page: Sequence[Group]) -> float:
        """Height of a page's groups with their headings."""
        rows = sum(row.units for group in page for row in group.rows)
        return rows * self.row_height + len(page) * self.heading_height

    @property
    def foot(self) -> float:
        """Where the legend's first line lies."""
        lines = len(self.legend)
        return self.page_height - MARGIN - (lines - 0.5) * legend.line_height(LEGEND_SIZE)


class _Gantt:
    def __init__(
        self, scenario: Scenario, plan: Plan, kedjor: tuple[Insatskedja, ...], track: str | None
    ) -> None:
        self.scenario, self.plan, self.kedjor, self.track = scenario, plan, kedjor, track
        self.width = A3[0]

    def sheets(self, rows_per_page: int) -> list[Sheet]:
        groups = groups_of(self.scenario, self.kedjor)
        pages = balanced(groups, rows_per_page) or ((),)
        layout = self._layout(pages)
        return [self._page(layout, page, number, len(pages)) for number, page in enumerate(pages, start=1)]

    def _layout(self, pages: Sequence[Sequence[Group]]) -> _Layout:
        lines = legend.in_lines(self._entries(), self.width - 2 * MARGIN, LEGEND_SIZE)
        below = FOOT_HEIGHT + len(lines) * legend.line_height(LEGEND_SIZE) + MARGIN
        above = MARGIN + TITLE_HEIGHT + AXIS.height
        fullest = max(units_of(page) for page in pages)
        room = A3[1] - above - below
        if len(pages) > 1:
            row_height = min(TALLEST_ROW, room / fullest)
            return _Layout(self._scale(), row_height, A3[1], lines)
        row_height = min(TALLEST_ROW, room / max(fullest, 1))
        layout = _Layout(self._scale(), row_height, A3[1], lines)
        height = above + max(layout.height_of(pages[0]), 3 * row_height) + below
        return replace(layout, page_height=min(height, A3[1]))

    def _entries(self) -> list[legend.Entry]:
        steps = [step for kedja in self.kedjor for step in kedja.steps]
        entries = legend.kind_entries(self.scenario.insats_by_id[step.insats].kind for step in steps)
        if any(step.bridge for step in steps):
            entries.append(legend.bridge_entry())
        if any(step.start < self.scenario.planning_date for step in steps):
            entries.append(legend.history_entry())
        if any(kedja.placed for kedja in self.kedjor):
            entries.append(legend.goal_entry())
        if any(not kedja.placed for kedja in self.kedjor):
            entries.append(legend.unplaced_entry())
        return [*entries, legend.planning_entry(), legend.break_entry()]

    def _scale(self) -> TimeScale:
        starts = [step.start for kedja in self.kedjor for step in kedja.steps]
        ends = [step.end for kedja in self.kedjor for step in kedja.steps]
        first = min([self.scenario.planning_date, *starts])
        last = max(ends, default=self.scenario.horizon.end)
        last = max(last, self.scenario.planning_date)
        names = max(
            (text_width(kedja.participant, LABEL_SIZE, bold=True) for kedja in self.kedjor), default=0
        )
        weeks = max((text_width(chain_weeks(kedja), WEEKS_SIZE) for kedja in self.kedjor), default=0)
        left = MARGIN + 5 + min(WIDEST_LABEL, names) + 12 + weeks + 6
        return scale_for(first, last, left, self.width - MARGIN, goal_room(TEXT_SIZE))

    def _page(self, layout: _Layout, page: Sequence[Group], number: int, pages: int) -> Sheet:
        sheet = Sheet(self.width, layout.page_height)
        self._title(sheet, number, pages)
        bottom = layout.top + max(layout.height_of(page), layout.row_height)
        draw_free_days(sheet, layout.scale, self.scenario, layout.top, bottom)
        draw_axis(sheet, layout.scale, layout.top, bottom, AXIS)
        y = layout.top
        for group in page:
            self._heading(sheet, layout, group, y)
            y += layout.heading_height
            for row in group.rows:
                self._row(sheet, layout, row, y)
                y += row.units * layout.row_height
        if not page:
            sheet.text(layout.scale.left + 12, (layout.top + bottom) / 2, say("charts.nobody"), 10)
        sheet.line((MARGIN, self.width - MARGIN), (bottom, bottom), colour=QUIET, width=0.9)
        draw_planning_date(sheet, layout.scale, self.scenario, (layout.top, bottom), AXIS)
        legend.draw_legend(sheet, layout.legend, MARGIN, layout.foot, LEGEND_SIZE)
        self._describe(sheet, page, number, pages)
        return sheet

    def _title(self, sheet: Sheet, number: int, pages: int) -> None:
        room = self.width - 2 * MARGIN - 100
        sheet.text(MARGIN, MARGIN + 11, shortened(self._name(), room, 19, bold=True), 19, bold=True)
        facts = [
            placed_in_words(self.kedjor),
            status_in_words(self.plan),
            say("charts.planned_on", day=say_date(self.scenario.planning_date)),
        ]
        line = shortened(" ".join(facts), self.width - 2 * MARGIN, 11)
        sheet.text(MARGIN, MARGIN + 35, line, 11)
        if pages > 1:
            text = say("charts.page", number=number, pages=pages)
            sheet.text(self.width - MARGIN, MARGIN + 11, text, 11, align="right")

    def _name(self) -> str:
        track = self.track or self.plan.scenario.track
        if track is None or track not in self.scenario.track_by_id:
            return self.scenario.name
        return f"{self.scenario.name}: {self.scenario.track_by_id[track].name}"

    def _heading(self, sheet: Sheet, layout: _Layout, group: Group, y: float) -> None:
        height = layout.heading_height
        sheet.box(MARGIN, y, self.width - 2 * MARGIN, height, fill=BAND, layer=3.6)
        size = min(10.0, 0.6 * height)
        count = say_count("charts.participants", group.size)
        text = f"{group.heading}, {count}"
        if group.continued:
            text += f" {say('charts.continued')}"
        text = shortened(text, self.width - 2 * MARGIN - 12, size, bold=True)
        sheet.text(MARGIN + 5, y + height / 2, text, size, bold=True)

    def _row(self, sheet: Sheet, layout: _Layout, row: Row, y: float) -> None:
        height = row.units * layout.row_height
        kedja = row.kedja
        sheet.line((MARGIN, self.width - MARGIN), (y + height, y + height), colour=LINE, width=0.5)
        self._label(sheet, layout, kedja, y, height)
        if not kedja.placed:
            self._unplaced(sheet, layout, kedja, y, height)
        elif kedja.end is None or not kedja.steps:
            x = layout.scale.x(self.scenario.planning_date.toordinal())
            sheet.diamond(x + 8, y + height / 2, 4.6, name=f"goal-{kedja.participant}")
            sheet.text(x + 17, y + height / 2, say("charts.holds_all"), TEXT_SIZE, plate=PAPER)
        else:
            pad = 0.09 * layout.row_height
            unit = (height - 2 * pad) / row.top
            for bar in row.bars:
                left, right = layout.scale.clipped(
                    bar.step.start.toordinal(), bar.step.end.toordinal() + 1
                ) or (0.0, 0.0)
                box = Box(
                    left,
                    y + height - pad - (bar.foot + bar.height) * unit,
                    right - left,
                    bar.height * unit,
                )
                draw_step(sheet, self.scenario, kedja, bar.step, box, most_size=TEXT_SIZE)
            end = layout.scale.x(kedja.end.toordinal() + 1)
            draw_goal(sheet, kedja, end, y + height / 2, min(TEXT_SIZE, 0.6 * layout.row_height))

    def _label(self, sheet: Sheet, layout: _Layout, kedja: Insatskedja, y: float, height: float) -> None:
        size = min(LABEL_SIZE, 0.55 * layout.row_height)
        weeks = chain_weeks(kedja)
        weeks_size = min(WEEKS_SIZE, size)
        room = layout.scale.left - MARGIN - 19 - text_width(weeks, weeks_size)
        name = shortened(kedja.participant, room, size, bold=True, least=1)
        middle = y + height / 2
        sheet.text(MARGIN + 5, middle, name, size, bold=True, name=f"row-{kedja.participant}")
        if weeks:
            x = layout.scale.left - 6
            sheet.text(x, middle, weeks, weeks_size, colour=QUIET, align="right")

    def _unplaced(self, sheet: Sheet, layout: _Layout, kedja: Insatskedja, y: float, height: float) -> None:
        x = max(layout.scale.x(self.scenario.planning_date.toordinal()), layout.scale.left) + 12
        middle = y + height / 2
        legend.draw_cross(sheet, x, middle, 3.6)
        tracks = self.scenario.participant_by_id[kedja.participant].tracks
        names = ", ".join(self.scenario.track_by_id[track].name for track in tracks)
        size = min(TEXT_SIZE, 0.34 * layout.row_height)
        most = 2 if size >= 6.5 else 1
        size = max(size, 6.5)
        text = f"{names}: {reasons_in_words(kedja)}"
        lines = wrapped(text, layout.scale.right - x - 14, size, most=most)
        for number, line in enumerate(lines):
            shift = (number - (len(lines) - 1) / 2) * 1.25 * size
            sheet.text(x + 11, middle + shift, line, size, plate=PAPER)

    def _describe(self, sheet: Sheet, page: Sequence[Group], number: int, pages: int) -> None:
        sheet.title = say("charts.title", name=self._name())
        if pages > 1:
            sheet.title += f", {say('charts.page', number=number, pages=pages)}"
        words = [placed_in_words(self.kedjor), status_in_words(self.plan)]
        for group in page:
            words.append(f"{group.heading}:")
            words += [kedja_in_words(row.kedja) for row in group.rows]
        sheet.description = " ".join(words)
