"""What a search reads, and where it works."""

from typing import NamedTuple

import numpy as np

from sparplan.engines.chains.labels.bounds import Bounds
from sparplan.engines.chains.labels.kinds import Kinds
from sparplan.engines.chains.labels.landmarks import Landmarks
from sparplan.engines.chains.labels.layout import GapCosts, Ints

BITS = 64


class Case(NamedTuple):
    """All that stays the same while labels are set."""

    kinds: Kinds
    landmarks: Landmarks
    numbers: Ints
    calendar: Ints
    steps: Ints
    bounds: Bounds
    gap_costs: GapCosts
    counted: Ints
    merit_bits: Ints
    merit_points: Ints
    first_group: Ints
    begin: Ints
    for_more: Ints


class Desk(NamedTuple):
    """Room to work in; what is in it doesn't matter.

    Attributes
    ----------
    table, active
        `1 << TABLE_BITS` entries; as many as there is room for labels, and for a beam.
    held_from, ready, free, since, at, value
        For bits; for kinds, twice; for landmarks; for nodes of ways, twice, `value` with two more a landmark.
    """

    table: Ints
    active: Ints
    held_from: Ints
    ready: Ints
    free: Ints
    since: Ints
    at: Ints
    value: Ints


def make_desk(case: Case, table: Ints, active: Ints) -> Desk:
    """A desk that is large enough for a case."""
    kinds, marks = case.kinds.first_need.shape[0], case.landmarks.bit.shape[0]
    nodes = case.bounds.windows.way.shape[0]
    sizes = (BITS, kinds, kinds, marks, nodes, nodes + 2 * marks)
    return Desk(table, active, *(np.empty(size, np.int64) for size in sizes))
