"""What is loaded: nothing heavy for `import sparplan`, for help and for the version."""

import subprocess
import sys

import pytest

HEAVY = ("matplotlib", "networkx", "ortools", "holidays", "yaml", "fastapi", "numpy", "pandas")

LOADED = f"""
import sys
{{statement}}
print(",".join(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "statement",
    [
        "import sparplan",
        "import sparplan; sparplan.__version__, dir(sparplan)",
        "from sparplan.cli.main import main; assert main(['--help']) == 0",
        "from sparplan.cli.main import main; assert main(['plan', '--help']) == 0",
        "from sparplan.cli.main import main; assert main(['--version']) == 0",
        "from sparplan.cli.main import main; assert main(['chek']) == 2",
        "from sparplan import Scenario, Plan, SparplanError",
    ],
)
def test_nothing_heavy_is_loaded(statement: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED.replace("{statement}", statement)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == ""
