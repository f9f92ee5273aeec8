"""`python -m benchmarks COMMAND`: what `make bench` and `make bench-all` call."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.instances import SIZES, read_table, remade, write_table
from benchmarks.schedule import SETS, most_minutes, runs_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="do the runs of a set and make the pages anew")
    run.add_argument("set", choices=SETS)
    run.add_argument("--resume", action="store_true", help="leave out what this code did before")
    run.add_argument("--rival", action="append", help="only this rival (may be given again)")
    run.add_argument("--instance", action="append", help="only instances whose names begin so")
    readme = commands.add_parser("readme", help="make README.md, results/README.md and the charts anew")
    readme.add_argument("--no-charts", action="store_true")
    table = commands.add_parser("instances", help="make the table of instances anew")
    table.add_argument("--count", action="append", default=[], choices=SIZES, help="count classes of a size")
    profile = commands.add_parser("profile", help="say where the time of one run goes, by file")
    profile.add_argument("rival")
    profile.add_argument("instance")
    profile.add_argument("limit", type=float)
    measure = commands.add_parser("measure", help="one run, told as JSON lines (used by the others)")
    measure.add_argument("rival")
    measure.add_argument("scenario", type=Path)
    measure.add_argument("limit", type=float)
    return _do(parser.parse_args(arguments))


def _do(options: argparse.Namespace) -> int:
    if options.command == "measure":
        from benchmarks.measuring import measure

        measure(options.rival, options.scenario, options.limit)
    elif options.command == "profile":
        from benchmarks.profiling import profile

        print(profile(options.rival, read_table()[options.instance], options.limit))
    elif options.command == "instances":
        write_table(remade(read_table(), count=options.count))
    elif options.command == "readme":
        _make_pages(charts=not options.no_charts)
    else:
        _run(options)
    return 0


def _run(options: argparse.Namespace) -> None:
    from benchmarks.running import do_runs

    series = SETS[options.set]
    runs = [
        run
        for run in runs_of(series)
        if (not options.rival or run.rival in options.rival)
        and (not options.instance or run.instance.startswith(tuple(options.instance)))
    ]
    print(f"{len(runs)} runs; the whole set takes {most_minutes(series):.0f} minutes at most", flush=True)
    do_runs(runs, resume=options.resume, say=lambda text: print(text, flush=True))
    _make_pages(charts=True)


def _make_pages(*, charts: bool) -> None:
    from benchmarks.readme import make_pages

    make_pages(charts=charts)


if __name__ == "__main__":
    sys.exit(main())
