"""The planning problem put to PyJobShop as multi-mode tasks: a relaxation.

| sparplan | PyJobShop |
|---|---|
| participant | a job, released when available, weighted with priority · day: its flow time is term 1 |
| insats that helps | an optional task of the job; a mode for each round (and length) |
| round | a renewable with its seats; breaks outside its dates hold a fixed round to them |
| `max_pace` | a renewable for each participant; modes ask for their pace |
| track | an optional task of no length that asks for every krav; positions are a consumable |
| unplaced | an optional task as long as the price of leaving the participant unplaced |
| `requires` | one of the insatser that give it is selected and ends before |
| `alongside` | one of the insatser that fulfil it is selected and begins before, or at the same time |

Left out, since there's nothing to say it with: `gap`, `clash`, `min_participants`, the grid of a rolling
round's starts, pins, and every point but the first term and the price of leaving unplaced. Without `gap`
only the shortest length of a rolling round matters, except where something must go on alongside. What
history gives counts as held. So each plan is a solution of no greater value, but for merits: with the most
that merits can give subtracted, the model's bound is a bound of the plan.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pyjobshop import Model

from sparplan.options import Option
from sparplan.problem import Person, Problem, bits

Task = Any
Mode = Any
Link = Callable[[Task, Task], object]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a mode stands for: days of a step of a round."""

    round: int
    length: int


