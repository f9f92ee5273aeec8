"""Cheapest chains of one participant, in the terms of the problem: what the engine asks the label setting.

Two ways to ask. *Relaxed*: gaps are priced by the day instead of filled by steps; a few hundred labels, and
a true lower bound; `filling` then makes chains of it that keep every rule. *Exact*: every step that could
fill a gap is a step of its own; many more labels. Either way the limit is first just above what the cheapest
chain costs at least, and raised until there is one: labels that cost more are never set.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress

import numpy as np

from sparplan.engines.chains.labels.answers import Answer, Shadow
from sparplan.engines.chains.labels.arrays import CaseArrays, TooWide, around
from sparplan.engines.chains.labels.asking import CaseAtPrices, Setting
from sparplan.engines.chains.labels.cases import Cases, free_prices
from sparplan.engines.chains.labels.compiled import is_compiled, kernels_for
from sparplan.engines.chains.labels.deepening import BEAM, deepen
from sparplan.engines.chains.labels.filling import MOST_STEPS
from sparplan.engines.chains.labels.layout import FAR, FORBIDDEN, SCALE, Ints
from sparplan.engines.chains.labels.steps import Prices, price_of
from sparplan.problem import Chain, Problem, StepChoice

MOST_FILLED_BEST = 6  # of the cheapest relaxed chains: those whose gaps are filled at the least cost
FILLING_ROOM = 2_000  # labels of one search for what fills them best
FIRST_SLACK = 16  # points beyond the cheapest chain within which the next ones are first looked for


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
        room: int = 1 << 18,
        use_dominance: bool = True,
        use_bounds: bool = True,
    ) -> None:
        self.problem = problem
        kernels = kernels_for(compiled)
        self._is_compiled = compiled
        self._setting = Setting(kernels, Cases(problem, kernels), room, (use_dominance, use_bounds))

    def load(self) -> None:
        """Have the machine code ready: read from disk, or made, which takes up to a minute the first time."""
        if not self._is_compiled:
            return
        prices = free_prices(len(self.problem.rows))
        tracks = np.zeros(len(self.problem.positions), dtype=np.int64)
        for person, compiled in enumerate(self.problem.persons):
            with suppress(TooWide):
                cases = self._at_prices(
                    person, prices, tracks, SCALE * compiled.unplaced_points, is_relaxed=True
                )
                for case in cases[:1]:
                    case.below(case.limit, room=1)
                    self._filled(case, np.zeros((0, 3), dtype=np.int64), prices, tracks)
                    return

    def cheapest(
        self,
        person: int,
        prices: Prices,
        tracks: Ints,
        limit: int,
        *,
        room: int = 1 << 30,
        beam: int = BEAM,
        quick: bool = False,
    ) -> Answer:
        """The cheapest chains below a limit by the relaxed way: a true bound, and chains that were found.

        Parameters
        ----------
        prices
            Of rounds; below 0 only those of fixed rounds with a least class size.
        tracks
            By track: the price of a position, in 1/`SCALE` points.
        limit
            In 1/`SCALE` points, prices included.
        room
            Labels after which the search gives up; what it knows until then is still true.
        beam
            Labels a day that are followed to find some chain where the first limits were too low.
        quick
            Whether to make rolling steps longer only to fill gaps: far fewer labels, and no bound.
        """
        cases = self._at_prices(person, prices, tracks, limit, is_relaxed=True, is_quick=quick)
        chains = _without_steps(cases, limit)
        deepened = deepen(cases, min([limit, *(cost for cost, _ in chains)]), room, beam)
        for case, _, rows in deepened.rows:
            chains += self._filled(case, rows, prices, tracks)
        bound = -FAR if quick else deepened.bound
        return Answer(bound, tuple(sorted(chains, key=_cost)), deepened.labels, deepened.is_whole)

    def exact(self, person: int, prices: Prices, tracks: Ints, limit: int, *, room: int = 1 << 30) -> Answer:
        """The cheapest chain below a limit.

        The relaxed way is asked first: where the gaps of its cheapest chains can be filled at no more than
        they are said to cost, that is it. Parameters as for `cheapest`.
        """
        relaxed = self._at_prices(person, prices, tracks, limit, is_relaxed=True)
        known = _without_steps(relaxed, limit)
        lower = deepen(relaxed, min([limit, *(cost for cost, _ in known)]), room, BEAM)
        for case, cost, rows in _different(lower.rows)[:MOST_FILLED_BEST]:
            least = min([limit, *(points for points, _ in known)])
            if cost < least:
                known += self._filled_best(case, rows, prices, tracks, least)
        best = min([limit, *(cost for cost, _ in known)])
        if lower.bound >= best:
            return Answer(lower.bound, tuple(sorted(known, key=_cost)[:1]), lower.labels, is_whole=True)
        cases = self._at_prices(person, prices, tracks, best, is_relaxed=False)
        found = deepen(cases, best, max(1, room - lower.labels), BEAM, least=lower.bound)
        known += [(cost, self._chain(case, rows)) for case, cost, rows in found.rows]
        labels = lower.labels + found.labels
        return Answer(found.bound, tuple(sorted(known, key=_cost)[:1]), labels, found.is_whole)

    def every(self, person: int, prices: Prices, tracks: Ints, limit: int, *, room: int = 1 << 30) -> Answer:
        """Every chain below a limit that no other of the same footprint beats (see `cheapest`)."""
        cases = self._at_prices(person, prices, tracks, limit, is_relaxed=False, every=True)
        chains = _without_steps(cases, limit)
        found = [case.below(limit, room=room) for case in cases]
        for case, one in zip(cases, found, strict=True):
            chains += [(cost, self._chain(case, rows)) for cost, rows in one.chains]
        chains.sort(key=_cost)
        bound = min([limit, *(cost for cost, _ in chains[:1]), *(one.bound for one in found)])
        labels, is_whole = sum(one.labels for one in found), all(one.is_whole for one in found)
        return Answer(bound, tuple(chains), labels, is_whole)

    def best(
        self,
        person: int,
        count: int,
        prices: Prices,
        tracks: Ints,
        limit: int,
        *,
        room: int = 1 << 30,
    ) -> Answer:
        """The cheapest chains below a limit, so many if there are, each with a set of steps of its own.

        Of chains only those from which no step can be taken away for being of no use. Not whole where there
        may be others among them.
        """
        drawn = np.random.default_rng(20261123).integers(1, 1 << 40, len(prices.mark))
        marked = prices._replace(mark=drawn)
        first = self.cheapest(person, prices, tracks, limit, room=room)
        labels, slack = first.labels, SCALE * FIRST_SLACK
        while True:
            level = min(limit, first.bound + slack)
            answer = self.every(person, marked, tracks, level, room=room)
            labels += answer.labels
            different = {
                (chain.case, self.problem.uses(person, chain)): (cost, chain)
                for cost, chain in reversed(answer.chains)
            }
            chains = tuple(sorted(different.values(), key=_cost))
            if len(chains) >= count or level == limit or not answer.is_whole:
                return Answer(answer.bound, chains[:count], labels, answer.is_whole)
            slack *= 4

    def shadows(
        self, person: int, prices: Prices, tracks: Ints, limit: int, *, room: int
    ) -> tuple[Shadow, ...] | None:
        """Of every chain below a limit, what there is but for what fills gaps; None if there are too many.

        Of those with the same footprint only one that beats the others. Costs are true lower bounds.
        """
        cases = self._at_prices(person, prices, tracks, limit, is_relaxed=True, every=True)
        found = [
            Shadow(case.constant, case.arrays.track, ())
            for case in cases
            if case.arrays.is_empty_allowed and case.constant < limit
        ]
        for case in cases:
            searched = case.below(limit, room=room)
            if not searched.is_whole:
                return None
            track = case.arrays.track
            found += [Shadow(cost, track, self._uses(case, rows)) for cost, rows in searched.chains]
        return tuple(found)

    def _uses(self, case: CaseAtPrices, rows: Ints) -> tuple[tuple[int, int, int], ...]:
        base = self.problem.calendar.first
        rounds = case.arrays.options.round
        return tuple(
            sorted((int(rounds[option]), start + base, end + base) for option, start, end in rows.tolist())
        )

    def _at_prices(
        self,
        person: int,
        prices: Prices,
        tracks: Ints,
        limit: int,
        *,
        is_relaxed: bool,
        is_quick: bool = False,
        every: bool = False,
    ) -> list[CaseAtPrices]:
        """The person's cases, the most promising first."""
        cases = [
            CaseAtPrices(
                self._setting,
                person,
                case,
                prices,
                tracks,
                limit,
                is_relaxed=is_relaxed,
                is_quick=is_quick,
                every=every,
            )
            for case in range(len(self.problem.persons[person].cases))
        ]
        return sorted(cases, key=lambda case: case.root)

    def _filled(
        self, case: CaseAtPrices, rows: Ints, prices: Prices, tracks: Ints
    ) -> list[tuple[int, Chain]]:
        """A relaxed chain with its gaps filled, and its cost; nothing when the greedy way fails."""
        whole = self._setting.cases.whole(case.person, case.case)
        room = np.zeros((MOST_STEPS, 3), dtype=np.int64)
        room[: len(rows)] = rows
        room[: len(rows), 0] = case.arrays.in_full[rows[:, 0]]
        most = np.zeros(len(self.problem.scenario.insatser), dtype=np.int64)
        for insats, times in whole.insats_most.items():
            most[insats] = times
        weights = self.problem.weights
        count = self._setting.kernels.fill(
            room,
            len(rows),
            whole.options,
            whole.kinds,
            case.calendar,
            prices,
            whole.numbers,
            case.gap_costs,
            most,
            weights.bridge_day,
            weights.travel_hour,
        )
        if count < 0:
            return []
        chain = _in_order(case.case, whole, room[:count], self.problem.calendar.first)
        return [(self.cost_of(case.person, chain, prices, tracks), chain)]

    def _filled_best(
        self, case: CaseAtPrices, rows: Ints, prices: Prices, tracks: Ints, limit: int
    ) -> list[tuple[int, Chain]]:
        """A relaxed chain with its gaps filled at the least cost, if that is below a limit."""
        whole = self._setting.cases.whole(case.person, case.case)
        rows = np.column_stack((case.arrays.in_full[rows[:, 0]], rows[:, 1:]))
        case = CaseAtPrices(
            self._setting,
            case.person,
            case.case,
            prices,
            tracks,
            limit,
            is_relaxed=False,
            arrays=around(whole, rows),
        )
        found = case.below(limit, room=FILLING_ROOM)
        return [(cost, self._chain(case, rows)) for cost, rows in found.chains[:1]]

    def _chain(self, case: CaseAtPrices, rows: Ints) -> Chain:
        return _in_order(case.case, case.arrays, rows, self.problem.calendar.first)

    def cost_of(self, person: int, chain: Chain, prices: Prices, tracks: Ints) -> int:
        """What a chain costs at some prices, in 1/`SCALE` points."""
        compiled = self.problem.persons[person]
        case = compiled.cases[chain.case]
        rounds = case.options.column("round")
        cost = SCALE * self.problem.chain_points(compiled, chain) + int(tracks[case.track])
        base = self.problem.calendar.first
        for step in chain.steps:
            price = price_of(prices, int(rounds[step.option]), step.start - base, step.end - base)
            if price < FORBIDDEN or step.option not in case.history:  # what is past can't be forbidden
                cost += price
        return cost


