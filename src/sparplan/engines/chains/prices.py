"""Column generation: what each seat is worth, and the bound that this proves.

Prices are smoothed: a mean of the LP's and the last ones (Neame 1999; see Pessoa, Sadykov, Uchoa and
Vanderbeck 2018, "Automation and combination of linear-programming based stabilization techniques").
"""

from dataclasses import dataclass

import numpy as np

from sparplan.engines.chains.climbing import climb
from sparplan.engines.chains.duals import Duals, as_rates, rent
from sparplan.engines.chains.labels.layout import SCALE, Ints
from sparplan.engines.chains.master import Master, Solution
from sparplan.engines.chains.picking import pick
from sparplan.engines.chains.pricing import Pricing
from sparplan.engines.chains.rates import Rates
from sparplan.engines.chains.rounding import rounded
from sparplan.engines.state import SearchState

SMOOTHING = 0.5
MOST_ROUNDS = 400
ROUNDS_BETWEEN_PLANS = 2
WORTH_PICKING = 5e-4  # of the LP's value: where the best plan costs so much more, one is picked
PICKING_WORK = 1.0
SHARE = 4  # every so many rounds a class is asked about even if it had nothing new
ROOM = 300  # labels of one question, as long as the prices move
ROOMS = (2_000, 8_000, 32_000, 128_000)  # labels of one question that is to prove something
MANY = 2_000  # classes: with more, the programme takes so long that a proof goes a room further at once
FEW = 0.35  # new columns a class: the prices settle
SETTLED = 0.05  # new columns a class: smoothing would only halve what is left, round after round
MOST_EXACT_ROUNDS = 20
MOST_EXACT_LABELS = 2_000_000
MOST_SLOW_ROUNDS = 3  # in a row that ask CP-SAT, and don't raise the bound
CONVERGED = 2e-5  # of the LP's value


@dataclass(frozen=True, slots=True)
class Priced:
    """Rates that prove a bound, what each class pays at least at them, and the rent of all seats."""

    rates: Rates
    least: Ints
    rent: int
    lp: Solution

    def proves(self, pricing: Pricing) -> int:
        """The bound, in 1/`SCALE` points."""
        return pricing.value_of(self.least, self.rent)


def find_prices(state: SearchState, pricing: Pricing, master: Master) -> Priced | None:
    """Find prices with a good bound; plans on the way.

    Least class sizes are asked for once the other prices have settled: what they pay back makes more steps
    worth taking, and so more labels. Where they prove nothing more they are left aside.
    """
    best = _settle(state, pricing, master, climb(state, pricing, master))
    if best is None or state.is_over:
        return best
    if master.ask_least_sizes(master.solve().taken):
        better = _settle(state, pricing, master, best.lp.duals)
        if better is not None and better.proves(pricing) > best.proves(pricing):
            best = better
        else:
            master.forget_least_sizes()
    if not state.out_of_limits:
        state.keep(rounded(state, pricing, best.lp.taken, best.rates))
    return best


def _settle(state: SearchState, pricing: Pricing, master: Master, centre: Duals | None) -> Priced | None:
    """Ask at prices near some first ones, and adapt these, until nothing new is found.

    Most rounds ask only about the classes that had new chains when they were last asked about. Once few are
    found, all classes are asked with more room for labels: that proves a bound.
    """
    problem, pool = state.problem, pricing.pool
    everyone = np.arange(len(pool.members))
    is_restless = np.ones(len(pool.members), dtype=bool)
    best: Priced | None = None
    level, is_whole_round = int(len(everyone) > MANY), True
    for number in range(MOST_ROUNDS):
        if state.is_over:
            break
        lp = master.solve()
        is_lp = centre is None
        centre = lp.duals if centre is None else lp.duals.mixed_with(centre, SMOOTHING)
        rates = as_rates(problem, centre)
        if number % ROUNDS_BETWEEN_PLANS == 0:
            state.keep(rounded(state, pricing, lp.taken, rates))
        limits = pool.cheapest_by_group(pool.costs(rates))
        if number % ROUNDS_BETWEEN_PLANS == 0 and state.best_points > (1 + WORTH_PICKING) * lp.value:
            pick(state, pricing, rates, limits, lp.taken, PICKING_WORK)
        if is_whole_round:
            asked = everyone
            answers = pricing.prove(rates, limits, ROOMS[: level + 1])
            found = answers.fresh
        else:
            asked = np.flatnonzero(is_restless | (everyone % SHARE == number % SHARE))
            found = pricing.price(asked, rates, limits, ROOM)
        if state.out_of_limits:
            break
        is_restless[asked] = found > 0
        fresh = int(found.sum())
        state.tell("prices", None, None)
        if is_whole_round:
            priced = Priced(rates, answers.least, rent(problem, rates), lp)
            if best is None or priced.proves(pricing) > best.proves(pricing):
                best = priced
            is_last = level + 1 >= len(ROOMS) or not len(answers.unfinished)
            value = best.proves(pricing) / SCALE
            if lp.value - value <= CONVERGED * abs(lp.value) or (not fresh and is_last and is_lp):
                break
            level = min(level + 1, len(ROOMS) - 1)
            if fresh <= SETTLED * len(everyone):
                centre = None
        is_whole_round = fresh <= FEW * len(everyone)
    return best


def find_exact_prices(state: SearchState, pricing: Pricing, master: Master, priced: Priced) -> Priced:
    """Go on with chains that the relaxed search doesn't know: those whose gaps can't be filled as cheaply.

    A class whose exact search has no room is left to CP-SAT, and to the relaxed search if that fails too.
    Ends when nothing is new.
    """
    problem, pool = state.problem, pricing.pool
    best, best_bound = priced, pricing.bound_of(priced.least, priced.rent)
    given_up: set[int] = set()
    quiet: set[int] = set()  # those that had nothing new when they were last asked: asked again last
    spent = slow_rounds = 0
    for _ in range(MOST_EXACT_ROUNDS):
        if state.is_over or spent > MOST_EXACT_LABELS:
            break
        lp = master.solve()
        rates = as_rates(problem, lp.duals)
        limits = pool.cheapest_by_group(pool.costs(rates))
        rented = rent(problem, rates)
        if rates.are(best.rates):
            fresh, least = 0, np.minimum(best.least, limits)
        else:
            answers = pricing.prove(rates, limits, ROOMS[:2])
            fresh, least = int(answers.fresh.sum()), answers.least
        waiting = [] if fresh else np.flatnonzero(least < limits).tolist()
        waiting = [group for group in waiting if group not in given_up]
        restless = [group for group in waiting if group not in quiet]
        for asked in (restless, [group for group in waiting if group in quiet]):
            if fresh:
                break
            exact = pricing.exact(asked, rates, limits, least)
            for group, answer in zip(asked, exact, strict=True):
                spent += answer.labels
                least[group] = max(least[group], answer.bound)
                found = sum(pool.add(group, chain) for _, chain in answer.chains)
                fresh += found
                (quiet.discard if found else quiet.add)(group)
                if not answer.is_whole:
                    given_up.add(group)
        bound = pricing.bound_of(least, rented)
        is_slow = bound <= best_bound and any(group in pricing.heavy for group in waiting)
        if bound > best_bound:
            best, best_bound = Priced(rates, least, rented, lp), bound
            state.raise_bound(min(bound, state.best_points))
        slow_rounds = slow_rounds + 1 if is_slow else 0
        if not fresh or slow_rounds >= MOST_SLOW_ROUNDS:
            break
    if not state.out_of_limits:
        state.keep(rounded(state, pricing, best.lp.taken, best.rates))
    return best
