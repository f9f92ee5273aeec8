"""A scenario as a folder: `scenario.yaml` and one CSV file a table."""

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path

from sparplan.errors import UsageError, Where
from sparplan.files.collecting import Collector
from sparplan.files.csv_table import read_table, table_text
from sparplan.files.document import settings_of
from sparplan.files.naming import hint, nearest, printable
from sparplan.files.raw import MAX_FILE_BYTES, MAX_SETTINGS_BYTES, RawScenario
from sparplan.files.source import decode, read_bytes
from sparplan.files.writing import write_text
from sparplan.files.yaml_settings import read_settings, settings_text
from sparplan.messages import say
from sparplan.scenario import OPTIONAL_TABLES, TABLES, Scenario

SETTINGS_FILE = "scenario.yaml"
_OTHER_FILES = frozenset({"seat_options.csv"})  # not the scenario's, but often kept beside it


def file_of(table: str) -> str:
    """The file name of a table."""
    return f"{table}.csv"


def read_folder(folder: Path, faults: Collector) -> RawScenario:
    """Read a folder; whatever is wrong is noted among the faults."""
    raw = RawScenario(files={"scenario": SETTINGS_FILE, **{table: file_of(table) for table in TABLES}})
    present = {path.name for path in folder.iterdir()}
    known = set(raw.files.values())
    others = sorted(present - known)
    if SETTINGS_FILE in present:
        data = read_bytes(folder / SETTINGS_FILE, MAX_SETTINGS_BYTES, raw.where("scenario"), faults)
        if data is not None:
            read_settings(raw, decode(data, raw.where("scenario"), faults), faults)
    else:
        _missing(raw, "scenario", others, faults)
    for table in TABLES:
        if file_of(table) not in present:
            if table not in OPTIONAL_TABLES:
                _missing(raw, table, others, faults)
            continue
        data = read_bytes(folder / file_of(table), MAX_FILE_BYTES, raw.where(table), faults)
        if data is None:
            raw.unreadable.add(table)
        else:
            read_table(raw, table, decode(data, raw.where(table), faults), faults)
    for name in others:
        if name.lower().endswith(".csv") and name not in _OTHER_FILES:
            faults.warn("unknown_file", Where(printable(name)), hint=partial(hint, name, sorted(known)))
    return raw


def _missing(raw: RawScenario, table: str, others: list[str], faults: Collector) -> None:
    raw.unreadable.add(table)
    alike = nearest(raw.files[table], others)
    also = " " + say("hint.rename", name=printable(alike)) if alike else ""
    faults.add("missing_file", raw.where(table), file=raw.files[table], hint=also)


def write_folder(scenario: Scenario, folder: Path) -> None:
    """Write a scenario as a folder.

    A new folder appears whole or not at all. In a folder that is there already each file is replaced by
    itself, optional tables that the scenario lacks are removed, and files of others stay.

    Raises
    ------
    UsageError
        When there is a file of that name.
    """
    texts = {SETTINGS_FILE: settings_text(settings_of(scenario))}
    for table in TABLES:
        if table not in OPTIONAL_TABLES or table in scenario.model_fields_set:
            texts[file_of(table)] = table_text(table, getattr(scenario, table))
    if folder.is_dir():
        for name, text in texts.items():
            write_text(folder / name, text)
        for table in OPTIONAL_TABLES:
            if file_of(table) not in texts:
                (folder / file_of(table)).unlink(missing_ok=True)
        return
    if folder.exists():
        raise UsageError(say("files.is_a_file", path=folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, text in texts.items():
            write_text(temporary / name, text)
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o777 & ~umask)
        temporary.rename(folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
