"""One participant on one track as arrays: what the label setting works on, whatever the prices.

Days count from the calendar's first day; masks are in local bits (`kinds.LocalMasks`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sparplan.engines.chains.labels.companions import are_among, split_companions
from sparplan.engines.chains.labels.kinds import Kinds, LocalMasks, kinds_of, wanted_of
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
    IN_SHORT,
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
    WEEK,
    Ints,
)
from sparplan.engines.chains.labels.ragged import owners
from sparplan.engines.chains.labels.steps import Options, by_gives, packed
from sparplan.options import COLUMNS, Column
from sparplan.problem import Case, Person, Problem
from sparplan.studydays import DAYS_A_WEEK

MOST_BITS = 60  # and the sign, `FOR_OTHERS` and `FILLS`
ANY_GAP = 1 << 40
Columns = Mapping[str, Column]


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
    """A problem's calendar: rows `BEFORE` and so on, `HOLE` empty, with a column a day and one more."""
    calendar = problem.calendar
    span = calendar.last - calendar.first
    is_study = np.zeros(span + 1, dtype=np.int64)
    is_study[[day - calendar.first for day in calendar.study_days]] = 1
    rows = np.full((4, span + 1), span, dtype=np.int64)
    rows[BEFORE] = np.concatenate(([0], np.cumsum(is_study)[:-1]))
    for day in range(span - 1, -1, -1):
        rows[FOLLOWING, day] = day if is_study[day] else rows[FOLLOWING, day + 1]
    monday = [(day - 1) // DAYS_A_WEEK for day in sorted(calendar.study_days)]
    weeks, rows[WEEK, : len(monday)] = np.unique(monday, return_inverse=True)
    rows[WEEK, len(monday) :] = len(weeks)
    return rows


def case_arrays(problem: Problem, calendar: Ints, person: Person, case: Case) -> CaseArrays:
    """Lay out a case.

    Raises
    ------
    TooWide
        When it has more bits, or more alternatives in a term, than there is room for.
    """
    wanted = wanted_of(case)
    num_bits = wanted.bit_count()
    if num_bits + len(case.pins) > MOST_BITS:
        raise TooWide
    local = LocalMasks(wanted)
    krav = local[case.krav]
    merits = [local[bit] for bit, _ in case.merits]
    pins = [1 << number for number in range(num_bits, num_bits + len(case.pins))]
    columns = _columns(problem, case, pins)
    kinds = _kinds(case, columns, local)
    marks = landmarks_of(kinds, krav, sum(merits) + sum(pins))
    options = _options(problem.calendar.first, columns, kinds, marks, (1 << num_bits) - 1)
    options, original = split_companions(options, kinds, marks.helping, dict(case.repeats), calendar)
    return CaseArrays(
        options=packed(options),
        kinds=kinds,
        numbers=_numbers(problem, person, case, options, krav + sum(pins)),
        landmarks=marks,
        constant_points=case.constant_points,
        track=case.track,
        merit_bits=np.array(merits, dtype=np.int64),
        merit_points=np.array([points for _, points in case.merits], dtype=np.int64),
        pins=sum(pins),
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
    columns["by_gives"] = by_gives(columns)
    options = packed(Options(**columns))
    return replace(arrays, options=options, original=arrays.original[kept], in_full=kept)


def around(arrays: CaseArrays, rows: Ints) -> CaseArrays:
    """The case with the steps of a chain, which may become longer, and what only fills its gaps.

    `rows` are option, start and end of each step.
    """
    options = arrays.options
    past = np.flatnonzero(options.flags & IS_HISTORY)
    fills = np.flatnonzero((options.flags & IN_SHORT == 0) & (options.covers != 0))
    option, start, end = rows[options.flags[rows[:, 0]] & IS_HISTORY == 0].T
    kept = np.concatenate((past, fills, option))
    columns = {name: getattr(options, name)[kept] for name in Options._fields}
    mine = slice(len(past) + len(fills), None)
    columns["num_lengths"][mine] -= (end - start - options.first_length[option]) // DAYS_A_WEEK
    columns["first_start"][mine], columns["first_length"][mine] = start, end - start
    columns["num_starts"][mine] = 1
    _keep_starts_near(columns, slice(len(past), len(past) + len(fills)), *_gaps(arrays, rows))
    columns["by_gives"] = by_gives(columns)
    return replace(arrays, options=packed(Options(**columns)), original=arrays.original[kept])


def _gaps(arrays: CaseArrays, rows: Ints) -> tuple[int, int]:
    """The first day, and the day after the last, that is not covered within a chain."""
    options, numbers = arrays.options, arrays.numbers
    is_new = options.flags[rows[:, 0]] & IS_HISTORY == 0
    if not is_new.any():
        return 0, 0
    first = int(numbers[FIRST_DAY] if numbers[BEGUN] else rows[is_new, 1].min())
    pace = np.zeros(int(rows[:, 2].max()), dtype=np.int64)
    for option, start, end in rows.tolist():
        pace[max(0, start) : end] += options.pace[option] * options.covers[option]
    open_days = first + np.flatnonzero(pace[first:] < numbers[MIN_PACE])
    return (int(open_days[0]), int(open_days[-1]) + 1) if len(open_days) else (0, 0)


def _keep_starts_near(columns: dict[str, Ints], some: slice, first: int, last: int) -> None:
    """Of some options keep only the starts of steps that can lie between two days, at least in part."""
    length = columns["first_length"][some] + DAYS_A_WEEK * (columns["num_lengths"][some] - 1)
    start, every = columns["first_start"][some], columns["every"][some]
    earlier = np.maximum(0, -((start + length - first - 1) // every))
    later = np.minimum(columns["num_starts"][some], 1 + (last - 1 - start) // every)
    columns["first_start"][some] = start + every * earlier
    columns["num_starts"][some] = np.maximum(0, later - earlier)


def as_short_as_can_be(options: Options) -> Options:
    """The options with the least length of each step only, but for companions."""
    is_companion = options.flags & IS_COMPANION != 0
    return options._replace(num_lengths=np.where(is_companion, options.num_lengths, 1))


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


def _columns(problem: Problem, case: Case, pins: Sequence[int]) -> Columns:
    """The columns of the options, and two more: the pins that each answers, whether its class is large."""
    columns = {name: case.options.column(name) for name in COLUMNS}
    columns["large"] = problem.is_large[columns["round"]]
    columns["pins"] = np.zeros(len(case.options), dtype=np.int64)
    for bit, pin in zip(pins, case.pins, strict=True):
        columns["pins"][list(pin)] |= bit
    return columns


def _kinds(case: Case, columns: Columns, local: LocalMasks) -> Kinds:
    terms = case.options.kinds_of_terms
    insatser = np.zeros(len(terms), dtype=np.int64)
    insatser[columns["terms"]] = columns["insats"]
    kinds = kinds_of(terms, insatser.tolist(), local)
    if kinds.beside.shape[1] > 1 + MOST_ALTERNATIVES:
        raise TooWide
    also = FOR_OTHERS * columns["large"] | FILLS * columns["covers"] | columns["pins"]
    np.bitwise_or.at(kinds.gives, columns["terms"], also * (1 - columns["history"]))
    return kinds


def _options(base: int, columns: Columns, kinds: Kinds, marks: Landmarks, levels: int) -> Options:
    kind, pins = columns["terms"], columns["pins"]
    gives = kinds.gives[kind] & levels | pins
    first_term = kinds.first_need + kinds.first_beside
    is_free = first_term[1:] == first_term[:-1]
    found = {name: columns[name] for name in _AS_THEY_ARE} | {
        "first_start": columns["first_start"] - base,
        "latest_end": columns["latest_end"] - base,
        "fifths": columns["on_site_fifths"],
        "kind": kind,
        "gives": gives,
        "flags": IS_HISTORY * columns["history"]
        + IS_COMPANION * _is_company(columns["insats"], kinds, marks.helping)
        + IS_BESIDE_LEADING * _is_company(columns["insats"], kinds, marks.leading)
        + IS_LARGE * columns["large"]
        + IS_LEADING * (marks.leading[kind] | (pins != 0)),
        "free": is_free.astype(np.int64)[kind],
    }
    return Options(**found, by_gives=by_gives(found))


def _is_company(insatser: Ints, kinds: Kinds, of: Ints) -> npt.NDArray[np.bool_]:
    """Which of some insatser may be there for the sake of some kinds."""
    return are_among(insatser, kinds.company[of[owners(kinds.first_company)] != 0])


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
