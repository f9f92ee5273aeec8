"""Read a scenario from wherever it stands; the path says which format it has."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sparplan.errors import Issue, UsageError
from sparplan.files.collecting import Collector
from sparplan.files.draft import draft_of
from sparplan.files.folder import read_folder
from sparplan.files.json_document import read_json
from sparplan.files.raw import RawScenario
from sparplan.messages import say
from sparplan.scenario import Scenario

READERS: dict[str, Callable[[Path, Collector], RawScenario]] = {".json": read_json}
"""Readers of single files by suffix; a folder has its own."""


@dataclass(frozen=True)
class Reading:
    """What came of reading: a draft and the issues of its cells.

    Attributes
    ----------
    draft
        The scenario, with `BROKEN` in place of what couldn't be read.
    issues
        What is wrong with single files, rows and cells.
    faulty
        Tables (and `scenario`, the settings) that have a fault; None for one outside every table.
    unreadable
        Tables of which rows may be missing.
    """

    draft: Scenario
    issues: tuple[Issue, ...]
    faulty: frozenset[str | None]
    unreadable: frozenset[str]


def read(path: str | Path) -> Reading:
    """Read a folder or a JSON document.

    Raises
    ------
    UsageError
        When the path isn't there, or is a file of another kind.
    """
    path = Path(path)
    faults = Collector()
    try:
        raw = _reader(path)(path, faults)
    except OSError as error:
        raise UsageError(say("files.not_opened", path=path, problem=error.strerror or error)) from error
    draft = draft_of(raw, faults)
    return Reading(draft, faults.issues, frozenset(faults.faulty), frozenset(raw.unreadable))


def _reader(path: Path) -> Callable[[Path, Collector], RawScenario]:
    if path.is_dir():
        return read_folder
    if not path.exists():
        raise UsageError(say("files.no_such_path", path=path))
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError(say("files.unknown_format", path=path, known=", ".join(READERS)))
    return reader
