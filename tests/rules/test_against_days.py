"""The verifier's sweeps against the rules told day by day, on random chains."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sparplan.kedjor import Plan
from sparplan.points import Measures
from sparplan.scenario import Scenario
from tests.builders import Row, broken, insats, omgang, person, plan_of, scenario

TODAY = date(2027, 3, 15)  # Easter and its holidays lie two weeks ahead
CALENDAR = {"breaks": [{"start": "2027-04-19", "end": "2027-04-20"}]}
KINDS = ("plain", "support")


@st.composite
def rounds_of(draw: st.DrawFn) -> list[Row]:
    rows = []
    for number in range(draw(st.integers(1, 5))):
        start = TODAY + timedelta(days=draw(st.integers(-20, 30)))
        end = start + timedelta(days=draw(st.integers(0, 30)))
        rows.append(
            omgang(
                f"r{number}",
                draw(st.sampled_from(KINDS)),
                str(start),
                str(end),
                pace=draw(st.sampled_from([10, 25, 50, 100])),
            )
        )
    return rows


def region_of(rows: list[Row], pins: list[str], **policy: int) -> Scenario:
    return scenario(
        planning_date=str(TODAY),
        horizon={"start": "2027-01-11", "end": "2027-12-31"},
        calendar=CALENDAR,
        policy=policy,
        insatser=[insats("plain", max_times=9), insats("support", kind="stod", max_times=9)],
        rounds=rows,
        participants=[person(pinned=pins)],
    )


@settings(deadline=None)
@given(
    rows=rounds_of(),
    pinned=st.sets(st.integers(0, 4)),
    max_gap_days=st.integers(0, 4),
    min_pace=st.sampled_from([0, 25, 60]),
)
def test_pace_and_gap_day_by_day(rows: list[Row], pinned: set[int], max_gap_days: int, min_pace: int) -> None:
    names = [row["round"] for row in rows]
    pins = [names[index] for index in pinned if index < len(names)]
    region = region_of(rows, pins, max_gap_days=max_gap_days, min_pace=min_pace)
    rules = broken(region, plan_of(region, {"D01": ("svets", names)}))
    assert ("pace" in rules) is too_fast(region, pins)
    assert ("gap" in rules) is too_idle(region, pins)


def in_progress(region: Scenario, day: date) -> list[str]:
    return [row.round for row in region.rounds if row.start <= day <= row.end]


def is_past(region: Scenario, name: str, pins: list[str]) -> bool:
    return name in pins and region.round_by_id[name].start < TODAY


def all_days(region: Scenario) -> list[date]:
    first = min(row.start for row in region.rounds)
    last = max(row.end for row in region.rounds)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def too_fast(region: Scenario, pins: list[str]) -> bool:
    for day in all_days(region):
        names = in_progress(region, day)
        total = sum(region.round_by_id[name].pace for name in names)
        if total > 100 and not all(is_past(region, name, pins) for name in names):
            return True
    return False


def too_idle(region: Scenario, pins: list[str]) -> bool:
    new = [row.start for row in region.rounds if not is_past(region, row.round, pins)]
    if any(is_past(region, name, pins) for name in in_progress(region, TODAY)):
        since = TODAY
    elif new:
        since = min(new)
    else:
        return False
    study_days = set(Measures(region).calendar.study_days)
    run = 0
    for day in all_days(region):
        if day < since or day.toordinal() not in study_days:
            continue
        rows = [region.round_by_id[name] for name in in_progress(region, day)]
        pace = sum(row.pace for row in rows if row.insats != "support")
        run = run + 1 if pace < region.policy.min_pace else 0
        if run > region.policy.max_gap_days:
            return True
    return False


@settings(deadline=None)
@given(
    weeks=st.lists(st.tuples(st.integers(0, 8), st.integers(1, 4)), min_size=1, max_size=6),
    seats=st.integers(0, 4),
)
def test_seats_of_a_rolling_round_day_by_day(weeks: list[tuple[int, int]], seats: int) -> None:
    monday = date(2027, 3, 15)
    row = omgang(
        "r", "plain", str(monday), "2027-12-31", intake="rolling", weeks_min=1, weeks_max=4, seats=seats
    )
    region = scenario(
        insatser=[insats("plain")],
        rounds=[row],
        participants=[person(f"D{number}") for number in range(len(weeks))],
    )
    spans = [
        (monday + timedelta(weeks=start), monday + timedelta(weeks=start + length, days=-1))
        for start, length in weeks
    ]
    chains = {
        f"D{number}": ("svets", [("r", str(start), str(end))]) for number, (start, end) in enumerate(spans)
    }
    days = [monday + timedelta(days=number) for number in range(100)]
    crowd = max(sum(start <= day <= end for start, end in spans) for day in days)
    assert ("seats" in broken(region, plan_of(region, chains))) is (crowd > seats)


DATES = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2027, 1, 1), date(2027, 12, 31))
TEXTS = (
    st.sampled_from(["D01", "D02", "svets", "svets-1", "svets-r", "svets_mag", "gislaved", "{x}"]) | st.text()
)
NUMBERS = st.integers() | st.integers(0, 100)
STEPS = st.fixed_dictionaries(
    {"round": TEXTS, "insats": TEXTS, "start": DATES, "end": DATES, "pace": NUMBERS},
    optional={"place": TEXTS, "bridge": st.booleans()},
)
KEDJOR = st.fixed_dictionaries(
    {"participant": TEXTS, "placed": st.booleans(), "points": NUMBERS},
    optional={
        "track": TEXTS,
        "start": DATES,
        "end": DATES,
        "days": NUMBERS,
        "steps": st.lists(STEPS, max_size=4),
        "reasons": st.just([{"code": "cost", "text": ""}]),
    },
)
PLANS = st.fixed_dictionaries(
    {
        "schema": st.just("sparplan/plan/1"),
        "scenario": st.fixed_dictionaries({"name": TEXTS, "sha256": TEXTS}, optional={"track": TEXTS}),
        "status": st.sampled_from(["optimal", "feasible", "no_plan", "infeasible"]),
        "engine": TEXTS,
        "objective": st.none() | NUMBERS,
        "bound": st.none() | NUMBERS,
        "gap": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "kedjor": st.lists(KEDJOR, max_size=4),
    }
)
REGION = scenario(
    insatser=[insats("svets_mag", provides={"svets": "2"}, alongside="insats:svets_mag", requires="!attr:x")],
    rounds=[
        omgang("svets-1", "svets_mag", "2027-02-01", "2027-02-28", seats=1, min_participants=2),
        omgang(
            "svets-r",
            "svets_mag",
            "2027-02-01",
            "2027-12-31",
            intake="rolling",
            weeks_min=1,
            weeks_max=9,
            seats=1,
        ),
    ],
    participants=[
        person("D01", pinned=["svets-1"]),
        person("D02", pinned=["svets-r@2027-03-01..2027-03-02"]),
    ],
)


@settings(deadline=None, max_examples=300)
@given(PLANS)
def test_a_plan_from_outside_may_be_arbitrarily_wrong(document: Row) -> None:
    assert broken(REGION, Plan.from_document(document))
