"""Why somebody isn't placed: the codes of problem.md §7, several where no single rule is enough."""

import pytest

import sparplan as sp
from sparplan.kedjor import Insatskedja, Plan
from sparplan.messages import speaking
from sparplan.scenario import Scenario
from tests.builders import Row, insats, omgang, person, rolling, scenario

SVETS = insats("svets_mag", provides={"svets": "2"})
TRUCK = insats("truck_ab", provides={"truck": "ja"})
FEBRUARY, MARCH = ("2027-02-01", "2027-02-28"), ("2027-03-01", "2027-03-28")


def planned(region: Scenario) -> Plan:
    with speaking("sv"):
        return sp.plan(region, workers=1, work_limit=30)


def kedja(region: Scenario, participant: str = "D01") -> Insatskedja:
    return planned(region).kedja(participant)


def codes(region: Scenario, participant: str = "D01") -> list[str]:
    return [str(reason.code) for reason in kedja(region, participant).reasons]


def texts(region: Scenario) -> list[str]:
    return [reason.text for reason in kedja(region).reasons]


def region(
    course: Row | None = None, held: Row | None = None, who: Row | None = None, **tables: object
) -> Scenario:
    return scenario(
        **{
            "insatser": [{**SVETS, **(course or {})}],
            "rounds": [omgang("s", "svets_mag", *FEBRUARY) | (held or {})],
            "participants": [person(**(who or {}))],
            **tables,
        }
    )


def test_whoever_is_placed_has_no_reasons() -> None:
    assert kedja(region()).placed
    assert codes(region()) == []


@pytest.mark.parametrize(
    ("course", "held", "who", "expected"),
    [
        ({"eligibility": "attr:af"}, {"place": "varnamo"}, {"max_travel": 30}, ["too_far", "not_eligible"]),
        ({"eligibility": "attr:af"}, {}, {"latest_end": "2027-02-10"}, ["not_eligible", "no_time"]),
        ({}, {"place": "fjarran"}, {"max_pace": 50}, ["too_far", "pace"]),
        ({}, {"apply_by": "2027-01-01"}, {"max_pace": 50}, ["no_time", "pace"]),
        (
            {"eligibility": "attr:af"},
            {"place": "varnamo", "apply_by": "2027-01-01"},
            {"max_travel": 30},
            ["too_far", "not_eligible", "no_time"],
        ),
    ],
)
def test_rules_that_stand_in_the_way_together(course: Row, held: Row, who: Row, expected: list[str]) -> None:
    assert codes(region(course, held, who)) == expected


def test_one_rule_of_several_that_would_do() -> None:
    """Either lifted travel opens one round, or a lifted eligibility the other: both are told."""
    one = region(
        rounds=[
            omgang("far", "svets_mag", *FEBRUARY, place="fjarran"),
            omgang("kept", "svets_mag", *FEBRUARY, reserved_for=["0683"]),
        ]
    )
    assert codes(one) == ["too_far", "not_eligible"]


def test_a_pin_and_another_rule() -> None:
    one = region(
        insatser=[SVETS, TRUCK],
        rounds=[
            omgang("s", "svets_mag", *FEBRUARY, place="fjarran"),
            omgang("t1", "truck_ab", *FEBRUARY),
            omgang("t2", "truck_ab", *MARCH),
        ],
        who={"pinned": ["t1", "t2"]},
    )
    assert codes(one) == ["too_far", "pin"]


def test_as_few_pins_as_possible_are_lifted() -> None:
    one = region(
        insatser=[SVETS, TRUCK],
        rounds=[
            omgang("s", "svets_mag", *FEBRUARY),
            omgang("t", "truck_ab", *FEBRUARY),
            omgang("u", "truck_ab", *MARCH),
        ],
        who={"pinned": ["t", "u"], "max_pace": 200},
    )
    assert texts(one) == ["Det som är låst för D01 (t, u) går inte ihop med resten av vägen."]


def test_the_words_say_where_and_how_far() -> None:
    [text] = texts(region(held={"place": "varnamo"}, who={"max_travel": 30}))
    assert text == "Svets_mag i Värnamo ligger 40 minuter bort. D01 kan resa högst 30."
    [text] = texts(region(held={"place": "fjarran"}))
    assert text == "Det finns ingen resväg för D01 till Svets_mag."


