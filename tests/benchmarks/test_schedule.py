"""The sets of runs: what fits into the time, and what is asked for."""

from benchmarks.instances import ALL
from benchmarks.rivals import RIVALS
from benchmarks.schedule import BENCH, EVERYTHING, SETS, Run, limit_of, most_minutes, runs_of

NAMES = {row.name for row in ALL}


def test_bench_takes_less_than_90_minutes() -> None:
    assert most_minutes(BENCH) < 90


def test_every_run_is_of_a_known_instance_and_rival_and_done_once() -> None:
    for series in SETS.values():
        runs = list(runs_of(series))
        assert {run.instance for run in runs} <= NAMES
        assert {run.rival for run in runs} == set(RIVALS)
        assert len({(run.instance, run.rival) for run in runs}) == len(runs)


def test_bench_has_five_seeds_of_the_small_sizes_and_one_scarce_seed_of_the_large() -> None:
    chains = {run.instance for run in runs_of(BENCH) if run.rival == "chains"}
    small = {row.name for row in ALL if row.size in ("track", "town")}
    assert chains == small | {"region-scarce-1", "county-scarce-1"}
    assert all(run.limit == 120 for run in runs_of(BENCH) if run.rival != "chains")


def test_everything_is_everything() -> None:
    assert {run.instance for run in runs_of(EVERYTHING) if run.rival == "chains"} == NAMES


def test_the_plain_monolith_has_a_hundred_times_as_long_as_chains() -> None:
    plain = Run("track-ample-1", "monolith-plain", 120)
    assert limit_of(plain, None) == limit_of(plain, 0.5) == 120
    assert limit_of(plain, 2.0) == 201
    assert limit_of(plain, 60.0) == 600
    assert limit_of(Run("track-ample-1", "monolith", 120), 2.0) == 120
