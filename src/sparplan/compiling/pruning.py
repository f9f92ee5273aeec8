"""What is out of reach or leads nowhere is dropped, by the insatsgraf's earliest days."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sparplan.insatsgraf import Offer, earliest_days
from sparplan.options import Beside, Option
from sparplan.studydays import StudyCalendar


def prune(
    options: list[Option],
    held: int,
    krav: int,
    wished: int,
    keep: frozenset[int],
    repeats: Mapping[int, int],
    calendar: StudyCalendar,
) -> dict[int, Option] | None:
    """Drop what is out of reach and what leads nowhere; trim starts. None when a krav is out of reach.

    Exact: a covering step may always be taken to fill a gap, a round with a least class size for the
    others' sake (those are in `keep`, like what is pinned); so only what can do neither, and gives
    nothing that counts, leads nowhere.
    """
    kept = {
        index: option for index, option in enumerate(options) if option.history or repeats[option.insats] > 0
    }
    while True:
        reached = _within_reach(kept, held, calendar)
        if krav & ~_given(reached.values()):
            return None
        useful = useful_options(reached, wished, keep)
        if useful == kept:
            return kept
        kept = useful


def _given(options: Iterable[Option]) -> int:
    mask = 0
    for option in options:
        mask |= option.gives
    return mask


def _within_reach(options: Mapping[int, Option], held: int, calendar: StudyCalendar) -> dict[int, Option]:
    offers = [
        Offer(option.needs, option.gives, option.starts, option.lengths[0]) for option in options.values()
    ]
    _, starts = earliest_days(held, offers)
    given = _given(options.values())
    reached = {}
    for (index, option), first in zip(options.items(), starts, strict=True):
        if first is None:
            continue
        if any(_is_lonely(option, term, given, calendar) for term in option.beside):
            continue
        if first > option.starts[0]:
            option = replace(option, starts=tuple(start for start in option.starts if start >= first))
        reached[index] = option
    return reached


def _is_lonely(option: Option, term: Beside, given: int, calendar: StudyCalendar) -> bool:
    """Whether a term of `alongside` can't hold: nothing gives it, and every step has study days to cover."""
    if (term.levels | term.insatser) & given:
        return False
    least = option.lengths[0]
    return not term.insatser or all(calendar.count(start, start + least) for start in option.starts)


def useful_options(
    options: Mapping[int, Option], wanted: int, keep: frozenset[int], *, fillers: bool = True
) -> dict[int, Option]:
    """The options in `keep`, those that lead to wanted bits, and bridges; with `fillers` all that cover."""
    useful: dict[int, Option] = {}
    while True:
        more = {
            index: option
            for index, option in options.items()
            if index not in useful
            and (
                option.history
                or index in keep
                or option.gives & wanted
                or (option.covers and (fillers or option.bridge))
            )
        }
        if not more:
            return {index: options[index] for index in options if index in useful}
        useful |= more
        for option in more.values():
            for term in option.needs:
                wanted |= term
            for beside in option.beside:
                wanted |= beside.levels | beside.insatser
