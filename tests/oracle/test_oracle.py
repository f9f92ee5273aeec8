"""The oracle against cases worked out by hand.

Unless a case says otherwise: planning date Monday 2027-03-01, horizon to 2027-06-30, that is 122 days, so
that an unplaced participant of priority 1 costs 100 · 2 · 122 = 24,400. All live in alvik, where rounds are.
"""

from typing import Any

import pytest

from sparplan.scenario import Mode, Scenario
from sparplan.travel import TravelTimes
from tests.oracle.exhaustive import Optimum, as_plan, chains_of, optimum
from tests.oracle.region import Region
from tests.oracle.tiny import tiny_scenario

UNPLACED = 24_400
Row = dict[str, Any]


def insats(name: str, gives: dict[str, str] | None = None, **columns: Any) -> Row:
    row = {"insats": name, "name": name, "kind": "other", "provides": gives or {}}
    return row | columns


def held(name: str, start: str, end: str, pace: int = 100, **columns: Any) -> Row:
    """A round of the insats of the same name, or of `insats`; dates without the year."""
    row = {"round": name, "insats": name, "start": f"2027-{start}", "end": f"2027-{end}", "pace": pace}
    return row | {"place": "alvik"} | columns


def person(name: str = "d1", **columns: Any) -> Row:
    return {"participant": name, "tracks": ["spår"], "home": "alvik"} | columns


def build(
    insatser: list[Row], rounds: list[Row], people: list[Row] | None = None, **changes: Any
) -> Scenario:
    """A scenario whose track `spår` asks for svets 1; `changes` replaces whole keys or tables."""
    places = [{"place": place, "name": place} for place in ("alvik", "berg", "dal")]
    document: Row = {
        "name": "för hand",
        "planning_date": "2027-03-01",
        "horizon": {"start": "2027-03-01", "end": "2027-06-30"},
        "places": places,
        "kompetenser": [
            {"kompetens": "svenska", "name": "svenska", "levels": ["A", "B"]},
            {"kompetens": "svets", "name": "svets", "levels": ["1", "2"]},
            {"kompetens": "miljo", "name": "miljö"},
        ],
        "insatser": insatser,
        "rounds": rounds,
        "kompetensprofiler": [{"profile": "profil", "kompetens": "svets", "level": "1"}],
        "tracks": [{"track": "spår", "name": "Spår", "profile": "profil"}],
        "participants": people or [person()],
    }
    return Scenario.model_validate(document | changes)


def rounds_of(best: Optimum) -> list[list[str]]:
    return [[step.round for step in chain.steps] for chain in best.chains]


SFI = insats("sfi", {"svenska": "B"})
SVETS = insats("svets", {"svets": "1"}, requires="svenska>=B")
GRUND = insats("grund", {"svets": "1"})


def test_two_steps_in_a_row() -> None:
    # 1 March – 9 April is 40 days: 4,000 + 40 in length. sfi ⌈50 · 21 / 100⌉ = 11, svets 19 days at 100 = 19.
    best = optimum(build([SFI, SVETS], [held("sfi", "03-01", "03-21", 50), held("svets", "03-22", "04-09")]))
    assert best.objective == 4070
    assert rounds_of(best) == [["sfi", "svets"]]


def test_easter_bridges_two_steps_but_a_study_day_does_not() -> None:
    # Good Friday is 26 March, Easter Monday 29 March.
    svets = held("svets", "03-30", "04-16")
    assert rounds_of(optimum(build([SFI, SVETS], [held("sfi", "03-01", "03-25"), svets]))) == [
        ["sfi", "svets"]
    ]
    early_end = [held("sfi", "03-01", "03-24"), svets]
    assert optimum(build([SFI, SVETS], early_end)).objective == UNPLACED
    # 47 days to 16 April: 4,700 + 47; sfi 24 days, svets 18 days, at 100 percent.
    assert optimum(build([SFI, SVETS], early_end, policy={"max_gap_days": 1})).objective == 4789


def test_a_scarce_seat_goes_to_the_higher_priority() -> None:
    # March round: 28 days. April round ends on day 63. Both last 28 days at 100 percent: 28 + 28 points.
    rounds = [
        held("mars", "03-01", "03-28", insats="grund", seats=1),
        held("april", "04-05", "05-02", insats="grund"),
    ]
    best = optimum(build([GRUND], rounds, [person("d1"), person("d2", priority=3)]))
    assert best.objective == (6300 + 56) + (3 * 2800 + 56)
    assert rounds_of(best) == [["april"], ["mars"]]


