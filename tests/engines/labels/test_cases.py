"""Chains that are easily missed, each in a region of a few rounds."""

import pytest

from sparplan.scenario import Scenario
from tests.builders import Row, insats, omgang, person, rolling, scenario
from tests.engines.labels.priced import questions
from tests.engines.labels.test_against_exhaustive import wrong_cheapest, wrong_every, wrong_exact

SVETS = insats("svets", provides={"svets": "2"})


def assert_right(region: Scenario, *rounds: str) -> None:
    """The cheapest chain is of these rounds, and every answer about it is right."""
    wanted = sorted(number for number, row in enumerate(region.rounds) if row.round in rounds)
    free = questions(region, 0, sizes=(0,))[0]
    (_, steps), least = next(iter(free.costs.items()))
    assert sorted({step[0] for step in steps}) == wanted
    answer = free.pricer().exact(free.person, free.prices, free.tracks, 1 << 40)
    assert answer.bound == answer.chains[0][0] == least
    for question in questions(region, 0):
        assert not [*wrong_exact(question), *wrong_cheapest(question), *wrong_every(question)]


def coached(coach: Row, *rounds: Row, **cells: object) -> Scenario:
    """A region in which `svets` asks for a coach alongside."""
    asks = SVETS | {"alongside": "insats:coach"}
    others = [insats("intro"), insats("grund", provides={"truck": "ja"})]
    return scenario(
        insatser=[asks, insats("coach", kind="stod", **coach), *others], rounds=list(rounds), **cells
    )


COACH = rolling("coach-1", "coach", "2027-01-11", "2027-03-07", form="distance", pace=10, weeks_min=2)


@pytest.mark.parametrize("first", ["2027-01-11", "2027-01-04", "2027-01-18"])
def test_what_fills_the_gap_behind_the_first_step_starts_on_any_day(first: str) -> None:
    """The first step alone ends too early; what fills the gap starts with it, or a week before or after."""
    region = scenario(
        planning_date="2027-01-04",
        horizon={"start": "2027-01-04", "end": "2027-12-31"},
        insatser=[
            insats("sfi", provides={"svenska": "B"}),
            SVETS | {"requires": "svenska>=B"},
            insats("praktik"),
        ],
        rounds=[
            omgang("sfi-1", "sfi", "2027-01-11", "2027-01-22", pace=50),
            omgang("praktik-1", "praktik", first, "2027-02-05", pace=25),
            omgang("svets-1", "svets", "2027-02-08", "2027-03-05"),
        ],
    )
    assert_right(region, "sfi-1", "praktik-1", "svets-1")


def test_the_first_step_is_longer_than_the_shortest() -> None:
    region = scenario(
        insatser=[insats("sfi", provides={"svenska": "B"}), SVETS | {"requires": "svenska>=B"}],
        rounds=[
            rolling("sfi-1", "sfi", "2027-01-11", "2027-02-21", weeks_min=2, weeks_max=6, intake_every=4),
            omgang("svets-1", "svets", "2027-02-08", "2027-03-05"),
        ],
    )
    assert_right(region, "sfi-1", "svets-1")


def test_a_pin_needs_something_first() -> None:
    region = scenario(
        insatser=[insats("truckkort", requires="svenska>=B"), insats("sfi", provides={"svenska": "B"})],
        rounds=[
            omgang("sfi-1", "sfi", "2027-01-11", "2027-02-05"),
            rolling("truck-1", "truckkort", "2027-02-08", "2027-04-04", weeks_min=1, weeks_max=2),
        ],
        participants=[person(levels={"svets": "2"}, pinned=["truck-1"])],
    )
    assert_right(region, "sfi-1", "truck-1")


def test_a_companion_needs_something_first() -> None:
    region = coached(
        {"requires": "insats:intro"},
        omgang("intro-1", "intro", "2027-01-11", "2027-01-22"),
        COACH,
        omgang("svets-1", "svets", "2027-01-25", "2027-02-19", pace=75),
    )
    assert_right(region, "intro-1", "coach-1", "svets-1")


def test_a_companion_needs_a_companion() -> None:
    region = coached(
        {"alongside": "insats:intro"},
        COACH,
        rolling("intro-1", "intro", "2027-01-11", "2027-03-07", form="distance", pace=10, weeks_min=2),
        omgang("svets-1", "svets", "2027-01-25", "2027-02-19", pace=50),
    )
    assert_right(region, "intro-1", "coach-1", "svets-1")


