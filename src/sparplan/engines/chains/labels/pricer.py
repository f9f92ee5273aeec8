"""Cheapest chains of one participant, in the terms of the problem: what the engine asks the label setting.

Two ways to ask. *Relaxed*: gaps are priced by the day instead of filled by steps; a few hundred labels, and
a true lower bound; `filling` then makes chains of it that keep every rule. *Exact*: every step that could
fill a gap is a step of its own; many more labels. Insatser may come too often in either (rule `repeats`)
until a chain is found that does so; from then on that insats is counted (decremental state-space
relaxation, Righini and Salani 2008).
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from sparplan.engines.chains.labels.arrays import CaseArrays, calendar_arrays, case_arrays, in_short
from sparplan.engines.chains.labels.compiled import Kernels, is_compiled, kernels_for
from sparplan.engines.chains.labels.filling import MOST_STEPS
from sparplan.engines.chains.labels.layout import (
    AVAILABLE,
    BORN,
    COMPLETE,
    DAY_POINTS,
    END,
    ENDED,
    EVERY,
    FAR,
    FORBIDDEN,
    FOUND,
    IS_COMPANION,
    IS_HISTORY,
    L_PARENT,
    L_STEP,
    LABEL_COLUMNS,
    LABEL_COLUMNS_WITH_PENDING,
    MERITS,
    OMITTED,
    OPTION,
    RELAXED,
    SCALE,
    START,
    Ints,
)
from sparplan.engines.chains.labels.search import Case as SearchCase
from sparplan.engines.chains.labels.steps import Prices
from sparplan.problem import Chain, Problem, StepChoice

MOST_COUNTED_BITS = 62
MOST_RERUNS = 6
MOST_FILLED = 3  # relaxed chains of one search that are worth filling


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found.

    Attributes
    ----------
    bound
        No chain of the person costs less than this or the limit, in 1/`SCALE` points with prices.
    chains
        Chains that keep every rule of one participant, cheapest first, with their costs.
    labels
        Labels set: the work done.
    is_whole
        Whether nothing was cut off for want of room.
    """

    bound: int
    chains: tuple[tuple[int, Chain], ...]
    labels: int
    is_whole: bool = True


@dataclass
class _Room:
    """Arrays that one thread works in."""

    narrow: Ints
    wide: Ints
    found: Ints = field(default_factory=lambda: np.empty((4096, 2), dtype=np.int64))


