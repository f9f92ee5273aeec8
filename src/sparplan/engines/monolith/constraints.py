"""The rules of problem.md §5 as constraints: one function a rule.

Each takes the case (one participant on one track) or, below, all cases, and adds to the model; none
depends on another having run. `eligibility`, `window` and `travel` were compiled away.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise

from sparplan.engines.monolith.variables import CaseModel, Item, Literal, Model, RollingItem
from sparplan.problem import bits


def prerequisites(case: CaseModel) -> None:
    """Every term of `requires` holds from a step that ended before the step's first day."""
    for item in case.items:
        for term in item.option.needs:
            case.model.clause(~item.present, *_ended_before(case, item, term))


def _ended_before(case: CaseModel, item: Item, mask: int) -> list[Literal]:
    """Literals, each of which implies that a step giving a bit of `mask` ended before the item."""
    givers = [
        giver for giver in case.givers(mask) if giver is not item and giver.first_end <= item.last_start
    ]
    if not isinstance(item, RollingItem):
        return [giver.ended_by(item.first_start) for giver in givers]
    literals = []
    for giver in givers:
        if giver.last_end <= item.first_start:
            literals.append(giver.present)
            continue
        literal = case.model.new_bool_var("")
        case.model.add_implication(literal, giver.present)
        case.model.add(giver.end <= item.start).only_enforce_if(literal)
        literals.append(literal)
    return literals


def alongside(case: CaseModel) -> None:
    """Every term of `alongside` holds: a level on the first day, or an insats on every study day."""
    for item in case.items:
        for term in item.option.beside:
            levels = _ended_before(case, item, term.levels) if term.levels else []
            insatser = [_accompanied(case, item, bit) for bit in bits(term.insatser)]
            case.model.clause(~item.present, *levels, *insatser)


def _accompanied(case: CaseModel, item: Item, insats_bit: int) -> Literal:
    """A literal that implies: steps of one insats cover every study day of the item."""
    model = case.model
    companions = [other for other in case.givers(insats_bit) if other is not item]
    chosen = model.new_bool_var("")
    for segment, (start, end) in enumerate(pairwise(case.days)):
        if start >= item.last_end or end <= item.first_start or not case.study_days[segment]:
            continue
        covering = [other.active(start, end) for other in companions]
        model.clause(~chosen, ~item.starts_by(start), ~item.lasts_to(end), *covering)
    return chosen


def repeats(case: CaseModel) -> None:
    """An insats at most `max_times`; its steps don't overlap. (Against history: compiled away.)"""
    by_insats: dict[int, list[Item]] = {}
    for item in case.new_items():
        by_insats.setdefault(item.option.insats, []).append(item)
    most = dict(case.case.repeats)
    for insats, items in by_insats.items():
        if len(items) > most[insats]:
            case.model.add(sum(item.present for item in items) <= most[insats])
        if most[insats] > 1 and len(items) > 1:
            case.model.add_no_overlap([item.interval for item in items])


def pace(case: CaseModel) -> None:
    """On every day with a new step in progress, the paces add up to at most `max_pace`.

    History by itself may pass the limit, so its pace is cut off there: any new step is then one too many.
    """
    model, most = case.model, case.person.max_pace
    items = case.new_items()
    if not items:
        return
    past = {start: _history_pace(case, start) for start in case.days}
    _pace_cuts(case, items, past)
    if not any(isinstance(item, RollingItem) for item in items):
        return  # the cuts say it all
    intervals = [item.interval for item in items]
    demands = [item.option.pace for item in items]
    for start, end in pairwise(case.days):
        if past[start]:
            intervals.append(model.new_optional_fixed_size_interval_var(start, end - start, case.on, ""))
            demands.append(min(past[start], most))
    if sum(demands) > most:
        model.add_cumulative(intervals, demands, most)


def _history_pace(case: CaseModel, day: int) -> int:
    steps = (case.case.options[index] for index in case.case.history)
    return sum(step.pace for step in steps if step.starts[0] <= day < step.starts[0] + step.lengths[0])


def _pace_cuts(case: CaseModel, items: Sequence[Item], past: Mapping[int, int]) -> None:
    """Implied knapsacks over the fixed steps in progress on a day: they give the LP a strong bound."""
    fixed = [item for item in items if not isinstance(item, RollingItem)]
    for day in sorted({item.first_start for item in fixed}):
        together = [item for item in fixed if item.first_start <= day < item.last_end]
        room = max(0, case.person.max_pace - past.get(day, 0))
        if sum(item.option.pace for item in together) <= room:
            continue
        if min(item.option.pace for item in together) * 2 > room:
            case.model.add_at_most_one(item.present for item in together if item.option.pace <= room)
        case.model.add(sum(item.option.pace * item.present for item in together) <= room)


