"""Draw a plan small enough for a page like README.md: `draw_picture.py SCENARIO PLAN PICTURE.png`."""

import argparse
from pathlib import Path

import sparplan as sp
from sparplan.charts import plot_gantt
from sparplan.charts.sheet import drawing

DOTS_AN_INCH = 100  # 1,654 dots wide: `sparplan gantt` draws for print, in 150


def main() -> None:
    """Draw the plan's first page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", type=Path)
    parser.add_argument("plan", type=Path)
    parser.add_argument("picture", type=Path)
    given = parser.parse_args()
    page = plot_gantt(sp.read_scenario(given.scenario), sp.Plan.read(given.plan))[0]
    given.picture.parent.mkdir(parents=True, exist_ok=True)
    with drawing():
        page.savefig(given.picture, dpi=DOTS_AN_INCH, metadata={"Software": None})
    print(given.picture)


if __name__ == "__main__":
    main()
