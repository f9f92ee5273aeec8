"""The shipped JSON Schemas are those of the models, and what sparplan writes fits them."""

import json

import jsonschema
import pytest

import sparplan as sp
from sparplan.schemas import FOLDER, MODELS, text_of
from tests.oracle.tiny import tiny_scenario


@pytest.mark.parametrize("name", MODELS)
def test_the_shipped_schema_is_the_models(name: str) -> None:
    assert (FOLDER / f"{name}.json").read_text(encoding="utf-8") == text_of(name)


@pytest.mark.parametrize("seed", range(5))
def test_scenarios_and_plans_fit(seed: int) -> None:
    scenario = tiny_scenario(seed)
    plan = sp.plan(scenario, workers=1)
    for name, document in (("scenario", scenario.to_document()), ("plan", plan.to_document())):
        jsonschema.validate(json.loads(json.dumps(document)), json.loads(text_of(name)))


def test_a_scenario_without_rounds_table_does_not_fit() -> None:
    document = tiny_scenario(0).to_document()
    del document["rounds"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, json.loads(text_of("scenario")))
