"""One person's own optimum, found window by window.

A chain that ends after day T costs at least the days until T. So the search begins with the steps that end
soon after the earliest day on which the goal can be reached at all, and widens the window until no later
end can pay. Most people's optimum lies in the first window, which is a fraction of the whole model.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sparplan.engines.base import Clock, Stop
from sparplan.engines.monolith.model import NOBODY, MonolithModel, Others
from sparplan.engines.monolith.solving import Answer, Effort, run
from sparplan.insatsgraf import Offer, earliest_days
from sparplan.problem import Case, Chain, Person, Problem, bits

FIRST_WINDOW_DAYS = 28
ROUGH_GAP = 0.1  # at which the first look is content


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

    def look(latest_end: int, effort: Effort, start: Chain | None = None) -> tuple[Answer, Chain | None]:
        model = MonolithModel(
            problem,
            [member],
            others,
            seats=seats,
            positions=positions,
            least_sizes=False,
            latest_ends={member: latest_end},
        )
        if placed:
            model.require_placed(member)
        if start is not None:
            model.hint({member: start})
        answer = run(model.model, effort, stop)
        return answer, model.chains(answer.value)[member] if answer.value else None

    return _widen(person, effort, look)


Look = Callable[[int, Effort, Chain | None], tuple[Answer, Chain | None]]


def _widen(person: Person, effort: Effort, look: Look) -> Own:
    """Look for a good chain in wider and wider windows, then for the best in the one it leaves open."""
    clock = Clock(effort.seconds)
    last = max((option.latest_end for case in person.cases for option in case.options), default=0)
    widening = FIRST_WINDOW_DAYS
    window = min(last, _first_goal_day(person) + widening)
    work = 0.0
    while True:
        rough = replace(effort, seconds=clock.left, work=effort.work - work, gap=ROUGH_GAP)
        answer, chain = look(window, rough, None)
        work += answer.work
        if chain is not None or window >= last:
            break
        if answer.feasible and not answer.is_within(ROUGH_GAP):
            return Own(None, _least(person, answer.bound, window), work)  # out of limits
        widening *= 2
        window = min(last, window + widening)
    if answer.objective is None:
        return Own(None, least_points(person, None) if answer.feasible else person.unplaced_points, work)
    end = latest_paying_end(person, answer.objective)
    tight = last if end is None else min(last, end)
    if answer.is_within(0) and tight <= window:
        return Own(chain, answer.objective, work)
    exact, better = look(tight, replace(effort, seconds=clock.left, work=effort.work - work), chain)
    work += exact.work
    bound = least_points(person, None) if exact.bound is None else min(exact.bound, answer.objective)
    if exact.objective is None or exact.objective > answer.objective:
        return Own(chain, bound, work)
    return Own(better, bound, work)


def _least(person: Person, within: int | None, window: int) -> int:
    """What is proven of a person by a bound that holds for chains that end in a window."""
    least = least_points(person, None)
    return least if within is None else max(least, min(within, least_points(person, window + 1)))


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
    return person.available_from + max(
        0, (points - least_points(person, person.available_from)) // person.day_points
    )


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
