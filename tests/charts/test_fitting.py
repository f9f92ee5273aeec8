"""Measuring, shortening and breaking text."""

import pytest

from sparplan.charts.fitting import plain, shortened, text_width, wrapped


def test_a_longer_text_is_wider() -> None:
    assert text_width("Svets", 9) < text_width("Svetsare", 9) < text_width("Svetsare", 9, bold=True)


def test_text_that_fits_stays() -> None:
    assert shortened("Svets MAG", 200, 9) == "Svets MAG"


def test_shortened_text_fits() -> None:
    text = shortened("Undersköterska steg 2, 700 p", 80, 9)
    assert text.endswith("…")
    assert text_width(text, 9) <= 80


def test_text_is_dropped_when_hardly_anything_fits() -> None:
    assert shortened("Undersköterska", 10, 9) == ""


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Fastighetsskötare", ["Fastighets-", "skötare"]),
        ("Livsmedelshygien", ["Livsmedels-", "hygien"]),
        ("Hjärt-lungräddning", ["Hjärt-", "lungräddning"]),
    ],
)
def test_long_words_are_hyphenated(word: str, parts: list[str]) -> None:
    assert wrapped(word, 85, 11, most=4) == parts


def test_lines_fit_and_the_last_one_is_shortened() -> None:
    lines = wrapped("Det finns en väg, men planen som helhet blir sämre om D11 får den.", 120, 9, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(text_width(line, 9) <= 120 for line in lines)


def test_a_number_keeps_its_unit() -> None:
    assert wrapped("Vårdbiträde 800 p", 80, 9, most=2)[-1] == "800\u00a0p"


def test_control_characters_and_line_breaks_become_blanks() -> None:
    assert plain("två\nrader\x00 och\ttabb") == "två rader och tabb"