def test_the_words_say_which_insatser() -> None:
    [text] = texts(region({"eligibility": "attr:af"}))
    assert text == "D01 uppfyller inte villkoren för att få gå: Svets_mag."


def test_the_words_say_when() -> None:
    [text] = texts(region(who={"latest_end": "2027-02-10"}))
    assert "28 februari 2027" in text


def test_the_words_say_the_pace() -> None:
    one = region(
        insatser=[SVETS, TRUCK],
        rounds=[
            omgang("s", "svets_mag", *FEBRUARY, pace=80),
            omgang("t", "truck_ab", "2027-02-15", "2027-03-14", pace=70),
        ],
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {"profile": "svetsare", "kompetens": "truck", "level": "ja"},
        ],
    )
    assert texts(one) == ["Vägen går som mest på 150 procent. D01 kan studera på högst 100 procent."]


def two_steps(start: str, **policy: int) -> Scenario:
    return region(
        {"requires": "truck"},
        insatser=[{**SVETS, "requires": "truck"}, TRUCK],
        rounds=[omgang("t", "truck_ab", *FEBRUARY), omgang("s", "svets_mag", start, "2027-04-30")],
        policy=policy,
    )


def test_the_words_say_how_long_the_gap_is() -> None:
    assert texts(two_steps("2027-03-08", max_gap_days=2)) == [
        "En väg finns för D01, men med ett glapp på 5 studiedagar. Högst 2 tillåts."
    ]


def test_a_gap_after_history() -> None:
    one = region(
        insatser=[{**SVETS, "requires": "truck"}, TRUCK],
        rounds=[
            omgang("t", "truck_ab", "2026-11-02", "2027-01-31"),
            omgang("s", "svets_mag", "2027-02-08", "2027-04-30"),
        ],
        who={"pinned": ["t"]},
    )
    assert texts(one) == ["En väg finns för D01, men med ett glapp på 5 studiedagar. Högst 0 tillåts."]


def test_history_is_never_too_far_or_closed() -> None:
    """Only the new step's rules are told, though history's place is out of reach too."""
    one = region(
        insatser=[{**SVETS, "requires": "truck"}, TRUCK],
        rounds=[
            omgang("t", "truck_ab", "2026-11-02", "2026-12-18", place="fjarran", reserved_for=["0683"]),
            omgang("s", "svets_mag", *FEBRUARY, place="varnamo"),
        ],
        who={"pinned": ["t"], "max_travel": 10},
    )
    assert texts(one) == ["Svets_mag i Värnamo ligger 40 minuter bort. D01 kan resa högst 10."]


def test_a_distance_step_is_never_too_far() -> None:
    one = region(
        insatser=[{**SVETS, "requires": "truck"}, TRUCK],
        rounds=[
            omgang("t", "truck_ab", *FEBRUARY, form="distance", place="fjarran"),
            omgang("s", "svets_mag", *MARCH, place="varnamo"),
        ],
        who={"max_travel": 10},
    )
    assert texts(one) == ["Svets_mag i Värnamo ligger 40 minuter bort. D01 kan resa högst 10."]


# Nothing helps


def test_a_krav_that_nothing_gives() -> None:
    one = region(kompetensprofiler=[{"profile": "svetsare", "kompetens": "truck", "level": "ja"}])
    [text] = texts(one)
    assert (
        text
        == "Ingen insats i regionen leder D01 till det som krävs på Svetsare. Det som fattas: Köra truck."
    )


def test_a_krav_that_only_a_validering_gives_without_a_claim() -> None:
    one = region({"kind": "validering"})
    assert codes(one) == ["krav_unreachable"]
    assert "Svetsa med MAG" in texts(one)[0]


def test_an_insats_whose_every_requirement_is_out_of_reach() -> None:
    one = region({"requires": "svenska>=D"})
    assert codes(one) == ["krav_unreachable"]
    assert "Svetsa med MAG" in texts(one)[0]


