"""Tiny random scenarios that together use every rule and every column of problem.md.

`tiny_scenario(seed)` plants a ladder of insatser (language, trade, further trade) in slots of some weeks that
follow each other, adds other insatser beside it, and then bends dates, seats, pins and policy at random, so
that chains of two or three steps exist but are seldom the obvious ones.
"""

from datetime import timedelta
from functools import lru_cache
from random import Random

from sparplan.scenario import Scenario
from tests.oracle.exhaustive import Optimum, optimum
from tests.oracle.tiny_frame import KOMPETENSER, MUNICIPALITIES, Document, Frame, Row, iso, some
from tests.oracle.tiny_insatser import draw_insatser
from tests.oracle.tiny_people import participant_row
from tests.oracle.tiny_rounds import duration_rows, round_rows

DRAWINGS = 5


def tiny_scenario(seed: int) -> Scenario:
    """A legal scenario of 2–4 participants and 5–7 rounds over some weeks, the same for the same seed."""
    return solved(seed)[0]


@lru_cache(maxsize=1024)
def solved(seed: int) -> tuple[Scenario, Optimum]:
    """The tiny scenario of a seed and its optimum.

    Three seeds of four keep the first of some drawings whose best plan holds a chain of several steps; the
    fourth takes what comes.
    """
    rng = Random(seed)
    drawings = DRAWINGS if seed % 4 else 1
    for _ in range(drawings):
        scenario = draw_scenario(rng)
        best = optimum(scenario)
        if is_interesting(best):
            break
    return scenario, best


def is_interesting(best: Optimum) -> bool:
    """Whether somebody's chain has at least two steps that aren't history."""
    return any(sum(not step.history for step in chain.steps) >= 2 for chain in best.chains)


def draw_scenario(rng: Random) -> Scenario:
    """A tiny scenario whose every choice is drawn from `rng`."""
    return Scenario.model_validate(document(Frame(rng)))


def document(frame: Frame) -> Document:
    tables: Document = {
        "name": "liten",
        "planning_date": iso(frame.planning),
        "horizon": {
            "start": iso(frame.planning - timedelta(days=frame.rng.choice((0, 0, 9)))),
            "end": iso(frame.horizon_end),
        },
    }
    if frame.chance(0.5):
        tables["calendar"] = calendar(frame)
    if frame.chance(0.7):
        tables["policy"] = policy(frame)
    tables["places"] = place_rows(frame)
    tables["travel"] = travel_rows(frame)
    tables["kompetenser"] = [
        {"kompetens": name, "name": name} | ({"levels": list(levels)} if levels != ("ja",) else {})
        for name, levels in KOMPETENSER.items()
    ]
    tables["insatser"] = draw_insatser(frame.rng, frame.templates, frame.hardness)
    tables["rounds"] = round_rows(frame)
    tables["durations"] = duration_rows(frame, tables["rounds"])
    tables["kompetensprofiler"] = [row for track in frame.tracks for row in profile_rows(frame, track)]
    tables["tracks"] = [track_row(frame, track) for track in frame.tracks]
    tables["participants"] = [
        participant_row(frame, f"d{number}", tables["rounds"])
        for number in range(1, frame.rng.choice((2, 3, 3, 4)) + 1)
    ]
    return tables


def calendar(frame: Frame) -> Row:
    calendar: Row = {}
    if frame.chance(0.3):
        calendar["country"] = frame.rng.choice(("SE", "NO"))
    if frame.chance(0.7):
        start = frame.rng.choice(frame.slots) + timedelta(days=frame.rng.choice((0, -4, -7, 2)))
        end = start + timedelta(days=frame.rng.choice((0, 1, 4, 6)))
        calendar["breaks"] = [{"name": "lov", "start": iso(start), "end": iso(end)}]
        if frame.chance(0.3):
            del calendar["breaks"][0]["name"]
    return calendar


