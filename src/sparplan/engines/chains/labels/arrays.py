"""One participant on one track as arrays: what the label setting works on, whatever the prices.

Days count from the calendar's first day. A mask is an integer of at most 60 local bits: the level and
insats bits that some option needs, the krav and merits, and one bit for each pin.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

import numpy as np

from sparplan.engines.chains.labels.companions import split_companions
from sparplan.engines.chains.labels.kinds import Kinds
from sparplan.engines.chains.labels.landmarks import Landmarks, landmarks_of
from sparplan.engines.chains.labels.layout import (
    AVAILABLE,
    BEFORE,
    BEGUN,
    DAY_POINTS,
    FILLS,
    FIRST_DAY,
    FOLLOWING,
    FOR_OTHERS,
    IS_BESIDE_LEADING,
    IS_COMPANION,
    IS_HISTORY,
    IS_LARGE,
    IS_LEADING,
    IS_SPLIT,
    KRAV,
    LENGTH_POINTS,
    MAX_PACE,
    MERITS,
    MIN_PACE,
    MOST_ALTERNATIVES,
    NUM_NUMBERS,
    SCALE,
    TOLERATED_GAP,
    Ints,
)
from sparplan.engines.chains.labels.steps import Options, by_gives
from sparplan.options import OptionTable, Terms
from sparplan.problem import Case, Person, Problem, bits

MOST_BITS = 60  # and the sign, `FOR_OTHERS` and `FILLS`
ANY_GAP = 1 << 40


class TooWide(Exception):
    """A case that the label setting has no room for."""


@dataclass(frozen=True, slots=True)
class CaseArrays:
    """A case in the form that the label setting reads.

    Attributes
    ----------
    numbers
        See `layout.AVAILABLE` and what follows it.
    merit_bits, merit_points
        Merits that can be gained.
    pins
        Mask of the pins' bits.
    insats_most
        By insats of the scenario: how many new steps are allowed.
    is_empty_allowed
        Whether the goal is reached without any step.
    original
        By option: its number in the case.
    in_full
        By option: its number in the arrays of the whole case, where these are in short.
    """

    options: Options
    kinds: Kinds
    numbers: Ints
    landmarks: Landmarks
    constant_points: int
    track: int
    merit_bits: Ints
    merit_points: Ints
    pins: int
    insats_most: Mapping[int, int]
    is_empty_allowed: bool
    original: Ints
    in_full: Ints


def calendar_arrays(problem: Problem) -> Ints:
    """The study days of a problem's calendar: rows `BEFORE` and `FOLLOWING`, a column a day and one more."""
    calendar = problem.calendar
    span = calendar.last - calendar.first
    is_study = np.zeros(span + 1, dtype=np.int64)
    is_study[[day - calendar.first for day in calendar.study_days]] = 1
    rows = np.full((2, span + 1), span, dtype=np.int64)
    rows[BEFORE] = np.concatenate(([0], np.cumsum(is_study)[:-1]))
    for day in range(span - 1, -1, -1):
        rows[FOLLOWING, day] = day if is_study[day] else rows[FOLLOWING, day + 1]
    return rows


def case_arrays(problem: Problem, calendar: Ints, person: Person, case: Case) -> CaseArrays:
    """Lay out a case.

    Raises
    ------
    TooWide
        When it has more bits, or more alternatives in a term, than there is room for.
    """
    table = case.options
    local = _local_bits(table.kinds_of_terms, case)
    pin_bits = [1 << (len(local) + number) for number in range(len(case.pins))]
    if len(local) + len(pin_bits) > MOST_BITS:
        raise TooWide
    pins = np.zeros(len(table), dtype=np.int64)
    for bit, pin in zip(pin_bits, case.pins, strict=True):
        pins[list(pin)] |= bit
    kinds = _kinds(problem, table, local, pins)
    krav = _to_local(case.krav, local)
    merits = _to_local(sum(bit for bit, _ in case.merits), local)
    marks = landmarks_of(kinds, krav, merits | sum(pin_bits))
    options = _options(problem, table, kinds, marks, pins, sum(local.values()))
    options, original = split_companions(options, kinds, marks.helping, dict(case.repeats), calendar)
    return CaseArrays(
        options=options,
        kinds=kinds,
        numbers=_numbers(problem, person, case, options, krav | sum(pin_bits)),
        landmarks=marks,
        constant_points=case.constant_points,
        track=case.track,
        merit_bits=_ints(_to_local(bit, local) for bit, _ in case.merits),
        merit_points=_ints(points for _, points in case.merits),
        pins=sum(pin_bits),
        insats_most=dict(case.repeats),
        is_empty_allowed=not case.krav and not case.pins,
        original=original,
        in_full=np.arange(len(original)),
    )


def in_short(arrays: CaseArrays) -> CaseArrays:
    """The case without the options that only fill gaps."""
    flags = arrays.options.flags
    is_beside = (flags & IS_BESIDE_LEADING != 0) & (flags & IS_SPLIT == 0)
    kept = np.flatnonzero((flags & (IS_HISTORY | IS_LARGE | IS_LEADING) != 0) | is_beside)
    columns = {name: getattr(arrays.options, name)[kept] for name in Options._fields}
    columns["by_gives"] = by_gives(columns["gives"])
    return replace(arrays, options=Options(**columns), original=arrays.original[kept], in_full=kept)


