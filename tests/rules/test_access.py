"""Rules `eligibility`, `window` and `travel`: whether a step is open to the participant at all."""

from typing import Any

import pytest

from sparplan.scenario import Scenario
from tests.builders import broken, insats, omgang, person, plan_of, rolling, scenario

START, END = "2027-02-01", "2027-04-25"
ONE = {"D01": ("svets", ["svets-1"])}


def region(
    *, course: dict[str, Any] | None = None, held: dict[str, Any] | None = None, **rest: Any
) -> Scenario:
    """One course that gives the krav, one round of it, and participant D01 with the cells given."""
    who = rest.pop("who", {})
    return scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"}, **(course or {}))],
        rounds=[omgang("svets-1", "svets_mag", START, END, **(held or {}))],
        participants=[person(**who)],
        **rest,
    )


@pytest.mark.parametrize(
    ("eligibility", "who", "holds"),
    [
        ("attr:af", {"attributes": ["af"]}, True),
        ("attr:af", {}, False),
        ("attr:studievag", {"attributes": ["studievag=2"]}, True),
        ("attr:studievag=2", {"attributes": ["studievag=3"]}, False),
        ("!attr:af", {"attributes": ["af"]}, False),
        ("!attr:studievag=2", {"attributes": ["studievag=3"]}, True),
        ("home:0662", {}, True),
        ("home:0662", {"home": "varnamo"}, False),
        ("!home:0662", {"home": "fjarran"}, True),  # a place without a municipality
        ("svenska>=C", {"levels": {"svenska": "C"}}, True),
        ("svenska>=C", {"levels": {"svenska": "B"}}, False),
        ("svenska", {"levels": {"svenska": "A"}}, True),
        ("svenska", {}, False),
        ("claim:svenska>=B", {"claims": {"svenska": "C"}}, True),
        ("claim:svenska>=B", {"levels": {"svenska": "C"}}, False),
        ("attr:af | attr:age_25 ; truck", {"attributes": ["age_25"], "levels": {"truck": "ja"}}, True),
        ("attr:af | attr:age_25 ; truck", {"attributes": ["age_25"]}, False),
    ],
)
def test_eligibility_reads_the_participant(eligibility: str, who: dict[str, Any], holds: bool) -> None:
    one = region(course={"eligibility": eligibility}, held={"form": "distance"}, who=who)
    assert broken(one, plan_of(one, ONE)) == (set() if holds else {"eligibility"})


def test_levels_in_eligibility_are_the_starting_ones() -> None:
    one = scenario(
        insatser=[
            insats("sfi_c", provides={"svenska": "C"}),
            insats("svets_mag", provides={"svets": "2"}, eligibility="svenska>=C"),
        ],
        rounds=[
            omgang("sfi-1", "sfi_c", "2027-01-11", "2027-01-31"),
            omgang("svets-1", "svets_mag", START, END),
        ],
    )
    assert broken(one, plan_of(one, {"D01": ("svets", ["sfi-1", "svets-1"])})) == {"eligibility"}


@pytest.mark.parametrize(
    ("names", "rules"),
    [
        (["svets"], set()),
        (["0662"], set()),
        (["0683", "0662"], set()),
        (["0683"], {"eligibility"}),
        (["lager"], {"eligibility"}),
        (["gislaved"], {"eligibility"}),  # a place is no municipality
    ],
)
def test_a_round_is_reserved_for_tracks_or_municipalities(names: list[str], rules: set[str]) -> None:
    one = region(held={"reserved_for": names})
    assert broken(one, plan_of(one, ONE)) == rules


def test_reserved_for_looks_at_the_track_that_was_chosen() -> None:
    tracks = [{"track": name, "name": name, "profile": "svetsare"} for name in ("svets", "verkstad")]
    one = region(held={"reserved_for": ["verkstad"]}, who={"tracks": ["svets", "verkstad"]}, tracks=tracks)
    assert broken(one, plan_of(one, {"D01": ("verkstad", ["svets-1"])})) == set()
    assert broken(one, plan_of(one, ONE)) == {"eligibility"}


