"""How time grows with size."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Growth:
    """time = factor · size ** exponent."""

    exponent: float
    factor: float

    def at(self, size: float) -> float:
        """The time at a size."""
        return float(self.factor * size**self.exponent)


def fitted(points: Sequence[tuple[float, float]]) -> Growth | None:
    """The growth that fits best: least squares of the logarithms.

    Parameters
    ----------
    points
        Sizes and times above 0. None is the answer where they are of fewer than two sizes.
    """
    if len({size for size, _ in points}) < 2:
        return None
    sizes = [math.log(size) for size, _ in points]
    times = [math.log(time) for _, time in points]
    mean_size, mean_time = sum(sizes) / len(sizes), sum(times) / len(times)
    above = sum((size - mean_size) * (time - mean_time) for size, time in zip(sizes, times, strict=True))
    exponent = above / sum((size - mean_size) ** 2 for size in sizes)
    return Growth(exponent, math.exp(mean_time - exponent * mean_size))
