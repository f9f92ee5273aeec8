"""How the properties are run: the same examples every time, or new ones when asked to explore.

`HYPOTHESIS_EXPLORE=1 pytest tests/property` draws new examples.
"""

import os

from hypothesis import HealthCheck, settings

from sparplan.scenario import Scenario

MANY_SEEDS = 10**6


def examples(number: int) -> settings:
    """So many examples, without a clock: the tests may run on any machine, several at a time."""
    return settings(
        max_examples=number,
        deadline=None,
        derandomize="HYPOTHESIS_EXPLORE" not in os.environ,
        suppress_health_check=[
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
            HealthCheck.function_scoped_fixture,
        ],
    )


def planned(scenario: Scenario, work_limit: float | None = None):
    """A plan by one thread, so that the same scenario always costs the same."""
    import sparplan as sp

    return sp.plan(scenario, workers=1, work_limit=work_limit or 60)
