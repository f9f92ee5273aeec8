"""Tables and lines: fitted to the terminal, plain when piped."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sees the stream directly."""
    return stream.isatty()


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], stream: TextIO) -> None:
    """A table: drawn on a terminal, tab-separated lines with a header when piped."""
    if not is_terminal(stream):
        print("\t".join(columns), file=stream)
        for row in rows:
            print("\t".join(row), file=stream)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", header_style="bold", expand=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    Console(file=stream, highlight=False).print(table)


def _plain(cell: str) -> str:
    from rich.markup import escape

    return escape(cell)


def print_json(document: Any) -> None:
    """A JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def print_line(text: str, stream: TextIO | None = None) -> None:
    """One line."""
    print(text, file=stream or sys.stdout)