def clash(case: CaseModel) -> None:
    """No two steps in different places share a day of theirs. (Against history: compiled away.)"""
    model = case.model
    items = [item for item in case.new_items() if item.option.weekdays]
    for one, other in combinations(items, 2):
        if not one.option.weekdays & other.option.weekdays or one.option.place == other.option.place:
            continue
        if one.last_end <= other.first_start or other.last_end <= one.first_start:
            continue
        if not isinstance(one, RollingItem) and not isinstance(other, RollingItem):
            model.clause(~one.present, ~other.present)
        else:
            model.add_no_overlap([one.interval, other.interval])


def gap(case: CaseModel) -> None:
    """No run of more than the tolerated study days between first start and last end without activity."""
    tolerated = case.person.tolerated_gap
    if tolerated is None or case.problem.min_pace == 0:
        return
    gap_from = case.person.gap_from
    segments = [
        segment
        for segment, study_days in enumerate(case.study_days)
        if study_days and (gap_from is None or case.days[segment] >= gap_from)
    ]
    covered = {segment: _covered(case, segment) for segment in segments}
    for position, first in enumerate(segments):
        run: list[int] = []
        for segment in segments[position:]:
            run.append(segment)
            if sum(case.study_days[part] for part in run) > tolerated:
                begun = [] if gap_from is not None else [case.waiting[first]]
                literals = (literal for part in run for literal in covered[part])
                case.model.clause(~case.lasting[segment], *begun, *literals)
                break


def _covered(case: CaseModel, segment: int) -> list[Literal]:
    """Literals, each of which implies that the total pace of covering steps is enough in a segment."""
    model, least = case.model, case.problem.min_pace
    start, end = case.days[segment], case.days[segment + 1]
    active = [
        (item.option.pace, literal)
        for item in case.items
        if item.option.covers and not model.is_false(literal := item.active(start, end))
    ]
    enough = [literal for pace, literal in active if pace >= least]
    slow = [(pace, literal) for pace, literal in active if pace < least]
    if len(slow) > 1 and sum(pace for pace, _ in slow) >= least:
        together = model.new_bool_var("")
        model.add(sum(pace * literal for pace, literal in slow) >= least).only_enforce_if(together)
        enough.append(together)
    return enough


def goal(case: CaseModel) -> None:
    """Every krav is given by some step."""
    for bit in bits(case.case.krav):
        case.model.clause(~case.on, *(item.present for item in case.givers(bit)))


def pinned(case: CaseModel) -> None:
    """Every pinned round or step is taken; history always."""
    for pin in case.case.pins:
        case.model.clause(~case.on, *(item.present for item in case.items if item.index in pin))


PERSONAL = (prerequisites, alongside, repeats, pace, clash, gap, goal, pinned)


Taken = Mapping[int, Sequence[tuple[int, int]]]
"""By round: the days `[start, end)` of steps that others have taken already."""


def seats(
    model: Model, most: int, items: Sequence[Item], others: Sequence[tuple[int, int]], *, rolling: bool
) -> None:
    """A fixed round has at most `seats` participants; a rolling one at most so many on any day."""
    if not rolling:
        if len(items) > most - len(others):
            model.add(sum(item.present for item in items) <= max(0, most - len(others)))
        return
    intervals = [item.interval for item in items]
    fixed = [model.new_fixed_size_interval_var(start, end - start, "") for start, end in others]
    if most == 0:
        for item in items:
            model.add(item.present == 0)
    elif len(intervals) + len(fixed) > most:
        model.add_cumulative([*intervals, *fixed], [1] * (len(intervals) + len(fixed)), most)


def min_participants(model: Model, least: int, items: Sequence[Item], others: int) -> None:
    """A fixed round that anyone takes is taken by enough; `others` outside the model take it already."""
    if least < 2 or others >= least:
        return
    if len(items) + others < least:
        for item in items:
            model.add(item.present == 0)
        return
    held = model.true if others else model.new_bool_var("")
    for item in items:
        model.add_implication(item.present, held)
    model.add(sum(item.present for item in items) >= least - others).only_enforce_if(held)


def positions(model: Model, most: int, placed: Iterable[Literal]) -> None:
    """A track has at most `positions` placed participants."""
    literals = list(placed)
    if len(literals) > most:
        model.add(sum(literals) <= max(0, most))
