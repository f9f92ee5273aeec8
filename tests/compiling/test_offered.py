"""Which rounds a participant is offered: eligibility, window, travel, validering, expressions."""

import pytest

from sparplan.compiling import Compiler, Relaxed
from sparplan.scenario import Scenario
from tests.builders import Row, insats, omgang, person, rolling, scenario
from tests.compiling.words import case_of, compiled, offered, option_of, starts_of, weeks_of

FEBRUARY = ("2027-02-01", "2027-02-28")


def region(
    course: Row | None = None, held: Row | None = None, who: Row | None = None, **tables: object
) -> Scenario:
    """One course of one round, for D01."""
    return scenario(
        **{
            "insatser": [insats("svets_mag", **{"provides": {"svets": "2"}} | (course or {}))],
            "rounds": [omgang("s", "svets_mag", *FEBRUARY) | (held or {})],
            "participants": [person(**(who or {}))],
            **tables,
        }
    )


def is_offered(one: Scenario) -> bool:
    return "s" in offered(one)


@pytest.mark.parametrize(
    ("eligibility", "who", "expected"),
    [
        ("attr:af", {"attributes": ["af"]}, True),
        ("attr:af", {"attributes": ["af=nej"]}, True),  # whatever its value
        ("attr:af", {}, False),
        ("!attr:af", {}, True),
        ("!attr:af", {"attributes": ["af"]}, False),
        ("attr:studievag=2", {"attributes": ["studievag=2"]}, True),
        ("attr:studievag=2", {"attributes": ["studievag=3"]}, False),
        ("attr:studievag=2", {"attributes": ["studievag"]}, False),
        ("!attr:studievag=2", {"attributes": ["studievag=3"]}, True),
        ("home:0662", {}, True),
        ("home:0683", {}, False),
        ("!home:0683", {}, True),
        ("!home:0662", {}, False),
        ("home:0662", {"home": "fjarran", "modes": ["car"]}, False),
        ("svenska>=B", {"levels": {"svenska": "B"}}, True),
        ("svenska>=B", {"levels": {"svenska": "D"}}, True),
        ("svenska>=B", {"levels": {"svenska": "A"}}, False),
        ("svenska", {"levels": {"svenska": "A"}}, True),
        ("svenska", {}, False),
        ("claim:svets>=1", {"claims": {"svets": "1"}}, True),
        ("claim:svets>=2", {"claims": {"svets": "1"}}, False),
        ("claim:svets", {"claims": {"svets": "1"}}, True),
        ("claim:svets", {}, False),
        ("attr:af | home:0662", {}, True),
        ("attr:af ; home:0662", {}, False),
        ("attr:af | svenska>=A ; home:0662 | attr:af", {"levels": {"svenska": "A"}}, True),
    ],
)
def test_eligibility(eligibility: str, who: Row, expected: bool) -> None:
    place = {"form": "distance"}  # so that nobody is too far away
    assert is_offered(region({"eligibility": eligibility}, place, who)) is expected
    assert "s" in offered(
        region({"eligibility": eligibility}, place, who), relaxed=frozenset({Relaxed.ELIGIBILITY})
    )


@pytest.mark.parametrize(
    ("reserved", "excluded", "expected"),
    [
        ([], [], True),
        (["svets"], [], True),
        (["0662"], [], True),
        (["0683"], [], False),
        (["0683", "svets"], [], True),
        ([], ["s"], False),
        ([], ["svets_mag"], False),
        ([], ["other"], True),
    ],
)
def test_reservations_and_exclusions(reserved: list[str], excluded: list[str], expected: bool) -> None:
    one = region(held={"reserved_for": reserved}, who={"excluded": excluded})
    assert is_offered(one) is expected
    compiler = Compiler(one)
    assert compiler.is_eligible(one.participants[0], 0) is expected


def test_a_reservation_for_one_of_two_tracks() -> None:
    tracks = [{"track": name, "name": name, "profile": "svetsare"} for name in ("a", "b")]
    one = region(held={"reserved_for": ["b"]}, who={"tracks": ["a", "b"]}, tracks=tracks)
    assert [case.track for case in compiled(one).cases] == [1]
    assert Compiler(one).is_eligible(one.participants[0], 0)


