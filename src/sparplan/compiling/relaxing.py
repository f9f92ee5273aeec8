"""Rules that can be lifted for one participant."""

from enum import Enum


class Relaxed(Enum):
    """Rules that can be lifted for one participant, to find out what stands in the way."""

    TRAVEL = "too_far"
    ELIGIBILITY = "not_eligible"
    WINDOW = "no_time"
    GAP = "gap"
    PACE = "pace"


Rules = frozenset[Relaxed]
NOTHING: Rules = frozenset()
