"""Small charts against stored pictures.

After a wanted change, look at the new pictures and store them: `python -m tests.charts.test_pictures`.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.testing.compare import compare_images

from sparplan.charts.gantt import gantt_sheets
from sparplan.charts.graph import insatsgraf_sheet
from sparplan.charts.sheet import Sheet, drawing
from tests.charts.drawn import sample

BASELINE = Path(__file__).parent / "baseline"
TOLERANCE = 8  # root mean square of 0–255: fonts are rendered a little differently by other versions

PICTURES: dict[str, Callable[[], Sheet]] = {
    "gantt": lambda: gantt_sheets(*sample())[0],
    "person": lambda: gantt_sheets(*sample(), participant="D01")[0],
    "graph": lambda: insatsgraf_sheet(sample()[0], "svets"),
}


def write(name: str, folder: Path) -> Path:
    path = folder / f"{name}.png"
    with drawing():
        PICTURES[name]().figure.savefig(path, dpi=60, metadata={"Software": None})
    return path


@pytest.mark.parametrize("name", PICTURES)
def test_it_looks_as_it_did(name: str, tmp_path: Path) -> None:
    drawn = write(name, tmp_path)
    expected = tmp_path / f"{name}-expected.png"
    expected.write_bytes((BASELINE / f"{name}.png").read_bytes())
    assert compare_images(str(expected), str(drawn), TOLERANCE) is None


if __name__ == "__main__":
    for name in PICTURES:
        write(name, BASELINE)
