"""What the participants of a scenario have in common, and the compiling of each."""

from functools import cached_property

import numpy as np

from sparplan.compiling.insatser import Insatser
from sparplan.compiling.person import PersonBuilder
from sparplan.compiling.relaxing import NOTHING, Relaxed, Rules
from sparplan.compiling.rounds import Rounds
from sparplan.insatsgraf import InsatsGraf
from sparplan.options import Column
from sparplan.problem import Person, Problem, SeatRow
from sparplan.scenario import Duration, Kind, Participant, ProfileType, Round, Scenario
from sparplan.studydays import StudyCalendar, to_day
from sparplan.travel import TravelTimes


class Compiler:
    """Compiles the participants of one scenario; keeps what they have in common."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.travel = TravelTimes(scenario)
        self.planning = to_day(scenario.planning_date)
        self.horizon_end = to_day(scenario.horizon.end) + 1
        self.place_index = {place.place: index for index, place in enumerate(scenario.places)}
        self.round_index = {row.round: index for index, row in enumerate(scenario.rounds)}
        self.insats_index = {row.insats: index for index, row in enumerate(scenario.insatser)}
        self.track_index = {row.track: index for index, row in enumerate(scenario.tracks)}
        self.level_bit: dict[tuple[str, str], int] = {}
        self.level_mask: dict[tuple[str, str], int] = {}
        for kompetens in scenario.kompetenser:
            mask = 0
            for level in kompetens.levels:
                bit = 1 << len(self.level_bit)
                mask |= bit
                self.level_bit[kompetens.kompetens, level] = bit
                self.level_mask[kompetens.kompetens, level] = mask
        self.num_levels = len(self.level_bit)

    def problem(self) -> Problem:
        """The whole scenario compiled."""
        rows = tuple(
            SeatRow(row.seats, 0 if row.is_rolling else self.least(row), row.is_rolling)
            for row in self.scenario.rounds
        )
        persons = tuple(self.person(participant) for participant in self.scenario.participants)
        positions = tuple(track.positions for track in self.scenario.tracks)
        return Problem(self.scenario, self.calendar, persons, rows, positions)

    def least(self, row: Round) -> int:
        """Participants that a fixed round must have, if any."""
        return row.min_participants if to_day(row.start) >= self.planning else 0

    @cached_property
    def rounds(self) -> Rounds:
        """The rounds as columns."""
        return Rounds(self)

    @cached_property
    def insatser(self) -> Insatser:
        """The insatser, as they stand before each participant."""
        return Insatser(self)

    @cached_property
    def durations(self) -> dict[str, list[Duration]]:
        """The rows of `durations` by insats, of which the first that holds counts."""
        found: dict[str, list[Duration]] = {}
        for row in self.scenario.durations:
            found.setdefault(row.insats, []).append(row)
        return found

    @cached_property
    def covers(self) -> tuple[bool, ...]:
        """By insats: whether its steps count as activity."""
        return tuple(row.is_covering for row in self.scenario.insatser)

    @cached_property
    def bridges(self) -> tuple[bool, ...]:
        """By insats: whether its steps are meant to bridge, and count as activity."""
        return tuple(row.is_covering and row.bridge for row in self.scenario.insatser)

    @cached_property
    def max_times(self) -> Column:
        """By insats: how many steps of it are allowed."""
        return np.array([row.max_times for row in self.scenario.insatser], dtype=np.int64)

    @cached_property
    def calendar(self) -> StudyCalendar:
        """Study days over every day that a step can touch."""
        settings = self.scenario.calendar
        available = (row.available_from for row in self.scenario.participants)
        starts = [to_day(row.start) for row in self.scenario.rounds]
        first = min([self.planning, *starts, *(to_day(day) for day in available if day)])
        last = max([self.horizon_end, *(to_day(row.end) + 1 for row in self.scenario.rounds)])
        breaks = tuple((to_day(row.start), to_day(row.end) + 1) for row in settings.breaks)
        return StudyCalendar(settings.country, breaks, first, last)

    def insats_bit(self, insats: str) -> int:
        """The bit that stands for having taken an insats."""
        return 1 << (self.num_levels + self.insats_index[insats])

    def person(self, participant: Participant, relaxed: Rules = NOTHING) -> Person:
        """One participant compiled, with some rules lifted."""
        scenario = self.scenario
        weights = scenario.policy.points
        available = to_day(participant.available_from or scenario.planning_date)
        horizon_days = self.horizon_end - to_day(scenario.horizon.start)
        builder = PersonBuilder(self, participant, available, relaxed)
        cases = (
            builder.case(scenario.track_by_id[track], rank) for rank, track in enumerate(participant.tracks)
        )
        return Person(
            available_from=available,
            day_points=participant.priority * weights.day,
            unplaced_points=participant.priority
            * weights.day
            * (2 * horizon_days + max(0, self.planning - available)),
            max_pace=10**6 if Relaxed.PACE in relaxed else participant.max_pace,
            gap_from=self.planning if builder.history_in_progress else None,
            tolerated_gap=None if Relaxed.GAP in relaxed else scenario.policy.max_gap_days,
            cases=tuple(case for case in cases if case is not None),
        )

    def is_eligible(self, participant: Participant, round_index: int) -> bool:
        """Whether a round is open to a participant on some track of theirs (rule `eligibility`)."""
        builder = PersonBuilder(self, participant, self.planning, NOTHING)
        tracks = (self.scenario.track_by_id[track] for track in participant.tracks)
        return any(builder.is_eligible(track)[round_index] for track in tracks)

    def missing(self, participant: Participant) -> list[str]:
        """Kompetenser of the participant's krav that nothing gives; all not held, if that isn't why."""
        standing = self.insatser.before(participant)
        pinned = {pin.round for pin in participant.pins}
        rounds = {
            row.insats
            for row, last_start in zip(self.scenario.rounds, self.rounds.last_starts, strict=True)
            if last_start >= self.planning or row.round in pinned
        }
        insatser = []
        for row, offer in zip(self.scenario.insatser, standing.offers, strict=True):
            given = {
                kompetens: level
                for kompetens, level in row.provides.items()
                if self.level_bit[kompetens, level] & offer.terms.gives
            }
            if row.insats in rounds and (given or row.kind is not Kind.VALIDERING):
                insatser.append(row.replace(provides=given))
        reach = InsatsGraf(self.scenario.replace(insatser=tuple(insatser))).reach(participant.levels)
        krav = [
            row
            for track in participant.tracks
            for row in self.scenario.profile_rows.get(self.scenario.track_by_id[track].profile, ())
            if row.type is ProfileType.KRAV and not self.level_bit[row.kompetens, row.level] & standing.held
        ]
        out_of_reach = [row for row in krav if not reach.has_level(row.kompetens, row.level)]
        return [row.kompetens for row in out_of_reach or krav]
