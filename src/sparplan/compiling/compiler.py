"""What the participants of a scenario have in common, and the compiling of each."""

from functools import cached_property

from sparplan.compiling.person import PersonBuilder
from sparplan.compiling.relaxing import NOTHING, Relaxed, Rules
from sparplan.expressions import Expression, parse
from sparplan.insatsgraf import InsatsGraf
from sparplan.problem import Person, Problem, SeatRow
from sparplan.scenario import Kind, Participant, ProfileType, Round, Scenario
from sparplan.studydays import DAYS_A_WEEK, StudyCalendar, to_day
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
            SeatRow(row.seats, 0 if row.is_rolling else self._least(row), row.is_rolling)
            for row in self.scenario.rounds
        )
        persons = tuple(self.person(participant) for participant in self.scenario.participants)
        positions = tuple(track.positions for track in self.scenario.tracks)
        return Problem(self.scenario, self.calendar, persons, rows, positions)

    def _least(self, row: Round) -> int:
        return row.min_participants if to_day(row.start) >= self.planning else 0

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
        row = self.scenario.rounds[round_index]
        insats = self.scenario.insats_by_id[row.insats]
        builder = PersonBuilder(self, participant, self.planning, NOTHING)
        return any(
            builder.is_eligible(row, insats, self.scenario.track_by_id[track]) for track in participant.tracks
        )

    def missing(self, participant: Participant) -> list[str]:
        """Kompetenser of the participant's krav that nothing gives; all not held, if that isn't why."""
        builder = PersonBuilder(self, participant, self.planning, NOTHING)
        conditions = builder.conditions
        rounds = {
            row.insats
            for row, (starts, _) in zip(self.scenario.rounds, self.grids, strict=True)
            if starts[-1] >= self.planning or row.round in builder.pinned_rounds
        }
        insatser = tuple(
            row.replace(provides=given)
            for row in self.scenario.insatser
            if row.insats in rounds and ((given := conditions.given(row)) or row.kind is not Kind.VALIDERING)
        )
        reach = InsatsGraf(self.scenario.replace(insatser=insatser)).reach(participant.levels)
        krav = [
            row
            for track in participant.tracks
            for row in self.scenario.profile_rows.get(self.scenario.track_by_id[track].profile, ())
            if row.type is ProfileType.KRAV and not self.level_bit[row.kompetens, row.level] & conditions.held
        ]
        out_of_reach = [row for row in krav if not reach.has_level(row.kompetens, row.level)]
        return [row.kompetens for row in out_of_reach or krav]

    @cached_property
    def grids(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """By round: its possible starts, and the lengths in days that it gives without durations."""
        return tuple(self._grid(row) for row in self.scenario.rounds)

    @staticmethod
    def _grid(row: Round) -> tuple[tuple[int, ...], tuple[int, ...]]:
        start, end = to_day(row.start), to_day(row.end) + 1
        if not row.is_rolling:
            return (start,), (end - start,)
        starts = tuple(range(start, end, DAYS_A_WEEK * row.intake_every))
        if row.weeks_min is None:
            return starts, ()
        most = row.weeks_min if row.weeks_max is None else row.weeks_max
        return starts, tuple(DAYS_A_WEEK * weeks for weeks in range(row.weeks_min, most + 1))

    @cached_property
    def durations(self) -> dict[str, tuple[tuple[Expression, int], ...]]:
        """By insats: conditions and lengths in days, the first that holds counting."""
        found: dict[str, list[tuple[Expression, int]]] = {}
        for row in self.scenario.durations:
            found.setdefault(row.insats, []).append((parse(row.when), DAYS_A_WEEK * row.weeks))
        return {insats: tuple(rows) for insats, rows in found.items()}

    @cached_property
    def large_rounds(self) -> frozenset[int]:
        """Rounds whose least class size may call for participants who don't need them."""
        return frozenset(
            index
            for index, row in enumerate(self.scenario.rounds)
            if not row.is_rolling and self._least(row) > 1
        )
