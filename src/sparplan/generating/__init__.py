"""Made-up regions of any size, for tests and benchmarks."""

from sparplan.generating.regions import generate_region

__all__ = ["generate_region"]
