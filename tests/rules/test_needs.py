"""Rules `prerequisites`, `alongside`, `goal` and what a validering gives."""

import pytest

from sparplan.scenario import Scenario
from tests.builders import Row, broken, insats, omgang, person, plan_of, scenario

HALF = {"pace": 50}


def two_steps(requires: str, first_end: str, *, who: Row | None = None) -> Scenario:
    """Sfi at half pace until `first_end`, and welding at half pace from 1 March to 30 April."""
    return scenario(
        insatser=[
            insats("sfi_c", provides={"svenska": "C"}),
            insats("svets_mag", provides={"svets": "2"}, requires=requires),
        ],
        rounds=[
            omgang("sfi-1", "sfi_c", "2027-02-01", first_end, **HALF),
            omgang("svets-1", "svets_mag", "2027-03-01", "2027-04-30", **HALF),
        ],
        participants=[person(**(who or {}))],
    )


@pytest.mark.parametrize("requires", ["svenska>=C", "svenska>=B", "svenska", "insats:sfi_c"])
@pytest.mark.parametrize(("first_end", "rules"), [("2027-02-28", set()), ("2027-03-01", {"prerequisites"})])
def test_what_is_required_ends_before_the_first_day(requires: str, first_end: str, rules: set[str]) -> None:
    one = two_steps(requires, first_end)
    assert broken(one, plan_of(one, {"D01": ("svets", ["sfi-1", "svets-1"])})) == rules


@pytest.mark.parametrize(
    ("requires", "who", "rules"),
    [
        ("svenska>=D", {}, {"prerequisites"}),
        ("svenska>=D", {"levels": {"svenska": "D"}}, set()),
        ("claim:svets>=1", {"claims": {"svets": "2"}}, set()),
        ("claim:svets>=1", {}, {"prerequisites"}),
        ("attr:af", {"attributes": ["af"]}, set()),
        ("attr:af", {}, {"prerequisites"}),
        ("!home:0662", {}, {"prerequisites"}),
        ("insats:svets_mag", {}, {"prerequisites"}),  # not by itself
        ("svenska>=D | insats:sfi_c", {}, set()),
        ("svenska>=D | insats:sfi_c ; truck", {}, {"prerequisites"}),
    ],
)
def test_requires_reads_the_participant_and_the_steps(requires: str, who: Row, rules: set[str]) -> None:
    one = two_steps(requires, "2027-02-28", who=who)
    assert broken(one, plan_of(one, {"D01": ("svets", ["sfi-1", "svets-1"])})) == rules


VALIDERING = insats("val_svets", kind="validering", provides={"svets": "1", "truck": "ja"})


@pytest.mark.parametrize(
    ("claims", "rules"),
    [
        ({"svets": "1", "truck": "ja"}, set()),
        ({"svets": "3"}, set()),  # claimed higher: gives just the 1 that is listed
        ({"truck": "ja"}, {"prerequisites"}),  # svets isn't claimed, so it isn't given
    ],
)
def test_a_validering_gives_what_is_claimed(claims: dict[str, str], rules: set[str]) -> None:
    one = scenario(
        insatser=[VALIDERING, insats("svets_fort", provides={"svets": "2"}, requires="svets>=1")],
        rounds=[
            omgang("val-1", "val_svets", "2027-02-01", "2027-02-07"),
            omgang("svets-1", "svets_fort", "2027-02-08", "2027-03-07"),
        ],
        participants=[person(claims=claims)],
    )
    assert broken(one, plan_of(one, {"D01": ("svets", ["val-1", "svets-1"])})) == rules


def test_a_validering_gives_no_more_than_it_lists() -> None:
    one = scenario(
        insatser=[VALIDERING],
        rounds=[omgang("val-1", "val_svets", "2027-02-01", "2027-02-07")],
        participants=[person(claims={"svets": "3"})],
    )
    assert broken(one, plan_of(one, {"D01": ("svets", ["val-1"])})) == {"goal"}


@pytest.mark.parametrize("claims", [{}, {"svenska": "D"}])
def test_with_nothing_to_claim_a_validering_is_no_step(claims: dict[str, str]) -> None:
    one = scenario(
        insatser=[VALIDERING, insats("svets_mag", provides={"svets": "2"})],
        rounds=[
            omgang("val-1", "val_svets", "2027-02-01", "2027-02-07"),
            omgang("svets-1", "svets_mag", "2027-02-08", "2027-03-07"),
        ],
        participants=[person(claims=claims)],
    )
    assert broken(one, plan_of(one, {"D01": ("svets", ["val-1", "svets-1"])})) == {"steps"}


