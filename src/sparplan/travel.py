"""Travel times: shortest paths over `travel.csv`, one mode a path (problem.md §5, rule `travel`)."""

from collections.abc import Iterable
from functools import cached_property

import networkx as nx

from sparplan.scenario import Mode, Scenario


class TravelTimes:
    """Shortest travel times between the places of a scenario, in minutes one way."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario

    @cached_property
    def graphs(self) -> dict[Mode, "nx.DiGraph[str]"]:
        """One directed graph a mode; edges carry `minutes`.

        A row holds for both directions unless the reverse is given too.
        """
        graphs: dict[Mode, nx.DiGraph[str]] = {mode: nx.DiGraph() for mode in Mode}
        for graph in graphs.values():
            graph.add_nodes_from(place.place for place in self._scenario.places)
        given = {(row.from_, row.to, row.mode) for row in self._scenario.travel}
        for row in self._scenario.travel:
            graph = graphs[Mode(row.mode)]
            graph.add_edge(row.from_, row.to, minutes=row.minutes)
            if (row.to, row.from_, row.mode) not in given:
                graph.add_edge(row.to, row.from_, minutes=row.minutes)
        return graphs

    @cached_property
    def _from_home(self) -> dict[tuple[Mode, str], dict[str, int]]:
        return {}

    def from_home(self, home: str, mode: Mode) -> dict[str, int]:
        """Minutes from a place to every place that the mode reaches."""
        key = (mode, home)
        if key not in self._from_home:
            self._from_home[key] = {
                place: int(minutes)
                for place, minutes in nx.single_source_dijkstra_path_length(
                    self.graphs[mode], home, weight="minutes"
                ).items()
            }
        return self._from_home[key]

    def minutes(self, home: str, place: str, modes: Iterable[Mode]) -> int | None:
        """Minutes of the quickest of the allowed modes; None where no path leads. Same place: 0."""
        if home == place:
            return 0
        times = [self.from_home(home, Mode(mode)).get(place) for mode in modes]
        return min((time for time in times if time is not None), default=None)
