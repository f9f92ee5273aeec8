"""Made-up towns, and the travel times between them."""

from dataclasses import dataclass
from math import dist, sqrt

from sparplan.generating.streams import chance, stream
from sparplan.scenario import Mode, Place, Travel

_FIRST = (
    *("Smultron", "Hjortron", "Kantarell", "Sidensvans", "Domherre", "Åkerbärs", "Gullvive", "Tussilago"),
    *("Blåsippe", "Mandelblom", "Havtorns", "Kungsfågel", "Konvalj", "Blåhake", "Mosippe", "Nattviol"),
)
_LAST = ("köping", "fors", "stad", "näs", "hult", "ryd", "holm", "tuna")
_QUARTERS = ("", "Norra ", "Södra ", "Östra ", "Västra ")
MAX_PLACES = len(_FIRST) * len(_LAST) * len(_QUARTERS)

_ASCII = str.maketrans({"å": "a", "ä": "a", "ö": "o", " ": "_"})
_SIDE_KM = 14  # a square of that side for each town
_BIKE_KM = 12  # the longest way that anyone cycles
_CANDIDATES = 5  # the town farthest from the others of so many is kept


@dataclass(frozen=True, slots=True)
class Towns:
    """The places of a region, the most central (the hubs, where most is held) first."""

    places: tuple[Place, ...]
    travel: tuple[Travel, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The places' ids."""
        return tuple(row.place for row in self.places)

    @property
    def hubs(self) -> tuple[str, ...]:
        """The central towns: one, and one more for each six places."""
        return self.ids[: 1 + len(self.places) // 6]


def make_towns(count: int, seed: int) -> Towns:
    """So many towns, with roads between neighbours and buses along some of the roads.

    Each town is joined to the nearest before it, so every town can be reached from every other.
    """
    points = _points(count, seed)
    nearest = [
        min(range(town), key=lambda other: dist(points[other], points[town])) for town in range(1, count)
    ]
    names = _names(count, seed)
    municipalities = _municipalities(nearest, seed)
    places = tuple(
        Place(place=name.lower().translate(_ASCII), name=name, municipality=municipality)
        for name, municipality in zip(names, municipalities, strict=True)
    )
    bus_lines = {(before, town) for town, before in enumerate(nearest, 1)}
    roads = bus_lines | _neighbours(points)
    travel = []
    for first, second in sorted(roads):
        kilometres = dist(points[first], points[second])
        minutes = {Mode.CAR: 4 + kilometres}
        if (first, second) in bus_lines:
            minutes[Mode.PUBLIC] = 8 + 1.4 * kilometres
        if kilometres <= _BIKE_KM:
            minutes[Mode.BIKE] = 4.5 * kilometres
        for mode, value in minutes.items():
            ends = {"from": places[first].place, "to": places[second].place}
            travel.append(Travel(**ends, mode=mode, minutes=round(value)))
    return Towns(places, tuple(travel))


def _points(count: int, seed: int) -> list[tuple[float, float]]:
    """Coordinates in kilometres, well apart, ordered from the middle outwards."""
    random = stream(seed, "points")
    side = _SIDE_KM * sqrt(count)
    points: list[tuple[float, float]] = []
    for _ in range(count):
        candidates = [(random.uniform(0, side), random.uniform(0, side)) for _ in range(_CANDIDATES)]
        points.append(
            max(candidates, key=lambda point: min((dist(point, other) for other in points), default=0))
        )
    return sorted(points, key=lambda point: dist(point, (side / 2, side / 2)))


def _neighbours(points: list[tuple[float, float]]) -> set[tuple[int, int]]:
    """Each town with the two nearest to it, as ordered pairs."""
    pairs = set()
    for town, point in enumerate(points):
        others = sorted((dist(point, there), other) for other, there in enumerate(points) if other != town)
        pairs |= {(min(town, other), max(town, other)) for _, other in others[:2]}
    return pairs


def _names(count: int, seed: int) -> list[str]:
    """Names without a quarter (Norra …) as far as they last, in an order of the seed's."""
    random = stream(seed, "names")
    names: list[str] = []
    for quarter in _QUARTERS:
        block = [quarter + first + last for first in _FIRST for last in _LAST]
        random.shuffle(block)
        names += block
    return names[:count]


def _municipalities(nearest: list[int], seed: int) -> list[str]:
    """A code for each town; nearly half the towns lie in the municipality of their neighbour.

    The codes begin with 9: no real municipality has such a code.
    """
    random = stream(seed, "municipalities")
    codes = ["9001"]
    for before in nearest:
        is_shared = chance(random, 45)
        codes.append(codes[before] if is_shared else str(int(max(codes)) + 1))
    return codes
