"""Large-neighbourhood search: those who lose most choose again, together with those in their way."""

from collections.abc import Mapping

from sparplan.engines.monolith.model import MonolithModel, Others
from sparplan.engines.monolith.own import Own, latest_paying_end
from sparplan.engines.monolith.solving import run
from sparplan.engines.monolith.variables import Scope
from sparplan.engines.state import SearchState
from sparplan.engines.usage import Usage, rounds_of
from sparplan.problem import Chain

SIZES = (1, 3, 6, 10)
SHARE = 0.1  # of what is left, for one neighbourhood
WORK = 4.0


def improve(state: SearchState, own: Mapping[int, Own]) -> None:
    """Go through the participants by what they lose against their own optimum, in larger and larger groups.

    A size is gone through again as long as that helps; a group is asked again only after a change. Groups of
    more than half of all are left to the search of the whole.
    """
    for size in (size for size in SIZES if 2 * size <= max(2, len(state.best))):
        asked: dict[tuple[int, ...], int] = {}
        helped = True
        while helped:
            helped = False
            for member in _losers(state, own):
                if state.is_over:
                    return
                group = _group(state, own, member, size)
                if asked.get(group) != state.best_points:
                    helped |= _choose_again(state, own, group)
                    asked[group] = state.best_points


def _losers(state: SearchState, own: Mapping[int, Own]) -> list[int]:
    """The members above their own bound, those who lose most first."""
    losses = {
        member: state.problem.points(member, chain) - own[member].bound
        for member, chain in enumerate(state.best)
    }
    return sorted(
        (member for member in losses if losses[member] > 0), key=lambda member: (-losses[member], member)
    )


def _group(state: SearchState, own: Mapping[int, Own], member: int, size: int) -> tuple[int, ...]:
    """A member, and those most in the way of the chain that the member would rather have."""
    wish = own[member].chain or state.best[member]
    if wish is None:
        return (member,)
    wanted = rounds_of(state.problem, member, wish)
    track = state.problem.persons[member].cases[wish.case].track
    full = _full_tracks(state)
    in_the_way = {
        other: len(wanted & rounds_of(state.problem, other, chain))
        + (track in full and state.problem.persons[other].cases[chain.case].track == track)
        for other, chain in enumerate(state.best)
        if other != member and chain is not None
    }
    others = sorted(
        (other for other in in_the_way if in_the_way[other]), key=lambda other: (-in_the_way[other], other)
    )
    return tuple(sorted([member, *others[: size - 1]]))


def _full_tracks(state: SearchState) -> set[int]:
    """Tracks without a free position."""
    placed = Usage.of(state.problem, state.best).placed
    return {
        track
        for track, most in enumerate(state.problem.positions)
        if most is not None and placed.get(track, 0) >= most
    }


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
