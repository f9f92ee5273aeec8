"""The scenario: pydantic models of problem.md §3, frozen, unknown fields refused.

A row keeps what was written: a cell that wasn't given stays *unset* (`model_fields_set`), reads as its
default, and isn't written back. Row objects say nothing about other tables; `checks.py` does.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Self, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

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
    only_given,
    shown,
    text_of,
    whole_number,
)
from sparplan.errors import Where
from sparplan.studydays import WEEKDAYS

MAX_ROWS = 200_000  # the most rows a table may hold
MAX_HORIZON_DAYS = 20 * 366


class Kind(StrEnum):
    """Kinds of insatser."""

    SFI = "sfi"
    SVA = "sva"
    YRKESVUX = "yrkesvux"
    REGIONAL_YRKESVUX = "regional_yrkesvux"
    KOMBINATIONSUTBILDNING = "kombinationsutbildning"
    LARLING = "larling"
    AUB = "aub"
    VALIDERING = "validering"
    FOLKHOGSKOLA = "folkhogskola"
    YRKESSVENSKA = "yrkessvenska"
    PRAKTIK = "praktik"
    INTRODUKTION = "introduktion"
    STOD = "stod"
    OTHER = "other"


class Organiser(StrEnum):
    """Who holds an insats."""

    KOMMUN = "kommun"
    REGION = "region"
    AF = "af"
    FOLKHOGSKOLA = "folkhogskola"
    EMPLOYER = "employer"
    OTHER = "other"


class Mode(StrEnum):
    """Ways to travel."""

    CAR = "car"
    PUBLIC = "public"
    BIKE = "bike"


class Form(StrEnum):
    """Where a round is held."""

    ON_SITE = "on_site"
    DISTANCE = "distance"
    HYBRID = "hybrid"


class Intake(StrEnum):
    """Fixed dates, or a start every so many weeks (löpande intag)."""

    FIXED = "fixed"
    ROLLING = "rolling"


class ProfileType(StrEnum):
    """What a kompetensprofil's row asks for: required, or a merit."""

    KRAV = "krav"
    MERITERANDE = "meriterande"


def one_of(choices: type[StrEnum] | tuple[str, ...]) -> Callable[[object], str]:
    """A parser of one of a closed list of words."""
    words = tuple(str(choice) for choice in choices)

    def parser(value: object) -> str:
        text = text_of(value)
        if text not in words:
            raise fault("unknown_word", value=shown(text), words=", ".join(words))
        return text

    return parser


BROKEN: Any = type("Broken", (), {"__repr__": lambda _: "BROKEN"})()
"""Stands in a row of a draft for a cell that couldn't be read; `checks.py` passes it by."""


class Row(BaseModel):
    """What rows and settings share: frozen, unknown fields refused.

    Validated with a context (a list), a row collects the faults of all its cells there as
    `(path, code, values)` and holds `BROKEN` in their place, so that the rest can still be checked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, serialize_by_alias=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _collect(cls, value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        if info.context is None:
            return handler(value)
        if value is BROKEN:
            return BROKEN
        try:
            return handler(value)
        except ValidationError as error:
            field = cls.model_fields[info.field_name or ""].alias or info.field_name
            for details in error.errors(include_url=False, include_input=False):
                inner = tuple(details["loc"])
                info.context.append(((field, *inner), details["type"], details.get("ctx", {})))
            return BROKEN

    def replace(self, **changes: Any) -> Self:
        """A copy with fields changed. The values must be valid: they aren't read as cells."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        given = self.model_fields_set | set(changes)
        return cast(Self, type(self).model_construct(given, **{**fields, **changes}))


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


