"""From scenario to problem: what each participant may take, worked out once (see problem.py).

A region has millions of options, so they are worked out as columns, and what many share is worked out once:

- `compiler.py`: what all participants have in common, and the way through the others
- `rounds.py`: the rounds as columns, by home and modes with the travel there
- `conditions.py`, `insatser.py`: what insatser ask and give, by the levels held and the facts that are true
- `families.py`, `person.py`: one participant's families of steps on each track
- `pruning.py`: what is out of reach or leads nowhere is dropped
- `table.py`: what is left, as a table of options
- `relaxing.py`: the rules that can be lifted to find out what stands in the way
"""

from sparplan.compiling.compiler import Compiler
from sparplan.compiling.relaxing import NOTHING, Relaxed, Rules
from sparplan.problem import Problem
from sparplan.scenario import Scenario

__all__ = ["NOTHING", "Compiler", "Relaxed", "Rules", "compile_problem"]


def compile_problem(scenario: Scenario) -> Problem:
    """Compile a scenario that has no faults."""
    return Compiler(scenario).problem()