@pytest.mark.parametrize(
    ("held", "who", "track", "expected"),
    [
        ({"start": "2027-01-11"}, {}, {}, True),
        ({"start": "2027-01-10"}, {}, {}, False),  # before the planning date
        ({}, {"available_from": "2027-02-01"}, {}, True),
        ({}, {"available_from": "2027-02-02"}, {}, False),
        ({}, {}, {"start": "2027-02-01"}, True),
        ({}, {}, {"start": "2027-02-02"}, False),
        ({}, {"latest_end": "2027-02-28"}, {}, True),
        ({}, {"latest_end": "2027-02-27"}, {}, False),
        ({}, {}, {"end": "2027-02-28"}, True),
        ({}, {}, {"end": "2027-02-27"}, False),
        ({"end": "2027-12-31"}, {}, {}, True),
        ({"end": "2028-01-01"}, {}, {}, False),  # past the horizon
        ({"apply_by": "2027-01-11"}, {}, {}, True),
        ({"apply_by": "2027-01-10"}, {}, {}, False),
        ({"apply_by": "2027-01-10"}, {"pinned": ["s"]}, {}, True),
    ],
)
def test_window(held: Row, who: Row, track: Row, expected: bool) -> None:
    tracks = [{"track": "svets", "name": "Svetsare", "profile": "svetsare", **track}]
    one = region(held=held, who=who, tracks=tracks)
    assert is_offered(one) is expected


def test_a_lifted_window_opens_all_that_is_to_come() -> None:
    lifted = frozenset({Relaxed.WINDOW})
    for held, who in [
        ({"end": "2028-01-01"}, {}),
        ({"apply_by": "2027-01-10"}, {}),
        ({}, {"available_from": "2027-03-01"}),
        ({}, {"latest_end": "2027-02-02"}),
    ]:
        one = region(held=held, who=who)
        assert not is_offered(one)
        assert "s" in offered(one, relaxed=lifted)


@pytest.mark.parametrize(
    ("held", "who", "expected"),
    [
        ({"place": "varnamo"}, {}, True),
        ({"place": "varnamo"}, {"max_travel": 40}, True),
        ({"place": "varnamo"}, {"max_travel": 39}, False),
        ({"place": "varnamo"}, {"max_travel": 40, "modes": ["public"]}, False),
        ({"place": "varnamo"}, {"modes": ["bike"]}, False),
        ({"place": "fjarran"}, {}, False),
        ({"place": "fjarran", "form": "hybrid"}, {}, False),
        ({"place": "fjarran", "form": "distance"}, {"max_travel": 0}, True),
        ({"place": None, "form": "distance"}, {"max_travel": 0}, True),
        ({}, {"max_travel": 0}, True),
    ],
)
def test_travel(held: Row, who: Row, expected: bool) -> None:
    one = region(held={key: value for key, value in held.items() if value}, who=who)
    if held.get("place", "") is None:
        one = one.replace(rounds=tuple(row.replace(place=None) for row in one.rounds))
    assert is_offered(one) is expected
    assert "s" in offered(one, relaxed=frozenset({Relaxed.TRAVEL}))


@pytest.mark.parametrize(
    ("claims", "levels"),
    [
        ({}, set()),
        ({"truck": "ja"}, {"truck"}),
        ({"svets": "1"}, set()),
        ({"svets": "2"}, {"svets"}),
        ({"svets": "3", "truck": "ja"}, {"svets", "truck"}),
    ],
)
def test_a_validering_gives_what_is_claimed(claims: dict[str, str], levels: set[str]) -> None:
    merit = {"profile": "svetsare", "kompetens": "truck", "level": "ja", "type": "meriterande"}
    krav = {"profile": "svetsare", "kompetens": "svenska", "level": "A"}
    one = region(
        {"kind": "validering", "provides": {"svets": "2", "truck": "ja"}},
        who={"claims": claims},
        insatser=[
            insats("validering", kind="validering", provides={"svets": "2", "truck": "ja"}),
            insats("sfi", provides={"svenska": "A"}),
        ],
        rounds=[omgang("s", "validering", *FEBRUARY), omgang("sfi-1", "sfi", *FEBRUARY)],
        kompetensprofiler=[krav, merit],
    )
    compiler = Compiler(one)
    bits = {name: compiler.level_bit[name, level] for name, level in (("svets", "2"), ("truck", "ja"))}
    assert is_offered(one) is bool(levels)
    if levels:
        gives = option_of(one, "s").gives
        assert {name for name, bit in bits.items() if gives & bit} == levels


@pytest.mark.parametrize(
    ("durations", "who", "weeks"),
    [
        ([], {}, [4, 5, 6, 7, 8]),
        ([{"weeks": 10}], {}, [10]),
        ([{"when": "attr:studievag=1", "weeks": 12}, {"weeks": 10}], {}, [10]),
        ([{"when": "attr:studievag=1", "weeks": 12}, {"weeks": 10}], {"attributes": ["studievag=1"]}, [12]),
        ([{"when": "attr:studievag=1", "weeks": 12}], {}, [4, 5, 6, 7, 8]),
        ([{"when": "svenska>=B", "weeks": 3}], {"levels": {"svenska": "C"}}, [3]),
        ([{"when": "attr:x", "weeks": 3}, {"when": "home:0662", "weeks": 2}, {"weeks": 9}], {}, [2]),
    ],
)
def test_durations_replace_the_lengths(durations: list[Row], who: Row, weeks: list[int]) -> None:
    one = region(
        who=who,
        rounds=[rolling("s", "svets_mag", "2027-01-11", "2027-06-27")],
        durations=[{"insats": "svets_mag", **row} for row in durations],
    )
    assert weeks_of(option_of(one, "s")) == weeks


