"""Seats of a made-up region, by a factor on how many could use them."""

from collections import Counter
from collections.abc import Iterable

from sparplan.generating.streams import chance, stream
from sparplan.insatsgraf import InsatsGraf, insats_node
from sparplan.scenario import Insats, Kind, Participant, Scenario

MOST_SEATS = 1_000_000  # that a cell may hold
_WITH_LEAST_SIZE = frozenset({Kind.YRKESVUX, Kind.REGIONAL_YRKESVUX, Kind.KOMBINATIONSUTBILDNING})


def demand(scenario: Scenario) -> dict[str, int]:
    """By insats: the participants on tracks that can use it who lack something it provides.

    A track can use an insats from which some krav or merit of its kompetensprofil can be reached in the
    insatsgraf. A participant is on every track of `tracks`, and lacks what lies above the starting levels.
    """
    graf = InsatsGraf(scenario)
    relevant = {
        profile: graf.relevant(graf.profile_nodes(profile))
        for profile in {track.profile for track in scenario.tracks}
    }
    users: dict[str, list[Participant]] = {row.insats: [] for row in scenario.insatser}
    nodes = {row.insats: insats_node(row.insats) for row in scenario.insatser}
    usable = {
        track.track: [insats for insats, node in nodes.items() if node in relevant[track.profile]]
        for track in scenario.tracks
    }
    for person in scenario.participants:
        for insats in sorted({insats for track in person.tracks for insats in usable[track]}):
            users[insats].append(person)
    return {row.insats: _lacking(scenario, row, users[row.insats]) for row in scenario.insatser}


def _lacking(scenario: Scenario, insats: Insats, people: Iterable[Participant]) -> int:
    def lacks(person: Participant) -> bool:
        return any(
            kompetens not in person.levels
            or scenario.level_rank(kompetens, person.levels[kompetens])
            < scenario.level_rank(kompetens, level)
            for kompetens, level in insats.provides.items()
        )

    return sum(map(lacks, people))


def with_seats(scenario: Scenario, limited: frozenset[str], factor: float, seed: int) -> Scenario:
    """The scenario with seats in every round of the `limited` insatser, and least class sizes in some.

    The `seats` cells of an insats add up to `factor` times its `demand`, at least 1 a round, spread evenly.
    A rolling round's cell counts once, although its seats are filled again when someone has finished.
    """
    wanted = demand(scenario)
    counts = Counter(row.insats for row in scenario.rounds)
    numbers = {
        insats: iter(_spread(max(counts[insats], round(factor * wanted[insats])), counts[insats]))
        for insats in limited & counts.keys()
    }
    random = stream(seed, "least sizes")
    rounds = []
    for row in scenario.rounds:
        has_least, size = chance(random, 10), random.choice((2, 2, 3, 4))
        if row.insats in limited:
            cells = {"seats": min(MOST_SEATS, next(numbers[row.insats]))}
            least = min(size, cells["seats"])
            is_course = scenario.insats_by_id[row.insats].kind in _WITH_LEAST_SIZE
            if has_least and is_course and least > 1:
                cells["min_participants"] = least
            rounds.append(row.replace(**cells))
        else:
            rounds.append(row)
    return scenario.replace(rounds=tuple(rounds))


def _spread(total: int, count: int) -> list[int]:
    """`total` as `count` numbers that differ by 1 at most."""
    return [total // count + (number < total % count) for number in range(count)]
