"""Kinds of insatser can be told apart without colour, and black text can be read on them."""

from sparplan.charts.hatching import segments
from sparplan.charts.kinds import BAND, INK, LOOKS, PAPER, QUIET, name_of, paler
from sparplan.messages import speaking
from sparplan.scenario import Kind


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_kind_has_a_look_and_a_name() -> None:
    assert set(LOOKS) == set(Kind)
    for language in ("sv", "en"):
        with speaking(language):
            assert len({name_of(kind) for kind in Kind}) == len(Kind)


def test_no_two_kinds_share_a_hatch_or_a_colour() -> None:
    assert len({look.hatch for look in LOOKS.values()}) == len(Kind)
    assert len({look.colour for look in LOOKS.values()}) == len(Kind)


def test_text_can_be_read_on_every_kind() -> None:
    for look in LOOKS.values():
        assert contrast(INK, look.colour) >= 7
        assert contrast(INK, paler(look.colour)) >= 7


def test_quiet_text_can_be_read() -> None:
    assert contrast(QUIET, PAPER) >= 4.5
    assert contrast(INK, BAND) >= 4.5


def test_hatch_lines_stay_within_their_box() -> None:
    for look in LOOKS.values():
        for strokes in look.hatch:
            lines = list(segments(strokes, 10, 20, 43, 29))
            assert lines
            for x, y in (point for line in lines for point in line):
                assert 10 - 1e-6 <= x <= 43 + 1e-6
                assert 20 - 1e-6 <= y <= 29 + 1e-6
