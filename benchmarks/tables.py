"""The results as tables in Markdown: by group, run by run, where the time goes, on what machine."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from benchmarks.compared import Ratio, Results, middle
from benchmarks.instances import SEATS, SIZES
from benchmarks.measuring import AFTER
from benchmarks.records import Record
from benchmarks.rivals import RIVALS
from benchmarks.shown import NONE, markdown, percent_text, ratio_text, seconds_text

SLOWER = ("monolith-plain", "monolith")
HEAD = (
    "first plan", "to 5 %", "to 1 %", "proven", "gap 10 s", "gap 60 s", "gap 600 s", "gap at end",
    "placed", "full rows", "start of the process, s", "MiB", "× plain", "× monolith",
)  # fmt: skip


def results_table(results: Results) -> str:
    """A row for each size, level of seats and rival: medians over its seeds."""
    rows = []
    for size in SIZES:
        for seats in SEATS:
            for name, rival in RIVALS.items():
                records = results.of(name, size, seats)
                if records:
                    proven = sum(record.is_proven for record in records)
                    seeds = f"{proven}/{len(records)}"
                    title = rival.title if records[0].has_bound else f"{rival.title} *"
                    rows.append([f"{size} {seats}", title, seeds, *cells(results, records)])
    return markdown(["instances", "rival", "proven/seeds", *HEAD], rows, words=2)


def runs_table(results: Results) -> str:
    """A row for each run."""
    order = {name: number for number, name in enumerate(results.table)}
    rivals = list(RIVALS)
    rows = []
    for record in sorted(
        results.records.values(), key=lambda row: (order[row.instance], rivals.index(row.rival))
    ):
        outcome = record.outcome
        bound = NONE if outcome["bound"] is None else str(outcome["bound"])
        head = [record.instance, record.rival, f"`{record.version['code']}`", str(record.limit)]
        rows.append(
            [*head, seconds_text(record.seconds), str(outcome["objective"]), bound, *cells(results, [record])]
        )
    return markdown(
        ["instance", "rival", "code", "limit", "seconds", "points", "bound", *HEAD], rows, words=3
    )


def cells(results: Results, records: Sequence[Record]) -> list[str]:
    """The cells of some runs of one rival on like instances: medians, over the longest and the least."""
    of = partial(middle, records)
    return [
        seconds_text(of(lambda record: record.first_plan)),
        *(seconds_text(of(partial(_time_to, results, gap))) for gap in (0.05, 0.01)),
        seconds_text(of(lambda record: record.to_proof)),
        *(percent_text(of(partial(_gap_at, results, seconds))) for seconds in (10, 60, 600)),
        percent_text(of(partial(_gap_at, results, None))),
        f"{of(lambda record: record.outcome['placed']):g}",
        percent_text(of(results.full_share)),
        seconds_text(of(lambda record: record.start_seconds)),
        f"{of(lambda record: record.outcome['peak_mib']):.0f}",
        *(_ratio([results.ratio(record, slower) for record in records]) for slower in SLOWER),
    ]


def _time_to(results: Results, gap: float, record: Record) -> float | None:
    return results.time_to(record, gap)


def _gap_at(results: Results, seconds: float | None, record: Record) -> float | None:
    return results.gap_at(record, seconds)


def _ratio(ratios: Iterable[Ratio | None]) -> str:
    """The least of the ratios, so that a stopped rival doesn't flatter."""
    known = [ratio for ratio in ratios if ratio is not None]
    least = min(known, key=lambda ratio: ratio.times, default=None)
    return NONE if least is None else ratio_text(least.times, at_least=least.at_least)


def instances_table(results: Results) -> str:
    """How the sets look: sizes, how different the participants are, how full the rows."""
    rows = []
    for size, numbers in SIZES.items():
        known = [row for row in results.table.values() if row.size == size]
        distinct = sorted(row.distinct for row in known if row.distinct is not None)
        scarce = results.of("chains", size, "scarce") or results.of("monolith", size, "scarce")
        full = [share for record in scarce if (share := results.full_share(record)) is not None]
        counts = [numbers.participants, numbers.tracks, numbers.places, numbers.rounds]
        rows.append([size, *map(str, counts), _least(distinct), _least(full)])
    head = ["size", "participants", "tracks", "places", "rounds", "compile differently", "full rows, scarce"]
    return markdown(head, rows)


def _least(shares: Sequence[float]) -> str:
    return f"≥ {percent_text(min(shares))} %" if shares else "not measured"


def phases_table(results: Results, rival: str = "chains") -> str:
    """Seconds by phase, the middle of each group's runs."""
    groups = [(size, seats, results.of(rival, size, seats)) for size in SIZES for seats in SEATS]
    groups = [group for group in groups if group[2]]
    phases = dict.fromkeys(
        phase for _, _, records in groups for record in records for phase in record.outcome["phases"]
    )
    ordered = [phase for phase in phases if phase != AFTER] + [AFTER] * (AFTER in phases)
    rows = [
        [f"{size} {seats}", seconds_text(middle(records, lambda record: record.seconds))]
        + [seconds_text(middle(records, _spent_in(phase))) for phase in ordered]
        for size, seats, records in groups
    ]
    return markdown(["instances", "whole call", *ordered], rows) if rows else "Not measured yet."


def _spent_in(phase: str) -> Callable[[Record], float]:
    return lambda record: float(record.outcome["phases"].get(phase, 0.0))


def machine_table(results: Results) -> str:
    """Machines, solvers and code behind the results shown."""
    kinds: dict[tuple[str, ...], list[Record]] = {}
    for record in results.records.values():
        version = record.version
        machine = f"{version['cpu']}, {version['cores']} cores"
        commit = f"`{version['commit']}`" + (" and changes" if version["dirty"] else "")
        key = (f"`{version['code']}`", commit, machine, version["tools"])
        kinds.setdefault(key, []).append(record)
    rows = [
        [
            *key,
            ", ".join(sorted({record.rival for record in kinds[key]})),
            max(row.at for row in kinds[key])[:10],
        ]
        for key in sorted(kinds)
    ]
    return markdown(["code", "commit", "machine", "with", "rivals", "last run"], rows, words=6)
