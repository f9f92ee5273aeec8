"""Which code on which machine gave a result."""

import hashlib
import os
import platform
import re
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = Path("src/sparplan")
BESIDE = (Path("benchmarks/rivals"), Path("benchmarks/measuring.py"))
SUFFIXES = (".py", ".csv", ".yaml")
TOOLS = ("ortools", "numba", "pyjobshop")


@dataclass(frozen=True, slots=True)
class Version:
    """What a result depends on beside the instance.

    Attributes
    ----------
    code
        A hash of the code that was run: the same when only pages, tests or unused engines changed.
    commit, dirty
        The commit it was run on, and whether the code differed from it.
    tools
        Python and the solvers, with their versions.
    """

    code: str
    commit: str
    dirty: bool
    cpu: str
    cores: int
    tools: str

    @property
    def key(self) -> str:
        """Names code and machine in a file name."""
        cpu = re.sub(r"[^a-z0-9]+", "-", self.cpu.lower()).strip("-")[:24]
        return f"{self.code}-{cpu}-{self.cores}"

    def to_document(self) -> dict[str, str | int | bool]:
        """As JSON's own types."""
        return asdict(self)


def version_now(not_used: Iterable[str] = ()) -> Version:
    """The version of the code as it stands.

    Parameters
    ----------
    not_used
        Folders of the package whose code doesn't matter.
    """
    code = [PACKAGE, *BESIDE]
    return Version(
        code=code_hash(ROOT, code, [PACKAGE / folder for folder in not_used]),
        commit=_git("rev-parse", "--short=12", "HEAD") or "unknown",
        dirty=bool(_git("status", "--porcelain", "--", *map(str, code))),
        cpu=_cpu(),
        cores=os.cpu_count() or 1,
        tools=_tools(),
    )


def code_hash(root: Path, folders: Iterable[Path], without: Iterable[Path]) -> str:
    """A short hash of all source files of some folders, their names included."""
    left_out = [root / folder for folder in without]
    found = hashlib.sha256()
    for folder in folders:
        top = root / folder
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.suffix in SUFFIXES and not any(path.is_relative_to(other) for other in left_out):
                found.update(f"{path.relative_to(root)}\n".encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:10]


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        match = re.search(r"^model name\s*:\s*(.+)$", info.read_text(encoding="utf-8"), re.MULTILINE)
        if match:
            return match[1].strip()
    return platform.processor() or platform.machine()


def _tools() -> str:
    tools = [f"{name} {version(name)}" for name in TOOLS if _has(name)]
    return ", ".join([f"Python {platform.python_version()}", *tools])


def _has(name: str) -> bool:
    from importlib.metadata import PackageNotFoundError

    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
