"""An older plan as a start: what still holds is kept, what doesn't is left out."""

import pytest

import sparplan as sp
from sparplan.compiling import compile_problem
from sparplan.hints import chains_from
from sparplan.kedjor import Plan
from sparplan.problem import Chain
from sparplan.scenario import Scenario
from tests.builders import Row, insats, omgang, person, plan_of, rolling, scenario

SVETS = insats("svets_mag", provides={"svets": "2"})
FEBRUARY, MARCH = ("2027-02-01", "2027-02-28"), ("2027-03-01", "2027-03-28")
S, T = omgang("s", "svets_mag", *FEBRUARY), omgang("t", "svets_mag", *MARCH)


def region(rounds: list[Row] | None = None, people: list[Row] | None = None, **tables: object) -> Scenario:
    return scenario(
        **{
            "insatser": [SVETS],
            "rounds": rounds or [S, T],
            "participants": people or [person("D01"), person("D02")],
            **tables,
        }
    )


def older() -> Plan:
    """D01 in February, D02 in March."""
    return plan_of(region(), {"D01": ("svets", ["s"]), "D02": ("svets", ["t"])})


def kept(now: Scenario, plan: Plan) -> dict[str, list[str] | None]:
    """Rounds of each participant's chain that is left of a plan."""
    problem = compile_problem(now)
    found: dict[str, list[str] | None] = {}
    for index, chain in enumerate(chains_from(problem, plan)):
        options = problem.persons[index].cases[chain.case].options if chain else ()
        steps = (
            None if chain is None else [now.rounds[options[step.option].round].round for step in chain.steps]
        )
        found[now.participants[index].participant] = steps
    return found


def test_all_of_a_plan_of_the_same_scenario() -> None:
    assert kept(region(), older()) == {"D01": ["s"], "D02": ["t"]}


def test_whoever_was_unplaced_has_none() -> None:
    assert kept(region(), plan_of(region(), {"D02": ("svets", ["t"])})) == {"D01": None, "D02": ["t"]}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"rounds": [T]}, {"D01": None, "D02": ["t"]}),  # cancelled
        ({"rounds": [{**S, "start": "2027-02-08"}, T]}, {"D01": None, "D02": ["t"]}),  # other dates
        ({"rounds": [{**S, "seats": 0}, T]}, {"D01": None, "D02": ["t"]}),
        ({"rounds": [{**S, "min_participants": 2}, T]}, {"D01": None, "D02": ["t"]}),
        ({"rounds": [{**S, "pace": 60}, T]}, {"D01": None, "D02": ["t"]}),
        ({"rounds": [{**S, "seats": 5}, T]}, {"D01": ["s"], "D02": ["t"]}),
        ({"people": [person("D02")]}, {"D02": ["t"]}),
        ({"people": [person("D03"), person("D02")]}, {"D03": None, "D02": ["t"]}),
        ({"people": [person("D01", latest_end="2027-02-20"), person("D02")]}, {"D01": None, "D02": ["t"]}),
        ({"people": [person("D01", pinned=["t"]), person("D02")]}, {"D01": None, "D02": ["t"]}),
        ({"insatser": [{**SVETS, "provides": {"svets": "1"}}]}, {"D01": None, "D02": None}),
        (
            {"tracks": [{"track": "svets", "name": "S", "profile": "svetsare", "positions": 1}]},
            {"D01": ["s"], "D02": None},
        ),
        (
            {
                "tracks": [{"track": "lager", "name": "L", "profile": "svetsare"}],
                "people": [person("D01", tracks=["lager"])],
            },
            {"D01": None},
        ),
    ],
)
def test_what_no_longer_holds_is_left_out(now: Row, expected: dict[str, list[str] | None]) -> None:
    new = region(**now)
    assert kept(new, older()) == expected
    plan = sp.plan(new, workers=1, hint=older())
    assert plan.objective == sp.plan(new, workers=1).objective


def test_another_scenario_altogether() -> None:
    other = scenario(
        insatser=[insats("truck_ab", provides={"truck": "ja"})],
        rounds=[omgang("x", "truck_ab", *FEBRUARY)],
        kompetensprofiler=[{"profile": "lager", "kompetens": "truck", "level": "ja"}],
        tracks=[{"track": "lager", "name": "L", "profile": "lager"}],
        participants=[person("P1", tracks=["lager"])],
    )
    assert kept(other, older()) == {"P1": None}
    assert sp.plan(other, workers=1, hint=older()).kedja("P1").placed


def test_too_many_for_the_seats_keep_the_first() -> None:
    plan = plan_of(region(), {"D01": ("svets", ["s"]), "D02": ("svets", ["s"])})
    assert kept(region([{**S, "seats": 1}, T]), plan) == {"D01": ["s"], "D02": None}


def test_a_class_that_falls_apart_takes_others_with_it() -> None:
    """D02 can't any more, so D01's class is too small."""
    plan = plan_of(region(), {"D01": ("svets", ["s"]), "D02": ("svets", ["s"])})
    people = [person("D01"), person("D02", excluded=["s"])]
    assert kept(region([{**S, "min_participants": 2}, T], people), plan) == {"D01": None, "D02": None}


def test_rolling_steps_and_history() -> None:
    rounds = [
        omgang("past", "truck_ab", "2026-11-02", "2027-01-31"),
        rolling("r", "svets_mag", "2027-01-11", "2027-06-27"),
    ]
    insatser = [SVETS, insats("truck_ab", provides={"truck": "ja"})]
    one = region(rounds, [person("D01", pinned=["past"])], insatser=insatser)
    plan = plan_of(one, {"D01": ("svets", ["past", ("r", "2027-02-01", "2027-03-07")])})
    assert kept(one, plan) == {"D01": ["past", "r"]}
    [chain] = chains_from(compile_problem(one), plan)
    assert isinstance(chain, Chain)
    assert chain.steps[1].end - chain.steps[1].start == 35


def test_a_step_that_was_dropped_as_useless_leaves_the_chain_out() -> None:
    """The plan's coach leads nowhere, so the compiled problem doesn't offer it."""
    insatser = [SVETS, insats("coach", kind="stod")]
    one = region(
        [S, omgang("c", "coach", *FEBRUARY, pace=10)], [person("D01", max_pace=110)], insatser=insatser
    )
    plan = plan_of(one, {"D01": ("svets", ["s", "c"])})
    assert not sp.verify(one, plan)
    assert kept(one, plan) == {"D01": None}


def test_a_second_track() -> None:
    tracks = [{"track": name, "name": name, "profile": "svetsare"} for name in ("a", "b")]
    one = region(people=[person("D01", tracks=["a", "b"])], tracks=tracks)
    problem = compile_problem(one)
    for number, track in enumerate(("a", "b")):
        [chain] = chains_from(problem, plan_of(one, {"D01": (track, ["s"])}))
        assert chain is not None
        assert chain.case == number


def test_a_hint_is_never_made_worse() -> None:
    """With no work to speak of the plan is the hint's."""
    one = region([{**S, "seats": 1}, T])
    best = sp.plan(one, workers=1)
    again = sp.plan(one, workers=1, hint=best, work_limit=1e-9)
    assert again.objective == best.objective
    assert [kedja.steps for kedja in again.kedjor] == [kedja.steps for kedja in best.kedjor]


def test_a_plan_without_kedjor_is_no_hint() -> None:
    stop = sp.planner.Stop()
    stop.set()
    nothing = sp.plan(region(), stop=stop)
    assert kept(region(), nothing) == {"D01": None, "D02": None}
    assert sp.plan(region(), workers=1, hint=nothing).status == "optimal"
