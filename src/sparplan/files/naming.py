"""Names in messages: made safe to print, and the nearest known one for a name that isn't known."""

import unicodedata
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from sparplan.messages import say

LONGEST_LIST = 30  # of known names in a hint
MOST_COMPARED = 2_000  # a longer list of known names is narrowed down before it is compared
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def printable(text: object, limit: int = 60) -> str:
    """A text for a message: control characters spelled out, shortened to `limit` characters."""
    short = str(text)[: limit + 1]
    safe = "".join(
        f"U+{ord(character):04X}" if unicodedata.category(character) in _UNPRINTABLE else character
        for character in short
    )
    return safe if len(short) <= limit else safe[: limit - 1] + "…"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like a misspelt one; None when none is alike."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    wanted = name.strip().lower()
    if wanted in by_lower:
        return by_lower[wanted]
    candidates: Collection[str] = by_lower
    if len(candidates) > MOST_COMPARED:
        candidates = [
            text for text in candidates if text[:1] == wanted[:1] and abs(len(text) - len(wanted)) < 3
        ]
    found = get_close_matches(wanted[:100], candidates, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def nearest_hint(name: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known name, or nothing. Begins with a blank, to stand after another."""
    found = nearest(name, known)
    return "" if found is None else " " + say("hint.nearest", name=printable(found))


def hint(name: str, known: Collection[str]) -> str:
    """A sentence like `nearest_hint`'s; when no name is near, all the known names if they are few."""
    found = nearest_hint(name, known)
    if not found and 0 < len(known) <= LONGEST_LIST:
        return " " + say("hint.known", names=", ".join(printable(candidate) for candidate in known))
    return found
