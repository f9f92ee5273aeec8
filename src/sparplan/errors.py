"""The exceptions of sparplan, and the `Issue` that scenarios are told about.

```
SparplanError
├── ScenarioError   the scenario has faults; carries every one of them
├── PlanError       a plan document can't be read, or breaks a rule
├── UsageError      wrong use: a path that isn't there, an unknown id or option
└── EngineBug       an engine handed over a plan that the verifier refuses
```

"Impossible" and "out of time" are statuses of a plan, not exceptions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How grave an issue is: a fault stops planning, a warning doesn't."""

    FAULT = "fault"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a scenario's files.

    `row` is the line that an editor or Excel shows (the header of a CSV file is row 1); in a JSON
    document it is the number of the row object in its array, counted from 1.
    """

    file: str
    table: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault or warning: what is wrong, where, and what to do about it."""

    code: str
    where: Where
    text: str
    help: str = ""
    severity: Severity = Severity.FAULT

    def to_dict(self) -> dict[str, object]:
        """The issue as `sparplan check --json` writes it."""
        where = asdict(self.where)
        return {
            "code": self.code,
            "severity": str(self.severity),
            **where,
            "text": self.text,
            "help": self.help,
        }

    def __str__(self) -> str:
        where = self.where
        place = where.file
        if where.row is not None:
            place += f":{where.row}"
        if where.column is not None:
            place += f" [{where.column}]"
        return f"{place}: {self.text}" + (f" {self.help}" if self.help else "")


@dataclass(frozen=True, slots=True)
class Report:
    """Every issue of a scenario, faults before warnings, each in the order of the files."""

    issues: tuple[Issue, ...] = field(default=())

    @classmethod
    def of(cls, issues: Iterable[Issue]) -> "Report":
        """A report with duplicates dropped and faults first."""
        unique = list(dict.fromkeys(issues))
        return cls(tuple(sorted(unique, key=lambda issue: issue.severity is not Severity.FAULT)))

    @property
    def faults(self) -> tuple[Issue, ...]:
        """The issues that stop planning."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.FAULT)

    @property
    def warnings(self) -> tuple[Issue, ...]:
        """The issues that are legal but suspicious."""
        return tuple(issue for issue in self.issues if issue.severity is Severity.WARNING)

    @property
    def ok(self) -> bool:
        """Whether the scenario can be planned."""
        return not self.faults

    def raise_if_errors(self) -> None:
        """Raise `ScenarioError` with every issue if there is a fault."""
        if self.faults:
            raise ScenarioError(self.issues)


class SparplanError(Exception):
    """Root of all errors that sparplan raises on purpose."""


class ScenarioError(SparplanError):
    """The scenario has faults. `issues` holds all of them, warnings too."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


class PlanError(SparplanError):
    """A plan document can't be read, or doesn't belong to the scenario."""


class UsageError(SparplanError):
    """Wrong use of the library or a command: says what, and what to do."""


class EngineBug(SparplanError):
    """An engine's plan breaks a rule or an engine's bound is false. Never the user's fault."""
