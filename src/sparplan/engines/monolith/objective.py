"""The points of problem.md §6 as linear expressions.

Days are sums over segments, so that the LP relaxation sees them. Points that are rounded (travel, pace)
are variables held up from below: minimising brings them down to the rounded value.
"""

from itertools import pairwise

from sparplan.engines.monolith.variables import CaseModel, Expr, Item, RollingItem
from sparplan.problem import Problem
from sparplan.studydays import DAYS_A_WEEK


def case_points(case: CaseModel) -> Expr:
    """Points of a participant on a track; 0 when not placed there."""
    terms: list[Expr] = [case.case.constant_points * case.on]
    lengths = [end - start for start, end in pairwise(case.days)]
    for segment, days in enumerate(lengths):
        if case.days[segment] >= case.person.available_from:
            terms.append(case.person.day_points * days * case.lasting[segment])
    terms.extend(_length_points(case, lengths))
    terms.extend(_step_points(case.problem, case, item) for item in case.items)
    terms.extend(-points * _reached(case, bit) for bit, points in case.case.merits)
    return sum(terms)


def _length_points(case: CaseModel, lengths: list[int]) -> list[Expr]:
    """Days from the chain's first day to its last; history's first day is known."""
    rate = case.problem.weights.length_day
    if not rate:
        return []
    history = [case.case.options[index].starts[0] for index in case.case.history]
    if history:
        first = case.segment(min(history))
        return [rate * days * case.lasting[j] for j, days in enumerate(lengths) if j >= first]
    for waiting, lasting in zip(case.waiting, case.lasting, strict=True):
        case.model.add_implication(waiting, lasting)
    return [rate * days * (case.lasting[j] - case.waiting[j]) for j, days in enumerate(lengths)]


def _reached(case: CaseModel, bit: int) -> Expr:
    """A literal that may hold only if some step gives the bit."""
    reached = case.model.new_bool_var("")
    case.model.clause(~reached, *(item.present for item in case.givers(bit)))
    return reached


def _step_points(problem: Problem, case: CaseModel, item: Item) -> Expr:
    option = item.option
    if not isinstance(item, RollingItem):
        return problem.step_points(option, item.first_start, item.last_end) * item.present
    points: list[Expr] = [_pace_points(case, item)]
    if option.bridge:
        points.append(problem.weights.bridge_day * item.length)
    if option.on_site_fifths and problem.weights.travel_hour:
        points.append(problem.weights.travel_hour * _travel_hours(problem, case, item))
    return sum(points)


def _pace_points(case: CaseModel, item: RollingItem) -> Expr:
    """⌈pace · days / 100⌉."""
    pace, lengths = item.option.pace, item.option.lengths
    if len(lengths) == 1:
        return -(-pace * lengths[0] // 100) * item.present
    points = case.model.new_int_var(0, -(-pace * lengths[-1] // 100), "")
    case.model.add(100 * points >= pace * item.length)
    return points


def _travel_hours(problem: Problem, case: CaseModel, item: RollingItem) -> Expr:
    """⌊2 · minutes · on-site days / 60⌋, on-site days being ⌊study days · fifths / 5⌋."""
    model, calendar, option = case.model, problem.calendar, item.option
    starts = range(item.first_start, item.last_start + 1, max(1, item.stride))
    ends = range(item.first_end, item.last_end + 1, DAYS_A_WEEK)
    base = calendar.before(item.first_start)
    most = calendar.before(item.last_end) - base
    before_start = model.new_int_var(0, most, "")
    before_end = model.new_int_var(0, most, "")
    model.add_element(item.at, [calendar.before(day) - base for day in starts], before_start)
    model.add_element(item.until, [calendar.before(day) - base for day in ends], before_end)
    on_site = model.new_int_var(0, most, "")
    study_days = before_end - before_start
    model.add(5 * on_site + 4 >= option.on_site_fifths * study_days).only_enforce_if(item.present)
    hours = model.new_int_var(0, 2 * option.minutes * most // 60, "")
    model.add(60 * hours + 59 >= 2 * option.minutes * on_site)
    return hours
