"""Write a file whole or not at all: to a temporary name beside it, then renamed."""

import os
import tempfile
from pathlib import Path

from sparplan.errors import UsageError
from sparplan.messages import say


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes to a path; an older file stays as it was if anything fails."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8, with LF line ends."""
    write_bytes(path, text.encode("utf-8"))


def check_writable(path: Path) -> None:
    """Refuse a path that can't be written, before long work is begun.

    Raises
    ------
    UsageError
        When its folder isn't there or is closed, the path is a folder or its name is too long.
    """
    try:
        if path.is_dir():
            raise UsageError(say("usage.is_folder", path=path))
        # not asked but tried: rights, read-only disks and odd file systems answer in their own ways
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}."):
            pass
    except OSError:
        raise UsageError(say("usage.no_folder", folder=path.parent)) from None
