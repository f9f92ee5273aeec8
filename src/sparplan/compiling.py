"""From scenario to problem: what each participant may take, worked out once (see problem.py)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum
from functools import cached_property

from sparplan.expressions import AttrAtom, ClaimAtom, Expression, HomeAtom, InsatsAtom, LevelAtom, parse
from sparplan.insatsgraf import InsatsGraf, Offer, earliest_days
from sparplan.problem import Beside, Case, Option, Person, Problem, SeatRow
from sparplan.scenario import (
    Form,
    Insats,
    Kind,
    Participant,
    Pin,
    ProfileType,
    Round,
    Scenario,
    Track,
)
from sparplan.studydays import DAYS_A_WEEK, WEEKDAYS, StudyCalendar, on_site_days, to_day
from sparplan.travel import TravelTimes


class Relaxed(Enum):
    """Rules that can be lifted for one participant, to find out what stands in the way."""

    TRAVEL = "too_far"
    ELIGIBILITY = "not_eligible"
    WINDOW = "no_time"
    GAP = "gap"
    PACE = "pace"


Rules = frozenset[Relaxed]
NOTHING: Rules = frozenset()


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
        builder = _PersonBuilder(self, participant, available, relaxed)
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
        builder = _PersonBuilder(self, participant, self.planning, NOTHING)
        return any(
            builder.is_eligible(row, insats, self.scenario.track_by_id[track]) for track in participant.tracks
        )

    def missing(self, participant: Participant) -> list[str]:
        """Kompetenser of the participant's krav that nothing gives; all not held, if that isn't why."""
        builder = _PersonBuilder(self, participant, self.planning, NOTHING)
        rounds = {
            row.insats
            for row, (starts, _) in zip(self.scenario.rounds, self.grids, strict=True)
            if starts[-1] >= self.planning or row.round in builder.pinned_rounds
        }
        insatser = tuple(
            row.replace(provides=given)
            for row in self.scenario.insatser
            if row.insats in rounds and ((given := builder.given(row)) or row.kind is not Kind.VALIDERING)
        )
        reach = InsatsGraf(self.scenario.replace(insatser=insatser)).reach(participant.levels)
        krav = [
            row
            for track in participant.tracks
            for row in self.scenario.profile_rows.get(self.scenario.track_by_id[track].profile, ())
            if row.type is ProfileType.KRAV and not self.level_bit[row.kompetens, row.level] & builder.held
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
    def places_in(self) -> frozenset[str]:
        """Municipality codes that a place has."""
        return frozenset(place.municipality for place in self.scenario.places if place.municipality)

    @cached_property
    def large_rounds(self) -> frozenset[int]:
        """Rounds whose least class size may call for participants who don't need them."""
        return frozenset(
            index
            for index, row in enumerate(self.scenario.rounds)
            if not row.is_rolling and self._least(row) > 1
        )


