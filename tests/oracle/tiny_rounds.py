"""The rounds of tiny scenarios, and the lengths that overrule theirs."""

from datetime import date, timedelta

from sparplan.studydays import WEEKDAYS
from tests.oracle.tiny_frame import MUNICIPALITIES, Frame, Row, iso, some, trimmed
from tests.oracle.tiny_insatser import Template, draw_term


def round_rows(frame: Frame) -> list[Row]:
    """One round of each insats, then more until there are enough."""
    templates = list(frame.templates)
    ladder = [template for template in templates if template.ladder]
    while len(templates) < 5 or (len(templates) < 7 and frame.chance(0.75)):
        templates.append(frame.rng.choice([*ladder, *frame.templates]))
    rows: list[Row] = []
    rolling = 0
    for number, template in enumerate(templates, start=1):
        is_rolling = rolling < 2 and frame.chance(template.rolling)
        rolling += is_rolling
        row: Row = {"round": f"{template.insats}-{number}", "insats": template.insats}
        is_planted = template.ladder and frame.chance(0.9 if number <= len(ladder) else 0.5)
        row |= (
            rolling_dates(frame, template, is_planted)
            if is_rolling
            else fixed_dates(frame, template, is_planted)
        )
        row["pace"] = frame.rng.choice(template.paces)
        add_room(frame, row)
        add_terms(frame, row)
        rows.append(row)
    return rows


def fixed_dates(frame: Frame, template: Template, is_planted: bool) -> Row:
    """The slot's dates, at times (more seldom when planted) moved, or begun before the planning date."""
    slot = template.slots[0] if is_planted else frame.rng.choice(template.slots)
    start, end = frame.slots[slot], frame.slots[slot + 1] - timedelta(days=frame.rng.choice((3, 1)))
    if is_planted:
        has_bridge = any(template.bridge for template in frame.templates)
        if frame.chance(0.5 if has_bridge else 0.1):
            start = min(start + timedelta(weeks=frame.rng.choice((1, 2))), end - timedelta(days=4))
    else:
        start += timedelta(days=frame.rng.choice((0, 0, 0, 0, 1, 2, -7, 7)))
        end -= timedelta(days=frame.rng.choice((0, 0, 3, 1, 5)))
        if slot == 0 and frame.chance(0.35):
            start = frame.planning - timedelta(days=frame.rng.choice((10, 25)))
            if frame.chance(0.4):
                end = frame.planning - timedelta(days=frame.rng.choice((1, 4)))
    end = max(start, end)
    if frame.chance(0.4):
        start, end = trimmed(start, end)
    return {"start": iso(start), "end": iso(end)}


def rolling_dates(frame: Frame, template: Template, is_planted: bool) -> Row:
    """A few starts and lengths, the slot's own among the planted ones; at times open since some weeks."""
    slot = template.slots[0] if is_planted else frame.rng.choice(template.slots)
    slot_weeks = (frame.slots[slot + 1] - frame.slots[slot]).days // 7
    weeks_early = frame.rng.choice((0, 0, 1, 4))
    weeks_min = slot_weeks - frame.rng.choice((0, 1)) if is_planted else frame.rng.choice((1, 2, 3))
    weeks_max = weeks_min + frame.rng.choice((1, 0, 2))
    if template.bridge and frame.chance(0.6):
        weeks_min = weeks_max = 1
        weeks_early, slot_weeks = 0, slot_weeks + 4
    weeks_open = weeks_early + max(slot_weeks, weeks_max) + frame.rng.choice((0, 1, 2))
    start = frame.slots[slot] - timedelta(weeks=weeks_early)
    row: Row = {
        "intake": "rolling",
        "start": iso(start),
        "end": iso(start + timedelta(days=7 * weeks_open - frame.rng.choice((1, 1, 3)))),
        "weeks_min": weeks_min,
    }
    if weeks_max > weeks_min or frame.chance(0.3):
        row["weeks_max"] = weeks_max
    if frame.chance(0.4):
        row["intake_every"] = frame.rng.choice((1, 2, 3))
    return row


def add_room(frame: Frame, row: Row) -> None:
    """Seats, least class size, form, place and days."""
    seats = frame.rng.choice((None, None, None, 2, 2, 1, 1, 0 if frame.hardship(0.5) else 1))
    if seats is not None:
        row["seats"] = seats
    if frame.hardship(0.3):
        row["min_participants"] = frame.rng.choice((2, 1, 2, 2, 3))
    form = frame.rng.choice(("on_site", "on_site", "distance", "hybrid"))
    if form != "on_site" or frame.chance(0.3):
        row["form"] = form
    if form != "distance" or frame.chance(0.3):
        row["place"] = frame.rng.choice(frame.places)
    if frame.chance(0.55):
        row["days"] = [day for day in WEEKDAYS if frame.chance(0.5)] or ["wed"]


def add_terms(frame: Frame, row: Row) -> None:
    """Deadlines and reservations."""
    if frame.hardship(0.4):
        start = date.fromisoformat(row["start"])
        row["apply_by"] = iso(
            frame.rng.choice(
                (
                    start,
                    frame.planning,
                    frame.planning + timedelta(days=7),
                    frame.planning - timedelta(days=1),
                )
            )
        )
    if frame.hardship(0.2):
        row["reserved_for"] = some(frame.rng, [*frame.tracks, *MUNICIPALITIES[:2]], 2)


def duration_rows(frame: Frame, rounds: list[Row]) -> list[Row]:
    """Lengths by studieväg for some rolling rounds; where they hold for all, weeks_min may be left out."""
    rows = []
    for insats in {row["insats"]: None for row in rounds if row.get("intake") == "rolling"}:
        if not frame.chance(0.5):
            continue
        for _ in range(frame.rng.choice((1, 2))):
            row: Row = {"insats": insats, "weeks": frame.rng.choice((1, 2, 3))}
            if frame.chance(0.85):
                row["when"] = draw_term(frame.rng, "when")
            rows.append(row)
        if frame.chance(0.3):
            for round_row in rounds:
                if round_row["insats"] == insats and round_row.get("intake") == "rolling":
                    round_row.pop("weeks_min")
                    round_row.pop("weeks_max", None)
    return rows
