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
        for start, length in _steps(options, option).tolist()
        if start >= 0
    ]
    return np.array(found, dtype=np.int64).reshape(len(found), 2)


def _steps(options: Options, option: int) -> Ints:
    """Start and length of each step of an option; shape (steps, 2)."""
    starts = options.first_start[option] + options.every[option] * np.arange(options.num_starts[option])
    lengths = options.first_length[option] + 7 * np.arange(options.num_lengths[option])
    pairs = np.stack((np.repeat(starts, len(lengths)), np.tile(lengths, len(starts))), axis=1)
    kept: Ints = pairs[pairs.sum(axis=1) <= options.latest_end[option]]
    return kept


def _fitting(options: Options, option: int, askers: Ints) -> list[tuple[int, int]]:
    """The steps that cover a step that asks, and that no shorter step of the option can stand for."""
    least = options.first_length[option]
    every = options.every[option]
    last_start = options.first_start[option] + every * (options.num_starts[option] - 1)
    steps = _steps(options, option)
    start, length = steps[:, 0], steps[:, 1]
    end = start + length
    first, last = askers[:, 0], askers[:, 1]
    covered = (first >= start[:, None]) & (last <= end[:, None])
    is_early = ~(covered & (first < (start + every)[:, None])).any(axis=1)
    is_late = ~(covered & (last > (end - 7)[:, None])).any(axis=1)
    can_be_later = (every % 7 == 0) & (length - every >= least) & (start + every <= last_start)
    needless = (is_early & can_be_later) | (is_late & (length > least))
    return [(int(first), int(days)) for first, days in steps[covered.any(axis=1) & ~needless]]
