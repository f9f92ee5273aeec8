"""CP-SAT chooses one chain a person: seats, positions and least class sizes included.

Chains are chosen from lists, one for each class; a few *heavy* classes, whose lists would be too long, are
modelled in full beside them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from sparplan.engines.base import Clock, Effort, Stop
from sparplan.engines.chains.labels.layout import SCALE
from sparplan.engines.chains.modelled import Heavy, in_progress_on, seats_by_day
from sparplan.engines.chains.pool import Column, Way
from sparplan.engines.chains.surplus import surplus
from sparplan.engines.monolith.model import MonolithModel, TooLate
from sparplan.engines.monolith.solving import run
from sparplan.engines.monolith.variables import Expr, Literal
from sparplan.engines.usage import Usage, in_progress
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
        return self.ways is not None and not self.without_chain

    @property
    def without_chain(self) -> set[int]:
        """The classes of the ways that aren't chains."""
        ways = (self.ways or {}).values()
        return {way.group for way in ways if way is not None and not isinstance(way, Column)}


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
    heavy: Heavy | None = None,
    stop: Stop | None = None,
) -> Choice:
    """The cheapest choice for some persons beside what others have taken.

    Parameters
    ----------
    members
        By class: the persons to choose for; those of heavy classes aside.
    usage
        What the others have taken.
    hint
        A choice to start from.
    below
        Only choices that cost less are wanted.
    rounds
        The rounds whose seats are asked; all of them unless told.
    heavy
        Classes that are modelled in full. Of what these take together, every round's seats are asked.
    """
    clock = Clock(effort.seconds)
    try:
        inside = _model_of(
            heavy, problem, usage, lambda: clock.left <= 0 or (stop is not None and stop.is_set())
        )
    except TooLate:
        return Choice(None, 0, None, 0.0)
    model = inside.model
    taken = [_amount(model, len(members[column.group])) for column in columns]
    by_group: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for column, variable in zip(columns, taken, strict=True):
        by_group[column.group].append(variable)
    out = {group: _amount(model, len(persons)) for group, persons in members.items()}
    for group, persons in members.items():
        model.add(sum(by_group[group]) + out[group] == len(persons))
    _seats(inside, columns, taken, usage, rounds)
    _least_sizes(inside, columns, taken, usage)
    _positions(inside, columns, taken, usage)
    aim, known, scale = _points(problem, columns, taken, out), 0, 1
    if heavy is not None:
        (aim, known), scale = surplus(inside, heavy, columns, taken, out), SCALE
    model.minimize(aim)
    if below is not None:
        model.add(aim <= scale * (below - 1) - known)
    if hint is not None:
        _hint(model, columns, taken, members, hint)
    answer = run(model, replace(effort, seconds=clock.left), stop)
    bound = None if answer.bound is None else -(-(answer.bound + known) // scale)
    if answer.value is None or answer.objective is None:
        is_proven = not answer.feasible and below is not None
        return Choice(None, 0, below if is_proven else bound, answer.work)
    amounts = [int(answer.value(variable)) for variable in taken]
    ways = _dealt_out(columns, amounts, members)
    if heavy is not None:
        ways |= heavy.ways(problem, inside.chains(answer.value))
    return Choice(ways, (answer.objective + known) // scale, bound, answer.work)


def _model_of(
    heavy: Heavy | None, problem: Problem, usage: Usage, is_late: Callable[[], bool]
) -> MonolithModel:
    return MonolithModel(problem, []) if heavy is None else heavy.model(problem, usage, is_late)


def _points(
    problem: Problem,
    columns: Sequence[Way],
    taken: Sequence[cp_model.IntVar],
    out: Mapping[int, cp_model.IntVar],
) -> Expr:
    """Points of the ways taken and of those left unplaced."""
    terms: list[Expr] = [column.points * amount for column, amount in zip(columns, taken, strict=True)]
    for group, amount in out.items():
        terms.append(problem.persons[problem.classes[group][0]].unplaced_points * amount)
    return sum(terms)


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
    inside: MonolithModel,
    columns: Sequence[Way],
    taken: Sequence[cp_model.IntVar],
    usage: Usage,
    rounds: Collection[int] | None,
) -> None:
    uses: dict[int, list[tuple[cp_model.IntVar, int, int]]] = defaultdict(list)
    for column, variable in zip(columns, taken, strict=True):
        for index, start, end in column.uses:
            if inside.problem.rows[index].seats is not None and (rounds is None or index in rounds):
                uses[index].append((variable, start, end))
    model = inside.model
    for index, users in uses.items():
        row, others = inside.problem.rows[index], usage.steps.get(index, ())
        items = inside.by_round.get(index, ())
        assert row.seats is not None
        if not row.rolling:
            amounts = [*(variable for variable, _, _ in users), *(item.present for item in items)]
            model.add(sum(amounts) <= max(0, row.seats - len(others)))
            continue
        if items:
            seats_by_day(model, row.seats, items, users, others)
        for day in sorted({start for _, start, _ in users} | {start for start, _ in others}):
            there: list[Expr] = [variable for variable, start, end in users if start <= day < end]
            there += [in_progress_on(model, item, day) for item in items]
            if there:
                model.add(sum(there) <= max(0, row.seats - in_progress(others, day)))


def _least_sizes(
    inside: MonolithModel, columns: Sequence[Way], taken: Sequence[cp_model.IntVar], usage: Usage
) -> None:
    model, rows = inside.model, inside.problem.rows
    users: dict[int, list[Literal | cp_model.IntVar]] = defaultdict(list)
    for column, variable in zip(columns, taken, strict=True):
        for index, _, _ in column.uses:
            users[index].append(variable)
    for index, items in inside.by_round.items():
        users[index] += [item.present for item in items]
    for index in usage.steps:
        users.setdefault(index, [])
    for index, amounts in users.items():
        least, others = rows[index].min_participants, len(usage.steps.get(index, ()))
        if least < 2 or others >= least:
            continue
        if others:
            model.add(sum(amounts) >= least - others)
            continue
        held = model.new_bool_var("")
        for amount in amounts:
            model.add(amount == 0).only_enforce_if(held.Not())
        model.add(sum(amounts) >= least).only_enforce_if(held)


def _positions(
    inside: MonolithModel, columns: Iterable[Way], taken: Sequence[cp_model.IntVar], usage: Usage
) -> None:
    placed: dict[int, list[Literal | cp_model.IntVar]] = defaultdict(list)
    for column, variable in zip(columns, taken, strict=True):
        placed[column.track].append(variable)
    for track, literals in inside.placed_by_track().items():
        placed[track] += literals
    for track, amounts in placed.items():
        most = inside.problem.positions[track]
        if most is not None:
            inside.model.add(sum(amounts) <= max(0, most - usage.placed.get(track, 0)))