def _numbers(problem: Problem, person: Person, case: Case, options: Options, krav: int) -> Ints:
    base = problem.calendar.first
    new = (options.flags & IS_HISTORY) == 0
    first_day = int(options.first_start[new].min(initial=problem.calendar.last - base))
    if person.gap_from is not None:
        first_day = min(first_day, person.gap_from - base)
    tolerated = person.tolerated_gap
    numbers = np.zeros(NUM_NUMBERS, dtype=np.int64)
    numbers[AVAILABLE] = person.available_from - base
    numbers[DAY_POINTS] = person.day_points
    numbers[LENGTH_POINTS] = problem.weights.length_day
    numbers[MAX_PACE] = person.max_pace
    numbers[MIN_PACE] = problem.min_pace
    numbers[TOLERATED_GAP] = ANY_GAP if tolerated is None or not problem.min_pace else tolerated
    numbers[FIRST_DAY] = first_day
    numbers[BEGUN] = person.gap_from is not None
    numbers[KRAV] = krav
    numbers[MERITS] = SCALE * sum(points for _, points in case.merits)
    return numbers


def _local_bits(kinds: Iterable[Terms], case: Case) -> dict[int, int]:
    """The bits that anything asks about, each with its local bit."""
    wanted = case.krav
    for bit, _ in case.merits:
        wanted |= bit
    for terms in kinds:
        for need in terms.needs:
            wanted |= need
        for term in terms.beside:
            wanted |= term.levels
    return {bit: 1 << number for number, bit in enumerate(bits(wanted))}


def _to_local(mask: int, local: Mapping[int, int]) -> int:
    return sum(local.get(bit, 0) for bit in bits(mask))


def _kinds(problem: Problem, table: OptionTable, local: Mapping[int, int], pins: Ints) -> Kinds:
    needs: list[int] = []
    beside: list[list[int]] = []
    first_need, first_beside = [0], [0]
    insats_of_bit = _insats_of_bit(table)
    company = _company(table.kinds_of_terms)
    for kind in table.kinds_of_terms:
        needs += [_to_local(need, local) for need in kind.needs]
        for term in kind.beside:
            insatser = [insats_of_bit[bit] for bit in bits(term.insatser) if bit in insats_of_bit]
            if len(insatser) > MOST_ALTERNATIVES:
                raise TooWide
            insatser += [-1] * (MOST_ALTERNATIVES - len(insatser))
            beside.append([_to_local(term.levels, local), *insatser])
        first_need.append(len(needs))
        first_beside.append(len(beside))
    gives = _ints(_to_local(kind.gives, local) for kind in table.kinds_of_terms)
    is_new = table.column("history") == 0
    large = problem.is_large
    always = FOR_OTHERS * large[table.column("round")] + FILLS * table.column("covers")
    np.bitwise_or.at(gives, table.column("terms")[is_new], (always | pins)[is_new])
    companions = [[insats_of_bit[bit] for bit in bits(mask) if bit in insats_of_bit] for mask, _ in company]
    return Kinds(
        gives=gives,
        first_need=_ints(first_need),
        needs=_ints(needs),
        first_beside=_ints(first_beside),
        beside=np.array(beside, dtype=np.int64).reshape(len(beside), 1 + MOST_ALTERNATIVES),
        first_company=np.cumsum([0, *map(len, companions)]).astype(np.int64),
        company=_ints(insats for found in companions for insats in found),
        company_asks=_ints(_to_local(asks, local) for _, asks in company),
    )


def _company(kinds: Sequence[Terms]) -> list[tuple[int, int]]:
    """By kind: masks of the insatser that may be there for its sake, and of all that they can ask for."""
    found = []
    for kind in kinds:
        company, asks, waiting = 0, 0, [kind]
        while waiting:
            more = _union(term.insatser for term in waiting.pop().beside) & ~company
            company |= more
            for other in kinds:
                if other.gives & more:
                    asks |= _union(other.needs) | _union(term.levels for term in other.beside)
                    waiting.append(other)
        found.append((company, asks))
    return found


def _insats_of_bit(table: OptionTable) -> dict[int, int]:
    """By the bit that an insats has of its own, above all level bits: its number."""
    pairs = set(zip(table.column("terms").tolist(), table.column("insats").tolist(), strict=True))
    return {1 << (table.kinds_of_terms[terms].gives.bit_length() - 1): insats for terms, insats in pairs}


def _options(
    problem: Problem, table: OptionTable, kinds: Kinds, marks: Landmarks, pins: Ints, levels: int
) -> Options:
    base = problem.calendar.first
    kind = table.column("terms").astype(np.int64)
    insats = table.column("insats")
    gives = kinds.gives[kind] & levels | pins
    asked, asked_by_leading = (
        np.isin(insats, _companions(kinds, of)) for of in (marks.helping, marks.leading)
    )
    large = problem.is_large
    history = table.column("history").astype(np.int64)
    free = np.diff(kinds.first_need) + np.diff(kinds.first_beside) == 0
    return Options(
        **{name: table.column(name).astype(np.int64) for name in _AS_THEY_ARE},
        first_start=table.column("first_start").astype(np.int64) - base,
        latest_end=table.column("latest_end").astype(np.int64) - base,
        fifths=table.column("on_site_fifths").astype(np.int64),
        kind=kind,
        gives=gives,
        flags=IS_HISTORY * history
        + IS_COMPANION * asked
        + IS_BESIDE_LEADING * asked_by_leading
        + IS_LARGE * large[table.column("round")]
        + IS_LEADING * (marks.leading[kind] | (pins != 0)),
        free=free[kind].astype(np.int64),
        by_gives=by_gives(gives),
    )


def _companions(kinds: Kinds, of: Ints) -> list[int]:
    """The insatser that may be there for the sake of some kinds."""
    return [
        insats
        for kind in np.flatnonzero(of)
        for insats in kinds.company[kinds.first_company[kind] : kinds.first_company[kind + 1]].tolist()
    ]


_AS_THEY_ARE = (
    "round",
    "insats",
    "num_starts",
    "every",
    "first_length",
    "num_lengths",
    "pace",
    "covers",
    "weekdays",
    "place",
    "bridge",
    "minutes",
)


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
