"""A made-up region of any size from a seed.

The towns, tracks, kompetensprofiler, insatser, rounds and participants each draw from random numbers of
their own. So another factor of seats changes nothing but the seats (and a least class size that they
can't hold), and one participant more leaves the others as they are.
"""

import math

from sparplan.errors import UsageError
from sparplan.generating.catalogue import DURATIONS, make_catalogue
from sparplan.generating.jobs import make_kompetenser, make_profiles, make_tracks, with_positions
from sparplan.generating.people import Surroundings, make_participants
from sparplan.generating.schedule import make_rounds
from sparplan.generating.seating import with_seats
from sparplan.generating.towns import MAX_PLACES, make_towns
from sparplan.generating.years import BREAKS, HORIZON, PLANNING_DATE
from sparplan.messages import say
from sparplan.scenario import MAX_ROWS, CalendarSettings, Duration, Scenario

SEATS = {"ample": 1.5, "scarce": 0.3}
"""The factors that have a name."""

MAX_TRACKS = 1_000
MAX_FACTOR = 1_000.0


def generate_region(
    participants: int, tracks: int, places: int, seats: str | float, seed: int, rounds: int | None = None
) -> Scenario:
    """Make a region up: towns, tracks, insatser with rounds over two years, and participants.

    Parameters
    ----------
    participants, tracks, places
        How many; at least one each.
    seats
        `ample` (1.5), `scarce` (0.3) or a factor above 0: the seats of an insats over all its rounds,
        divided by the participants on tracks that can use it who lack something it provides; at least 1
        a round. Distance courses of a few days and what gives no kompetens have no limit.
    seed
        The same seed and sizes give the same region.
    rounds
        How many rounds, to the number. By default 120 a track, 12 a place and 5 for each 4 participants
        (193 for 20 participants, 1 track and 4 places). With fewer rounds than insatser, those that are
        needed most are held, the others not at all.

    Raises
    ------
    UsageError
        When a number is out of its range.

    Examples
    --------
    >>> region = generate_region(participants=20, tracks=1, places=4, seats="ample", seed=1)
    >>> len(region.participants), len(region.places)
    (20, 4)
    """
    _check_number("participants", participants, MAX_ROWS)
    _check_number("tracks", tracks, MAX_TRACKS)
    _check_number("places", places, MAX_PLACES)
    factor = _factor(seats)
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise UsageError(say("generate.seed", value=seed))
    if rounds is None:
        rounds = min(MAX_ROWS, 120 * tracks + 12 * places + 5 * participants // 4)
    _check_number("rounds", rounds, MAX_ROWS)
    return _region(participants, tracks, places, factor, seed, rounds)


def _region(
    participants: int, tracks: int, places: int, factor: float, seed: int, num_rounds: int
) -> Scenario:
    towns = make_towns(places, seed)
    jobs = make_tracks(tracks, towns, seed)
    trades = tuple(dict.fromkeys(trade for _, trade in jobs))
    profile_rows = make_profiles(jobs, seed)
    offers = make_catalogue(trades, profile_rows)
    tracks_by_trade = {
        trade.trade: tuple(track.track for track, other in jobs if other is trade) for trade in trades
    }
    rounds = make_rounds(offers, towns, tracks_by_trade, num_rounds, seed)
    people = make_participants(participants, Surroundings(towns, jobs, profile_rows, rounds), seed)
    insatser = tuple(offer.insats for offer in offers)
    used = {row.kompetens for row in profile_rows} | {name for row in insatser for name in row.provides}
    scenario = Scenario(
        name=f"Påhittad region {seed}: {participants} deltagare, {tracks} spår, {places} orter",
        planning_date=PLANNING_DATE,
        horizon=HORIZON,
        calendar=CalendarSettings(breaks=BREAKS),
        places=towns.places,
        travel=towns.travel,
        kompetenser=make_kompetenser(trades, used),
        insatser=insatser,
        durations=_durations({row.insats for row in rounds}),
        rounds=rounds,
        kompetensprofiler=profile_rows,
        tracks=with_positions([track for track, _ in jobs], people, seed),
        participants=people,
    )
    limited = frozenset(offer.insats.insats for offer in offers if offer.is_limited)
    return with_seats(scenario, limited, factor, seed)


def _durations(held: set[str]) -> tuple[Duration, ...]:
    """The lengths of sfi, in rows that are read from the top."""
    return tuple(
        Duration(insats=insats, weeks=weeks, **({} if when is None else {"when": when}))
        for insats, rows in DURATIONS.items()
        if insats in held
        for when, weeks in rows
    )


def _factor(seats: str | float) -> float:
    """The factor that a name or a number stands for."""
    if isinstance(seats, str) and seats in SEATS:
        return SEATS[seats]
    try:
        factor = math.nan if isinstance(seats, bool) else float(seats)
    except (TypeError, ValueError, OverflowError):
        factor = math.nan
    if not 0 < factor <= MAX_FACTOR:
        raise UsageError(say("generate.seats", value=seats, most=f"{MAX_FACTOR:g}"))
    return factor


def _check_number(name: str, value: object, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise UsageError(say("generate.number", name=name, value=value, most=most))
