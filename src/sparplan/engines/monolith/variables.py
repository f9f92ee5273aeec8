"""Variables of the monolith: a literal a fixed step, an optional interval a step of a rolling round.

A rolling round isn't listed start by start: its start and length are integer variables, and the rules
ask for *order literals* on them ("starts by day d", "lasts to day d"), made once each. What is in
progress is known by segment: the stretch between two neighbouring days on which anything can begin or
end.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ortools.sat.python import cp_model

from sparplan.options import Option
from sparplan.problem import Case, Person, Problem
from sparplan.studydays import DAYS_A_WEEK

Literal = cp_model.BoolVarT | cp_model.NotBooleanVariable
Expr = cp_model.LinearExpr | int


class Model(cp_model.CpModel):
    """A CP-SAT model with constant literals, and clauses that know them."""

    def __init__(self) -> None:
        super().__init__()
        self.true: Literal = self.new_constant(1)
        self.false: Literal = ~self.true

    def literal(self, value: bool) -> Literal:
        """The constant literal of a truth value."""
        return self.true if value else self.false

    def clause(self, *literals: Literal) -> None:
        """At least one of the literals holds; nothing is added where one is true anyway."""
        if not any(self.is_true(literal) for literal in literals):
            self.add_bool_or([literal for literal in literals if not self.is_false(literal)] or [self.false])

    def is_true(self, literal: Literal) -> bool:
        """Whether a literal is the constant true."""
        return bool(literal.index == self.true.index)

    def is_false(self, literal: Literal) -> bool:
        """Whether a literal is the constant false."""
        return bool(literal.index == self.false.index)


class Item(ABC):
    """A step that may be taken.

    Attributes
    ----------
    index, option
        Which option of the case, and the option.
    present
        Whether it is taken.
    interval
        Its days, optional.
    start, end
        First day and half-open end, meaningful when taken.
    length
        Days taken, 0 when it isn't.
    """

    index: int
    option: Option
    present: Literal
    interval: cp_model.IntervalVar
    start: Expr
    end: Expr
    length: Expr
    first_start: int
    last_start: int
    first_end: int
    last_end: int

    @abstractmethod
    def starts_by(self, day: int) -> Literal:
        """Whether it starts on `day` or before, if taken."""

    @abstractmethod
    def lasts_to(self, day: int) -> Literal:
        """Whether its half-open end is `day` or later, if taken."""

    @abstractmethod
    def active(self, start: int, end: int) -> Literal:
        """A literal that holds only if it is taken and in progress all over `[start, end)`."""

    @abstractmethod
    def ended_by(self, day: int) -> Literal:
        """A literal that holds only if it is taken and has ended before `day`."""

    @abstractmethod
    def boundaries(self) -> Iterable[int]:
        """Days on which it can begin, or be over."""

    @abstractmethod
    def hint(self, start: int, end: int) -> None:
        """Hint its days."""


class FixedItem(Item):
    """A step with one start and one end."""

    def __init__(self, model: Model, index: int, option: Option) -> None:
        self.index, self.option = index, option
        self.start = self.first_start = self.last_start = option.starts[0]
        days = option.lengths[0]
        self.end = self.first_end = self.last_end = option.starts[0] + days
        self.present = model.new_bool_var("")
        self.interval = model.new_optional_fixed_size_interval_var(self.first_start, days, self.present, "")
        self.length = days * self.present
        self._model = model

    def starts_by(self, day: int) -> Literal:
        return self._model.literal(self.first_start <= day)

    def lasts_to(self, day: int) -> Literal:
        return self._model.literal(self.last_end >= day)

    def active(self, start: int, end: int) -> Literal:
        covered = self.first_start <= start and end <= self.last_end
        return self.present if covered else self._model.false

    def ended_by(self, day: int) -> Literal:
        return self.present if self.last_end <= day else self._model.false

    def boundaries(self) -> Iterable[int]:
        return (self.first_start, self.last_end)

    def hint(self, start: int, end: int) -> None:
        """Nothing to hint: its days are given."""


class RollingItem(Item):
    """A step whose start and length are decided, on the round's grid."""

    def __init__(self, model: Model, index: int, option: Option) -> None:
        self.index, self.option = index, option
        self._model = model
        starts, lengths = option.starts, option.lengths
        self.stride = starts[1] - starts[0] if len(starts) > 1 else DAYS_A_WEEK
        self.first_start, self.last_start = starts[0], starts[-1]
        self.first_end = starts[0] + lengths[0]
        self.last_end = max(
            start + max(length for length in lengths if start + length <= option.latest_end)
            for start in starts
        )
        self.present = model.new_bool_var("")
        self.at = model.new_int_var(0, len(starts) - 1, "")
        self.until = model.new_int_var(0, (self.last_end - self.first_end) // DAYS_A_WEEK, "")
        self.start = self.first_start + self.stride * self.at
        self.end = self.first_end + DAYS_A_WEEK * self.until
        size = self._size()
        self.interval = model.new_optional_interval_var(self.start, size, self.end, self.present, "")
        self._caches: dict[tuple[str, int, int], Literal] = {}

    def _size(self) -> Expr:
        """Its length in days as the interval wants it; sets `length`, which is 0 when it isn't taken."""
        model, lengths = self._model, self.option.lengths
        if len(lengths) == 1:
            model.add(self.end - self.start == lengths[0])
            self.length = lengths[0] * self.present
            return lengths[0]
        weeks = model.new_int_var(lengths[0] // DAYS_A_WEEK, lengths[-1] // DAYS_A_WEEK, "")
        taken = model.new_int_var(0, lengths[-1] // DAYS_A_WEEK, "")
        model.add(self.end - self.start == DAYS_A_WEEK * weeks)
        model.add(taken == weeks).only_enforce_if(self.present)
        model.add(taken == 0).only_enforce_if(~self.present)
        self.length = DAYS_A_WEEK * taken
        return DAYS_A_WEEK * weeks

    def starts_by(self, day: int) -> Literal:
        if day < self.first_start or day >= self.last_start:
            return self._model.literal(day >= self.last_start)
        return self._order("at", self.at, (day - self.first_start) // self.stride)

    def lasts_to(self, day: int) -> Literal:
        if day <= self.first_end or day > self.last_end:
            return self._model.literal(day <= self.first_end)
        return ~self._order("until", self.until, -(-(day - self.first_end) // DAYS_A_WEEK) - 1)

    def _order(self, name: str, variable: cp_model.IntVar, most: int) -> Literal:
        """The literal `variable ≤ most`."""
        key = (name, most, 0)
        if key not in self._caches:
            literal = self._model.new_bool_var("")
            self._model.add(variable <= most).only_enforce_if(literal)
            self._model.add(variable >= most + 1).only_enforce_if(~literal)
            self._caches[key] = literal
        return self._caches[key]

    def active(self, start: int, end: int) -> Literal:
        return self._all("active", start, end, (self.starts_by(start), self.lasts_to(end)))

    def ended_by(self, day: int) -> Literal:
        return self._all("ended", day, 0, (~self.lasts_to(day + 1),))

    def _all(self, name: str, first: int, second: int, conditions: tuple[Literal, ...]) -> Literal:
        """A literal that implies presence and the conditions."""
        if any(self._model.is_false(condition) for condition in conditions):
            return self._model.false
        needed = [condition for condition in conditions if not self._model.is_true(condition)]
        key = (name, first, second)
        if key not in self._caches:
            literal = self._model.new_bool_var("")
            for condition in (self.present, *needed):
                self._model.add_implication(literal, condition)
            self._caches[key] = literal
        return self._caches[key]

    def boundaries(self) -> Iterable[int]:
        starts = range(self.first_start, self.last_start + 1, self.stride)
        return (*starts, *range(self.first_end, self.last_end + 1, DAYS_A_WEEK))

    def hint(self, start: int, end: int) -> None:
        self._model.add_hint(self.at, (start - self.first_start) // self.stride)
        self._model.add_hint(self.until, (end - self.first_end) // DAYS_A_WEEK)


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of a person's options: a smaller model, exact for chains that lie within it.

    Attributes
    ----------
    latest_end
        Half-open end that no step may pass; None for no such limit.
    essential
        Whether options that can only fill gaps or classes are left out.
    """

    latest_end: int | None = None
    essential: bool = False

    def part(self, case: Case, index: int, option: Option) -> Option | None:
        """What of an option lies within; None when nothing does."""
        if self.essential and index not in case.essential:
            return None
        return option if self.latest_end is None else option.ending_by(self.latest_end)


EVERYTHING = Scope()


class CaseModel:
    """One participant on one track, as variables.

    Attributes
    ----------
    on
        Whether the participant is placed on this track.
    items
        Steps that may be taken; an option of an insats with `max_times` above 1 stands several times.
    days
        Every day on which something can begin or be over, ascending: `days[j], days[j + 1]` is segment j.
    lasting
        By segment: whether the chain lasts past its beginning (so over all of it).
    waiting
        By segment: holds only if no new step has begun by its beginning.

    Parameters
    ----------
    scope
        Which part of the case's options is looked at.
    """

    def __init__(self, model: Model, problem: Problem, person: Person, case: Case, scope: "Scope") -> None:
        self.model, self.problem, self.person, self.case = model, problem, person, case
        self.on: Literal = model.new_bool_var("")
        self.items = self._items(scope)
        boundaries = {day for item in self.items for day in item.boundaries()}
        if person.gap_from is not None:
            boundaries.add(person.gap_from)
        if any(day > person.available_from for day in boundaries):
            boundaries.add(person.available_from)
        self.days = sorted(boundaries)
        count = max(0, len(self.days) - 1)
        self.lasting = [model.new_bool_var("") for _ in range(count)]
        self.waiting = [model.new_bool_var("") for _ in range(count)]
        for literals in (self.lasting, self.waiting):
            for earlier, later in pairwise(literals):
                model.add_implication(later, earlier)
        self._link()

    def _items(self, scope: "Scope") -> list[Item]:
        model = self.model
        repeats = dict(self.case.repeats)
        items: list[Item] = []
        for index, whole in enumerate(self.case.options):
            option = scope.part(self.case, index, whole)
            if option is None:
                continue
            if option.is_single:
                items.append(FixedItem(model, index, option))
                continue
            span = option.latest_end - option.starts[0]
            copies = max(1, min(repeats[option.insats], span // option.lengths[0]))
            mine = [RollingItem(model, index, option) for _ in range(copies)]
            for earlier, later in pairwise(mine):  # copies are interchangeable
                model.add_implication(later.present, earlier.present)
                model.add(later.start >= earlier.end).only_enforce_if(later.present)
            items.extend(mine)
        for item in items:
            model.add_implication(item.present, self.on)
        return items

    def _link(self) -> None:
        """Tie `lasting` and `waiting` to the steps."""
        model = self.model
        for literal in self.lasting[:1]:
            model.add_implication(literal, self.on)
        for item in self.items:
            for day in item.boundaries():
                segment = self.segment(day)
                if segment and day >= item.first_end:
                    model.clause(~item.present, ~item.lasts_to(day), self.lasting[segment - 1])
                if segment < len(self.waiting) and not item.option.history and day <= item.last_start:
                    model.clause(~item.present, ~item.starts_by(day), ~self.waiting[segment])

    def segment(self, day: int) -> int:
        """Index of the segment that begins on a day of `days`."""
        return bisect_left(self.days, day)

    @cached_property
    def study_days(self) -> list[int]:
        """Study days of each segment."""
        return [self.problem.calendar.count(start, end) for start, end in pairwise(self.days)]

    def new_items(self) -> list[Item]:
        """The items that aren't history."""
        return [item for item in self.items if not item.option.history]

    def givers(self, mask: int) -> list[Item]:
        """The items that give any bit of a mask."""
        return [item for item in self.items if item.option.gives & mask]
