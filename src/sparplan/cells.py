"""Types of a scenario's cells: how text from a file, or a JSON value, becomes a typed value.

Each parser takes text as well as JSON's own types, so that a folder, a JSON document and a workbook
share one reading. A parser that refuses raises `PydanticCustomError` whose type is the key of a
message (`issue.<type>`) and whose context holds the message's values.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from sparplan.expressions import ExpressionError, is_bad_id, parse

MAX_CELL_LENGTH = 32_767
FIRST_YEAR, LAST_YEAR = 1950, 2150
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_YES_NO = {"yes": True, "no": False}


def fault(code: str, **values: object) -> PydanticCustomError:
    """The error by which a parser refuses a cell."""
    return PydanticCustomError(code, code, values)


def text_of(value: object) -> str:
    """Text without blanks around; refuses other types, control characters and overlong cells."""
    if not isinstance(value, str):
        raise fault("not_text", value=shown(value))
    found = _CONTROL.search(value)
    if found:
        raise fault("control_character", character=f"U+{ord(found.group()):04X}", position=found.start() + 1)
    if len(value) > MAX_CELL_LENGTH:
        raise fault("cell_too_long", length=len(value), limit=MAX_CELL_LENGTH)
    return value.strip()


def shown(value: object) -> str:
    """A value as a message shows it, shortened."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def is_given(value: object) -> bool:
    """Whether a cell or key holds anything: None, blank text and empty lists or objects don't."""
    if isinstance(value, str):
        return bool(value.strip(" \u00a0"))
    return value is not None and value not in ([], {})


def only_given(value: Any) -> Any:
    """A value without the keys that hold nothing, at every depth."""
    if isinstance(value, dict):
        inner = {key: only_given(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if is_given(item)}
    if isinstance(value, list | tuple):
        return [only_given(item) for item in value]
    return value


def id_of(value: object) -> str:
    """An id: no white space and none of the characters that expressions use."""
    text = text_of(value)
    if is_bad_id(text):
        raise fault("bad_id", value=shown(text))
    return text


def date_of(value: object) -> date:
    """An ISO date, `2027-01-11`."""
    if isinstance(value, date):
        return value
    text = text_of(value)
    try:
        parsed = date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        parsed = None
    if parsed is None:
        raise fault("bad_date", value=shown(text))
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise fault("absurd_date", value=text, first=FIRST_YEAR, last=LAST_YEAR)
    return parsed


def yes_no_of(value: object) -> bool:
    """`yes` or `no` in text, true or false in JSON."""
    if isinstance(value, bool):
        return value
    answer = _YES_NO.get(text_of(value).lower())
    if answer is None:
        raise fault("not_yes_no", value=shown(value))
    return answer


def whole_number(least: int, most: int) -> Callable[[object], int]:
    """A parser of whole numbers within `least..most`."""

    def parser(value: object) -> int:
        number = value
        if isinstance(value, str):
            text = text_of(value)
            number = int(text) if re.fullmatch(r"[+-]?[0-9]{1,15}", text) else None
        if isinstance(number, float) and number.is_integer():
            number = int(number)
        if not isinstance(number, int) or isinstance(number, bool):
            raise fault("not_whole_number", value=shown(value))
        if not least <= number <= most:
            raise fault("out_of_range", value=number, least=least, most=most)
        return number

    return parser


def decimal_number(least: float, most: float) -> Callable[[object], float]:
    """A parser of decimal numbers within `least..most`."""

    def parser(value: object) -> float:
        number: object = value
        if isinstance(value, str):
            text = text_of(value)
            number = float(text) if re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", text) else None
        if not isinstance(number, int | float) or isinstance(number, bool):
            raise fault("not_number", value=shown(value))
        if not least <= number <= most:
            raise fault("out_of_range", value=number, least=least, most=most)
        return float(number)

    return parser


def items_of(item: Callable[[Any], Any], separator: str = ";") -> Callable[[object], tuple[Any, ...]]:
    """A parser of lists: `a; b` in one cell, or a JSON array. No item twice."""

    def parser(value: object) -> tuple[Any, ...]:
        parts: list[object]
        if isinstance(value, str):
            parts = list(text_of(value).split(separator))
        elif isinstance(value, list | tuple):
            parts = list(value)
        else:
            raise fault("not_list", value=shown(value))
        if any(isinstance(part, str) and not part.strip() for part in parts):
            raise fault("empty_item", separator=separator)
        parsed = tuple(item(part) for part in parts)
        seen = set()
        for part in parsed:
            if part in seen:
                raise fault("item_twice", item=shown(part))
            seen.add(part)
        return parsed

    return parser


def plain_item(forbidden: str) -> Callable[[object], str]:
    """A parser of texts that may stand in a list: none of the `forbidden` characters."""

    def parser(value: object) -> str:
        text = text_of(value)
        for character in forbidden:
            if character in text:
                raise fault("bad_character", value=shown(text), character=character)
        if not text:
            raise fault("empty_item", separator=";")
        return text

    return parser


def attribute_of(value: object) -> str:
    """`af` or `studievag=2`, blanks around `=` dropped."""
    text = plain_item(";|!<>")(value)
    name, equals, rest = (part.strip() for part in text.partition("="))
    if not name or (equals and not rest) or "=" in rest:
        raise fault("bad_attribute", value=shown(text))
    return f"{name}={rest}" if equals else name


def levels_of(value: object) -> dict[str, str]:
    """`svenska=B; b_korkort=ja`, or a JSON object."""
    pairs: list[tuple[object, object]] = []
    if isinstance(value, Mapping):
        pairs = list(value.items())
    elif isinstance(value, str):
        for part in text_of(value).split(";"):
            name, equals, level = part.partition("=")
            if not (name.strip() and equals and level.strip()):
                raise fault("bad_level_pair", value=shown(part.strip()))
            pairs.append((name, level))
    else:
        raise fault("not_levels", value=shown(value))
    levels: dict[str, str] = {}
    for kompetens, reached in pairs:
        name = id_of(kompetens)
        if name in levels:
            raise fault("item_twice", item=name)
        levels[name] = plain_item(";|<>=")(reached)
    return levels


def expression_of(value: object) -> str:
    """An expression, kept as written; refused with the position of what is wrong."""
    text = text_of(value)
    try:
        parse(text)
    except ExpressionError as error:
        raise fault(
            f"expression_{error.code}", position=error.position, part=shown(error.part), text=shown(text)
        ) from None
    return text


Text = Annotated[str, BeforeValidator(text_of)]
Id = Annotated[str, BeforeValidator(id_of)]
Day = Annotated[date, BeforeValidator(date_of)]
YesNo = Annotated[bool, BeforeValidator(yes_no_of)]
Ids = Annotated[tuple[str, ...], BeforeValidator(items_of(id_of))]
Levels = Annotated[dict[str, str], BeforeValidator(levels_of)]
LevelNames = Annotated[tuple[str, ...], BeforeValidator(items_of(plain_item(";|<>="), "<"))]
Attributes = Annotated[tuple[str, ...], BeforeValidator(items_of(attribute_of))]
Expr = Annotated[str, BeforeValidator(expression_of)]
Percent = Annotated[int, BeforeValidator(whole_number(1, 100))]
Weeks = Annotated[int, BeforeValidator(whole_number(1, 520))]
Minutes = Annotated[int, BeforeValidator(whole_number(0, 10_000))]
Count = Annotated[int, BeforeValidator(whole_number(0, 1_000_000))]
Points = Annotated[int, BeforeValidator(whole_number(0, 1_000_000))]
