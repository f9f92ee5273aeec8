"""The insatsgraf: what the picture holds, and that its layout reads from left to right."""

import pytest

from sparplan.charts import plot_insatsgraf
from sparplan.charts.graph import insatsgraf_sheet
from sparplan.charts.layering import Edge, Shape, layered
from sparplan.charts.requirements import picture_graph
from sparplan.errors import UsageError
from sparplan.insatsgraf import insats_node, level_node
from tests.builders import insats, scenario
from tests.charts.drawn import artist, boxes_of_texts, sample, texts, within


def centre(sheet, name: str) -> float:  # type: ignore[no-untyped-def]
    box = artist(sheet, name).get_window_extent()
    return float(box.x0 + box.x1) / 2


def test_what_is_needed_stands_left_of_what_needs_it() -> None:
    sheet = insatsgraf_sheet(sample()[0])
    order = ["insats-sfi_c", "level-svenska-C", "insats-svets_mag", "level-svets-2"]
    places = [centre(sheet, name) for name in order]
    assert places == sorted(places)


def test_alternatives_meet_in_a_dot() -> None:
    graph = picture_graph(sample()[0])
    (either,) = [node for node in graph if node[0] == "either"]
    assert set(graph.predecessors(either)) == {level_node("svenska", "C"), level_node("svets", "1")}
    assert graph.edges[level_node("svenska", "C"), either]["relation"] == "choice"


def test_a_choice_that_the_participant_may_meet_is_an_open_dot() -> None:
    region = scenario(insatser=[insats("sfi_b", requires="svenska>=A | attr:studievag=3")])
    graph = picture_graph(region)
    (either,) = [node for node in graph if node[0] == "either"]
    assert graph.nodes[either]["open"] is True


def test_levels_that_nothing_speaks_of_are_left_out() -> None:
    graph = picture_graph(sample()[0])
    assert level_node("svenska", "D") not in graph
    assert graph.edges[level_node("svenska", "B"), level_node("svenska", "C")]["relation"] == "ladder"


def test_krav_and_merits_of_the_track_are_marked() -> None:
    graph = picture_graph(sample()[0], "svets")
    assert graph.nodes[level_node("svets", "2")]["goal"] == "krav"
    assert graph.nodes[level_node("truck", "ja")]["goal"] == "merit"
    said = texts(insatsgraf_sheet(sample()[0], "svets"))
    assert "Krav i jobbspåret" in said
    assert "Meriterande i jobbspåret" in said


def test_a_track_shows_only_what_leads_to_it() -> None:
    graph = picture_graph(sample()[0], "lager")
    assert insats_node("truckkort") in graph
    assert insats_node("svets_mag") not in graph


def test_nobody_reads_beyond_the_goal_to_reach_it() -> None:
    region = scenario(
        insatser=[
            insats("svets_bas", provides={"svets": "2"}),
            insats("svets_mer", requires="svets>=2", provides={"svets": "3"}),
            insats("svets_allt", provides={"svets": "3"}),
        ]
    )
    graph = picture_graph(region, "svets")
    assert insats_node("svets_mer") not in graph
    assert insats_node("svets_allt") in graph


def test_the_legend_names_what_is_drawn() -> None:
    said = texts(insatsgraf_sheet(sample()[0]))
    for label in ("Ger", "Krävs före", "Krävs samtidigt", "Ett av flera alternativ", "Sfi", "Praktik"):
        assert label in said
    assert "AUB (arbetsmarknadsutbildning)" not in said


def test_a_level_that_nothing_gives_is_named_in_the_legend() -> None:
    region = scenario(insatser=[insats("sfi_c", provides={"svenska": "C"})])
    said = texts(insatsgraf_sheet(region))
    assert "Streckad kant: ingen insats ger den nivån" in said


def test_the_description_says_what_each_insats_needs_and_gives() -> None:
    told = insatsgraf_sheet(sample()[0]).description
    assert "Svets MAG: kräver Svenska C eller Svetsa med MAG 1; ger Svetsa med MAG 2." in told
    assert "Truckutbildning: kräver samtidigt Arbetsträning (bro); ger Köra truck." in told


def test_text_stays_in_its_node_and_on_the_sheet() -> None:
    sheet = insatsgraf_sheet(sample()[0])
    for text, box in boxes_of_texts(sheet):
        assert within(box, sheet.figure.bbox), text


def test_a_circle_is_drawn_too() -> None:
    region = scenario(
        insatser=[
            insats("a", requires="svets>=1", provides={"truck": "ja"}),
            insats("b", requires="truck", provides={"svets": "1"}),
        ]
    )
    assert plot_insatsgraf(region) is not None


def test_a_scenario_without_insatser_is_still_a_picture() -> None:
    assert plot_insatsgraf(scenario()) is not None


def test_an_unknown_track_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Menade du svets"):
        plot_insatsgraf(sample()[0], "svetss")


def test_sixty_insatser_are_laid_out_without_overlaps() -> None:
    shapes = {f"i{number}": Shape(0, 100, 30) for number in range(60)}
    shapes |= {f"l{number}": Shape(1, 80, 30) for number in range(30)}
    edges = [Edge(f"i{number}", f"l{number // 2}", "provides", 1) for number in range(60)]
    edges += [Edge(f"l{number // 4}", f"i{number}", "requires") for number in range(20, 60)]
    layout = layered(shapes, edges, (30, 25, 20))
    placed = [(x, y, shapes[node]) for node, (x, y) in layout.centres.items()]
    for index, (x, y, shape) in enumerate(placed):
        for other_x, other_y, other in placed[index + 1 :]:
            apart_x = abs(x - other_x) >= (shape.width + other.width) / 2 - 1e-6
            apart_y = abs(y - other_y) >= (shape.height + other.height) / 2 - 1e-6
            assert apart_x or apart_y
    assert len(layout.routes) == len(edges)


def test_edges_to_the_right_unless_they_close_a_circle() -> None:
    shapes = {name: Shape(0, 10, 10) for name in "abc"}
    edges = [Edge("a", "b", ""), Edge("b", "c", ""), Edge("c", "a", "", rank=1)]
    layout = layered(shapes, edges, (5.0,))
    x = {name: layout.centres[name][0] for name in "abc"}
    assert x["a"] < x["b"] < x["c"]
    assert layout.routes[edges[2]][0][0] > layout.routes[edges[2]][-1][0]
