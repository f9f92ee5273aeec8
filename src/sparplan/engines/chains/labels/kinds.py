"""What the options of one insats need and give, in local bits."""

from typing import NamedTuple

from sparplan.engines.chains.labels.layout import Ints


class Kinds(NamedTuple):
    """What the options of one insats need and give.

    `needs[first_need[k] : first_need[k + 1]]` are masks of which one bit each must be held. The terms of
    `alongside` of kind k are rows `first_beside[k] …` of `beside`: the level mask, then insatser or -1.
    `gives` has the bits of pins too, and `FOR_OTHERS` and `FILLS`. The insatser that may be there for the
    sake of kind k are `company[first_company[k] : first_company[k + 1]]`: those alongside, those alongside
    these, and so on; `company_asks[k]` is the mask of all that they can ask for.
    """

    gives: Ints
    first_need: Ints
    needs: Ints
    first_beside: Ints
    beside: Ints
    first_company: Ints
    company: Ints
    company_asks: Ints
