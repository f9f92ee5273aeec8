"""Lists of different lengths, laid end to end in one array."""

from collections.abc import Iterable, Sized
from itertools import accumulate, chain

import numpy as np

from sparplan.engines.chains.labels.layout import Ints


def end_to_end(lists: Iterable[Iterable[int]]) -> Ints:
    """What is in the lists, one after another."""
    return np.array(list(chain.from_iterable(lists)), dtype=np.int64)


def firsts(lists: Iterable[Sized]) -> Ints:
    """Where each list begins, and where the last one ends."""
    return np.array(list(accumulate(map(len, lists), initial=0)), dtype=np.int64)


def owners(first: Ints) -> Ints:
    """By entry: the number of its list, where `first` tells where each list begins."""
    return np.repeat(np.arange(len(first) - 1), first[1:] - first[:-1])
