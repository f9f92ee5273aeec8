"""What is out of reach or leads nowhere is dropped, by the earliest days on which levels can be held.

All new steps of an insats need and give the same, so that most is worked out by insats.
"""

from collections.abc import Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush

import numpy as np

from sparplan.compiling.families import Families, Flags
from sparplan.compiling.insatser import Standing
from sparplan.options import Column
from sparplan.studydays import StudyCalendar

NEVER = 10**9  # a day after every other


def prune(
    families: Families,
    standing: Standing,
    krav: int,
    wished: int,
    keep: Flags,
    always: Sequence[bool],
    calendar: StudyCalendar,
) -> tuple[Families, Column] | None:
    """Drop what is out of reach and what leads nowhere; trim starts.

    Exact: a covering step may always be taken to fill a gap, a round with a least class size for the
    others' sake (those are flagged in `keep`, like what is pinned); so only what can do neither, and gives
    nothing that counts, leads nowhere.

    Parameters
    ----------
    krav, wished
        Masks of the levels that must be reached, and of those that count.
    keep
        Flags of what is kept if it is within reach, of use or not.
    always
        By insats: whether its steps are of use by themselves.

    Returns
    -------
    tuple
        What is left, and the numbers that it had; None when a krav is out of reach.
    """
    numbers = np.arange(len(families))
    while True:
        families = _trimmed(families, standing)
        reached = families.num_starts > 0
        families, numbers = families.of(reached), numbers[reached]
        if krav & ~_given(families, standing):
            return None
        kept = useful(families, standing, wished, keep[numbers], always)
        families, numbers = families.of(kept), numbers[kept]
        lonely = _lonely(families, standing, calendar)
        if not lonely.any():  # nothing that is left needed what was dropped
            return families, numbers
        families, numbers = families.of(~lonely), numbers[~lonely]


def different(insats: Column) -> list[int]:
    """The different insatser of a column, ascending."""
    found: list[int] = np.bincount(insats).nonzero()[0].tolist()
    return found


def _given(families: Families, standing: Standing) -> int:
    """Mask of all that some families give."""
    mask = 0
    for insats in different(families.insats):
        mask |= standing.offers[insats].terms.gives
    return mask


def useful(families: Families, standing: Standing, wanted: int, keep: Flags, always: Sequence[bool]) -> Flags:
    """Flags of history, of what is kept or of use always, and of what leads to it or to wanted bits.

    Parameters
    ----------
    wanted
        Mask of the bits wanted from the start.
    always
        By insats: whether its steps are of use by themselves.
    """
    offers = standing.offers
    for insats in different(families.insats[keep & ~families.history]):
        wanted |= offers[insats].asks
    found = np.zeros(len(offers), dtype=np.bool_)
    left = different(families.insats[~families.history])
    while True:
        more = [insats for insats in left if always[insats] or offers[insats].terms.gives & wanted]
        if not more:
            return families.history | keep | found[families.insats]
        found[more] = True
        for insats in more:
            wanted |= offers[insats].asks
        left = [insats for insats in left if not found[insats]]


def _lonely(families: Families, standing: Standing, calendar: StudyCalendar) -> Flags:
    """Families of which a term of `alongside` can't hold: nothing gives it, and it has days to cover."""
    lonely = np.zeros(len(families), dtype=np.bool_)
    if not standing.with_company:
        return lonely
    given = _given(families, standing)
    is_new = ~families.history
    for insats in standing.with_company:
        for term in standing.offers[insats].terms.beside:
            if (term.levels | term.insatser) & given:
                continue
            for number in np.flatnonzero((families.insats == insats) & is_new).tolist():
                least = int(families.length[number])
                lonely[number] |= not term.insatser or all(
                    calendar.count(start, start + least) for start in families.starts(number)
                )
    return lonely


def _trimmed(families: Families, standing: Standing) -> Families:
    """The families from the day on when their prerequisites can hold; `num_starts` 0 or less: never."""
    if not standing.needs.asked_by:
        return families
    ready = _ready_days(families, standing)[families.insats]
    ready[families.history] = 0
    skipped = np.maximum(0, -((families.start - ready) // families.every))
    return replace(
        families,
        start=families.start + skipped * families.every,
        num_starts=families.num_starts - skipped,
    )


def _ready_days(families: Families, standing: Standing) -> Column:
    """By insats: the earliest day on which its prerequisites can hold.

    A relaxation: gaps, pace, seats and clashes are left aside, so that nothing possible is cut off. Each
    term holds from the end of the first that gives it; taken in order of these ends, every insats is looked
    at once (Knuth 1977, "A generalization of Dijkstra's algorithm").
    """
    needs = standing.needs
    lacking = needs.num_terms.tolist()
    ready = np.where(needs.num_terms > 0, NEVER, 0)
    left = set(range(len(needs.asked_by)))
    new_steps = _NewSteps(families)
    ends = _ends_at_once(families, standing)
    heapify(ends)
    while ends and left:
        day, giver = heappop(ends)
        for term in left.intersection(needs.given_by[giver]):
            left.remove(term)
            for insats in needs.asked_by[term]:
                lacking[insats] -= 1
                if not lacking[insats]:
                    ready[insats] = day
                    if not left.isdisjoint(needs.given_by[insats]):
                        heappush(ends, (new_steps.first_end(insats, day), insats))
    return ready


def _ends_at_once(families: Families, standing: Standing) -> list[tuple[int, int]]:
    """First ends, with the insats, of history and of what needs nothing, as far as anything needs these."""
    needs = standing.needs
    first = np.full(len(standing.offers), NEVER)
    is_free = families.history | (needs.num_terms[families.insats] == 0)
    np.minimum.at(first, families.insats[is_free], (families.start + families.length)[is_free])
    return [
        (day, insats)
        for insats, day in zip(needs.givers, first[needs.givers].tolist(), strict=True)
        if day < NEVER
    ]


class _NewSteps:
    """Families of new steps, sorted so that those of one insats lie together."""

    def __init__(self, families: Families) -> None:
        families = families.of(~families.history)
        order = np.argsort(families.insats.astype(np.int32), kind="stable")
        self._insats = families.insats[order]
        self._start = families.start[order]
        self._every = families.every[order]
        self._length = families.length[order]
        self._num_starts = families.num_starts[order]

    def first_end(self, insats: int, day: int) -> int:
        """The first end of a step that starts on a day or later; `NEVER` without one."""
        part = slice(*self._insats.searchsorted((insats, insats + 1)))
        start, every = self._start[part], self._every[part]
        skipped = np.maximum(0, -((start - day) // every))
        ends = (start + skipped * every + self._length[part])[skipped < self._num_starts[part]]
        return int(ends.min(initial=NEVER))
