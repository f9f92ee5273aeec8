"""What compiling drops, and what it must not."""

import pytest

from sparplan.compiling import Compiler, compile_problem
from sparplan.scenario import Scenario
from tests.builders import Row, insats, omgang, person, rolling, scenario
from tests.compiling.words import case_of, compiled, offered, option_of, rounds, starts_of

FEBRUARY, MARCH = ("2027-02-01", "2027-02-28"), ("2027-03-01", "2027-03-28")
SVETS = insats("svets_mag", provides={"svets": "2"})
COACH = insats("jobbcoach", kind="stod")


def region(insatser: list[Row], held: list[Row], profile: list[Row] | None = None, **who: object) -> Scenario:
    krav = {"profile": "svetsare", "kompetens": "svets", "level": "2"}
    return scenario(
        insatser=insatser,
        rounds=held,
        kompetensprofiler=[krav, *({"profile": "svetsare", **row} for row in profile or [])],
        participants=[person(**who)],
    )


BOTH = [omgang("s", "svets_mag", *FEBRUARY), omgang("coach", "jobbcoach", *FEBRUARY)]


def test_stod_that_nothing_asks_for_is_dropped() -> None:
    assert offered(region([SVETS, COACH], BOTH)) == {"s"}


@pytest.mark.parametrize(
    ("svets", "coach", "round_", "who", "profile"),
    [
        ({"alongside": "insats:jobbcoach"}, {}, {}, {}, []),
        (
            {"requires": "insats:jobbcoach | svenska>=A"},
            {},
            {"start": "2027-01-11", "end": "2027-01-17"},
            {"levels": {}},
            [],
        ),
        ({}, {}, {}, {"pinned": ["coach"]}, []),
        ({}, {}, {"min_participants": 2}, {}, []),
        ({}, {"covers": True}, {}, {}, []),
        (
            {},
            {"provides": {"truck": "ja"}},
            {},
            {},
            [{"kompetens": "truck", "level": "ja", "type": "meriterande"}],
        ),
        ({}, {"provides": {"truck": "ja"}}, {}, {}, [{"kompetens": "truck", "level": "ja"}]),
    ],
    ids=["beside", "required", "pinned", "class size", "covers", "merit", "krav"],
)
def test_stod_that_may_be_of_use_stays(
    svets: Row, coach: Row, round_: Row, who: Row, profile: list[Row]
) -> None:
    one = region([{**SVETS, **svets}, {**COACH, **coach}], [BOTH[0], {**BOTH[1], **round_}], profile, **who)
    assert offered(one) == {"s", "coach"}


def test_a_merit_of_no_weight_is_no_use() -> None:
    truck = {"kompetens": "truck", "level": "ja", "type": "meriterande", "weight": 0}
    assert offered(region([SVETS, {**COACH, "provides": {"truck": "ja"}}], BOTH, [truck])) == {"s"}


def test_a_covering_filler_stays() -> None:
    assert offered(region([SVETS, insats("truck_ab")], [BOTH[0], omgang("t", "truck_ab", *MARCH)])) == {
        "s",
        "t",
    }


def test_what_is_out_of_reach_is_dropped_and_what_only_that_needs() -> None:
    hard = insats("svets_hard", requires="truck", alongside="insats:jobbcoach", provides={"svets": "3"})
    held = [*BOTH, omgang("h", "svets_hard", *MARCH)]
    assert offered(region([SVETS, COACH, hard], held)) == {"s"}
    assert offered(region([SVETS, COACH, hard], held, levels={"truck": "ja"})) == {"s", "coach", "h"}


def test_a_term_that_cant_ever_hold_drops_the_round() -> None:
    for rule in ("requires", "alongside"):
        hard = insats("svets_hard", provides={"svets": "3"}, **{rule: "attr:af"})
        held = [BOTH[0], omgang("h", "svets_hard", *MARCH)]
        assert offered(region([SVETS, hard], held)) == {"s"}
        assert offered(region([SVETS, hard], held, attributes=["af"])) == {"s", "h"}


def test_beside_something_that_isnt_offered() -> None:
    hard = insats("svets_hard", alongside="insats:jobbcoach", provides={"svets": "3"})
    assert offered(region([SVETS, COACH, hard], [BOTH[0], omgang("h", "svets_hard", *MARCH)])) == {"s"}


def test_beside_its_own_insats_asks_nothing() -> None:
    one = region([{**SVETS, "alongside": "insats:svets_mag | truck"}], [BOTH[0]])
    assert option_of(one, "s").beside == ()


