"""Warnings of places that no road reaches. Roads run both ways: the reverse of a row always exists."""

from typing import TYPE_CHECKING

from sparplan.checks.survey import Survey
from sparplan.scenario import Form, Mode

if TYPE_CHECKING:
    import networkx as nx


def check(survey: Survey) -> None:
    """Warn of places without roads, of rounds that nobody can travel to, of homes from which no round is."""
    draft = survey.draft
    known = survey.ids["places"]
    if len(known) < 2:
        return
    graphs = _graphs(survey)
    row_of = {row.place: index for index, row in survey.rows("places")}
    connected = {place for graph in graphs.values() for place in graph if graph.degree(place)}
    alone = known - connected
    for place in sorted(alone, key=row_of.__getitem__):
        survey.issues.warn("place_without_roads", survey.where("places", row_of[place], "place"), place=place)
    homes: dict[str, set[Mode]] = {}
    for row in draft.participants:
        homes.setdefault(row.home, set()).update(map(Mode, row.modes))
    if not homes:
        return
    venues = {row.place for row in draft.rounds if row.form != Form.DISTANCE and row.place is not None}
    parts = _parts(graphs)
    with_venue = {(mode, parts[mode][place]) for mode in Mode for place in venues}
    from_homes = {(mode, parts[mode][home]) for home, modes in homes.items() for mode in modes}
    for home in sorted(homes.keys() - venues - alone, key=row_of.__getitem__):
        if venues and not any((mode, parts[mode][home]) in with_venue for mode in homes[home]):
            where = survey.where("places", row_of[home], "place")
            survey.issues.warn("home_without_rounds", where, place=home)
    for place in sorted(venues - homes.keys() - alone, key=row_of.__getitem__):
        if not any((mode, parts[mode][place]) in from_homes for mode in Mode):
            where = survey.where("places", row_of[place], "place")
            survey.issues.warn("place_out_of_reach", where, place=place)


def _graphs(survey: Survey) -> dict[Mode, "nx.Graph[str]"]:
    """One graph a mode over all places."""
    import networkx as nx

    graphs: dict[Mode, nx.Graph[str]] = {mode: nx.Graph() for mode in Mode}
    for graph in graphs.values():
        graph.add_nodes_from(survey.ids["places"])
    for row in survey.draft.travel:
        if row.from_ != row.to:
            graphs[Mode(row.mode)].add_edge(row.from_, row.to)
    return graphs


def _parts(graphs: dict[Mode, "nx.Graph[str]"]) -> dict[Mode, dict[str, int]]:
    """By mode and place: the number of the part of the road net that the place belongs to."""
    import networkx as nx

    return {
        mode: {place: number for number, part in enumerate(nx.connected_components(graph)) for place in part}
        for mode, graph in graphs.items()
    }
