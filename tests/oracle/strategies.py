"""Hypothesis strategies over tiny scenarios."""

from hypothesis import strategies as st

from sparplan.scenario import Scenario
from tests.oracle.tiny import draw_scenario, tiny_scenario


def scenarios() -> st.SearchStrategy[Scenario]:
    """Tiny scenarios whose every choice hypothesis draws, and so can shrink."""
    return st.randoms(use_true_random=False, note_method_calls=False).map(draw_scenario)


def seeded_scenarios(most: int = 10**6) -> st.SearchStrategy[Scenario]:
    """Tiny scenarios by seed: more interesting ones, but they shrink only towards smaller seeds."""
    return st.integers(min_value=0, max_value=most).map(tiny_scenario)
