"""The objective (problem.md §6) in plain Python, one participant at a time; smaller is better.

Shares nothing with the engines: what they minimise is recomputed here from the plan's steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sparplan.kedjor import Step
from sparplan.scenario import Form, Insats, Kind, Participant, ProfileType, Round, Scenario
from sparplan.studydays import StudyCalendar, on_site_days, to_day

if TYPE_CHECKING:
    from sparplan.travel import TravelTimes


@dataclass(frozen=True, slots=True)
class ChainPoints:
    """A placed participant's points, term by term in the order of problem.md §6.

    Every field is in points and signed as it enters the sum: `merit` is 0 or less. `days` and
    `preference` are already multiplied by the participant's priority.
    """

    days: int
    preference: int
    length: int
    bridge: int
    travel: int
    merit: int
    pace: int

    @property
    def total(self) -> int:
        """The participant's share of the objective."""
        return self.days + self.preference + self.length + self.bridge + self.travel + self.merit + self.pace


class Measures:
    """A scenario's study days and travel times, worked out once for many chains.

    The calendar spans the horizon and every round, so that each step of the scenario lies inside it.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def calendar(self) -> StudyCalendar:
        """The study days of the scenario."""
        scenario = self.scenario
        intervals = [(scenario.horizon.start, scenario.horizon.end)]
        intervals += [(row.start, row.end) for row in scenario.rounds]
        return StudyCalendar(
            country=scenario.calendar.country,
            breaks=tuple((to_day(row.start), to_day(row.end) + 1) for row in scenario.calendar.breaks),
            first=min(to_day(start) for start, _ in intervals),
            last=max(to_day(end) for _, end in intervals) + 1,
        )

    @cached_property
    def travel(self) -> "TravelTimes":
        """The travel times of the scenario."""
        from sparplan.travel import TravelTimes  # networkx is slow to import

        return TravelTimes(self.scenario)

    def minutes(self, participant: Participant, row: Round) -> int | None:
        """Minutes one way to a round by the quickest allowed mode; None where no path leads.

        0 for a distance round, whatever its place.
        """
        if row.form is Form.DISTANCE or row.place is None:
            return 0
        return self.travel.minutes(participant.home, row.place, participant.modes)


def starting_levels(scenario: Scenario, participant: Participant) -> dict[str, int]:
    """Rank of the level that a participant starts with, by kompetens; absent means none."""
    return _ranks(scenario, participant.levels)


def claimed_levels(scenario: Scenario, participant: Participant) -> dict[str, int]:
    """Rank of the level that a participant claims (reell kompetens), by kompetens."""
    return _ranks(scenario, participant.claims)


def _ranks(scenario: Scenario, levels: Mapping[str, str]) -> dict[str, int]:
    return {kompetens: scenario.level_rank(kompetens, level) for kompetens, level in levels.items()}


def given_levels(scenario: Scenario, participant: Participant, insats: Insats) -> dict[str, int]:
    """Rank of each level that an insats gives a participant.

    A validering gives, of what it lists, just what is claimed at that level or higher (problem.md §4).
    """
    given = _ranks(scenario, insats.provides)
    if insats.kind is not Kind.VALIDERING:
        return given
    claimed = claimed_levels(scenario, participant)
    return {kompetens: rank for kompetens, rank in given.items() if claimed.get(kompetens, -1) >= rank}


def levels_after(scenario: Scenario, participant: Participant, insatser: Iterable[Insats]) -> dict[str, int]:
    """Rank of each level held once some insatser are done, starting levels included."""
    held = starting_levels(scenario, participant)
    for insats in insatser:
        for kompetens, rank in given_levels(scenario, participant, insats).items():
            held[kompetens] = max(rank, held.get(kompetens, -1))
    return held


def available_day(scenario: Scenario, participant: Participant) -> int:
    """The day that a participant is available from, as written; else the planning date."""
    return to_day(participant.available_from or scenario.planning_date)


def chain_days(scenario: Scenario, participant: Participant, steps: Sequence[Step]) -> int:
    """Calendar days from `available_from` to the last day, both counted; 0 for an empty chain."""
    if not steps:
        return 0
    last = max(to_day(step.end) for step in steps)
    return max(0, last - available_day(scenario, participant) + 1)


def chain_points(
    scenario: Scenario,
    participant: Participant,
    track: str,
    steps: Sequence[Step],
    measures: Measures | None = None,
) -> int:
    """Points of a placed participant: `chain_breakdown(…).total`."""
    return chain_breakdown(scenario, participant, track, steps, measures).total


def chain_breakdown(
    scenario: Scenario,
    participant: Participant,
    track: str,
    steps: Sequence[Step],
    measures: Measures | None = None,
) -> ChainPoints:
    """Points of a placed participant, term by term.

    Parameters
    ----------
    scenario
        A scenario without faults.
    track
        One of the participant's tracks.
    steps
        Steps of rounds of the scenario, within its calendar. Pace, bridge and place are the scenario's.
    measures
        Of the same scenario; saves time when many chains are valued.

    Raises
    ------
    KeyError, ValueError
        For a round or a track that isn't the scenario's or the participant's.
    """
    weights = scenario.policy.points
    measures = measures or Measures(scenario)
    rounds = [scenario.round_by_id[step.round] for step in steps]
    insatser = [scenario.insats_by_id[row.insats] for row in rounds]
    lengths = [to_day(step.end) - to_day(step.start) + 1 for step in steps]
    rank = participant.tracks.index(track)
    return ChainPoints(
        days=participant.priority * weights.day * chain_days(scenario, participant, steps),
        preference=participant.priority * weights.preference * rank,
        length=weights.length_day * _length_days(steps),
        bridge=weights.bridge_day
        * sum(length for length, insats in zip(lengths, insatser, strict=True) if insats.bridge),
        travel=weights.travel_hour
        * sum(
            _travel_hours(measures, participant, row, step) for row, step in zip(rounds, steps, strict=True)
        ),
        merit=-weights.merit * _merit_weight(scenario, participant, track, insatser),
        pace=sum(-(-row.pace * length // 100) for row, length in zip(rounds, lengths, strict=True)),
    )


def unplaced_points(scenario: Scenario, participant: Participant) -> int:
    """Points of a participant without a chain."""
    horizon_days = to_day(scenario.horizon.end) - to_day(scenario.horizon.start) + 1
    waited = max(0, to_day(scenario.planning_date) - available_day(scenario, participant))
    return participant.priority * scenario.policy.points.day * (2 * horizon_days + waited)


def _length_days(steps: Sequence[Step]) -> int:
    """Calendar days from the first day to the last, past ones included."""
    if not steps:
        return 0
    return max(to_day(step.end) for step in steps) - min(to_day(step.start) for step in steps) + 1


def _travel_hours(measures: Measures, participant: Participant, row: Round, step: Step) -> int:
    """Whole hours that a step costs in travel; none for distance and for a place out of reach."""
    minutes = measures.minutes(participant, row)
    if not minutes:
        return 0
    study_days = measures.calendar.count(to_day(step.start), to_day(step.end) + 1)
    days = on_site_days(study_days, row.days, hybrid=row.form is Form.HYBRID)
    return 2 * minutes * days // 60


def _merit_weight(
    scenario: Scenario, participant: Participant, track: str, insatser: Iterable[Insats]
) -> int:
    """Weights of the meriterande rows reached, held from the start or not, once for each row."""
    held = levels_after(scenario, participant, insatser)
    profile = scenario.profile_rows[scenario.track_by_id[track].profile]
    return sum(
        row.weight
        for row in profile
        if row.type is ProfileType.MERITERANDE
        and held.get(row.kompetens, -1) >= scenario.level_rank(row.kompetens, row.level)
    )
