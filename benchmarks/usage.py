"""How full the seat rows of a plan are."""

from collections.abc import Iterable
from dataclasses import dataclass

from sparplan.kedjor import Plan
from sparplan.scenario import Scenario


@dataclass(frozen=True, slots=True)
class SeatUse:
    """Seat rows (rounds with a limit) that anyone uses, and those of them without a seat left."""

    full: int
    used: int


def seat_use(scenario: Scenario, plan: Plan) -> SeatUse:
    """Count them; a rolling round is full when on some day all its seats are taken."""
    steps: dict[str, list[tuple[int, int]]] = {}
    for kedja in plan.placed:
        for step in kedja.steps:
            days = (step.start.toordinal(), step.end.toordinal() + 1)
            steps.setdefault(step.round, []).append(days)
    full = used = 0
    for name, taken in steps.items():
        row = scenario.round_by_id[name]
        if row.seats is not None:
            used += 1
            full += (_most_at_once(taken) if row.is_rolling else len(taken)) >= row.seats
    return SeatUse(full, used)


def _most_at_once(intervals: Iterable[tuple[int, int]]) -> int:
    """The most half-open intervals that have a day in common."""
    changes = sorted(change for start, end in intervals for change in ((start, 1), (end, -1)))
    most = count = 0
    for _, change in changes:
        count += change
        most = max(most, count)
    return most
