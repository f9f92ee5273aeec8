"""Both languages say the same things, the compiled catalogues are those of the texts, and no text is waste."""

import re

import pytest

from sparplan.kedjor import ReasonCode
from sparplan.messages import CATALOGUES, LANGUAGES
from sparplan.messages.__main__ import compiled
from sparplan.rules import Rule
from tests.messages.catalogues import KEYS, MESSAGES, asked, constants, families, placeholders, violations

ENGLISH = re.compile(
    r"\b(the|and|is|are|not|must|with|of|this|that|has|have|can't|cannot|please|unknown|missing|wrong|error|"
    r"participants?|seats?|tracks?|rounds?|weeks?|days?|value|file|row|column|level)\b",
    re.IGNORECASE,
)
MAY_STAND = frozenset(
    [
        "participants",
        "places",
        "rounds",
        "tracks",
        "days",
        "travel",
        "levels",
        "level",
        "seats",
        "row",
        "minutes",
        "weeks_min",
        "weeks_max",
    ]
)
"""Names of tables and columns, which aren't translated."""


def test_the_same_keys_in_both_languages() -> None:
    assert set(MESSAGES["sv"]) == set(MESSAGES["en"])


def forms() -> list[tuple[str, tuple[str, ...]]]:
    """Each key with all forms of both languages."""
    return [(key, (*MESSAGES["sv"][key], *MESSAGES["en"][key])) for key in KEYS]


def test_no_text_is_empty() -> None:
    assert [key for key, texts in forms() if not all(text.strip() for text in texts)] == []


def test_the_same_placeholders_in_every_form() -> None:
    assert [key for key, texts in forms() if len({frozenset(placeholders(text)) for text in texts}) > 1] == []


def test_counts_have_a_singular_and_a_plural_in_both_languages() -> None:
    counted = [key for key in KEYS if len(MESSAGES["sv"][key]) > 1]
    assert len(counted) > 4
    assert counted == [key for key in KEYS if len(MESSAGES["en"][key]) > 1]
    assert all("count" in placeholders(text) for key in counted for text in MESSAGES["sv"][key])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_texts(language: str) -> None:
    assert (CATALOGUES / f"{language}.mo").read_bytes() == compiled(language), (
        "run python -m sparplan.messages"
    )


def test_every_key_in_the_source_exists() -> None:
    calls = list(asked())
    assert len(calls) > 100
    assert [call for call in calls if call.key is not None and call.key not in MESSAGES["sv"]] == []
    empty = [call for call in calls if call.pattern and not any(map(call.pattern.fullmatch, KEYS))]
    assert empty == []


def test_every_violation_has_a_text() -> None:
    found = set(violations())
    assert len(found) > 40
    assert found <= set(KEYS)
    assert {key.split(".")[1] for key in found} == {str(rule) for rule in Rule}


def test_every_reason_has_a_text() -> None:
    assert {f"reason.{code}" for code in ReasonCode} <= set(KEYS)


def test_no_key_is_unused() -> None:
    assert [key for key in KEYS if not is_used(key)] == []


def is_used(key: str) -> bool:
    """Whether the source names a key, or holds an f-string and the words that make it."""
    if key in constants():
        return True
    return any(
        all(is_word(word) for word in match.groups())
        for family in families()
        if (match := family.fullmatch(key))
    )


def is_word(word: str) -> bool:
    """Whether a part of a key stands in the source, or is made there."""
    return word in constants() or any(family.fullmatch(word) for family in families())


def test_no_english_in_swedish() -> None:
    found = {}
    for key in KEYS:
        for text in MESSAGES["sv"][key]:
            plain = re.sub(r"\{[^}]*\}|--\S+|\S+\.csv|[a-z]+[._:=]\S+", " ", text)
            words = {word.lower() for word in ENGLISH.findall(plain)} - MAY_STAND
            if words:
                found[key] = words
    assert not found


def test_sentences_differ_between_the_languages() -> None:
    same = []
    for key in KEYS:
        words = re.findall(r"[a-zåäö]{3,}", re.sub(r"\{[^}]*\}", "", MESSAGES["sv"][key][0]))
        if len(words) > 3 and not key.startswith("example.") and MESSAGES["sv"][key] == MESSAGES["en"][key]:
            same.append(key)
    assert not same
