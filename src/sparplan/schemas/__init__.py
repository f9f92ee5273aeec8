"""JSON Schemas of a scenario and a plan, generated from the models and shipped beside this file.

`python -m sparplan.schemas` writes them anew.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from sparplan.kedjor import Plan
from sparplan.scenario import Scenario

FOLDER = Path(__file__).parent
MODELS: dict[str, type[BaseModel]] = {"scenario": Scenario, "plan": Plan}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a `scenario` or a `plan`, as files hold them."""
    schema = MODELS[name].model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def text_of(name: str) -> str:
    """The schema as the text of its file."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n"
