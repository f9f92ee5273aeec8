"""Rolling steps that are only there alongside others: just those that fit some step that asks for them.

Where one step of an insats is allowed, it must cover every study day of the step that asks (rule
`alongside`). So of all starts and lengths only those count that cover a step that asks, and that a shorter
step of the same round wouldn't cover as well.
"""

from collections.abc import Mapping

import numpy as np

from sparplan.engines.chains.labels.kinds import Kinds
from sparplan.engines.chains.labels.layout import (
    BEFORE,
    FOLLOWING,
    IS_COMPANION,
    IS_HISTORY,
    IS_LARGE,
    IS_LEADING,
    IS_SPLIT,
    Ints,
)
from sparplan.engines.chains.labels.steps import Options, by_gives


def split_companions(
    options: Options, kinds: Kinds, helping: Ints, insats_most: Mapping[int, int], calendar: Ints
) -> tuple[Options, Ints]:
    """The options with such rolling ones split into single steps, and by option its number before.

    Those that cover stay too, marked `IS_SPLIT`: they may fill gaps. Not split are those that anything may
    need for what they give, and those of which a step of history may cover the first days of one that asks.

    Parameters
    ----------
    helping
        By kind: see `Landmarks.helping`.
    """
    is_past = options.flags & IS_HISTORY != 0
    plain = (
        (options.flags & (IS_LEADING | IS_LARGE) == 0)
        & ~np.isin(options.insats, options.insats[is_past])
        & ((helping[options.kind] == 0) | (options.gives == 0))
    )
    only = [
        option
        for option in np.flatnonzero((options.flags & IS_COMPANION != 0) & plain).tolist()
        if insats_most.get(int(options.insats[option]), 0) == 1
        and (options.num_starts[option] > 1 or options.num_lengths[option] > 1)
    ]
    if not only:
        return options, np.arange(len(options.round))
    askers = {
        insats: _askers(options, kinds, insats, calendar) for insats in {int(options.insats[o]) for o in only}
    }
    kept = [
        number for number in range(len(options.round)) if number not in set(only) or options.covers[number]
    ]
    rows = [(number, *_whole(options, number)) for number in kept]
    rows += [
        (option, start, 1, length, 1)
        for option in only
        for start, length in _fitting(options, option, askers[int(options.insats[option])])
    ]
    original, first_start, num_starts, first_length, num_lengths = np.array(rows, dtype=np.int64).T
    flags = options.flags[original]
    flags[: len(kept)][np.isin(original[: len(kept)], only)] |= IS_SPLIT
    columns = {name: getattr(options, name)[original] for name in Options._fields}
    columns |= {
        "first_start": first_start,
        "num_starts": num_starts,
        "first_length": first_length,
        "num_lengths": num_lengths,
        "flags": flags,
        "by_gives": by_gives(options.gives[original]),
    }
    return Options(**columns), original


def _whole(options: Options, number: int) -> tuple[int, int, int, int]:
    return (
        int(options.first_start[number]),
        int(options.num_starts[number]),
        int(options.first_length[number]),
        int(options.num_lengths[number]),
    )


def _askers(options: Options, kinds: Kinds, insats: int, calendar: Ints) -> Ints:
    """First study day, and day after the last, of each step that may ask for an insats; (steps, 2)."""
    rows_of_kind = zip(kinds.first_beside[:-1], kinds.first_beside[1:], strict=True)
    asking = [bool((kinds.beside[first:last, 1:] == insats).any()) for first, last in rows_of_kind]
    found = [
        (calendar[FOLLOWING, start], np.searchsorted(calendar[BEFORE], calendar[BEFORE, start + length]))
        for option in np.flatnonzero(np.array(asking, dtype=bool)[options.kind]).tolist()
        for start, length in _steps(options, option)
        if start >= 0
    ]
    return np.array(found, dtype=np.int64).reshape(len(found), 2)


def _steps(options: Options, option: int) -> list[tuple[int, int]]:
    starts = options.first_start[option] + options.every[option] * np.arange(options.num_starts[option])
    lengths = options.first_length[option] + 7 * np.arange(options.num_lengths[option])
    latest = options.latest_end[option]
    return [(int(start), int(length)) for start in starts for length in lengths if start + length <= latest]


def _fitting(options: Options, option: int, askers: Ints) -> list[tuple[int, int]]:
    """The steps that cover a step that asks, and that no shorter step of the option can stand for."""
    least = int(options.first_length[option])
    every = int(options.every[option])
    last_start = int(options.first_start[option]) + every * (int(options.num_starts[option]) - 1)
    found = []
    for start, length in _steps(options, option):
        covered = askers[(askers[:, 0] >= start) & (askers[:, 1] <= start + length)]
        if not len(covered):
            continue
        is_early = (covered[:, 0] >= start + every).all()
        is_late = (covered[:, 1] <= start + length - 7).all()
        if is_early and every % 7 == 0 and length - every >= least and start + every <= last_start:
            continue
        if is_late and length > least:
            continue
        found.append((start, length))
    return found
