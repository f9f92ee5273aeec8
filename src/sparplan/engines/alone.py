"""One person's chain, whatever the others do or beside what they have taken."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sparplan.engines.base import Effort, Stop
from sparplan.engines.usage import Usage
from sparplan.problem import Chain, Problem

if TYPE_CHECKING:
    from sparplan.engines.chains.labels.pricer import Pricer

BEAM = 20  # labels a day
ROOM = 20_000  # labels of one question
WORK_LIMIT = 10.0  # CP-SAT's deterministic seconds for one question
FILL_IN_WORK = 2.0  # the same, for one person at the end of a search


def chain_for(
    problem: Problem,
    person: int,
    *,
    usage: Usage | None = None,
    seats: bool = True,
    positions: bool = True,
    work: float = WORK_LIMIT,
    stop: Stop | None = None,
) -> Chain | None:
    """A good chain that places a person, or None when there is none (or none was found).

    Parameters
    ----------
    usage
        What others have taken; without it, seats, least class sizes and positions don't ask.
    seats, positions
        Whether seats with least class sizes, and positions, ask at all.
    work
        Deterministic work after which the search gives up.
    """
    from sparplan.engines.chains.labels.arrays import TooWide
    from sparplan.engines.chains.labels.pricer import pricer_for

    closed: list[int] = []
    if usage is None:
        seats = positions = False
    elif seats:
        closed = usage.still_too_small()
    taken = Usage(problem)
    if usage is not None:
        taken.steps = usage.steps if seats else {}
        taken.placed = usage.placed if positions else {}
    try:
        proven, chain = _by_labels(pricer_for(problem), person, taken, closed)
        if proven or chain is not None:
            return chain
    except TooWide:
        pass
    return _by_cp_sat(problem, person, usage, closed, seats=seats, positions=positions, work=work, stop=stop)


def _by_labels(
    pricer: "Pricer", person: int, taken: Usage, closed: Sequence[int]
) -> tuple[bool, Chain | None]:
    """Whether the answer is proven, and a chain if one was found."""
    from sparplan.engines.chains.labels.layout import FORBIDDEN
    from sparplan.engines.chains.left import prices_of_what_is_left
    from sparplan.engines.chains.rates import free_rates

    left = prices_of_what_is_left(taken.problem, taken, free_rates(taken.problem), closed)
    prices, tracks = left.prices, left.tracks
    limit = FORBIDDEN - 1
    answer = pricer.cheapest(person, prices, tracks, limit, room=ROOM, beam=BEAM)
    if not answer.chains and answer.bound < limit:
        answer = pricer.exact(person, prices, tracks, limit)
    for _, chain in answer.chains:
        if taken.fits(person, chain, closed):
            return True, chain
    return answer.bound >= limit, None


def _by_cp_sat(
    problem: Problem,
    person: int,
    usage: Usage | None,
    closed: Sequence[int],
    *,
    seats: bool,
    positions: bool,
    work: float,
    stop: Stop | None,
) -> Chain | None:
    from sparplan.engines.monolith.model import NOBODY, Others
    from sparplan.engines.monolith.own import Question, good_chain

    others = NOBODY if usage is None else Others(usage.steps, usage.placed, frozenset(closed))
    question = Question(
        problem,
        person,
        Effort(work=work),
        others,
        placed=True,
        seats=seats,
        positions=positions,
        stop=stop,
    )
    return good_chain(question).chain


def fill_in(problem: Problem, chains: Sequence[Chain | None], stop: Stop | None = None) -> list[Chain | None]:
    """Place whoever can be placed beside the others at no loss; searches that ran out of time leave some.

    In order of priority. Afterwards nobody is unplaced for whom a chain with the seats that are left
    would make the plan better.
    """
    filled = list(chains)
    usage = Usage.of(problem, filled)
    persons = problem.persons
    for person in problem.by_priority(range(len(filled))):
        if filled[person] is not None:
            continue
        chain = chain_for(problem, person, usage=usage, work=FILL_IN_WORK, stop=stop)
        if chain is not None and problem.points(person, chain) < persons[person].unplaced_points:
            filled[person] = chain
            usage.add(person, chain)
    return filled
