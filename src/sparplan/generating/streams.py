"""Random numbers from a seed, a stream of its own for each part of a region."""

from random import Random


def stream(seed: int, *part: object) -> Random:
    """A stream that depends on the seed and the part's name alone.

    So one part (the seats, one participant) can change without the others changing.
    """
    return Random("/".join(map(str, (seed, *part))))


def chance(random: Random, percent: int) -> bool:
    """True in `percent` cases of a hundred."""
    return random.random() * 100 < percent
