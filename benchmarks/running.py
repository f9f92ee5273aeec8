"""Does the runs: one process each, its memory watched, its result kept when it is whole."""

import json
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.instances import Instance, read_table, scenario_file, write_table
from benchmarks.records import RESULTS, Event, Record, newest, read_all, read_record
from benchmarks.rivals import RIVALS
from benchmarks.schedule import Run, limit_of
from benchmarks.versions import ROOT, Version, version_now

SAMPLE_SECONDS = 0.2
PAGE_MIB = resource.getpagesize() / 2**20
GRACE_SECONDS = 180.0  # beside twice the limit: a process that goes on longer is ended

Say = Callable[[str], None]
Measured = tuple[dict[str, Any], list[Event], int]


def do_runs(runs: Iterable[Run], *, resume: bool, say: Say, folder: Path = RESULTS) -> None:
    """Do runs one after the other; a failed one is told of and left out.

    A proven bound above a known plan ends them all: then some engine is wrong.

    Parameters
    ----------
    resume
        Whether to leave out what this code did before on this machine, as long or to the proof.
    """
    versions = {name: version_now(rival.not_used) for name, rival in RIVALS.items()}
    for planned in runs:
        version = versions[planned.rival]
        limit = limit_of(planned, _chains_proof(planned.instance, folder))
        run = Run(planned.instance, planned.rival, limit)
        if resume and _is_done(run, version, folder):
            continue
        record = do_run(run, version, say)
        if record is None:
            continue
        note_best(record)
        record.write(folder)
        say(f"  {_in_short(record)}")


def do_run(run: Run, version: Version, say: Say) -> Record | None:
    """One run; None when the rival gave no result."""
    instance = read_table()[run.instance]
    say(f"{run.instance}, {run.rival}, at most {run.limit} s")
    outcome, events, nobody = measured(run, scenario_file(instance))
    if "failed" in outcome:
        say(f"  failed: {outcome['failed']}")
        return None
    return Record(
        instance=run.instance,
        rival=run.rival,
        limit=run.limit,
        key=version.key,
        version=version.to_document(),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        nobody=nobody,
        events=tuple(events),
        outcome=outcome,
    )


def note_best(record: Record) -> None:
    """Take what a run found and proved into the table of instances."""
    table = read_table()
    instance: Instance = table[record.instance]
    by = f"{record.rival} {record.version['code']}"
    better = instance.improved(record.outcome["objective"], record.outcome["bound"], by)
    if better != instance:
        table[record.instance] = better
        write_table(table.values())


def _is_done(run: Run, version: Version, folder: Path) -> bool:
    kept = map(read_record, (folder / run.instance).glob(f"{run.rival}.*s.{version.key}.jsonl"))
    return any(record.is_proven or record.limit >= run.limit for record in kept)


def _chains_proof(instance: str, folder: Path) -> float | None:
    """Seconds that chains took to prove the instance, in the newest run that is kept."""
    records = newest(row for row in read_all(folder) if (row.instance, row.rival) == (instance, "chains"))
    return records[0].to_proof if records else None


def measured(run: Run, path: Path) -> Measured:
    """What the run's process says, with the peak memory of all its processes."""
    command = [sys.executable, "-m", "benchmarks", "measure", run.rival, str(path), str(run.limit)]
    events: list[Event] = []
    outcome: dict[str, Any] = {"failed": "no result"}
    nobody = 0
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = _MemoryWatch(process.pid)
        ending = threading.Timer(2 * run.limit + GRACE_SECONDS, process.kill)
        complaints: list[str] = []
        assert process.stdout is not None
        assert process.stderr is not None
        reader = threading.Thread(target=lambda err=process.stderr: complaints.extend(err), daemon=True)
        for thread in (watch, ending, reader):
            thread.start()
        try:
            for text in process.stdout:
                if not text.startswith("{"):
                    continue  # what a solver prints
                line = json.loads(text)
                if "event" in line:
                    events.append(Event(*line["event"]))
                nobody = line.get("nobody", nobody)
                outcome = line.get("outcome", outcome)
        finally:
            ending.cancel()
            process.kill()
            watch.end()
        reader.join()
    if "failed" in outcome:
        return {"failed": (complaints or ["ended"])[-1].strip()}, events, nobody
    return outcome | {"peak_mib": round(max(outcome["peak_mib"], watch.peak_mib), 1)}, events, nobody


class _MemoryWatch(threading.Thread):
    """Sees how much memory a process and its children hold at most, where /proc tells."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._over = threading.Event()
        self.peak_mib = 0.0

    def run(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            self.peak_mib = max(self.peak_mib, sum(map(_resident_mib, _family(self._pid))))

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found.extend(map(int, children.read_text(encoding="ascii").split()))
            except OSError:
                continue
    return found


def _resident_mib(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE_MIB
    except (OSError, IndexError):
        return 0.0


def _in_short(record: Record) -> str:
    outcome = record.outcome
    return (
        f"{outcome['status']} {outcome['objective']} ≥ {outcome['bound']} in {record.seconds:.1f} s, "
        f"{outcome['placed']} placed, {outcome['peak_mib']:.0f} MiB"
    )
