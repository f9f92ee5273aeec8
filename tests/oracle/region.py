"""What all cases of a scenario share: the calendar and the quickest ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product

from sparplan.scenario import Mode, Scenario
from sparplan.studydays import StudyCalendar


@dataclass(frozen=True)
class Region:
    """A scenario's calendar and travel times."""

    scenario: Scenario

    @cached_property
    def calendar(self) -> StudyCalendar:
        """Study days over every date that a step can touch."""
        scenario = self.scenario
        dates: list[date] = [scenario.planning_date, scenario.horizon.start, scenario.horizon.end]
        for row in scenario.rounds:
            dates += [row.start, row.end]
        return StudyCalendar(
            country=scenario.calendar.country,
            breaks=tuple(
                (stop.start.toordinal(), stop.end.toordinal() + 1) for stop in scenario.calendar.breaks
            ),
            first=min(dates).toordinal(),
            last=max(dates).toordinal() + 1,
        )

    @cached_property
    def _quickest(self) -> dict[tuple[Mode, str, str], int]:
        """Shortest paths, one mode a path, by Floyd and Warshall's three loops."""
        scenario = self.scenario
        given = {(Mode(row.mode), row.from_, row.to): row.minutes for row in scenario.travel}
        best = {(mode, b, a): minutes for (mode, a, b), minutes in given.items()} | given
        places = [row.place for row in scenario.places]
        for mode, middle, a, b in product(Mode, places, places, places):
            if (mode, a, middle) in best and (mode, middle, b) in best:
                detour = best[mode, a, middle] + best[mode, middle, b]
                best[mode, a, b] = min(detour, best.get((mode, a, b), detour))
        return best

    def minutes(self, home: str, place: str, modes: Iterable[Mode]) -> int | None:
        """Minutes one way by the quickest of the modes; 0 at home, None where no path leads."""
        if home == place:
            return 0
        times = [self._quickest[mode, home, place] for mode in modes if (mode, home, place) in self._quickest]
        return min(times, default=None)
