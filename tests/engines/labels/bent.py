"""Tiny scenarios bent towards what is hard for the label setting.

More insatser alongside others, more that don't cover or are slow, more rolling rounds and repeats than the tiny
scenarios have, and often a coach who is only there alongside; less of what only leaves options out
(eligibility, travel, deadlines).
"""

from datetime import date, timedelta
from functools import cache
from random import Random

from sparplan.checks import check
from sparplan.scenario import Scenario
from tests.oracle.case import Case
from tests.oracle.exhaustive import chains_of
from tests.oracle.region import Region
from tests.oracle.rules import candidates
from tests.oracle.tiny import document
from tests.oracle.tiny_frame import Document, Frame, Row, iso

MOST_STEPS = 18  # that a participant can choose from: more take exhaustive search too long
DRAWINGS = 100


@cache
def bent_scenario(seed: int) -> Scenario:
    """A bent scenario, the same for the same seed.

    The first drawing without faults, with few steps and with somebody's chain of two steps alongside or two
    after one another.
    """
    for number in range(DRAWINGS):
        tables = _bent(Random(DRAWINGS * seed + number))
        if tables is None:
            continue
        scenario = Scenario.model_validate(tables)
        if not check(scenario).faults and _most_steps(scenario) <= MOST_STEPS and _is_of_interest(scenario):
            return scenario
    raise LookupError(seed)


def _most_steps(scenario: Scenario) -> int:
    region = Region(scenario)
    return max(
        len(candidates(Case(region, row.participant, track)))
        for row in scenario.participants
        for track in row.tracks
    )


def _is_of_interest(scenario: Scenario) -> bool:
    return any(
        sum(not step.history for step in chain.steps) >= 2
        for row in scenario.participants
        for chain in chains_of(scenario, row.participant)
    )


def _bent(rng: Random) -> Document | None:
    """The tables of a bent scenario; None where a round would get no length."""
    frame = Frame(rng)
    tables = document(frame)
    tables["policy"] = tables.get("policy", {}) | {
        "min_pace": rng.choice((25, 25, 50, 60)),
        "max_gap_days": rng.choice((0, 0, 0, 1, 3, 5)),
    }
    names = [row["insats"] for row in tables["insatser"]]
    for row in tables["insatser"]:
        _bend_insats(rng, row, [name for name in names if name != row["insats"]])
    for row in tables["rounds"]:
        _bend_round(rng, row)
    if rng.random() < 0.5:
        _add_coach(frame, tables)
    for row in tables["participants"]:
        for column in ("max_travel", "modes", "latest_end"):
            row.pop(column, None)
    lengths = {row["insats"] for row in tables["durations"]}
    rolling = [row for row in tables["rounds"] if row.get("intake") == "rolling"]
    return tables if all("weeks_min" in row or row["insats"] in lengths for row in rolling) else None


def _add_coach(frame: Frame, tables: Document) -> None:
    """An insats that gives nothing, alongside one or two others; some have had it from before."""
    rng = frame.rng
    coach: Row = {"insats": "coach", "name": "Coach", "kind": rng.choice(("stod", "stod", "other"))}
    for row in rng.sample(tables["insatser"], rng.choice((1, 2))):
        others = [other["insats"] for other in tables["insatser"] if other is not row]
        row["alongside"] = rng.choice(("insats:coach", f"insats:coach | insats:{rng.choice(others)}"))
    if rng.random() < 0.2:
        coach["requires"] = f"insats:{rng.choice(tables['insatser'])['insats']}"
    if rng.random() < 0.2:
        coach["max_times"] = 2
    tables["insatser"].append(coach)
    slot, weeks = rng.choice((0, 1)), rng.choice((1, 2, 3, 4))
    start, end = frame.slots[slot], frame.slots[slot] + timedelta(weeks=weeks + rng.choice((1, 2, 3)))
    past = rng.random() < 0.3
    if past:
        start = frame.slots[0] - timedelta(weeks=2)
    round_row: Row = {
        "round": "coach-1",
        "insats": "coach",
        "intake": "rolling",
        "form": "distance",
        "start": iso(start),
        "end": iso(end - timedelta(days=1)),
        "weeks_min": weeks,
        "weeks_max": weeks + rng.choice((0, 1)),
        "intake_every": rng.choice((1, 1, 2)),
        "pace": rng.choice((5, 10, 25, 50)),
    }
    tables["rounds"].append(round_row)
    if past:
        last = min(end, frame.planning + timedelta(days=rng.choice((2, 9, 16)))) - timedelta(days=1)
        tables["participants"][0]["pinned"] = [f"coach-1@{iso(start)}..{iso(last)}"]


def _bend_insats(rng: Random, row: Row, others: list[str]) -> None:
    one, other = rng.choice(others), rng.choice(others)
    asked = (f"insats:{one}", f"insats:{one} | insats:{other}", f"insats:{one} | svenska>=B")
    share = rng.random()
    if share < 0.3:
        row["alongside"] = rng.choice((*asked, f"insats:{one} ; insats:{other}"))
    elif share < 0.7:
        row.pop("alongside", None)
    row.pop("eligibility", None)
    share = rng.random()
    if share < 0.15:
        row["requires"] = f"insats:{one}"
    elif share < 0.3:
        row.pop("requires", None)
    if rng.random() < 0.15:
        row["covers"] = False
    if rng.random() < 0.3:
        row["max_times"] = rng.choice((1, 2, 3))


def _bend_round(rng: Random, row: Row) -> None:
    is_fixed = row.get("intake") != "rolling"
    if is_fixed and date.fromisoformat(row["start"]).weekday() == 0 and rng.random() < 0.35:
        weeks = {"weeks_min": 1, "weeks_max": rng.choice((1, 2, 3)), "intake_every": rng.choice((1, 1, 2))}
        row |= {"intake": "rolling", **weeks}
        row.pop("min_participants", None)
    if rng.random() < 0.6:
        row["pace"] = rng.choice((10, 25, 30, 40, 50, 60, 100))
    for column in ("apply_by", "reserved_for"):
        row.pop(column, None)
    if rng.random() < 0.5:
        row.pop("days", None)
