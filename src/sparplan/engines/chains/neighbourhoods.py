"""Large-neighbourhood search: some persons give back their seats and choose again together."""

import numpy as np

from sparplan.engines.base import Effort
from sparplan.engines.chains.choice import choose
from sparplan.engines.chains.labels.layout import FORBIDDEN, SCALE
from sparplan.engines.chains.left import prices_of_what_is_left
from sparplan.engines.chains.prices import Priced
from sparplan.engines.chains.pricing import ROOM, Pricing
from sparplan.engines.state import SearchState
from sparplan.engines.usage import Usage
from sparplan.problem import Chain

SIZE = 12
CHOICE_WORK = 0.5
LEAST_WORK = 0.02  # of one neighbourhood, however small


class Neighbourhoods:
    """Frees a few persons at a time, those who share scarce rounds with somebody badly off."""

    def __init__(self, state: SearchState, pricing: Pricing, priced: Priced) -> None:
        self.state = state
        self.pricing = pricing
        self.priced = priced
        self.random = np.random.default_rng(state.limits.seed)

    def improve(self, rounds: int = 40) -> bool:
        """Try some neighbourhoods; False when none can help any more."""
        for _ in range(rounds):
            if self.state.is_over:
                return True
            self._try(self._pick())
        return True

    def _regret(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """By person: what the chain costs beyond the least at the prices."""
        pool, problem = self.pricing.pool, self.state.problem
        least = np.minimum(self.priced.least, SCALE * pool.unplaced)
        regret = np.zeros(len(problem.persons))
        for person, chain in enumerate(self.state.best):
            group = pool.group_of[person]
            cost = SCALE * int(pool.unplaced[group])
            if chain is not None:
                rates = self.priced.rates
                cost = self.pricing.pricer.cost_of(person, chain, rates.of(group), rates.tracks)
            regret[person] = max(0, cost - least[group])
        return regret

    def _pick(self) -> list[int]:
        problem = self.state.problem
        regret = self._regret() + 1.0
        first = int(self.random.choice(len(regret), p=regret / regret.sum()))
        wanted = self._rounds_wanted(first)
        score = np.zeros(len(regret))
        for person, chain in enumerate(self.state.best):
            if chain is None:
                continue
            options = problem.persons[person].cases[chain.case].options
            score[person] = len(wanted & {options[step.option].round for step in chain.steps})
        score = score * (1 + self.random.random(len(score))) + 0.05 * self.random.random(len(score))
        score[first] = np.inf
        return sorted(int(person) for person in np.argsort(-score)[:SIZE])

    def _rounds_wanted(self, person: int) -> set[int]:
        """Rounds of the columns that a person would rather have."""
        pool = self.pricing.pool
        group = pool.group_of[person]
        now = self.state.problem.points(person, self.state.best[person])
        return {
            use[0]
            for column in pool.columns
            if column.group == group and column.points < now
            for use in column.uses
        }

    def _try(self, persons: list[int]) -> None:
        state, pool = self.state, self.pricing.pool
        state.work += LEAST_WORK
        problem = state.problem
        chains: list[Chain | None] = list(state.best)
        for person in persons:
            chains[person] = None
        usage = Usage.of(problem, chains)
        left = prices_of_what_is_left(problem, usage, self.priced.rates)
        groups = sorted({pool.group_of[person] for person in persons})
        limits = np.minimum(SCALE * pool.unplaced, FORBIDDEN - 1)
        answers = self.pricing.cheapest(groups, left, limits, np.full(len(limits), ROOM), quick=True)
        for group, answer in zip(groups, answers, strict=True):
            for cost, chain in answer.chains:
                if cost < FORBIDDEN:
                    pool.add(group, chain)
        members = {group: [p for p in persons if pool.group_of[p] == group] for group in groups}
        columns = [
            column
            for column in pool.columns
            if column.group in members and usage.fits(members[column.group][0], column.chain)
        ]
        before = sum(problem.points(person, state.best[person]) for person in persons)
        choice = choose(
            problem,
            columns,
            members,
            usage,
            Effort(seconds=state.clock.left, work=min(CHOICE_WORK, state.work_left), seed=state.limits.seed),
            hint={person: state.best[person] for person in persons},
            below=before,
            stop=state.stop,
        )
        state.work += choice.work
        if choice.chains is not None:
            state.keep([choice.chains.get(person, chain) for person, chain in enumerate(chains)])
