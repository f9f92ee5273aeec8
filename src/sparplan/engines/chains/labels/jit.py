"""Functions that numba may compile, and that run as plain Python until then.

Loading numba takes a second, so nothing here imports it: `compiled.py` hands it the functions when a case
is worth it.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])
JITABLE: list[Callable[..., Any]] = []


def jitable(function: Function) -> Function:
    """Note a function as one that compiled ones may call; called from Python it stays plain."""
    JITABLE.append(function)
    return function
