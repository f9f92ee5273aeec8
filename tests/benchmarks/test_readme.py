"""README.md is what its template and the results make, and leads to what is there."""

import re

import pytest

from benchmarks.charts import GAPS, GROWTH
from benchmarks.compared import Results
from benchmarks.instances import HOME, read_table
from benchmarks.readme import MARK, README, RUNS, TEMPLATE, readme_text, runs_text
from benchmarks.records import read_all
from tests.benchmarks.made_up import record, results

LINK = re.compile(r"\]\(([^)#]+)\)")


def test_the_pages_are_up_to_date() -> None:
    made = Results(read_all(), read_table())
    remedy = "run `python -m benchmarks readme`"
    assert README.read_text(encoding="utf-8") == readme_text(made), remedy
    assert RUNS.read_text(encoding="utf-8") == runs_text(made), remedy


def test_figures_come_only_from_results() -> None:
    template = TEMPLATE.read_text(encoding="utf-8")
    assert set(MARK.findall(template)) == {
        "notice",
        "targets",
        "results",
        "instances",
        "phases",
        "machine",
        "minutes",
    }
    made = readme_text(results(record()))
    assert "{{" not in made
    assert "| track ample | chains | 1/1 |" in made
    words = MARK.split(template)[::2]
    assert all(part in made for part in words)


@pytest.mark.parametrize(
    "page", [README, RUNS, HOME / "instances" / "README.md"], ids=lambda page: page.parent.name
)
def test_links_lead_somewhere(page: object) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]  # type: ignore[attr-defined]
    assert not [link for link in links if not (page.parent / link).exists()]  # type: ignore[attr-defined]


def test_the_charts_are_there_and_light() -> None:
    for name in (GAPS, GROWTH):
        assert 0 < (HOME / "charts" / name).stat().st_size < 600_000
