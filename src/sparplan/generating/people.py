"""The participants of a made-up region: pseudonymous ids, and what concerns planning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from sparplan.generating.catalogue import DURATIONS, SFI_OF_LEVEL
from sparplan.generating.streams import chance, stream
from sparplan.generating.towns import Towns
from sparplan.generating.trades import SVENSKA, Trade
from sparplan.generating.years import DAY, PERIODS, PLANNING_DATE, ROLLING_SINCE, WEEK
from sparplan.scenario import Mode, Participant, ProfileRow, ProfileType, Round, Track

_MODES = ((Mode.PUBLIC,), (Mode.PUBLIC, Mode.BIKE), (Mode.CAR, Mode.PUBLIC), (Mode.CAR,), ())
_ALREADY_HELD = {"introduktion": 30, "digital": 30, "b_korkort": 30}  # percent; other kompetenser 10


@dataclass(frozen=True)
class Surroundings:
    """What participants are drawn from."""

    towns: Towns
    tracks: Sequence[tuple[Track, Trade]]
    profile_rows: Sequence[ProfileRow]
    rounds: Sequence[Round]

    @cached_property
    def profiles(self) -> dict[str, list[ProfileRow]]:
        """The rows of each kompetensprofil."""
        profiles: dict[str, list[ProfileRow]] = {}
        for row in self.profile_rows:
            profiles.setdefault(row.profile, []).append(row)
        return profiles

    @cached_property
    def first_rounds(self) -> dict[tuple[str, str | None], Round]:
        """The first round of each insats in each town."""
        return {(row.insats, row.place): row for row in reversed(self.rounds)}


def make_participants(count: int, around: Surroundings, seed: int) -> tuple[Participant, ...]:
    """So many participants, each from a stream of its own: one more leaves the others as they are."""
    taken: set[str] = set()  # history holds one seat a round at most, so that any number of seats is enough
    insatser = {row.insats for row in around.rounds}
    width = max(4, len(str(count)))
    people = []
    for number in range(1, count + 1):
        random = stream(seed, "participant", number)
        cells = _cells(random, around, insatser)
        pinned = _history(random, cells, around, taken)
        people.append(Participant(participant=f"P{number:0{width}}", **(cells | pinned)))
    return tuple(people)


def _cells(random: Random, around: Surroundings, insatser: set[str]) -> dict[str, Any]:
    tracks = _tracks(random, around)
    track, trade = tracks[0]
    profile = around.profiles[track.profile]
    cells: dict[str, Any] = {"tracks": tuple(row.track for row, _ in tracks), "home": _home(random, around)}
    levels = _levels(random, profile, trade)
    claims = _claims(random, profile, trade, levels)
    modes = random.choices(_MODES, (30, 15, 30, 10, 15))[0]
    optional = {
        "available_from": _available_from(random),
        "latest_end": PERIODS[random.randint(6, 9)].end if chance(random, 15) else None,
        "max_pace": random.choices((None, 50, 75, 125), (83, 5, 5, 7))[0],
        "max_travel": random.choices((None, 40, 50, 60, 75, 90), (20, 6, 14, 25, 20, 15))[0],
        "modes": modes,
        "levels": levels,
        "claims": claims,
        "attributes": _attributes(random, levels),
        "priority": random.choices((None, 2, 3), (88, 9, 3))[0],
        "excluded": _excluded(random, trade, insatser),
    }
    return cells | {column: value for column, value in optional.items() if value}


def _tracks(random: Random, around: Surroundings) -> list[tuple[Track, Trade]]:
    """One to three tracks, in order of preference."""
    count = random.choices((1, 2, 3), (40, 38, 22))[0]
    return random.sample(list(around.tracks), min(count, len(around.tracks)))


def _home(random: Random, around: Surroundings) -> str:
    """A town, the central ones more often."""
    ids = around.towns.ids
    return random.choices(ids, [1 / (2 + rank) ** 0.7 for rank in range(len(ids))])[0]


def _levels(random: Random, profile: Sequence[ProfileRow], trade: Trade) -> dict[str, str]:
    """Starting levels; most are none to two courses of sfi short of what the first track asks for."""
    goal = next(SVENSKA.index(row.level) for row in profile if row.kompetens == "svenska")
    rank = goal + random.choices((1, 0, -1, -2, -3), (10, 38, 37, 11, 4))[0]
    levels = {}
    if rank >= 0:
        levels["svenska"] = SVENSKA[min(rank, len(SVENSKA) - 1)]
    others = [
        "introduktion",
        *(row.kompetens for row in profile if row.kompetens not in ("svenska", trade.trade)),
    ]
    levels_of = {row.kompetens: row.level for row in profile}
    for kompetens in dict.fromkeys(others):
        if chance(random, _ALREADY_HELD.get(kompetens, 10)):
            levels[kompetens] = levels_of.get(kompetens, "ja")
    if chance(random, 15):
        levels[trade.trade] = "1"
    return levels


def _claims(
    random: Random, profile: Sequence[ProfileRow], trade: Trade, levels: dict[str, str]
) -> dict[str, str]:
    """Reell kompetens of one in five: the trade at the level asked for or below, and some krav beside it."""
    if not chance(random, 20):
        return {}
    claims = {trade.trade: "2" if chance(random, 65) or levels.get(trade.trade) else "1"}
    for row in profile:
        is_krav = row.type is ProfileType.KRAV and row.kompetens not in ("svenska", trade.trade)
        if is_krav and row.kompetens not in levels and chance(random, 40):
            claims[row.kompetens] = row.level
    return claims


def _attributes(random: Random, levels: dict[str, str]) -> tuple[str, ...]:
    """Registered with Arbetsförmedlingen, age, studieväg."""
    attributes = []
    if chance(random, 75):
        attributes.append("af")
    if chance(random, 97):
        attributes.append("age_20")
        if chance(random, 82):
            attributes.append("age_25")
    has_little = levels.get("svenska", "sfi-A") == "sfi-A"
    track = random.choices((1, 2, 3), (30, 55, 15) if has_little else (10, 50, 40))[0]
    return (*attributes, f"studievag={track}")


def _available_from(random: Random) -> date | None:
    """Before the planning date for a quarter, not given for some, otherwise within half a year."""
    kind = random.choices(("given", "before", "later"), (15, 25, 60))[0]
    if kind == "given":
        return None
    if kind == "before":
        return PLANNING_DATE - timedelta(days=random.randint(7, 120))
    return PLANNING_DATE + random.randint(1, 24) * WEEK


def _excluded(random: Random, trade: Trade, insatser: set[str]) -> tuple[str, ...]:
    """One in thirty won't take one of the ways into the trade."""
    choice = f"{trade.trade}_{random.choice(('praktik', 'grund', 'aub', 'validering'))}"
    return (choice,) if chance(random, 3) and choice in insatser else ()


def _history(random: Random, cells: dict[str, Any], around: Surroundings, taken: set[str]) -> dict[str, Any]:
    """One in twenty is in the middle of a course of sfi at home, and stays in it."""
    is_studying, weeks_ago = (chance(random, 5), random.randint(2, (PLANNING_DATE - ROLLING_SINCE) // WEEK))
    level = cells.get("levels", {}).get("svenska")
    following = SVENSKA.index(level) + 1 if level else 0
    insats = SFI_OF_LEVEL.get(SVENSKA[following]) if following < len(SVENSKA) else None
    row = around.first_rounds.get((insats, cells["home"])) if insats else None
    if not is_studying or insats is None or row is None or row.round in taken:
        return {}
    taken.add(row.round)
    start = PLANNING_DATE - weeks_ago * WEEK
    end = start + _weeks_of(insats, cells["attributes"]) * WEEK - DAY
    return {"available_from": start, "pinned": (f"{row.round}@{start}..{end}",)}


def _weeks_of(insats: str, attributes: Sequence[str]) -> int:
    """Weeks of a course of sfi: the first row of `durations.csv` that holds."""
    return next(
        weeks for when, weeks in DURATIONS[insats] if when is None or when.removeprefix("attr:") in attributes
    )