@pytest.mark.parametrize(
    ("svets", "starts"),
    [
        (
            rolling("r", "svets_mag", "2027-01-11", "2027-03-28", weeks_max=4),
            ["2027-02-08", "2027-02-15", "2027-02-22", "2027-03-01"],
        ),
        (omgang("r", "svets_mag", "2027-02-08", "2027-03-07"), ["2027-02-08"]),
    ],
)
def test_starts_before_what_is_required_can_be_done_are_dropped(svets: Row, starts: list[str]) -> None:
    sfi = insats("sfi", provides={"svenska": "C"})
    held = [rolling("sfi-r", "sfi", "2027-01-11", "2027-12-31"), svets]
    one = region([{**SVETS, "requires": "svenska>=C"}, sfi], held)
    assert starts_of(option_of(one, "r")) == starts


def test_a_round_that_begins_too_early_for_what_it_requires_is_dropped() -> None:
    sfi = insats("sfi", provides={"svenska": "C"})
    held = [
        rolling("sfi-r", "sfi", "2027-01-11", "2027-12-31"),
        omgang("s", "svets_mag", "2027-02-07", "2027-03-07"),
    ]
    assert not compiled(region([{**SVETS, "requires": "svenska>=C"}, sfi], held)).cases


def test_no_case_where_a_krav_is_out_of_reach() -> None:
    assert not compiled(region([SVETS], [BOTH[0]], [{"kompetens": "truck", "level": "ja"}])).cases
    tracks = [
        {"track": "a", "name": "A", "profile": "svetsare"},
        {"track": "b", "name": "B", "profile": "lager"},
    ]
    one = scenario(
        insatser=[SVETS],
        rounds=[BOTH[0]],
        tracks=tracks,
        kompetensprofiler=[
            {"profile": "svetsare", "kompetens": "truck", "level": "ja"},
            {"profile": "lager", "kompetens": "svets", "level": "1"},
        ],
        participants=[person(tracks=["a", "b"])],
    )
    [case] = compiled(one).cases
    assert (case.track, case.constant_points) == (1, 200)


# Pins and history


@pytest.mark.parametrize(
    ("pin", "held"),
    [
        ("s", omgang("s", "svets_mag", *FEBRUARY, place="fjarran")),
        ("s", omgang("s", "svets_mag", "2027-06-01", "2028-01-31")),
        ("s@2027-02-01..2027-02-28", rolling("s", "svets_mag", "2027-01-11", "2027-12-31", place="fjarran")),
        ("s@2027-01-18..2027-12-31", rolling("s", "svets_mag", "2027-01-11", "2027-12-31")),
    ],
    ids=["too far", "past the horizon", "a step too far", "a step past the latest end"],
)
def test_a_pin_that_cant_be_kept_leaves_no_case(pin: str, held: Row) -> None:
    one = scenario(
        insatser=[{**SVETS, "max_times": 3}],
        rounds=[held, omgang("x", "svets_mag", *MARCH)],
        participants=[person("free"), person("bound", pinned=[pin], latest_end="2027-12-30")],
    )
    assert compiled(one, "free").cases
    assert not compiled(one, "bound").cases


def test_a_pinned_step_off_the_grid_gets_an_option_of_its_own() -> None:
    pin = "r@2027-02-03..2027-02-24"
    one = region([SVETS], [rolling("r", "svets_mag", "2027-01-11", "2027-12-31")], pinned=[pin])
    case = case_of(one)
    [[own]] = case.pins
    assert starts_of(case.options[own]) == ["2027-02-03"]
    assert case.options[own].lengths == (22,)
    assert len(case.options) == 2


def test_history_is_asked_nothing_and_gives_its_levels() -> None:
    hard = {
        **SVETS,
        "requires": "truck",
        "alongside": "insats:jobbcoach",
        "eligibility": "attr:af",
        "max_times": 2,
    }
    past = omgang("s", "svets_mag", "2026-11-02", "2027-02-28", place="fjarran", apply_by="2026-10-01")
    one = region([hard, COACH], [past], pinned=["s"], available_from="2027-01-18")
    case = case_of(one)
    [option] = case.options
    assert (option.history, option.needs, option.beside, option.minutes) == (True, (), (), 0)
    assert case.history == (0,)
    assert compiled(one).gap_from == one.planning_date.toordinal()


def test_gaps_count_from_the_first_new_step_where_history_is_over() -> None:
    one = region([SVETS], [omgang("s", "svets_mag", "2026-11-02", "2027-01-10")], pinned=["s"])
    assert compiled(one).gap_from is None


@pytest.mark.parametrize(
    ("history", "new", "first"),
    [
        ({}, {}, "2027-02-15"),  # the same insats: no overlap
        ({"insats": "truck_ab"}, {}, "2027-01-11"),
        ({"insats": "truck_ab", "days": ["mon"]}, {"days": ["mon"], "place": "varnamo"}, "2027-02-15"),
        ({"insats": "truck_ab", "days": ["mon"]}, {"days": ["mon"]}, "2027-01-11"),
        ({"insats": "truck_ab", "days": ["tue"]}, {"days": ["mon"], "place": "varnamo"}, "2027-01-11"),
        ({"insats": "truck_ab", "days": ["mon"]}, {"days": ["mon"], "form": "distance"}, "2027-01-11"),
        (
            {"insats": "truck_ab", "days": ["mon"], "form": "distance"},
            {"days": ["mon"], "place": "varnamo"},
            "2027-01-11",
        ),
    ],
)
def test_new_steps_keep_out_of_historys_way(history: Row, new: Row, first: str) -> None:
    past = omgang("h", "svets_mag", "2026-11-02", "2027-02-14") | history
    roll = rolling("r", "svets_mag", "2027-01-11", "2027-12-31") | new
    one = region([{**SVETS, "max_times": 2}, insats("truck_ab")], [past, roll], pinned=["h"])
    assert starts_of(option_of(one, "r"))[0] == first


