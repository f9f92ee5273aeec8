"""Requirement expressions (problem.md §3): parse once, evaluate, print back.

Terms joined by `;` must all hold; within a term, alternatives joined by `|`, one of which must.

>>> str(parse("svenska>=C|claim:svenska>=D ;arbetsmiljo"))
'svenska>=C | claim:svenska>=D ; arbetsmiljo'
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

BAD_ID_CHARACTERS = frozenset(";|!<>=:(),@")


class ExpressionError(ValueError):
    """A malformed expression.

    Attributes
    ----------
    code
        What is wrong: `empty`, `operator`, `id`, `level`, `negation`, `prefix`, `parenthesis`.
    position
        Where, counted in characters from 1.
    part
        The text at fault.
    """

    def __init__(self, code: str, position: int, part: str) -> None:
        self.code = code
        self.position = position
        self.part = part
        super().__init__(f"{code} at {position}: {part!r}")


@dataclass(frozen=True, slots=True)
class LevelAtom:
    """`svenska>=C`: the level is reached; `b_korkort`: any level of it."""

    kompetens: str
    level: str | None = None

    def __str__(self) -> str:
        return self.kompetens if self.level is None else f"{self.kompetens}>={self.level}"


@dataclass(frozen=True, slots=True)
class ClaimAtom:
    """`claim:svets>=1`: claimed at that level or higher."""

    kompetens: str
    level: str | None = None

    def __str__(self) -> str:
        return f"claim:{LevelAtom(self.kompetens, self.level)}"


@dataclass(frozen=True, slots=True)
class AttrAtom:
    """`attr:af`: has the attribute; `attr:studievag=2`: with that value; `!` negates."""

    name: str
    value: str | None = None
    negated: bool = False

    def __str__(self) -> str:
        text = self.name if self.value is None else f"{self.name}={self.value}"
        return f"{'!' if self.negated else ''}attr:{text}"


@dataclass(frozen=True, slots=True)
class HomeAtom:
    """`home:0662`: lives in that municipality; `!` negates."""

    municipality: str
    negated: bool = False

    def __str__(self) -> str:
        return f"{'!' if self.negated else ''}home:{self.municipality}"


@dataclass(frozen=True, slots=True)
class InsatsAtom:
    """`insats:jobbcoach`: a step of that insats (in `requires` and `alongside` only)."""

    insats: str

    def __str__(self) -> str:
        return f"insats:{self.insats}"


Atom = LevelAtom | ClaimAtom | AttrAtom | HomeAtom | InsatsAtom


@dataclass(frozen=True, slots=True)
class Expression:
    """A conjunction (`terms`) of disjunctions of atoms; no terms means "always"."""

    terms: tuple[tuple[Atom, ...], ...] = ()

    def atoms(self) -> Iterator[Atom]:
        """Every atom, in order of writing."""
        for term in self.terms:
            yield from term

    def __str__(self) -> str:
        return " ; ".join(" | ".join(map(str, term)) for term in self.terms)


@lru_cache(maxsize=65536)
def parse(text: str | None) -> Expression:
    """Parse an expression; None or blank text is the expression that always holds.

    Raises
    ------
    ExpressionError
        With the position (from 1) of what is wrong.
    """
    if text is None or not text.strip():
        return Expression()
    terms = []
    for term_start, term in _split(text, ";", 0):
        terms.append(tuple(_atom(*_strip(start, part)) for start, part in _split(term, "|", term_start)))
    return Expression(tuple(terms))


def _split(text: str, separator: str, offset: int) -> Iterator[tuple[int, str]]:
    for part in text.split(separator):
        yield offset, part
        offset += len(part) + len(separator)


def _strip(offset: int, part: str) -> tuple[int, str]:
    return offset + len(part) - len(part.lstrip()), part.strip()


def _atom(offset: int, part: str) -> Atom:
    position = offset + 1
    if not part:
        raise ExpressionError("empty", position, part)
    for index, character in enumerate(part.partition(">=")[0]):  # a level's name may hold them
        if character in "()" and not part.removeprefix("!").startswith("attr:"):
            raise ExpressionError("parenthesis", position + index, character)
    negated = part.startswith("!")
    body = part[1:].lstrip() if negated else part
    prefix, colon, rest = body.partition(":")
    prefix = prefix.strip()
    if negated and not (colon and prefix in ("attr", "home")):
        raise ExpressionError("negation", position, part)
    if not colon or any(character in prefix for character in "<>="):
        return LevelAtom(*_level(position, body))
    rest_position = position + len(part) - len(rest.lstrip())
    rest = rest.strip()
    match prefix:
        case "claim":
            return ClaimAtom(*_level(rest_position, rest))
        case "attr":
            return _attribute(rest_position, rest, negated)
        case "home":
            return HomeAtom(_id(rest_position, rest), negated)
        case "insats":
            return InsatsAtom(_id(rest_position, rest))
    raise ExpressionError("prefix", position, f"{prefix}:")


def _level(position: int, text: str) -> tuple[str, str | None]:
    """`svenska>=C` or `b_korkort`; any other operator is an error."""
    at = next((index for index, character in enumerate(text) if character in "<>=!"), None)
    if at is None:
        return _id(position, text), None
    operator = text[at : at + 2] if text[at + 1 : at + 2] in ("=", "<", ">") else text[at]
    if operator != ">=":
        raise ExpressionError("operator", position + at, operator)
    level = text[at + 2 :].strip()
    if not level or any(character in "<>=" for character in level):
        raise ExpressionError("level", position + at + 2, level)
    return _id(position, text[:at].strip()), level


def _attribute(position: int, text: str, negated: bool) -> AttrAtom:
    """`af` or `studievag=2`; `=` is the only operator."""
    at = next((index for index, character in enumerate(text) if character in "<>=!"), None)
    if at is None:
        if not text:
            raise ExpressionError("id", position, text)
        return AttrAtom(text, None, negated)
    name, value = text[:at].strip(), text[at + 1 :].strip()
    if text[at] != "=" or value.startswith(("=", "<", ">")):
        raise ExpressionError("operator", position + at, text[at : at + 2].strip())
    if not name:
        raise ExpressionError("id", position, text)
    if not value:
        raise ExpressionError("level", position + at + 1, text)
    return AttrAtom(name, value, negated)


def _id(position: int, text: str) -> str:
    if not text or is_bad_id(text):
        raise ExpressionError("id", position, text)
    return text


def is_bad_id(text: str) -> bool:
    """Whether a text may not serve as an id: white space, `; | ! < > = : ( ) , @` or `..` in it."""
    return (
        not text
        or ".." in text
        or any(character in BAD_ID_CHARACTERS or character.isspace() for character in text)
    )
