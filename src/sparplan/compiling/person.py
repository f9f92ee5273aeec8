"""Compiles one participant: which steps are there to take, on each track."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sparplan.compiling.families import Families, Flags
from sparplan.compiling.pruning import different, prune, useful
from sparplan.compiling.relaxing import Relaxed, Rules
from sparplan.compiling.rounds import NO_PATH
from sparplan.compiling.table import table_of
from sparplan.options import Column
from sparplan.problem import Case
from sparplan.scenario import Participant, Pin, ProfileType, Track
from sparplan.studydays import to_day

if TYPE_CHECKING:
    from sparplan.compiling.compiler import Compiler


class PersonBuilder:
    """Compiles one participant: what is the same on every track once, the rest by track."""

    def __init__(
        self, compiler: "Compiler", participant: Participant, available: int, relaxed: Rules
    ) -> None:
        self.compiler = compiler
        self.scenario = compiler.scenario
        self.rounds = compiler.rounds
        self.participant = participant
        self.available = available
        self.relaxed = relaxed
        self.standing = compiler.insatser.before(participant)
        self.municipality = compiler.scenario.place_by_id[participant.home].municipality
        self.journeys = self.rounds.journeys(participant.home, participant.modes)
        self.pins = sorted(participant.pins, key=lambda pin: pin.start is None)
        self.history = [step for step in map(self._history, participant.pins) if step]

    @property
    def history_in_progress(self) -> bool:
        """Whether a step of history hasn't ended by the planning date."""
        return any(step.latest_end[0] > self.compiler.planning for step in self.history)

    def _history(self, pin: Pin) -> Families | None:
        row = self.scenario.round_by_id[pin.round]
        if row.is_rolling and pin.start is None:
            return None
        start, end = to_day(pin.start or row.start), to_day(pin.end or row.end) + 1
        if start >= self.compiler.planning:
            return None
        return self.rounds.step(self.compiler.round_index[pin.round], start, end, end, history=True)

    # Which rounds are open

    @cached_property
    def _near(self) -> Flags:
        """Rule `travel`, by round."""
        minutes, most = self.journeys.minutes, self.participant.max_travel
        if Relaxed.TRAVEL in self.relaxed:
            return np.ones(len(minutes), dtype=np.bool_)
        near: Flags = (minutes != NO_PATH) & (self.rounds.is_distance | (most is None or minutes <= most))
        return near

    @cached_property
    def _eligible(self) -> Flags:
        """Rule `eligibility` on any track, by round, whether it is lifted or not."""
        eligible = self.standing.is_eligible[self.rounds.insats]
        for name in self.participant.excluded:
            if name in self.compiler.round_index:
                eligible[self.compiler.round_index[name]] = False
            if name in self.compiler.insats_index:
                eligible &= self.rounds.insats != self.compiler.insats_index[name]
        return eligible

    def is_eligible(self, track: Track) -> Flags:
        """Rule `eligibility`, by round."""
        if Relaxed.ELIGIBILITY in self.relaxed:
            return np.ones(len(self._eligible), dtype=np.bool_)
        return self._eligible & self.rounds.open_to(track.track, self.municipality)

    @cached_property
    def _still_open(self) -> Flags:
        """Whether a round still takes applications, by round."""
        if Relaxed.WINDOW in self.relaxed:
            return np.ones(len(self.rounds.is_closed), dtype=np.bool_)
        still_open = ~self.rounds.is_closed
        still_open[[self.compiler.round_index[pin.round] for pin in self.pins]] = True
        return still_open

    @cached_property
    def _suitable(self) -> Flags:
        """Whether a round can be reached and taken on any track, eligibility and dates left aside."""
        return self._near & (self.standing.can_be_taken & (self._allowed > 0))[self.rounds.insats]

    @cached_property
    def _allowed(self) -> Column:
        """By insats: how many new steps `repeats` allows."""
        allowed = self.compiler.max_times.copy()
        for past in self.history:
            allowed[past.insats] -= 1
        return np.maximum(allowed, 0)

    @cached_property
    def _free_from(self) -> Column:
        """By round, the day from which steps of history no longer stand in the way (`repeats`, `clash`)."""
        rounds = self.rounds
        free = np.full(len(rounds.rows), self.compiler.planning)
        for past in self.history:
            clashes = (rounds.weekdays & rounds.weekdays[past.round] > 0) & (
                rounds.place != rounds.place[past.round]
            )
            blocked = clashes | (rounds.insats == past.insats)
            free[blocked] = np.maximum(free[blocked], past.latest_end)
        return free

    def _window(self, track: Track) -> tuple[int, int]:
        planning = self.compiler.planning
        if Relaxed.WINDOW in self.relaxed:
            return planning, self.compiler.calendar.last
        starts = [planning, self.available] + ([to_day(track.start)] if track.start else [])
        ends = [to_day(day) + 1 for day in (self.participant.latest_end, track.end) if day]
        return max(starts), min([self.compiler.horizon_end, *ends])

    # Families of steps

    def _families(self, track: Track) -> Families | None:
        """History, then the new steps that keep the rules of one step, then the pinned ones with dates.

        None where a pinned step doesn't keep them.
        """
        rounds = self.rounds
        start, last = self._window(track)
        first = np.maximum(start, self._free_from)
        suitable = self._suitable & self.is_eligible(track)
        new = rounds.families(np.flatnonzero(suitable & self._still_open), self.standing.days, first, last)
        pinned = []
        for index, start, end in self._pinned_steps:
            latest_end = min(last, int(rounds.end[index]))
            if not suitable[index] or start < first[index] or end > latest_end:
                return None
            pinned.append(rounds.step(index, start, end, latest_end))
        if not self.history and not pinned:
            return new
        return Families.joined(*self.history, new, *pinned)

    @property
    def _pinned_steps(self) -> list[tuple[int, int, int]]:
        """Pinned steps with dates to come: round, start, half-open end."""
        return [
            (self.compiler.round_index[pin.round], to_day(pin.start), to_day(pin.end) + 1)
            for pin in self.pins
            if pin.start and pin.end and to_day(pin.start) >= self.compiler.planning
        ]

    def _answers(self, families: Families) -> list[Column]:
        """For each pin, the families of which it asks for one step."""
        next_pinned = len(families) - len(self._pinned_steps)
        found = []
        for pin in self.pins:
            if pin.start is None or to_day(pin.start) < self.compiler.planning:
                found.append(self._answers_among(pin, families))
            else:
                found.append(np.array([next_pinned]))
                next_pinned += 1
        return found

    def _answers_among(self, pin: Pin, families: Families) -> Column:
        """The families that answer a pinned round, or a pinned step of history."""
        index = self.compiler.round_index[pin.round]
        numbers = np.flatnonzero(families.round == index)
        start, length = families.start[numbers], families.length[numbers]
        if pin.start is None or pin.end is None:
            return numbers[self.rounds.is_on_grid(index, start, length, self.standing.days)]
        first, end = to_day(pin.start), to_day(pin.end) + 1
        is_it: Flags = families.history[numbers] & (start == first) & (start + length == end)
        return numbers[is_it]

    # The case of one track

    def case(self, track: Track, rank: int) -> Case | None:
        """The participant on one track; None when no chain can exist."""
        families = self._families(track)
        if families is None:
            return None
        answers = self._answers(families)
        if not all(len(numbers) for numbers in answers):
            return None
        krav, (merits, merit_points_held) = self._krav(track), self._merits(track)
        wished = krav | sum(bit for bit, _ in merits)
        pinned = np.zeros(len(families), dtype=np.bool_)
        for found in answers:
            pinned[found] = True
        keep = pinned | self.rounds.is_large[families.round]
        compiler, standing = self.compiler, self.standing
        kept = prune(families, standing, krav, wished, keep, compiler.covers, compiler.calendar)
        if kept is None:
            return None
        left, numbers = kept
        pins = tuple(tuple(np.flatnonzero(np.isin(numbers, found)).tolist()) for found in answers)
        if not all(pins):
            return None
        essential = useful(left, standing, wished, pinned[numbers], compiler.bridges)
        weights = self.scenario.policy.points
        return Case(
            track=compiler.track_index[track.track],
            constant_points=self.participant.priority * weights.preference * rank - merit_points_held,
            krav=krav,
            merits=merits,
            options=table_of(left, self.rounds, standing, self.journeys),
            pins=pins,
            repeats=self._repeats(families),
            essential=frozenset(np.flatnonzero(essential).tolist()),
        )

    def _repeats(self, families: Families) -> tuple[tuple[int, int], ...]:
        """New steps allowed of each insats that has options."""
        allowed = self._allowed.tolist()
        return tuple((insats, allowed[insats]) for insats in different(families.insats))

    def _krav(self, track: Track) -> int:
        """Mask of the krav that don't hold from the start."""
        krav = 0
        for row in self.scenario.profile_rows.get(track.profile, ()):
            if row.type is ProfileType.KRAV:
                krav |= self.compiler.level_bit[row.kompetens, row.level]
        return krav & ~self.standing.held

    def _merits(self, track: Track) -> tuple[tuple[tuple[int, int], ...], int]:
        """Merits to be gained (bit, points), and the points of those held from the start."""
        gained: dict[int, int] = {}
        held = 0
        for row in self.scenario.profile_rows.get(track.profile, ()):
            points = row.weight * self.scenario.policy.points.merit
            if row.type is not ProfileType.MERITERANDE or not points:
                continue
            bit = self.compiler.level_bit[row.kompetens, row.level]
            if bit & self.standing.held:
                held += points
            else:
                gained[bit] = gained.get(bit, 0) + points
        return tuple(sorted(gained.items())), held