def test_an_insats_that_history_has_used_up() -> None:
    past = omgang("h", "svets_mag", "2026-11-02", "2026-12-18")
    held = [past, omgang("s", "svets_mag", *FEBRUARY)]
    assert offered(region([SVETS], held, pinned=["h"])) == {"h"}
    assert offered(region([{**SVETS, "max_times": 2}], held, pinned=["h"])) == {"h", "s"}


def test_a_pinned_round_that_history_has_used_up_leaves_no_case() -> None:
    past = omgang("h", "svets_mag", "2026-11-02", "2026-12-18")
    held = [past, omgang("s", "svets_mag", *FEBRUARY)]
    assert not compiled(region([SVETS], held, pinned=["h", "s"])).cases
    assert compiled(region([{**SVETS, "max_times": 2}], held, pinned=["h", "s"])).cases


def test_a_step_of_history_on_the_grid_answers_a_bare_pin() -> None:
    roll = rolling("r", "svets_mag", "2026-11-02", "2027-06-27", weeks_max=12)
    on, off = "r@2026-11-09..2027-01-17", "r@2026-11-10..2027-01-17"
    for pins, count in [(["r", on], 1), ([on, "r"], 1), (["r", off], 0)]:
        assert len(compiled(region([SVETS], [roll], pinned=pins)).cases) == count
    by_durations = region([SVETS], [roll], pinned=["r", on]).replace(
        durations=scenario(durations=[{"insats": "svets_mag", "weeks": 5}]).durations
    )
    assert not compiled(by_durations).cases  # ten weeks are no length of this participant's


# Interchangeable people, rows


@pytest.mark.parametrize(
    ("cells", "alike"),
    [
        ({}, True),
        ({"attributes": ["af"]}, True),
        ({"latest_end": "2027-06-30"}, True),  # no round lies between
        ({"max_travel": 10}, True),
        ({"home": "varnamo"}, False),
        ({"priority": 2}, False),
        ({"max_pace": 150}, False),
        ({"available_from": "2027-01-12"}, False),
        ({"levels": {"svets": "2"}}, False),
        ({"excluded": ["s"]}, False),
        ({"pinned": ["s"]}, False),
    ],
)
def test_who_is_interchangeable(cells: Row, alike: bool) -> None:
    one = scenario(
        insatser=[SVETS],
        rounds=[omgang("s", "svets_mag", *FEBRUARY), omgang("t", "svets_mag", *MARCH)],
        participants=[person("D01"), person("D02", **cells)],
    )
    assert compile_problem(one).classes == (((0, 1),) if alike else ((0,), (1,)))


def test_rows_and_positions() -> None:
    one = scenario(
        insatser=[SVETS],
        rounds=[
            omgang("s", "svets_mag", *FEBRUARY, seats=3, min_participants=2),
            rolling("r", "svets_mag", "2027-01-11", "2027-06-27", seats=1, min_participants=2),
        ],
        tracks=[{"track": "svets", "name": "S", "profile": "svetsare", "positions": 4}],
    )
    problem = compile_problem(one)
    assert [(row.seats, row.min_participants, row.rolling) for row in problem.rows] == [
        (3, 2, False),
        (1, 0, True),
    ]
    assert problem.positions == (4,)
    assert problem.min_pace == 25


# Options cut at a day


def test_an_option_cut_at_a_day() -> None:
    one = region([SVETS], [rolling("r", "svets_mag", "2027-01-11", "2027-03-28")])
    option = option_of(one, "r")
    assert option.ending_by(option.latest_end) is option
    first = option.starts[0]
    cut = option.ending_by(first + 7 * 5)
    assert cut is not None
    assert (starts_of(cut), [days // 7 for days in cut.lengths]) == (["2027-01-11", "2027-01-18"], [4, 5])
    assert not cut.is_single
    single = option.ending_by(first + 7 * 4)
    assert single is not None
    assert single.is_single
    assert option.ending_by(first + 7 * 4 - 1) is None


def test_missing_kompetenser_by_the_graph() -> None:
    one = region([SVETS], [BOTH[0]], [{"kompetens": "truck", "level": "ja"}])
    assert Compiler(one).missing(one.participants[0]) == ["truck"]
    assert rounds(one, case_of(region([SVETS], [BOTH[0]])).options) == ["s"]