class _PersonBuilder:
    """Compiles one participant: what is the same on every track once, the rest by track."""

    def __init__(self, compiler: Compiler, participant: Participant, available: int, relaxed: Rules) -> None:
        self.compiler = compiler
        self.scenario = compiler.scenario
        self.participant = participant
        self.available = available
        self.relaxed = relaxed
        self.municipality = self.scenario.place_by_id[participant.home].municipality
        self.held = 0
        for kompetens, level in participant.levels.items():
            self.held |= compiler.level_mask[kompetens, level]
        self.attributes = dict(self._attribute(text) for text in participant.attributes)
        self.pinned_rounds = {pin.round for pin in participant.pins}
        self._needs: dict[str | None, tuple[tuple[int, int], ...] | None] = {}
        self._minutes: dict[str, int | None] = {}
        self.history = [option for option in map(self._history, participant.pins) if option]
        self.history_in_progress = any(
            option.starts[0] + option.lengths[0] > compiler.planning for option in self.history
        )

    @staticmethod
    def _attribute(text: str) -> tuple[str, str | None]:
        name, equals, value = text.partition("=")
        return name, value if equals else None

    # Expressions over the participant

    def _terms(self, expression: str | None) -> tuple[tuple[int, int], ...] | None:
        """Terms not true from the start, as masks of levels and insatser; None if one can't ever hold."""
        if expression not in self._needs:
            self._needs[expression] = self._work_out(parse(expression))
        return self._needs[expression]

    def _work_out(self, expression: Expression) -> tuple[tuple[int, int], ...] | None:
        terms = []
        for term in expression.terms:
            levels = insatser = 0
            holds = False
            for atom in term:
                if isinstance(atom, InsatsAtom):
                    insatser |= self.compiler.insats_bit(atom.insats)
                elif isinstance(atom, LevelAtom):
                    levels |= self._level_bit(atom)
                    holds |= bool(levels & self.held)
                else:
                    holds |= self._is_true(atom)
            if holds:
                continue
            if not levels and not insatser:
                return None
            terms.append((levels, insatser))
        return tuple(terms)

    def _level_bit(self, atom: LevelAtom) -> int:
        lowest = self.scenario.kompetens_by_id[atom.kompetens].levels[0]
        return self.compiler.level_bit[atom.kompetens, atom.level or lowest]

    def _is_true(self, atom: ClaimAtom | AttrAtom | HomeAtom) -> bool:
        if isinstance(atom, ClaimAtom):
            claimed = self.participant.claims.get(atom.kompetens)
            return claimed is not None and (
                atom.level is None
                or self.scenario.level_rank(atom.kompetens, claimed)
                >= self.scenario.level_rank(atom.kompetens, atom.level)
            )
        if isinstance(atom, AttrAtom):
            has = atom.name in self.attributes and (
                atom.value is None or self.attributes[atom.name] == atom.value
            )
        else:
            has = self.municipality == atom.municipality
        return has is not atom.negated

    def _holds_now(self, expression: Expression) -> bool:
        """Whether an expression over the participant alone holds (levels are the starting ones)."""
        return self._work_out(expression) == ()

    # Options

    def given(self, insats: Insats) -> dict[str, str]:
        """Levels that a step of the insats gives: of a validering only what is claimed."""
        return {
            kompetens: level
            for kompetens, level in insats.provides.items()
            if insats.kind is not Kind.VALIDERING or self._is_true(ClaimAtom(kompetens, level))
        }

    def _gives(self, insats: Insats) -> int:
        mask = 0
        for kompetens, level in self.given(insats).items():
            mask |= self.compiler.level_mask[kompetens, level]
        return mask

    def _history(self, pin: Pin) -> Option | None:
        row = self.scenario.round_by_id[pin.round]
        if row.is_rolling and pin.start is None:
            return None
        start, end = to_day(pin.start or row.start), to_day(pin.end or row.end) + 1
        if start >= self.compiler.planning:
            return None
        insats = self.scenario.insats_by_id[row.insats]
        option = self._option(row, insats, (start,), (end - start,), end, self._minutes_to(row))
        return replace(option, history=True, needs=(), beside=())

    def _minutes_to(self, row: Round) -> int | None:
        """Minutes one way; 0 for distance; None when no path leads there."""
        if row.form is Form.DISTANCE or row.place is None:
            return 0
        return self.compiler.travel.minutes(self.participant.home, row.place, self.participant.modes)

    def _option(
        self,
        row: Round,
        insats: Insats,
        starts: tuple[int, ...],
        lengths: tuple[int, ...],
        latest_end: int,
        minutes: int | None,
    ) -> Option:
        present = row.form is not Form.DISTANCE
        fifths = on_site_days(5, row.days, hybrid=row.form is Form.HYBRID) if present else 0
        weekdays = sum(1 << WEEKDAYS.index(day) for day in row.days) if present else 0
        beside = self._terms(insats.alongside) or ()
        own = self.compiler.insats_bit(insats.insats)
        return Option(
            round=self.compiler.round_index[row.round],
            insats=self.compiler.insats_index[insats.insats],
            place=self.compiler.place_index[row.place] if row.place else -1,
            starts=starts,
            lengths=lengths,
            latest_end=latest_end,
            pace=row.pace,
            covers=insats.is_covering,
            bridge=insats.bridge,
            needs=tuple(levels | insatser for levels, insatser in self._terms(insats.requires) or ()),
            beside=tuple(Beside(*term) for term in beside if not term[1] & own),
            gives=self._gives(insats) | own,
            history=False,
            weekdays=weekdays,
            minutes=minutes or 0,
            on_site_fifths=fifths if minutes else 0,
        )

    def is_eligible(self, row: Round, insats: Insats, track: Track) -> bool:
        """Rule `eligibility`."""
        if Relaxed.ELIGIBILITY in self.relaxed:
            return True
        excluded = self.participant.excluded
        if row.round in excluded or insats.insats in excluded:
            return False
        if row.reserved_for and not {track.track, self.municipality} & set(row.reserved_for):
            return False
        return self._holds_now(parse(insats.eligibility)) if insats.eligibility else True

    def _is_near(self, row: Round, minutes: int | None) -> bool:
        if Relaxed.TRAVEL in self.relaxed:
            return True
        most = self.participant.max_travel
        return minutes is not None and (row.form is Form.DISTANCE or most is None or minutes <= most)

    def _window(self, track: Track) -> tuple[int, int]:
        planning = self.compiler.planning
        if Relaxed.WINDOW in self.relaxed:
            return planning, self.compiler.calendar.last
        starts = [planning, self.available] + ([to_day(track.start)] if track.start else [])
        ends = [to_day(day) + 1 for day in (self.participant.latest_end, track.end) if day]
        return max(starts), min([self.compiler.horizon_end, *ends])

    def _is_open(self, row: Round) -> bool:
        return (
            row.apply_by is None
            or row.apply_by >= self.scenario.planning_date
            or row.round in self.pinned_rounds
            or Relaxed.WINDOW in self.relaxed
        )

    def _new_options(self, track: Track) -> Iterable[Option]:
        """Every option that starts on or after the planning date and keeps the rules of one step."""
        first, last = self._window(track)
        for index, row in enumerate(self.scenario.rounds):
            starts, lengths = self.compiler.grids[index]
            if starts[-1] < first or starts[0] >= last or not self._is_open(row):
                continue
            insats = self.scenario.insats_by_id[row.insats]
            if row.is_rolling and row.insats in self.compiler.durations:
                lengths = self._lengths(row.insats, lengths)
            option = self._new_option(row, insats, track, starts, lengths, (first, last))
            if option:
                yield option

    def _lengths(self, insats: str, otherwise: tuple[int, ...]) -> tuple[int, ...]:
        for when, days in self.compiler.durations[insats]:
            if self._holds_now(when):
                return (days,)
        return otherwise

    def _new_option(
        self,
        row: Round,
        insats: Insats,
        track: Track,
        starts: tuple[int, ...],
        lengths: tuple[int, ...],
        window: tuple[int, int],
    ) -> Option | None:
        latest_end = min(window[1], to_day(row.end) + 1)
        fitting = tuple(length for length in lengths if starts[0] + length <= latest_end)
        if not fitting:
            return None
        first = max(window[0], self._free_from(row, insats))
        chosen = tuple(start for start in starts if start >= first and start + fitting[0] <= latest_end)
        if not chosen or not self.is_eligible(row, insats, track):
            return None
        if self._terms(insats.requires) is None or self._terms(insats.alongside) is None:
            return None
        if insats.kind is Kind.VALIDERING and not self._gives(insats):
            return None
        minutes = self._minutes_to(row)
        if not self._is_near(row, minutes):
            return None
        return self._option(row, insats, chosen, fitting, latest_end, minutes)

    def _free_from(self, row: Round, insats: Insats) -> int:
        """The day from which steps of history no longer stand in the way (`repeats`, `clash`)."""
        free = self.compiler.planning
        index = self.compiler.insats_index[insats.insats]
        for past in self.history:
            shares_day = any(1 << WEEKDAYS.index(day) & past.weekdays for day in row.days)
            place = self.compiler.place_index[row.place] if row.place else -1
            clashes = shares_day and row.form is not Form.DISTANCE and place != past.place
            if past.insats == index or clashes:
                free = max(free, past.starts[0] + past.lengths[0])
        return free

    def _pinned_step(self, pin: Pin, track: Track) -> Option | None:
        """A pinned step with dates that isn't history: its own dates, every other rule as usual."""
        assert pin.start is not None
        assert pin.end is not None
        row = self.scenario.round_by_id[pin.round]
        insats = self.scenario.insats_by_id[row.insats]
        start, end = to_day(pin.start), to_day(pin.end) + 1
        first, last = self._window(track)
        if start < first or end > last:
            return None
        return self._new_option(row, insats, track, (start,), (end - start,), (first, last))

    # The case of one track

    def case(self, track: Track, rank: int) -> Case | None:
        """The participant on one track; None when no chain can exist."""
        options = [*self.history, *self._new_options(track)]
        pins = []
        for pin in sorted(self.participant.pins, key=lambda pin: pin.start is None):
            found = self._pin_options(pin, track, options)  # a step with dates may answer a bare pin too
            if not found:
                return None
            pins.append(found)
        rows = self.scenario.profile_rows.get(track.profile, ())
        wanted = {
            kind: [self.compiler.level_bit[row.kompetens, row.level] for row in rows if row.type == kind]
            for kind in ProfileType
        }
        krav = sum({bit for bit in wanted[ProfileType.KRAV] if not bit & self.held})
        merits, merit_points_held = self._merits(track)
        repeats = self._repeats(options)
        pinned = frozenset(index for pin in pins for index in pin)
        keep = pinned | {
            index for index, option in enumerate(options) if option.round in self.compiler.large_rounds
        }
        kept = _prune(
            options, self.held, krav, sum({bit for bit, _ in merits}), keep, repeats, self.compiler.calendar
        )
        if kept is None:
            return None
        number = {old: new for new, old in enumerate(kept)}
        wished = krav | sum({bit for bit, _ in merits})
        essential = _useful(kept, wished, pinned, fillers=False)
        new_pins = tuple(tuple(number[index] for index in pin if index in number) for pin in pins)
        if not all(new_pins):
            return None
        weights = self.scenario.policy.points
        return Case(
            track=self.compiler.track_index[track.track],
            constant_points=self.participant.priority * weights.preference * rank - merit_points_held,
            krav=krav,
            merits=merits,
            options=tuple(kept.values()),
            pins=new_pins,
            repeats=tuple(sorted((insats, most) for insats, most in repeats.items())),
            essential=frozenset(number[old] for old in essential),
        )

    def _pin_options(self, pin: Pin, track: Track, options: list[Option]) -> tuple[int, ...]:
        """Indices of the options of which the pin asks for one; adds a pinned step with new dates."""
        row = self.scenario.round_by_id[pin.round]
        index = self.compiler.round_index[pin.round]
        if pin.start is None:
            return tuple(
                number
                for number, option in enumerate(options)
                if option.round == index and (not row.is_rolling or self._is_on_grid(option, row))
            )
        start = to_day(pin.start)
        end = to_day(pin.end or row.end) + 1
        if start < self.compiler.planning:
            return tuple(
                number
                for number, option in enumerate(options)
                if option.history
                and (option.round, option.starts[0]) == (index, start)
                and option.starts[0] + option.lengths[0] == end
            )
        step = self._pinned_step(pin, track)
        if step is None:
            return ()
        options.append(step)
        return (len(options) - 1,)

    def _is_on_grid(self, option: Option, row: Round) -> bool:
        """Whether an option of a rolling round is made of the round's own starts and lengths (§4)."""
        starts, lengths = self.compiler.grids[option.round]
        if row.insats in self.compiler.durations:
            lengths = self._lengths(row.insats, lengths)
        return option.starts[0] in starts and option.lengths[0] in lengths

    def _merits(self, track: Track) -> tuple[tuple[tuple[int, int], ...], int]:
        """Merits to be gained (bit, points), and the points of those held from the start."""
        gained: dict[int, int] = {}
        held = 0
        for row in self.scenario.profile_rows.get(track.profile, ()):
            points = row.weight * self.scenario.policy.points.merit
            if row.type is not ProfileType.MERITERANDE or not points:
                continue
            bit = self.compiler.level_bit[row.kompetens, row.level]
            if bit & self.held:
                held += points
            else:
                gained[bit] = gained.get(bit, 0) + points
        return tuple(sorted(gained.items())), held

    def _repeats(self, options: Iterable[Option]) -> dict[int, int]:
        """New steps allowed of each insats that has options."""
        past: dict[int, int] = {}
        for option in self.history:
            past[option.insats] = past.get(option.insats, 0) + 1
        return {
            option.insats: max(
                0, self.scenario.insatser[option.insats].max_times - past.get(option.insats, 0)
            )
            for option in options
        }


