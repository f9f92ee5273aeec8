"""Gather faults and warnings, so many of each kind at most."""

from collections import Counter

from sparplan.errors import Issue, Severity, Where
from sparplan.messages import issue

MAX_ISSUES_PER_CODE = 1_000


class Collector:
    """Issues in the making. Past `MAX_ISSUES_PER_CODE` of one code, the rest are only counted."""

    def __init__(self) -> None:
        self._issues: list[Issue] = []
        self._counts: Counter[str] = Counter()
        self._beyond: dict[str, tuple[Where, Severity]] = {}
        self.faulty: set[str | None] = set()
        """Tables (and `scenario`) with a fault; None for a fault that concerns no table."""

    def add(self, code: str, where: Where, *, warning: bool = False, **values: object) -> None:
        """Note an issue, in the language of now.

        A value that is a function (a hint that takes looking for) is called only for issues that are kept.
        """
        self._counts[code] += 1
        if not warning:
            self.faulty.add(where.table)
        if self._counts[code] <= MAX_ISSUES_PER_CODE:
            values = {name: value() if callable(value) else value for name, value in values.items()}
            self._issues.append(issue(code, where, warning=warning, **values))
        elif code not in self._beyond:
            severity = Severity.WARNING if warning else Severity.FAULT
            self._beyond[code] = (Where(where.file, where.table), severity)

    def warn(self, code: str, where: Where, **values: object) -> None:
        """Note a warning."""
        self.add(code, where, warning=True, **values)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Every issue kept, then one for each code that had more."""
        rest = (
            issue(
                "more_issues",
                where,
                warning=severity is Severity.WARNING,
                count=self._counts[code] - MAX_ISSUES_PER_CODE,
                kind=code,
            )
            for code, (where, severity) in self._beyond.items()
        )
        return (*self._issues, *rest)
