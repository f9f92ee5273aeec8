"""Families of steps as a table of options."""

import numpy as np

from sparplan.compiling.families import Families
from sparplan.compiling.insatser import Standing
from sparplan.compiling.rounds import Journeys, Rounds
from sparplan.options import Column, OptionTable, Terms
from sparplan.studydays import DAYS_A_WEEK


def table_of(families: Families, rounds: Rounds, standing: Standing, journeys: Journeys) -> OptionTable:
    """The options of a case. A fixed round that isn't history is an option as it stands."""
    is_own = families.history | rounds.is_rolling[families.round]
    own = families.of(is_own)
    kinds: dict[Terms, int] = {}
    past = families.insats[families.history].tolist()
    kinds_of_past = [
        kinds.setdefault(Terms((), (), standing.offers[insats].terms.gives), len(kinds)) for insats in past
    ]
    kind_of_insats = np.zeros(len(standing.offers), dtype=np.int64)
    for insats in _in_order(families.insats[~families.history], len(standing.offers)):
        kind_of_insats[insats] = kinds.setdefault(standing.offers[insats].terms, len(kinds))
    terms = kind_of_insats[own.insats]
    terms[own.history] = kinds_of_past
    cells = (
        own.start,
        own.num_starts,
        np.where(own.num_starts > 1, own.every, DAYS_A_WEEK),
        own.length,
        own.num_lengths,
        own.latest_end,
        own.history,
        terms,
    )
    return OptionTable(
        journeys.columns,
        families.round.astype(np.min_scalar_type(len(rounds.rows))),
        np.flatnonzero(is_own).astype(np.int32),
        np.array(cells, dtype=np.int32),
        kind_of_insats.astype(np.int16),
        tuple(kinds),
    )


def _in_order(insats: Column, count: int) -> list[int]:
    """The different insatser of a column, in order of their first places in it."""
    first = np.full(count, len(insats))
    np.minimum.at(first, insats, np.arange(len(insats)))
    return [number for number in np.argsort(first).tolist() if first[number] < len(insats)]
