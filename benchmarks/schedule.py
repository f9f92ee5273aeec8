"""Which runs the commands do, in which order, and how long they may take.

A limit is of the search: it counts, like all times, from the call. What starting the process takes comes
on top.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.instances import SEATS, SEEDS

BOTH = SEATS
FIRST = (1,)
SPEEDUP = 100  # how many times chains' time to proof the plain monolith is given at least
MOST_SECONDS = 600
START_SECONDS = 3  # of a process, its libraries and machine code


@dataclass(frozen=True, slots=True)
class Series:
    """One rival on instances of one size, each stopped after so many seconds."""

    size: str
    seats: tuple[str, ...]
    rival: str
    seeds: tuple[int, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Run:
    """One run to do."""

    instance: str
    rival: str
    limit: int


BENCH = (
    Series("track", BOTH, "chains", SEEDS, 30),
    Series("town", ("ample",), "chains", SEEDS, 30),
    Series("town", ("scarce",), "chains", SEEDS, 120),
    Series("region", ("scarce",), "chains", FIRST, 600),
    Series("county", ("scarce",), "chains", FIRST, 600),
    Series("track", ("ample",), "monolith-plain", SEEDS, 120),
    Series("track", ("scarce",), "monolith-plain", FIRST, 120),
    Series("town", BOTH, "monolith-plain", FIRST, 120),
    Series("track", BOTH, "monolith", (1, 2), 120),
    Series("town", BOTH, "monolith", FIRST, 120),
    Series("track", BOTH, "greedy", (1, 2), 120),
    Series("town", BOTH, "greedy", FIRST, 120),
    Series("track", BOTH, "pyjobshop", FIRST, 120),
    Series("town", BOTH, "pyjobshop", FIRST, 120),
)
"""What fits into 90 minutes: the slow rivals get fewer seeds."""

EVERYTHING = (
    *(Series(size, BOTH, "chains", SEEDS, 600) for size in ("track", "town", "region", "county")),
    *(
        Series(size, BOTH, rival, SEEDS, 120)
        for rival in ("monolith-plain", "monolith", "greedy", "pyjobshop")
        for size in ("track", "town")
    ),
)

SETS = {"bench": BENCH, "all": EVERYTHING}


def runs_of(series: Iterable[Series]) -> Iterator[Run]:
    """The single runs, series by series."""
    for row in series:
        for seats in row.seats:
            for seed in row.seeds:
                yield Run(f"{row.size}-{seats}-{seed}", row.rival, row.limit)


def most_minutes(series: Iterable[Series]) -> float:
    """Minutes if every run goes to its limit, starting included."""
    return sum(START_SECONDS + run.limit for run in runs_of(series)) / 60


def limit_of(run: Run, chains_proof: float | None) -> int:
    """The limit of a run: the plain monolith is stopped no sooner than 100 times chains' time to proof."""
    if run.rival != "monolith-plain" or chains_proof is None:
        return run.limit
    return max(run.limit, min(MOST_SECONDS, round(SPEEDUP * chains_proof) + 1))
