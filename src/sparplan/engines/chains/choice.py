"""CP-SAT chooses one chain a person from the pool: seats, positions and least class sizes included."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from sparplan.engines.base import Effort, Stop
from sparplan.engines.chains.pool import Column, Way
from sparplan.engines.monolith.solving import run
from sparplan.engines.usage import Usage
from sparplan.problem import Chain, Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice for some persons; `bound` holds for the ways that there were to choose from.

    Attributes
    ----------
    ways
        By person; None for those left unplaced. None when nothing was found.
    """

    ways: Mapping[int, Way | None] | None
    points: int
    bound: int | None
    work: float

    @property
    def chains(self) -> dict[int, Chain | None] | None:
        """By person the chain; None too where only a way is known."""
        if self.ways is None:
            return None
        return {p: way.chain if isinstance(way, Column) else None for p, way in self.ways.items()}

    @property
    def is_whole(self) -> bool:
        """Whether each way is a chain."""
        return self.ways is not None and all(
            way is None or isinstance(way, Column) for way in self.ways.values()
        )


def choose(
    problem: Problem,
    columns: Sequence[Way],
    members: Mapping[int, Sequence[int]],
    usage: Usage,
    effort: Effort,
    *,
    hint: Mapping[int, Chain | None] | None = None,
    below: int | None = None,
    rounds: Collection[int] | None = None,
    stop: Stop | None = None,
) -> Choice:
    """The cheapest choice for some persons beside what others have taken.

    Parameters
    ----------
    members
        By class: the persons to choose for.
    usage
        What the others have taken.
    hint
        A choice to start from.
    below
        Only choices that cost less are wanted.
    rounds
        The rounds whose seats are asked; all of them unless told.
    """
    model = cp_model.CpModel()
    taken = [_amount(model, len(members[column.group])) for column in columns]
    points = [column.points * variable for column, variable in zip(columns, taken, strict=True)]
    by_group: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for column, variable in zip(columns, taken, strict=True):
        by_group[column.group].append(variable)
    for group, persons in members.items():
        out = _amount(model, len(persons))
        points.append(problem.persons[persons[0]].unplaced_points * out)
        model.add(sum(by_group[group]) + out == len(persons))
    _seats(model, problem, columns, taken, usage, rounds)
    _least_sizes(model, problem, columns, taken, usage)
    _positions(model, problem, columns, taken, usage)
    model.minimize(sum(points))
    if below is not None:
        model.add(sum(points) <= below - 1)
    if hint is not None:
        _hint(model, columns, taken, members, hint)
    answer = run(model, effort, stop)
    if answer.value is None or answer.objective is None:
        is_proven = not answer.feasible and below is not None
        return Choice(None, 0, below if is_proven else answer.bound, answer.work)
    amounts = [int(answer.value(variable)) for variable in taken]
    return Choice(_dealt_out(columns, amounts, members), answer.objective, answer.bound, answer.work)


def _amount(model: cp_model.CpModel, most: int) -> cp_model.IntVar:
    """How many members of a class: a truth value where the class is one person."""
    return model.new_bool_var("") if most == 1 else model.new_int_var(0, most, "")


def _hint(
    model: cp_model.CpModel,
    columns: Sequence[Way],
    taken: Sequence[cp_model.IntVar],
    members: Mapping[int, Sequence[int]],
    hint: Mapping[int, Chain | None],
) -> None:
    group_of = {person: group for group, persons in members.items() for person in persons}
    counts: dict[tuple[int, Chain], int] = defaultdict(int)
    for person, chain in hint.items():
        if chain is not None:
            counts[group_of[person], chain] += 1
    for column, variable in zip(columns, taken, strict=True):
        if isinstance(column, Column):
            model.add_hint(variable, counts.get((column.group, column.chain), 0))


def _dealt_out(
    columns: Sequence[Way], amounts: Sequence[int], members: Mapping[int, Sequence[int]]
) -> dict[int, Way | None]:
    """Ways by person: members of a class take their class's ways in order."""
    chosen: dict[int, Way | None] = {person: None for persons in members.values() for person in persons}
    waiting = {group: list(persons) for group, persons in members.items()}
    for column, amount in zip(columns, amounts, strict=True):
        for _ in range(amount):
            chosen[waiting[column.group].pop(0)] = column
    return chosen


def _seats(
    model: cp_model.CpModel,
    problem: Problem,
    columns: Sequence[Way],
    taken: Sequence[cp_model.IntVar],
    usage: Usage,
    rounds: Collection[int] | None,
) -> None:
    uses: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, column in enumerate(columns):
        for row, start, end in column.uses:
            if problem.rows[row].seats is not None and (rounds is None or row in rounds):
                uses[row].append((number, start, end))
    for row, users in uses.items():
        seats = problem.rows[row].seats
        assert seats is not None
        others = usage.steps.get(row, ())
        if not problem.rows[row].rolling:
            model.add(sum(taken[number] for number, _, _ in users) <= max(0, seats - len(others)))
            continue
        days = {start for _, start, _ in users} | {start for start, _ in others}
        for day in sorted(days):
            there = [taken[number] for number, start, end in users if start <= day < end]
            free = seats - sum(start <= day < end for start, end in others)
            if there:
                model.add(sum(there) <= max(0, free))


def _least_sizes(
    model: cp_model.CpModel,
    problem: Problem,
    columns: Sequence[Way],
    taken: Sequence[cp_model.IntVar],
    usage: Usage,
) -> None:
    users: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for column, variable in zip(columns, taken, strict=True):
        for row, _, _ in column.uses:
            if problem.rows[row].min_participants > 1:
                users[row].append(variable)
    for row in usage.steps:
        if problem.rows[row].min_participants > 1:
            users.setdefault(row, [])
    for row, variables in users.items():
        least, others = problem.rows[row].min_participants, len(usage.steps.get(row, ()))
        if others >= least:
            continue
        if others:
            model.add(sum(variables) >= least - others)
            continue
        held = model.new_bool_var("")
        for variable in variables:
            model.add(variable == 0).only_enforce_if(held.Not())
        model.add(sum(variables) >= least).only_enforce_if(held)


def _positions(
    model: cp_model.CpModel,
    problem: Problem,
    columns: Iterable[Way],
    taken: Sequence[cp_model.IntVar],
    usage: Usage,
) -> None:
    placed: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for column, variable in zip(columns, taken, strict=True):
        placed[column.track].append(variable)
    for track, variables in placed.items():
        most = problem.positions[track]
        if most is not None:
            model.add(sum(variables) <= max(0, most - usage.placed.get(track, 0)))