class Pricer:
    """Asks for the chains of a problem's persons; safe to use from several threads.

    Parameters
    ----------
    compiled
        Whether to run machine code, which takes a second to load.
    room
        Labels of one search.
    use_dominance, use_bounds
        Without them the answers are the same, later.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        compiled: bool,
        room: int = 1 << 16,
        use_dominance: bool = True,
        use_bounds: bool = True,
    ) -> None:
        self.problem = problem
        self.calendar = calendar_arrays(problem)
        self.kernels: Kernels = kernels_for(compiled)
        self._room = room
        self._uses = use_dominance, use_bounds
        self._short: dict[tuple[int, int], CaseArrays] = {}
        self._gap_costs: dict[tuple[int, int], Ints] = {}
        self._counted: dict[tuple[int, int], tuple[int, ...]] = {}
        self._local = threading.local()

    # Arrays

    def _rooms(self) -> _Room:
        if not hasattr(self._local, "room"):
            self._local.room = _Room(
                np.empty((self._room, LABEL_COLUMNS), dtype=np.int64),
                np.empty((self._room, LABEL_COLUMNS_WITH_PENDING), dtype=np.int64),
            )
        found: _Room = self._local.room
        return found

    def _arrays(self, person: int, case: int) -> CaseArrays:
        compiled = self.problem.persons[person]
        return case_arrays(self.problem, self.calendar, compiled, compiled.cases[case])

    def _relaxed_arrays(self, person: int, case: int) -> tuple[CaseArrays, Ints]:
        key = person, case
        if key not in self._short:
            arrays = self._arrays(person, case)
            no_prices = free_prices(len(self.problem.rows))
            bridge = self.problem.weights.bridge_day
            costs = self.kernels.least_gap_costs(
                arrays.options, self.calendar, no_prices, arrays.numbers, bridge
            )
            self._gap_costs[key] = costs
            self._short[key] = in_short(arrays)
        return self._short[key], self._gap_costs[key]

    # Questions

    def cheapest(
        self,
        person: int,
        prices: Prices,
        tracks: Ints,
        limit: int,
        *,
        beam: int = 0,
        only_beam: bool = False,
        room: int = 1 << 30,
    ) -> Answer:
        """The cheapest chains below a limit by the relaxed way: a true bound, and chains that were found.

        Parameters
        ----------
        prices
            Of rounds; none may be below 0.
        tracks
            By track: the price of a position, in 1/`SCALE` points.
        limit
            In 1/`SCALE` points, prices included.
        beam
            Where the limit isn't near: so many labels a day are followed first, to find a nearer one.
        only_beam
            Whether to leave it at that: chains, and no bound.
        room
            Labels after which a search gives up; what it knows until then is still true.
        """
        bound, labels, whole = limit, 0, True
        chains: list[tuple[int, Chain]] = []
        for case in range(len(self.problem.persons[person].cases)):
            arrays, gap_costs = self._relaxed_arrays(person, case)
            constant = SCALE * arrays.constant_points + int(tracks[arrays.track])
            if arrays.is_empty_allowed and constant < limit:
                limit = constant
                chains.append((constant, Chain(case, ())))
            found = self._relaxed(
                person, case, arrays, gap_costs, prices, tracks, limit - constant, beam, only_beam, room
            )
            labels += found.labels
            whole = whole and found.is_whole
            bound = min(bound, limit, found.bound + constant)
            chains += found.chains
            limit = min([limit, *(cost for cost, _ in found.chains[:1])])
        return Answer(bound, tuple(sorted(chains, key=_cost)), labels, whole)

    def _relaxed(
        self,
        person: int,
        case: int,
        arrays: CaseArrays,
        gap_costs: Ints,
        prices: Prices,
        tracks: Ints,
        limit: int,
        beam: int,
        only_beam: bool,
        room: int,
    ) -> Answer:
        labels, known = 0, list[Ints]()
        if beam:
            known, costs, answer = self._search(
                person, case, arrays, prices, limit, relaxed=True, gap_costs=gap_costs, beam=beam
            )
            labels += answer.labels
            if costs and not self._repeated(arrays, known[0]):
                limit = costs[0] + 1
            rows = known
        for _ in range(0 if only_beam else MOST_RERUNS):
            rows, costs, answer = self._search(
                person, case, arrays, prices, limit, relaxed=True, gap_costs=gap_costs, room=room
            )
            labels += answer.labels
            if not rows or not self._count_repeats(person, case, arrays, rows):
                break
        bound = min(answer.bound, costs[0] if costs else limit)
        chains = []
        rows = rows or known
        if rows:
            full = self._arrays(person, case)
            for chain_rows in rows[:MOST_FILLED]:
                chain = self._filled(case, full, arrays, chain_rows, prices, gap_costs)
                if chain is not None:
                    chains.append((self.cost_of(person, chain, prices, tracks), chain))
        return Answer(bound, tuple(sorted(chains, key=_cost)), labels, answer.is_whole)

    def exact(
        self,
        person: int,
        prices: Prices,
        tracks: Ints,
        limit: int,
        *,
        every: bool = False,
        beam: int = 0,
    ) -> Answer:
        """The cheapest chain below a limit, or every one that no other of the same footprint beats."""
        bound, labels, whole = limit, 0, True
        chains: list[tuple[int, Chain]] = []
        for case in range(len(self.problem.persons[person].cases)):
            arrays = self._arrays(person, case)
            constant = SCALE * arrays.constant_points + int(tracks[arrays.track])
            target = limit if every else bound
            if arrays.is_empty_allowed and constant < target:
                bound = min(bound, constant)
                chains.append((constant, Chain(case, ())))
            for _ in range(MOST_RERUNS):
                rows, costs, answer = self._search(
                    person, case, arrays, prices, target - constant, every=every, beam=beam
                )
                labels += answer.labels
                if not self._count_repeats(person, case, arrays, rows):
                    break
            bound = min([bound, answer.bound + constant, *(cost + constant for cost in costs[:1])])
            if not every:
                costs, rows = costs[:1], rows[:1]
            legal = [
                (cost + constant, self._chain(case, arrays, chain_rows))
                for cost, chain_rows in zip(costs, rows, strict=True)
                if not self._repeated(arrays, chain_rows)
            ]
            whole = whole and answer.is_whole and len(legal) == len(rows)
            chains += legal
        return Answer(bound, tuple(sorted(chains, key=_cost)), labels, whole)

    def _search(
        self,
        person: int,
        case: int,
        arrays: CaseArrays,
        prices: Prices,
        limit: int,
        *,
        relaxed: bool = False,
        every: bool = False,
        beam: int = 0,
        gap_costs: Ints | None = None,
        room: int = 1 << 30,
    ) -> tuple[list[Ints], list[int], Answer]:
        """Chains as rows of option, start and end (days from day 0), cheapest first, and their costs."""
        numbers = arrays.numbers.copy()
        numbers[RELAXED], numbers[EVERY] = relaxed, every
        counted = self._counted_masks(person, case, arrays)
        latest_end = self._latest_end(arrays, limit)
        if latest_end < 0:
            return [], [], Answer(FAR, (), 0)
        weights = self.problem.weights
        steps, bounds = self.kernels.prepare(
            arrays.options,
            arrays.landmarks,
            numbers,
            self.calendar,
            prices,
            counted,
            weights.bridge_day,
            weights.travel_hour,
            latest_end,
            arrays.pins,
        )
        rooms = self._rooms()
        pool = (rooms.wide if arrays.kinds.beside.shape[0] else rooms.narrow)[:room]
        state = np.zeros(5, dtype=np.int64)
        searched = SearchCase(
            arrays.kinds,
            arrays.landmarks,
            numbers,
            self.calendar,
            steps,
            bounds,
            np.zeros(1, dtype=np.int64) if gap_costs is None else gap_costs,
            counted,
            arrays.merit_bits,
            arrays.merit_points,
        )
        self.kernels.search(searched, limit, beam, *self._uses, pool, rooms.found, state)
        count = int(state[FOUND])
        order = np.argsort(rooms.found[:count, 1], kind="stable")
        if not every:
            order = order[: 2 * MOST_FILLED]
        rows = [self._rows(pool, int(rooms.found[place, 0]), steps, arrays) for place in order]
        costs = [int(rooms.found[place, 1]) for place in order]
        bound = int(state[OMITTED])
        return rows, costs, Answer(bound, (), int(state[BORN]), bool(state[ENDED] == COMPLETE))

    def _latest_end(self, arrays: CaseArrays, limit: int) -> int:
        """The last half-open end that a chain below a limit can have; -1 if there is none."""
        last = self.calendar.shape[1] - 1
        points = limit + int(arrays.numbers[MERITS])
        rate = SCALE * int(arrays.numbers[DAY_POINTS])
        if points <= 0:
            return -1
        if not rate:
            return int(last)
        return int(max(-1, min(last, int(arrays.numbers[AVAILABLE]) + points // rate)))

    @staticmethod
    def _rows(pool: Ints, label: int, steps: Ints, arrays: CaseArrays) -> Ints:
        rows = []
        while label > 0:
            rows.append(steps[pool[label, L_STEP], [OPTION, START, END]])
            label = int(pool[label, L_PARENT])
        options = arrays.options
        for option in np.flatnonzero(options.flags & IS_HISTORY):
            start = options.first_start[option]
            rows.append(np.array([option, start, start + options.first_length[option]]))
        return np.array(rows[::-1], dtype=np.int64).reshape(len(rows), 3)

    # Repeats

    def _counted_masks(self, person: int, case: int, arrays: CaseArrays) -> Ints:
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

    def _count_repeats(self, person: int, case: int, arrays: CaseArrays, chains: Iterable[Ints]) -> bool:
        """Count the insatser that come too often in some chain from now on; whether there were new ones."""
        known = self._counted.get((person, case), ())
        found = {insats for rows in chains for insats in self._repeated(arrays, rows)} - set(known)
        if not found:
            return False
        self._counted[person, case] = (*known, *sorted(found))
        return True

    @staticmethod
    def _repeated(arrays: CaseArrays, rows: Ints) -> list[int]:
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

    # Chains

    def _filled(
        self,
        case: int,
        full: CaseArrays,
        short: CaseArrays,
        rows: Ints,
        prices: Prices,
        gap_costs: Ints,
    ) -> Chain | None:
        """A chain with its gaps filled; None when that can't be done in a greedy way."""
        if self._repeated(short, rows):
            return None
        room = np.zeros((MOST_STEPS, 3), dtype=np.int64)
        room[: len(rows)] = rows
        room[: len(rows), 0] = short.in_full[rows[:, 0]]
        most = np.zeros(len(self.problem.scenario.insatser), dtype=np.int64)
        for insats, times in full.insats_most.items():
            most[insats] = times
        weights = self.problem.weights
        count = self.kernels.fill(
            room,
            len(rows),
            full.options,
            full.kinds,
            self.calendar,
            prices,
            full.numbers,
            gap_costs,
            most,
            weights.bridge_day,
            weights.travel_hour,
        )
        return None if count < 0 else self._chain(case, full, room[:count])

    def _chain(self, case: int, arrays: CaseArrays, rows: Ints) -> Chain:
        base = self.problem.calendar.first
        steps = sorted(
            (start + base, end + base, int(arrays.original[option])) for option, start, end in rows.tolist()
        )
        return Chain(case, tuple(StepChoice(option, start, end) for start, end, option in steps))

    def cost_of(self, person: int, chain: Chain, prices: Prices, tracks: Ints) -> int:
        """What a chain costs at some prices, in 1/`SCALE` points."""
        compiled = self.problem.persons[person]
        case = compiled.cases[chain.case]
        rounds = case.options.column("round")
        cost = SCALE * self.problem.chain_points(compiled, chain) + int(tracks[case.track])
        base = self.problem.calendar.first
        for step in chain.steps:
            row = int(rounds[step.option])
            price = int(prices.fixed[row])
            first = int(prices.first_sum[row])
            if first >= 0:
                price += int(prices.sums[first + step.end - base] - prices.sums[first + step.start - base])
            if price < FORBIDDEN or step.option not in case.history:  # what is past can't be forbidden
                cost += price
        return cost


WORTH_COMPILING = 400  # options in all from which on machine code is worth its second of loading


def pricer_for(problem: Problem) -> Pricer:
    """A pricer, compiled where the problem is worth it."""
    num_options = sum(len(case.options) for person in problem.persons for case in person.cases)
    return Pricer(problem, compiled=is_compiled() or num_options > WORTH_COMPILING)


def free_prices(num_rounds: int) -> Prices:
    """Prices of nothing."""
    return Prices(
        np.zeros(num_rounds, dtype=np.int64),
        np.full(num_rounds, -1, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
        np.zeros(num_rounds, dtype=np.int64),
    )


def _cost(pair: tuple[int, Chain]) -> int:
    return pair[0]
