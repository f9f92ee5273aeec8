"""Why a participant has no chain: the codes of problem.md §7, each found by planning again.

Each code says which rule, lifted by itself for this person, would make a chain possible; where no single
one would, the fewest that together do.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from sparplan.compiling import Compiler, Relaxed
from sparplan.engines.alone import chain_for
from sparplan.engines.usage import Usage
from sparplan.kedjor import Reason, ReasonCode
from sparplan.messages import say, say_date
from sparplan.options import Option
from sparplan.problem import Chain, Person, Problem
from sparplan.scenario import Participant
from sparplan.studydays import longest_run, to_date

Relaxation = Relaxed | None  # None stands for the pins
ALONE: tuple[Relaxation, ...] = (*Relaxed, None)


def reasons_of(
    compiler: Compiler,
    problem: Problem,
    usage: Usage,
    index: int,
    alone: Chain | None = None,
) -> tuple[Reason, ...]:
    """Why one person of a finished plan has no chain.

    Parameters
    ----------
    usage
        What the plan's chains take.
    index
        The person, who has no chain.
    alone
        A chain that the person could take alone, if one is known already.
    """
    asker = _Asker(compiler, problem, index)
    alone = alone or chain_for(problem, index)
    if alone is not None:
        return asker.among_others(usage, alone)
    for count in range(1, len(ALONE) + 1):
        found = [
            reason for lifted in combinations(ALONE, count) for reason in asker.lifted(frozenset(lifted))
        ]
        if found:
            return tuple(dict.fromkeys(found))
    return (asker.unreachable(),)


class _Asker:
    """Asks what would help one participant."""

    def __init__(self, compiler: Compiler, problem: Problem, index: int) -> None:
        self.compiler = compiler
        self.problem = problem
        self.index = index
        self.scenario = problem.scenario
        self.participant = self.scenario.participants[index]

    def _reason(self, code: ReasonCode, **values: object) -> Reason:
        return Reason(
            code=code,
            text=say(f"reason.{code}", participant=self.participant.participant, **values),
        )

    # The person alone has a chain

    def among_others(self, usage: Usage, alone: Chain) -> tuple[Reason, ...]:
        """Seats, positions or cost: the person alone has a chain."""
        if usage.fits(self.index, alone, usage.still_too_small()):
            return (self._reason(ReasonCode.COST),)
        if chain_for(self.problem, self.index, usage=usage) is not None:
            return (self._reason(ReasonCode.COST),)
        without_seats = chain_for(self.problem, self.index, usage=usage, seats=False)
        without_positions = chain_for(self.problem, self.index, usage=usage, positions=False)
        found = []
        if without_seats is not None or without_positions is None:
            found.append(self._seats(without_seats or alone, usage))
        if without_positions is not None or without_seats is None:
            found.append(self._positions(without_positions or alone))
        return tuple(found)

    def _seats(self, chain: Chain, usage: Usage) -> Reason:
        case = self.problem.persons[self.index].cases[chain.case]
        still_too_small = set(usage.still_too_small())
        full, small = [], []
        for step in chain.steps:
            number = case.options[step.option].round
            name = self.scenario.rounds[number].round
            if not usage.has_seats(self.index, Chain(chain.case, (step,))):
                full.append(name)
            elif number in still_too_small:
                small.append(name)
        if full or not small:
            return self._reason(ReasonCode.SEATS, rounds=", ".join(full))
        text = say("reason.seats_too_few", participant=self.participant.participant, rounds=", ".join(small))
        return Reason(code=ReasonCode.SEATS, text=text)

    def _positions(self, chain: Chain) -> Reason:
        track = self.scenario.tracks[self.problem.persons[self.index].cases[chain.case].track]
        return self._reason(ReasonCode.POSITIONS, track=track.name, positions=track.positions)

    # No chain, even alone

    def lifted(self, relaxations: frozenset[Relaxation]) -> Iterator[Reason]:
        """Reasons if a chain exists once these rules are lifted; nothing otherwise."""
        rules = frozenset(rule for rule in relaxations if rule is not None)
        for participant in self._with_fewer_pins() if None in relaxations else [self.participant]:
            problem = self._problem_of(self.compiler.person(participant, rules))
            chain = chain_for(problem, 0)
            if chain is None:
                continue
            for rule in ALONE:
                if rule in relaxations:
                    yield self._text(rule, problem, chain)
            return

    def _with_fewer_pins(self) -> Iterator[Participant]:
        """The participant with pins left out: one, two, … all."""
        pinned = self.participant.pinned
        for count in range(len(pinned) - 1, -1, -1):
            for kept in combinations(pinned, count):
                yield self.participant.replace(pinned=kept)

    def _problem_of(self, person: Person) -> Problem:
        return replace(self.problem, persons=(person,))

    def _text(self, rule: Relaxation, problem: Problem, chain: Chain) -> Reason:
        """What a lifted rule stood in the way of, told by the chain that came of it."""
        case = problem.persons[0].cases[chain.case]
        options = [case.options[step.option] for step in chain.steps]
        last = max((step.end for step in chain.steps), default=self.compiler.planning)
        match rule:
            case Relaxed.TRAVEL:
                return self._too_far(options)
            case Relaxed.ELIGIBILITY:
                names = dict.fromkeys(self._name(option) for option in options if not self._eligible(option))
                return self._reason(ReasonCode.NOT_ELIGIBLE, insatser=", ".join(names))
            case Relaxed.WINDOW:
                return self._reason(ReasonCode.NO_TIME, end=say_date(to_date(last - 1)))
            case Relaxed.GAP:
                days = _longest_gap(problem, problem.persons[0], chain)
                tolerated = self.scenario.policy.max_gap_days
                return self._reason(ReasonCode.GAP, days=days, tolerated=tolerated)
            case Relaxed.PACE:
                most = self.participant.max_pace
                return self._reason(ReasonCode.PACE, pace=_highest_pace(options, chain), max_pace=most)
        return self._reason(ReasonCode.PIN, pinned=", ".join(self.participant.pinned))

    def _too_far(self, options: list[Option]) -> Reason:
        most = self.participant.max_travel
        far = [(self._minutes(option), option) for option in options if self._is_too_far(option)]
        minutes, option = max(far, key=lambda entry: (entry[0] is None, entry[0] or 0), default=(None, None))
        if option is None or most is None or minutes is None:
            return Reason(
                code=ReasonCode.TOO_FAR,
                text=say(
                    "reason.too_far_no_road",
                    participant=self.participant.participant,
                    insats=self._name(option) if option else "–",
                ),
            )
        return self._reason(
            ReasonCode.TOO_FAR,
            insats=self._name(option),
            place=self.scenario.places[option.place].name,
            minutes=minutes,
            max_travel=most,
        )

    def _minutes(self, option: Option) -> int | None:
        place = self.scenario.places[option.place].place
        return self.compiler.travel.minutes(self.participant.home, place, self.participant.modes)

    def _is_too_far(self, option: Option) -> bool:
        row = self.scenario.rounds[option.round]
        if row.form == "distance" or option.place < 0 or option.history:
            return False
        minutes, most = self._minutes(option), self.participant.max_travel
        return minutes is None or (most is not None and minutes > most)

    def _eligible(self, option: Option) -> bool:
        return option.history or self.compiler.is_eligible(self.participant, option.round)

    def _name(self, option: Option) -> str:
        return self.scenario.insatser[option.insats].name

    def unreachable(self) -> Reason:
        """Nothing gives what is needed, not even with all else lifted."""
        names = dict.fromkeys(
            self.scenario.kompetens_by_id[kompetens].name
            for kompetens in self.compiler.missing(self.participant)
        )
        tracks = ", ".join(self.scenario.track_by_id[track].name for track in self.participant.tracks)
        return self._reason(ReasonCode.KRAV_UNREACHABLE, kompetenser=", ".join(names) or "–", tracks=tracks)


def _highest_pace(options: list[Option], chain: Chain) -> int:
    steps = list(zip(options, chain.steps, strict=True))
    return max(
        (
            sum(option.pace for option, other in steps if other.start <= step.start < other.end)
            for _, step in steps
        ),
        default=0,
    )


def _longest_gap(problem: Problem, person: Person, chain: Chain) -> int:
    """Study days of the longest run without activity within the chain."""
    case = person.cases[chain.case]
    new = [step for step in chain.steps if not case.options[step.option].history]
    first = person.gap_from if person.gap_from is not None else min(step.start for step in new)
    last = max(step.end for step in chain.steps)
    idle = []
    for day in problem.calendar.between(first, last):
        active = (
            case.options[step.option]
            for step in chain.steps
            if step.start <= day < step.end and case.options[step.option].covers
        )
        if sum(option.pace for option in active) < problem.min_pace:
            idle.append(day)
    return longest_run(idle, problem.calendar.study_days)
