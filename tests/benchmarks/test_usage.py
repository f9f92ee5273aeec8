"""Full seat rows, counted by hand."""

from benchmarks.usage import SeatUse, seat_use
from tests.builders import insats, omgang, person, plan_of, rolling, scenario


def test_rows_with_a_limit_that_someone_uses() -> None:
    region = scenario(
        insatser=[insats("svets_mag", provides={"svets": "2"}), insats("praktik")],
        rounds=[
            omgang("full", "svets_mag", "2027-02-01", "2027-04-25", seats=2),
            omgang("room", "svets_mag", "2027-02-01", "2027-04-25", seats=2),
            omgang("open", "svets_mag", "2027-02-01", "2027-04-25"),
            omgang("unused", "svets_mag", "2027-02-01", "2027-04-25", seats=1),
            rolling("turns", "praktik", "2027-01-11", "2027-12-19", seats=2, weeks_min=4),
        ],
        participants=[person(name) for name in ("D01", "D02", "D03", "D04")],
    )
    one_after_the_other = plan_of(
        region,
        {
            "D01": ("svets", [("turns", "2027-01-11", "2027-02-07"), "full"]),
            "D02": ("svets", [("turns", "2027-02-08", "2027-03-07"), "full"]),
            "D03": ("svets", ["room"]),
            "D04": ("svets", ["open"]),
        },
    )
    assert seat_use(region, one_after_the_other) == SeatUse(full=1, used=3)
    side_by_side = plan_of(
        region,
        {
            "D01": ("svets", [("turns", "2027-01-11", "2027-02-07"), "full"]),
            "D02": ("svets", [("turns", "2027-02-01", "2027-02-28"), "full"]),
        },
    )
    assert seat_use(region, side_by_side) == SeatUse(full=2, used=2)
