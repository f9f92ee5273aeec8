"""One participant's chart: a row a step, with round, place, dates and pace, and the krav at the goal."""

from datetime import date

from sparplan.charts import legend
from sparplan.charts.bars import Box, draw_box
from sparplan.charts.fitting import shortened, text_width, wrapped
from sparplan.charts.goal import Reached, profile_reached
from sparplan.charts.kinds import INK, LINE, PAPER, QUIET
from sparplan.charts.rows import FULL_TIME, LEAST_LANE
from sparplan.charts.sheet import A4, Sheet
from sparplan.charts.timeline import (
    AxisStyle,
    TimeScale,
    draw_axis,
    draw_free_days,
    draw_planning_date,
    planning_label_width,
    scale_for,
)
from sparplan.charts.wording import (
    kedja_in_words,
    level_name,
    place_name,
    short_date,
    short_period,
    status_in_words,
    step_in_words,
)
from sparplan.kedjor import Insatskedja, Plan, Step
from sparplan.messages import say, say_date
from sparplan.scenario import Scenario

MARGIN = 30.0
TITLE_HEIGHT = 70.0
LABELS = 190.0  # points for the names of steps, left
PANEL = 175.0  # points for the krav, right
TALLEST_ROW, LOWEST_ROW = 58.0, 38.0
NAME_SIZE, TEXT_SIZE = 11.0, 9.0
LEGEND_SIZE = 9.0
PARAGRAPH_SIZE = 12.5
PANEL_FILL = "#f6f6f6"
AXIS = AxisStyle(size=9.5, band=15.0)


def person_sheet(scenario: Scenario, plan: Plan, kedja: Insatskedja) -> Sheet:
    """Draw one participant's chain on an A4 in landscape, taller when there are many steps."""
    return _Person(scenario, plan, kedja).sheet()


