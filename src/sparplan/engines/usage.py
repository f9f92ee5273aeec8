"""Who has taken what: seats by round and day, places by track, as chains come and go."""

from collections.abc import Iterable, Sequence
from typing import Self

from sparplan.problem import Chain, Problem


class Usage:
    """Seats and positions taken by a growing and shrinking set of chains."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.steps: dict[int, list[tuple[int, int]]] = {}
        self.placed: dict[int, int] = {}

    @classmethod
    def of(cls, problem: Problem, chains: Sequence[Chain | None]) -> Self:
        """What a plan's chains take, one chain (or None) a person."""
        usage = cls(problem)
        for person, chain in enumerate(chains):
            if chain is not None:
                usage.add(person, chain)
        return usage

    def add(self, person: int, chain: Chain) -> None:
        """Take what a chain takes."""
        case = self.problem.persons[person].cases[chain.case]
        self.placed[case.track] = self.placed.get(case.track, 0) + 1
        for step in chain.steps:
            self.steps.setdefault(case.options[step.option].round, []).append((step.start, step.end))

    def remove(self, person: int, chain: Chain) -> None:
        """Give back what a chain took."""
        case = self.problem.persons[person].cases[chain.case]
        self.placed[case.track] -= 1
        for step in chain.steps:
            self.steps[case.options[step.option].round].remove((step.start, step.end))

    def fits(self, person: int, chain: Chain, closed: Iterable[int] = ()) -> bool:
        """Whether a chain finds seats and a position beside what is taken, and no closed round in it."""
        case = self.problem.persons[person].cases[chain.case]
        most = self.problem.positions[case.track]
        if most is not None and self.placed.get(case.track, 0) >= most:
            return False
        forbidden = set(closed)
        if any(case.options[step.option].round in forbidden for step in chain.steps):
            return False
        return self.has_seats(person, chain)

    def has_seats(self, person: int, chain: Chain) -> bool:
        """Whether every step of a chain finds a seat beside what is taken."""
        case = self.problem.persons[person].cases[chain.case]
        rounds: dict[int, list[tuple[int, int]]] = {}
        for step in chain.steps:
            rounds.setdefault(case.options[step.option].round, []).append((step.start, step.end))
        return all(self._has_room(index, steps) for index, steps in rounds.items())

    def _has_room(self, index: int, new: list[tuple[int, int]]) -> bool:
        row = self.problem.rows[index]
        if row.seats is None:
            return True
        steps = [*self.steps.get(index, ()), *new]
        if not row.rolling:
            return len(steps) <= row.seats
        return all(in_progress(steps, start) <= row.seats for start, _ in steps)

    def still_too_small(self) -> list[int]:
        """Rounds that one more participant alone can't open: their class would stay too small."""
        return [
            index
            for index, row in enumerate(self.problem.rows)
            if len(self.steps.get(index, ())) + 1 < row.min_participants
        ]

    def too_small(self) -> list[int]:
        """Rounds that someone takes, but fewer than their least class size."""
        return [
            index
            for index, steps in self.steps.items()
            if 0 < len(steps) < self.problem.rows[index].min_participants
        ]


def in_progress(steps: Iterable[tuple[int, int]], day: int) -> int:
    """How many of the steps `[start, end)` are in progress on a day."""
    return sum(start <= day < end for start, end in steps)


def rounds_of(problem: Problem, person: int, chain: Chain) -> frozenset[int]:
    """The rounds that a chain uses."""
    options = problem.persons[person].cases[chain.case].options
    return frozenset(options[step.option].round for step in chain.steps)


def uses(problem: Problem, person: int, chain: Chain, rounds: Iterable[int]) -> bool:
    """Whether a chain uses any of some rounds."""
    return not rounds_of(problem, person, chain).isdisjoint(rounds)
