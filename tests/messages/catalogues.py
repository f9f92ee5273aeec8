"""The catalogues as they stand in the .po files, and the keys that the source asks for."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import sparplan
from sparplan.messages import LANGUAGES
from sparplan.messages.__main__ import merged

SOURCE = Path(sparplan.__file__).parent
SPEAKERS = frozenset({"say", "say_count"})

Texts = tuple[str, ...]
"""The forms of a message: one, or a singular and a plural."""


def messages(code: str) -> dict[str, Texts]:
    """Every message of a language by key."""
    found: dict[str, Texts] = {}
    for message in merged(code):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


MESSAGES = {code: messages(code) for code in LANGUAGES}
KEYS = sorted(MESSAGES["sv"])


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@dataclass(frozen=True)
class Asked:
    """A call of `say` or `say_count`: a key, or the pattern of a family of keys."""

    place: str
    key: str | None
    pattern: re.Pattern[str] | None


def pattern_of(text: ast.JoinedStr) -> re.Pattern[str]:
    """What an f-string can become; a group for each hole."""
    parts = (re.escape(part.value) if isinstance(part, ast.Constant) else "(.+)" for part in text.values)  # type: ignore[arg-type]
    return re.compile("".join(parts))


@cache
def trees() -> tuple[tuple[str, ast.AST], ...]:
    """Every module of the package, parsed."""
    return tuple(
        (str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(SOURCE.rglob("*.py"))
    )


@cache
def constants() -> frozenset[str]:
    """Every text that stands in the source."""
    found: set[str] = set()
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return frozenset(found)


@cache
def families() -> tuple[re.Pattern[str], ...]:
    """The pattern of every f-string of the source that has a dot or an underline of its own."""
    return tuple(
        pattern_of(node)
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and re.search(r"[a-z]\\?[._]", pattern_of(node).pattern)
    )


def asked() -> Iterator[Asked]:
    """Every key, and every family of keys, that the source hands to `say` or `say_count`."""
    for module, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if getattr(node.func, "id", getattr(node.func, "attr", "")) not in SPEAKERS:
                continue
            first = node.args[0]
            for choice in [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]:
                place = f"{module}:{node.lineno}"
                if isinstance(choice, ast.Constant):
                    yield Asked(place, str(choice.value), None)
                elif isinstance(choice, ast.JoinedStr):
                    yield Asked(place, None, pattern_of(choice))


def violations() -> Iterator[str]:
    """The key of every `violation(Rule.X, "what")` of the source."""
    for _, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "violation",
                "_about",
                "_pair",
            }:
                rule, what = node.args[0], node.args[1]
                if isinstance(rule, ast.Attribute) and isinstance(what, ast.Constant):
                    yield f"rule.{rule.attr.lower()}.{what.value}"
