"""Write a scenario; the destination's name says in which format."""

from collections.abc import Callable
from pathlib import Path

from sparplan.errors import UsageError
from sparplan.files.folder import write_folder
from sparplan.files.json_document import write_json
from sparplan.messages import say
from sparplan.scenario import Scenario

WRITERS: dict[str, Callable[[Scenario, Path], None]] = {".json": write_json}
"""Writers of single files by suffix; any other name is a folder's."""

_FILE_SUFFIXES = frozenset({".csv", ".yaml", ".yml", ".xlsx", ".xls", ".ods", ".txt", ".zip"})


def write_scenario(scenario: Scenario, dest: str | Path) -> None:
    """Write a scenario as a JSON document (`.json`) or as a folder (any other name).

    Raises
    ------
    UsageError
        When the destination can't be written, or its suffix is that of another kind of file.
    """
    dest = Path(dest)
    suffix = dest.suffix.lower()
    writer = write_folder if dest.is_dir() else WRITERS.get(suffix, write_folder)
    if writer is write_folder and suffix in _FILE_SUFFIXES and not dest.is_dir():
        raise UsageError(say("files.unknown_destination", path=dest, known=", ".join(WRITERS)))
    try:
        writer(scenario, dest)
    except OSError as error:
        raise UsageError(say("files.not_written", path=dest, problem=error.strerror or error)) from error
