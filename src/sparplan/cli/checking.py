"""`check` and `verify`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from sparplan.cli.console import print_json, print_line, print_table
from sparplan.cli.exits import Exit, existing
from sparplan.errors import Issue, Severity
from sparplan.messages import say, say_count


def check(scenario: Path, *, as_json: bool) -> int:
    """List every fault and warning of a scenario."""
    from sparplan.checks import inspect

    _, report = inspect(existing(scenario))
    if as_json:
        print_json({"issues": [issue.to_dict() for issue in report.issues]})
    else:
        print_issues(report.issues, stream=sys.stdout)
        print_line(_sum(report.issues))
    return Exit.DONE if report.ok else Exit.FAULTS


def print_issues(issues: Sequence[Issue], stream: TextIO) -> None:
    """A table of issues; nothing when there are none."""
    if not issues:
        return
    columns = [say(f"cli.issue_{name}") for name in ("severity", "where", "text", "help")]
    rows = [
        (say(f"cli.severity_{issue.severity}"), _place(issue), issue.text, issue.help) for issue in issues
    ]
    print_table("", columns, rows, stream)


def _place(issue: Issue) -> str:
    where = issue.where
    parts = [where.file]
    if where.row is not None:
        parts.append(say("cli.row", row=where.row))
    if where.column is not None:
        parts.append(where.column)
    return ", ".join(parts)


def _sum(issues: Sequence[Issue]) -> str:
    faults = sum(issue.severity is Severity.FAULT for issue in issues)
    warnings = len(issues) - faults
    return f"{say_count('cli.faults', faults)} {say_count('cli.warnings', warnings)}"


def verify(scenario: Path, plan: Path, *, as_json: bool) -> int:
    """Hold a plan against every rule, and recompute its points."""
    from sparplan import rules
    from sparplan.checks import check as check_scenario
    from sparplan.checks import read_scenario
    from sparplan.kedjor import Plan

    read = read_scenario(existing(scenario))
    check_scenario(read).raise_if_errors()
    violations = rules.verify(read, Plan.read(existing(plan)))
    if as_json:
        print_json({"violations": [violation.to_dict() for violation in violations]})
    else:
        for violation in violations:
            print_line(f"{violation.rule}: {violation.text}")
        print_line(say_count("cli.violations", len(violations)))
    return Exit.FAULTS if violations else Exit.DONE
