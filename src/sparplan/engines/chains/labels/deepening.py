"""Searching with one limit after another: labels that cost more than the cheapest chain are never set."""

from collections.abc import Sequence
from dataclasses import dataclass

from sparplan.engines.chains.labels.asking import CaseAtPrices
from sparplan.engines.chains.labels.layout import SCALE, Ints

MOST_FILLED = 3  # relaxed chains of one search that are worth filling
GROWTH = (0.01, 0.04, 0.1, 0.2, 0.4, 0.8, 2.0)  # of the limit beyond the least cost; then all the way
LEVELS_WITHOUT_BEAM = 2
BEAM = 4  # labels a day


@dataclass(frozen=True, slots=True)
class Deepened:
    """What a search with rising limits found: chains (relaxed ones too), and what it proved."""

    rows: tuple[tuple[CaseAtPrices, Ints], ...]
    bound: int
    labels: int
    is_whole: bool


def deepen(cases: Sequence[CaseAtPrices], limit: int, room: int, beam: int) -> Deepened:
    """Search with one limit after another, the next ones higher, until a chain is found that proves least.

    Where the first limits were too low, a beam looks for a chain: its cost is a limit that is high enough.
    """
    least = {case.case: case.root for case in cases}
    start = min([limit, *least.values()])
    best, labels = limit, 0
    rows: list[tuple[CaseAtPrices, Ints]] = []
    is_whole = True
    for number, growth in enumerate((*GROWTH, None)):
        level = limit if growth is None else min(limit, start + SCALE + int(growth * abs(start)))
        if number == LEVELS_WITHOUT_BEAM or not is_whole:
            for case in cases:
                if least[case.case] < best and beam:
                    found = case.below(best, beam=beam)
                    labels += found.labels
                    rows += [(case, chain) for _, chain in found.chains[:MOST_FILLED]]
                    best = min([best, *(cost + 1 for cost, _ in found.chains[:1])])
        if not is_whole:
            break
        for case in cases:
            if least[case.case] >= min(level, best):
                continue
            found = case.below(min(level, best), room=max(1, room - labels))
            labels += found.labels
            rows += [(case, chain) for _, chain in found.chains[:MOST_FILLED]]
            least[case.case] = max(least[case.case], min(level, best, found.bound))
            is_whole = is_whole and found.is_whole
            best = min(best, found.bound) if found.is_whole else best
        if best <= level or level == limit:
            break
        if number >= LEVELS_WITHOUT_BEAM and not is_whole:
            break
    return Deepened(tuple(rows), min([best, *least.values()]), labels, is_whole)