class Origin:
    """Where the rows of a scenario stand in its files. Equal to every other: no part of the content."""

    def __init__(
        self,
        files: Mapping[str, str],
        rows: Mapping[str, tuple[int, ...]],
        lines: Mapping[str, int] | None = None,
    ) -> None:
        self.files = files
        self.rows = rows
        self.lines = lines or {}

    def row(self, table: str, index: int, column: str | None = None) -> Where:
        """The place of a table's row, by its index from 0."""
        numbers = self.rows.get(table, ())
        number = numbers[index] if index < len(numbers) else index + 2
        return Where(self.files.get(table, f"{table}.csv"), table, number, column)

    def table(self, table: str) -> Where:
        """The place of a table as a whole."""
        return Where(self.files.get(table, f"{table}.csv"), table)

    def setting(self, path: str) -> Where:
        """The place of a key of scenario.yaml, such as `policy.points.day`."""
        line, key = self.lines.get(path), path
        while line is None and "." in key:
            key = key.rpartition(".")[0]
            line = self.lines.get(key)
        return Where(self.files.get("scenario", "scenario.yaml"), "scenario", line, path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    __hash__ = None  # type: ignore[assignment]  # never a key


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


class Scenario(Settings):
    """A region's insatser, kompetensprofiler, tracks and participants, ready to be checked and planned.

    Iterate over the tables (`scenario.rounds`), or look rows up by id (`scenario.round("sfi-c-1")`).
    """

    places: tuple[Place, ...]
    travel: tuple[Travel, ...] = ()
    kompetenser: tuple[Kompetens, ...]
    insatser: tuple[Insats, ...]
    durations: tuple[Duration, ...] = ()
    rounds: tuple[Round, ...]
    kompetensprofiler: tuple[ProfileRow, ...]
    tracks: tuple[Track, ...]
    participants: tuple[Participant, ...]

    _origin: Origin = PrivateAttr(default_factory=lambda: Origin({}, {}))

    @property
    def origin(self) -> Origin:
        """Where the rows stand in the files that they were read from."""
        return self._origin

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Places by id."""
        return {row.place: row for row in self.places}

    @cached_property
    def kompetens_by_id(self) -> dict[str, Kompetens]:
        """Kompetenser by id."""
        return {row.kompetens: row for row in self.kompetenser}

    @cached_property
    def insats_by_id(self) -> dict[str, Insats]:
        """Insatser by id."""
        return {row.insats: row for row in self.insatser}

    @cached_property
    def round_by_id(self) -> dict[str, Round]:
        """Rounds by id."""
        return {row.round: row for row in self.rounds}

    @cached_property
    def track_by_id(self) -> dict[str, Track]:
        """Tracks by id."""
        return {row.track: row for row in self.tracks}

    @cached_property
    def participant_by_id(self) -> dict[str, Participant]:
        """Participants by id."""
        return {row.participant: row for row in self.participants}

    @cached_property
    def profile_rows(self) -> dict[str, tuple[ProfileRow, ...]]:
        """The rows of each kompetensprofil."""
        rows: dict[str, list[ProfileRow]] = {}
        for row in self.kompetensprofiler:
            rows.setdefault(row.profile, []).append(row)
        return {profile: tuple(found) for profile, found in rows.items()}

    def level_rank(self, kompetens: str, level: str) -> int:
        """Position of a level within its kompetens, the lowest being 0."""
        return self.kompetens_by_id[kompetens].levels.index(level)

    def to_document(self) -> dict[str, Any]:
        """The JSON form (problem.md §3): what was given, defaults not filled in."""
        document = self.model_dump(mode="json", exclude_unset=True)
        tables = {
            table: [only_given(row) for row in document[table]] for table in TABLES if table in document
        }
        settings = {key: value for key, value in document.items() if key not in TABLES}
        return {**only_given(settings), **tables}

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the JSON form with sorted keys, no white space between tokens, UTF-8."""
        import hashlib
        import json

        text = json.dumps(self.to_document(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def for_track(self, track: str) -> "Scenario":
        """The scenario of one track: those who name it, for it alone.

        Raises
        ------
        KeyError
            When there is no such track.
        """
        if track not in self.track_by_id:
            raise KeyError(track)
        participants = tuple(row.replace(tracks=(track,)) for row in self.participants if track in row.tracks)
        return self.replace(participants=participants)
