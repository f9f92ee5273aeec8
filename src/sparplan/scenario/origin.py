"""Where the rows of a scenario stand in its files."""

from collections.abc import Mapping

from sparplan.errors import Where


class Origin:
    """Where the rows of a scenario stand in its files. Equal to every other: no part of the content."""

    def __init__(
        self,
        files: Mapping[str, str],
        rows: Mapping[str, tuple[int, ...]],
        lines: Mapping[str, int] | None = None,
    ) -> None:
        self.files = files
        self.rows = rows
        self.lines = lines or {}

    def row(self, table: str, index: int, column: str | None = None) -> Where:
        """The place of a table's row, by its index from 0."""
        numbers = self.rows.get(table, ())
        number = numbers[index] if index < len(numbers) else index + 2
        return Where(self.files.get(table, f"{table}.csv"), table, number, column)

    def table(self, table: str) -> Where:
        """The place of a table as a whole."""
        return Where(self.files.get(table, f"{table}.csv"), table)

    def setting(self, path: str) -> Where:
        """The place of a key of scenario.yaml, such as `policy.points.day`."""
        line, key = self.lines.get(path), path
        while line is None and "." in key:
            key = key.rpartition(".")[0]
            line = self.lines.get(key)
        return Where(self.files.get("scenario", "scenario.yaml"), "scenario", line, path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    __hash__ = None  # type: ignore[assignment]  # never a key
