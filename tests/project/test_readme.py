"""What the pages promise is there: links, files, commands, and code that runs."""

import re
import shlex
from pathlib import Path

import pytest

from sparplan.cli.main import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "scenarios").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
COMMANDS = re.findall(r"^    (sparplan .*)$", README, re.MULTILINE)
TREE = README.split("src/sparplan/\n")[1].split("```")[0]
SLOW = "--track"
"""The one example that takes longer than a test should; its options are those of `make picture`."""


@pytest.fixture
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write in, from which the scenarios are found as from the project's own."""
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert not [link for link in links if not (page.parent / link).exists()]


def test_the_map_names_what_is_there() -> None:
    inside, outside = TREE.split("\nscenarios/", 1)
    names = [name for line in inside.splitlines() for name in first_column(line)]
    assert names
    assert not [name for name in names if not (ROOT / "src" / "sparplan" / name).exists()]
    folders = re.findall(r"\b[a-z/]+/(?=\s)", f"scenarios/{outside}")
    assert folders
    assert not [folder for folder in folders if not (ROOT / folder).is_dir()]


def test_the_examples_work_in_their_order(somewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(COMMANDS) >= 6
    for line in COMMANDS:
        if SLOW not in line:
            assert main(shlex.split(line, comments=True)[1:]) == 0, (line, capsys.readouterr().err)


def test_the_slow_example_is_that_of_the_picture() -> None:
    (example,) = [line for line in COMMANDS if SLOW in line]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert example.rsplit(" -o ", 1)[0].strip() in makefile


def test_the_library_example_runs(somewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})  # our own page
    assert "optimal 57333 57333" in capsys.readouterr().out
    assert (somewhere / "plan.svg").exists()


def test_the_picture_is_light() -> None:
    assert 0 < (ROOT / "docs" / "gantt-lager.png").stat().st_size < 300_000


def first_column(line: str) -> list[str]:
    return re.split(r"\s{2,}", line.strip())[0].split()
