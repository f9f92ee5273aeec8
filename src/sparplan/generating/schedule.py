"""The rounds of a made-up region: where and when each insats is held. Seats come later (`seating.py`)."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from sparplan.generating.catalogue import Holding, Offer, Reach
from sparplan.generating.streams import chance, stream
from sparplan.generating.towns import Towns
from sparplan.generating.years import (
    LAST_DAY,
    PLANNING_DATE,
    ROLLING_SINCE,
    WEEK,
    spans_of_periods,
    spans_of_weeks,
)
from sparplan.scenario import Form, Intake, Kind, Round
from sparplan.studydays import WEEKDAYS

_TRADE_COURSES = frozenset({Kind.REGIONAL_YRKESVUX, Kind.YRKESVUX})


def make_rounds(
    offers: Sequence[Offer], towns: Towns, tracks: dict[str, tuple[str, ...]], count: int, seed: int
) -> tuple[Round, ...]:
    """Exactly `count` rounds of these offers, the most needed of which stand first.

    With few rounds, the last offers get none. `tracks` holds the tracks of each trade, for reservations.
    """
    places = {offer.insats.insats: _places(offer, towns, seed) for offer in offers}
    numbers = _shares(offers, places, count)
    rounds: list[Round] = []
    for offer, number in zip(offers, numbers, strict=True):
        name = offer.insats.insats
        held = _rolling if offer.holding is Holding.ROLLING else _fixed
        rows = held(offer, places[name], number, stream(seed, "rounds", name))
        rounds += _partly_reserved(rows, offer, tracks, towns, stream(seed, "reserved", name))
    return tuple(rounds)


def _places(offer: Offer, towns: Towns, seed: int) -> tuple[str | None, ...]:
    """Where an insats is held: for few towns, one hub and others at random, hubs more often."""
    ids, hubs = towns.ids, towns.hubs
    count = {
        Reach.EVERYWHERE: len(ids),
        Reach.SEVERAL: 1 + len(ids) // 3,
        Reach.FEW: 1 + len(ids) // 4,
        Reach.ONE: 1,
        Reach.DISTANCE: 0,
    }[offer.reach]
    if count == 0:
        return (None,)
    if count >= len(ids):
        return ids
    random = stream(seed, "places", offer.insats.insats)
    chosen = [random.choice(hubs)]
    while len(chosen) < count:
        town = random.choice(hubs if chance(random, 40) else ids)
        if town not in chosen:
            chosen.append(town)
        elif all(hub in chosen for hub in hubs):
            chosen.append(random.choice([other for other in ids if other not in chosen]))
    return tuple(chosen)


def _shares(offers: Sequence[Offer], places: dict[str, tuple[str | None, ...]], count: int) -> list[int]:
    """How many rounds each offer gets: one each, then one a town of the rolling, then by `share`."""
    numbers = [0] * len(offers)
    left = count
    for index in range(min(left, len(offers))):
        numbers[index] = 1
    left -= sum(numbers)
    if left <= 0:
        return numbers
    for index, offer in enumerate(offers):
        if offer.holding is Holding.ROLLING:
            room = 2 * left // 3 if offer.reach is Reach.EVERYWHERE else left // 3
            more = min(room, len(places[offer.insats.insats]) - 1)
            numbers[index] += more
            left -= more
    weights = [offer.share if offer.holding is not Holding.ROLLING else 0.0 for offer in offers]
    exact = [left * weight / sum(weights) for weight in weights]
    whole = [int(share) for share in exact]
    by_rest = sorted(range(len(offers)), key=lambda index: (whole[index] - exact[index], index))
    for index in by_rest[: left - sum(whole)]:
        whole[index] += 1
    return [number + more for number, more in zip(numbers, whole, strict=True)]


def _rolling(offer: Offer, places: Sequence[str | None], count: int, random: Random) -> Iterator[Round]:
    """Rounds open over the whole time, one a town."""
    is_sfi = offer.insats.kind is Kind.SFI
    since = ROLLING_SINCE if is_sfi else PLANNING_DATE + WEEK
    for place in places[:count]:
        later = 0 if is_sfi else random.randrange(offer.every)
        cells: dict[str, Any] = {
            "intake": Intake.ROLLING,
            "start": since + later * WEEK,
            "end": LAST_DAY,
            "pace": offer.pace,
        }
        if offer.length:
            cells |= {"weeks_min": offer.length, "weeks_max": offer.longest}
        if offer.every > 1:
            cells["intake_every"] = offer.every
        if offer.insats.kind is Kind.PRAKTIK and not offer.insats.bridge and chance(random, 30):
            cells["pace"] = 100
        yield _round(offer, place, 1, cells)


def _fixed(offer: Offer, places: Sequence[str | None], count: int, random: Random) -> Iterator[Round]:
    """Rounds spread evenly over towns and over the two years; parallel groups where they are many."""
    in_periods = offer.holding is Holding.PERIODS
    spans = spans_of_periods(offer.length) if in_periods else spans_of_weeks(offer.length)
    for turn, place in enumerate(places):
        here = (count - turn + len(places) - 1) // len(places)
        phase = random.random()
        for number in range(here):
            span = spans[int((number + phase) * len(spans) / here)]
            cells: dict[str, Any] = {"start": span.start, "end": span.end, "pace": offer.pace}
            deadline = span.start - offer.apply_weeks * WEEK
            if offer.apply_weeks and deadline >= PLANNING_DATE:
                cells["apply_by"] = deadline
            yield _round(offer, place, number + 1, cells | _days(offer, random))


def _round(offer: Offer, place: str | None, number: int, cells: dict[str, Any]) -> Round:
    insats = offer.insats.insats
    where: dict[str, Any] = {} if place is None else {"place": place}
    form: dict[str, Any] = {} if offer.form is Form.ON_SITE else {"form": offer.form}
    return Round(round=f"{insats}-{place or 'distans'}-{number}", insats=insats, **where, **form, **cells)


def _days(offer: Offer, random: Random) -> dict[str, Any]:
    """Weekdays of part-time rounds, for some of them."""
    if offer.form is Form.DISTANCE or offer.pace > 50:
        return {}
    if offer.is_one_day:
        return {"days": (random.choice(WEEKDAYS),)}
    if not chance(random, 40):
        return {}
    count = 3 if offer.pace == 50 and offer.form is Form.ON_SITE else 2
    chosen = random.sample(WEEKDAYS, count)
    return {"days": tuple(day for day in WEEKDAYS if day in chosen)}


def _partly_reserved(
    rounds: Iterator[Round], offer: Offer, tracks: dict[str, tuple[str, ...]], towns: Towns, random: Random
) -> Iterator[Round]:
    """Of a trade's courses, one round in twelve kept for one track or one municipality; never the first."""
    for number, row in enumerate(rounds):
        if number and offer.insats.kind in _TRADE_COURSES and chance(random, 8):
            track = random.choice(tracks[offer.trade or ""])
            municipality = random.choice(towns.places).municipality
            yield row.replace(reserved_for=(random.choice((track, municipality)),))
        else:
            yield row
