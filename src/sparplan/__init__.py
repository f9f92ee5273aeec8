"""sparplan: gap-free, shortest insatskedjor for lokala jobbspår, with a proof of how good they are.

```python
import sparplan as sp

scenario = sp.read_scenario("scenarios/ggvv")
sp.check(scenario).raise_if_errors()
plan = sp.plan(scenario, time_limit=60)
assert not sp.verify(scenario, plan)
```

Names are loaded when they are first used, so that `import sparplan` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sparplan.checks import check as check
    from sparplan.checks import read_scenario as read_scenario
    from sparplan.errors import EngineBug as EngineBug
    from sparplan.errors import Issue as Issue
    from sparplan.errors import PlanError as PlanError
    from sparplan.errors import Report as Report
    from sparplan.errors import ScenarioError as ScenarioError
    from sparplan.errors import SparplanError as SparplanError
    from sparplan.errors import UsageError as UsageError
    from sparplan.kedjor import Insatskedja as Insatskedja
    from sparplan.kedjor import Plan as Plan
    from sparplan.kedjor import Status as Status
    from sparplan.kedjor import Step as Step
    from sparplan.kedjor import StopReason as StopReason
    from sparplan.planner import plan as plan
    from sparplan.rules import Violation as Violation
    from sparplan.rules import verify as verify
    from sparplan.scenario import Scenario as Scenario

_HOMES = {
    "check": "checks",
    "read_scenario": "checks",
    "EngineBug": "errors",
    "Issue": "errors",
    "PlanError": "errors",
    "Report": "errors",
    "ScenarioError": "errors",
    "SparplanError": "errors",
    "UsageError": "errors",
    "Insatskedja": "kedjor",
    "Plan": "kedjor",
    "Status": "kedjor",
    "Step": "kedjor",
    "StopReason": "kedjor",
    "plan": "planner",
    "Violation": "rules",
    "verify": "rules",
    "Scenario": "scenario",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605 (a list, made from the table above)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sparplan' has no attribute {name!r}")
    value = getattr(import_module(f"sparplan.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
