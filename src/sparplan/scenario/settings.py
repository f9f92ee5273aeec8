"""scenario.yaml: name, dates, calendar, policy."""

from typing import Annotated

from pydantic import BeforeValidator

from sparplan.cells import Day, Points, Text, fault, shown, whole_number
from sparplan.scenario.row import Row

MAX_HORIZON_DAYS = 20 * 366


class Interval(Row):
    """First and last day, both inside."""

    start: Day
    end: Day


class Break(Row):
    """Days without studies, both ends inside."""

    name: Text | None = None
    start: Day
    end: Day


def _rows(value: object) -> object:
    if not isinstance(value, list | tuple):
        raise fault("not_list", value=shown(value))
    return value


class CalendarSettings(Row):
    """`calendar` of scenario.yaml."""

    country: Text = "SE"
    breaks: Annotated[tuple[Break, ...], BeforeValidator(_rows)] = ()


class PointWeights(Row):
    """`policy.points`: the weights of the objective (problem.md §6), whole points."""

    day: Points = 100
    length_day: Points = 1
    bridge_day: Points = 2
    travel_hour: Points = 1
    merit: Points = 50
    preference: Points = 200


class Policy(Row):
    """`policy` of scenario.yaml: what counts as a gap, and the points."""

    max_gap_days: Annotated[int, BeforeValidator(whole_number(0, 10_000))] = 0
    min_pace: Annotated[int, BeforeValidator(whole_number(0, 200))] = 25
    points: PointWeights = PointWeights()


class Settings(Row):
    """scenario.yaml."""

    name: Text
    planning_date: Day
    horizon: Interval
    calendar: CalendarSettings = CalendarSettings()
    policy: Policy = Policy()
