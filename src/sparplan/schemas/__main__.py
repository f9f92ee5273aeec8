"""Write the JSON Schemas anew: `python -m sparplan.schemas`."""

from sparplan.files.writing import write_text
from sparplan.schemas import FOLDER, MODELS, text_of

for name in MODELS:
    write_text(FOLDER / f"{name}.json", text_of(name))
