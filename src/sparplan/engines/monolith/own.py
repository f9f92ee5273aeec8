"""One person's own optimum, found window by window.

A chain that ends after day T costs at least the days until T. So a good chain is looked for first among
the steps that lead to the goal and end soon after the earliest day on which it can be reached at all, in
wider and wider windows. Its points then say how late any better chain can end, and the search for the
best one, among all steps, needs to look no further: a fraction of the whole model.
"""

from dataclasses import dataclass, replace

from sparplan.engines.base import Clock, Effort, Stop
from sparplan.engines.monolith.model import NOBODY, MonolithModel, Others
from sparplan.engines.monolith.solving import Answer, run
from sparplan.engines.monolith.variables import Scope
from sparplan.insatsgraf import Offer, earliest_days
from sparplan.problem import Case, Chain, Person, Problem, bits

FIRST_WINDOW_DAYS = 28
ROUGH_GAP = 0.01  # at which a first look is content


@dataclass(frozen=True, slots=True)
class Own:
    """The best chain found (None: unplaced), a proven lower bound of the person's points, the work."""

    chain: Chain | None
    bound: int
    work: float


@dataclass(frozen=True, slots=True)
class Question:
    """One person's search: beside what others have taken, least class sizes left aside.

    Attributes
    ----------
    placed
        Whether leaving the person unplaced is out of the question.
    seats, positions
        Whether seats and positions ask.
    """

    problem: Problem
    member: int
    effort: Effort
    others: Others = NOBODY
    placed: bool = False
    seats: bool = True
    positions: bool = True
    stop: Stop | None = None

    @property
    def person(self) -> Person:
        """The person."""
        return self.problem.persons[self.member]

    def look(self, scope: Scope, effort: Effort, start: Chain | None = None) -> "Look":
        """The best chain within a scope, beginning from a known one."""
        model = MonolithModel(
            self.problem,
            [self.member],
            self.others,
            seats=self.seats,
            positions=self.positions,
            least_sizes=False,
            scopes={self.member: scope},
        )
        if self.placed:
            model.require_placed(self.member)
        if start is not None:
            model.hint({self.member: start})
        answer = run(model.model, replace(effort, by_cores=True), self.stop)
        return Look(answer, model.chains(answer.value)[self.member] if answer.value else None)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found: CP-SAT's answer, and the chain (None: unplaced, or nothing found)."""

    answer: Answer
    chain: Chain | None


def good_chain(question: Question, start: Chain | None = None) -> Own:
    """A good chain, quickly: by the options that lead to the goal, then by all; bound not proven.

    No chain means that there is none, or that the effort was used up.
    """
    if not question.person.cases:
        return Own(None, question.person.unplaced_points, 0.0)
    if start is not None:
        return Own(start, least_points(question.person, None), 0.0)
    work = 0.0
    for essential in (True, False):
        found = _widen(question, essential=essential, work=work)
        work = found.work
        if found.chain is not None:
            return replace(found, bound=least_points(question.person, None))
    return found


def own_optimum(question: Question, start: Chain | None = None) -> Own:
    """One person's best chain with a proven bound.

    Where `placed` is asked for and there is no chain, the bound is that of leaving the person unplaced.

    Parameters
    ----------
    start
        A chain known already.
    """
    person, effort = question.person, question.effort
    clock = Clock(effort.seconds)
    if not person.cases:
        return Own(None, person.unplaced_points, 0.0)
    good = good_chain(question, start)
    if good.chain is None and (question.placed or good.bound >= person.unplaced_points):
        return good
    points = question.problem.points(question.member, good.chain)
    scope = Scope(latest_end=latest_paying_end(person, points))
    left = replace(effort, seconds=clock.left, work=effort.work - good.work)
    exact = question.look(scope, left, good.chain)
    work = good.work + exact.answer.work
    bound = good.bound if exact.answer.bound is None else min(exact.answer.bound, points)
    if exact.answer.objective is None or exact.answer.objective > points:
        return Own(good.chain, bound, work)
    return Own(exact.chain, bound, work)


def _widen(question: Question, *, essential: bool, work: float) -> Own:
    """Look in wider and wider windows until there is a chain."""
    person, effort = question.person, question.effort
    clock = Clock(effort.seconds)
    last = max((option.latest_end for case in person.cases for option in case.options), default=0)
    widening = FIRST_WINDOW_DAYS
    window = min(last, _first_goal_day(person) + widening)
    while True:
        rough = replace(effort, seconds=clock.left, work=effort.work - work, gap=ROUGH_GAP)
        found = question.look(Scope(window, essential), rough)
        work += found.answer.work
        if found.chain is not None:
            return Own(found.chain, least_points(person, None), work)
        if found.answer.feasible and not found.answer.is_within(ROUGH_GAP):
            return Own(None, _least(person, found.answer.bound, window), work)  # out of limits
        if window >= last:
            bound = person.unplaced_points if found.answer.bound is None else found.answer.bound
            return Own(None, bound, work)
        widening *= 3
        window = min(last, window + widening)


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
