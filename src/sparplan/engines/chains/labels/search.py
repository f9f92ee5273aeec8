"""Label setting: a participant's cheapest chains at given prices, exactly (see `docs/engines.md`).

A label is a chain so far: steps in order of start (on one day in order of number), so that each set of
steps is built once, and everything before the last start is settled. Labels are taken day by day; those
that others dominate, or whose bound reaches the limit, go. (After Irnich and Desaulniers 2005, "Shortest
path problems with resource constraints".)
"""

from sparplan.engines.chains.labels.desk import Case, Desk
from sparplan.engines.chains.labels.extending import (
    BROKEN,
    NO_ROOM,
    can_add,
    copy_under_way,
    held_on,
    holds_needs,
    keep_beside,
    set_coverage,
)
from sparplan.engines.chains.labels.gaps import gap_cost, note_gap
from sparplan.engines.chains.labels.jit import jitable
from sparplan.engines.chains.labels.label import add_step, finish, hold, make_root, wakes
from sparplan.engines.chains.labels.layout import (
    BEFORE,
    BEGUN,
    BEST,
    BORN,
    COST,
    DAYS_BETWEEN_CHECKS,
    END,
    ENDED,
    EVERY,
    EXPIRED,
    FAR,
    FILLS,
    FIRST_DAY,
    FLAGS,
    FOR_OTHERS,
    GIVES,
    IS_COMPANION,
    KIND,
    KRAV,
    L_BOUND,
    L_CHECKED,
    L_COMMITTED,
    L_COST,
    L_COVERED,
    L_DAY,
    L_END,
    L_LIMIT,
    L_NEXT,
    L_STEP,
    L_WAKES,
    L_WANTED,
    LATEST_END,
    LENGTH_POINTS,
    MERITS,
    NEGATIVE,
    NOBODY,
    OMITTED,
    OUT_OF_ROOM,
    RELAXED,
    ROOT,
    SCALE,
    Ints,
)
from sparplan.engines.chains.labels.table import (
    is_dominated,
    most_promising,
    slot_of,
    still_active,
)
from sparplan.engines.chains.labels.to_go import least_to_go
from sparplan.engines.chains.labels.usefulness import is_of_use, note_wanted
from sparplan.engines.chains.labels.windows import last_day_points

BEAM_DAYS = 12  # days whose labels a beam follows


