"""`convert` and `generate`: scenarios into other forms, and out of nothing."""

from pathlib import Path

from sparplan.cli.console import print_line
from sparplan.cli.exits import Exit, existing
from sparplan.messages import say


def convert(scenario: Path, dest: Path) -> int:
    """Write a scenario in another form."""
    from sparplan.checks import read_scenario
    from sparplan.files.saving import write_scenario

    write_scenario(read_scenario(existing(scenario)), dest)
    print_line(say("cli.written", path=dest))
    return Exit.DONE


def generate(
    dest: Path, *, participants: int, tracks: int, places: int, seats: str, seed: int, rounds: int | None
) -> int:
    """Make up a region and write it."""
    from sparplan.files.saving import write_scenario
    from sparplan.generating import generate_region

    region = generate_region(participants, tracks, places, _factor(seats), seed, rounds)
    write_scenario(region, dest)
    print_line(say("cli.written", path=dest))
    return Exit.DONE


def _factor(seats: str) -> str | float:
    try:
        return float(seats)
    except ValueError:
        return seats
