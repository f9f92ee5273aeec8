"""The participants of tiny scenarios, with their pins."""

from datetime import date, timedelta

from tests.oracle.tiny_frame import KOMPETENSER, Frame, Row, iso, some


def participant_row(frame: Frame, name: str, rounds: list[Row]) -> Row:
    row: Row = {
        "participant": name,
        "tracks": some(frame.rng, frame.tracks, 2),
        "home": frame.rng.choice(frame.places),
    }
    if frame.chance(0.5):
        days = frame.rng.choice((3, 7, 16) if frame.hardship(0.6) else (0, -30, -5))
        row["available_from"] = iso(frame.planning + timedelta(days=days))
    if frame.hardship(0.4):
        row["latest_end"] = iso(frame.slots[3] + timedelta(days=frame.rng.choice((0, -7, -15))))
    if frame.hardship(0.7):
        row["max_pace"] = frame.rng.choice((100, 75, 125, 150, 50))
    if frame.hardship(0.6):
        row["max_travel"] = frame.rng.choice((60, 40, 45, 90, 0))
    if frame.hardship(0.6):
        row["modes"] = some(frame.rng, ("car", "public", "bike"), 2)
    has_sfi = any(template.insats == "sfi" for template in frame.templates)
    usual = ("A", "A", "A", "B") if has_sfi else ("B", "B", "C", "A")
    levels = {"svenska": frame.rng.choice(usual)} if frame.chance(0.95) else {}
    levels |= {name: steps[0] for name, steps in KOMPETENSER.items() if frame.chance(0.12)} | levels
    if levels:
        row["levels"] = levels
    claims = {name: frame.rng.choice(steps) for name, steps in KOMPETENSER.items() if frame.chance(0.3)}
    if claims:
        row["claims"] = claims
    if frame.chance(0.8):
        row["attributes"] = some(frame.rng, ("af", "age_25", f"studievag={frame.rng.choice((1, 2, 3))}"), 3)
    if frame.chance(0.3):
        row["priority"] = frame.rng.choice((1, 2, 3, 5))
    pinned = pins(frame, rounds)
    if pinned:
        row["pinned"] = pinned
    add_exclusion(frame, row, rounds)
    return row


def pins(frame: Frame, rounds: list[Row]) -> list[str]:
    """History of a round that has begun, or a wish for one to come; seldom more than one."""
    begun = [row for row in rounds if row["start"] < iso(frame.planning)]
    pins = [past_pin(frame, row) for row in begun if frame.chance(0.18)]
    if frame.hardship(0.3):
        pins.append(future_pin(frame, frame.rng.choice(rounds)))
    return list({pin.partition("@")[0]: pin for pin in pins if pin}.values())


def past_pin(frame: Frame, row: Row) -> str:
    if row.get("intake") != "rolling":
        return str(row["round"])
    first = date.fromisoformat(row["start"]) + timedelta(days=frame.rng.choice((0, 0, 3)))
    last = first + timedelta(days=frame.rng.choice((13, 20, 27, 40)))
    return dated(row, first, last)


def future_pin(frame: Frame, row: Row) -> str:
    if row.get("intake") != "rolling" or frame.chance(0.5):
        return str(row["round"])
    first = max(date.fromisoformat(row["start"]), frame.planning) + timedelta(
        days=frame.rng.choice((0, 1, 7))
    )
    return dated(row, first, first + timedelta(days=frame.rng.choice((6, 11, 13, 20))))


def add_exclusion(frame: Frame, row: Row, rounds: list[Row]) -> None:
    """Exclude a round or an insats that the participant isn't pinned to."""
    pinned = {pin.partition("@")[0] for pin in row.get("pinned", ())}
    pinned |= {other["insats"] for other in rounds if other["round"] in pinned}
    free = [other[key] for other in rounds for key in ("round", "insats") if other["insats"] not in pinned]
    if free and frame.hardship(0.2):
        row["excluded"] = [frame.rng.choice(free)]


def dated(row: Row, first: date, last: date) -> str:
    """A pin to dates of a rolling round, kept inside the round's own."""
    end = date.fromisoformat(row["end"])
    last = min(last, end)
    return f"{row['round']}@{iso(first)}..{iso(last)}" if first <= last else str(row["round"])