class _Person:
    def __init__(self, scenario: Scenario, plan: Plan, kedja: Insatskedja) -> None:
        self.scenario, self.plan, self.kedja = scenario, plan, kedja
        self.steps = sorted(kedja.steps, key=lambda step: (step.start, step.end, step.round))
        first_choice = scenario.participant_by_id[kedja.participant].tracks[0]
        self.track = kedja.track or plan.scenario.track or first_choice
        self.panel_x = A4[0] - MARGIN - PANEL
        self.top = MARGIN + TITLE_HEIGHT + AXIS.height

    def sheet(self) -> Sheet:
        lines = legend.in_lines(self._entries(), A4[0] - 2 * MARGIN, LEGEND_SIZE)
        below = 30 + len(lines) * legend.line_height(LEGEND_SIZE) + MARGIN
        panel = self._panel_lines()
        paragraphs = self._paragraphs()
        beside = max(sum(height for height, *_ in panel), sum(height for height, _ in paragraphs))
        needed = max(beside - AXIS.height, 3 * LOWEST_ROW)
        count = max(len(self.steps), 1)
        row_height = min(TALLEST_ROW, max(LOWEST_ROW, (A4[1] - self.top - below) / count))
        bottom = self.top + max(count * row_height, needed)
        sheet = Sheet(A4[0], bottom + below)
        self._title(sheet)
        if self.steps:
            self._draw_steps(sheet, row_height, bottom)
        y = self.top - AXIS.height - 14
        for height, line in paragraphs:
            y += height
            sheet.text(MARGIN, y, line, PARAGRAPH_SIZE)
        self._draw_panel(sheet, panel, bottom)
        legend.draw_legend(
            sheet, lines, MARGIN, bottom + 30 + legend.line_height(LEGEND_SIZE) / 2, LEGEND_SIZE
        )
        sheet.description = " ".join(
            [kedja_in_words(self.kedja), *(f"{step_in_words(self.scenario, step)}." for step in self.steps)]
        )
        return sheet

    def _entries(self) -> list[legend.Entry]:
        if not self.steps:
            return []
        entries = legend.kind_entries(self.scenario.insats_by_id[step.insats].kind for step in self.steps)
        if any(step.bridge for step in self.steps):
            entries.append(legend.bridge_entry())
        if any(step.start < self.scenario.planning_date for step in self.steps):
            entries.append(legend.history_entry())
        return [*entries, legend.goal_entry(), legend.planning_entry(), legend.break_entry()]

    def _title(self, sheet: Sheet) -> None:
        who, goal = self.kedja.participant, self.scenario.track_by_id[self.track].name
        if self.kedja.placed:
            title = say("charts.person.title", participant=who, track=goal)
        else:
            title = say("charts.person.title_unplaced", participant=who)
        sheet.title = f"{self.scenario.name}: {title}"
        width = A4[0] - 2 * MARGIN
        about = f"{self.scenario.name}. {status_in_words(self.plan)}"
        sheet.text(MARGIN, MARGIN, shortened(about, width, TEXT_SIZE), TEXT_SIZE, colour=QUIET)
        sheet.text(MARGIN, MARGIN + 23, shortened(title, width, 19, bold=True), 19, bold=True)
        if self.steps:
            sheet.text(MARGIN, MARGIN + 48, shortened(kedja_in_words(self.kedja), width, 11.5), 11.5)

    def _scale(self) -> TimeScale:
        first = min(self.scenario.planning_date, self.steps[0].start)
        last = max(self.scenario.planning_date, *(step.end for step in self.steps))
        return scale_for(first, last, MARGIN + LABELS, self.panel_x - 14, 16)

    def _draw_steps(self, sheet: Sheet, row_height: float, bottom: float) -> None:
        scale = self._scale()
        draw_free_days(sheet, scale, self.scenario, self.top, bottom)
        draw_axis(sheet, scale, self.top, bottom, AXIS)
        for number, step in enumerate(self.steps):
            y = self.top + number * row_height
            self._label(sheet, step, y, row_height)
            self._bar(sheet, scale, step, y, row_height)
            sheet.line((MARGIN, scale.right), (y + row_height, y + row_height), colour=LINE, width=0.5)
        sheet.line((MARGIN, scale.right), (bottom, bottom), colour=QUIET, width=0.9)
        draw_planning_date(sheet, scale, self.scenario, (self.top, bottom), AXIS)
        if self.kedja.end is not None:
            self._goal(sheet, scale, self.kedja.end, bottom)

    def _goal(self, sheet: Sheet, scale: TimeScale, end: date, bottom: float) -> None:
        x = scale.x(end.toordinal() + 1)
        sheet.line((x, x), (self.top, bottom), width=1.0, layer=2)
        sheet.diamond(x, bottom, 6, name=f"goal-{self.kedja.participant}")
        label = say("charts.person.done", day=short_date(end))
        right = min(x + 20, scale.right)
        today = scale.x(self.scenario.planning_date.toordinal())
        room = right - today - planning_label_width(self.scenario, AXIS)
        if text_width(label, AXIS.size, bold=True) + 12 <= room:
            sheet.text(right, bottom + 8 + AXIS.size / 2, label, AXIS.size, bold=True, align="right")

    def _label(self, sheet: Sheet, step: Step, y: float, height: float) -> None:
        middle = y + height / 2
        name = self.scenario.insats_by_id[step.insats].name
        most = 2 if height > 44 else 1
        fits = most > 1 or text_width(name, NAME_SIZE, bold=True) <= LABELS - 14
        name_size = NAME_SIZE if fits else TEXT_SIZE
        lines = wrapped(name, LABELS - 14, name_size, most=most, bold=True)
        detail = f"{step.round}, {place_name(self.scenario, step)}"
        rows = [(line, name_size, True) for line in lines]
        rows.append((shortened(detail, LABELS - 14, TEXT_SIZE), TEXT_SIZE, False))
        first = middle - (len(rows) - 1) * 6.8
        for number, (text, size, bold) in enumerate(rows):
            sheet.text(MARGIN, first + number * 13.6, text, size, bold=bold)

    def _bar(self, sheet: Sheet, scale: TimeScale, step: Step, y: float, row_height: float) -> None:
        left, right = scale.clipped(step.start.toordinal(), step.end.toordinal() + 1) or (0.0, 0.0)
        full = row_height - 8
        height = full * max(step.pace, LEAST_LANE) / FULL_TIME
        box = Box(left, y + row_height - 4 - height, right - left, height)
        look = draw_box(sheet, self.scenario, self.kedja, step, box)
        text = say("charts.person.bar", period=short_period(step.start, step.end), pace=step.pace)
        width = text_width(text, TEXT_SIZE)
        middle = box.top + height / 2
        plate = look.colour if look.hatch else None
        if height >= TEXT_SIZE * 1.4 and width + 10 <= box.width:
            sheet.text(left + 5, middle, text, TEXT_SIZE, plate=plate)
        elif full - height >= TEXT_SIZE * 1.3:
            x = min(left, scale.right - width - 2)
            sheet.text(x, box.top - TEXT_SIZE * 0.8, text, TEXT_SIZE, plate=PAPER)
        elif right + 8 + width <= scale.right:
            sheet.text(right + 8, middle, text, TEXT_SIZE, plate=PAPER)
        else:
            sheet.text(max(left - 6, scale.left + width), middle, text, TEXT_SIZE, align="right", plate=PAPER)

    def _paragraphs(self) -> list[tuple[float, str]]:
        """Without steps: height and text of the lines that say why, or that there is nothing to do."""
        kedja = self.kedja
        if self.steps:
            return []
        if kedja.placed:
            paragraphs = [kedja_in_words(kedja)]
        else:
            tracks = self.scenario.participant_by_id[kedja.participant].tracks
            names = ", ".join(self.scenario.track_by_id[track].name for track in tracks)
            paragraphs = [f"{say('charts.column.wanted')}: {names}."]
            paragraphs += [reason.text for reason in kedja.reasons]
        width = self.panel_x - MARGIN - 30
        return [
            (26.0 if number == 0 else 18.0, line)
            for paragraph in paragraphs
            for number, line in enumerate(wrapped(paragraph, width, PARAGRAPH_SIZE, most=8))
        ]

    def _panel_lines(self) -> list[tuple[float, str, str]]:
        """The panel's lines: height, style (`head`, `krav`, `when`), text."""
        rows = profile_reached(self.scenario, self.kedja, self.track)
        lines = [(20.0, "head", say("charts.person.goal"))]
        lines += [
            (14.0, "krav", line)
            for line in wrapped(self.scenario.track_by_id[self.track].name, PANEL - 20, 10.5, most=3)
        ]
        if self.kedja.end is not None:
            lines.append((15.0, "when", say_date(self.kedja.end)))
        for is_krav, heading in ((True, "charts.person.krav"), (False, "charts.person.merits")):
            part = [row for row in rows if row.is_krav is is_krav]
            if part:
                lines.append((28.0, "head", say(heading)))
            for row in part:
                name = level_name(self.scenario, row.kompetens, row.level)
                names = wrapped(name, PANEL - 20, 10.5, most=2)
                lines += [(13.0 if number else 18.0, "krav", line) for number, line in enumerate(names)]
                lines.append((13.0, "when", self._when(row)))
        return [*lines, (10.0, "when", "")]

    def _when(self, row: Reached) -> str:
        if row.held:
            return say("charts.person.held")
        if row.day is not None:
            return say("charts.person.reached", day=short_date(row.day))
        return say("charts.person.not_reached" if self.kedja.placed else "charts.person.missing")

    def _draw_panel(self, sheet: Sheet, lines: list[tuple[float, str, str]], bottom: float) -> None:
        top = self.top - AXIS.height
        sheet.box(self.panel_x, top, PANEL, bottom - top, fill=PANEL_FILL, edge=QUIET, line=0.8)
        y = top
        for height, style, text in lines:
            y += height
            bold, size = style == "head", 9.0 if style == "when" else 10.5
            sheet.text(
                self.panel_x + 10,
                y - 4,
                text,
                size,
                bold=bold,
                colour=QUIET if style == "when" else INK,
            )
