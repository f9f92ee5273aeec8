"""A version names the code that matters, and nothing else."""

from pathlib import Path

import pytest

from benchmarks.versions import Version, code_hash, version_now


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("src/a.py", "src/chains/b.py", "src/page.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("changed", "matters"), [("src/a.py", True), ("src/chains/b.py", False), ("src/page.md", False)]
)
def test_only_code_that_is_used_matters(tree: Path, changed: str, matters: bool) -> None:
    def found() -> str:
        return code_hash(tree, [Path("src")], [Path("src/chains")])

    before = found()
    (tree / changed).write_text("other", encoding="utf-8")
    assert (found() != before) == matters


def test_the_key_names_code_and_machine() -> None:
    version = Version("c0de", "abc", False, "AMD EPYC (R) 7", 2, "Python 3")
    assert version.key == "c0de-amd-epyc-r-7-2"
    assert version.to_document()["commit"] == "abc"


def test_the_version_now() -> None:
    now = version_now(["engines/chains"])
    assert now.key == version_now(["engines/chains"]).key
    assert len(now.code) == 10
    assert "ortools" in now.tools
