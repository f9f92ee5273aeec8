"""From scenario to problem: what each participant may take, worked out once (see problem.py).

`compiler.py` holds what participants have in common, `person.py` compiles one of them, `conditions.py`
evaluates expressions for one, `pruning.py` drops what is out of reach or leads nowhere, and `relaxing.py`
names the rules that can be lifted to find out what stands in the way.
"""

from sparplan.compiling.compiler import Compiler
from sparplan.compiling.relaxing import NOTHING, Relaxed, Rules
from sparplan.problem import Problem
from sparplan.scenario import Scenario

__all__ = ["NOTHING", "Compiler", "Relaxed", "Rules", "compile_problem"]


def compile_problem(scenario: Scenario) -> Problem:
    """Compile a scenario that has no faults."""
    return Compiler(scenario).problem()
