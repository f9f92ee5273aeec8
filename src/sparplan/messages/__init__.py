"""Every sentence that a user reads, in Swedish and English.

The catalogues are gettext's: `sv/*.po` and `en/*.po`, a file an area, with keys such as
`issue.bad_date.text` for msgids, compiled into `sv.mo` and `en.mo` by `python -m sparplan.messages`.
Swedish is the default; `set_language` or the environment variable `SPARPLAN_LANG` choose English.
"""

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from sparplan.errors import Issue, Severity, Where

LANGUAGES = ("sv", "en")
CATALOGUES = Path(__file__).parent

_language: ContextVar[str | None] = ContextVar("sparplan_language", default=None)


def language() -> str:
    """The language of messages now: `sv` or `en`."""
    chosen = _language.get() or os.environ.get("SPARPLAN_LANG", "sv")
    return chosen if chosen in LANGUAGES else "sv"


def set_language(code: str) -> None:
    """Choose the language of this context from here on."""
    _language.set(code if code in LANGUAGES else "sv")


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language within a `with` block."""
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _catalogue(code: str) -> GNUTranslations:
    with (CATALOGUES / f"{code}.mo").open("rb") as file:
        return GNUTranslations(file)


def say(key: str, **values: object) -> str:
    """The message of a key, its `{placeholders}` filled in.

    Raises
    ------
    KeyError
        When the catalogue has no such key.
    """
    text = _catalogue(language()).gettext(key)
    if text == key:
        raise KeyError(key)
    return text.format(**values) if values else text


def say_count(key: str, count: int, **values: object) -> str:
    """The message of a key with a singular and a plural form; `{count}` is filled in."""
    text = _catalogue(language()).ngettext(key, key, count)
    if text == key:
        raise KeyError(key)
    return text.format(count=count, **values)


def has(key: str) -> bool:
    """Whether there is such a message."""
    return _catalogue(language()).gettext(key) != key


def say_date(day: date, *, year: bool = True) -> str:
    """A date in words: `11 januari 2027`."""
    month = say("months").split()[day.month - 1]
    return f"{day.day} {month} {day.year}" if year else f"{day.day} {month}"


def say_percent(fraction: float) -> str:
    """`3,2`: a fraction in percent with one decimal, rounded up so that it promises nothing false."""
    number = f"{math.ceil(fraction * 1000 - 1e-9) / 10:.1f}"
    return number.replace(".", ",") if language() == "sv" else number


def issue(code: str, where: Where, *, warning: bool = False, **values: object) -> Issue:
    """A fault or a warning, in the language of now: texts `issue.<code>.text` and `.help`."""
    severity = Severity.WARNING if warning else Severity.FAULT
    help_key = f"issue.{code}.help"
    return Issue(
        code,
        where,
        say(f"issue.{code}.text", **values),
        say(help_key, **values) if has(help_key) else "",
        severity,
    )
