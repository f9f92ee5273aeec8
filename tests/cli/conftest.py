"""A small region on disk, a plan of it, and a way to run commands inside the tests' own process."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sparplan.cli.main import main
from sparplan.files.saving import write_scenario
from tests.builders import BASE, insats, omgang, person, plan_of, scenario

REGION = scenario(
    places=BASE["places"][:2],
    insatser=[insats("svets_mag", provides={"svets": "2"}, requires="svenska>=C"), insats("sfi_c", provides={"svenska": "C"})],
    rounds=[
        omgang("sfi-c-1", "sfi_c", "2027-01-11", "2027-03-25", pace=50),
        omgang("svets-1", "svets_mag", "2027-03-30", "2027-06-18", seats=1),
    ],
    participants=[person("D01"), person("D02", priority=2), person("D03", levels={"svets": "3"})],
)  # fmt: skip
"""D02 outweighs D01 for the only seat; D03 holds every krav already. Easter bridges the two rounds."""

BEST = plan_of(REGION, {"D02": ("svets", ["sfi-c-1", "svets-1"]), "D03": ("svets", [])})


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    status: int
    out: str
    err: str

    @property
    def both(self) -> str:
        return self.out + self.err


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins in the language that users have without asking."""
    monkeypatch.delenv("SPARPLAN_LANG", raising=False)
    monkeypatch.delenv("SPARPLAN_DEBUG", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process: `run("check", folder)`."""

    def command(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        ran = Ran(int(status), captured.out, captured.err)
        assert "Traceback" not in ran.both
        assert "\x1b" not in ran.both
        return ran

    return command


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small region as a folder."""
    folder = tmp_path_factory.mktemp("region") / "region"
    write_scenario(REGION, folder)
    return folder


@pytest.fixture(scope="session")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A correct plan of the small region."""
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    BEST.write(path)
    return path


def in_a_process(*arguments: object, **environment: str) -> Ran:
    """Run `python -m sparplan` as a user does, with output piped."""
    done = subprocess.run(
        [sys.executable, "-m", "sparplan", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )
    return Ran(done.returncode, done.stdout, done.stderr)