def test_somebody_beyond_need_makes_up_a_class() -> None:
    # d2 already holds the krav and could have an empty chain for nothing, but then d1 must wait until April:
    # 6,356 against 2 · (2,800 + 28 + 28) = 5,712 for both in March.
    rounds = [
        held("mars", "03-01", "03-28", insats="grund", min_participants=2),
        held("april", "04-05", "05-02", insats="grund"),
    ]
    people = [person("d1"), person("d2", levels={"svets": "1"})]
    best = optimum(build([GRUND], rounds, people))
    assert (best.objective, rounds_of(best)) == (5712, [["mars"], ["mars"]])
    rounds[0]["seats"] = 1  # now it can't be held
    assert optimum(build([GRUND], rounds, people)).objective == 6356


def test_rolling_starts_and_lengths() -> None:
    rolling = held("grund", "03-01", "04-25", 25, intake="rolling", weeks_min=2, weeks_max=3)
    people = [person(available_from="2027-03-03", attributes=["af"])]
    # First Monday 8 March, two weeks, to 21 March: 19 days; 14 in length; ⌈25 · 14 / 100⌉ = 4.
    assert optimum(build([GRUND], [rolling], people)).objective == 1918
    # Every other week: 15 – 28 March, 26 days.
    assert optimum(build([GRUND], [rolling | {"intake_every": 2}], people)).objective == 2618
    # Four weeks for those who have af: 8 March – 4 April, 33 days; 28; 7. The second row never counts.
    durations = [{"insats": "grund", "when": "attr:af", "weeks": 4}, {"insats": "grund", "weeks": 1}]
    assert optimum(build([GRUND], [rolling], people, durations=durations)).objective == 3335
    # 8 March … 25 April is 7 weeks: starts on 8, 15, 22, 29 March and 5 April leave 3 weeks, 12 April 2.
    assert len(chains_of(build([GRUND], [rolling], people), "d1")) == 6 + 5


def test_seats_of_a_rolling_round_by_day() -> None:
    # One after the other: 14 and 28 days, each 14 in length and 14 in pace.
    rolling = held("grund", "03-01", "03-28", intake="rolling", weeks_min=2, seats=1)
    best = optimum(build([GRUND], [rolling], [person("d1"), person("d2")]))
    assert best.objective == 1428 + 2828


def test_history_in_progress() -> None:
    # The pinned sfi breaks eligibility, travel and window, and isn't asked. To 4 April: 35 days. Length from
    # 1 February: 28 + 31 + 4 = 63. sfi 42 days, svets 21, at 100 percent. Berg can't be reached: no travel.
    sfi = SFI | {"eligibility": "attr:nobody", "requires": "insats:svets"}
    old = held("sfi", "02-01", "03-14", place="berg")
    people = [person(pinned=["sfi"])]
    assert optimum(build([sfi, SVETS], [old, held("svets", "03-15", "04-04")], people)).objective == 3626
    # A week without studies after a step in progress is a gap …
    assert optimum(build([sfi, SVETS], [old, held("svets", "03-22", "04-11")], people)).objective == UNPLACED
    # … but what ended before the planning date leaves only a wait: 42 days, length 70, sfi 26, svets 21.
    old = held("sfi", "02-01", "02-26", place="berg")
    assert optimum(build([sfi, SVETS], [old, held("svets", "03-22", "04-11")], people)).objective == 4317


def test_history_and_pace() -> None:
    # Two steps of history make 150 percent; only days with a new step count, and none comes until 15 March.
    sva = insats("sva")
    rounds = [held("sfi", "02-01", "03-14"), held("sva", "02-01", "03-14", 50)]
    people = [person(pinned=["sfi", "sva"])]
    after = held("svets", "03-15", "04-04")
    assert optimum(build([SFI, SVETS, sva], [*rounds, after], people)).objective == 3626 + 21
    # A new step of 25 percent that begins on 8 March is one too many.
    people = [person(pinned=["sfi", "sva", "mer"])]
    rounds = [*rounds, after, held("mer", "03-08", "03-19", 25)]
    assert optimum(build([SFI, SVETS, sva, insats("mer")], rounds, people)).objective == UNPLACED


