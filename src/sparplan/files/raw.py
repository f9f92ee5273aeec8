"""What a file holds before its cells are read: plain values with the places they stand at.

This is the seam between formats. A folder, a JSON document and a workbook each become a `RawScenario`;
everything after it (`draft.py`, `checks`) knows nothing about formats.
"""

from dataclasses import dataclass, field

from sparplan.errors import Where

MAX_FILE_BYTES = 64 * 2**20
MAX_SETTINGS_BYTES = 2**20  # scenario.yaml; text that people write, so far smaller than a table
MAX_DEPTH = 20  # nested lists and mappings

RawRow = tuple[int, dict[str, object]]
"""A row's number, as an editor shows it, and its given cells by column."""


@dataclass(slots=True)
class RawScenario:
    """A scenario's text and JSON values, unread.

    Attributes
    ----------
    files
        File of each table, and of `scenario` (the settings).
    settings
        The keys of scenario.yaml, nested; None when they couldn't be read at all (a fault says why).
    lines
        Line of each key path of the settings, such as `calendar.breaks.1.start`.
    tables
        Rows of each table that is there.
    absent_columns
        Required columns that a table's header lacks (a fault says so, once a table).
    broken_rows
        Numbers of the rows of a table that couldn't be taken apart into cells (a fault says so): at most
        their id can be trusted.
    unreadable
        Tables of which rows may be missing, so that nobody can say that an id isn't in them.
    """

    files: dict[str, str] = field(default_factory=dict)
    settings: dict[str, object] | None = None
    lines: dict[str, int] = field(default_factory=dict)
    tables: dict[str, list[RawRow]] = field(default_factory=dict)
    absent_columns: dict[str, frozenset[str]] = field(default_factory=dict)
    broken_rows: dict[str, set[int]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)

    def where(self, table: str, row: int | None = None, column: str | None = None) -> Where:
        """A place in the file of a table."""
        return Where(self.files[table], table, row, column)
