"""Read a file's bytes and text; whatever is wrong with it becomes a fault, never an exception."""

import codecs
import os
import stat
from pathlib import Path

from sparplan.errors import Where
from sparplan.files.collecting import Collector

_FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path, limit: int, where: Where, faults: Collector) -> bytes | None:
    """A file's bytes; None, and a fault, when it is no file, too large or can't be opened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would block for ever
            faults.add("not_a_file", where)
            return None
        if status.st_size > limit:
            faults.add("file_too_large", where, size=f"{status.st_size / 2**20:.1f}", limit=limit / 2**20)
            return None
        return path.read_bytes()
    except OSError as error:
        faults.add("file_not_opened", where, problem=os.strerror(error.errno) if error.errno else "?")
        return None


def decode(data: bytes, where: Where, faults: Collector) -> str:
    """The text of UTF-8 bytes, with or without BOM.

    Other encodings are a fault; the text is then guessed, so that the rest can be looked at too.
    """
    for mark, encoding in _FOREIGN_MARKS:
        if data.startswith(mark):
            faults.add("wrong_encoding_mark", Where(where.file, where.table, 1), encoding=encoding.upper())
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # utf-8-sig counts from after the mark, which stands in the first line and is no line break
        bad = error.object[error.start]
        row = error.object.count(b"\n", 0, error.start) + 1
        faults.add("wrong_encoding", Where(where.file, where.table, row), byte=f"0x{bad:02X}")
        return "\n".join(map(_guessed, data.removeprefix(codecs.BOM_UTF8).split(b"\n")))


def _guessed(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
