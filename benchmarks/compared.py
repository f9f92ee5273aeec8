"""The newest records, compared: with each other, with the best known, by size and level of seats."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.fitting import Growth, fitted
from benchmarks.instances import SIZES, Instance
from benchmarks.records import Record, median, newest

GROWTH_GAP = 0.02
GROWTH_SIZES = ("town", "region", "county")


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times longer another rival takes to proof; `at_least` when that one was stopped."""

    times: float
    at_least: bool


class Results:
    """Records and the table of instances, asked together."""

    def __init__(self, records: Iterable[Record], table: dict[str, Instance]) -> None:
        self.table = table
        self.records = {(row.instance, row.rival): row for row in newest(records) if row.instance in table}

    def of(self, rival: str, size: str, seats: str) -> list[Record]:
        """A rival's records of one size and level of seats, by seed."""
        found = [
            record
            for (name, other), record in self.records.items()
            if other == rival and (self.table[name].size, self.table[name].seats) == (size, seats)
        ]
        return sorted(found, key=lambda record: self.table[record.instance].seed)

    def known_bound(self, record: Record) -> int | None:
        """The best bound known of the record's instance."""
        return self.table[record.instance].bound

    def time_to(self, record: Record, gap: float) -> float | None:
        """Seconds to a gap."""
        return record.time_to(gap, self.known_bound(record))

    def gap_at(self, record: Record, seconds: float | None) -> float | None:
        """The gap after so many seconds, or at the end."""
        return record.gap_at(seconds, self.known_bound(record))

    def ratio(self, record: Record, slower: str) -> Ratio | None:
        """Another rival's time to proof by this one's, which must have proved its plan."""
        other = self.records.get((record.instance, slower))
        if other is None or record.to_proof is None or other.rival == record.rival:
            return None
        return Ratio(other.seconds / record.to_proof, at_least=not other.is_proven)

    def full_share(self, record: Record) -> float | None:
        """Full seat rows by those that anyone uses."""
        used = record.outcome["used_rows"]
        return record.outcome["full_rows"] / used if used else None

    def growth(self) -> tuple[Growth | None, list[tuple[float, float]]]:
        """How chains' time to a gap of 2 % grows on scarce instances, and the points of the fit.

        None while town or county is missing.
        """
        points: list[tuple[float, float]] = []
        for size in GROWTH_SIZES:
            times = [self.time_to(record, GROWTH_GAP) for record in self.of("chains", size, "scarce")]
            known = [math.inf if time is None else time for time in times]
            middle = median(known) if known else math.inf
            if math.isfinite(middle):
                points.append((SIZES[size].participants, middle))
        sizes = {size for size, _ in points}
        ends = {SIZES[GROWTH_SIZES[0]].participants, SIZES[GROWTH_SIZES[-1]].participants}
        return (fitted(points) if ends <= sizes else None), points


def middle(records: Iterable[Record], value: Callable[[Record], float | None]) -> float | None:
    """The median of a value, one that was never reached counting as infinite; None without records."""
    numbers = [value(record) for record in records]
    return median([math.inf if number is None else number for number in numbers]) if numbers else None
