"""Parts: classes that share nothing scarce, as far as chains go that may be in a better plan.

Each part is chosen for by itself. Its gap, what its part of the plan costs beyond its own bound, is a piece
of the whole one, so fewer of its chains can be in a better plan.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sparplan.engines.chains.duals import seat_price
from sparplan.engines.chains.pool import Pool, Way
from sparplan.engines.chains.rates import Rates
from sparplan.problem import Problem

ROUND, TRACK = range(2)
Shared = tuple[int, int]  # which of the two, and its index


@dataclass(frozen=True, slots=True)
class Part:
    """Some classes, and by round and track how many of their members could use it."""

    groups: tuple[int, ...]
    users: Mapping[Shared, int]

    def rent(self, problem: Problem, rates: Rates) -> int:
        """The most that the part can pay for seats and positions, in 1/`SCALE` points."""
        total = 0
        for (kind, index), users in self.users.items():
            most = _offered(problem, (kind, index), users)
            if kind == TRACK:
                total += int(rates.tracks[index]) * min(users, most)
            else:
                at_once = most if problem.rows[index].rolling else min(users, most)
                total += seat_price(problem, rates, index) * at_once
        return total


def parts_of(
    pool: Pool, ways: Iterable[Way], in_full: Iterable[int], matters: npt.NDArray[np.bool_]
) -> list[Part]:
    """The parts of a choice, in order of their first class.

    Parameters
    ----------
    ways
        What there is to choose from, what the best plan takes included.
    in_full
        Classes that may take any of their options besides.
    matters
        By round: whether its seats are asked.
    """
    import networkx as nx

    shared: list[set[Shared]] = [set() for _ in pool.members]
    for way in ways:
        shared[way.group].add((TRACK, way.track))
        shared[way.group].update((ROUND, index) for index, _, _ in way.uses)
    for group in in_full:
        for case in pool.problem.persons[pool.members[group][0]].cases:
            shared[group].add((TRACK, case.track))
            shared[group].update((ROUND, int(index)) for index in case.options.column("round"))
    takers: dict[Shared, list[int]] = {}
    for group, found in enumerate(shared):
        for key in found:
            takers.setdefault(key, []).append(group)
    bonds: nx.Graph[int] = nx.empty_graph(len(shared))
    for key, groups in takers.items():
        if key[0] == TRACK or matters[key[1]]:
            users = int(pool.sizes[groups].sum())
            if users > _offered(pool.problem, key, users) or _asks_for_company(pool, key):
                nx.add_path(bonds, groups)
    return [_part(pool, sorted(groups), shared) for groups in nx.connected_components(bonds)]


def _part(pool: Pool, groups: list[int], shared: list[set[Shared]]) -> Part:
    users: dict[Shared, int] = {}
    for group in groups:
        for key in sorted(shared[group]):
            users[key] = users.get(key, 0) + int(pool.sizes[group])
    return Part(tuple(groups), users)


def _offered(problem: Problem, key: Shared, users: int) -> int:
    """How many seats or positions there are; enough for all users where there is no limit."""
    kind, index = key
    most = problem.rows[index].seats if kind == ROUND else problem.positions[index]
    return users if most is None else most


def _asks_for_company(pool: Pool, key: Shared) -> bool:
    return key[0] == ROUND and pool.problem.rows[key[1]].min_participants > 1