@pytest.mark.parametrize(
    ("course", "held"),
    [
        ({}, {"start": "2027-01-04"}),  # begun already
        ({"requires": "attr:af"}, {}),
        ({"requires": "truck"}, {}),
    ],
)
def test_what_is_missing_is_always_named(course: Row, held: Row) -> None:
    assert codes(region(course, held)) == ["krav_unreachable"]
    assert texts(region(course, held))[0].endswith("Det som fattas: Svetsa med MAG.")


def test_only_what_is_out_of_reach_is_named() -> None:
    profile = [
        {"profile": "svetsare", "kompetens": kompetens, "level": level}
        for kompetens, level in [("svets", "2"), ("truck", "ja"), ("svenska", "A")]
    ]
    assert texts(region(kompetensprofiler=profile, who={"levels": {"svenska": "B"}}))[0].endswith(
        "Det som fattas: Köra truck."
    )


# Others in the way


def crowd(people: list[Row], rounds: list[Row], **tables: object) -> Scenario:
    return scenario(**{"insatser": [SVETS], "rounds": rounds, "participants": people, **tables})


TWO = [person("D01"), person("D02", priority=2)]


def test_seats() -> None:
    one = crowd(TWO, [omgang("s", "svets_mag", *FEBRUARY, seats=1)])
    assert codes(one) == ["seats"]
    assert texts(one)[0].endswith(": s.")


def test_seats_of_a_rolling_round() -> None:
    one = crowd(TWO, [rolling("r", "svets_mag", "2027-02-01", "2027-03-14", seats=1)])
    assert codes(one) == ["seats"]


def test_a_class_that_is_too_small() -> None:
    one = crowd(TWO, [omgang("s", "svets_mag", *FEBRUARY, min_participants=3)])
    assert codes(one) == ["seats"]
    assert codes(one, "D02") == ["seats"]


def test_positions() -> None:
    tracks = [{"track": "svets", "name": "Svetsare", "profile": "svetsare", "positions": 1}]
    one = crowd(TWO, [omgang("s", "svets_mag", *FEBRUARY)], tracks=tracks)
    assert texts(one) == ["Spåret Svetsare har 1 anställningar, och alla är fyllda i planen. D01 får ingen."]


def test_seats_and_positions_both() -> None:
    tracks = [{"track": "svets", "name": "Svetsare", "profile": "svetsare", "positions": 1}]
    one = crowd(TWO, [omgang("s", "svets_mag", *FEBRUARY, seats=1)], tracks=tracks)
    assert codes(one) == ["seats", "positions"]


def test_seats_on_one_track_and_positions_on_the_other() -> None:
    tracks = [
        {"track": "a", "name": "A", "profile": "svetsare", "positions": 1},
        {"track": "b", "name": "B", "profile": "lager"},
    ]
    one = crowd(
        [
            person("D01", tracks=["a", "b"]),
            person("D02", tracks=["a"], priority=3),
            person("D03", tracks=["b"], priority=3),
        ],
        [omgang("s", "svets_mag", *FEBRUARY), omgang("t", "truck_ab", *FEBRUARY, seats=1)],
        tracks=tracks,
        insatser=[SVETS, TRUCK],
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "svets", "level": "2"},
            {"profile": "lager", "kompetens": "truck", "level": "ja"},
        ],
    )
    assert codes(one) == ["seats", "positions"]


def test_cost() -> None:
    """A chain of 355 days of pace 100 and 1000 points a day costs more than leaving D01 unplaced."""
    one = region(held={"start": "2027-01-11", "end": "2027-12-31"}, policy={"points": {"length_day": 1000}})
    assert codes(one) == ["cost"]


def test_cost_of_what_is_left() -> None:
    """Alone, D01 would take the short course; what is left costs more than leaving D01 unplaced."""
    rounds = [
        omgang("short", "svets_mag", *FEBRUARY, seats=1),
        omgang("long", "svets_mag", "2027-01-11", "2027-12-31"),
    ]
    one = crowd(TWO, rounds, policy={"points": {"length_day": 1000}})
    assert codes(one) == ["cost"]


def test_alike_people_get_the_same_reasons() -> None:
    one = crowd([person("D01"), person("D02"), person("D03")], [omgang("s", "svets_mag", *FEBRUARY, seats=1)])
    plan = planned(one)
    assert [[str(reason.code) for reason in kedja.reasons] for kedja in plan.unplaced] == [
        ["seats"],
        ["seats"],
    ]