WORTH_COMPILING = 400  # options in all from which on machine code is worth its second of loading


def pricer_for(problem: Problem) -> Pricer:
    """A pricer, compiled where the problem is worth it."""
    num_options = sum(len(case.options) for person in problem.persons for case in person.cases)
    return Pricer(problem, compiled=is_compiled() or num_options > WORTH_COMPILING)


def _different(rows: Iterable[tuple[CaseAtPrices, int, Ints]]) -> list[tuple[CaseAtPrices, int, Ints]]:
    """The chains that differ from those before them."""
    found = {(case.case, chain.tobytes()): (case, cost, chain) for case, cost, chain in rows}
    return list(found.values())


def _without_steps(cases: Sequence[CaseAtPrices], limit: int) -> list[tuple[int, Chain]]:
    """The empty chains below a limit, where the goal is reached without any step."""
    return [
        (case.constant, Chain(case.case, ()))
        for case in cases
        if case.arrays.is_empty_allowed and case.constant < limit
    ]


def _in_order(case: int, arrays: CaseArrays, rows: Ints, base: int) -> Chain:
    steps = sorted(
        (start + base, end + base, int(arrays.original[option])) for option, start, end in rows.tolist()
    )
    return Chain(case, tuple(StepChoice(option, start, end) for start, end, option in steps))


def _cost(pair: tuple[int, Chain]) -> int:
    return pair[0]