def beside(alongside: str, *rounds: Row, who: Row | None = None) -> Scenario:
    """Welding at half pace 1 February – 26 March, and rounds of sfi or coach beside it."""
    return scenario(
        insatser=[
            insats("svets_mag", provides={"svets": "2"}, alongside=alongside, max_times=2),
            insats("sfi", provides={"svenska": "B"}, max_times=3),
            insats("coach", kind="stod", max_times=3),
        ],
        rounds=[omgang("svets-1", "svets_mag", "2027-02-01", "2027-03-26", **HALF), *rounds],
        participants=[person(**(who or {}))],
    )


def beside_plan(one: Scenario) -> set[str]:
    return broken(one, plan_of(one, {"D01": ("svets", [row.round for row in one.rounds])}))


def sfi(number: int, start: str, end: str) -> Row:
    return omgang(f"sfi-{number}", "sfi", start, end, pace=25)


def coach(number: int, start: str, end: str) -> Row:
    return omgang(f"coach-{number}", "coach", start, end, pace=10)


def test_an_insats_alongside_covers_every_study_day() -> None:
    # 26 March is Good Friday, so Thursday 25 March is the last study day of the step.
    assert beside_plan(beside("insats:sfi", sfi(1, "2027-02-01", "2027-03-25"))) == set()
    assert beside_plan(beside("insats:sfi", sfi(1, "2027-02-01", "2027-03-24"))) == {"alongside"}
    assert beside_plan(beside("insats:sfi", sfi(1, "2027-02-02", "2027-03-26"))) == {"alongside"}
    assert beside_plan(beside("insats:sfi")) == {"alongside"}


def test_two_steps_may_cover_together() -> None:
    # From Friday 26 February to Monday 1 March no study day is missed; from Thursday one is.
    over_the_weekend = beside(
        "insats:sfi", sfi(1, "2027-02-01", "2027-02-26"), sfi(2, "2027-03-01", "2027-03-26")
    )
    assert beside_plan(over_the_weekend) == set()
    without_friday = beside(
        "insats:sfi", sfi(1, "2027-02-01", "2027-02-25"), sfi(2, "2027-03-01", "2027-03-26")
    )
    assert beside_plan(without_friday) == {"alongside"}


def test_each_alternative_covers_by_itself() -> None:
    halves = (sfi(1, "2027-02-01", "2027-02-26"), coach(1, "2027-03-01", "2027-03-26"))
    assert beside_plan(beside("insats:sfi | insats:coach", *halves)) == {"alongside"}
    whole = coach(1, "2027-02-01", "2027-03-26")
    assert beside_plan(beside("insats:sfi | insats:coach", whole)) == set()
    assert beside_plan(beside("insats:sfi ; insats:coach", whole)) == {"alongside"}


def test_a_step_covers_its_own_insats() -> None:
    assert beside_plan(beside("insats:svets_mag")) == set()


def test_a_level_alongside_holds_on_the_first_day() -> None:
    assert beside_plan(beside("svenska>=B", who={"levels": {"svenska": "B"}})) == set()
    assert beside_plan(beside("svenska>=B", sfi(1, "2027-01-11", "2027-01-31"))) == set()
    assert beside_plan(beside("svenska>=B", sfi(1, "2027-01-11", "2027-02-01"))) == {"alongside"}


def test_every_krav_holds_at_the_end() -> None:
    profile = [
        {"profile": "svetsare", "kompetens": "svets", "level": "2"},
        {"profile": "svetsare", "kompetens": "svenska", "level": "B"},
        {"profile": "svetsare", "kompetens": "truck", "level": "ja", "type": "meriterande"},
    ]
    rounds = [omgang("svets-1", "svets_mag", "2027-02-01", "2027-03-26")]
    course = insats("svets_mag", provides={"svets": "3"})
    for levels, rules in ({"svenska": "C"}, set()), ({"svenska": "A"}, {"goal"}):
        one = scenario(
            insatser=[course],
            rounds=rounds,
            kompetensprofiler=profile,
            participants=[person(levels=levels)],
        )
        assert broken(one, plan_of(one, {"D01": ("svets", ["svets-1"])})) == rules


@pytest.mark.parametrize(("level", "rules"), [("1", {"goal"}), ("2", set()), ("3", set())])
def test_a_chain_is_empty_only_for_who_holds_every_krav(level: str, rules: set[str]) -> None:
    one = scenario(participants=[person(levels={"svets": level})])
    assert broken(one, plan_of(one, {"D01": ("svets", [])})) == rules
