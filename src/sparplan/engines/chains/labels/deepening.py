"""Searching with one limit after another: labels that cost more than the cheapest chain are never set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sparplan.engines.chains.labels.asking import CaseAtPrices
from sparplan.engines.chains.labels.layout import FAR, SCALE, Ints

MOST_FILLED = 3  # relaxed chains of one search that are worth filling
GROWTH = (0.01, 0.04, 0.1, 0.2, 0.4, 0.8, 2.0)  # of the limit beyond the least cost; then all the way
LEVELS_WITHOUT_BEAM = 2
BEAM = 4  # labels a day


@dataclass(frozen=True, slots=True)
class Deepened:
    """What a search with rising limits found, and what it proved.

    Attributes
    ----------
    rows
        Chains (relaxed ones too), cheapest first: case, cost, and rows of option, start and end.
    """

    rows: tuple[tuple[CaseAtPrices, int, Ints], ...]
    bound: int
    labels: int
    is_whole: bool


def deepen(cases: Sequence[CaseAtPrices], limit: int, room: int, beam: int, *, least: int = -FAR) -> Deepened:
    """Search with one limit after another, the next ones higher, until a chain is found that proves least.

    Where the first limits were too low, a beam looks for a chain: its cost is a limit that is high enough.

    Parameters
    ----------
    least
        What is known already: no chain costs less.
    """
    bounds = {case.case: max(case.root, least) for case in cases}
    start = min([limit, *bounds.values()])
    best, labels, is_whole = limit, 0, True
    rows: list[tuple[CaseAtPrices, int, Ints]] = []
    for number, growth in enumerate((*GROWTH, None)):
        level = limit if growth is None else min(limit, start + SCALE + int(growth * abs(start)))
        if beam and number == LEVELS_WITHOUT_BEAM:
            best, more = _follow_beam(cases, bounds, best, beam, rows)
            labels += more
        for case in cases:
            if bounds[case.case] >= min(level, best):
                continue
            found = case.below(min(level, best), room=max(1, room - labels))
            labels += found.labels
            rows += [(case, cost, chain) for cost, chain in found.chains[:MOST_FILLED]]
            bounds[case.case] = max(bounds[case.case], min(level, best, found.bound))
            is_whole = is_whole and found.is_whole
            best = min(best, found.bound) if found.is_whole else best
        if best <= level or level == limit or not is_whole:
            break
    if beam and not is_whole and number < LEVELS_WITHOUT_BEAM:
        best, more = _follow_beam(cases, bounds, best, beam, rows)
        labels += more
    rows.sort(key=lambda row: row[1])
    return Deepened(tuple(rows), min([best, *bounds.values()]), labels, is_whole)


def _follow_beam(
    cases: Sequence[CaseAtPrices],
    bounds: Mapping[int, int],
    best: int,
    beam: int,
    rows: list[tuple[CaseAtPrices, int, Ints]],
) -> tuple[int, int]:
    """Look for a chain among the most promising labels; a limit above it, and the labels set."""
    labels = 0
    for case in cases:
        if bounds[case.case] < best:
            found = case.below(best, beam=beam)
            labels += found.labels
            rows += [(case, cost, chain) for cost, chain in found.chains[:MOST_FILLED]]
            best = min([best, *(cost + 1 for cost, _ in found.chains[:1])])
    return best, labels
