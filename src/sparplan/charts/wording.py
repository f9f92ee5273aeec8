"""The words of the charts: short dates, weeks, how good a plan is."""

import math
from datetime import date

from sparplan.kedjor import Insatskedja, Plan, Status, Step
from sparplan.messages import say, say_count, say_date, say_percent
from sparplan.scenario import Scenario
from sparplan.studydays import DAYS_A_WEEK


def short_month(month: int) -> str:
    """`jan` … `dec`; months from 1."""
    return say("charts.months_short").split()[month - 1]


def short_date(day: date, *, year: bool = True) -> str:
    """`11 jan 2027`."""
    return f"{day.day} {short_month(day.month)}" + (f" {day.year}" if year else "")


def short_period(start: date, end: date) -> str:
    """`11 jan–30 maj 2027`; both days inside."""
    return f"{short_date(start, year=start.year != end.year)}–{short_date(end)}"


def long_period(start: date, end: date) -> str:
    """`11 januari–30 maj 2027`; both days inside."""
    return f"{say_date(start, year=start.year != end.year)}–{say_date(end)}"


def weeks_between(start: date, end: date) -> int:
    """Weeks from one day to another, both inside, a begun week counted as one."""
    return math.ceil(((end - start).days + 1) / DAYS_A_WEEK)


def weeks_in_words(start: date, end: date) -> str:
    """`36 veckor`."""
    return say_count("charts.weeks", weeks_between(start, end))


def status_in_words(plan: Plan) -> str:
    """How good the plan is known to be."""
    if plan.status is Status.FEASIBLE:
        return say("charts.status.feasible", percent=say_percent(plan.gap or 0.0))
    return say(f"charts.status.{plan.status}")


def placed_in_words(kedjor: tuple[Insatskedja, ...]) -> str:
    """`18 av 25 deltagare har en plan.`"""
    return say("charts.placed", placed=sum(kedja.placed for kedja in kedjor), all=len(kedjor))


def reasons_in_words(kedja: Insatskedja) -> str:
    """Why somebody has no plan, as one text."""
    return " ".join(reason.text.strip() for reason in kedja.reasons)


def chain_weeks(kedja: Insatskedja) -> str:
    """How long a chain takes, in weeks; nothing for one without steps."""
    return weeks_in_words(kedja.start, kedja.end) if kedja.start and kedja.end else ""


def kedja_in_words(kedja: Insatskedja) -> str:
    """One participant's part of the plan in a sentence."""
    who = kedja.participant
    if not kedja.placed:
        return say("charts.row.unplaced", participant=who, reasons=reasons_in_words(kedja))
    if kedja.start is None or kedja.end is None:
        return say("charts.row.holds_all", participant=who)
    return say(
        "charts.row.placed",
        participant=who,
        start=say_date(kedja.start),
        end=say_date(kedja.end),
        weeks=weeks_in_words(kedja.start, kedja.end),
    )


def place_name(scenario: Scenario, step: Step) -> str:
    """Name of the step's place; `distans` for a step without one."""
    return scenario.place_by_id[step.place].name if step.place is not None else say("charts.no_place")


def step_in_words(scenario: Scenario, step: Step) -> str:
    """`Sfi kurs C, Gislaved, 11 januari–30 maj 2027, 50 procent`."""
    return say(
        "charts.step",
        insats=scenario.insats_by_id[step.insats].name,
        place=place_name(scenario, step),
        period=long_period(step.start, step.end),
        pace=step.pace,
    )


def level_name(scenario: Scenario, kompetens: str, level: str) -> str:
    """`Svenska sfi-C`; just the name where a kompetens has one level."""
    row = scenario.kompetens_by_id[kompetens]
    return row.name if len(row.levels) == 1 else f"{row.name} {level}"
