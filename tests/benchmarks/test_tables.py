"""The tables say what made-up results hold."""

import pytest

from benchmarks.compared import Ratio
from benchmarks.tables import instances_table, machine_table, phases_table, results_table, runs_table
from benchmarks.targets import TARGETS, targets_table
from tests.benchmarks.made_up import record, results


def rows(table: str) -> list[list[str]]:
    """The cells of a table without its head."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_the_results_are_medians_over_the_seeds() -> None:
    made = results(
        record(),
        record("track-ample-2", seconds=7.0),
        record("track-ample-3", bound=995, limit=60),
        record("track-ample-1", "greedy", bound=None, steps=(), seconds=9.0),
    )
    chains, greedy = rows(results_table(made))
    assert chains[:3] == ["track ample", "chains", "2/3"]
    assert chains[3:11] == ["1.00", "2.00", "4.00", "7.00", "0", "0", "0", "0"]
    assert chains[11:15] == ["20", "25.0", "1.50", "512"]
    assert greedy[1:4] == ["greedy in order of priority *", "0/1", "9.00"]
    assert greedy[10] == "1.0"  # 1000 against the best known bound 990
    assert greedy[15:] == ["–", "–"]


def test_ratios_are_of_whole_calls() -> None:
    made = results(
        record(),
        record("track-ample-1", "monolith-plain", seconds=500.0),
        record("track-ample-1", "monolith", seconds=120.0, bound=900),
    )
    chains = made.of("chains", "track", "ample")[0]
    assert made.ratio(chains, "monolith-plain") == Ratio(100.0, at_least=False)
    assert made.ratio(chains, "monolith") == Ratio(24.0, at_least=True)
    assert rows(results_table(made))[0][-2:] == ["100", "≥ 24"]


def test_an_unproven_run_has_no_ratio() -> None:
    made = results(record(bound=900), record(rival="monolith"))
    assert made.ratio(made.of("chains", "track", "ample")[0], "monolith") is None


@pytest.mark.parametrize(("seconds", "verdict"), [(0.9, "met"), (1.0, "met"), (1.1, "**missed**")])
def test_a_target_is_met_or_missed_by_the_worst_seed(seconds: float, verdict: str) -> None:
    made = results(record(seconds=0.5, steps=()), record("track-ample-2", seconds=seconds, steps=()))
    first = rows(targets_table(made))[0]
    assert first == ["track, ample", "proven ≤ 1 s", f"{seconds:.2f} s", "2", verdict]


def test_a_target_never_reached_is_missed() -> None:
    assert rows(targets_table(results(record(bound=900))))[0][2:] == ["never", "1", "**missed**"]
    late = results(record("region-scarce-1", bound=900, steps=((61.0, 1_000, 900),)))
    by_text = {tuple(row[:2]): row[2:] for row in rows(targets_table(late))}
    assert by_text["region, scarce", "gap ≤ 1 % at 60 s"] == ["never", "1", "**missed**"]
    assert by_text["region, scarce", "gap ≤ 0.3 % at 600 s"] == ["10.0 %", "1", "**missed**"]
    assert by_text["region, scarce", "≤ 2 GiB"] == ["0.50 GiB", "1", "met"]


def test_a_ratio_must_be_large_enough() -> None:
    made = results(record(), record(rival="monolith-plain", seconds=600.0))
    assert rows(targets_table(made))[2][2:] == ["120", "1", "met"]
    assert rows(targets_table(results(record(), record(rival="monolith-plain"))))[2][2:] == [
        "1",
        "1",
        "**missed**",
    ]


def test_what_was_not_measured_is_said() -> None:
    table = rows(targets_table(results()))
    assert len(table) == len(TARGETS) + 1
    assert all(row[2] == "not measured" for row in table)


def test_growth_needs_both_ends() -> None:
    def at(size: str, seconds: float) -> object:
        return record(f"{size}-scarce-1", steps=((seconds, 1_000, 985),))

    town, county = at("town", 1.0), at("county", 40.0)
    assert results(town).growth()[0] is None
    growth, points = results(town, county).growth()
    assert growth is not None
    assert growth.exponent == pytest.approx(1)
    assert points == [(100, 1.0), (4000, 40.0)]
    assert rows(targets_table(results(town, county)))[-1][2:] == ["n^1.00", "2", "met"]


def test_the_other_tables() -> None:
    made = results(record("track-scarce-1"), record("track-scarce-2", "monolith"))
    assert rows(instances_table(made))[0][5:] == ["≥ 100.0 %", "≥ 25.0 %"]
    assert rows(phases_table(made)) == [["track scarce", "5.00", "1.00", "3.00", "1.00"]]
    assert [row[:2] for row in rows(runs_table(made))] == [
        ["track-scarce-1", "chains"],
        ["track-scarce-2", "monolith"],
    ]
    assert rows(machine_table(made)) == [
        ["`c0de`", "`abc`", "a processor, 2 cores", "Python 3", "chains, monolith", "2027-01-01"]
    ]
