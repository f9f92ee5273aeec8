"""One person's own optimum, found window by window.

A chain that ends after day T costs at least the days until T. So the search begins with the steps that end
soon after the earliest day on which the goal can be reached at all, and widens the window until no later
end can pay. Most people's optimum lies in the first window, which is a fraction of the whole model.
"""

from dataclasses import dataclass

from sparplan.engines.base import Stop
from sparplan.engines.monolith.model import NOBODY, MonolithModel, Others
from sparplan.engines.monolith.solving import Effort, run
from sparplan.insatsgraf import Offer, earliest_days
from sparplan.problem import Case, Chain, Person, Problem, bits

FIRST_WINDOW_DAYS = 28


@dataclass(frozen=True, slots=True)
class Own:
    """The best chain found (None: unplaced), a proven lower bound of the person's points, the work."""

    chain: Chain | None
    bound: int
    work: float


def own_optimum(
    problem: Problem,
    member: int,
    effort: Effort,
    *,
    others: Others = NOBODY,
    placed: bool = False,
    seats: bool = True,
    positions: bool = True,
    stop: Stop | None = None,
) -> Own:
    """One person's best chain beside what others have taken; least class sizes don't ask.

    Parameters
    ----------
    placed
        Whether leaving the person unplaced is out of the question; `chain` is then None, with the
        unplaced points as bound, when there is no chain.
    seats, positions
        Whether seats and positions ask.
    """
    person = problem.persons[member]
    if not person.cases:
        return Own(None, person.unplaced_points, 0.0)
    last = max(option.latest_end for case in person.cases for option in case.options) if any(
        case.options for case in person.cases
    ) else person.available_from
    window = min(last, _first_goal_day(person) + FIRST_WINDOW_DAYS)
    work = 0.0
    widening = FIRST_WINDOW_DAYS
    while True:
        model = MonolithModel(
            problem,
            [member],
            others,
            seats=seats,
            positions=positions,
            least_sizes=False,
            latest_ends={member: window},
        )
        if placed:
            model.require_placed(member)
        answer = run(model.model, effort.less(work), stop)
        work += answer.work
        later = least_points(person, window + 1) if window < last else None
        if not answer.proven:
            known = [bound for bound in (answer.bound, later) if bound is not None]
            chain = model.chains(answer.value)[member] if answer.value else None
            return Own(chain, max(least_points(person, None), min(known, default=0)), work)
        chain = model.chains(answer.value)[member] if answer.value else None
        points = answer.objective if answer.objective is not None else None
        if later is None or (points is not None and later >= points):
            return Own(chain, person.unplaced_points if points is None else points, work)
        if chain is not None:
            window = min(last, latest_paying_end(person, points or 0) or last)
        else:
            widening *= 2
            window = min(last, window + widening)


def least_points(person: Person, end: int | None) -> int:
    """A lower bound of the points of a chain that ends on day `end` or later; None: of anything."""
    constant = min(
        (case.constant_points - sum(points for _, points in case.merits) for case in person.cases),
        default=person.unplaced_points,
    )
    if end is None:
        return min(person.unplaced_points, constant)
    return constant + person.day_points * max(0, end - person.available_from)


def latest_paying_end(person: Person, points: int) -> int | None:
    """The latest half-open end of a chain with at most so many points; None where days cost nothing."""
    if not person.day_points:
        return None
    return person.available_from + max(0, (points - least_points(person, person.available_from)) // person.day_points)


def _first_goal_day(person: Person) -> int:
    """A day before which no track's goal can be reached, by the insatsgraf's earliest days."""
    return min(_case_goal_day(person, case) for case in person.cases)


def _case_goal_day(person: Person, case: Case) -> int:
    held = 0
    offers = [Offer(option.needs, option.gives, option.starts, option.lengths[0]) for option in case.options]
    days, _ = earliest_days(held, offers)
    pinned = [
        min(case.options[index].starts[0] + case.options[index].lengths[0] for index in pin)
        for pin in case.pins
    ]
    return max([person.available_from, *(days[bit] for bit in bits(case.krav)), *pinned])
