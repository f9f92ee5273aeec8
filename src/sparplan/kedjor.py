"""Plan, insatskedja, step: what comes out (problem.md §7). No solver types."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from sparplan.errors import PlanError
from sparplan.messages import say

MAX_PLAN_BYTES = 200 * 2**20


class Status(StrEnum):
    """How good a plan is known to be, or what became of a demand."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    NO_PLAN = "no_plan"
    INFEASIBLE = "infeasible"  # of demands made elsewhere; a plan always exists


class StopReason(StrEnum):
    """Why a search ended."""

    COMPLETED = "completed"
    TIME_LIMIT = "time_limit"
    WORK_LIMIT = "work_limit"
    GAP_LIMIT = "gap_limit"
    CANCELLED = "cancelled"


class ReasonCode(StrEnum):
    """Why a participant isn't placed (problem.md §7)."""

    KRAV_UNREACHABLE = "krav_unreachable"
    TOO_FAR = "too_far"
    NOT_ELIGIBLE = "not_eligible"
    NO_TIME = "no_time"
    GAP = "gap"
    PACE = "pace"
    PIN = "pin"
    SEATS = "seats"
    POSITIONS = "positions"
    COST = "cost"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Step(_Part):
    """A step of an insatskedja; `start` and `end` are both inside it."""

    round: str
    insats: str
    place: str | None = None
    start: date
    end: date
    pace: int
    bridge: bool = False


class Reason(_Part):
    """Why a participant has no insatskedja: a code and a sentence."""

    code: ReasonCode
    text: str


class Insatskedja(_Part):
    """One participant's part of a plan.

    Attributes
    ----------
    start, end
        First and last day, both inside; None for an empty chain or none.
    days
        Calendar days from `available_from` to the last day (first term of the objective).
    points
        The participant's share of the objective.
    """

    participant: str
    placed: bool
    track: str | None = None
    start: date | None = None
    end: date | None = None
    days: int | None = None
    points: int
    steps: tuple[Step, ...] = ()
    reasons: tuple[Reason, ...] = ()


class ScenarioRef(_Part):
    """The scenario that a plan was made for; `track` when it was planned for one track alone."""

    name: str
    sha256: str
    track: str | None = None


class Run(_Part):
    """What a search cost and what it noted; no part of "the same plan".

    Attributes
    ----------
    seconds
        Wall-clock time of the whole call.
    work
        Deterministic work done, in the engine's own unit.
    notes
        Sentences for the reader, such as which engine was chosen and why.
    """

    seconds: float = 0.0
    work: float = 0.0
    notes: tuple[str, ...] = ()


class Plan(_Part):
    """A plan for a scenario: an insatskedja for each participant, with its value and a proven bound."""

    schema_: Literal["sparplan/plan/1"] = Field(default="sparplan/plan/1", alias="schema")
    scenario: ScenarioRef
    status: Status
    stopped: StopReason = StopReason.COMPLETED
    engine: str
    objective: int | None
    bound: int | None
    gap: Annotated[float, Field(allow_inf_nan=False)] | None
    kedjor: tuple[Insatskedja, ...]
    run: Run = Run()

    _renderer: Callable[["Plan"], str] | None = PrivateAttr(default=None)

    @property
    def placed(self) -> tuple[Insatskedja, ...]:
        """The insatskedjor of those who are placed."""
        return tuple(kedja for kedja in self.kedjor if kedja.placed)

    @property
    def unplaced(self) -> tuple[Insatskedja, ...]:
        """The entries of those who aren't."""
        return tuple(kedja for kedja in self.kedjor if not kedja.placed)

    def kedja(self, participant: str) -> Insatskedja:
        """One participant's entry.

        Raises
        ------
        KeyError
            When the plan doesn't hold the participant.
        """
        for kedja in self.kedjor:
            if kedja.participant == participant:
                return kedja
        raise KeyError(participant)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self.to_document() == other.to_document()

    __hash__ = None  # type: ignore[assignment]  # compared by content, never a key

    def summary(self) -> str:
        """The plan as readable text."""
        from sparplan.summary import summary_of

        return summary_of(self)

    def same_as(self, other: "Plan") -> bool:
        """Whether two plans are the same, whatever their runs cost."""
        return self.to_document(run=False) == other.to_document(run=False)

    def to_document(self, *, run: bool = True) -> dict[str, Any]:
        """The plan as JSON's own types; what isn't there is left out."""
        document = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        for key in ("objective", "bound", "gap"):
            document.setdefault(key, None)
        for kedja in document["kedjor"]:
            if kedja["placed"]:
                del kedja["reasons"]
            else:
                del kedja["steps"]
        if not run:
            del document["run"]
        return document

    def to_json(self) -> str:
        """The plan as a JSON text."""
        return json.dumps(self.to_document(), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """A plan from JSON's own types.

        Raises
        ------
        PlanError
            When it hasn't the form of a plan; names the field.
        """
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or "?"
            raise PlanError(say("plan.bad_form", field=field, problem=first["msg"])) from None

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read a plan from a JSON file.

        Raises
        ------
        PlanError
            When the file can't be read as a plan.
        """
        path = Path(path)
        try:
            if path.stat().st_size > MAX_PLAN_BYTES:
                raise PlanError(say("plan.too_large", path=path, limit=MAX_PLAN_BYTES // 2**20))
            document = json.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise PlanError(say("plan.no_file", path=path, problem=error.strerror or "")) from None
        except (ValueError, RecursionError) as error:
            raise PlanError(say("plan.not_json", path=path, problem=str(error))) from None
        if not isinstance(document, dict):
            raise PlanError(say("plan.not_json", path=path, problem=type(document).__name__))
        return cls.from_document(document)

    def write(self, path: str | Path) -> None:
        """Write the plan as JSON, whole or not at all."""
        from sparplan.files.writing import write_text

        write_text(Path(path), self.to_json())

    def with_renderer(self, renderer: Callable[["Plan"], str]) -> Self:
        """Give the plan what shows it in a notebook."""
        self._renderer = renderer
        return self

    def _repr_html_(self) -> str | None:
        return self._renderer(self) if self._renderer else None
