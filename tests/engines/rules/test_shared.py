"""Rules across participants in the model: `seats`, `min_participants`, `positions`, each asked alone."""

from collections.abc import Mapping, Sequence

import pytest

from sparplan.compiling import compile_problem
from sparplan.engines.monolith import constraints
from sparplan.engines.monolith.variables import EVERYTHING, CaseModel, Item, Model
from sparplan.scenario import Scenario
from tests.builders import Row, Stepping, insats, omgang, person, rolling, scenario
from tests.engines.fixing import fix, is_feasible, span

FEBRUARY = ("2027-02-01", "2027-02-28")
MARCH = ("2027-03-01", "2027-03-28")


def region(*rounds: Row, people: int = 3, pinned: Sequence[str] = (), **course: object) -> Scenario:
    return scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"}, **course)],
        rounds=rounds,
        participants=[person(f"D{number}", pinned=list(pinned)) for number in range(people)],
    )


class Shared:
    """Some persons' variables in one model."""

    def __init__(self, region: Scenario, taken: Mapping[int, Sequence[Stepping]]) -> None:
        self.problem = compile_problem(region)
        self.model = Model()
        self.cases = [
            CaseModel(self.model, self.problem, person, person.cases[0], EVERYTHING)
            for person in self.problem.persons
        ]
        for number, case in enumerate(self.cases):
            fix(case, [span(region, stepping) for stepping in taken.get(number, ())])

    @property
    def items(self) -> list[Item]:
        return [item for case in self.cases for item in case.items]

    @property
    def feasible(self) -> bool:
        return is_feasible(self.model)


def seats_allow(
    region: Scenario,
    taken: Mapping[int, Sequence[Stepping]],
    others: Sequence[tuple[int, int]] = (),
) -> bool:
    shared = Shared(region, taken)
    row = shared.problem.rows[0]
    assert row.seats is not None
    constraints.seats(shared.model, row.seats, shared.items, others, rolling=row.rolling)
    return shared.feasible


@pytest.mark.parametrize(
    ("seats", "takers", "expected"), [(2, 2, True), (2, 3, False), (0, 1, False), (0, 0, True), (3, 3, True)]
)
def test_seats_of_a_fixed_round(seats: int, takers: int, expected: bool) -> None:
    one = region(omgang("s", "svets_mag", *FEBRUARY, seats=seats))
    assert seats_allow(one, {number: ["s"] for number in range(takers)}) is expected


@pytest.mark.parametrize(("others", "expected"), [(0, True), (1, True), (2, False)])
def test_what_others_have_taken_of_a_fixed_round(others: int, expected: bool) -> None:
    one = region(omgang("s", "svets_mag", *FEBRUARY, seats=2))
    assert seats_allow(one, {0: ["s"]}, [span(one, "s")[1:]] * others) is expected


ROLL = rolling("r", "svets_mag", "2027-01-11", "2027-06-27")


@pytest.mark.parametrize(
    ("seats", "steps", "expected"),
    [
        (1, [FEBRUARY, MARCH], True),
        (1, [FEBRUARY, ("2027-02-22", "2027-03-21")], False),
        (2, [FEBRUARY, ("2027-02-22", "2027-03-21"), MARCH], True),
        (2, [("2027-02-01", "2027-03-07"), ("2027-02-22", "2027-03-21"), MARCH], False),
        (0, [FEBRUARY], False),
        (0, [], True),
    ],
)
def test_seats_of_a_rolling_round_on_any_day(
    seats: int, steps: list[tuple[str, str]], expected: bool
) -> None:
    one = region({**ROLL, "seats": seats})
    taken = {number: [("r", *days)] for number, days in enumerate(steps)}
    assert seats_allow(one, taken) is expected


@pytest.mark.parametrize(("mine", "expected"), [(MARCH, True), (("2027-02-22", "2027-03-21"), False)])
def test_what_others_have_taken_of_a_rolling_round(mine: tuple[str, str], expected: bool) -> None:
    one = region({**ROLL, "seats": 1})
    assert seats_allow(one, {0: [("r", *mine)]}, [span(one, ("r", *FEBRUARY))[1:]]) is expected


def test_history_has_its_seat() -> None:
    past = {**ROLL, "start": "2026-11-02", "seats": 3}
    one = region(past, pinned=["r@2026-11-02..2027-02-14"], max_times=2)
    begun = ("r", "2026-11-02", "2027-02-14")
    everybody = {number: [begun] for number in range(3)}
    assert seats_allow(one, everybody)
    tight = region({**past, "seats": 2}, pinned=["r@2026-11-02..2027-02-14"], max_times=2)
    assert not seats_allow(tight, everybody)


@pytest.mark.parametrize(
    ("least", "takers", "others", "expected"),
    [
        (2, 0, 0, True),
        (2, 1, 0, False),
        (2, 2, 0, True),
        (2, 3, 0, True),
        (4, 0, 0, True),
        (4, 3, 0, False),
        (4, 3, 1, True),  # one outside the model takes it too
        (4, 2, 1, False),
        (4, 0, 1, False),  # and needs the others
        (5, 0, 1, True),  # out of reach for these: not theirs to mend
        (5, 1, 1, False),
        (2, 0, 2, True),
        (1, 1, 0, True),
    ],
)
def test_a_round_is_held_for_enough_or_for_none(least: int, takers: int, others: int, expected: bool) -> None:
    one = region(omgang("s", "svets_mag", *FEBRUARY, min_participants=least))
    shared = Shared(one, {number: ["s"] for number in range(takers)})
    row = shared.problem.rows[0]
    constraints.min_participants(shared.model, row.min_participants, shared.items, others)
    assert shared.feasible is expected


def test_a_round_that_has_begun_is_not_asked_for_its_least_size() -> None:
    begun = omgang("s", "svets_mag", "2027-01-08", "2027-02-28", min_participants=4)
    to_come = omgang("t", "svets_mag", "2027-01-11", "2027-02-28", min_participants=4)
    rows = compile_problem(region(begun, to_come, {**ROLL, "min_participants": 4})).rows
    assert [row.min_participants for row in rows] == [0, 4, 0]  # nor is a rolling one


@pytest.mark.parametrize(
    ("most", "placed", "expected"),
    [(1, 1, True), (1, 2, False), (0, 1, False), (0, 0, True), (-1, 0, True), (-1, 1, False)],
)
def test_positions_of_a_track(most: int, placed: int, expected: bool) -> None:
    model = Model()
    literals = [model.new_bool_var("") for _ in range(3)]
    constraints.positions(model, most, literals)
    for number, literal in enumerate(literals):
        model.add(literal == int(number < placed))
    assert is_feasible(model) is expected