@dataclass
class ShopModel:
    """PyJobShop's model, and what its tasks and modes stand for.

    Attributes
    ----------
    placed
        By task: the person and the index of the case that it chooses.
    steps
        By mode: what is taken.
    owners
        By task of an insats: the person.
    """

    problem: Problem
    model: Model = field(default_factory=Model)
    placed: dict[int, tuple[int, int]] = field(default_factory=dict)
    steps: dict[int, Taken] = field(default_factory=dict)
    owners: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.origin = _first_day(self.problem)
        self._rounds: dict[int, Any] = {}
        self._tracks = [
            None if most is None else self.model.add_consumable(most) for most in self.problem.positions
        ]
        for index, person in enumerate(self.problem.persons):
            self._add_person(index, person)
        self.model.set_objective(weight_total_flow_time=1)

    def _add_person(self, index: int, person: Person) -> None:
        model = self.model
        release = person.available_from - self.origin
        job = model.add_job(weight=person.day_points, release_date=release)
        pace = model.add_renewable(person.max_pace)
        helpful = _helpful(self.problem, person)
        accompanying = _accompanying(helpful.values())
        tasks = {
            insats: self._add_insats(index, job, pace, options, all_lengths=insats in accompanying)
            for insats, options in helpful.items()
        }
        held = _past(person)
        self._require(job, tasks, {insats: options[0] for insats, options in helpful.items()}, held)
        unplaced = model.add_task(job, release, release, optional=True)
        model.add_mode(unplaced, [], person.unplaced_points // max(1, person.day_points))
        choices = [unplaced]
        for number, case in enumerate(person.cases):
            krav = [
                [task for insats, task in tasks.items() if helpful[insats][0].gives & bit]
                for bit in bits(case.krav & ~held)
            ]
            if self.problem.positions[case.track] == 0 or not all(krav):
                continue  # PyJobShop refuses what can never be
            placed = model.add_task(job, optional=True)
            track = self._tracks[case.track]
            model.add_mode(placed, [] if track is None else [track], 0, [] if track is None else [1])
            self.placed[len(model.tasks) - 1] = (index, number)
            choices.append(placed)
            for givers in krav:
                model.add_select_at_least_one(givers, placed)
        model.add_select_exactly_one(choices)

    def _add_insats(
        self, person: int, job: Any, pace: Any, options: Sequence[Option], *, all_lengths: bool
    ) -> Task:
        """A task, with a mode for each round and length."""
        task = self.model.add_task(
            job,
            earliest_start=min(option.starts[0] for option in options) - self.origin,
            latest_end=max(option.latest_end for option in options) - self.origin,
            optional=True,
        )
        self.owners[len(self.model.tasks) - 1] = person
        for option in options:
            for length in option.lengths if all_lengths else option.lengths[:1]:
                resources = [self._round(option.round), pace]
                self.model.add_mode(task, resources, length, [1, option.pace])
                self.steps[len(self.model.modes) - 1] = Taken(option.round, length)
        return task

    def _round(self, index: int) -> Any:
        """The renewable of a round, made when it is first asked for."""
        if index not in self._rounds:
            row, seats = self.problem.scenario.rounds[index], self.problem.rows[index].seats
            start, end = row.start.toordinal() - self.origin, row.end.toordinal() + 1 - self.origin
            around = pairwise((0, start, end, 2 * end))
            breaks = [(first, last) for number, (first, last) in enumerate(around) if number != 1]
            capacity = len(self.problem.persons) if seats is None else seats
            self._rounds[index] = self.model.add_renewable(
                capacity, [(first, last) for first, last in breaks if first < last]
            )
        return self._rounds[index]

    def _require(self, job: Any, tasks: dict[int, Task], kinds: dict[int, Option], held: int) -> None:
        """`requires` and `alongside` of every task, where what is held doesn't fulfil them."""
        for insats, task in tasks.items():
            for term in kinds[insats].needs:
                if term & held:
                    continue
                # what itself needs the term isn't what fulfils it: something before it did
                givers = [
                    tasks[other]
                    for other, kind in kinds.items()
                    if kind.gives & term and not any(need & ~term == 0 for need in kind.needs)
                ]
                self._one_of(job, task, givers, self.model.add_end_before_start)
            for beside in kinds[insats].beside:
                term = beside.levels | beside.insatser
                if (kinds[insats].gives & beside.insatser) or term & held:
                    continue
                givers = [
                    tasks[other] for other, kind in kinds.items() if kind.gives & term and other != insats
                ]
                self._one_of(job, task, givers, self.model.add_start_before_start)

    def _one_of(self, job: Any, task: Task, givers: Sequence[Task], before: Link) -> None:
        """One of the givers is selected if the task is, and comes before it; the others may come later."""
        if not givers:
            return  # PyJobShop can't say that a task is impossible
        if len(givers) == 1:
            self.model.add_select_at_least_one(givers, task)
            before(givers[0], task)
            return
        links = []
        for giver in givers:
            link = self.model.add_task(job, optional=True)
            self.model.add_mode(link, [], 0)
            self.model.add_select_at_least_one([giver], link)
            before(giver, link)
            self.model.add_end_before_start(link, task)
            links.append(link)
        self.model.add_select_at_least_one(links, task)


def _first_day(problem: Problem) -> int:
    """The day that PyJobShop calls 0: times are never negative there."""
    return min(
        [
            *(person.available_from for person in problem.persons),
            *(row.start.toordinal() for row in problem.scenario.rounds),
        ]
    )


def _helpful(problem: Problem, person: Person) -> dict[int, list[Option]]:
    """By insats: the options that lead to a krav of any track, or to what those need."""
    options: dict[int, dict[int, Option]] = {}
    wanted = 0
    for case in person.cases:
        wanted |= case.krav
        for option in case.options:
            if option.history or option.pace > person.max_pace:
                continue
            if problem.rows[option.round].seats != 0:  # PyJobShop refuses what can never be
                options.setdefault(option.insats, {}).setdefault(option.round, option)
    helpful: dict[int, list[Option]] = {}
    found = True
    while found:
        found = False
        for insats, by_round in options.items():
            kind = next(iter(by_round.values()))
            if insats not in helpful and kind.gives & wanted:
                helpful[insats] = list(by_round.values())
                found = True
                for need in kind.needs:
                    wanted |= need
                for beside in kind.beside:
                    wanted |= beside.levels | beside.insatser
    return helpful


def _past(person: Person) -> int:
    """Mask of what history gives."""
    held = 0
    for case in person.cases:
        for index in case.history:
            held |= case.options[index].gives
    return held


def _accompanying(options: Iterable[Sequence[Option]]) -> set[int]:
    """Insatser that others may need to go on beside them."""
    kinds = [rows[0] for rows in options]
    asked = 0
    for kind in kinds:
        for beside in kind.beside:
            asked |= beside.insatser
    return {kind.insats for kind in kinds if kind.gives & asked}
