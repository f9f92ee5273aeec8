"""Exit statuses, and the refusal of paths that aren't there."""

from enum import IntEnum
from pathlib import Path

from sparplan.errors import UsageError
from sparplan.messages import say


class Exit(IntEnum):
    """Exit statuses of every command."""

    DONE = 0
    FAULTS = 1  # the scenario has faults or the plan breaks a rule
    USAGE = 2
    IMPOSSIBLE = 3  # a demand is proven impossible
    NO_PLAN = 4  # no plan found in time
    BUG = 70
    INTERRUPTED = 130


def existing(path: Path) -> Path:
    """A path that must be there.

    Raises
    ------
    UsageError
        When it isn't.
    """
    if not path.exists():
        raise UsageError(say("cli.no_such_path", path=path))
    return path