def _prune(
    options: list[Option],
    held: int,
    krav: int,
    merits: int,
    keep: frozenset[int],
    repeats: Mapping[int, int],
    calendar: StudyCalendar,
) -> dict[int, Option] | None:
    """Drop what is out of reach and what leads nowhere; trim starts. None when a krav is out of reach.

    Exact: a covering step may always be taken to fill a gap, a round with a least class size for the
    others' sake (those are in `keep`, like what is pinned); so only what can do neither, and gives
    nothing that counts, leads nowhere.
    """
    kept = {
        index: option for index, option in enumerate(options) if option.history or repeats[option.insats] > 0
    }
    while True:
        reached = _within_reach(kept, held, calendar)
        if krav & ~_given(reached.values()):
            return None
        useful = _useful(reached, krav | merits, keep)
        if useful == kept:
            return kept
        kept = useful


def _given(options: Iterable[Option]) -> int:
    mask = 0
    for option in options:
        mask |= option.gives
    return mask


def _within_reach(options: Mapping[int, Option], held: int, calendar: StudyCalendar) -> dict[int, Option]:
    offers = [
        Offer(option.needs, option.gives, option.starts, option.lengths[0]) for option in options.values()
    ]
    _, starts = earliest_days(held, offers)
    given = _given(options.values())
    reached = {}
    for (index, option), first in zip(options.items(), starts, strict=True):
        if first is None:
            continue
        if any(_is_lonely(option, term, given, calendar) for term in option.beside):
            continue
        if first > option.starts[0]:
            option = replace(option, starts=tuple(start for start in option.starts if start >= first))
        reached[index] = option
    return reached


def _is_lonely(option: Option, term: Beside, given: int, calendar: StudyCalendar) -> bool:
    """Whether a term of `alongside` can't hold: nothing gives it, and every step has study days to cover."""
    if (term.levels | term.insatser) & given:
        return False
    least = option.lengths[0]
    return not term.insatser or all(calendar.count(start, start + least) for start in option.starts)


def _useful(
    options: Mapping[int, Option], wanted: int, keep: frozenset[int], *, fillers: bool = True
) -> dict[int, Option]:
    """The options in `keep`, those that lead to wanted bits, and bridges; with `fillers` all that cover."""
    useful: dict[int, Option] = {}
    while True:
        more = {
            index: option
            for index, option in options.items()
            if index not in useful
            and (
                option.history
                or index in keep
                or option.gives & wanted
                or (option.covers and (fillers or option.bridge))
            )
        }
        if not more:
            return {index: options[index] for index in options if index in useful}
        useful |= more
        for option in more.values():
            for term in option.needs:
                wanted |= term
            for beside in option.beside:
                wanted |= beside.levels | beside.insatser


def compile_problem(scenario: Scenario) -> Problem:
    """Compile a scenario that has no faults."""
    return Compiler(scenario).problem()
