"""Large-neighbourhood search: those who lose most choose again, together with those in their way."""

from collections.abc import Mapping

from sparplan.engines.monolith.model import MonolithModel, Others
from sparplan.engines.monolith.own import Own, latest_paying_end
from sparplan.engines.monolith.solving import run
from sparplan.engines.monolith.state import SearchState
from sparplan.engines.monolith.variables import Scope
from sparplan.engines.usage import rounds_of
from sparplan.problem import Chain

MOST_TOGETHER = 4
SHARE = 0.1  # of what is left, for one neighbourhood
WORK = 4.0


def improve(state: SearchState, own: Mapping[int, Own]) -> None:
    """Go through the participants by what they lose against their own optimum, as long as it helps."""
    tried: set[tuple[int, ...]] = set()
    while not state.is_over:
        group = _next_group(state, own, tried)
        if group is None:
            return
        tried.add(group)
        if _choose_again(state, own, group):
            tried.clear()


def _losses(state: SearchState, own: Mapping[int, Own]) -> dict[int, int]:
    """By member: points above the own bound, where there are any."""
    losses = {
        member: state.problem.points(member, chain) - own[member].bound
        for member, chain in enumerate(state.best)
    }
    return {member: loss for member, loss in losses.items() if loss > 0}


def _next_group(
    state: SearchState, own: Mapping[int, Own], tried: set[tuple[int, ...]]
) -> tuple[int, ...] | None:
    losses = _losses(state, own)
    for member in sorted(losses, key=lambda member: (-losses[member], member)):
        for size in (1, MOST_TOGETHER):
            group = _group(state, own, member, size)
            if group not in tried:
                return group
    return None


def _group(state: SearchState, own: Mapping[int, Own], member: int, size: int) -> tuple[int, ...]:
    """A member, and those who share most rounds with the chain that the member would rather have."""
    wish = own[member].chain or state.best[member]
    wanted = rounds_of(state.problem, member, wish) if wish else frozenset()
    shared = {
        other: len(wanted & rounds_of(state.problem, other, chain))
        for other, chain in enumerate(state.best)
        if other != member and chain is not None
    }
    others = sorted((other for other in shared if shared[other]), key=lambda other: (-shared[other], other))
    return tuple(sorted([member, *others[: size - 1]]))


def _choose_again(state: SearchState, own: Mapping[int, Own], group: tuple[int, ...]) -> bool:
    """Let a group choose again beside all others; whether the plan got better."""
    rest = [
        (member, chain)
        for member, chain in enumerate(state.best)
        if chain is not None and member not in group
    ]
    slack = sum(state.problem.points(member, state.best[member]) - own[member].bound for member in group)
    persons = state.problem.persons
    scopes = {
        member: Scope(latest_paying_end(persons[member], own[member].bound + slack), essential=True)
        for member in group
    }
    model = MonolithModel(state.problem, group, Others.of(state.problem, rest), scopes=scopes)
    model.hint({member: state.best[member] for member in group})
    answer = run(model.model, state.effort(SHARE, most_work=WORK), state.stop)
    state.work += answer.work
    if answer.value is None:
        return False
    chains: list[Chain | None] = list(state.best)
    for member, chain in model.chains(answer.value).items():
        chains[member] = chain
    return state.keep(chains)
