"""The insatsgraf: reach, what is missing, what is relevant, earliest days."""

import pytest

from sparplan.insatsgraf import InsatsGraf, Offer, earliest_days, insats_node, level_node
from tests.builders import Row, insats, scenario


def graf(*insatser: Row) -> InsatsGraf:
    return InsatsGraf(scenario(insatser=insatser))


SFI_A = insats("sfi_a", provides={"svenska": "A"})
SFI_C = insats("sfi_c", provides={"svenska": "C"}, requires="svenska>=A")
SVETS = insats("svets_mag", provides={"svets": "2"}, requires="svenska>=B ; attr:af")


def test_levels_build_on_each_other() -> None:
    reach = graf(SFI_A, SFI_C, SVETS).reach()
    assert reach.has_level("svets", "2")
    assert reach.has_level("svets", "1")  # a level holds those below it
    assert not reach.has_level("svets", "3")
    assert reach.has_insats("svets_mag")
    assert not reach.missing


def test_what_is_missing() -> None:
    reach = graf(SFI_C, SVETS).reach()
    assert not reach.has_insats("sfi_c")
    assert reach.missing == {
        "sfi_c": ((level_node("svenska", "A"),),),
        "svets_mag": ((level_node("svenska", "B"),),),
    }


@pytest.mark.parametrize(("level", "expected"), [("A", False), ("B", True), ("D", True)])
def test_starting_levels(level: str, expected: bool) -> None:
    assert graf(SVETS).reach({"svenska": level}).has_level("svets", "2") is expected


def test_insatser_that_may_not_be_taken() -> None:
    one = graf(SFI_A, SFI_C, SVETS)
    reach = one.reach(usable=lambda row: row.insats != "sfi_a")
    assert reach.nodes == frozenset()
    assert set(reach.missing) == {"sfi_a", "sfi_c", "svets_mag"}
    assert reach.missing["sfi_a"] == ()  # it lacks nothing but the leave to take it


def test_a_choice_is_met_by_one_alternative() -> None:
    one = graf(insats("kurs", requires="svets | insats:sfi_a", provides={"truck": "ja"}), SFI_A)
    assert one.reach().has_level("truck", "ja")
    lonely = graf(insats("kurs", requires="svets | svenska>=D", provides={"truck": "ja"}))
    assert lonely.reach().missing == {"kurs": ((level_node("svets", "1"), level_node("svenska", "D")),)}


def test_a_choice_with_an_atom_about_the_person_counts_as_true() -> None:
    one = graf(insats("kurs", requires="svets | attr:af", provides={"truck": "ja"}))
    assert one.reach().has_level("truck", "ja")


def test_insatser_beside_each_other_hold_each_other_up() -> None:
    one = graf(
        insats("praktik", alongside="insats:yrkessvenska", provides={"truck": "ja"}),
        insats("yrkessvenska", alongside="insats:praktik"),
    )
    assert one.reach().has_level("truck", "ja")


def test_a_companion_that_is_missing_takes_down_what_stands_on_it() -> None:
    one = graf(
        insats("praktik", alongside="insats:yrkessvenska", provides={"truck": "ja"}),
        insats("yrkessvenska", alongside="insats:coach"),
        insats("coach", requires="svenska>=D"),
        insats("kurs", requires="truck", provides={"svets": "1"}),
    )
    reach = one.reach()
    assert reach.nodes == frozenset()
    assert set(reach.missing) == {"praktik", "yrkessvenska", "coach", "kurs"}
    assert one.reach({"svenska": "D"}).has_level("svets", "1")


def test_an_insats_may_stand_beside_itself() -> None:
    assert graf(insats("kurs", alongside="insats:kurs")).reach().has_insats("kurs")


def test_what_is_relevant_for_a_goal() -> None:
    one = graf(SFI_A, SFI_C, SVETS, insats("truck_ab", provides={"truck": "ja"}))
    relevant = one.relevant(one.profile_nodes("svetsare"))
    assert {node[1] for node in relevant if node[0] == "insats"} == {"sfi_a", "sfi_c", "svets_mag"}
    assert level_node("svenska", "D") in relevant  # it holds B
    assert level_node("truck", "ja") not in relevant
    assert one.relevant([level_node("no", "such"), insats_node("sfi_a")]) == {insats_node("sfi_a")}


def test_the_nodes_of_a_profile() -> None:
    one = InsatsGraf(
        scenario(
            kompetensprofiler=[
                {"profile": "p", "kompetens": "svets", "level": "2"},
                {"profile": "p", "kompetens": "truck", "level": "ja", "type": "meriterande"},
            ]
        )
    )
    assert one.profile_nodes("p") == [level_node("svets", "2"), level_node("truck", "ja")]
    assert one.profile_nodes("p", merits=False) == [level_node("svets", "2")]
    assert one.profile_nodes("none") == []


def test_the_relations_of_the_graph() -> None:
    one = graf(SFI_C, insats("praktik", requires="svenska>=C | insats:sfi_c", alongside="insats:sfi_c"))
    relations = {(start, end): data["relation"] for start, end, data in one.graph.edges(data=True)}
    either = ("either", "praktik", "requires", 0)
    assert relations[insats_node("sfi_c"), level_node("svenska", "C")] == "provides"
    assert relations[level_node("svenska", "C"), level_node("svenska", "B")] == "holds"
    assert relations[level_node("svenska", "A"), insats_node("sfi_c")] == "requires"
    assert relations[either, insats_node("praktik")] == "requires"
    assert relations[insats_node("sfi_c"), either] == "choice"
    assert relations[insats_node("sfi_c"), insats_node("praktik")] == "alongside"


# Earliest days

A, B, C = 1, 2, 4


def test_earliest_days_follow_each_other() -> None:
    offers = [
        Offer(needs=(B,), gives=C, starts=(0, 10, 20, 30), length=5),
        Offer(needs=(), gives=A, starts=(3,), length=4),
        Offer(needs=(A,), gives=B, starts=(0, 7, 14), length=7),
    ]
    assert earliest_days(0, offers) == ({A: 7, B: 14, C: 25}, [20, 3, 7])


def test_the_earliest_of_several_ways_counts() -> None:
    offers = [
        Offer(needs=(), gives=A, starts=(5,), length=30),
        Offer(needs=(), gives=A, starts=(9,), length=3),
        Offer(needs=(A,), gives=B, starts=range(100), length=1),
    ]
    assert earliest_days(0, offers) == ({A: 12, B: 13}, [5, 9, 12])


def test_every_term_and_one_of_each() -> None:
    offers = [
        Offer(needs=(), gives=A, starts=(0,), length=10),
        Offer(needs=(), gives=B, starts=(0,), length=20),
        Offer(needs=(A | B,), gives=8, starts=range(50), length=1),
        Offer(needs=(A, B), gives=16, starts=range(50), length=1),
    ]
    days, starts = earliest_days(0, offers)
    assert starts == [0, 0, 10, 20]
    assert (days[8], days[16]) == (11, 21)


def test_out_of_reach() -> None:
    offers = [
        Offer(needs=(A,), gives=B, starts=(0,), length=5),
        Offer(needs=(B,), gives=A, starts=(9,), length=5),
        Offer(needs=(), gives=C, starts=(0,), length=5),
        Offer(needs=(C,), gives=8, starts=(4,), length=5),  # begins before C is there
    ]
    assert earliest_days(0, offers) == ({C: 5}, [None, None, 0, None])


def test_what_is_held_needs_no_day() -> None:
    offers = [Offer(needs=(A,), gives=A | B, starts=(2,), length=5)]
    assert earliest_days(A, offers) == ({B: 7}, [2])
