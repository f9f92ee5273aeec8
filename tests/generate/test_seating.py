"""The factor of seats, recomputed from its definition without the generator's code."""

import pytest

from sparplan.expressions import InsatsAtom, LevelAtom, parse
from sparplan.generating import generate_region
from sparplan.scenario import Insats, Participant, Round, Scenario

Level = tuple[str, int]


def ranks(region: Scenario, levels: dict[str, str]) -> dict[str, int]:
    return {kompetens: region.level_rank(kompetens, level) for kompetens, level in levels.items()}


def usable_by(region: Scenario, profile: str) -> set[str]:
    """Insatser from which something in a kompetensprofil can be reached: backwards, until none is added."""
    wanted: set[Level] = {
        (row.kompetens, region.level_rank(row.kompetens, row.level)) for row in region.profile_rows[profile]
    }
    usable: set[str] = set()
    while True:
        found = {
            row.insats
            for row in region.insatser
            if any(
                (kompetens, lower) in wanted
                for kompetens, rank in ranks(region, row.provides).items()
                for lower in range(rank + 1)
            )
        } - usable
        for insats in sorted(found):
            wanted |= needs_of(region, region.insats_by_id[insats])
            usable |= {insats, *named_by(region.insats_by_id[insats])}
        if not found:
            return usable


def needs_of(region: Scenario, insats: Insats) -> set[Level]:
    """Levels named in `requires` and `alongside`; a term that an attribute can fulfil names no need."""
    needs = set()
    for text in (insats.requires, insats.alongside):
        for term in parse(text).terms:
            if all(isinstance(atom, LevelAtom | InsatsAtom) for atom in term):
                for atom in term:
                    if isinstance(atom, LevelAtom):
                        level = region.level_rank(atom.kompetens, atom.level) if atom.level else 0
                        needs.add((atom.kompetens, level))
    return needs


def named_by(insats: Insats) -> set[str]:
    return {atom.insats for atom in parse(insats.alongside).atoms() if isinstance(atom, InsatsAtom)}


def lacks_something(region: Scenario, person: Participant, insats: Insats) -> bool:
    held = ranks(region, person.levels)
    return any(rank > held.get(kompetens, -1) for kompetens, rank in ranks(region, insats.provides).items())


def expected_seats(region: Scenario, factor: float) -> dict[str, int]:
    usable = {row.track: usable_by(region, row.profile) for row in region.tracks}
    expected = {}
    for insats in region.insatser:
        rounds = [row for row in region.rounds if row.insats == insats.insats]
        people = [
            person
            for person in region.participants
            if any(insats.insats in usable[track] for track in person.tracks)
            and lacks_something(region, person, insats)
        ]
        expected[insats.insats] = max(len(rounds), round(factor * len(people)))
    return expected


def limited_rounds(region: Scenario) -> dict[str, list[Round]]:
    rounds: dict[str, list[Round]] = {}
    for row in region.rounds:
        if row.seats is not None:
            rounds.setdefault(row.insats, []).append(row)
    return rounds


@pytest.mark.parametrize(("seats", "factor"), [("ample", 1.5), ("scarce", 0.3), (0.7, 0.7), ("4", 4.0)])
@pytest.mark.parametrize("size", [(20, 1, 4), (100, 3, 4), (150, 24, 6)])
def test_seats_add_up_to_the_factor(size: tuple[int, int, int], seats: str | float, factor: float) -> None:
    region = generate_region(*size, seats, seed=4)
    expected = expected_seats(region, factor)
    rounds = limited_rounds(region)
    assert len(rounds) > 10
    for insats, rows in rounds.items():
        numbers = [row.seats or 0 for row in rows]
        assert sum(numbers) == expected[insats], insats
        assert max(numbers) - min(numbers) <= 1
        assert min(numbers) >= 1


def test_an_insats_is_limited_in_all_its_rounds_or_in_none() -> None:
    region = generate_region(100, 3, 4, "scarce", seed=4)
    limited = limited_rounds(region)
    unlimited = {row.insats for row in region.rounds if row.seats is None}
    assert not unlimited & set(limited)
    assert {"bro", "syv"} <= unlimited


def test_another_factor_changes_only_the_seats() -> None:
    ample, scarce = (generate_region(100, 3, 4, seats, seed=4) for seats in ("ample", "scarce"))
    without_seats = [
        region.replace(rounds=tuple(row.replace(seats=None, min_participants=0) for row in region.rounds))
        for region in (ample, scarce)
    ]
    assert without_seats[0] == without_seats[1]
    for more, fewer in zip(ample.rounds, scarce.rounds, strict=True):
        assert (more.seats or 0) >= (fewer.seats or 0)
        assert more.min_participants >= fewer.min_participants


def test_every_least_class_size_can_be_reached() -> None:
    for factor in (0.01, 0.3, 1.5):
        region = generate_region(100, 3, 4, factor, seed=4)
        assert all(row.seats is None or row.min_participants <= row.seats for row in region.rounds)
