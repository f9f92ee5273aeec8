"""The compiled problem: each participant as a short list of options, index-based and frozen.

Compiling works out what concerns one participant alone (`eligibility`, `window`, `travel`, validering,
rolling starts and lengths, history; problem.md §3–5) and drops what is out of reach or leads nowhere.
What remains for a search: `prerequisites`, `alongside`, `pace`, `clash`, `gap`, `goal`, `repeats`,
`pinned`, and the rows that participants share. Days are ordinals, intervals half-open. `compiling/`
makes it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sparplan.options import Option, OptionTable
from sparplan.scenario import PointWeights, Scenario
from sparplan.studydays import StudyCalendar


@dataclass(frozen=True, slots=True)
class Case:
    """One participant on one track.

    Attributes
    ----------
    track
        Index into the scenario's tracks.
    constant_points
        What choosing the track costs, less the merits held from the start.
    krav
        Mask of level bits still to be reached.
    merits
        Merits not held from the start: bit and points gained.
    options
        What may be taken.
    pins
        For each pinned round or step, the options of which one must be taken (none: no chain exists).
    repeats
        For each insats that occurs: how many new steps of it are allowed.
    essential
        Options that lead to the goal or a merit, are pinned, or are meant to bridge; the others can
        only fill gaps or classes. A search for a good chain may begin with these.
    """

    track: int
    constant_points: int
    krav: int
    merits: tuple[tuple[int, int], ...]
    options: OptionTable
    pins: tuple[tuple[int, ...], ...]
    repeats: tuple[tuple[int, int], ...]
    essential: frozenset[int]

    @property
    def history(self) -> tuple[int, ...]:
        """Indices of the options that are history."""
        return tuple(self.options.column("history").nonzero()[0].tolist())


@dataclass(frozen=True, slots=True)
class Person:
    """What the search knows of a participant; equal persons are interchangeable.

    Attributes
    ----------
    day_points
        Points for each day from `available_from` to the last day (priority included).
    unplaced_points
        Points for leaving the participant without a chain.
    max_pace
        Most total pace on a day with a new step.
    gap_from
        Day from which gaps count; None: from the first new step on.
    tolerated_gap
        Study days in a row that may pass without activity; None: any number.
    """

    available_from: int
    day_points: int
    unplaced_points: int
    max_pace: int
    gap_from: int | None
    tolerated_gap: int | None
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """What a round offers to all: `seats` None for no limit; `min_participants` 0 where it doesn't ask."""

    seats: int | None
    min_participants: int
    rolling: bool


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A chosen step: an option of the case, first day, half-open end."""

    option: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A chosen chain: the person's case, and its steps in order of start."""

    case: int
    steps: tuple[StepChoice, ...]


@dataclass(frozen=True)
class Problem:
    """A scenario compiled. `persons[i]` belongs to `scenario.participants[i]`."""

    scenario: Scenario
    calendar: StudyCalendar
    persons: tuple[Person, ...]
    rows: tuple[SeatRow, ...]
    positions: tuple[int | None, ...]

    @property
    def weights(self) -> PointWeights:
        """The weights of the objective."""
        return self.scenario.policy.points

    @property
    def min_pace(self) -> int:
        """Least total pace that counts as being in activity."""
        return self.scenario.policy.min_pace

    @cached_property
    def classes(self) -> tuple[tuple[int, ...], ...]:
        """Indices of interchangeable persons, in order of the first of each class."""
        members: dict[Person, list[int]] = {}
        for index, person in enumerate(self.persons):
            members.setdefault(person, []).append(index)
        return tuple(tuple(found) for found in members.values())

    def by_priority(self, persons: Iterable[int]) -> list[int]:
        """Persons in the order in which they are served: dearer days first, then as they stand."""
        return sorted(persons, key=lambda person: (-self.persons[person].day_points, person))

    @cached_property
    def is_large(self) -> npt.NDArray[np.int64]:
        """By round: 1 where it asks for a least class size."""
        return np.array([row.min_participants > 1 for row in self.rows], dtype=np.int64)

    def step_points(self, option: Option, start: int, end: int) -> int:
        """Points of one step by itself: bridge days, travel, pace (problem.md §6)."""
        weights = self.weights
        days = end - start
        points = -(-option.pace * days // 100)
        if option.bridge:
            points += weights.bridge_day * days
        if option.on_site_fifths and weights.travel_hour:
            on_site = self.calendar.count(start, end) * option.on_site_fifths // 5
            points += weights.travel_hour * (2 * option.minutes * on_site // 60)
        return points

    def chain_points(self, person: Person, chain: Chain) -> int:
        """Points of a whole chain, as the objective counts them."""
        case = person.cases[chain.case]
        points = case.constant_points
        if not chain.steps:
            return points
        held = 0
        for step in chain.steps:
            option = case.options[step.option]
            held |= option.gives
            points += self.step_points(option, step.start, step.end)
        first = min(step.start for step in chain.steps)
        last = max(step.end for step in chain.steps)
        points += person.day_points * max(0, last - person.available_from)
        points += self.weights.length_day * (last - first)
        return points - sum(gain for bit, gain in case.merits if bit & held)

    def uses(self, person: int, chain: Chain) -> tuple[tuple[int, int, int], ...]:
        """What a person's chain takes: round, first day and half-open end of each step, in order of round."""
        rounds = self.persons[person].cases[chain.case].options.column("round")
        return tuple(sorted((int(rounds[step.option]), step.start, step.end) for step in chain.steps))

    def points(self, person: int, chain: Chain | None) -> int:
        """Points of one person: of a chain, or for leaving the person unplaced."""
        compiled = self.persons[person]
        return compiled.unplaced_points if chain is None else self.chain_points(compiled, chain)

    def total(self, chains: Sequence[Chain | None]) -> int:
        """The objective of a choice of chains, one (or None) a person."""
        return sum(self.points(person, chain) for person, chain in enumerate(chains))


def bits(mask: int) -> Iterable[int]:
    """The single bits of a mask, lowest first."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit
