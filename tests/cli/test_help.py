"""Help texts: an example for each command, a text for each option, both languages; docs/cli.md says the same."""

import importlib
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from sparplan.cli import commands as commands_module
from tests.cli.conftest import Run

DOCS = Path(__file__).parents[2] / "docs" / "cli.md"
CLI: Any = get_command(commands_module.app)
NAMES = list(CLI.commands)


def parameters(command: str) -> dict[str, Any]:
    """A command's own options and arguments, by how they are written."""
    return {
        max(row.opts, key=len) if row.param_type_name == "option" else row.metavar: row
        for row in CLI.commands[command].params
        if row.name != "help"
    }


@pytest.fixture(params=["sv", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """A language, with the commands loaded in it."""
    monkeypatch.setenv("SPARPLAN_LANG", request.param)
    importlib.reload(commands_module)
    yield request.param
    monkeypatch.setenv("SPARPLAN_LANG", "sv")
    importlib.reload(commands_module)


def test_the_commands_are_those_of_the_docs() -> None:
    assert re.findall(r"^## `sparplan ([a-z-]+)`", DOCS.read_text(), re.MULTILINE) == NAMES


def test_every_command_explains_itself(language: str, run: Run) -> None:
    for name in NAMES:
        ran = run(name, "--help")
        assert (ran.status, ran.err) == (0, "")
        words = " ".join(ran.out.split())
        assert ("Exempel:" if language == "sv" else "Example:") + f" sparplan {name} " in words
        for parameter in parameters(name):
            assert parameter in words
        assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("name", NAMES)
def test_every_option_has_a_text(name: str) -> None:
    assert [key for key, row in parameters(name).items() if not (row.help or "").strip()] == []
    assert CLI.commands[name].help.strip()
    assert all(row.help.strip() for row in CLI.params if row.name != "help")


@pytest.mark.parametrize("name", NAMES)
def test_the_example_is_a_command_line_that_is_understood(name: str) -> None:
    example = shlex.split(CLI.commands[name].epilog.partition(":")[2])
    assert example[:2] == ["sparplan", name]
    context = CLI.commands[name].make_context(name, example[2:])
    assert context.params


@pytest.mark.parametrize("name", NAMES)
def test_the_docs_hold_every_option_and_no_other(name: str) -> None:
    section = DOCS.read_text().partition(f"## `sparplan {name}")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `([^` ]+)(?: [^`]*)?` \|", section, re.MULTILINE)
    assert documented == list(parameters(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_docs_hold_the_example_and_the_defaults(name: str) -> None:
    section = DOCS.read_text().partition(f"## `sparplan {name}")[2].partition("\n## ")[0]
    assert CLI.commands[name].epilog.partition(":")[2].strip() in section
    for key, row in parameters(name).items():
        default = row.default
        if row.param_type_name == "option" and default not in (None, False, ...) and not row.required:
            line = next(line for line in section.splitlines() if line.startswith(f"| `{key}"))
            assert f"`{default:g}`" in line if isinstance(default, float) else f"`{default}`" in line


def test_the_docs_hold_what_stands_before_the_command() -> None:
    before = DOCS.read_text().partition("\n## ")[0]
    assert all(f"`{max(row.opts, key=len)}" in before for row in CLI.params if row.name != "help")
