"""The chains engine, as `sp.plan` runs it with two workers."""

from benchmarks.rivals.base import Made, Rival, by_library, load_machine_code
from sparplan.engines.base import Events
from sparplan.scenario import Scenario


def make(scenario: Scenario, limit: float, events: Events) -> Made:
    """Label setting, prices by LP, choice by CP-SAT, closing by large-neighbourhood search."""
    return by_library(scenario, "chains", limit, events)


CHAINS = Rival("chains", "chains", make, not_used=(), load=load_machine_code)
