"""What holds of the project as a whole: its public names, its layers, its version, what its files say."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import sparplan

ROOT = Path(__file__).parents[2]
PUBLIC = ["EngineBug", "Insatskedja", "Issue", "Plan", "PlanError", "Report", "Scenario", "ScenarioError", "SparplanError", "Status", "Step", "StopReason", "UsageError", "Violation", "check", "plan", "read_scenario", "verify"]  # fmt: skip

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MODULES = sorted(path for folder in ("src", "api") for path in (ROOT / folder).rglob("*.py"))

FOREIGN = re.compile(
    "|".join(
        [
            "/" + r"work/",
            r"\.\./" + "shared",
            "domain" + "-pack",
            "/" + r"root/",
            "/" + r"home/[a-z]+/",
            "C:" + r"\\Users",
        ]
    )
)
"""Paths of a machine, and pages that aren't the project's. Put together, so that this file holds none."""

BINARY = frozenset({".mo", ".png", ".pdf", ".xlsx", ".ico", ".woff2", ".lock"})


def tracked() -> list[Path]:
    """Files that git knows or would take in."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git repository")
    return [path for path in (ROOT / name for name in listed.stdout.splitlines()) if path.is_file()]


def test_public_names() -> None:
    assert sparplan.__all__ == sorted(PUBLIC)
    assert all(getattr(sparplan, name) is not None for name in PUBLIC)
    assert set(dir(sparplan)) == {*PUBLIC, "__version__"}
    with pytest.raises(AttributeError, match="solve"):
        _ = sparplan.solve


def test_functions_do_not_hide_their_modules() -> None:
    assert callable(sparplan.check)
    assert callable(sparplan.plan)


def test_version() -> None:
    assert PYPROJECT["project"]["version"] == sparplan.__version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{sparplan.__version__}]" in changelog
    assert "## [Unreleased]" in changelog


def test_layers() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert len(docstring.split()) >= 3


def test_no_path_of_a_machine() -> None:
    found = {}
    for path in tracked():
        if path.suffix not in BINARY:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            hits = [number for number, line in enumerate(lines, start=1) if FOREIGN.search(line)]
            if hits:
                found[str(path.relative_to(ROOT))] = hits
    assert not found


def test_continuous_integration_runs_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "make test"


def test_the_targets_that_the_guide_names_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert named
    assert named <= targets


def test_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PYPROJECT["project"]["license"] == "Apache-2.0"


def test_the_hooks_need_no_network() -> None:
    import yaml

    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in hooks["repos"]] == ["local"]
    entries = " ".join(hook["entry"] for hook in hooks["repos"][0]["hooks"])
    assert all(tool in entries for tool in ("ruff check", "ruff format", "mypy", "lint-imports"))
