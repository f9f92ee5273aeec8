"""Rolling steps that are only there alongside others: just those that fit some step that asks for them.

Where one step of an insats is allowed, it must cover every study day of the step that asks (rule
`alongside`). So of all starts and lengths only those count that cover a step that asks, and that a shorter
step of the same round wouldn't cover as well.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

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
from sparplan.engines.chains.labels.ragged import owners
from sparplan.engines.chains.labels.steps import Options, Small, by_gives

# Options that have these in common are split into the same steps
_FAMILY = ("insats", "first_start", "num_starts", "every", "first_length", "num_lengths", "latest_end")


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
    past = options.insats[options.flags & IS_HISTORY != 0].tolist()
    once = {insats for insats, most in insats_most.items() if most == 1} - set(past)
    is_only = (
        (options.flags & (IS_COMPANION | IS_LEADING | IS_LARGE) == IS_COMPANION)
        & ((options.num_starts > 1) | (options.num_lengths > 1))
        & ((helping[options.kind] == 0) | (options.gives == 0))
    )
    for option in np.flatnonzero(is_only).tolist():
        is_only[option] = int(options.insats[option]) in once
    only = np.flatnonzero(is_only).tolist()
    if not only:
        return options, np.arange(len(is_only))
    families = list(zip(*(getattr(options, name)[only].tolist() for name in _FAMILY), strict=True))
    one_of = dict(zip(families, only, strict=True))
    fitting_of = {family: _fitting(options, kinds, option, calendar) for family, option in one_of.items()}
    fitting = [fitting_of[family] for family in families]
    kept = np.flatnonzero(~is_only | (options.covers != 0))
    original = np.concatenate((kept, np.repeat(only, [steps.shape[1] for steps in fitting])))
    columns = {name: getattr(options, name)[original] for name in Options._fields}
    columns["by_gives"] = by_gives(columns)
    columns["flags"][: len(kept)] |= IS_SPLIT * is_only[kept]
    columns["first_start"][len(kept) :], columns["first_length"][len(kept) :] = np.hstack(fitting)
    columns["num_starts"][len(kept) :] = columns["num_lengths"][len(kept) :] = 1
    return Options(**columns), original


def are_among(numbers: Small, some: Ints) -> npt.NDArray[np.bool_]:
    """Which of some small numbers are among others (`np.isin` takes several times as long)."""
    is_one = np.zeros(1 + max(numbers.max(initial=0), some.max(initial=0)), dtype=np.bool_)
    is_one[some] = True
    return is_one[numbers]


def _askers(options: Options, kinds: Kinds, insats: int, calendar: Ints) -> Ints:
    """First study day, and day after the last, of each step that may ask for an insats; (2, steps)."""
    asking = owners(kinds.first_beside)[(kinds.beside[:, 1:] == insats).any(axis=1)]
    start, length = _steps(options, np.flatnonzero(are_among(options.kind, asking)))
    end = (start + length)[start >= 0]
    first = calendar[FOLLOWING, start[start >= 0]]
    return np.stack((first, np.searchsorted(calendar[BEFORE], calendar[BEFORE, end])))


def _steps(options: Options, some: Ints) -> Ints:
    """Start and length of each step of some options; shape (2, steps)."""
    count = options.num_starts[some] * options.num_lengths[some]
    of = np.repeat(some, count)
    number = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    later, longer = np.divmod(number, options.num_lengths[of])
    start = options.first_start[of] + options.every[of] * later
    length = options.first_length[of] + 7 * longer
    return np.stack((start, length))[:, start + length <= options.latest_end[of]]


def _fitting(options: Options, kinds: Kinds, option: int, calendar: Ints) -> Ints:
    """Start and length of the steps that cover a step that asks, and that no shorter one can stand for."""
    least = options.first_length[option]
    every = options.every[option]
    last_start = options.first_start[option] + every * (options.num_starts[option] - 1)
    steps = _steps(options, np.array([option]))
    first, last = _askers(options, kinds, options.insats[option], calendar)[:, :, None]
    covered = (first >= steps[0]) & (last <= steps.sum(axis=0))
    is_any = covered.any(axis=0)
    covered, steps = covered[:, is_any], steps[:, is_any]
    start, length = steps
    is_early = ~(covered & (first < start + every)).any(axis=0)
    is_late = ~(covered & (last > start + length - 7)).any(axis=0)
    can_be_later = (every % 7 == 0) & (length - every >= least) & (start + every <= last_start)
    needless = (is_early & can_be_later) | (is_late & (length > least))
    kept: Ints = steps[:, ~needless]
    return kept
