"""What gaps cost at least, against every set of steps that could fill them."""

from itertools import chain, combinations

import numpy as np
import pytest

from sparplan.compiling import compile_problem
from sparplan.engines.chains.labels import gaps
from sparplan.engines.chains.labels.arrays import CaseArrays, calendar_arrays, case_arrays
from sparplan.engines.chains.labels.layout import (
    BEFORE,
    FAR,
    HOLE,
    IS_HISTORY,
    IS_SPLIT,
    L_COVERED,
    LABEL_COLUMNS,
    MAX_PACE,
    MIN_PACE,
    RELAXED,
    SCALE,
    TOLERATED_GAP,
    WEEK,
    Ints,
)
from sparplan.problem import Problem
from tests.engines.labels.bent import bent_scenario
from tests.oracle.tiny import tiny_scenario

SEEDS = range(0, 300, 3)
MOST_FILLERS = 16
LEAST_ASKED = 100  # gaps that can be filled, for a test to tell anything

Filler = tuple[int, int, int, int]
"""Start, half-open end (days from day 0), pace and points of a step."""


def cases(seed: int) -> list[tuple[Problem, CaseArrays, Ints]]:
    """The cases of a small scenario, with the calendar."""
    maker = tiny_scenario if seed % 2 else bent_scenario
    problem = compile_problem(maker(seed))
    calendar = calendar_arrays(problem)
    return [
        (problem, case_arrays(problem, calendar, person, case), calendar.copy())
        for person in problem.persons
        for case in person.cases
    ]


def fillers(problem: Problem, arrays: CaseArrays, calendar: Ints) -> list[Filler]:
    """Every new step that covers."""
    options, weights, found = arrays.options, problem.weights, set[Filler]()
    for option in np.flatnonzero(options.covers & (options.flags & IS_HISTORY == 0)):
        if options.pace[option] > arrays.numbers[MAX_PACE]:
            continue
        for start in options.first_start[option] + options.every[option] * np.arange(
            options.num_starts[option]
        ):
            for length in options.first_length[option] + 7 * np.arange(options.num_lengths[option]):
                end = int(start + length)
                if end <= options.latest_end[option]:
                    days = calendar[BEFORE, end] - calendar[BEFORE, start]
                    points = -(-options.pace[option] * length // 100)
                    points += weights.bridge_day * length if options.bridge[option] else 0
                    on_site = days * options.fifths[option] // 5
                    points += weights.travel_hour * (2 * options.minutes[option] * on_site // 60)
                    found.add((int(start), end, int(options.pace[option]), int(points)))
    return sorted(found)


def least_to_fill(days: list[int], steps: list[Filler], min_pace: int) -> int | None:
    """The least points of any set of steps that has the pace on all days; None if there is none."""
    best: int | None = None
    for count in range(1, 5):
        for some in combinations(steps, count):
            points = sum(step[3] for step in some)
            if best is not None and points >= best:
                continue
            if all(
                sum(pace for start, end, pace, _ in some if start <= day < end) >= min_pace for day in days
            ):
                best = points
    return best


def test_gaps_never_cost_less_than_they_are_said_to() -> None:
    """Two gaps after one another, filled by whatever fills both at the least points."""
    rng = np.random.default_rng(20261123)
    asked = met = 0
    for problem, arrays, calendar in chain.from_iterable(map(cases, SEEDS)):
        steps = fillers(problem, arrays, calendar)
        numbers = arrays.numbers.copy()
        numbers[RELAXED], numbers[TOLERATED_GAP] = 1, 0
        if not numbers[MIN_PACE] or not 0 < len(steps) <= MOST_FILLERS:
            continue
        weights = problem.weights
        costs = gaps.price_gaps(arrays.options, calendar, numbers, weights.bridge_day, weights.travel_hour)
        num_days = int(calendar[BEFORE, -1])
        study_days = np.flatnonzero(np.diff(calendar[BEFORE]))
        for _ in range(6):
            one, two, three, four = np.sort(rng.choice(num_days, 4, replace=False)).tolist()
            label, child = np.zeros((2, LABEL_COLUMNS), dtype=np.int64)
            label[L_COVERED] = one
            first = gaps.gap_cost(label, two, numbers, calendar, costs)
            child[L_COVERED] = three
            assert gaps.note_gap(label, child, two, first, calendar, costs)
            second = gaps.gap_cost(child, four, numbers, calendar, costs)
            days = study_days[[*range(one, two), *range(three, four)]].tolist()
            least = least_to_fill(days, steps, int(numbers[MIN_PACE]))
            if least is not None:
                assert 0 < first + second <= SCALE * least
                asked += 1
                met += first + second == SCALE * least
    assert asked > LEAST_ASKED, asked
    assert met > asked / 2, (met, asked)


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_a_gap_costs_the_least_way_through_its_weeks(seed: int) -> None:
    """Where steps are fast enough each by itself: as many weeks as a gap touches, one step after another."""
    for problem, arrays, calendar in cases(seed):
        steps = fillers(problem, arrays, calendar)
        numbers, weights = arrays.numbers, problem.weights
        is_slow = any(pace < numbers[MIN_PACE] for _, _, pace, _ in steps)
        if is_slow or (arrays.options.flags & IS_SPLIT).any():
            continue
        costs = gaps.price_gaps(arrays.options, calendar, numbers, weights.bridge_day, weights.travel_hour)
        weeks = costs.shape[1]
        touched = [
            (calendar[WEEK, calendar[BEFORE, start]], calendar[WEEK, calendar[BEFORE, end] - 1], points)
            for start, end, _, points in steps
            if calendar[BEFORE, end] > calendar[BEFORE, start]
        ]
        for first in range(weeks):
            least = [0, *[FAR] * weeks]  # by number of weeks from the first one on that are touched
            for reached in range(weeks - first):
                for start, last, points in touched:
                    if start <= first + reached <= last:
                        for to in range(reached + 1, last - first + 2):
                            least[to] = min(least[to], least[reached] + SCALE * points)
            for last in range(first, weeks):
                known = costs[gaps.LEAST, first, last]
                assert known == min(least[last - first + 1], gaps.NO_WAY)


def test_days_that_nothing_covers_are_holes() -> None:
    for problem, arrays, calendar in cases(3):
        weights = problem.weights
        gaps.price_gaps(arrays.options, calendar, arrays.numbers, weights.bridge_day, weights.travel_hour)
        study_days = np.flatnonzero(np.diff(calendar[BEFORE]))
        steps = fillers(problem, arrays, calendar)
        is_covered = [any(start <= day < end for start, end, _, _ in steps) for day in study_days]
        for number, is_one in enumerate(is_covered):
            assert (calendar[HOLE, number] > number) == is_one
