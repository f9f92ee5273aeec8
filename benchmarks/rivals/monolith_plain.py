"""The plain monolith: one CP-SAT model of the whole, with neither individual bounds nor a first plan.

`sp.plan` doesn't offer it, so it goes the same way step by step: check, compile, search, verify. What
`sp.plan` does besides (reasons for the unplaced) isn't done, to the rival's advantage; and the whole
limit is given to the search, not a share of it.
"""

from benchmarks.rivals.base import Made, Rival, by_search
from sparplan.engines.base import Events
from sparplan.scenario import Scenario

NAME = "monolith-plain"


def make(scenario: Scenario, limit: float, events: Events) -> Made:
    """CP-SAT over everything at once and nothing else."""
    from sparplan.engines.monolith.engine import MonolithEngine

    return by_search(scenario, NAME, limit, MonolithEngine(own_bounds=False).solve, events)


MONOLITH_PLAIN = Rival(NAME, "monolith, plain", make)
