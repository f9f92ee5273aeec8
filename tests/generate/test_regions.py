"""Made-up regions: the sizes asked for, legal, the same for the same seed, varied."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparplan.checks import check
from sparplan.errors import UsageError
from sparplan.generating import generate_region
from sparplan.messages import speaking
from sparplan.scenario import Kind, Scenario

TRACK_SIZE = (20, 1, 4)
TOWN_SIZE = (100, 3, 4)
REGION_SIZE = (1000, 10, 13)


def sizes(scenario: Scenario) -> tuple[int, int, int]:
    return len(scenario.participants), len(scenario.tracks), len(scenario.places)


@pytest.mark.parametrize(
    ("size", "least", "most"), [(TRACK_SIZE, 180, 220), (TOWN_SIZE, 450, 550), (REGION_SIZE, 2250, 2750)]
)
def test_has_the_sizes_asked_for(size: tuple[int, int, int], least: int, most: int) -> None:
    region = generate_region(*size, "ample", seed=1)
    assert sizes(region) == size
    assert least <= len(region.rounds) <= most


@settings(max_examples=40, deadline=None)
@given(
    participants=st.integers(1, 30),
    tracks=st.integers(1, 25),
    places=st.integers(1, 15),
    seats=st.sampled_from(["ample", "scarce", 0.01, 4.0]),
    seed=st.integers(-(10**9), 10**9),
    rounds=st.none() | st.integers(1, 300),
)
def test_is_legal_at_any_size(
    participants: int, tracks: int, places: int, seats: str | float, seed: int, rounds: int | None
) -> None:
    region = generate_region(participants, tracks, places, seats, seed, rounds)
    assert sizes(region) == (participants, tracks, places)
    assert rounds is None or len(region.rounds) == rounds
    assert [str(issue) for issue in check(region).faults] == []


@pytest.mark.parametrize("size", [TRACK_SIZE, TOWN_SIZE])
@pytest.mark.parametrize("seats", ["ample", "scarce"])
def test_gives_no_warnings_at_the_usual_sizes(size: tuple[int, int, int], seats: str) -> None:
    region = generate_region(*size, seats, seed=2)
    assert [str(issue) for issue in check(region).issues] == []


@pytest.mark.parametrize("size", [(1, 1, 1), (1, 3, 1), (3, 1, 2)])
def test_small_regions_hold_every_krav(size: tuple[int, int, int]) -> None:
    region = generate_region(*size, "scarce", seed=3)
    held = {row.insats for row in region.rounds}
    given = {
        (kompetens, rank)
        for insats in region.insatser
        if insats.insats in held
        for kompetens, level in insats.provides.items()
        for rank in range(region.level_rank(kompetens, level) + 1)
    }
    krav = {
        (row.kompetens, region.level_rank(row.kompetens, row.level))
        for row in region.kompetensprofiler
        if row.type == "krav"
    }
    assert krav <= given


def test_the_same_seed_gives_the_same_region_and_another_seed_another() -> None:
    region = generate_region(*TOWN_SIZE, "scarce", seed=5)
    assert generate_region(*TOWN_SIZE, "scarce", seed=5) == region
    assert generate_region(*TOWN_SIZE, "scarce", seed=6).to_document() != region.to_document()


def test_a_seed_gives_the_same_region_for_ever() -> None:
    region = generate_region(3, 1, 2, "ample", seed=1, rounds=12)
    assert [row.place for row in region.places] == ["hjortrontuna", "smultronkoping"]
    assert [row.track for row in region.tracks] == ["gront"]
    assert str(region.participants[0].available_from) == "2027-03-15"


def test_one_more_participant_leaves_the_others_as_they_are() -> None:
    fewer = generate_region(50, 3, 4, "ample", seed=1, rounds=300)
    more = generate_region(51, 3, 4, "ample", seed=1, rounds=300)
    assert more.participants[:50] == fewer.participants
    assert [row.replace(seats=0, min_participants=0) for row in more.rounds] == [
        row.replace(seats=0, min_participants=0) for row in fewer.rounds
    ]


def test_another_language_gives_the_same_region() -> None:
    with speaking("en"):
        english = generate_region(3, 1, 2, "ample", seed=1)
    assert english == generate_region(3, 1, 2, "ample", seed=1)


@pytest.mark.parametrize("size", [TRACK_SIZE, TOWN_SIZE, REGION_SIZE])
def test_most_participants_differ_in_more_than_the_id_the_date_and_the_priority(
    size: tuple[int, int, int],
) -> None:
    region = generate_region(*size, "ample", seed=1)
    distinct = {
        row.model_dump_json(exclude={"participant", "available_from", "priority"})
        for row in region.participants
    }
    assert len(distinct) >= 0.6 * len(region.participants)


def test_sfi_and_a_bridge_are_everywhere_and_modules_in_a_few_places() -> None:
    region = generate_region(*REGION_SIZE, "ample", seed=1)
    towns: dict[str, set[str | None]] = {}
    for row in region.rounds:
        towns.setdefault(row.insats, set()).add(row.place)
    everywhere = {row.place for row in region.places}
    for insats in ("sfi_b", "sfi_c", "bro"):
        assert towns[insats] == everywhere
    assert 2 <= len(towns["kurs_arbetsmiljo"]) < len(everywhere)


def test_holds_everything_that_a_region_can_hold() -> None:
    region = generate_region(*REGION_SIZE, "ample", seed=1)
    kinds = {row.kind for row in region.insatser}
    assert kinds >= {
        Kind.SFI,
        Kind.AUB,
        Kind.PRAKTIK,
        Kind.VALIDERING,
        Kind.YRKESVUX,
        Kind.LARLING,
        Kind.STOD,
    }
    rolling = {region.insats_by_id[row.insats].kind for row in region.rounds if row.is_rolling}
    assert rolling >= {Kind.SFI, Kind.AUB, Kind.PRAKTIK, Kind.VALIDERING}
    for column in ("min_participants", "apply_by", "reserved_for", "days", "intake_every", "weeks_max"):
        assert any(column in row.model_fields_set for row in region.rounds), column
    for column in ("latest_end", "max_pace", "max_travel", "modes", "levels", "claims", "priority", "pinned"):
        assert any(column in row.model_fields_set for row in region.participants), column
    assert {len(row.tracks) for row in region.participants} == {1, 2, 3}
    assert any(row.form == "distance" for row in region.rounds)
    assert any(row.positions for row in region.tracks)
    assert region.policy.max_gap_days == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"participants": 0},
        {"participants": 1.5},
        {"tracks": -1},
        {"tracks": 1001},
        {"places": 0},
        {"places": True},
        {"places": 10_000},
        {"seats": "many"},
        {"seats": 0},
        {"seats": "-1"},
        {"seats": float("nan")},
        {"seats": "inf"},
        {"seats": True},
        {"seats": None},
        {"seed": "x"},
        {"rounds": 0},
        {"rounds": 200_001},
    ],
)
def test_refuses_wrong_arguments_in_plain_words(wrong: dict[str, object]) -> None:
    arguments: dict[str, object] = {"participants": 3, "tracks": 1, "places": 2, "seats": "ample", "seed": 1}
    with pytest.raises(UsageError, match=next(iter(wrong))):
        generate_region(**(arguments | wrong))  # type: ignore[arg-type]
