"""The monolith as `sp.plan` runs it: the strongest simple model.

It begins with each participant's own optimum, two at a time, and adds these as bounds to the one model
of the whole, which starts from a greedy plan, improved. CP-SAT solves the whole with one worker: on two
cores, workers that take turns lose more than they win.
"""

from benchmarks.rivals.base import Made, Rival, by_library, load_machine_code
from sparplan.engines.base import Events
from sparplan.scenario import Scenario


def make(scenario: Scenario, limit: float, events: Events) -> Made:
    """CP-SAT over everything at once, with the individual optima as bounds."""
    return by_library(scenario, "monolith", limit, events)


MONOLITH = Rival(
    "monolith",
    "monolith, own optima as bounds, two workers",
    make,
    not_used=(),  # chains' label setting places whom the search left, and finds the reasons
    load=load_machine_code,
)
