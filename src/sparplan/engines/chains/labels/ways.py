"""The ways to each landmark as trees: who gives it first, what those need, who gives that, and so on.

A node is a group of kinds with the same needs. The nodes of a landmark's first givers are its roots; below a
node stand, for each term of its needs, the groups that give a bit of the term. Where a term isn't held yet,
one of them must come first: so their costs and days count, though none of them is a landmark by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sparplan.engines.chains.labels.layout import Ints
from sparplan.engines.chains.labels.ragged import end_to_end, firsts

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


class _Node(NamedTuple):
    kinds: tuple[int, ...]
    needs: Terms
    parent: int
    above: frozenset[int]
    depth: int


@dataclass(slots=True)
class _Trees:
    gives: Mapping[int, int]
    terms: Mapping[int, Terms]
    marks: Sequence[int]
    nodes: list[_Node] = field(default_factory=list)
    first_node: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    children: list[list[tuple[int, int, int]]] = field(default_factory=list)
    """By node: term, first child and half-open last."""

    def grow(self, mark: int, givers: Iterable[int], linked: set[int]) -> None:
        """Add the tree of a landmark; terms that are `linked` landmarks need no children at its roots."""
        first = len(self.nodes)
        self._add(givers, -1, frozenset(_having(self.marks[mark], self.gives)), 0)
        last_root = len(self.nodes)
        number = first
        while number < len(self.nodes):  # grows while we go
            node = self.nodes[number]
            above = node.above.union(node.kinds)
            self.children.append([])
            for term in sorted(set(node.needs)):
                is_linked = node.depth == 0 and term in linked
                if is_linked or node.depth == MOST_DEPTH or len(self.nodes) >= MOST_NODES:
                    continue
                start = len(self.nodes)
                found = [kind for kind in _having(term, self.gives) if kind not in above]
                self._add(found, number, above, node.depth + 1)
                self.children[number].append((term, start, len(self.nodes)))
            number += 1
        self.first_node[mark] = first, len(self.nodes), last_root

    def _add(self, kinds: Iterable[int], parent: int, above: frozenset[int], depth: int) -> None:
        by_needs: dict[Terms, list[int]] = {}
        for kind in kinds:
            by_needs.setdefault(self.terms[kind], []).append(kind)
        for needs, group in by_needs.items():
            self.nodes.append(_Node(tuple(group), needs, parent, above, depth))


def ways_of(
    gives: Mapping[int, int],
    terms: Mapping[int, Terms],
    new: Mapping[int, int],
    ordered: Sequence[int],
    following: Sequence[Sequence[int]],
) -> Ways:
    """The trees of some landmarks.

    Parameters
    ----------
    gives, terms
        By kind: what it gives, and the masks of which one bit each must be held, ascending.
    new
        By kind: the landmarks that it may be the first to give.
    ordered
        The landmarks' bits, those that must come earlier first.
    following
        By landmark: the landmarks all whose givers need it, by number.
    """
    trees = _Trees(gives, terms, ordered)
    for mark in reversed(range(len(ordered))):
        linked = {bit for earlier, bit in enumerate(ordered) if mark in following[earlier]}
        trees.grow(mark, _having(ordered[mark], new), linked)
    terms_of = [[term for term, _, _ in found] for found in trees.children]
    children = [(first, last) for found in trees.children for _, first, last in found]
    return Ways(
        first_node=end_to_end(trees.first_node[mark] for mark in range(len(ordered))).reshape(-1, 3),
        parent=np.array([node.parent for node in trees.nodes], dtype=np.int64),
        first_kind=firsts(node.kinds for node in trees.nodes),
        kinds=end_to_end(node.kinds for node in trees.nodes),
        first_term=firsts(terms_of),
        term=end_to_end(terms_of),
        children=end_to_end(children).reshape(-1, 2),
        counted=np.array(_counted(trees, new, following), dtype=np.int64),
    )


def _counted(trees: _Trees, new: Mapping[int, int], following: Sequence[Sequence[int]]) -> list[int]:
    count = len(trees.marks)
    counted = [0] * count
    for mark in reversed(range(count)):
        _, last, last_root = trees.first_node[mark]
        given = trees.marks[mark]
        for node in trees.nodes[last_root:last]:
            for kind in node.kinds:
                given |= new[kind]
        counted[mark] = sum(1 << other for other, bit in enumerate(trees.marks) if given & bit)
        for later in following[mark]:
            counted[mark] |= counted[later]
    return counted


def _having(bits: int, masks: Mapping[int, int]) -> list[int]:
    """The kinds whose masks have one of some bits."""
    return [kind for kind, mask in masks.items() if mask & bits]
