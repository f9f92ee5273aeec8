"""Participants modelled in full at prices: those whose labels, or lists of chains, would be too many."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sparplan.engines.chains.labels.layout import FORBIDDEN, SCALE, Ints
from sparplan.engines.chains.labels.steps import Prices, most_gained, price_of
from sparplan.engines.chains.pool import Way, column_of
from sparplan.engines.chains.rates import Rates
from sparplan.engines.monolith.model import MonolithModel, Others
from sparplan.engines.monolith.own import latest_paying_end
from sparplan.engines.monolith.variables import Expr, Item, Literal, Model, RollingItem, Scope
from sparplan.engines.usage import Usage
from sparplan.problem import Chain, Problem


@dataclass(frozen=True, slots=True)
class Heavy:
    """Classes that a choice models in full instead of choosing among their ways.

    Attributes
    ----------
    members
        By class: the persons.
    rates
        At which something is known of them.
    least, limits
        By class: what each chain costs at least at these rates; what the wanted ones cost less than.
    """

    members: Mapping[int, Sequence[int]]
    rates: Rates
    least: Ints
    limits: Ints

    def model(self, problem: Problem, usage: Usage, is_late: Callable[[], bool]) -> MonolithModel:
        """Their model, beside what others have taken; least class sizes left aside.

        Raises
        ------
        TooLate
            When `is_late` says so before the model is made.
        """
        inside = MonolithModel(
            problem,
            [person for persons in self.members.values() for person in persons],
            Others(usage.steps, usage.placed),
            least_sizes=False,
            scopes={
                person: scope_below(problem, person, int(self.limits[group]), self.rates.of(group))
                for group, persons in self.members.items()
                for person in persons
            },
            is_late=is_late,
        )
        inside.order_alike()
        return inside

    def ways(self, problem: Problem, chains: Mapping[int, Chain | None]) -> dict[int, Way | None]:
        """By person: the chain, if any, as a way."""
        return {
            person: None if chain is None else column_of(problem, group, person, chain)
            for group, persons in self.members.items()
            for person in persons
            for chain in (chains[person],)
        }


def scope_below(problem: Problem, person: int, limit: int, prices: Prices) -> Scope:
    """The part of a person's options in which all chains lie that cost less than a limit at some prices."""
    compiled = problem.persons[person]
    rounds = [index for case in compiled.cases for index in case.options.column("round")]
    points = limit - 1 + most_gained(prices, np.array(rounds, dtype=np.int64))
    return Scope(latest_paying_end(compiled, points // SCALE))


def cost_at(inside: MonolithModel, member: int, prices: Prices, tracks: Ints) -> Expr:
    """What a member costs at some prices, in 1/`SCALE` points; what is forbidden is ruled out."""
    model, base = inside.model, inside.problem.calendar.first
    terms: list[Expr] = [SCALE * inside.points[member]]
    for case in inside.cases[member]:
        price = int(tracks[case.case.track])
        if price >= FORBIDDEN:
            model.add(case.on == 0)
        elif price:
            terms.append(price * case.on)
        for item in case.items:
            terms += _price(model, item, prices, base)
    return sum(terms)


def _price(model: Model, item: Item, prices: Prices, base: int) -> list[Expr]:
    """What an item's step pays."""
    row = item.option.round
    if isinstance(item, RollingItem) and prices.first_sum[row] >= 0 and prices.fixed[row] < FORBIDDEN:
        fixed = int(prices.fixed[row])
        return [fixed * item.present, *_daily_price(model, item, prices, base)]
    price = price_of(prices, row, item.first_start - base, item.first_end - base)
    if price >= FORBIDDEN:
        if not item.option.history:  # what is past can't be forbidden
            model.add(item.present == 0)
        return []
    return [price * item.present] if price else []


def _daily_price(model: Model, item: RollingItem, prices: Prices, base: int) -> list[Expr]:
    """What a rolling step pays for the days on which it is in progress."""
    first = int(prices.first_sum[item.option.round])
    days = np.arange(item.first_start - base, item.last_end - base)
    daily = prices.sums[first + days + 1] - prices.sums[first + days]
    paid: list[Expr] = []
    for offset in np.flatnonzero(daily).tolist():
        there = in_progress_on(model, item, item.first_start + offset)
        if daily[offset] < FORBIDDEN:
            paid.append(int(daily[offset]) * there)
        else:
            model.add(there == 0)
    return paid


def in_progress_on(model: Model, item: Item, day: int) -> Literal:
    """A literal that holds just when an item is taken and in progress on a day."""
    there = item.active(day, day + 1)
    model.clause(~item.present, ~item.starts_by(day), ~item.lasts_to(day + 1), there)
    return there


def seats_by_day(
    model: Model,
    most: int,
    items: Sequence[Item],
    ways: Sequence[tuple[Expr, int, int]],
    others: Sequence[tuple[int, int]],
) -> None:
    """At most `most` in progress on any day, others included.

    Parameters
    ----------
    ways
        How many are in progress on days `[start, end)`.
    """
    intervals = [item.interval for item in items]
    demands: list[Expr] = [1] * len(items)
    for amount, start, end in [*ways, *((1, *days) for days in others)]:
        intervals.append(model.new_fixed_size_interval_var(start, end - start, ""))
        demands.append(amount)
    model.add_cumulative(intervals, demands, most)