def test_whoever_is_left_without_a_length_gets_no_step() -> None:
    row = rolling("s", "svets_mag", "2027-01-11", "2027-06-27")
    del row["weeks_min"], row["weeks_max"]
    durations = [{"insats": "svets_mag", "when": "attr:af", "weeks": 6}]
    assert not is_offered(region(rounds=[row], durations=durations))
    assert is_offered(region(rounds=[row], durations=durations, who={"attributes": ["af"]}))


def test_durations_leave_fixed_rounds_alone() -> None:
    one = region(durations=[{"insats": "svets_mag", "weeks": 10}])
    assert weeks_of(option_of(one, "s")) == [4]


@pytest.mark.parametrize(
    ("cells", "who", "starts", "weeks"),
    [
        ({"end": "2027-02-21"}, {}, ["2027-01-11", "2027-01-18", "2027-01-25"], [4, 5, 6]),
        ({"end": "2027-02-21", "weeks_max": 4}, {}, ["2027-01-11", "2027-01-18", "2027-01-25"], [4]),
        ({"end": "2027-02-20"}, {}, ["2027-01-11", "2027-01-18"], [4, 5]),
        ({"end": "2027-02-28", "intake_every": 2}, {}, ["2027-01-11", "2027-01-25"], [4, 5, 6, 7]),
        ({"end": "2027-02-28", "intake_every": 3}, {}, ["2027-01-11", "2027-02-01"], [4, 5, 6, 7]),
        (
            {"start": "2026-11-02", "end": "2027-02-21"},
            {},
            ["2027-01-11", "2027-01-18", "2027-01-25"],
            [4, 5, 6, 7, 8],
        ),
        (
            {},
            {"available_from": "2027-01-19", "latest_end": "2027-02-28"},
            ["2027-01-25", "2027-02-01"],
            [4, 5, 6, 7],
        ),
    ],
)
def test_starts_and_lengths_of_a_rolling_round(
    cells: Row, who: Row, starts: list[str], weeks: list[int]
) -> None:
    row = rolling("s", "svets_mag", "2027-01-11", "2027-06-27") | cells
    option = option_of(region(rounds=[row], who=who), "s")
    assert starts_of(option) == starts
    assert weeks_of(option) == weeks


def test_weeks_max_is_weeks_min_where_it_isnt_given() -> None:
    row = rolling("s", "svets_mag", "2027-01-11", "2027-06-27")
    del row["weeks_max"]
    assert weeks_of(option_of(region(rounds=[row]), "s")) == [4]


@pytest.mark.parametrize(
    ("cells", "fifths", "weekdays"),
    [
        ({"place": "varnamo"}, 5, 0),
        ({"place": "varnamo", "days": ["mon", "fri"]}, 2, 0b10001),
        ({"place": "varnamo", "form": "hybrid"}, 2, 0),
        ({"place": "varnamo", "form": "hybrid", "days": ["wed"]}, 1, 0b100),
        ({"place": "varnamo", "form": "distance", "days": ["wed"]}, 0, 0),
        ({"days": ["wed"]}, 0, 0b100),
    ],
)
def test_days_on_site(cells: Row, fifths: int, weekdays: int) -> None:
    option = option_of(region(held=cells), "s")
    assert (option.on_site_fifths, option.weekdays) == (fifths, weekdays)
    assert option.minutes == (40 if fifths else 0)


def test_the_person() -> None:
    person_ = compiled(region(who={"priority": 3, "available_from": "2027-01-01", "max_pace": 80}))
    assert (person_.day_points, person_.unplaced_points) == (300, 300 * (2 * 355 + 10))
    assert (person_.max_pace, person_.tolerated_gap, person_.gap_from) == (80, 0, None)
    lifted = compiled(region(who={"max_pace": 80}), relaxed=frozenset({Relaxed.PACE, Relaxed.GAP}))
    assert lifted.max_pace > 1000
    assert lifted.tolerated_gap is None


def test_a_goal_held_from_the_start_leaves_no_krav() -> None:
    case = case_of(region(who={"levels": {"svets": "2"}}))
    assert case.krav == 0


def test_an_attribute_may_have_several_values() -> None:
    region = scenario(
        insatser=[
            insats("svets", provides={"svets": "2"}, eligibility="attr:studievag=1"),
        ],
        rounds=[omgang("svets-1", "svets", "2027-02-01", "2027-04-23")],
        participants=[person("D01", attributes=["studievag=1", "studievag=2"])],
    )
    assert Compiler(region).problem().persons[0].cases
