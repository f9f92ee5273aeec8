"""What the label setting answers about one participant."""

from dataclasses import dataclass

from sparplan.problem import Chain


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


@dataclass(frozen=True, slots=True)
class Shadow:
    """A chain without what fills its gaps.

    Attributes
    ----------
    cost
        Least cost with whatever fills the gaps, in 1/`SCALE` points with prices.
    uses
        Round, first day and half-open end of each step.
    """

    cost: int
    track: int
    uses: tuple[tuple[int, int, int], ...]
