"""Plan a scenario as `make plan` does: plan.json, gantt.svg, gantt.png, gantt.html, summary.txt."""

import argparse
import sys
from pathlib import Path

import sparplan as sp
from sparplan.charts import save_gantt
from sparplan.cli.main import main as command
from sparplan.files.writing import write_text


def main() -> int:
    """Plan one scenario into `out/<name>/`; the exit status of `sparplan plan`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", type=Path)
    parser.add_argument("--time-limit", default="50")
    parser.add_argument("--out", type=Path, default=Path("out"))
    arguments = parser.parse_args()
    folder = arguments.out / arguments.scenario.resolve().stem
    folder.mkdir(parents=True, exist_ok=True)
    status = command(
        [
            "plan",
            str(arguments.scenario),
            "-o",
            str(folder / "plan.json"),
            "--time-limit",
            arguments.time_limit,
        ]
    )
    if status:
        return status
    scenario = sp.read_scenario(arguments.scenario)
    plan = sp.Plan.read(folder / "plan.json")
    write_text(folder / "summary.txt", plan.summary())
    for suffix in ("svg", "png", "html"):
        save_gantt(scenario, plan, folder / f"gantt.{suffix}")
    print(*sorted(str(path) for path in folder.iterdir()), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
