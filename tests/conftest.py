"""What holds for every test: properties are tried on the same examples each time, unless asked to explore."""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile("explore" if "HYPOTHESIS_EXPLORE" in os.environ else "same")
