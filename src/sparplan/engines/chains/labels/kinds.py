"""What the options of one insats need and give, in local bits."""

from typing import NamedTuple

from sparplan.engines.chains.labels.layout import Ints


class Kinds(NamedTuple):
    """What the options of one insats need and give.

    `needs[first_need[k] : first_need[k + 1]]` are masks of which one bit each must be held. The terms of
    `alongside` of kind k are rows `first_beside[k] …` of `beside`: the level mask, then insatser or -1.
    """

    gives: Ints
    first_need: Ints
    needs: Ints
    first_beside: Ints
    beside: Ints