@pytest.mark.parametrize("name", ["svets-1", "svets_mag"])
def test_a_round_or_its_insats_may_be_excluded(name: str) -> None:
    one = region(who={"excluded": [name]})
    assert broken(one, plan_of(one, ONE)) == {"eligibility"}


@pytest.mark.parametrize(
    ("day", "rules"), [(START, set()), ("2027-01-31", set()), ("2027-02-02", {"window"})]
)
def test_no_step_starts_too_early(day: str, rules: set[str]) -> None:
    track = {"track": "svets", "name": "Svetsare", "profile": "svetsare"}
    for one in (
        region(who={"available_from": day}),
        region(tracks=[{**track, "start": day}]),
        region(planning_date=day),
    ):
        assert broken(one, plan_of(one, ONE)) == rules


@pytest.mark.parametrize(("day", "rules"), [(END, set()), ("2027-04-26", set()), ("2027-04-24", {"window"})])
def test_no_step_ends_too_late(day: str, rules: set[str]) -> None:
    track = {"track": "svets", "name": "Svetsare", "profile": "svetsare"}
    for one in (
        region(who={"latest_end": day}),
        region(tracks=[{**track, "end": day}]),
        region(horizon={"start": "2027-01-11", "end": day}),
    ):
        assert broken(one, plan_of(one, ONE)) == rules


def test_applications_close_after_apply_by() -> None:
    on_the_day = region(held={"apply_by": "2027-01-11"})
    assert broken(on_the_day, plan_of(on_the_day, ONE)) == set()
    the_day_before = region(held={"apply_by": "2027-01-10"})
    assert broken(the_day_before, plan_of(the_day_before, ONE)) == {"window"}


@pytest.mark.parametrize(
    ("pins", "rules"),
    [
        ([], {"window"}),
        (["svets-r"], set()),
        (["svets-r@2027-02-01..2027-02-28"], set()),
    ],
)
def test_whoever_is_pinned_to_a_round_may_take_it_after_apply_by(pins: list[str], rules: set[str]) -> None:
    one = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"})],
        rounds=[rolling("svets-r", "svets_mag", "2027-02-01", "2027-12-31", apply_by="2027-01-10")],
        participants=[person(pinned=pins)],
    )
    plan = plan_of(one, {"D01": ("svets", [("svets-r", "2027-02-01", "2027-02-28")])})
    assert broken(one, plan) == rules


def test_a_pin_to_one_step_opens_every_step_of_its_round_after_apply_by() -> None:
    one = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"}, max_times=2)],
        rounds=[rolling("svets-r", "svets_mag", "2027-01-11", "2027-12-31", apply_by="2027-01-10")],
        participants=[person(pinned=["svets-r@2027-01-11..2027-02-07"])],
    )
    steps = [("svets-r", "2027-01-11", "2027-02-07"), ("svets-r", "2027-02-08", "2027-03-07")]
    assert broken(one, plan_of(one, {"D01": ("svets", steps)})) == set()


@pytest.mark.parametrize(
    ("held", "who", "rules"),
    [
        ({"place": "varnamo"}, {"max_travel": 40}, set()),
        ({"place": "varnamo"}, {"max_travel": 39}, {"travel"}),
        ({"place": "varnamo"}, {"max_travel": 40, "modes": ["public"]}, {"travel"}),
        ({"place": "varnamo"}, {"max_travel": 65, "modes": ["public"]}, set()),
        ({"place": "varnamo"}, {"modes": ["bike"]}, {"travel"}),
        ({"place": "varnamo", "form": "hybrid"}, {"max_travel": 39}, {"travel"}),
        ({"place": "varnamo", "form": "distance"}, {"max_travel": 0}, set()),
        ({"place": "fjarran"}, {}, {"travel"}),  # no limit, but no path either
        ({"place": "fjarran", "form": "distance"}, {}, set()),
        ({"place": "gislaved"}, {"max_travel": 0, "modes": ["bike"]}, set()),
    ],
)
def test_travel(held: dict[str, Any], who: dict[str, Any], rules: set[str]) -> None:
    one = region(held=held, who=who)
    assert broken(one, plan_of(one, ONE)) == rules
