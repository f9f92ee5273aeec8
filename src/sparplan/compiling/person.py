"""Compiles one participant: which steps are there to take, on each track."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sparplan.compiling.conditions import Conditions
from sparplan.compiling.pruning import prune, useful_options
from sparplan.compiling.relaxing import Relaxed, Rules
from sparplan.expressions import parse
from sparplan.options import Beside, Option, OptionTable
from sparplan.problem import Case
from sparplan.scenario import Form, Insats, Kind, Participant, Pin, ProfileType, Round, Track
from sparplan.studydays import WEEKDAYS, on_site_days, to_day

if TYPE_CHECKING:
    from sparplan.compiling.compiler import Compiler


class PersonBuilder:
    """Compiles one participant: what is the same on every track once, the rest by track."""

    def __init__(
        self, compiler: "Compiler", participant: Participant, available: int, relaxed: Rules
    ) -> None:
        self.compiler = compiler
        self.scenario = compiler.scenario
        self.participant = participant
        self.available = available
        self.relaxed = relaxed
        self.conditions = Conditions(compiler, participant)
        self.pinned_rounds = {pin.round for pin in participant.pins}
        self.history = [option for option in map(self._history, participant.pins) if option]
        self.history_in_progress = any(
            option.starts[0] + option.lengths[0] > compiler.planning for option in self.history
        )

    # Options

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
        beside = self.conditions.terms(insats.alongside) or ()
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
            needs=tuple(
                levels | insatser for levels, insatser in self.conditions.terms(insats.requires) or ()
            ),
            beside=tuple(Beside(*term) for term in beside if not term[1] & own),
            gives=self.conditions.gives(insats) | own,
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
        if row.reserved_for and not {track.track, self.conditions.municipality} & set(row.reserved_for):
            return False
        return self.conditions.holds(parse(insats.eligibility)) if insats.eligibility else True

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
            if self.conditions.holds(when):
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
        if self.conditions.terms(insats.requires) is None or self.conditions.terms(insats.alongside) is None:
            return None
        if insats.kind is Kind.VALIDERING and not self.conditions.gives(insats):
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
        krav = sum({bit for bit in wanted[ProfileType.KRAV] if not bit & self.conditions.held})
        merits, merit_points_held = self._merits(track)
        repeats = self._repeats(options)
        pinned = frozenset(index for pin in pins for index in pin)
        keep = pinned | {
            index for index, option in enumerate(options) if option.round in self.compiler.large_rounds
        }
        wished = krav | sum({bit for bit, _ in merits})
        kept = prune(options, self.conditions.held, krav, wished, keep, repeats, self.compiler.calendar)
        if kept is None:
            return None
        number = {old: new for new, old in enumerate(kept)}
        essential = useful_options(kept, wished, pinned, fillers=False)
        new_pins = tuple(tuple(number[index] for index in pin if index in number) for pin in pins)
        if not all(new_pins):
            return None
        weights = self.scenario.policy.points
        return Case(
            track=self.compiler.track_index[track.track],
            constant_points=self.participant.priority * weights.preference * rank - merit_points_held,
            krav=krav,
            merits=merits,
            options=OptionTable.of(kept.values()),
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
            if bit & self.conditions.held:
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
