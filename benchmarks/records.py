"""What is known of one run, as it is kept under `results/`, and what follows from it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sparplan.engines.base import relative_gap
from sparplan.files.writing import write_text

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Event:
    """Where a run stood: seconds since the call, the engine's phase, best objective and bound."""

    seconds: float
    phase: str
    best: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """One run.

    Attributes
    ----------
    version
        Code and machine (`versions.Version`); `key` names both.
    at
        When it was run, in UTC.
    nobody
        Points of the plan that places nobody: a plan counts as the first one when it is better.
    outcome
        The rival's last line (`measuring.outcome`).
    """

    instance: str
    rival: str
    limit: int
    key: str
    version: dict[str, Any]
    at: str
    nobody: int
    events: tuple[Event, ...]
    outcome: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where it is kept, below the folder of results."""
        return Path(self.instance) / f"{self.rival}.{self.limit}s.{self.key}.jsonl"

    @property
    def seconds(self) -> float:
        """Seconds of the whole call."""
        return float(self.outcome["seconds"])

    @property
    def start_seconds(self) -> float:
        """Seconds that the process took to load what it needs, before the call."""
        return float(self.outcome["start_seconds"])

    @property
    def is_proven(self) -> bool:
        """Whether the rival proved its plan."""
        return self.has_bound and self.outcome["status"] == "optimal"

    def gaps(self, known_bound: int | None) -> list[tuple[float, float]]:
        """Seconds and gap whenever it fell: by the rival's own bound or, without one, by the best known."""
        falls: list[tuple[float, float]] = []
        for event in self._all_events():
            bound = event.bound if self.has_bound else known_bound
            if event.best is None or bound is None or event.best >= self.nobody:
                continue
            gap = relative_gap(event.best, bound)
            if not falls or gap < falls[-1][1]:
                falls.append((event.seconds, gap))
        return falls

    def time_to(self, gap: float, known_bound: int | None) -> float | None:
        """Seconds until the gap was at most so much; None when it never was."""
        return next((at for at, reached in self.gaps(known_bound) if reached <= gap), None)

    def gap_at(self, seconds: float | None, known_bound: int | None) -> float | None:
        """The gap after so many seconds, or at the end.

        None without a plan, and when the run ended sooner and unproven.
        """
        falls = self.gaps(known_bound)
        if seconds is None:
            return falls[-1][1] if falls else None
        if self.limit < seconds and not (falls and falls[-1][1] == 0):
            return None
        reached = [gap for at, gap in falls if at <= seconds]
        return reached[-1] if reached else None

    @property
    def first_plan(self) -> float | None:
        """Seconds until there was a plan that is better than placing nobody."""
        return next(
            (
                event.seconds
                for event in self._all_events()
                if event.best is not None and event.best < self.nobody
            ),
            None,
        )

    @property
    def to_proof(self) -> float | None:
        """Seconds of the whole call, of a run that proved its plan: it includes verifying."""
        return self.seconds if self.is_proven else None

    @property
    def has_bound(self) -> bool:
        """Whether the rival proves bounds; what others tell in events on the way doesn't count."""
        return self.outcome["bound"] is not None

    def _all_events(self) -> Iterable[Event]:
        yield from self.events
        yield Event(self.seconds, "end", self.outcome["objective"], self.outcome["bound"])

    def write(self, folder: Path = RESULTS) -> None:
        """Keep it, whole or not at all."""
        head = {
            name: getattr(self, name)
            for name in ("instance", "rival", "limit", "key", "version", "at", "nobody", "outcome")
        }
        lines = [head, *([event.seconds, event.phase, event.best, event.bound] for event in self.events)]
        path = folder / self.path
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def read_record(path: Path) -> Record:
    """A record as it was kept."""
    head, *events = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return Record(**head, events=tuple(Event(*cells) for cells in events))


def read_all(folder: Path = RESULTS) -> list[Record]:
    """Every record that is kept, in order of name."""
    return [read_record(path) for path in sorted(folder.glob("*/[!.]*.jsonl"))]


def newest(records: Iterable[Record]) -> list[Record]:
    """Of each instance and rival the run to show: the newest code, and of that the longest limit."""
    shown: dict[tuple[str, str], Record] = {}
    by_time = sorted(records, key=lambda record: record.at)
    latest_key = {(record.instance, record.rival): record.key for record in by_time}
    for record in by_time:
        group = (record.instance, record.rival)
        if record.key == latest_key[group] and (group not in shown or record.limit >= shown[group].limit):
            shown[group] = record
    return list(shown.values())


def median(numbers: Sequence[float]) -> float:
    """The middle one, or the mean of the two in the middle (infinite where one of them is)."""
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
