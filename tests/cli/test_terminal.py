"""On a terminal: drawn tables that fit, and a live line of progress; piped output has none of that."""

import errno
import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import sparplan.planner
from sparplan.cli.main import main
from sparplan.engines.base import Events, Progress
from sparplan.kedjor import Plan
from sparplan.scenario import Scenario
from tests.checks.faulty_cases import CASES, write
from tests.cli.conftest import BEST

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """A colour terminal of the usual width."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


def on_a_terminal(*arguments: object) -> tuple[int, str]:
    """Run a command with output and errors on one terminal; status, and what it shows."""
    stream = Terminal()
    with redirect_stdout(stream), redirect_stderr(stream):
        status = main([str(argument) for argument in arguments])
    return status, stream.getvalue()


@pytest.mark.parametrize("name", ["one_of_everything", "long_cell", "expression_parenthesis"])
def test_a_table_of_issues_fits_80_columns(name: str, tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == name)
    status, shown = on_a_terminal("check", write(case, tmp_path / "s"))
    plain = ANSI.sub("", shown)
    assert status == 1
    assert shown != plain
    assert "\t" not in shown
    assert max(map(len, plain.splitlines())) <= 80
    assert "Vad som är fel" in plain
    assert all(file in plain for _, file, _, _ in case.expected)


def test_brackets_in_a_text_are_no_markup(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    write(next(case for case in CASES if case.name == "not_yaml"), folder)
    (folder / "[bold]x.csv").write_text("a\n")
    assert "[bold]x.csv" in on_a_terminal("check", folder)[1]


def test_a_plan_shows_a_live_line_and_then_the_summary(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(_scenario: Scenario, *, events: Events, **_options: object) -> Plan:
        events(Progress("search", 4711, 0, 1.0))
        return BEST

    monkeypatch.setattr(sparplan.planner, "plan", plan)
    status, shown = on_a_terminal("plan", region)
    assert status == 0
    assert "\x1b[?25l" in shown
    assert "\x1b[?25h" in shown  # the cursor comes back
    assert shown.endswith(BEST.summary() + "\n")
    assert '"schema"' not in shown


def test_no_table_for_no_issue(region: Path) -> None:
    assert on_a_terminal("check", region) == (0, "0 fel. 0 varningar.\n")


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals")
def test_on_a_real_terminal(tmp_path: Path) -> None:
    import pty

    case = next(case for case in CASES if case.name == "unknown_track")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "sparplan", "check", str(write(case, tmp_path / "s"))],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm-256color"},
    ) as process:
        os.close(theirs)
        shown = _all_of(ours)
    assert process.returncode == 1
    plain = ANSI.sub("", shown)
    assert "participants.csv" in plain
    assert "Vad du kan göra" in plain
    assert max(map(len, plain.splitlines())) <= 80
    assert "Traceback" not in shown


def _all_of(terminal: int) -> str:
    """What a process wrote to a terminal until it ended."""
    parts = []
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError as error:
            if error.errno != errno.EIO:  # Linux says EIO when the other end is closed
                raise
            break
        if not part:
            break
        parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()
