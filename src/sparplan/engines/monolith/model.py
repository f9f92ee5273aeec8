"""The model of some participants: their cases, the rows they share, the objective; and back to chains."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sparplan.engines.monolith import constraints
from sparplan.engines.monolith.constraints import PERSONAL, Taken
from sparplan.engines.monolith.objective import case_points
from sparplan.engines.monolith.variables import EVERYTHING, CaseModel, Expr, Item, Literal, Model, Scope
from sparplan.problem import Chain, Problem, StepChoice

Value = Callable[[Literal | Expr], int]


@dataclass(frozen=True)
class Others:
    """What participants outside the model have taken, and rounds closed to those inside.

    Attributes
    ----------
    steps
        By round: the days of each step taken.
    placed
        By track: participants placed.
    closed
        Rounds that nobody in the model may take.
    """

    steps: Taken
    placed: Mapping[int, int]
    closed: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, problem: Problem, chains: Iterable[tuple[int, Chain]], closed: Iterable[int] = ()
    ) -> "Others":
        """What some persons' chains take."""
        steps: dict[int, list[tuple[int, int]]] = {}
        placed: dict[int, int] = {}
        for person, chain in chains:
            case = problem.persons[person].cases[chain.case]
            placed[case.track] = placed.get(case.track, 0) + 1
            for step in chain.steps:
                steps.setdefault(case.options[step.option].round, []).append((step.start, step.end))
        return cls(steps, placed, frozenset(closed))


NOBODY = Others({}, {})


class TooLate(Exception):
    """There is no time left to make a model in."""


class MonolithModel:
    """A CP-SAT model of some persons of a problem.

    Parameters
    ----------
    members
        Indices of the persons.
    others
        What is taken already.
    seats, positions, least_sizes
        Which rules across participants ask (a person alone can't fill a class).
    scopes
        By member: the part of the options looked at, if not everything.
    is_late
        Asked before each member is modelled: whether it is too late for that.

    Raises
    ------
    TooLate
        When `is_late` says so.

    Attributes
    ----------
    points
        By member: points of the chain, or for being left unplaced.
    by_round
        The steps of each round that members may take.
    """

    def __init__(
        self,
        problem: Problem,
        members: Sequence[int],
        others: Others = NOBODY,
        *,
        seats: bool = True,
        positions: bool = True,
        least_sizes: bool = True,
        scopes: Mapping[int, Scope] | None = None,
        is_late: Callable[[], bool] = lambda: False,
    ) -> None:
        self.problem = problem
        self.members = tuple(members)
        self.model = Model()
        self.cases: dict[int, list[CaseModel]] = {}
        self.points: dict[int, Expr] = {}
        for member in self.members:
            if is_late():
                raise TooLate
            self._add_person(member, (scopes or {}).get(member, EVERYTHING))
        self.by_round = self._items_by_round()
        if seats:
            self._add_seats(others.steps)
        if least_sizes:
            self._add_least_sizes(others.steps)
        if positions:
            self._add_positions(others.placed)
        self._close(others.closed)
        self.objective = sum(self.points.values())
        self.model.minimize(self.objective)

    def _add_person(self, member: int, scope: Scope) -> None:
        person = self.problem.persons[member]
        cases = [CaseModel(self.model, self.problem, person, case, scope) for case in person.cases]
        self.cases[member] = cases
        for case in cases:
            for rule in PERSONAL:
                rule(case)
        if len(cases) > 1:
            self.model.add_at_most_one(case.on for case in cases)
        placed = sum(case.on for case in cases)
        self.points[member] = person.unplaced_points * (1 - placed) + sum(map(case_points, cases))

    def _items_by_round(self) -> dict[int, list[Item]]:
        by_round: dict[int, list[Item]] = {}
        for cases in self.cases.values():
            for case in cases:
                for item in case.items:
                    by_round.setdefault(item.option.round, []).append(item)
        return by_round

    def _add_seats(self, taken: Taken) -> None:
        for index, items in self.by_round.items():
            row = self.problem.rows[index]
            if row.seats is not None:
                constraints.seats(self.model, row.seats, items, taken.get(index, ()), rolling=row.rolling)

    def _add_least_sizes(self, taken: Taken) -> None:
        for index, items in self.by_round.items():
            least = self.problem.rows[index].min_participants
            constraints.min_participants(self.model, least, items, len(taken.get(index, ())))

    def placed_by_track(self) -> dict[int, list[Literal]]:
        """By track: whether each member who could be is placed there."""
        on_track: dict[int, list[Literal]] = {}
        for cases in self.cases.values():
            for case in cases:
                on_track.setdefault(case.case.track, []).append(case.on)
        return on_track

    def _add_positions(self, taken: Mapping[int, int]) -> None:
        for track, placed in self.placed_by_track().items():
            most = self.problem.positions[track]
            if most is not None:
                constraints.positions(self.model, most - taken.get(track, 0), placed)

    def _close(self, rounds: frozenset[int]) -> None:
        for index in rounds:
            for item in self.by_round.get(index, ()):
                self.model.add(item.present == 0)

    def require_placed(self, member: int) -> None:
        """Demand that a person is placed."""
        self.model.add_bool_or(case.on for case in self.cases[member])

    def order_alike(self) -> None:
        """Break the symmetry of interchangeable persons: their points ascend."""
        for members in self.problem.classes:
            for one, other in pairwise([member for member in members if member in self.cases]):
                self.model.add(self.points[one] <= self.points[other])

    def bound_each(self, bounds: Mapping[int, int]) -> None:
        """Add what is known of each person alone: no chain has fewer points."""
        for member, bound in bounds.items():
            self.model.add(self.points[member] >= bound)

    def chains(self, value: Value) -> dict[int, Chain | None]:
        """The chains of a solution."""
        found: dict[int, Chain | None] = {}
        for member, cases in self.cases.items():
            found[member] = None
            for number, case in enumerate(cases):
                if value(case.on):
                    taken = [item for item in case.items if value(item.present)]
                    steps = [StepChoice(item.index, value(item.start), value(item.end)) for item in taken]
                    steps.sort(key=lambda step: (step.start, step.end, step.option))
                    found[member] = Chain(number, tuple(steps))
        return found

    def hint(self, chains: Mapping[int, Chain | None]) -> None:
        """Hint what decides everything else: tracks, steps, their starts and lengths."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]  # untyped in ortools
        for member, cases in self.cases.items():
            chain = chains.get(member)
            for number, case in enumerate(cases):
                mine = chain if chain is not None and chain.case == number else None
                self.model.add_hint(case.on, mine is not None)
                self._hint_items(case, mine.steps if mine else ())

    def _hint_items(self, case: CaseModel, steps: Sequence[StepChoice]) -> None:
        left = list(steps)
        for item in case.items:
            step = next((step for step in left if step.option == item.index), None)
            self.model.add_hint(item.present, step is not None)
            if step is not None:
                left.remove(step)
                item.hint(step.start, step.end)
