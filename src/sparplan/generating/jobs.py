"""The tracks of a made-up region, and what their employers ask for."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sparplan.generating.streams import chance, stream
from sparplan.generating.towns import Towns
from sparplan.generating.trades import KOMPETENSER, SVENSKA, TRADE_LEVELS, TRADES, Trade, level_of
from sparplan.generating.years import PERIODS
from sparplan.scenario import Kompetens, Participant, ProfileRow, ProfileType, Track

_LATE_STARTS = (PERIODS[0].start, PERIODS[1].start)
_EARLY_ENDS = (PERIODS[7].end, PERIODS[8].end)


def make_tracks(count: int, towns: Towns, seed: int) -> tuple[tuple[Track, Trade], ...]:
    """So many tracks: each trade once, then further employers of the same trades."""
    random = stream(seed, "tracks")
    order = list(TRADES)
    random.shuffle(order)
    tracks = []
    for index in range(count):
        trade, town = order[index % len(order)], random.choice(towns.places)
        turn = index // len(order) + 1
        name = trade.trade if turn == 1 else f"{trade.trade}-{turn}"
        cells: dict[str, Any] = {
            "track": name,
            "name": f"{trade.job}, {town.name}",
            "profile": name,
            "employer": trade.employer,
            "place": town.place,
        }
        if chance(random, 20):
            cells["start"] = random.choice(_LATE_STARTS)
        if chance(random, 15):
            cells["end"] = random.choice(_EARLY_ENDS)
        tracks.append((Track(**cells), trade))
    return tuple(tracks)


def make_profiles(tracks: Sequence[tuple[Track, Trade]], seed: int) -> tuple[ProfileRow, ...]:
    """A kompetensprofil for each track. Further employers of a trade ask for a little more, or less."""
    return tuple(row for track, trade in tracks for row in _profile(track, trade, seed))


def _profile(track: Track, trade: Trade, seed: int) -> list[ProfileRow]:
    random = stream(seed, "profile", track.track)
    is_first = track.track == trade.trade
    rank = SVENSKA.index(trade.swedish)
    if not is_first and rank < 3 and chance(random, 40):
        rank += 1
    krav = [("Språk", "svenska", SVENSKA[rank]), (trade.job, trade.trade, "2")]
    modules = trade.krav if is_first else trade.krav[: random.randint(1, len(trade.krav))]
    krav += [("Säkerhet och särskilda krav", kompetens, level_of(kompetens)) for kompetens in modules]
    merits = [("svenska", SVENSKA[rank + 1], 2)]
    merits += [
        (kompetens, level_of(kompetens), weight)
        for kompetens, weight in trade.merits
        if is_first or chance(random, 60)
    ]
    if "fordjupning" in trade.extras:
        merits.append((trade.trade, "3", 3))
    if "yrkessvenska" in trade.extras:
        merits.append((f"svenska_{trade.trade}", "ja", 1))
    rows = [
        ProfileRow(profile=track.profile, module=module, kompetens=kompetens, level=level)
        for module, kompetens, level in krav
    ]
    rows += [
        ProfileRow(
            profile=track.profile,
            module="Meriterande",
            kompetens=kompetens,
            level=level,
            type=ProfileType.MERITERANDE,
            weight=weight,
        )
        for kompetens, level, weight in merits
    ]
    return rows


def make_kompetenser(trades: Sequence[Trade], used: set[str]) -> tuple[Kompetens, ...]:
    """The kompetenser of the trades, and of the shared ones those that are used."""
    rows = []
    for kompetens, (name, levels) in KOMPETENSER.items():
        if kompetens in used:
            rows.append(_kompetens(kompetens, name, levels))
    for trade in trades:
        rows.append(_kompetens(trade.trade, trade.subject.capitalize(), TRADE_LEVELS))
        if f"svenska_{trade.trade}" in used:
            rows.append(_kompetens(f"svenska_{trade.trade}", f"Yrkessvenska, {trade.subject}", ()))
    return tuple(rows)


def _kompetens(kompetens: str, name: str, levels: tuple[str, ...]) -> Kompetens:
    given: dict[str, Any] = {"levels": levels} if levels else {}
    return Kompetens(kompetens=kompetens, name=name, **given)


def with_positions(tracks: Sequence[Track], people: Sequence[Participant], seed: int) -> tuple[Track, ...]:
    """Half the tracks with a limit: about as many positions as participants who name the track first."""
    random = stream(seed, "positions")
    first_choices = Counter(row.tracks[0] for row in people)
    limited = []
    for track in tracks:
        factor, is_limited = random.uniform(0.9, 1.4), chance(random, 50)
        positions = max(1, round(factor * first_choices[track.track]))
        limited.append(track.replace(positions=positions) if is_limited else track)
    return tuple(limited)
