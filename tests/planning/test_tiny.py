"""scenarios/tiny is worked out by hand in its README; the numbers here are those of that page."""

from pathlib import Path

import pytest

import sparplan as sp
from sparplan.checks import inspect
from sparplan.kedjor import Insatskedja, Plan, ReasonCode, Status, StopReason
from sparplan.points import ChainPoints, chain_breakdown
from sparplan.scenario import Scenario
from tests.oracle.exhaustive import chains_of, optimum

FOLDER = Path(__file__).parents[2] / "scenarios" / "tiny"
OBJECTIVE = 57_333
CHAINS = {
    "D01": [
        ("sfi-c-1", "2027-01-11", "2027-03-21"),
        ("aub-svets-1", "2027-03-22", "2027-05-16"),
    ],
    "D02": [
        ("lager-1", "2027-02-01", "2027-03-28"),
        ("truck-2", "2027-03-08", "2027-03-12"),
        ("bro-1", "2027-03-29", "2027-04-11"),
        ("digital-1", "2027-03-29", "2027-04-09"),
        ("praktik-1", "2027-04-12", "2027-05-09"),
    ],
}
TERMS = {
    "D01": ChainPoints(days=12_600, preference=0, length=126, bridge=0, travel=80, merit=0, pace=80),
    "D02": ChainPoints(days=10_500, preference=200, length=98, bridge=28, travel=47, merit=-100, pace=74),
}


@pytest.fixture(scope="module")
def tiny() -> Scenario:
    return sp.read_scenario(FOLDER)


@pytest.fixture(scope="module")
def made(tiny: Scenario) -> Plan:
    return sp.plan(tiny, workers=1, work_limit=20)


def test_it_has_no_fault_and_no_warning() -> None:
    assert inspect(FOLDER)[1].issues == ()


def test_it_is_proven_at_once(made: Plan) -> None:
    assert (made.objective, made.bound, made.gap) == (OBJECTIVE, OBJECTIVE, 0)
    assert (made.status, made.stopped) == (Status.OPTIMAL, StopReason.COMPLETED)
    assert made.run.work < 1


def test_the_verifier_agrees(tiny: Scenario, made: Plan) -> None:
    assert not sp.verify(tiny, made)


@pytest.mark.parametrize("participant", CHAINS)
def test_the_chain_is_that_of_the_readme(made: Plan, participant: str) -> None:
    steps = [(step.round, str(step.start), str(step.end)) for step in made.kedja(participant).steps]
    assert sorted(steps) == sorted(CHAINS[participant])


@pytest.mark.parametrize(("participant", "track", "days"), [("D01", "svets", 126), ("D02", "lager", 105)])
def test_track_and_days(made: Plan, participant: str, track: str, days: int) -> None:
    kedja = made.kedja(participant)
    assert (kedja.track, kedja.days) == (track, days)


@pytest.mark.parametrize("participant", TERMS)
def test_each_term_is_that_of_the_readme(tiny: Scenario, made: Plan, participant: str) -> None:
    assert terms(tiny, made.kedja(participant)) == TERMS[participant]
    assert made.kedja(participant).points == TERMS[participant].total


def test_the_third_has_no_seat(made: Plan) -> None:
    kedja = made.kedja("D03")
    assert not kedja.placed
    assert kedja.points == 33_600
    assert [reason.code for reason in kedja.reasons] == [ReasonCode.SEATS]


def test_one_more_seat_would_place_the_third(tiny: Scenario) -> None:
    rounds = tuple(row.replace(seats=2) if row.round == "aub-svets-1" else row for row in tiny.rounds)
    roomy = sp.plan(tiny.replace(rounds=rounds), workers=1, work_limit=20)
    assert roomy.objective == 12_886 + 10_847 + 15_770


def test_an_exhaustive_search_finds_nothing_better(tiny: Scenario) -> None:
    assert optimum(tiny).objective == OBJECTIVE


@pytest.mark.parametrize(("participant", "least"), [("D01", 12_886), ("D02", 10_847), ("D03", 15_770)])
def test_alone_each_has_its_least(tiny: Scenario, participant: str, least: int) -> None:
    assert chains_of(tiny, participant)[0].points == least


def test_the_readme_says_these_numbers() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    for number in (OBJECTIVE, *(points.total for points in TERMS.values()), 33_600, 15_770):
        assert f"**{number:,}" in page


def terms(tiny: Scenario, kedja: Insatskedja) -> ChainPoints:
    assert kedja.track is not None
    return chain_breakdown(tiny, tiny.participant_by_id[kedja.participant], kedja.track, kedja.steps)
