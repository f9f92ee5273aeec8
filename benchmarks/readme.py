"""Makes README.md from its template: words stand in the template, figures come from results alone."""

import re
from pathlib import Path

from benchmarks.charts import draw_all
from benchmarks.compared import Results
from benchmarks.instances import HOME, read_table
from benchmarks.records import RESULTS, read_all
from benchmarks.schedule import BENCH, most_minutes
from benchmarks.tables import instances_table, machine_table, phases_table, results_table, runs_table
from benchmarks.targets import targets_table
from sparplan.files.writing import write_text

TEMPLATE = HOME / "README.template.md"
README = HOME / "README.md"
RUNS = RESULTS / "README.md"
MARK = re.compile(r"\{\{(\w+)\}\}")
NOTICE = "<!-- Made by `make bench` from README.template.md and results/. -->"


def make_pages(*, charts: bool = True) -> None:
    """Write both pages and, unless told not to, the charts."""
    results = Results(read_all(), read_table())
    write_text(README, readme_text(results))
    write_text(RUNS, runs_text(results))
    if charts:
        draw_all(results)


def readme_text(results: Results, template: Path = TEMPLATE) -> str:
    """README.md: the template with its marks filled in."""
    figures = {
        "notice": NOTICE,
        "targets": targets_table(results),
        "results": results_table(results),
        "instances": instances_table(results),
        "phases": phases_table(results),
        "machine": machine_table(results),
        "minutes": f"{most_minutes(BENCH):.0f}",
    }
    return MARK.sub(lambda mark: figures[mark[1]], template.read_text(encoding="utf-8"))


def runs_text(results: Results) -> str:
    """The page that lists every run that is shown."""
    return (
        f"{NOTICE}\n\n# Every run\n\nThe columns are explained in [the README](../README.md). A file holds "
        "one run: first what it was and what came of it, then seconds, phase, points and bound in rows.\n\n"
        f"{runs_table(results)}\n"
    )