@jitable
def search(
    case: Case,
    desk: Desk,
    limit: int,
    beam: int,
    use_dominance: bool,
    use_bounds: bool,
    pool: Ints,
    found: Ints,
    state: Ints,
) -> None:
    """Set labels until there are none left, or no room.

    Nothing is allocated here nor in what is called, so that compiled code needn't count references.

    Parameters
    ----------
    desk
        See `make_desk`.
    limit
        Only chains that cost less are looked for.
    beam
        Labels kept of those born on a day, the most promising ones, and of all a dozen times as many; 0
        for all.
    use_dominance, use_bounds
        Without them the answer is the same, later.
    pool
        Room for labels, shape (labels, `LABEL_COLUMNS` or `LABEL_COLUMNS_WITH_PENDING`).
    found
        Room for finished chains in the order in which they are found: label and cost.
    state
        Filled: labels born, chains found, how the search ended, and a bound: no chain below the limit, of
        those not looked at, costs less than `state[OMITTED]`.
    """
    kinds, landmarks, bounds, ways = case.kinds, case.landmarks, case.bounds, case.landmarks.ways
    numbers, calendar, steps = case.numbers, case.calendar, case.steps
    counted, merit_bits, merit_points = case.counted, case.merit_bits, case.merit_points
    first_need, needs = kinds.first_need, kinds.needs
    first_beside, beside = kinds.first_beside, kinds.beside
    first_company, company, company_asks = kinds.first_company, kinds.company, kinds.company_asks
    order, first_given, given = landmarks.order, landmarks.first_given, landmarks.given
    first_asked, asked, krav_bits = landmarks.first_asked, landmarks.asked, landmarks.krav_bits
    marks = landmarks.bit
    next_end, share, work, kind_pace = bounds.next_end, bounds.share, bounds.work, bounds.pace
    starts, ends = bounds.windows.starts, bounds.windows.ends
    own, way = bounds.windows.own, bounds.windows.way
    first_node, first_kind, node_kinds = ways.first_node, ways.first_kind, ways.kinds
    first_term, node_terms, children, counted_marks = ways.first_term, ways.term, ways.children, ways.counted
    by_day, gap_costs = bounds.by_day, case.gap_costs
    before, kind_gives, order_of_all = calendar[BEFORE], kinds.gives, landmarks.all_leading
    goal = numbers[KRAV]
    for bit in merit_bits:
        goal |= bit
    filler_needs = 0
    always = FOR_OTHERS if numbers[EVERY] else 0
    if not numbers[RELAXED]:
        always |= FILLS
        for term in needs:
            filler_needs |= term
        for row in range(beside.shape[0]):
            filler_needs |= beside[row, 0]

    span = calendar.shape[1] - 1
    first_group, begin, for_more = case.first_group, case.begin, case.for_more
    table, active, held_from = desk.table, desk.active, desk.held_from
    ready, free, since, at, value = desk.ready, desk.free, desk.since, desk.at, desk.value
    for slot in range(table.shape[0]):
        table[slot] = NOBODY

    def to_go_from(label: Ints, day: int, enough: int) -> int:
        return least_to_go(
            label,
            day,
            enough,
            steps,
            numbers,
            held_from,
            ready,
            free,
            since,
            at,
            value,
            order,
            first_need,
            first_asked,
            asked,
            first_given,
            given,
            next_end,
            marks,
            krav_bits,
            share,
            work,
            kind_pace,
            first_node,
            first_kind,
            node_kinds,
            first_term,
            node_terms,
            children,
            counted_marks,
            starts,
            ends,
            own,
            way,
        )

    def want(label: Ints) -> None:
        note_wanted(
            label,
            goal,
            always,
            steps,
            order_of_all,
            kind_gives,
            first_need,
            needs,
            first_beside,
            beside,
            company_asks,
            filler_needs,
        )

    state[:] = 0
    state[OMITTED] = FAR
    state[ROOT] = FAR if use_bounds else -FAR
    state[BEST] = limit

    has_history = make_root(pool[0], steps, numbers, calendar)
    if not hold(pool[0], numbers[FIRST_DAY], steps, held_from):
        state[ENDED] = OUT_OF_ROOM
        state[OMITTED] = -FAR
        return
    want(pool[0])
    state[BORN] = 1
    pool[0, L_BOUND] = -FAR
    if has_history:
        if not numbers[KRAV] & ~pool[0, L_COMMITTED]:
            stopped = pool[0, L_COST] + last_day_points(numbers, pool[0, L_END]) - numbers[MERITS]
            state[ROOT] = min(state[ROOT], stopped)
        finish(pool[0], 0, numbers, calendar, by_day, gap_costs, merit_bits, merit_points, found, state)
    active[0] = 0
    count = 1
    for day in range(numbers[FIRST_DAY], span + 1):
        if first_group[day] == first_group[day + 1]:
            continue
        count = still_active(pool, active, count, day, state[BEST], numbers)
        before_today = count
        place = 0
        while place < count:  # grows while we go: steps of one day side by side
            number = active[place]
            label = pool[number]
            place += 1
            if label[L_BOUND] >= state[BEST] or label[L_WAKES] > day or label[L_LIMIT] == NOBODY:
                continue
            if number == 0 and use_bounds:
                to_go = to_go_from(label, day, FAR)
                label[L_BOUND] = label[L_COST] + to_go + by_day[NEGATIVE, day] - numbers[MERITS]
                if not has_history:  # its first day isn't known, nor what that gives back
                    label[L_BOUND] -= SCALE * numbers[LENGTH_POINTS] * numbers[LATEST_END]
                state[ROOT] = min(state[ROOT], label[L_BOUND])
                if label[L_BOUND] >= state[BEST]:
                    continue
            begun = number != 0 or numbers[BEGUN] == 1
            gives_back = 0 if number or has_history else SCALE * numbers[LENGTH_POINTS] * day
            waiting = gap_cost(label, before[day], numbers, calendar, gap_costs) if begun else 0
            charge = waiting - gives_back
            least = label[L_COST] + charge + by_day[NEGATIVE, day] - numbers[MERITS]
            held = held_on(label, day, steps)
            unbounded = use_bounds and number != 0 and label[L_DAY] < day
            unchecked = use_dominance and number != 0 and label[L_CHECKED] + DAYS_BETWEEN_CHECKS <= day
            wanted = -1 if numbers[EVERY] or not numbers[RELAXED] else label[L_WANTED] & ~held
            after = 0 if label[L_DAY] < day else label[L_STEP] + 1
            for group in range(first_group[day], first_group[day + 1]):
                if label[L_LIMIT] == NOBODY or state[ENDED] == OUT_OF_ROOM:
                    break
                gives = steps[begin[group], GIVES]
                if wanted != -1 and not gives & wanted and not for_more[group]:
                    continue
                for step in range(max(begin[group], after), begin[group + 1]):
                    is_for_more = steps[step, FLAGS] & IS_COMPANION or steps[step, COST] < 0
                    if wanted != -1 and not gives & wanted and not is_for_more:
                        continue
                    end = max(label[L_END], steps[step, END])
                    if least + steps[step, COST] + last_day_points(numbers, end) >= state[BEST]:
                        continue
                    kind = steps[step, KIND]
                    if not holds_needs(held, kind, first_need, needs):
                        continue
                    if not is_of_use(
                        label,
                        step,
                        held,
                        begun,
                        steps,
                        numbers,
                        before,
                        order_of_all,
                        kind_gives,
                        first_company,
                        company,
                    ):
                        continue
                    if not can_add(label, step, steps, numbers, counted):
                        continue
                    if unbounded:
                        bound = least + to_go_from(label, day, state[BEST] - least)
                        if bound >= state[BEST]:
                            label[L_LIMIT] = NOBODY
                            break
                        label[L_BOUND] = max(label[L_BOUND], bound)
                        unbounded = False
                    if unchecked:
                        if is_dominated(
                            number, day, goal, table, pool, steps, numbers, calendar, counted, gap_costs
                        ):
                            label[L_LIMIT] = NOBODY
                            break
                        unchecked = False
                        label[L_CHECKED] = day
                    born = state[BORN]
                    if born >= pool.shape[0]:
                        state[ENDED] = OUT_OF_ROOM
                        break
                    child = pool[born]
                    add_step(label, number, step, held, end, charge, steps, counted, child)
                    if not copy_under_way(label, child, step, steps):
                        state[ENDED] = OUT_OF_ROOM
                        break
                    covered = before[day]
                    if begun and not numbers[RELAXED]:
                        covered = min(label[L_COVERED], covered)
                    set_coverage(child, covered, steps, numbers, calendar)
                    if not note_gap(label, child, covered, waiting, calendar, gap_costs):
                        state[ENDED] = OUT_OF_ROOM
                        break
                    if beside.shape[0]:
                        kept = keep_beside(
                            label, child, step, held, steps, first_beside, beside, kind, calendar
                        )
                        if kept == NO_ROOM:
                            state[ENDED] = OUT_OF_ROOM
                            break
                        if kept == BROKEN:
                            continue
                    if by_day[EXPIRED, day] & numbers[KRAV] & ~child[L_COMMITTED]:
                        continue
                    child[L_WAKES] = wakes(child, steps, numbers)
                    want(child)
                    if use_dominance and is_dominated(
                        born, day, goal, table, pool, steps, numbers, calendar, counted, gap_costs
                    ):
                        continue
                    if use_bounds:
                        base = child[L_COST] + by_day[NEGATIVE, day] - numbers[MERITS]
                        child[L_BOUND] = base + to_go_from(child, day, state[BEST] - base)
                        if child[L_BOUND] >= state[BEST]:
                            continue
                    else:
                        child[L_BOUND] = -FAR
                    state[BORN] += 1
                    if not finish(
                        child,
                        born,
                        numbers,
                        calendar,
                        by_day,
                        gap_costs,
                        merit_bits,
                        merit_points,
                        found,
                        state,
                    ):
                        active[count] = born
                        count += 1
            if state[ENDED] == OUT_OF_ROOM:
                for waiting in active[:count]:
                    state[OMITTED] = min(state[OMITTED], pool[waiting, L_BOUND])
                return
        if beam and count - before_today > beam:
            count = most_promising(beam, pool, active, before_today, count, state)
        for place in range(before_today, count):
            number = active[place]
            slot = slot_of(pool[number, L_COMMITTED] & goal)
            pool[number, L_NEXT] = table[slot]
            table[slot] = number
        if beam and count > BEAM_DAYS * beam:
            count = most_promising(BEAM_DAYS * beam, pool, active, 0, count, state)
