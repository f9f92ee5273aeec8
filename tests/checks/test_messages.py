"""Every issue can be said: both languages, same placeholders, a text and a help for each code."""

import ast
import re
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest

import sparplan
from sparplan.messages import CATALOGUES, LANGUAGES
from sparplan.messages.__main__ import compiled, merged
from tests.checks.faulty_cases import CASES

SOURCE = Path(sparplan.__file__).parent
MESSAGES = {code: {str(m.id): str(m.string) for m in merged(code) if m.id} for code in LANGUAGES}
ISSUES = sorted(key for key in MESSAGES["sv"] if key.startswith("issue."))
RESERVED = {"key", "code", "where", "warning"}  # parameters of say() and issue()


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_same_keys_in_both_languages() -> None:
    assert set(MESSAGES["sv"]) == set(MESSAGES["en"])


@pytest.mark.parametrize("key", ISSUES)
def test_message(key: str) -> None:
    swedish, english = MESSAGES["sv"][key], MESSAGES["en"][key]
    assert swedish.strip() and english.strip()
    assert swedish != english
    assert placeholders(swedish) == placeholders(english)
    assert not placeholders(swedish) & RESERVED


def test_every_code_has_text_and_help() -> None:
    codes = {key.split(".")[1] for key in ISSUES}
    assert {f"issue.{code}.{part}" for code in codes for part in ("text", "help")} == set(ISSUES)


def test_every_code_in_the_source_has_a_message() -> None:
    codes = {key.split(".")[1] for key in ISSUES}
    used = set()
    for folder in ("files", "checks"):
        for path in (SOURCE / folder).glob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"add", "warn", "_add"}:
                    used |= {
                        a.value
                        for a in node.args[:1]
                        if isinstance(a, ast.Constant) and isinstance(a.value, str)
                    }
    for path in (SOURCE / "cells.py", *(SOURCE / "scenario").glob("*.py")):
        used |= set(re.findall(r'fault\(\s*"([a-z_]+)"', path.read_text()))
    assert len(used) > 60
    assert used <= codes


def test_most_codes_are_met_in_the_cases() -> None:
    met = {code for case in CASES for code, *_ in case.expected}
    assert len(met) > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_up_to_date(language: str) -> None:
    with (CATALOGUES / f"{language}.mo").open("rb") as shipped:
        old, new = GNUTranslations(shipped), GNUTranslations(BytesIO(compiled(language)))
    assert {key: old.gettext(key) for key in ISSUES} == {key: new.gettext(key) for key in ISSUES}
