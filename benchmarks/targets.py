"""What must be reached, beside what was measured: the worst seed decides."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.compared import Results
from benchmarks.records import Record
from benchmarks.shown import NONE, markdown, percent_text, ratio_text, seconds_text

MIB_A_GIB = 1024
Measure = Callable[[Results, Record], float | None]
"""What is measured of a run: infinite when it never came to it, None when it can't be told."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to reach with chains on every seed of a size: at most, or at least, so much."""

    size: str
    seats: str
    text: str
    measure: Measure
    limit: float
    show: Callable[[float], str]
    at_least: bool = False

    def row(self, results: Results) -> list[str]:
        """What is asked, what was measured, whether it is met."""
        values = [self.measure(results, record) for record in results.of("chains", self.size, self.seats)]
        known = [value for value in values if value is not None]
        name = f"{self.size}, {self.seats}"
        if not known:
            return [name, self.text, "not measured", NONE, NONE]
        worst = min(known) if self.at_least else max(known)
        met = worst >= self.limit if self.at_least else worst <= self.limit
        text = self.show(worst) if math.isfinite(worst) else "never"
        return [name, self.text, text, str(len(known)), "met" if met else "**missed**"]


def _proof(_: Results, record: Record) -> float:
    return math.inf if record.to_proof is None else record.to_proof


def _first_plan(_: Results, record: Record) -> float:
    return math.inf if record.first_plan is None else record.first_plan


def _memory(_: Results, record: Record) -> float:
    return float(record.outcome["peak_mib"]) / MIB_A_GIB


def _ratio(results: Results, record: Record) -> float | None:
    ratio = results.ratio(record, "monolith-plain")
    return None if ratio is None else ratio.times


def _gap_at(seconds: float) -> Measure:
    def gap(results: Results, record: Record) -> float | None:
        found = results.gap_at(record, seconds)
        return math.inf if found is None and record.limit >= seconds else found

    return gap


def _seconds(value: float) -> str:
    return f"{seconds_text(value)} s"


def _percent(value: float) -> str:
    return f"{percent_text(value)} %"


def _gib(value: float) -> str:
    return f"{value:.2f} GiB"


TARGETS = (
    Target("track", "ample", "proven ≤ 1 s", _proof, 1, _seconds),
    Target("track", "scarce", "proven ≤ 5 s", _proof, 5, _seconds),
    Target(
        "track", "ample", "≥ 100 × faster to proof than the plain monolith", _ratio, 100, ratio_text, True
    ),
    Target("town", "ample", "proven ≤ 10 s", _proof, 10, _seconds),
    Target("town", "scarce", "gap ≤ 0.5 % at 60 s", _gap_at(60), 0.005, _percent),
    Target("region", "ample", "first plan ≤ 10 s", _first_plan, 10, _seconds),
    Target("region", "scarce", "first plan ≤ 10 s", _first_plan, 10, _seconds),
    Target("region", "ample", "gap ≤ 0.1 % at 60 s", _gap_at(60), 0.001, _percent),
    Target("region", "scarce", "gap ≤ 1 % at 60 s", _gap_at(60), 0.01, _percent),
    Target("region", "scarce", "gap ≤ 0.3 % at 600 s", _gap_at(600), 0.003, _percent),
    Target("region", "ample", "≤ 2 GiB", _memory, 2, _gib),
    Target("region", "scarce", "≤ 2 GiB", _memory, 2, _gib),
    Target("county", "scarce", "gap ≤ 2 % at 600 s", _gap_at(600), 0.02, _percent),
    Target("county", "scarce", "≤ 6 GiB", _memory, 6, _gib),
)
MOST_GROWTH = 1.3


def targets_table(results: Results) -> str:
    """The targets in Markdown."""
    rows = [target.row(results) for target in TARGETS]
    growth, points = results.growth()
    text = "not measured" if growth is None else f"n^{growth.exponent:.2f}"
    met = NONE if growth is None else "met" if growth.exponent <= MOST_GROWTH else "**missed**"
    rows.append(["town to county, scarce", "time to 2 % ≤ n^1.3", text, str(len(points)), met])
    return markdown(["instances", "must reach", "measured (worst seed)", "runs", ""], rows, words=3)
