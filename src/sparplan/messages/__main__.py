"""Compile the catalogues: `python -m sparplan.messages` (needs babel, a development dependency)."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, mofile, pofile

from sparplan.messages import CATALOGUES, LANGUAGES

SAME_DATE = datetime(2026, 11, 22, tzinfo=UTC)  # so that the same texts give the same bytes


def merged(code: str) -> Catalog:
    """All areas of one language as one catalogue.

    Raises
    ------
    ValueError
        When a key stands twice.
    """
    whole = Catalog(locale=code, charset="utf-8", creation_date=SAME_DATE, revision_date=SAME_DATE)
    for path in sorted((CATALOGUES / code).glob("*.po")):
        with path.open("rb") as file:
            area = pofile.read_po(file, locale=code, abort_invalid=True)
        for message in area:
            if not message.id:
                continue
            if message.id in whole:
                raise ValueError(f"{path}: {message.id!r} stands twice")
            whole.add(message.id, message.string)
    return whole


def compiled(code: str) -> bytes:
    """The bytes of a language's .mo file."""
    buffer = io.BytesIO()
    mofile.write_mo(buffer, merged(code))
    return buffer.getvalue()


def main() -> None:
    """Write every .mo file anew."""
    for code in LANGUAGES:
        path = CATALOGUES / f"{code}.mo"
        temporary = path.with_suffix(".tmp")
        temporary.write_bytes(compiled(code))
        os.replace(temporary, Path(path))


if __name__ == "__main__":
    main()
