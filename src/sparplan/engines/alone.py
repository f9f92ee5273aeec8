"""One person's chain, whatever the others do or beside what they have taken."""

from collections.abc import Sequence

from sparplan.engines.base import Stop
from sparplan.engines.usage import Usage
from sparplan.problem import Chain, Problem

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
    from sparplan.engines.base import Effort
    from sparplan.engines.monolith.model import NOBODY, Others
    from sparplan.engines.monolith.own import Question, good_chain

    others = NOBODY
    if usage is None:
        seats = positions = False
    else:
        closed = frozenset(usage.still_too_small()) if seats else frozenset[int]()
        others = Others(usage.steps, usage.placed, closed)
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
    found = good_chain(question)
    return found.chain


def fill_in(problem: Problem, chains: Sequence[Chain | None], stop: Stop | None = None) -> list[Chain | None]:
    """Place whoever can be placed beside the others at no loss; searches that ran out of time leave some.

    In order of priority. Afterwards nobody is unplaced for whom a chain with the seats that are left
    would make the plan better.
    """
    filled = list(chains)
    usage = Usage.of(problem, filled)
    persons = problem.persons
    for person in sorted(range(len(filled)), key=lambda index: (-persons[index].day_points, index)):
        if filled[person] is not None:
            continue
        chain = chain_for(problem, person, usage=usage, work=FILL_IN_WORK, stop=stop)
        if chain is not None and problem.points(person, chain) < persons[person].unplaced_points:
            filled[person] = chain
            usage.add(person, chain)
    return filled
