"""A first plan: one participant after the other, in order of priority."""

from collections.abc import Iterable, Mapping

from sparplan.engines.monolith.model import Others
from sparplan.engines.monolith.own import Own, Question, good_chain
from sparplan.engines.state import SearchState
from sparplan.engines.usage import Usage, uses
from sparplan.problem import Chain

SHARE = 0.05  # of what is left, for one person's chain with the seats that are left
WORK = 2.0


def greedy_plan(state: SearchState, own: Mapping[int, Own]) -> list[Chain | None]:
    """Each takes the own optimum, or the best chain with the seats that are left.

    Rounds that end below their least class size are closed, and who was in them chooses again.
    """
    persons = state.problem.persons
    order = state.problem.by_priority(own)
    chains: list[Chain | None] = [None] * len(persons)
    usage = Usage(state.problem)
    closed: set[int] = set()
    _place(state, order, own, chains, usage, closed)
    while small := usage.too_small():
        closed.update(small)
        without = []
        for member in order:
            chain = chains[member]
            if chain is not None and uses(state.problem, member, chain, closed):
                usage.remove(member, chain)
                chains[member] = None
                without.append(member)
        _place(state, without, own, chains, usage, closed)
    return chains


def _place(
    state: SearchState,
    order: Iterable[int],
    own: Mapping[int, Own],
    chains: list[Chain | None],
    usage: Usage,
    closed: set[int],
) -> None:
    for member in order:
        chain = own[member].chain
        if chain is None and own[member].bound >= state.problem.persons[member].unplaced_points:
            continue  # proven: nothing beats leaving the person unplaced
        if chain is None or not usage.fits(member, chain, closed):
            chain = None if state.out_of_limits else _best_left(state, member, usage, closed)
        if chain is not None:
            usage.add(member, chain)
            chains[member] = chain


def _best_left(state: SearchState, member: int, usage: Usage, closed: set[int]) -> Chain | None:
    """The best chain with the seats that are left, or none found."""
    others = Others(usage.steps, usage.placed, frozenset(closed))
    effort = state.effort(SHARE, most_work=WORK)
    found = good_chain(Question(state.problem, member, effort, others, stop=state.stop))
    state.work += found.work
    if found.chain is not None and not usage.fits(member, found.chain, closed):
        return None
    return found.chain
