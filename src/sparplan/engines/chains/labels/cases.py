"""The cases of a problem as arrays, kept from question to question, and what has to be counted in each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from sparplan.engines.chains.labels.arrays import (
    CaseArrays,
    as_short_as_can_be,
    calendar_arrays,
    case_arrays,
    in_short,
)
from sparplan.engines.chains.labels.compiled import Kernels
from sparplan.engines.chains.labels.layout import IS_COMPANION, IS_HISTORY, GapCosts, Ints
from sparplan.engines.chains.labels.steps import Prices
from sparplan.problem import Problem

MOST_COUNTED_BITS = 62
WHOLE_BYTES = 1 << 29  # of cases kept whole; in short they are all kept
BYTES_AN_OPTION = 84


@dataclass(frozen=True, slots=True)
class InShort:
    """A case without what only fills gaps.

    Attributes
    ----------
    arrays, least
        With all lengths of steps, and with the least ones only.
    calendar, gap_costs
        What gaps cost at least (see `gaps`).
    """

    arrays: CaseArrays
    least: CaseArrays
    calendar: Ints
    gap_costs: GapCosts


class Cases:
    """Arrays by person and case; safe to use from several threads.

    Insatser may come too often in a chain that is found (rule `repeats`) until one does so; from then on that
    insats is counted (decremental state-space relaxation, Righini and Salani 2008).
    """

    def __init__(self, problem: Problem, kernels: Kernels) -> None:
        self.problem = problem
        self.calendar = calendar_arrays(problem)
        self.whole = lru_cache(_most_whole(problem))(self._whole)
        self._kernels = kernels
        self._short: dict[tuple[int, int], InShort] = {}
        self._counted: dict[tuple[int, int], tuple[int, ...]] = {}

    def _whole(self, person: int, case: int) -> CaseArrays:
        compiled = self.problem.persons[person]
        return case_arrays(self.problem, self.calendar, compiled, compiled.cases[case])

    def in_short(self, person: int, case: int) -> "InShort":
        """The arrays without what only fills gaps."""
        key = person, case
        if key not in self._short:
            arrays = self.whole(person, case)
            weights = self.problem.weights
            calendar = self.calendar.copy()
            costs = self._kernels.price_gaps(
                arrays.options, calendar, arrays.numbers, weights.bridge_day, weights.travel_hour
            )
            short = in_short(arrays)
            least = replace(short, options=as_short_as_can_be(short.options))
            self._short[key] = InShort(short, least, calendar, costs)
        return self._short[key]

    def counted_masks(self, person: int, case: int, arrays: CaseArrays) -> Ints:
        """By insats of the scenario: mask of the bits that count its steps; 0 where it isn't counted."""
        masks = np.zeros(len(self.problem.scenario.insatser), dtype=np.int64)
        options = arrays.options
        companions = np.unique(options.insats[(options.flags & IS_COMPANION) != 0])
        used = 0
        for insats in dict.fromkeys([*companions.tolist(), *self._counted.get((person, case), ())]):
            most = arrays.insats_most.get(insats, 0)
            if used + most > MOST_COUNTED_BITS:
                break
            masks[insats] = ((1 << most) - 1) << used
            used += most
        return masks

    def count_repeats(self, person: int, case: int, arrays: CaseArrays, chains: Iterable[Ints]) -> bool:
        """Count the insatser that come too often in some chain from now on; whether there were new ones."""
        known = self._counted.get((person, case), ())
        found = {insats for rows in chains for insats in repeated(arrays, rows)} - set(known)
        if not found:
            return False
        self._counted[person, case] = (*known, *sorted(found))
        return True


def _most_whole(problem: Problem) -> int:
    """How many cases of a problem may be kept whole."""
    sizes = [len(case.options) for person in problem.persons for case in person.cases]
    return 1 + WHOLE_BYTES * len(sizes) // (BYTES_AN_OPTION * max(1, sum(sizes)))


def repeated(arrays: CaseArrays, rows: Ints) -> list[int]:
    """The insatser of which a chain has too many new steps, or steps that overlap."""
    seen: dict[int, list[tuple[int, int]]] = {}
    for option, start, end in rows.tolist():
        if not arrays.options.flags[option] & IS_HISTORY:
            seen.setdefault(int(arrays.options.insats[option]), []).append((start, end))
    return [
        insats
        for insats, steps in seen.items()
        if len(steps) > arrays.insats_most.get(insats, 0)
        or any(later[0] < earlier[1] for earlier, later in pairwise(sorted(steps)))
    ]


def free_prices(num_rounds: int) -> Prices:
    """Prices of nothing."""
    return Prices(
        np.zeros(num_rounds, dtype=np.int64),
        np.full(num_rounds, -1, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
        np.zeros(num_rounds, dtype=np.int64),
    )
