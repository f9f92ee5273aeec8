"""One step's bar: colour and hatch by kind, text inside where it fits."""

from dataclasses import dataclass

from sparplan.charts.fitting import shortened, text_width
from sparplan.charts.kinds import DASHED, INK, PAPER, Look, look_of, paler
from sparplan.charts.sheet import Sheet
from sparplan.charts.wording import place_name, short_date, step_in_words
from sparplan.kedjor import Insatskedja, Step
from sparplan.scenario import Scenario

PAD = 4.0  # points between a bar's edge and its text
LEAST_SIZE = 5.5  # points; smaller type isn't legible on paper
LEAST_LETTERS = 5
PLATE_LAYER = 3.5


@dataclass(frozen=True, slots=True)
class Box:
    """A bar's place on the sheet, in points."""

    left: float
    top: float
    width: float
    height: float


def draw_step(
    sheet: Sheet, scenario: Scenario, kedja: Insatskedja, step: Step, box: Box, *, most_size: float
) -> None:
    """Draw a step in a box, with its insats and, where there is room, its place."""
    look = draw_box(sheet, scenario, kedja, step, box)
    size = min(most_size, 0.72 * box.height)
    if size < LEAST_SIZE:
        return
    room = box.width - 2 * PAD
    name = shortened(scenario.insats_by_id[step.insats].name, room, size, least=LEAST_LETTERS)
    if not name:
        return
    lines = [(name, size)]
    below, below_size = place_name(scenario, step), min(size - 1, 7.0)
    if box.height >= 1.25 * (size + below_size) and text_width(below, below_size) <= room:
        lines.append((below, below_size))
    height = sum(1.2 * text_size for _, text_size in lines)
    y = box.top + (box.height - height) / 2
    sheet.box(  # a plate that hides the hatch, and the line of the planning date
        box.left + PAD - 2,
        max(y - 0.5, box.top + 0.8),
        max(text_width(text, text_size) for text, text_size in lines) + 4,
        min(height + 1, box.height - 1.6),
        fill=look.colour,
        layer=PLATE_LAYER,
    )
    for number, (text, text_size) in enumerate(lines, start=1):
        name = f"{step_name(kedja, step)}-text-{number}"
        sheet.text(box.left + PAD, y + 0.6 * text_size, text, text_size, name=name)
        y += 1.2 * text_size


def step_name(kedja: Insatskedja, step: Step) -> str:
    """The id of a step's bar in a picture."""
    return f"step-{kedja.participant}-{kedja.steps.index(step) + 1}"


def draw_box(sheet: Sheet, scenario: Scenario, kedja: Insatskedja, step: Step, box: Box) -> Look:
    """Draw a bar without text; gives the look that it has got.

    What began before the planning date is paler; a bridge has a dashed outline.
    """
    look = look_of(scenario.insats_by_id[step.insats].kind)
    if step.start < scenario.planning_date:
        look = Look(paler(look.colour), look.hatch)
    name = step_name(kedja, step)
    sheet.box(
        box.left,
        box.top,
        box.width,
        box.height,
        fill=look.colour,
        edge=INK,
        hatch=look.hatch,
        line=1.3 if step.bridge else 0.6,
        style=DASHED if step.bridge else "solid",
        layer=3,
        name=name,
    )
    sheet.hints[name] = f"{kedja.participant}: {step_in_words(scenario, step)}"
    return look


def draw_goal(sheet: Sheet, kedja: Insatskedja, x: float, y: float, size: float) -> None:
    """The mark at a chain's end, with the date."""
    assert kedja.end is not None
    sheet.diamond(x + 6, y, 4.6, name=f"goal-{kedja.participant}")
    sheet.text(x + 14, y, short_date(kedja.end), size, bold=True, plate=PAPER)


def goal_room(size: float) -> float:
    """Points that a goal's mark and date need behind the last day."""
    return 18 + text_width("30 sep 2027", size, bold=True)
