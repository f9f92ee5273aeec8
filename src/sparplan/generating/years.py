"""The dates of every made-up region: two years of ten-week periods between breaks.

Periods abut, or have a break between them, and every interval of studies runs from a Monday to a Sunday.
So no study day lies between one period and the next: chains can be free of gaps over Christmas and summer.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sparplan.scenario import Break, Interval

PLANNING_DATE = date(2026, 11, 23)  # a Monday
HORIZON = Interval(start=PLANNING_DATE, end=date(2028, 12, 31))
ROLLING_SINCE = date(2026, 8, 24)  # sfi has been open since then; whole fortnights before each period
LAST_DAY = date(2028, 12, 17)  # the Sunday before the last break
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)

BREAKS = (
    Break(name="Jul", start=date(2026, 12, 21), end=date(2027, 1, 10)),
    Break(name="Sommar", start=date(2027, 7, 5), end=date(2027, 8, 1)),
    Break(name="Jul", start=date(2027, 12, 20), end=date(2028, 1, 9)),
    Break(name="Sommar", start=date(2028, 7, 3), end=date(2028, 7, 30)),
    Break(name="Jul", start=date(2028, 12, 18), end=date(2028, 12, 31)),
)

_PERIOD_STARTS = (
    *(date(2027, 1, 11), date(2027, 3, 22), date(2027, 5, 31), date(2027, 8, 9), date(2027, 10, 18)),
    *(date(2028, 1, 10), date(2028, 3, 20), date(2028, 5, 29), date(2028, 8, 7), date(2028, 10, 16)),
)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both inside."""

    start: date
    end: date


def _period(index: int) -> Span:
    start = _PERIOD_STARTS[index]
    following = _PERIOD_STARTS[index + 1] if index + 1 < len(_PERIOD_STARTS) else date.max
    christmas = next(row.start for row in BREAKS if row.name == "Jul" and row.start > start)
    return Span(start, min(following, christmas) - DAY)


PERIODS = tuple(map(_period, range(len(_PERIOD_STARTS))))


def spans_of_periods(count: int) -> tuple[Span, ...]:
    """Every run of `count` periods after one another."""
    last = len(PERIODS) - count
    return tuple(Span(PERIODS[first].start, PERIODS[first + count - 1].end) for first in range(last + 1))


def spans_of_weeks(count: int) -> tuple[Span, ...]:
    """Every `count` weeks, from a Monday on, that no break touches."""
    spans = []
    start = PLANNING_DATE + WEEK
    while start + count * WEEK - DAY <= LAST_DAY:
        end = start + count * WEEK - DAY
        if not any(row.start <= end and start <= row.end for row in BREAKS):
            spans.append(Span(start, end))
        start += WEEK
    return tuple(spans)
