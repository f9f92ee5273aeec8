"""The verifier takes any plan, however wrong, and accepts none whose steps are others than its points say."""

import copy
from datetime import date
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

import sparplan as sp
from sparplan.kedjor import Plan
from sparplan.scenario import Scenario
from tests.oracle.case import Case, Step
from tests.oracle.exhaustive import as_plan
from tests.oracle.points import points
from tests.oracle.region import Region
from tests.oracle.tiny import solved, tiny_scenario
from tests.property.running import examples

Document = dict[str, Any]
dates = st.one_of(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.sampled_from([date.min, date.max, date(1950, 1, 1)])
).map(date.isoformat)
numbers = st.integers(-(10**6), 10**6) | st.sampled_from([0, 10**30, -(10**30)])
words = st.sampled_from(["", "okänd", "a b", "å" * 200, "1", "D01"])


def steps_of(scenario: Scenario) -> st.SearchStrategy[Document]:
    """A step of any round of the scenario, with its own dates or others."""
    return st.sampled_from(scenario.rounds).flatmap(
        lambda row: st.fixed_dictionaries(
            {
                "round": st.just(row.round),
                "insats": st.just(row.insats),
                "start": st.just(row.start.isoformat()) | dates,
                "end": st.just(row.end.isoformat()) | dates,
                "pace": st.just(row.pace),
                "bridge": st.just(scenario.insats_by_id[row.insats].bridge),
            }
        ).map(lambda step: step if row.place is None else {**step, "place": row.place})
    )


def moved(text: str, days: int) -> str:
    """A date some days later, or the last or first there is."""
    day = date.fromisoformat(text).toordinal() + days
    return date.fromordinal(min(max(1, day), date.max.toordinal())).isoformat()


@st.composite
def changed_steps(draw: st.DrawFn) -> tuple[Scenario, Plan, Plan]:
    """A correct plan, and the same with other steps for some participant, all else left as it was."""
    scenario, best = solved(draw(st.integers(0, 200)))
    right = as_plan(scenario, best)
    document = copy.deepcopy(right.to_document())
    placed = [kedja for kedja in document["kedjor"] if kedja["placed"]]
    if not placed:
        return scenario, right, right
    for _ in range(draw(st.integers(1, 2))):
        steps = draw(st.sampled_from(placed))["steps"]
        match draw(st.sampled_from(["drop", "add", "move", "replace"] if steps else ["add"])):
            case "drop":
                steps.pop(draw(st.integers(0, len(steps) - 1)))
            case "add":
                steps.append(draw(steps_of(scenario)))
            case "move":
                step = draw(st.sampled_from(steps))
                days = draw(st.sampled_from([-7, -1, 1, 7, 14]))
                for field in ("start", "end"):
                    step[field] = moved(step[field], days)
            case "replace":
                steps[draw(st.integers(0, len(steps) - 1))] = draw(steps_of(scenario))
    return scenario, right, Plan.from_document(document)


@examples(150)
@given(changed_steps())
def test_other_steps_are_accepted_only_with_the_points_they_cost(
    change: tuple[Scenario, Plan, Plan],
) -> None:
    scenario, right, changed = change
    violations = sp.verify(scenario, changed)
    if changed.same_as(right):
        assert not violations
    elif not violations:  # a step of an equal round, say: then the oracle must agree
        region = Region(scenario)
        for kedja in changed.placed:
            case = Case(region, kedja.participant, str(kedja.track))
            steps = [Step(s.start.toordinal(), s.end.toordinal(), s.round, s.insats) for s in kedja.steps]
            assert points(case, tuple(sorted(steps))) == kedja.points


@examples(100)
@given(changed_steps(), st.data())
def test_the_verifier_never_raises(change: tuple[Scenario, Plan, Plan], data: st.DataObject) -> None:
    scenario, _, changed = change
    document = copy.deepcopy(changed.to_document())
    for _ in range(data.draw(st.integers(1, 4))):
        garble(document, data.draw)
    violations = sp.verify(scenario, Plan.from_document(document))
    assert all(violation.text and "{" not in violation.text for violation in violations)


@pytest.mark.parametrize("gap", [float("inf"), float("-inf"), float("nan")])
def test_a_gap_that_is_no_number_is_no_plan(gap: float) -> None:
    document = sp.plan(tiny_scenario(0), workers=1).to_document()
    with pytest.raises(sp.PlanError):
        Plan.from_document({**document, "gap": gap})


def garble(document: Document, draw: Any) -> None:
    """Change something in a plan document such that it still has the form of one."""
    kedjor = document["kedjor"]
    what = draw(st.sampled_from(["top", "value", "lose", "twice", "kedja", "steps"]))
    if what == "top":
        field = draw(st.sampled_from(["name", "sha256", "track"]))
        document["scenario"][field] = draw(words)
        document["status"] = draw(st.sampled_from(["optimal", "feasible", "no_plan", "infeasible"]))
    elif what == "value":
        document[draw(st.sampled_from(["objective", "bound"]))] = draw(st.none() | numbers)
        document["gap"] = draw(st.sampled_from([None, 0.0, -1.0, 1e300]))
    elif not kedjor:
        return
    elif what == "lose":
        kedjor.pop(draw(st.integers(0, len(kedjor) - 1)))
    elif what == "twice":
        kedjor.append(copy.deepcopy(draw(st.sampled_from(kedjor))))
    else:
        kedja = draw(st.sampled_from(kedjor))
        field = draw(st.sampled_from(["participant", "track", "days", "points", "start", "end", "placed"]))
        values = {"days": numbers, "points": numbers, "start": dates, "end": dates, "placed": st.booleans()}
        kedja[field] = draw(values.get(field, words))
        for step in kedja.get("steps", []) if what == "steps" else []:
            field = draw(st.sampled_from(["round", "insats", "place", "start", "end", "pace", "bridge"]))
            values = {"start": dates, "end": dates, "pace": numbers, "bridge": st.booleans()}
            step[field] = draw(values.get(field, words))
