"""The rivals, by name; each stands in a file of its own."""

from benchmarks.rivals.base import Rival
from benchmarks.rivals.chains import CHAINS
from benchmarks.rivals.greedy import GREEDY
from benchmarks.rivals.monolith import MONOLITH
from benchmarks.rivals.monolith_plain import MONOLITH_PLAIN
from benchmarks.rivals.pyjobshop import PYJOBSHOP

RIVALS: dict[str, Rival] = {
    rival.name: rival for rival in (CHAINS, MONOLITH, MONOLITH_PLAIN, GREEDY, PYJOBSHOP)
}

__all__ = ["RIVALS", "Rival"]