def test_a_companion_of_before_goes_on_for_some_days_of_the_step() -> None:
    """One step of history and one new: neither covers the whole step that asks."""
    region = coached(
        {"max_times": 2},
        rolling("coach-1", "coach", "2026-12-14", "2027-03-07", form="distance", pace=10, weeks_min=2),
        omgang("svets-1", "svets", "2027-01-11", "2027-02-19", pace=75),
        participants=[person(pinned=["coach-1@2026-12-14..2027-01-24"])],
    )
    assert_right(region, "coach-1", "svets-1")


def test_a_companion_fills_the_gap_too() -> None:
    """The coach covers: needed before the step that asks, and during it."""
    region = coached(
        {"covers": True},
        omgang("grund-1", "grund", "2027-01-11", "2027-01-22", pace=60),
        rolling("coach-1", "coach", "2027-01-11", "2027-03-07", form="distance", pace=40, weeks_min=2),
        omgang("svets-1", "svets", "2027-02-08", "2027-03-05", pace=60),
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {"profile": "svetsare", "kompetens": "truck", "level": "ja"},
        ],
    )
    assert_right(region, "grund-1", "coach-1", "svets-1")


@pytest.mark.parametrize(
    ("term", "helper"),
    [("requires", omgang("intro-1", "intro", "2027-01-11", "2027-01-22", pace=10)), ("alongside", COACH)],
    ids=["something first", "a companion"],
)
def test_what_fills_a_gap_needs(term: str, helper: Row) -> None:
    region = scenario(
        insatser=[
            insats("sfi", provides={"svenska": "B"}),
            insats(helper["insats"], kind="stod"),
            insats("praktik", **{term: f"insats:{helper['insats']}"}),
            SVETS | {"requires": "svenska>=B"},
        ],
        rounds=[
            omgang("sfi-1", "sfi", "2027-01-11", "2027-02-05", pace=75),
            helper,
            omgang("praktik-1", "praktik", "2027-02-08", "2027-02-19", pace=75),
            omgang("svets-1", "svets", "2027-02-22", "2027-03-19"),
        ],
    )
    assert_right(region, "sfi-1", helper["round"], "praktik-1", "svets-1")


def test_a_class_of_others_needs_something_first() -> None:
    """Among all chains stands the one that makes up the class."""
    region = scenario(
        insatser=[SVETS, insats("intro"), insats("extra", requires="insats:intro")],
        rounds=[
            omgang("svets-1", "svets", "2027-01-11", "2027-03-05", pace=60),
            omgang("intro-1", "intro", "2027-01-11", "2027-01-22", pace=25),
            omgang("extra-1", "extra", "2027-01-25", "2027-02-05", pace=25, min_participants=2),
        ],
        participants=[person("D01"), person("D02")],
    )
    question = questions(region, 0, sizes=(0,))[0]
    question.prices.mark[:] = (1, 2, 3)
    assert not wrong_every(question)


def test_a_filled_chain_keeps_what_is_alongside() -> None:
    """A longer practice would fill the gap, but the coach isn't there so long."""
    region = scenario(
        policy={"max_gap_days": 0},
        insatser=[
            insats("praktik", provides={"truck": "ja"}, alongside="insats:coach"),
            insats("coach", kind="stod"),
            SVETS | {"requires": "truck"},
            insats("dyr", kind="folkhogskola", bridge=True),
        ],
        rounds=[
            rolling("praktik-1", "praktik", "2027-01-11", "2027-02-07", weeks_min=2, weeks_max=4, pace=50),
            omgang("coach-1", "coach", "2027-01-11", "2027-01-22", pace=10),
            omgang("dyr-1", "dyr", "2027-01-11", "2027-02-05", pace=25),
            omgang("svets-1", "svets", "2027-02-08", "2027-03-05"),
        ],
    )
    assert_right(region, "praktik-1", "coach-1", "dyr-1", "svets-1")


def test_history_at_a_forbidden_price_costs_nothing_more() -> None:
    region = scenario(
        insatser=[SVETS, insats("sfi", provides={"svenska": "B"})],
        rounds=[
            omgang("sfi-1", "sfi", "2026-12-07", "2027-01-22", pace=50),
            omgang("svets-1", "svets", "2027-01-25", "2027-03-05"),
        ],
        participants=[person(pinned=["sfi-1"])],
    )
    question = questions(region, 0, sizes=(0,))[0]
    question.prices.fixed[0] = 1 << 44
    assert question.least() < 1 << 40
    assert not [*wrong_exact(question), *wrong_cheapest(question), *wrong_every(question)]
