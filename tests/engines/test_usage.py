"""Seats and positions as chains come and go."""

from sparplan.compiling import compile_problem
from sparplan.engines.usage import Usage, in_progress
from sparplan.problem import Chain, Problem, StepChoice
from tests.builders import Row, insats, omgang, person, rolling, scenario
from tests.engines.fixing import span

FEBRUARY, MARCH = ("2027-02-01", "2027-02-28"), ("2027-03-01", "2027-03-28")


def problem(*rounds: Row, **track: object) -> Problem:
    return compile_problem(
        scenario(
            insatser=[insats("svets_mag", provides={"svets": "2"}, max_times=3)],
            rounds=rounds,
            tracks=[{"track": "svets", "name": "Svetsare", "profile": "svetsare", **track}],
            participants=[person(f"D{number}") for number in range(4)],
        )
    )


def chain(one: Problem, *steps: tuple[str, str, str]) -> Chain:
    choices = []
    for step in steps:
        name, start, end = span(one.scenario, step)
        names = [one.scenario.rounds[option.round].round for option in one.persons[0].cases[0].options]
        choices.append(StepChoice(names.index(name), start, end))
    return Chain(0, tuple(choices))


def test_seats_of_a_fixed_round() -> None:
    one = problem(omgang("s", "svets_mag", *FEBRUARY, seats=2))
    usage, mine = Usage(one), chain(one, ("s", *FEBRUARY))
    for person_ in (0, 1):
        assert usage.fits(person_, mine)
        usage.add(person_, mine)
    assert not usage.fits(2, mine)
    assert not usage.has_seats(2, mine)
    usage.remove(0, mine)
    assert usage.fits(2, mine)


def test_seats_of_a_rolling_round_are_counted_by_day() -> None:
    one = problem(rolling("r", "svets_mag", "2027-01-11", "2027-06-27", seats=1))
    usage = Usage(one)
    usage.add(0, chain(one, ("r", *FEBRUARY)))
    assert usage.fits(1, chain(one, ("r", *MARCH)))
    assert not usage.fits(1, chain(one, ("r", "2027-02-22", "2027-03-21")))
    assert not usage.fits(1, chain(one, ("r", "2027-01-25", "2027-02-21")))
    assert not usage.fits(1, chain(one, ("r", "2027-01-25", "2027-03-07")))
    assert not usage.fits(1, chain(one, ("r", *MARCH), ("r", "2027-01-11", "2027-02-07")))


def test_positions() -> None:
    one = problem(omgang("s", "svets_mag", *FEBRUARY), positions=1)
    usage, mine = Usage(one), chain(one, ("s", *FEBRUARY))
    usage.add(0, mine)
    assert not usage.fits(1, mine)
    assert usage.has_seats(1, mine)
    usage.remove(0, mine)
    assert usage.fits(1, mine)


def test_closed_rounds_fit_nobody() -> None:
    one = problem(omgang("s", "svets_mag", *FEBRUARY), omgang("t", "svets_mag", *MARCH))
    usage, mine = Usage(one), chain(one, ("s", *FEBRUARY))
    assert not usage.fits(0, mine, closed=[0])
    assert usage.fits(0, mine, closed=[1])


def test_classes_that_are_too_small() -> None:
    one = problem(omgang("s", "svets_mag", *FEBRUARY, min_participants=2), omgang("t", "svets_mag", *MARCH))
    usage, mine = Usage(one), chain(one, ("s", *FEBRUARY))
    assert usage.too_small() == []
    assert usage.still_too_small() == [0]
    usage.add(0, mine)
    usage.add(1, chain(one, ("t", *MARCH)))
    assert usage.too_small() == [0]
    assert usage.still_too_small() == []
    usage.add(2, mine)
    assert usage.too_small() == []
    usage.remove(2, mine)
    usage.remove(0, mine)
    assert usage.too_small() == []


def test_steps_in_progress_on_a_day() -> None:
    assert [in_progress([(1, 3), (2, 4)], day) for day in range(5)] == [0, 1, 2, 1, 0]