def test_repeats_count_history_but_do_not_ask_about_it() -> None:
    rounds = [
        held("a", "02-01", "02-26", insats="grund"),
        held("b", "02-15", "03-12", insats="grund"),
        held("c", "03-15", "04-02", insats="grund"),
    ]
    people = [person(pinned=["a", "b"])]
    assert rounds_of(optimum(build([GRUND], rounds, people))) == [["a", "b"]]
    people = [person(pinned=["a", "b", "c"])]
    assert optimum(build([GRUND | {"max_times": 2}], rounds, people)).objective == UNPLACED
    assert rounds_of(optimum(build([GRUND | {"max_times": 3}], rounds, people))) == [["a", "b", "c"]]


def test_steps_of_one_insats_do_not_overlap() -> None:
    # 28 days to the end, 28 in length, ⌈25 · 14 / 100⌉ = 4 each; a common day is one too many.
    people = [person(pinned=["a", "b"])]
    for start, points in (("03-15", 2800 + 28 + 4 + 4), ("03-14", UNPLACED)):
        rounds = [
            held("a", "03-01", "03-14", 25, insats="grund"),
            held("b", start, "03-28", 25, insats="grund"),
        ]
        assert optimum(build([GRUND | {"max_times": 2}], rounds, people)).objective == points


def test_pins_to_come() -> None:
    rolling = held("grund", "03-01", "04-25", 25, intake="rolling", weeks_min=2, apply_by="2027-02-20")
    # Closed, unless pinned; then any step of it may be taken: 14 days, 14, 4.
    assert optimum(build([GRUND], [rolling])).objective == UNPLACED
    assert optimum(build([GRUND], [rolling], [person(pinned=["grund"])])).objective == 1418
    # A step off the grid, 3 – 12 March: 12 days to the end, 10 in length, ⌈2.5⌉ = 3.
    people = [person(pinned=["grund@2027-03-03..2027-03-12"])]
    assert optimum(build([GRUND], [rolling], people)).objective == 1213


def test_validering_gives_what_is_claimed() -> None:
    validering = insats("validering", {"svets": "1", "miljo": "ja"}, kind="validering")
    rounds = [held("validering", "03-01", "03-12")]
    claims = [person(claims={"svets": "2"})]
    assert optimum(build([validering], rounds, claims)).objective == 1200 + 12 + 12
    assert optimum(build([validering], rounds)).objective == UNPLACED
    miljo = [{"profile": "profil", "kompetens": "miljo", "level": "ja"}]
    assert optimum(build([validering], rounds, claims, kompetensprofiler=miljo)).objective == UNPLACED


@pytest.mark.parametrize(
    ("form", "days", "home", "place", "points"),
    [
        ("on_site", ["mon", "tue", "wed"], "alvik", "dal", 10),  # 20 + 30 min, 6 days: ⌊2 · 50 · 6 / 60⌋
        ("on_site", ["mon", "tue", "wed"], "dal", "alvik", 16),  # 60 + 20 min the other way
        ("hybrid", [], "alvik", "dal", 6),  # two days of five: 4 days, ⌊400 / 60⌋
        ("on_site", [], "alvik", "dal", 16),  # 10 days, ⌊1000 / 60⌋
        ("distance", ["mon"], "alvik", "dal", 0),
    ],
)
def test_travel_points(form: str, days: list[str], home: str, place: str, points: int) -> None:
    ways = [("alvik", "berg", 20), ("berg", "dal", 30), ("dal", "berg", 60)]
    travel = [{"from": a, "to": b, "mode": "car", "minutes": minutes} for a, b, minutes in ways]
    row = held("grund", "03-01", "03-12", form=form, place=place) | ({"days": days} if days else {})
    best = optimum(build([GRUND], [row], [person(home=home)], travel=travel))
    assert best.objective == 1200 + 12 + 12 + points


def test_travel_limits() -> None:
    travel = [{"from": "alvik", "to": "berg", "mode": "car", "minutes": 40}]
    row = held("grund", "03-01", "03-12", place="berg")
    for limit, modes, is_placed in ((40, ["car"], True), (39, ["car"], False), (90, ["bike"], False)):
        people = [person(max_travel=limit, modes=modes)]
        best = optimum(build([GRUND], [row], people, travel=travel))
        assert (best.objective < UNPLACED) is is_placed


