"""The label setting compiled by numba, and when that is worth its second of loading."""

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sparplan.engines.chains.labels import desk, filling, gaps, kinds, landmarks, layout, search, ways
from sparplan.engines.chains.labels.bounds import Bounds, make_bounds
from sparplan.engines.chains.labels.expanding import expand
from sparplan.engines.chains.labels.jit import JITABLE
from sparplan.engines.chains.labels.landmarks import Landmarks
from sparplan.engines.chains.labels.layout import GapCosts, Ints
from sparplan.engines.chains.labels.steps import Options, Prices
from sparplan.engines.chains.labels.table import groups_of

_DATA = (desk, kinds, landmarks, layout, ways)  # what the functions read


def prepare(
    options: Options,
    landmarks: Landmarks,
    numbers: Ints,
    calendar: Ints,
    prices: Prices,
    counted: Ints,
    bridge: int,
    travel: int,
    latest_end: int,
    pins: int,
) -> tuple[Ints, Bounds, tuple[Ints, Ints, Ints]]:
    """The steps of a case at given prices, the bounds over them, and their groups (see `groups_of`)."""
    found = expand(options, calendar, prices, numbers, counted, bridge, travel, latest_end)
    span = calendar.shape[1] - 1
    bounds = make_bounds(options.round.shape[0], pins, landmarks, numbers, found, span)
    return found, bounds, groups_of(found, span)


@dataclass(frozen=True, slots=True)
class Kernels:
    """The functions of the label setting, as machine code or plain."""

    prepare: Callable[..., tuple[Ints, Bounds, tuple[Ints, Ints, Ints]]]
    search: Callable[..., None]
    fill: Callable[..., int]
    price_gaps: Callable[..., GapCosts]


def kernels_for(compiled: bool) -> Kernels:
    """The functions as machine code, or as plain Python."""
    return _compiled() if compiled else Kernels(prepare, search.search, filling.fill, gaps.price_gaps)


@cache
def _compiled() -> Kernels:
    """Machine code, from the cache on disk where the sources are the same."""
    import numba
    from numba.extending import register_jitable

    for function in (*JITABLE, prepare):
        register_jitable(function)
    version = _version()  # numba hashes what a function closes over, but not what it calls

    def compile_one(function: Callable[..., Any], *, counts: bool = True) -> Callable[..., Any]:
        def outermost(*args: Any) -> Any:
            return function(*args) if version else None

        outermost.__name__ = outermost.__qualname__ = function.__name__
        how: dict[str, Any] = {"nogil": True, "cache": True, "error_model": "numpy", "_nrt": counts}
        made: Callable[..., Any] = numba.njit(**how)(outermost)
        return made

    # the search allocates nothing: without counting references it takes little more than half the time
    return Kernels(
        compile_one(prepare),
        compile_one(search.search, counts=False),
        compile_one(filling.fill),
        compile_one(gaps.price_gaps),
    )


def is_compiled() -> bool:
    """Whether the machine code is loaded already."""
    return _compiled.cache_info().currsize > 0


def _version() -> int:
    """A number that changes with the sources: numba looks only at the file of the outermost function."""
    digest = hashlib.sha256()
    names = {function.__module__ for function in JITABLE} | {module.__name__ for module in _DATA}
    for name in sorted(names):
        digest.update(Path(str(sys.modules[name].__file__)).read_bytes())
    return 1 + int.from_bytes(digest.digest()[:6], "big")
