"""What the verifier reports: `Violation`, and the names of the rules."""

import json
from dataclasses import dataclass
from enum import StrEnum

from sparplan.cells import shown
from sparplan.messages import say, say_date
from sparplan.studydays import to_date


class Rule(StrEnum):
    """The rules of problem.md §5, and three for what else a plan must get right."""

    ELIGIBILITY = "eligibility"
    WINDOW = "window"
    TRAVEL = "travel"
    PREREQUISITES = "prerequisites"
    ALONGSIDE = "alongside"
    REPEATS = "repeats"
    PACE = "pace"
    CLASH = "clash"
    GAP = "gap"
    GOAL = "goal"
    PINNED = "pinned"
    SEATS = "seats"
    MIN_PARTICIPANTS = "min_participants"
    POSITIONS = "positions"
    STEPS = "steps"  # §4: what can be a step
    OBJECTIVE = "objective"  # §6 and §7: points, objective, bound, gap and status
    DOCUMENT = "document"  # §7: the rest of the document


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that is wrong with a plan.

    Attributes
    ----------
    rule
        Which rule is broken; compares equal to its name.
    participant, round
        Whom and which round it concerns; None where it is no single one.
    text
        One or two sentences for the reader, in the language of messages at the time.
    """

    rule: Rule
    participant: str | None
    round: str | None
    text: str

    def to_dict(self) -> dict[str, str | None]:
        """The violation as `sparplan verify --json` writes it."""
        return {"rule": self.rule, "participant": self.participant, "round": self.round, "text": self.text}

    def __str__(self) -> str:
        return f"{self.rule}: {self.text}"


def violation(
    rule: Rule,
    what: str,
    /,
    *,
    participant: str | None = None,
    round: str | None = None,
    **values: object,
) -> Violation:
    """A violation whose text is the message `rule.<rule>.<what>`."""
    text = say(f"rule.{rule}.{what}", participant=participant, round=round, **values)
    return Violation(rule, participant, round, text)


def day_text(day: int) -> str:
    """A day number as a date in words."""
    return say_date(to_date(day))


def span_text(start: int, end: int) -> str:
    """A half-open interval as its first and last date in words."""
    return say("rule.span", start=day_text(start), end=day_text(end - 1))


def json_text(value: object) -> str:
    """A value of a plan as it stands in its JSON, shortened."""
    return shown(json.dumps(value, default=str, ensure_ascii=False))
