"""One participant on one track, as problem.md says it: levels and expressions (§3), steps (§4).

The oracle is written from the contract alone, and is slow on purpose: it shares no rule, no points and no
compiled problem with the verifier or an engine.
Days are day numbers (`date.toordinal()`), and both ends of a step lie inside it, as in the files.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sparplan.expressions import Atom, AttrAtom, ClaimAtom, HomeAtom, InsatsAtom, LevelAtom, parse
from sparplan.scenario import Kind, Participant, Pin, ProfileRow, Round, Scenario
from sparplan.studydays import StudyCalendar
from tests.oracle.region import Region

Levels = dict[str, int]  # kompetens → rank of the highest level held


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """A step of a participant; ordered by its first day."""

    first: int
    last: int
    round: str
    insats: str
    history: bool = False

    @property
    def days(self) -> int:
        """Calendar days, both ends counted."""
        return self.last - self.first + 1

    def covers(self, day: int) -> bool:
        """Whether the step is in progress that day."""
        return self.first <= day <= self.last

    def overlaps(self, other: "Step") -> bool:
        """Whether the two have a calendar day in common."""
        return self.first <= other.last and other.first <= self.last


Steps = tuple[Step, ...]


def never(_: str) -> bool:
    """No insats holds (for expressions that may not name one)."""
    return False


@dataclass(frozen=True)
class Case:
    """Participant `person` on track `track`.

    `ignoring` names rules that aren't asked: tests use it to see whether a rule decides anything.
    """

    region: Region
    person: str
    track: str
    ignoring: frozenset[str] = frozenset()

    @property
    def scenario(self) -> Scenario:
        return self.region.scenario

    @property
    def calendar(self) -> StudyCalendar:
        return self.region.calendar

    @cached_property
    def participant(self) -> Participant:
        return self.scenario.participant_by_id[self.person]

    @cached_property
    def planning_day(self) -> int:
        return self.scenario.planning_date.toordinal()

    @cached_property
    def available_day(self) -> int:
        return (self.participant.available_from or self.scenario.planning_date).toordinal()

    @cached_property
    def municipality(self) -> str | None:
        return self.scenario.place_by_id[self.participant.home].municipality

    # -- Levels and expressions (§3) ---------------------------------------------------------------

    @cached_property
    def starting_levels(self) -> Levels:
        return self.ranks(self.participant.levels)

    @cached_property
    def claims(self) -> Levels:
        return self.ranks(self.participant.claims)

    def ranks(self, levels: dict[str, str]) -> Levels:
        return {kompetens: self.scenario.level_rank(kompetens, level) for kompetens, level in levels.items()}

    def holds(self, text: str | None, levels: Levels, has_insats: Callable[[str], bool] = never) -> bool:
        """Whether an expression holds, given the levels held and what `insats:` means here."""
        return all(
            any(self.atom_holds(atom, levels, has_insats) for atom in term) for term in parse(text).terms
        )

    def atom_holds(self, atom: Atom, levels: Levels, has_insats: Callable[[str], bool]) -> bool:
        match atom:
            case LevelAtom(kompetens, level):
                return self.reaches(levels, kompetens, level)
            case ClaimAtom(kompetens, level):
                return self.reaches(self.claims, kompetens, level)
            case AttrAtom(name, value, negated):
                attributes = [text.partition("=") for text in self.participant.attributes]
                found = any(name == key and value in (None, given) for key, _, given in attributes)
                return found is not negated
            case HomeAtom(municipality, negated):
                return (self.municipality == municipality) is not negated
            case InsatsAtom(insats):
                return has_insats(insats)

    def reaches(self, levels: Levels, kompetens: str, level: str | None) -> bool:
        if kompetens not in levels:
            return False
        return level is None or levels[kompetens] >= self.scenario.level_rank(kompetens, level)

    @cached_property
    def gives(self) -> dict[str, Levels]:
        """What each insats provides this participant; a validering just what is claimed."""
        found = {}
        for insats in self.scenario.insatser:
            levels = self.ranks(insats.provides)
            if insats.kind is Kind.VALIDERING and "validering" not in self.ignoring:
                levels = {name: rank for name, rank in levels.items() if self.claims.get(name, -1) >= rank}
            found[insats.insats] = levels
        return found

    def levels_after(self, steps: Steps) -> Levels:
        """The levels held when these steps are done."""
        levels = dict(self.starting_levels)
        for step in steps:
            for kompetens, rank in self.gives[step.insats].items():
                levels[kompetens] = max(rank, levels.get(kompetens, -1))
        return levels

    # -- Steps (§4) --------------------------------------------------------------------------------

    def dates_of(self, row: Round) -> Iterator[tuple[int, int]]:
        """First and last day of every step that §4 lets a round give this participant."""
        first, last = row.start.toordinal(), row.end.toordinal()
        if not row.is_rolling:
            yield first, last
            return
        lengths = self.lengths_of(row)
        for start in range(first, last + 1, 7 * row.intake_every):
            for weeks in lengths:
                if start + 7 * weeks - 1 <= last:
                    yield start, start + 7 * weeks - 1

    def lengths_of(self, row: Round) -> tuple[int, ...]:
        """Weeks that a step of a rolling round may last: the first duration that holds replaces them."""
        for duration in self.scenario.durations:
            if duration.insats == row.insats and self.holds(duration.when, self.starting_levels):
                return (duration.weeks,)
        if row.weeks_min is None:
            return ()
        return tuple(range(row.weeks_min, (row.weeks_max or row.weeks_min) + 1))

    def pinned_step(self, pin: Pin) -> Step | None:
        """The one step that a pin asks for; None for a bare rolling round."""
        row = self.scenario.round_by_id[pin.round]
        if pin.start is not None and pin.end is not None:
            first, last = pin.start.toordinal(), pin.end.toordinal()
        elif not row.is_rolling:
            first, last = row.start.toordinal(), row.end.toordinal()
        else:
            return None
        return Step(first, last, row.round, row.insats, history=first < self.planning_day)

    @cached_property
    def pinned_steps(self) -> Steps:
        return tuple(step for pin in self.participant.pins if (step := self.pinned_step(pin)))

    @cached_property
    def history(self) -> Steps:
        return tuple(sorted({step for step in self.pinned_steps if step.history}))

    @cached_property
    def new_steps(self) -> frozenset[Step]:
        """Every step that §4 and the pins give, without those that are history."""
        steps = {
            Step(first, last, row.round, row.insats)
            for row in self.scenario.rounds
            for first, last in self.dates_of(row)
        }
        steps.update(step for step in self.pinned_steps if not step.history)
        past = {(step.round, step.first, step.last) for step in self.history}
        return frozenset(step for step in steps if (step.round, step.first, step.last) not in past)

    # -- What rules and points ask about rounds ------------------------------------------------------

    def minutes_to(self, row: Round) -> int | None:
        """Minutes to an on-site or hybrid round by the quickest allowed mode."""
        return self.region.minutes(self.participant.home, str(row.place), self.participant.modes)

    def pace_of(self, step: Step) -> int:
        return self.scenario.round_by_id[step.round].pace

    def is_covering(self, step: Step) -> bool:
        return self.scenario.insats_by_id[step.insats].is_covering

    @cached_property
    def profile(self) -> tuple[ProfileRow, ...]:
        return self.scenario.profile_rows[self.scenario.track_by_id[self.track].profile]
