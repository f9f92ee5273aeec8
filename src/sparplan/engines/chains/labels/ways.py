"""The ways to each landmark as trees: who gives it first, what those need, who gives that, and so on.

A node is a group of kinds with the same needs. The nodes of a landmark's first givers are its roots; below a
node stand, for each term of its needs, the groups that give a bit of the term. Where a term isn't held yet,
one of them must come first: so their costs and days count, though none of them is a landmark by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sparplan.engines.chains.labels.layout import Ints

MOST_NODES = 48
MOST_DEPTH = 4
Terms = tuple[int, ...]


class Ways(NamedTuple):
    """Trees of kinds, laid end to end: nodes by landmark, the last landmark first, parents before children.

    Attributes
    ----------
    first_node
        By landmark: its nodes are `first_node[m, 0]` up to `first_node[m, 1]`, its roots those up to
        `first_node[m, 2]`.
    parent
        By node; -1 for roots.
    first_kind, kinds
        By node: its kinds.
    first_term, term
        By node: the terms of its needs that have children, as masks.
    children
        By term: its children are `children[t, 0]` up to `children[t, 1]`.
    counted
        By landmark: mask of the landmarks (by number) whose givers the costs of its way may count.
    """

    first_node: Ints
    parent: Ints
    first_kind: Ints
    kinds: Ints
    first_term: Ints
    term: Ints
    children: Ints
    counted: Ints


@dataclass(frozen=True, slots=True)
class _Node:
    kinds: tuple[int, ...]
    needs: Terms
    parent: int
    above: frozenset[int]
    depth: int


@dataclass(slots=True)
class _Trees:
    gives: Sequence[int]
    terms: Sequence[Sequence[int]]
    marks: Sequence[int]
    nodes: list[_Node] = field(default_factory=list)
    first_node: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    children: list[list[tuple[int, int, int]]] = field(default_factory=list)
    """By node: term, first child and half-open last."""

    def grow(self, mark: int, givers: Iterable[int], linked: set[int]) -> None:
        """Add the tree of a landmark; terms that are `linked` landmarks need no children at its roots."""
        first = len(self.nodes)
        self._add(givers, -1, frozenset(), 0)
        last_root = len(self.nodes)
        number = first
        while number < len(self.nodes):  # grows while we go
            node = self.nodes[number]
            self.children.append([])
            for term in sorted(set(node.needs)):
                is_linked = node.depth == 0 and term in linked
                if is_linked or node.depth == MOST_DEPTH or len(self.nodes) >= MOST_NODES:
                    continue
                above = node.above | set(node.kinds)
                found = [
                    kind
                    for kind, mask in enumerate(self.gives)
                    if mask & term and not mask & self.marks[mark] and kind not in above
                ]
                start = len(self.nodes)
                self._add(found, number, above, node.depth + 1)
                self.children[number].append((term, start, len(self.nodes)))
            number += 1
        self.first_node[mark] = first, len(self.nodes), last_root

    def _add(self, kinds: Iterable[int], parent: int, above: frozenset[int], depth: int) -> None:
        by_needs: dict[Terms, list[int]] = {}
        for kind in kinds:
            by_needs.setdefault(tuple(sorted(self.terms[kind])), []).append(kind)
        for needs, group in by_needs.items():
            self.nodes.append(_Node(tuple(group), needs, parent, above, depth))


def ways_of(
    gives: Sequence[int],
    terms: Sequence[Sequence[int]],
    new: Sequence[int],
    ordered: Sequence[int],
    givers: Sequence[Sequence[int]],
    following: Sequence[Sequence[int]],
) -> Ways:
    """The trees of some landmarks.

    Parameters
    ----------
    gives, terms
        By kind: what it gives, and the masks of which one bit each must be held.
    new
        By kind: the landmarks that it may be the first to give.
    ordered
        The landmarks' bits, those that must come earlier first.
    givers
        By landmark: the kinds that may be the first to give it.
    following
        By landmark: the landmarks all whose givers need it, by number.
    """
    trees = _Trees(gives, terms, ordered)
    for mark in reversed(range(len(ordered))):
        linked = {bit for earlier, bit in enumerate(ordered) if mark in following[earlier]}
        trees.grow(mark, givers[mark], linked)
    terms_of = [[term for term, _, _ in found] for found in trees.children]
    return Ways(
        first_node=_table((trees.first_node[mark] for mark in range(len(ordered))), 3),
        parent=_ints(node.parent for node in trees.nodes),
        first_kind=_firsts(node.kinds for node in trees.nodes),
        kinds=_ints(kind for node in trees.nodes for kind in node.kinds),
        first_term=_firsts(terms_of),
        term=_ints(term for found in terms_of for term in found),
        children=_table(((first, last) for found in trees.children for _, first, last in found), 2),
        counted=_ints(_counted(trees, new, following)),
    )


def _counted(trees: _Trees, new: Sequence[int], following: Sequence[Sequence[int]]) -> list[int]:
    count = len(trees.marks)
    counted = [0] * count
    for mark in reversed(range(count)):
        _, last, last_root = trees.first_node[mark]
        below = {kind for node in trees.nodes[last_root:last] for kind in node.kinds}
        counted[mark] = 1 << mark
        for other, bit in enumerate(trees.marks):
            if any(new[kind] & bit for kind in below):
                counted[mark] |= 1 << other
        for later in following[mark]:
            counted[mark] |= counted[later]
    return counted


def _firsts(lists: Iterable[Sequence[int]]) -> Ints:
    return np.cumsum([0, *(len(part) for part in lists)]).astype(np.int64)


def _table(rows: Iterable[tuple[int, ...]], width: int) -> Ints:
    found = list(rows)
    return np.array(found, dtype=np.int64).reshape(len(found), width)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
