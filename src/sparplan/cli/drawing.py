"""`gantt` and `graph`: pictures into files."""

import sys
from pathlib import Path

from sparplan.cli.console import print_line
from sparplan.cli.exits import Exit, existing
from sparplan.messages import say


def gantt(scenario: Path, plan: Path, output: Path, *, participant: str | None, track: str | None) -> int:
    """Draw a plan's Gantt chart."""
    from sparplan.charts import save_gantt
    from sparplan.checks import check, read_scenario
    from sparplan.kedjor import Plan

    read = read_scenario(existing(scenario))
    check(read).raise_if_errors()
    made = Plan.read(existing(plan))
    if made.scenario.sha256 != read.sha256:
        print_line(say("cli.other_scenario", name=made.scenario.name), sys.stderr)
    for path in save_gantt(read, made, output, participant=participant, track=track):
        print_line(say("cli.written", path=path))
    return Exit.DONE


def graph(scenario: Path, output: Path, *, track: str | None) -> int:
    """Draw the insatsgraf."""
    from sparplan.charts import save_insatsgraf
    from sparplan.checks import check, read_scenario

    read = read_scenario(existing(scenario))
    check(read).raise_if_errors()
    for path in save_insatsgraf(read, output, track=track):
        print_line(say("cli.written", path=path))
    return Exit.DONE
