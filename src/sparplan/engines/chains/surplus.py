"""What a choice costs beyond what prices prove: each chain's reduced cost, and the price of each empty seat.

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
    prices, tracks, least = heavy.prices, heavy.tracks, heavy.least
    terms: list[Expr] = []
    bound = 0
    for column, amount in zip(columns, taken, strict=True):
        cost = SCALE * column.points + int(tracks[column.track]) - int(least[column.group])
        cost += sum(price_of(prices, row, start - base, end - base) for row, start, end in column.uses)
        terms.append(cost * amount)
    for group, amount in out.items():
        members = problem.classes[group]
        terms.append((SCALE * problem.persons[members[0]].unplaced_points - int(least[group])) * amount)
        bound += len(members) * int(least[group])
    for group, persons in heavy.members.items():
        for person in persons:
            beyond = model.new_int_var(0, int(heavy.limits[group] - least[group]) - 1, "")
            model.add(beyond == cost_at(inside, person, prices, tracks) - int(least[group]))
            terms.append(beyond)
            bound += int(least[group])
    for price, most, users in _priced(inside, heavy, columns, taken):
        empty = model.new_int_var(0, most, "")
        model.add(empty == most - sum(users))
        terms.append(price * empty)
        bound -= price * most
    return sum(terms), bound


def _priced(
    inside: MonolithModel, heavy: Heavy, columns: Sequence[Way], taken: Sequence[cp_model.IntVar]
) -> list[tuple[int, int, list[Expr]]]:
    """Price, how many there are, and who takes them: of seats (by day, of rolling rounds) and positions."""
    problem, prices, base = inside.problem, heavy.prices, inside.problem.calendar.first
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
        if most is not None and heavy.tracks[track]:
            ways = zip(columns, taken, strict=True)
            placed: list[Expr] = [amount for column, amount in ways if column.track == track]
            placed += inside.placed_by_track().get(track, ())
            found.append((int(heavy.tracks[track]), most, placed))
    return found
