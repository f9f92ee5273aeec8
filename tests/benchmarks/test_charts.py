"""The charts draw with many results, with few and with none."""

from pathlib import Path

from benchmarks.charts import GAPS, GROWTH, draw_all
from benchmarks.compared import Results
from tests.benchmarks.made_up import record, results

PNG = b"\x89PNG"


def drawn(made: Results, folder: Path) -> list[bytes]:
    draw_all(made, folder)
    return [(folder / name).read_bytes() for name in (GAPS, GROWTH)]


def test_charts(tmp_path: Path) -> None:
    none = drawn(results(), tmp_path / "none")
    some = drawn(
        results(
            record("town-scarce-1"),
            record("county-scarce-1", seconds=50.0),
            record("town-scarce-1", "greedy"),
        ),
        tmp_path / "some",
    )
    assert all(picture.startswith(PNG) for picture in none + some)
    assert all(before != after for before, after in zip(none, some, strict=True))
