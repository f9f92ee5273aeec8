"""Numbers as the pages show them, and tables in Markdown."""

import math
from collections.abc import Iterable, Sequence

NONE = "–"


def seconds_text(seconds: float | None) -> str:
    """Seconds with as many digits as mean anything."""
    if seconds is None or math.isinf(seconds):
        return NONE
    if seconds < 10:
        return f"{seconds:.2f}"
    return f"{seconds:.1f}" if seconds < 100 else f"{seconds:.0f}"


def percent_text(share: float | None) -> str:
    """A fraction as percent."""
    if share is None or math.isinf(share):
        return NONE
    return "0" if share == 0 else f"{100 * share:.2g}" if share < 0.01 else f"{100 * share:.1f}"


def ratio_text(ratio: float | None, *, at_least: bool = False) -> str:
    """How many times; `≥` where the slower one was stopped."""
    if ratio is None:
        return NONE
    number = f"{ratio:.2g}" if ratio < 10 else f"{ratio:,.0f}"
    return f"≥ {number}" if at_least else number


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> str:
    """A table; the first so many columns are words, the others numbers."""
    marks = ["---"] * words + ["---:"] * (len(head) - words)
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, marks, *rows])
