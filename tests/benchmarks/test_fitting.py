"""The fit finds the growth that made-up times have."""

import pytest

from benchmarks.fitting import fitted


def test_it_finds_the_exponent() -> None:
    growth = fitted([(size, 0.3 * size**1.7) for size in (100, 1_000, 4_000)])
    assert growth is not None
    assert growth.exponent == pytest.approx(1.7)
    assert growth.at(500) == pytest.approx(0.3 * 500**1.7)


def test_noise_on_both_sides_evens_out() -> None:
    growth = fitted([(10, 20), (10, 5), (1_000, 2_000), (1_000, 500)])
    assert growth is not None
    assert growth.exponent == pytest.approx(1)


@pytest.mark.parametrize("points", [[], [(10, 1.0)], [(10, 1.0), (10, 2.0)]])
def test_one_size_has_no_growth(points: list[tuple[float, float]]) -> None:
    assert fitted(points) is None
