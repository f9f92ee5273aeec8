"""Files: formats, pages, the same bytes every time, what a screen reader is told."""

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sparplan.charts import save_gantt, save_insatsgraf
from sparplan.errors import UsageError
from tests.charts.drawn import REASON, crowd, sample

SVG = "{http://www.w3.org/2000/svg}"


class Page(HTMLParser):
    """What a page holds: texts of cells, ids, attributes of tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for key, value in attrs if key == "id" and value]
        if tag in ("td", "th"):
            self._in_cell = True
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.cells[-1] += data


def html_of(path: Path) -> str:
    save_gantt(*sample(), path / "plan.html")
    return (path / "plan.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("suffix", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE")]
)
def test_the_suffix_says_the_format(tmp_path: Path, suffix: str, magic: bytes) -> None:
    (path,) = save_gantt(*sample(), tmp_path / f"plan.{suffix}")
    assert path.read_bytes().startswith(magic)


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_pages_of_pictures_are_numbered_files(tmp_path: Path, suffix: str) -> None:
    paths = save_gantt(*crowd(14), tmp_path / f"gantt.{suffix}", rows_per_page=7)
    assert [path.name for path in paths[:3]] == [f"gantt.{suffix}", f"gantt-2.{suffix}", f"gantt-3.{suffix}"]
    assert sorted(tmp_path.iterdir()) == sorted(paths)


def test_a_pdf_holds_all_pages(tmp_path: Path) -> None:
    (path,) = save_gantt(*crowd(14), tmp_path / "gantt.pdf", rows_per_page=7)
    assert b"/Count 3" in path.read_bytes()


def test_an_unknown_suffix_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="png, svg, pdf, html"):
        save_gantt(*sample(), tmp_path / "plan.gif")
    with pytest.raises(UsageError, match="png, svg, pdf"):
        save_insatsgraf(sample()[0], tmp_path / "graf.html")


def test_a_folder_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="går inte att skriva"):
        save_gantt(*sample(), tmp_path / "saknas" / "plan.svg")


WRITE = """
import sys
from pathlib import Path
from sparplan.charts import save_gantt, save_insatsgraf
from tests.charts.drawn import sample
folder = Path(sys.argv[1])
scenario, plan = sample()
for suffix in ("png", "svg", "pdf", "html"):
    save_gantt(scenario, plan, folder / f"plan.{suffix}")
    save_gantt(scenario, plan, folder / f"person.{suffix}", participant="D01")
for suffix in ("png", "svg", "pdf"):
    save_insatsgraf(scenario, folder / f"graf.{suffix}", track="svets")
"""


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    folders = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", WRITE, str(folder)],
            check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        folders.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert folders[0].keys() == folders[1].keys()
    assert len(folders[0]) == 11
    assert [name for name in folders[0] if folders[0][name] != folders[1][name]] == []


def test_an_svg_tells_a_screen_reader_what_it_shows(tmp_path: Path) -> None:
    (path,) = save_gantt(*sample(), tmp_path / "plan.svg")
    root = ElementTree.parse(path).getroot()
    assert root.get("role") == "img"
    told = {each.get("id"): each.text for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")}
    title, description = (told[name] for name in (root.get("aria-labelledby") or "").split())
    assert title == "Gantt-diagram över Prov 2027"
    assert description is not None
    assert "D01 börjar 1 februari 2027" in description
    assert REASON in description


def test_a_bar_tells_a_pointer_what_it_is(tmp_path: Path) -> None:
    (path,) = save_gantt(*sample(), tmp_path / "plan.svg")
    hints = [each.text for each in ElementTree.parse(path).iter(f"{SVG}title")]
    assert "D01: Sfi kurs C, Gislaved, 1 februari–25 juni 2027, 50 procent" in hints


def test_the_table_says_what_the_plan_says(tmp_path: Path) -> None:
    cells = Page(html_of(tmp_path)).cells
    row = cells.index("D01")
    assert cells[row + 1 : row + 5] == ["Svetsare", "1 februari 2027", "17 december 2027", "46"]
    assert "Svets MAG, Värnamo, 16 augusti–17 december 2027, 100 procent" in cells[row + 5]
    assert "bro, så att det inte blir ett glapp" in cells[row + 5]
    assert "Uppfyller redan alla krav. Inga insatser behövs." in cells[cells.index("D03") + 5]
    assert cells[cells.index("D05") + 1 : cells.index("D05") + 3] == ["Svetsare", REASON]


def test_the_page_stands_alone(tmp_path: Path) -> None:
    text = html_of(tmp_path)
    page = Page(text)
    tags = [tag for tag, _ in page.tags]
    assert tags.count("style") == 1
    assert not {"script", "link", "img", "iframe"} & set(tags)
    assert not [each for _, attrs in page.tags for each in attrs if each == "style" or each.startswith("on")]
    assert "@import" not in text
    assert "url(http" not in text


def test_the_page_can_be_read_by_everybody(tmp_path: Path) -> None:
    text = html_of(tmp_path)
    page = Page(text)
    assert dict(page.tags)["html"] == {"lang": "sv"}
    assert len(page.ids) == len(set(page.ids))
    heads = [attrs for tag, attrs in page.tags if tag == "th"]
    assert heads
    assert all(attrs.get("scope") in ("col", "row") for attrs in heads)
    assert all(attrs.get("role") == "img" for tag, attrs in page.tags if tag == "svg")
    assert all(
        name in page.ids for _, attrs in page.tags for name in (attrs.get("aria-labelledby") or "").split()
    )


def test_what_the_plan_says_is_text_not_markup(tmp_path: Path) -> None:
    scenario, plan = sample()
    named = scenario.track_by_id["svets"].replace(name='<script>alert("x")</script>')
    save_gantt(scenario.replace(tracks=(named, scenario.tracks[1])), plan, tmp_path / "plan.html")
    text = (tmp_path / "plan.html").read_text(encoding="utf-8")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_importing_sparplan_does_not_load_matplotlib() -> None:
    code = "import sys, sparplan; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
