"""`plan`: makes a plan, showing how it goes."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sparplan.cli.console import is_terminal, print_line
from sparplan.cli.exits import Exit, existing
from sparplan.messages import say, say_percent

if TYPE_CHECKING:
    from rich.status import Status as LiveLine

    from sparplan.engines.base import Progress

SECONDS_BETWEEN_LINES = 1.0


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the command line asks of a plan."""

    engine: str
    time_limit: float | None
    work_limit: float | None
    gap: float
    workers: int | None
    seed: int
    track: str | None
    hint: Path | None


def plan(
    scenario: Path, options: PlanOptions, *, output: Path | None, gantt: Path | None, as_json: bool
) -> int:
    """Make a plan; write it, show it, draw it."""
    from sparplan.checks import read_scenario
    from sparplan.files.writing import check_writable
    from sparplan.kedjor import Plan, Status
    from sparplan.planner import plan as make_plan

    read = read_scenario(existing(scenario))
    hint = Plan.read(existing(options.hint)) if options.hint else None
    for path in (output, gantt):
        if path is not None:
            check_writable(path)
    if gantt is not None:
        _check_suffix(gantt)
    with Ticker() as ticker:
        made = make_plan(
            read,
            engine=options.engine,
            time_limit=options.time_limit,
            work_limit=options.work_limit,
            gap=options.gap,
            workers=options.workers,
            seed=options.seed,
            track=options.track,
            hint=hint,
            events=ticker,
        )
    if output is not None:
        try:
            made.write(output)
        except OSError:
            print_line(made.to_json().rstrip("\n"))  # a long search isn't lost to a full disk
            raise
        print_line(say("cli.written", path=output), sys.stderr)
    if as_json or (output is None and not is_terminal(sys.stdout)):
        print_line(made.to_json().rstrip("\n"))
    else:
        print_line(made.summary())
    if gantt is not None:
        from sparplan.charts import save_gantt

        for path in save_gantt(read, made, gantt):
            print_line(say("cli.written", path=path), sys.stderr)
    return Exit.NO_PLAN if made.status is Status.NO_PLAN else Exit.DONE


def _check_suffix(gantt: Path) -> None:
    """Refuse a picture of an unknown kind before the search, not after it."""
    from sparplan.charts.saving import WRITERS
    from sparplan.errors import UsageError

    known = (*WRITERS, ".html")
    if gantt.suffix.lower() not in known:
        names = ", ".join(suffix.removeprefix(".") for suffix in known)
        raise UsageError(say("charts.unknown_suffix", path=gantt.name, known=names))


class Ticker:
    """Shows progress on standard error: one live line on a terminal, now and then a line when piped."""

    def __init__(self) -> None:
        self._last_time = 0.0
        self._last_text = ""
        self._write: Callable[[str], None] = lambda text: print_line(text, sys.stderr)
        self._live: LiveLine | None = None

    def __enter__(self) -> "Ticker":
        if is_terminal(sys.stderr):
            from rich.console import Console

            self._live = Console(stderr=True).status(say("cli.begins"))
            self._live.start()
            self._write = self._live.update
        return self

    def __exit__(self, *_: object) -> None:
        if self._live is not None:
            self._live.stop()
        elif self._last_text:
            self._write(self._last_text)

    def __call__(self, progress: "Progress") -> None:
        text = _line(progress)
        now = time.monotonic()
        if now - self._last_time >= SECONDS_BETWEEN_LINES:
            self._write(text)
            self._last_time, self._last_text = now, ""
        else:
            self._last_text = text


def _line(progress: "Progress") -> str:
    from sparplan.engines.base import LOADING

    if progress.phase == LOADING:
        return say("cli.loading")
    gap = progress.gap
    return say(
        "cli.progress",
        seconds=f"{progress.seconds:.1f}",
        best="–" if progress.best is None else progress.best,
        bound="–" if progress.bound is None else progress.bound,
        gap="–" if gap is None else say_percent(gap),
    )
