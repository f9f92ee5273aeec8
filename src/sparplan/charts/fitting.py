"""Text measured, shortened and broken into lines before it is drawn."""

import re
import threading
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FONT = "DejaVu Sans"  # comes with matplotlib, so that every machine draws the same
LOCK = threading.RLock()  # matplotlib's fonts and settings are shared by all threads
_NUMBER_AND_UNIT = re.compile(r"(\d) (\w{1,2})\b")  # not parted at a line's end


@cache
def font(size: float, bold: bool = False) -> FontProperties:
    """The charts' font; do not change it."""
    return FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")


@lru_cache(maxsize=65536)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of a text in points."""
    if not text:
        return 0.0
    with LOCK:
        width, _, _ = text_to_path.get_text_width_height_descent(text, font(size, bold), ismath=False)
    return float(width)


def plain(text: str) -> str:
    """Text on one line, with nothing in it that can't be drawn."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def shortened(text: str, width: float, size: float, *, bold: bool = False, least: int = 4) -> str:
    """The text, or as much of it as fits with an ellipsis; empty if fewer than `least` letters fit."""
    if text_width(text, size, bold) <= width:
        return text
    low, high = 0, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + "…", size, bold) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip(" ,.-(") + "…" if low >= least else ""


def wrapped(text: str, width: float, size: float, *, most: int, bold: bool = False) -> list[str]:
    """The text on at most `most` lines, overlong words hyphenated, the last line shortened if need be."""
    text = _NUMBER_AND_UNIT.sub("\\1\u00a0\\2", " ".join(text.split()))
    words = [part for word in text.split(" ") for part in _hyphenated(word, width, size, bold)]
    lines: list[str] = []
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size, bold) <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(line)
    if words:
        lines.append(shortened(" ".join(words), width, size, bold=bold, least=1))
    return [line for line in lines if line]


_VOWELS = frozenset("aeiouyåäöéü")
_ONSETS = ("skr", "spr", "str", "sk", "sp", "st", "tr", "kr", "br", "dr", "gr", "pr", "fr", "pl", "kl", "bl")
_LEAST_PART = 4  # letters


def _hyphenated(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word in parts that fit; a guess at Swedish compounds and syllables, not a dictionary."""
    parts = []
    while text_width(word, size, bold) > width:
        fitting = [at for at in range(1, len(word)) if text_width(word[:at] + "-", size, bold) <= width]
        inside = [at for at in fitting if _LEAST_PART <= at <= len(word) - _LEAST_PART]
        syllables = [at for at in inside if _begins_syllable(word.lower(), at)]
        after_s = [at for at in syllables if word[at - 1] == "s"]  # livsmedels-hygien
        after_hyphen = [at for at in fitting if word[at - 1] == "-"]
        best = max(after_hyphen or after_s or syllables or inside or fitting, default=0)
        if not best:
            break
        parts.append(word[:best] + ("" if word[best - 1] == "-" else "-"))
        word = word[best:]
    return [*parts, word]


def _begins_syllable(word: str, at: int) -> bool:
    """Whether a vowel's consonant, or the usual pair of consonants before a vowel, begins here."""
    if word[at] in _VOWELS:
        return False
    end = at
    while end < len(word) and word[end] not in _VOWELS:
        end += 1
    onset = word[at:end]
    if end == len(word) or (len(onset) > 1 and onset not in _ONSETS):
        return False
    return not any(word[at - cut : end] in _ONSETS for cut in (1, 2) if at >= cut)
