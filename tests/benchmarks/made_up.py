"""Made-up results, in which every number is known."""

from collections.abc import Sequence
from typing import Any

from benchmarks.compared import Results
from benchmarks.instances import Instance
from benchmarks.records import Event, Record

NOBODY = 10_000
VERSION = {
    "code": "c0de",
    "commit": "abc",
    "dirty": False,
    "cpu": "a processor",
    "cores": 2,
    "tools": "Python 3",
}
STEPS = ((0.5, 10_000, 0), (1.0, 2_000, 900), (2.0, 1_000, 960), (4.0, 1_000, 995))
"""Seconds, best and bound: nobody; a first plan; within 5 %; within 1 %."""


def record(
    instance: str = "track-ample-1",
    rival: str = "chains",
    *,
    limit: int = 600,
    seconds: float = 5.0,
    objective: int = 1_000,
    bound: int | None = 1_000,
    steps: Sequence[tuple[float, int | None, int | None]] = STEPS,
    at: str = "2027-01-01T00:00:00+00:00",
    key: str = "c0de-a-processor-2",
    **outcome: Any,
) -> Record:
    """A run that proved its plan after five seconds, unless told otherwise."""
    return Record(
        instance=instance,
        rival=rival,
        limit=limit,
        key=key,
        version=VERSION,
        at=at,
        nobody=NOBODY,
        events=tuple(Event(at, "search", best, low) for at, best, low in steps),
        outcome={
            "status": "optimal" if objective == bound else "feasible",
            "seconds": seconds,
            "objective": objective,
            "bound": bound,
            "placed": 20,
            "full_rows": 3,
            "used_rows": 12,
            "start_seconds": 1.5,
            "peak_mib": 512.0,
            "phases": {"check and compile": 1.0, "search": 3.0, "after the search": 1.0},
            "notes": [],
            **outcome,
        },
    )


def instance(name: str, **known: Any) -> Instance:
    """A row of the table."""
    size, seats, seed = name.split("-")
    return Instance(size, seats, int(seed), **known)


def results(*records: Record, bound: int | None = 990) -> Results:
    """Results over the instances that the records name."""
    names = dict.fromkeys(row.instance for row in records)
    return Results(records, {name: instance(name, bound=bound, classes=20) for name in names})
