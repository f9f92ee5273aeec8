"""What holds of the plan of any scenario."""

import json

from hypothesis import assume, given
from hypothesis import strategies as st

import sparplan as sp
from sparplan.generating import generate_region
from sparplan.kedjor import Plan, Status
from sparplan.scenario import TABLES, Scenario
from tests.oracle.strategies import scenarios, seeded_scenarios
from tests.property.running import examples, planned

ORDERED = frozenset({"durations"})
"""Tables whose rows mean something else in another order: the first that holds counts."""

regions = st.builds(
    generate_region,
    participants=st.integers(1, 4),
    tracks=st.integers(1, 2),
    places=st.integers(1, 3),
    seats=st.sampled_from(["ample", "scarce", 0.6]),
    seed=st.integers(0, 10**6),
    rounds=st.integers(8, 24),
)


def assert_sound(scenario: Scenario, plan: Plan) -> None:
    """What every plan is: verified, complete, with a bound that its status tells the truth about."""
    assert sp.verify(scenario, plan) == []
    assert [kedja.participant for kedja in plan.kedjor] == list(scenario.participant_by_id)
    assert plan.objective is not None
    assert plan.bound is not None
    assert plan.objective == sum(kedja.points for kedja in plan.kedjor)
    assert plan.bound <= plan.objective
    assert (plan.status is Status.OPTIMAL) == (plan.bound == plan.objective)
    assert all(kedja.reasons for kedja in plan.unplaced)


@examples(20)
@given(scenarios())
def test_a_sound_scenario_gives_a_sound_plan(scenario: Scenario) -> None:
    assume(sp.check(scenario).ok)
    assert_sound(scenario, planned(scenario))


@examples(4)
@given(regions)
def test_so_does_a_made_up_region_even_when_stopped_early(region: Scenario) -> None:
    assert sp.check(region).ok
    assert_sound(region, planned(region, work_limit=0.5))


@examples(10)
@given(seeded_scenarios(), st.data())
def test_the_order_of_rows_and_participants_changes_no_points(
    scenario: Scenario, data: st.DataObject
) -> None:
    shuffled = {
        table: tuple(data.draw(st.permutations(getattr(scenario, table)), label=table))
        for table in TABLES
        if table in scenario.model_fields_set and table not in ORDERED
    }
    assert planned(scenario.replace(**shuffled)).objective == planned(scenario).objective


@examples(10)
@given(seeded_scenarios(), st.data())
def test_one_more_seat_never_hurts(scenario: Scenario, data: st.DataObject) -> None:
    limited = [row for row in scenario.rounds if row.seats is not None]
    assume(limited)
    chosen = data.draw(st.sampled_from(limited), label="round")
    rounds = tuple(
        row.replace(seats=(row.seats or 0) + 1) if row is chosen else row for row in scenario.rounds
    )
    before, after = planned(scenario).objective, planned(scenario.replace(rounds=rounds)).objective
    assert before is not None
    assert after is not None
    assert after <= before


@examples(8)
@given(seeded_scenarios(300))
def test_a_plan_is_read_back_from_its_json(scenario: Scenario) -> None:
    plan = planned(scenario)
    again = Plan.from_document(json.loads(plan.to_json()))
    assert again.to_document() == plan.to_document()
    assert again.same_as(plan)
    assert again.to_json() == plan.to_json()
    assert sp.verify(scenario, again) == []


@examples(6)
@given(seeded_scenarios(300))
def test_the_same_scenario_seed_and_work_limit_give_the_same_plan(scenario: Scenario) -> None:
    assert planned(scenario).same_as(planned(scenario))