def policy(frame: Frame) -> Row:
    policy: Row = {}
    if frame.chance(0.7):
        policy["max_gap_days"] = frame.rng.choice((0, 1, 2, 3, 5))
    if frame.chance(0.5):
        policy["min_pace"] = frame.rng.choice((50, 50, 25, 75, 0))
    weights = {
        "day": (100, 10, 1000, 40, 0),
        "length_day": (1, 0, 7, 50),
        "bridge_day": (2, 0, 9, 60),
        "travel_hour": (1, 0, 5, 40),
        "merit": (50, 0, 200, 3000),
        "preference": (200, 0, 2000),
    }
    points = {key: frame.rng.choice(values) for key, values in weights.items() if frame.chance(0.3)}
    if points:
        policy["points"] = points
    return policy


def place_rows(frame: Frame) -> list[Row]:
    rows = []
    for place, municipality in zip(frame.places, MUNICIPALITIES, strict=False):
        row: Row = {"place": place, "name": place.title()}
        if place != "dal" or frame.chance(0.7):
            row["municipality"] = municipality
        if frame.chance(0.2):
            row |= {"lat": 57.3, "lon": 13.5}
        rows.append(row)
    return rows


def travel_rows(frame: Frame) -> list[Row]:
    """A line alvik – berg – dal, at times a slow direct way, and rows back that differ."""
    ways = [("alvik", "berg", (20, 40)), ("berg", "dal", (20, 40)), ("alvik", "dal", (90, 30))]
    rows = []
    for start, end, minutes in ways:
        for mode, share in (("car", 0.95), ("public", 0.7), ("bike", 0.2)):
            if end in frame.places and frame.chance(share):
                rows.append({"from": start, "to": end, "mode": mode, "minutes": frame.rng.choice(minutes)})
                if frame.chance(0.3):
                    rows.append(
                        {"from": end, "to": start, "mode": mode, "minutes": frame.rng.choice((75, 15))}
                    )
    return rows


def profile_rows(frame: Frame, track: str) -> list[Row]:
    """Krav and merits out of what the insatser provide, so that most are within reach."""
    given = {pair: None for template in frame.templates for pair in template.provides}
    by_ladder = [pair for template in frame.templates if template.ladder for pair in template.provides]
    krav = [frame.rng.choice((by_ladder[-1], by_ladder[-1], *by_ladder))]
    if frame.chance(0.35):
        taught = [
            pair
            for template in frame.templates
            for pair in template.provides
            if template.insats != "validering"
        ]
        krav += [pair for pair in some(frame.rng, taught, 1) if pair not in krav]
    rows: list[Row] = []
    for kompetens, level in krav:
        rows.append({"profile": f"profil_{track}", "kompetens": kompetens, "level": level})
        if frame.chance(0.3):
            rows[-1]["type"] = "krav"
    for kompetens, level in given:
        if (kompetens, level) not in krav and frame.chance(0.4):
            row = {"profile": f"profil_{track}", "kompetens": kompetens, "level": level}
            rows.append(row | {"type": "meriterande"})
            if frame.chance(0.6):
                rows[-1]["weight"] = frame.rng.choice((1, 2, 5, 0))
    for row in rows:
        if frame.chance(0.2):
            row["module"] = "grund"
    return rows


def track_row(frame: Frame, track: str) -> Row:
    row: Row = {"track": track, "name": track.title(), "profile": f"profil_{track}"}
    if frame.chance(0.2):
        row |= {"employer": "Bruket", "place": frame.rng.choice(frame.places)}
    if frame.hardship(0.3):
        row["start"] = iso(frame.slots[0] + timedelta(days=frame.rng.choice((0, 7))))
    if frame.hardship(0.3):
        row["end"] = iso(frame.slots[3] + timedelta(days=frame.rng.choice((0, -1, -7, -21))))
    if frame.hardship(0.3):
        row["positions"] = frame.rng.choice((1, 1, 2, 0))
    return row
