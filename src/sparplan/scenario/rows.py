"""The rows of a scenario's tables (problem.md §3), one class a table."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sparplan.cells import (
    Attributes,
    Count,
    Day,
    Expr,
    Id,
    Ids,
    LevelNames,
    Levels,
    Minutes,
    Percent,
    Points,
    Text,
    Weeks,
    YesNo,
    date_of,
    decimal_number,
    fault,
    id_of,
    items_of,
    shown,
    text_of,
    whole_number,
)
from sparplan.scenario.row import Row
from sparplan.scenario.words import Form, Intake, Kind, Mode, Organiser, ProfileType, one_of
from sparplan.studydays import WEEKDAYS


class Place(Row):
    """A row of `places.csv`."""

    place: Id
    name: Text
    municipality: Annotated[str, BeforeValidator(id_of)] | None = None
    lat: Annotated[float, BeforeValidator(decimal_number(-90, 90))] | None = None
    lon: Annotated[float, BeforeValidator(decimal_number(-180, 180))] | None = None


class Travel(Row):
    """A row of `travel.csv`: minutes one way, both ways unless the reverse is given too."""

    from_: Id = Field(alias="from")
    to: Id
    mode: Annotated[Mode, BeforeValidator(one_of(Mode))]
    minutes: Minutes


class Kompetens(Row):
    """A row of `kompetenser.csv`; `levels` run from low to high."""

    kompetens: Id
    name: Text
    levels: LevelNames = ("ja",)


class Insats(Row):
    """A row of `insatser.csv`."""

    insats: Id
    name: Text
    kind: Annotated[Kind, BeforeValidator(one_of(Kind))]
    organiser: Annotated[Organiser, BeforeValidator(one_of(Organiser))] = Organiser.OTHER
    requires: Expr | None = None
    provides: Levels = Field(default_factory=dict)
    alongside: Expr | None = None
    eligibility: Expr | None = None
    bridge: YesNo = False
    covers: YesNo | None = None
    max_times: Annotated[int, BeforeValidator(whole_number(1, 1000))] = 1
    cost_per_seat: Annotated[int, BeforeValidator(whole_number(0, 100_000_000))] | None = None

    @property
    def is_covering(self) -> bool:
        """Whether its steps count as activity in rule `gap`: by default all but kind stod."""
        return self.kind is not Kind.STOD if self.covers is None else self.covers


class Duration(Row):
    """A row of `durations.csv`: the length of a rolling round's steps for some participants."""

    insats: Id
    when: Expr | None = None
    weeks: Weeks


class Round(Row):
    """A row of `rounds.csv`: an omgång, with both its dates inside it."""

    round: Id
    insats: Id
    place: Id | None = None
    form: Annotated[Form, BeforeValidator(one_of(Form))] = Form.ON_SITE
    intake: Annotated[Intake, BeforeValidator(one_of(Intake))] = Intake.FIXED
    start: Day
    end: Day
    pace: Percent
    seats: Count | None = None
    min_participants: Count = 0
    apply_by: Day | None = None
    days: Annotated[tuple[str, ...], BeforeValidator(items_of(one_of(WEEKDAYS)))] = ()
    weeks_min: Weeks | None = None
    weeks_max: Weeks | None = None
    intake_every: Weeks = 1
    reserved_for: Ids = ()

    @property
    def is_rolling(self) -> bool:
        """Whether participants choose start and length."""
        return self.intake is Intake.ROLLING


class ProfileRow(Row):
    """A row of `kompetensprofiler.csv`: one krav or one merit of a kompetensprofil."""

    profile: Id
    module: Text | None = None
    kompetens: Id
    level: Text
    type: Annotated[ProfileType, BeforeValidator(one_of(ProfileType))] = ProfileType.KRAV
    weight: Points = 1


class Track(Row):
    """A row of `tracks.csv`: a lokalt jobbspår."""

    track: Id
    name: Text
    profile: Id
    employer: Text | None = None
    place: Id | None = None
    start: Day | None = None
    end: Day | None = None
    positions: Count | None = None


class Participant(Row):
    """A row of `participants.csv`: a pseudonymous id and what concerns planning, nothing else."""

    participant: Id
    tracks: Ids
    home: Id
    available_from: Day | None = None
    latest_end: Day | None = None
    max_pace: Annotated[int, BeforeValidator(whole_number(1, 200))] = 100
    max_travel: Minutes | None = None
    modes: Annotated[tuple[Mode, ...], BeforeValidator(items_of(one_of(Mode)))] = tuple(Mode)
    levels: Levels = Field(default_factory=dict)
    claims: Levels = Field(default_factory=dict)
    attributes: Attributes = ()
    priority: Annotated[int, BeforeValidator(whole_number(1, 1000))] = 1
    pinned: Annotated[tuple[str, ...], BeforeValidator(items_of(lambda value: str(Pin.parse(value))))] = ()
    excluded: Ids = ()

    @property
    def pins(self) -> tuple["Pin", ...]:
        """The pinned rounds and steps."""
        return tuple(map(Pin.parse, self.pinned))


class Pin(BaseModel):
    """What a participant is bound to: a round, or (of a rolling round) a step with its dates."""

    model_config = ConfigDict(frozen=True)
    round: str
    start: date | None = None
    end: date | None = None  # inclusive

    @classmethod
    def parse(cls, value: object) -> "Pin":
        """`round`, or `round@2027-01-11..2027-03-28`."""
        text = text_of(value)
        name, at, dates = text.partition("@")
        if not at:
            return cls(round=id_of(text))
        start, dots, end = dates.partition("..")
        if not dots:
            raise fault("bad_pin", value=shown(text))
        first, last = date_of(start), date_of(end)
        if last < first:
            raise fault("pin_reversed", value=shown(text))
        return cls(round=id_of(name), start=first, end=last)

    def __str__(self) -> str:
        return self.round if self.start is None else f"{self.round}@{self.start}..{self.end}"


MAX_ROWS = 200_000  # the most rows a table may hold

TABLES: dict[str, type[Row]] = {
    "places": Place,
    "travel": Travel,
    "kompetenser": Kompetens,
    "insatser": Insats,
    "durations": Duration,
    "rounds": Round,
    "kompetensprofiler": ProfileRow,
    "tracks": Track,
    "participants": Participant,
}
OPTIONAL_TABLES = frozenset({"travel", "durations"})


def columns_of(model: type[Row]) -> dict[str, bool]:
    """A table's columns in order, each with whether it is required."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}
