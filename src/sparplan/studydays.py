"""Dates and study days (problem.md §2).

A *day* inside the program is the proleptic Gregorian ordinal of a date (`date.toordinal()`), and an
interval is half-open: `[start, end)`. A study day is a Monday–Friday that is neither a holiday nor
inside a break.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

DAYS_A_WEEK = 7
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


@cache
def holidays_of(country: str, year: int) -> frozenset[int]:
    """Ordinals of a country's holidays in a year; for Sweden with the eves.

    Source: the `holidays` library; "de facto" holds Midsommarafton, Julafton and Nyårsafton.
    """
    import holidays

    categories = ("public", "de_facto") if country == "SE" else ("public",)
    found = holidays.country_holidays(country, years=year, categories=categories)
    return frozenset(day.toordinal() for day in found)


@cache
def known_countries() -> frozenset[str]:
    """The country codes that `holidays` knows."""
    from holidays.registry import COUNTRIES  # asking the library itself would load every country

    return frozenset(names[1] for names in COUNTRIES.values())


@dataclass(frozen=True)
class StudyCalendar:
    """Study days over a span of days.

    Attributes
    ----------
    country
        Country whose holidays count (ISO 3166-1 alpha-2).
    breaks
        Half-open intervals of days without studies.
    first, last
        The span `[first, last)`; questions outside it raise `IndexError`.
    """

    country: str
    breaks: tuple[tuple[int, int], ...]
    first: int
    last: int

    @cached_property
    def study_days(self) -> tuple[int, ...]:
        """Every study day of the span, in order."""
        years = range(date.fromordinal(self.first).year, date.fromordinal(self.last).year + 1)
        free = frozenset().union(*(holidays_of(self.country, year) for year in years))
        return tuple(
            day
            for day in range(self.first, self.last)
            if (day - 1) % DAYS_A_WEEK < len(WEEKDAYS)
            and day not in free
            and not any(start <= day < end for start, end in self.breaks)
        )

    @cached_property
    def _counts(self) -> tuple[int, ...]:
        """Study days before each day of the span; length is the span plus one."""
        counts = [0] * (self.last - self.first + 1)
        for day in self.study_days:
            counts[day - self.first + 1] = 1
        for index in range(1, len(counts)):
            counts[index] += counts[index - 1]
        return tuple(counts)

    def before(self, day: int) -> int:
        """Number of study days of the span before `day`."""
        if not self.first <= day <= self.last:
            raise IndexError(f"{date.fromordinal(day)} lies outside the calendar's span")
        return self._counts[day - self.first]

    def count(self, start: int, end: int) -> int:
        """Number of study days in `[start, end)`; 0 for an empty interval."""
        return max(0, self.before(end) - self.before(start)) if end > start else 0

    def between(self, start: int, end: int) -> tuple[int, ...]:
        """The study days in `[start, end)`."""
        if end <= start:
            return ()
        return self.study_days[self.before(start) : self.before(end)]


def on_site_days(study_days: int, days: Iterable[str], *, hybrid: bool) -> int:
    """Study days that a step spends on site (problem.md §6): study days times the share of weekdays.

    `days` empty means all five; for hybrid rounds two of five. Rounded down.
    """
    chosen = len(tuple(days)) or (2 if hybrid else len(WEEKDAYS))
    return study_days * chosen // len(WEEKDAYS)


def monday_on_or_after(day: int) -> int:
    """The first Monday that isn't before `day`."""
    return day + (1 - day) % DAYS_A_WEEK


def longest_run(days: Iterable[int], all_days: tuple[int, ...]) -> int:
    """Length of the longest run of `days` that are neighbours in the sorted `all_days`."""
    longest = run = 0
    previous = -2
    for day in days:
        index = bisect_right(all_days, day) - 1
        run = run + 1 if index == previous + 1 else 1
        previous = index
        longest = max(longest, run)
    return longest


def to_day(value: date) -> int:
    """The day number of a date."""
    return value.toordinal()


def to_date(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day)


def day_after(value: date) -> date:
    """The day after an inclusive end, that is the half-open end."""
    return value + timedelta(days=1)
