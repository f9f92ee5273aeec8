"""A plan's chains, joined with what the scenario says about them: what the rules look at."""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sparplan.expressions import (
    Atom,
    AttrAtom,
    ClaimAtom,
    Expression,
    HomeAtom,
    InsatsAtom,
    LevelAtom,
)
from sparplan.kedjor import Insatskedja, Plan, Step
from sparplan.points import Measures, claimed_levels
from sparplan.scenario import Insats, Participant, Round, Scenario, Track
from sparplan.studydays import to_day


@dataclass(frozen=True, slots=True)
class Taken:
    """A step of a plan, `[start, end)` in day numbers, with its round and insats."""

    step: Step
    round: Round
    insats: Insats
    start: int
    end: int
    is_history: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One participant's chain.

    Attributes
    ----------
    track
        The track placed on; None for an unplaced participant and for an unknown track.
    steps
        The steps that the rules can speak of, in order of start: those of a known round whose dates
        are in order and within the scenario's calendar. Empty for an unplaced participant.
    is_whole
        Whether `steps` are all that the plan lists.
    """

    measures: Measures
    kedja: Insatskedja
    participant: Participant
    track: Track | None
    steps: tuple[Taken, ...]
    is_whole: bool

    @property
    def scenario(self) -> Scenario:
        """The scenario that the plan is verified against."""
        return self.measures.scenario

    @property
    def name(self) -> str:
        """The participant's id."""
        return self.participant.participant

    @property
    def new_steps(self) -> Iterator[Taken]:
        """The steps that aren't history."""
        return (taken for taken in self.steps if not taken.is_history)


def cases_of(measures: Measures, plan: Plan) -> list[Case]:
    """The chains of the scenario's participants, in the order of the plan; of each the first entry."""
    known = measures.scenario.participant_by_id
    first: dict[str, Insatskedja] = {}
    for kedja in plan.kedjor:
        first.setdefault(kedja.participant, kedja)
    return [_case(measures, known[name], kedja) for name, kedja in first.items() if name in known]


def _case(measures: Measures, participant: Participant, kedja: Insatskedja) -> Case:
    scenario = measures.scenario
    listed = kedja.steps if kedja.placed else ()
    steps = [taken for step in listed if (taken := _taken(measures, participant, step))]
    steps.sort(key=lambda taken: (taken.start, taken.end))
    track = scenario.track_by_id.get(kedja.track or "") if kedja.placed else None
    return Case(measures, kedja, participant, track, tuple(steps), len(steps) == len(listed))


def _taken(measures: Measures, participant: Participant, step: Step) -> Taken | None:
    scenario = measures.scenario
    row = scenario.round_by_id.get(step.round)
    start, end = to_day(step.start), to_day(step.end) + 1
    calendar = measures.calendar
    if row is None or not calendar.first <= start < end <= calendar.last:
        return None
    insats = scenario.insats_by_id[row.insats]
    return Taken(step, row, insats, start, end, is_history(scenario, participant, row, step))


def is_history(scenario: Scenario, participant: Participant, row: Round, step: Step) -> bool:
    """Whether a step lies in the past of the plan (problem.md §3): pinned, and begun before its date."""
    if not row.is_rolling:
        return row.start < scenario.planning_date and is_bound_to(participant, row)
    return step.start < scenario.planning_date and is_pinned_step(participant, step)


def is_pinned_step(participant: Participant, step: Step) -> bool:
    """Whether a participant is pinned to a step of a rolling round with just its dates."""
    return any(
        (pin.round, pin.start, pin.end) == (step.round, step.start, step.end) for pin in participant.pins
    )


def is_bound_to(participant: Participant, row: Round) -> bool:
    """Whether a participant is pinned to a round, or to a step of it."""
    return any(pin.round == row.round for pin in participant.pins)


def unmet_terms(
    expression: Expression,
    scenario: Scenario,
    participant: Participant,
    levels: dict[str, int],
    insats_holds: Callable[[str], bool] = lambda _: False,
) -> list[str]:
    """The terms of an expression that don't hold, as written; none when it holds.

    Parameters
    ----------
    levels
        Ranks held, by kompetens, as level atoms see them.
    insats_holds
        Whether `insats:x` holds for an insats x.
    """
    return [
        " | ".join(map(str, term))
        for term in expression.terms
        if not any(_holds(atom, scenario, participant, levels, insats_holds) for atom in term)
    ]


def _holds(
    atom: Atom,
    scenario: Scenario,
    participant: Participant,
    levels: dict[str, int],
    insats_holds: Callable[[str], bool],
) -> bool:
    match atom:
        case LevelAtom(kompetens, level):
            return _reaches(scenario, levels, kompetens, level)
        case ClaimAtom(kompetens, level):
            return _reaches(scenario, claimed_levels(scenario, participant), kompetens, level)
        case AttrAtom(name, value, negated):
            return _has_attribute(participant, name, value) is not negated
        case HomeAtom(municipality, negated):
            home = scenario.place_by_id[participant.home].municipality
            return (home == municipality) is not negated
        case InsatsAtom(insats):
            return insats_holds(insats)


def _reaches(scenario: Scenario, levels: dict[str, int], kompetens: str, level: str | None) -> bool:
    needed = 0 if level is None else scenario.level_rank(kompetens, level)
    return levels.get(kompetens, -1) >= needed


def _has_attribute(participant: Participant, name: str, value: str | None) -> bool:
    pairs = (attribute.partition("=") for attribute in participant.attributes)
    return any(found == name and value in (None, given) for found, _, given in pairs)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days `[start, end)` on which the same steps are in progress, and what these add up to.

    `pace` and `covering_pace` are in percent of full time; `num_new` counts steps that aren't history.
    """

    start: int
    end: int
    pace: int
    covering_pace: int
    num_new: int


def stretches(steps: Iterable[Taken]) -> Iterator[Stretch]:
    """The days from the first step's start to the last one's end, cut where a step starts or ends."""
    changes: dict[int, list[int]] = {}
    for taken in steps:
        pace = taken.round.pace
        parts = (pace, pace if taken.insats.is_covering else 0, 0 if taken.is_history else 1)
        for day, sign in ((taken.start, 1), (taken.end, -1)):
            sums = changes.setdefault(day, [0, 0, 0])
            for index, part in enumerate(parts):
                sums[index] += sign * part
    running = [0, 0, 0]
    for start, end in pairwise(sorted(changes)):
        running = [total + change for total, change in zip(running, changes[start], strict=True)]
        yield Stretch(start, end, *running)


def overlapping(steps: Iterable[Taken]) -> Iterator[tuple[Taken, Taken]]:
    """Pairs of steps that have a calendar day in common; `steps` are in order of start."""
    open_steps: list[Taken] = []
    for taken in steps:
        while open_steps and open_steps[0].end <= taken.start:
            open_steps.pop(0)
        yield from ((earlier, taken) for earlier in open_steps)
        insort(open_steps, taken, key=lambda one: one.end)
