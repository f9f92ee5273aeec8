"""What the checks share: the draft, where its rows stand, the known ids, and where issues are noted."""

from collections.abc import Collection, Iterator
from functools import cached_property, partial
from typing import Any, TypeVar

from sparplan.errors import Where
from sparplan.files.collecting import Collector
from sparplan.files.naming import hint, printable
from sparplan.messages import say
from sparplan.scenario import BROKEN, Origin, Row, Scenario

MOST_HINTS = 200  # of nearest names a check: finding one means comparing with every known id

R = TypeVar("R", bound=Row)


def is_readable(*values: object) -> bool:
    """Whether none of the values is a cell that couldn't be read."""
    return all(value is not BROKEN for value in values)


def is_set(*values: object) -> bool:
    """Whether all of the values were given and could be read."""
    return all(value is not None and value is not BROKEN for value in values)


class Survey:
    """A draft under examination.

    Parameters
    ----------
    draft
        The scenario; cells that couldn't be read are `BROKEN`.
    issues
        Where faults and warnings are noted.
    unreadable
        Tables of which rows may be missing: references to them aren't judged.
    """

    def __init__(self, draft: Scenario, issues: Collector, unreadable: frozenset[str]) -> None:
        self.draft = draft
        self.issues = issues
        self.unreadable = unreadable
        self._hints = 0

    @property
    def origin(self) -> Origin:
        """Where the rows stand."""
        return self.draft.origin

    def where(self, table: str, index: int, column: str | None = None) -> Where:
        """The place of a row, by its index."""
        return self.origin.row(table, index, column)

    def rows(self, table: str) -> Iterator[tuple[int, Any]]:
        """The rows of a table with their index."""
        return enumerate(getattr(self.draft, table))

    @cached_property
    def ids(self) -> dict[str, frozenset[str]]:
        """Known ids by table; a profile is known when it has a row."""
        draft = self.draft
        found: dict[str, list[Any]] = {
            "places": [row.place for row in draft.places],
            "kompetenser": [row.kompetens for row in draft.kompetenser],
            "insatser": [row.insats for row in draft.insatser],
            "rounds": [row.round for row in draft.rounds],
            "kompetensprofiler": [row.profile for row in draft.kompetensprofiler],
            "tracks": [row.track for row in draft.tracks],
            "participants": [row.participant for row in draft.participants],
        }
        return {table: frozenset(filter(is_readable, ids)) for table, ids in found.items()}

    @cached_property
    def municipalities(self) -> frozenset[str]:
        """Municipalities of the places."""
        codes = (row.municipality for row in self.draft.places)
        return frozenset(code for code in codes if code is not None and code is not BROKEN)

    @cached_property
    def levels(self) -> dict[str, Any]:
        """Levels by kompetens, the first row of an id; BROKEN where they couldn't be read."""
        found: dict[str, Any] = {}
        for row in self.draft.kompetenser:
            if is_readable(row.kompetens):
                found.setdefault(row.kompetens, row.levels)
        return found

    @cached_property
    def round_by_id(self) -> dict[str, Any]:
        """Rounds by id, as far as ids could be read; the first of an id."""
        found: dict[str, Any] = {}
        for row in self.draft.rounds:
            if is_readable(row.round):
                found.setdefault(row.round, row)
        return found

    def hint(self, name: str, known: Collection[str]) -> str:
        """The nearest known name as a sentence; nothing after `MOST_HINTS` of them."""
        self._hints += 1
        return hint(name, sorted(known)) if self._hints <= MOST_HINTS else ""

    def knows(self, table: str, value: str) -> bool:
        """Whether a table has an id, or may have had it."""
        return value in self.ids[table] or table in self.unreadable

    def refer(self, table: str, value: Any, where: Where) -> bool:
        """Whether a reference leads somewhere; a fault is noted when it doesn't."""
        if not is_set(value):
            return False
        if self.knows(table, value):
            return value in self.ids[table]
        self.issues.add(
            "unknown_reference",
            where,
            thing=say(f"thing.{table}"),
            value=printable(value),
            table=table,
            hint=partial(self.hint, value, self.ids[table]),
        )
        return False

    def refer_level(self, kompetens: Any, level: Any, where: Where) -> None:
        """Note a fault when a kompetens, or its level, isn't known."""
        if not self.refer("kompetenser", kompetens, where) or not is_set(level):
            return
        levels = self.levels[kompetens]
        if is_readable(levels) and level not in levels:
            self.issues.add(
                "unknown_level",
                where,
                kompetens=printable(kompetens),
                level=printable(level),
                hint=partial(self.hint, level, levels),
            )
