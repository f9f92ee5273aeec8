"""What a choice costs beyond what prices prove: each chain's reduced cost, and the price of each empty seat.

And of each charge for a round with a least class size what its subsidies are more than its fees.

Points = the bound of the prices + surplus, for every choice. No part of the surplus is below 0, so a solver
that minimises it begins with that bound, where the points themselves would give it next to none.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from ortools.sat.python import cp_model

from sparplan.engines.chains.labels.layout import SCALE
from sparplan.engines.chains.labels.steps import price_of
from sparplan.engines.chains.modelled import Heavy, cost_at, in_progress_on
from sparplan.engines.chains.pool import Way
from sparplan.engines.chains.rates import Charge
from sparplan.engines.monolith.model import MonolithModel
from sparplan.engines.monolith.variables import Expr


def surplus(
    inside: MonolithModel,
    heavy: Heavy,
    columns: Sequence[Way],
    taken: Sequence[cp_model.IntVar],
    out: Mapping[int, cp_model.IntVar],
) -> tuple[Expr, int]:
    """The surplus of a choice that is all there is, and the bound, in 1/`SCALE` points.

    Parameters
    ----------
    out
        By class that isn't heavy: how many members are left unplaced.
    """
    problem, model, base = inside.problem, inside.model, inside.problem.calendar.first
    rates, least = heavy.rates, heavy.least
    terms: list[Expr] = []
    bound = 0
    for column, amount in zip(columns, taken, strict=True):
        cost = SCALE * column.points + int(rates.tracks[column.track]) - int(least[column.group])
        prices = rates.of(column.group)
        cost += sum(price_of(prices, row, start - base, end - base) for row, start, end in column.uses)
        terms.append(cost * amount)
    for group, amount in out.items():
        members = problem.classes[group]
        terms.append((SCALE * problem.persons[members[0]].unplaced_points - int(least[group])) * amount)
        bound += len(members) * int(least[group])
    for group, persons in heavy.members.items():
        prices = rates.of(group)
        for person in persons:
            beyond = model.new_int_var(0, int(heavy.limits[group] - least[group]) - 1, "")
            model.add(beyond == cost_at(inside, person, prices, rates.tracks) - int(least[group]))
            terms.append(beyond)
            bound += int(least[group])
    for price, most, users in _priced(inside, heavy, columns, taken):
        empty = model.new_int_var(0, most, "")
        model.add(empty == most - sum(users))
        terms.append(price * empty)
        bound -= price * most
    for charge in (charge for charges in rates.charges.values() for charge in charges):
        beyond = model.new_int_var(0, charge.members * len(problem.persons), "")
        model.add(beyond == _beyond_fees(inside, charge, columns, taken))
        terms.append(charge.price * beyond)
    return sum(terms), bound


def _beyond_fees(
    inside: MonolithModel, charge: Charge, columns: Sequence[Way], taken: Sequence[cp_model.IntVar]
) -> Expr:
    """What a charge's subsidies are more than its fees, in units of its price."""
    members = inside.problem.classes[charge.group]
    terms: list[Expr] = []
    for column, amount in zip(columns, taken, strict=True):
        if any(row == charge.round for row, _, _ in column.uses):
            terms.append((charge.members - (charge.least if column.group == charge.group else 0)) * amount)
    for member, cases in inside.cases.items():
        unit = charge.members - (charge.least if member in members else 0)
        items = (item for case in cases for item in case.items if item.option.round == charge.round)
        terms += [unit * item.present for item in items]
    return sum(terms)


def _priced(
    inside: MonolithModel, heavy: Heavy, columns: Sequence[Way], taken: Sequence[cp_model.IntVar]
) -> list[tuple[int, int, list[Expr]]]:
    """Price, how many there are, and who takes them: of seats (by day, of rolling rounds) and positions."""
    problem, prices, base = inside.problem, heavy.rates.prices, inside.problem.calendar.first
    uses: dict[int, list[tuple[cp_model.IntVar, int, int]]] = {}
    for column, amount in zip(columns, taken, strict=True):
        for index, start, end in column.uses:
            uses.setdefault(index, []).append((amount, start, end))
    found: list[tuple[int, int, list[Expr]]] = []
    for index, row in enumerate(problem.rows):
        users, items = uses.get(index, ()), inside.by_round.get(index, ())
        price, first = int(prices.fixed[index]), int(prices.first_sum[index])
        if price and row.seats is not None:
            amounts: list[Expr] = [amount for amount, _, _ in users]
            found.append((price, row.seats, [*amounts, *(item.present for item in items)]))
        if first < 0 or row.seats is None:
            continue
        span = problem.calendar.last - base
        daily = np.diff(prices.sums[first : first + span + 2])
        for offset in np.flatnonzero(daily).tolist():
            day = base + offset
            there: list[Expr] = [amount for amount, start, end in users if start <= day < end]
            there += [in_progress_on(inside.model, item, day) for item in items]
            found.append((int(daily[offset]), row.seats, there))
    for track, most in enumerate(problem.positions):
        if most is not None and heavy.rates.tracks[track]:
            ways = zip(columns, taken, strict=True)
            placed: list[Expr] = [amount for column, amount in ways if column.track == track]
            placed += inside.placed_by_track().get(track, ())
            found.append((int(heavy.rates.tracks[track]), most, placed))
    return found
