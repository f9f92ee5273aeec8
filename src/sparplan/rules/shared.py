"""Rules across participants: problem.md §5."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sparplan.points import Measures
from sparplan.rules.cases import Case
from sparplan.rules.violations import Rule, Violation, span_text, violation
from sparplan.scenario import Round

Intervals = list[tuple[int, int]]


def seats(measures: Measures, cases: Sequence[Case]) -> Iterator[Violation]:
    """A fixed round has at most `seats` participants, a rolling one at most so many on any day."""
    for row, takers in _takers(measures, cases):
        if row.seats is None:
            continue
        if not row.is_rolling:
            if len(takers) > row.seats:
                yield violation(Rule.SEATS, "fixed", round=row.round, count=len(takers), seats=row.seats)
            continue
        for start, end, count in _crowded(takers.values(), row.seats):
            yield violation(
                Rule.SEATS,
                "rolling",
                round=row.round,
                count=count,
                seats=row.seats,
                dates=span_text(start, end),
            )


def min_participants(measures: Measures, cases: Sequence[Case]) -> Iterator[Violation]:
    """A fixed round that anyone takes has its least class size, unless it began in the past."""
    for row, takers in _takers(measures, cases):
        if row.is_rolling or row.start < measures.scenario.planning_date:
            continue
        if len(takers) < row.min_participants:
            yield violation(
                Rule.MIN_PARTICIPANTS, "few", round=row.round, count=len(takers), least=row.min_participants
            )


def positions(measures: Measures, cases: Sequence[Case]) -> Iterator[Violation]:
    """A track has at most `positions` placed participants."""
    placed = Counter(case.track.track for case in cases if case.track is not None)
    for track in measures.scenario.tracks:
        count = placed[track.track]
        if track.positions is not None and count > track.positions:
            yield violation(Rule.POSITIONS, "many", track=track.name, count=count, positions=track.positions)


def _takers(measures: Measures, cases: Sequence[Case]) -> Iterator[tuple[Round, dict[str, Intervals]]]:
    """Each round that anyone takes, with the participants and their steps of it."""
    takers: dict[str, dict[str, Intervals]] = {}
    for case in cases:
        for taken in case.steps:
            intervals = takers.setdefault(taken.round.round, {}).setdefault(case.name, [])
            intervals.append((taken.start, taken.end))
    for row in measures.scenario.rounds:
        if row.round in takers:
            yield row, takers[row.round]


def _crowded(takers: Iterable[Intervals], seats: int) -> Iterator[tuple[int, int, int]]:
    """Runs of days `[start, end)` with more participants than seats, each with the highest number."""
    changes: dict[int, int] = {}
    for intervals in takers:
        for start, end in _merged(intervals):
            changes[start] = changes.get(start, 0) + 1
            changes[end] = changes.get(end, 0) - 1
    count, highest, since = 0, 0, None
    for day in sorted(changes):
        count += changes[day]
        if count > seats:
            since = day if since is None else since
            highest = max(highest, count)
        elif since is not None:
            yield since, day, highest
            highest, since = 0, None


def _merged(intervals: Intervals) -> Intervals:
    """The same days as disjoint intervals: a participant takes one seat, whatever the number of steps."""
    merged: Intervals = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
