"""Command lines that can't be understood, paths that aren't there, and what nobody foresaw: never a traceback."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sparplan.checks
from sparplan.cli.exits import Exit
from sparplan.cli.main import _forget_output
from sparplan.cli.main import run as run_as_a_command
from sparplan.cli.wrong_use import in_words
from tests.cli.conftest import Run, in_a_process


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "Det finns inget kommando som heter chek. Kommandona är: check, plan,"),
        (["check"], "SCENARIO saknas."),
        (["verify", "s"], "PLAN saknas."),
        (["gantt", "s", "p"], "--output saknas."),
        (["check", "a", "b"], "Det är för många argument: b."),
        (["check", "a", "--jsn"], "Det finns inget val som heter --jsn. Menade du: --json?"),
        (["check", "a", "-z"], "Det finns inget val som heter -z. Menade du: --help?"),
        (["check", "a", "--json=3"], "--json tar inget värde."),
        (["plan", "a", "--seed"], "--seed behöver ett värde efter sig."),
        (["--lang"], "--lang behöver ett värde efter sig."),
        (["--lang", "fr", "check", "a"], "--lang går inte att läsa: välj ett av: sv, en"),
        (["check", "ingenstans"], "ingenstans finns inte. Kontrollera sökvägen."),
        (["plan", "ingenstans"], "ingenstans finns inte. Kontrollera sökvägen."),
        (["verify", "ingenstans", "p.json"], "ingenstans finns inte. Kontrollera sökvägen."),
        (["check", "/dev/null"], "/dev/null går inte att läsa som scenario."),
    ],
)
def test_what_is_wrong_is_said_in_swedish(arguments: list[str], said: str, run: Run) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(said)


def test_and_in_english(run: Run) -> None:
    assert run("--lang", "en", "chek").err.startswith("There is no command chek. The commands are: check,")
    assert run("--lang", "en", "check", "nowhere").err == "nowhere isn't there. Check the path.\n"


def test_unknown_complaints_of_the_parser_are_passed_on() -> None:
    assert in_words(ValueError("Odd."), []) == "Kommandot går inte att tolka: Odd. Kör sparplan --help."


def test_no_command_shows_the_help(run: Run) -> None:
    ran = run()
    assert ran.status == 2
    assert "Commands:" in ran.both


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.status, ran.out) == (0, f"sparplan {sparplan.__version__}\n")


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (ValueError("oj"), Exit.BUG, "Något gick fel i sparplan självt: ValueError: oj"),
        (MemoryError(), Exit.BUG, "Minnet tog slut."),
        (RecursionError("djupt"), Exit.BUG, "Något gick fel i sparplan självt: RecursionError: djupt"),
        (KeyboardInterrupt(), Exit.INTERRUPTED, "Avbrutet. Inget har skrivits."),
        (EOFError(), Exit.INTERRUPTED, "Avbrutet. Inget har skrivits."),
        (PermissionError(13, "Permission denied", "s/x"), Exit.USAGE, "s/x går inte att läsa eller skriva"),
        (OSError("odd"), Exit.USAGE, "– går inte att läsa eller skriva (odd)."),
    ],
)
def test_what_nobody_foresaw(
    error: BaseException, status: Exit, said: str, run: Run, region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(sparplan.checks, "inspect", fail)
    ran = run("check", region)
    assert ran.status == status
    assert ran.err.strip().startswith(said)


def test_ctrl_c_before_the_commands_are_loaded(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sparplan.cli.main._invoke", fail)
    assert run("check").status == Exit.INTERRUPTED


def test_a_developer_may_ask_for_the_traceback(
    run: Run, region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ValueError("oj")

    monkeypatch.setattr(sparplan.checks, "inspect", fail)
    monkeypatch.setenv("SPARPLAN_DEBUG", "1")
    with pytest.raises(ValueError, match="oj"):
        run("check", region)


@pytest.mark.parametrize("raised", ["in the command", "outside it"])
def test_a_reader_that_went_away(
    raised: str, run: Run, region: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    thrown_away = []
    monkeypatch.setattr("sparplan.cli.main._forget_output", lambda: thrown_away.append(True))
    target = "sparplan.checks.inspect" if raised == "in the command" else "sparplan.cli.main._invoke"
    monkeypatch.setattr(target, fail)
    # Typer wraps the streams when a pipe breaks; they are set back when the test ends
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    assert run("check", region).status == Exit.DONE
    assert len(thrown_away) == (raised == "outside it")


def test_a_pipe_that_closes_at_once(region: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "sparplan", "check", str(region)],
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_pipe_that_closes_before_the_last_words(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError(32, "Broken pipe")

    thrown_away = []
    monkeypatch.setattr("sparplan.cli.main._forget_output", lambda: thrown_away.append(True))
    monkeypatch.setattr(sys, "argv", ["sparplan", "check", str(region)])
    monkeypatch.setattr(sys, "stdout", Closed())
    with pytest.raises(SystemExit) as ended:
        run_as_a_command()
    assert (ended.value.code, thrown_away) == (0, [True])


def test_a_path_that_is_no_utf_8() -> None:
    ran = in_a_process("check", os.fsdecode(b"a\xffb"))
    assert (ran.status, ran.err) == (2, "a\\udcffb finns inte. Kontrollera sökvägen.\n")


def test_the_thrown_away_output_goes_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "out").open("w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        _forget_output()
        stream.write("borta")
    assert (tmp_path / "out").read_text() == ""


def test_as_a_user_runs_it(region: Path, plan_file: Path) -> None:
    assert in_a_process("check", region).out == "0 fel. 0 varningar.\n"
    verified = in_a_process("verify", region, plan_file)
    assert (verified.status, verified.out, verified.err) == (0, "0 regelbrott.\n", "")
    missing = in_a_process("check", "ingenstans", PYTHONIOENCODING="ascii")
    assert (missing.status, missing.err) == (2, "ingenstans finns inte. Kontrollera sökvägen.\n")