def test_alongside_and_sums_of_pace() -> None:
    # Two steps of 25 percent make 50 together: 19 days, 19, and ⌈4.75⌉ each.
    praktik = insats("praktik", {"svets": "1"}, alongside="insats:sfi")
    rounds = [held("sfi", "03-01", "03-19", 25), held("praktik", "03-01", "03-19", 25)]
    least = {"min_pace": 50}
    assert optimum(build([SFI, praktik], rounds, policy=least)).objective == 1929
    assert optimum(build([SFI | {"kind": "stod"}, praktik], rounds, policy=least)).objective == UNPLACED
    # The last study day is Friday; without sfi on it, praktik has none alongside.
    short = [held("sfi", "03-01", "03-18", 25), rounds[1]]
    assert optimum(build([SFI, praktik], short)).objective == UNPLACED


def test_clash_of_places_on_a_weekday() -> None:
    travel = [{"from": "alvik", "to": "berg", "mode": "car", "minutes": 0}]
    praktik = insats("praktik", {"svets": "1"}, alongside="insats:sfi")
    there = held("sfi", "03-01", "03-19", 25, place="berg", days=["mon", "tue"])
    for days, form, is_placed in (
        (["tue", "wed"], "on_site", False),
        (["tue", "wed"], "distance", True),
        (["wed"], "on_site", True),
    ):
        here = held("praktik", "03-01", "03-19", 25, days=days, form=form)
        best = optimum(build([SFI, praktik], [there, here], travel=travel))
        assert (best.objective < UNPLACED) is is_placed


def test_bridges_as_often_as_allowed() -> None:
    # 1 March – 11 April, 42 days; sfi 14, svets 14; two bridges of 7 days: 2 · 14 bridge points, ⌈1.75⌉ each.
    rounds = [
        held("sfi", "03-01", "03-14"),
        held("svets", "03-29", "04-11"),
        held("intro", "03-01", "04-11", 25, intake="rolling", weeks_min=1),
    ]
    intro = insats("intro", bridge=True, max_times=2)
    assert optimum(build([SFI, SVETS, intro], rounds)).objective == 4200 + 42 + 14 + 14 + 28 + 2 + 2
    assert optimum(build([SFI, SVETS, intro | {"max_times": 1}], rounds)).objective == UNPLACED


def test_tracks_merits_and_the_empty_chain() -> None:
    # The second choice costs 2 · 200 and nothing is missing for it; its merit of weight 3 is held: − 150.
    tracks: list[Row] = [
        {"track": "spår", "name": "Spår", "profile": "profil"},
        {"track": "andra", "name": "Andra", "profile": "miljö"},
    ]
    profiles = [
        {"profile": "profil", "kompetens": "svets", "level": "1"},
        {"profile": "miljö", "kompetens": "miljo", "level": "ja"},
        {"profile": "miljö", "kompetens": "svenska", "level": "A", "type": "meriterande", "weight": 3},
    ]
    people = [person(tracks=["spår", "andra"], levels={"miljo": "ja", "svenska": "B"}, priority=2)]
    tables: Row = {"tracks": tracks, "kompetensprofiler": profiles}
    rounds = [held("grund", "03-01", "03-28")]
    best = optimum(build([GRUND], rounds, people, **tables))
    assert (best.objective, best.chains[0].track, best.chains[0].steps) == (250, "andra", ())
    # The track is full: 2 · 2,800 + 28 + 28.
    tracks[1]["positions"] = 0
    assert optimum(build([GRUND], rounds, people, **tables)).objective == 5656


def test_the_price_of_being_unplaced() -> None:
    # 10 days of waiting before the planning date, priority 2.
    best = optimum(build([GRUND], [], [person(available_from="2027-02-19", priority=2)]))
    assert best.objective == 2 * 100 * (2 * 122 + 10)


def test_the_optimum_as_a_plan() -> None:
    scenario = build([SFI, SVETS], [held("sfi", "03-01", "03-21", 50), held("svets", "03-22", "04-09")])
    plan = as_plan(scenario, optimum(scenario))
    assert plan.objective == sum(kedja.points for kedja in plan.kedjor) == 4070
    assert str(plan.kedja("d1").end) == "2027-04-09"
    assert plan.kedja("d1").days == 40


@pytest.mark.parametrize("seed", range(20))
def test_travel_times_agree(seed: int) -> None:
    scenario = tiny_scenario(seed)
    region, times = Region(scenario), TravelTimes(scenario)
    places = [row.place for row in scenario.places]
    for home in places:
        for place in places:
            for modes in ([Mode.CAR], [Mode.PUBLIC, Mode.BIKE], list(Mode)):
                assert region.minutes(home, place, modes) == times.minutes(home, place, modes)
