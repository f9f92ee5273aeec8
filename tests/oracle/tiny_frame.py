"""What all tables of a tiny scenario go by: the dates, the places, how hard it is, and the dice."""

from datetime import date, timedelta
from random import Random
from typing import Any

from sparplan.studydays import WEEKDAYS, holidays_of
from tests.oracle.tiny_insatser import TEMPLATES, Template

Document = dict[str, Any]
Row = dict[str, Any]

# Mondays some weeks before Easter, Ascension Day and 1 May, Midsommar, and Christmas.
ANCHORS = (date(2027, 3, 1), date(2027, 4, 12), date(2027, 5, 24), date(2026, 11, 30))
PLACES = ("alvik", "berg", "dal")
MUNICIPALITIES = ("0662", "0617", "0662")
KOMPETENSER: dict[str, tuple[str, ...]] = {
    "svenska": ("A", "B", "C", "D"),
    "svets": ("1", "2"),
    "arbetsmiljo": ("ja",),
    "b_korkort": ("nej", "ja"),
}


class Frame:
    """The frame of one tiny scenario.

    Attributes
    ----------
    slots
        Mondays that bound three slots of some weeks, in which rounds follow each other.
    hardness
        How much of what takes chains away there is, up to 1.
    """

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        anchor = rng.choice(ANCHORS)
        self.planning = anchor + timedelta(days=rng.choice((0, 0, 0, 2, 4)))
        weeks = [rng.choice((1, 2, 1, 2, 0))]
        weeks += [rng.choice((3, 2, 4)) for _ in range(3)]
        self.slots = [anchor + timedelta(weeks=sum(weeks[: index + 1])) for index in range(4)]
        self.horizon_end = self.slots[3] + timedelta(days=rng.choice((14, 3, 30)))
        self.places = PLACES[: rng.choice((2, 3))]
        self.templates = draw_templates(rng)
        self.tracks = ["lager", "vvs"][: rng.choice((1, 2))]
        self.hardness = rng.choice((0.3, 0.3, 0.6, 1.0))

    def chance(self, share: float) -> bool:
        """True in `share` of the draws; false for the smallest draws, so that shrinking leaves things out."""
        return self.rng.random() >= 1 - share

    def hardship(self, share: float) -> bool:
        """A chance of something that takes chains away: few such things in most scenarios, many in some."""
        return self.chance(share * self.hardness)


def draw_templates(rng: Random) -> list[Template]:
    """Two or three steps of the ladder and some insatser beside it."""
    ladder = [template for template in TEMPLATES if template.ladder]
    beside = [template for template in TEMPLATES if not template.ladder]
    first = rng.choice((0, 0, 1))
    return ladder[first : first + rng.choice((2, 2, 3))] + rng.sample(beside, rng.choice((1, 2, 2, 3)))


def some(rng: Random, items: list[Any] | tuple[Any, ...], most: int) -> list[Any]:
    """One to `most` of the items, in any order."""
    return rng.sample(list(items), rng.randint(1, min(most, len(items))))


def trimmed(start: date, end: date) -> tuple[date, date]:
    """The dates without the days at either end that hold no studies (the whole, if none does)."""
    free = holidays_of("SE", start.year) | holidays_of("SE", end.year)
    study_days = [
        day
        for day in range(start.toordinal(), end.toordinal() + 1)
        if date.fromordinal(day).weekday() < len(WEEKDAYS) and day not in free
    ]
    if not study_days:
        return start, end
    return date.fromordinal(study_days[0]), date.fromordinal(study_days[-1])


def iso(day: date) -> str:
    """A date as it is written."""
    return day.isoformat()
