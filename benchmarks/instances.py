"""The set of instances: their parameters, and the table of what is known of each."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

from sparplan.compiling import Compiler
from sparplan.files.saving import write_scenario
from sparplan.files.writing import write_text
from sparplan.generating import generate_region
from sparplan.scenario import Scenario

HOME = Path(__file__).parent
TABLE = HOME / "instances" / "instances.csv"
CACHE = HOME.parent / "out" / "benchmarks"
SEATS = ("ample", "scarce")
SEEDS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a made-up region is."""

    participants: int
    tracks: int
    places: int
    rounds: int


SIZES = {
    "track": Size(20, 1, 4, 200),
    "town": Size(100, 3, 4, 500),
    "region": Size(1000, 10, 13, 2500),
    "county": Size(4000, 40, 30, 10000),
}


@dataclass(frozen=True, slots=True)
class Instance:
    """A row of the table.

    Attributes
    ----------
    sha256
        Of the scenario's JSON form, as a plan states it.
    classes
        How many kinds of participants there are once compiled; None as long as nobody has counted.
    objective, objective_by
        Points of the best plan known, and who found it with which code; None without one.
    bound, bound_by
        The highest proven bound, likewise.
    """

    size: str
    seats: str
    seed: int
    sha256: str = ""
    classes: int | None = None
    objective: int | None = None
    objective_by: str = ""
    bound: int | None = None
    bound_by: str = ""

    @property
    def name(self) -> str:
        """Name in the table, in results, and of its file."""
        return f"{self.size}-{self.seats}-{self.seed}"

    @property
    def distinct(self) -> float | None:
        """Classes by participants: the share that compile differently."""
        return None if self.classes is None else self.classes / SIZES[self.size].participants

    def improved(self, objective: int | None, bound: int | None, by: str) -> "Instance":
        """What is known after one more run: a lower objective and a higher bound count, nothing else.

        Raises
        ------
        ValueError
            When the best bound is then above the best objective: some engine is wrong.
        """
        better = self
        if objective is not None and (better.objective is None or objective < better.objective):
            better = replace(better, objective=objective, objective_by=by)
        if bound is not None and (better.bound is None or bound > better.bound):
            better = replace(better, bound=bound, bound_by=by)
        if better.objective is not None and better.bound is not None and better.bound > better.objective:
            raise ValueError(
                f"{self.name}: bound {better.bound} ({better.bound_by}) above "
                f"objective {better.objective} ({better.objective_by})"
            )
        return better


ALL = tuple(Instance(size, seats, seed) for size in SIZES for seats in SEATS for seed in SEEDS)
SIZE_COLUMNS = tuple(field.name for field in fields(Size))
OWN_COLUMNS = tuple(field.name for field in fields(Instance))
COLUMNS = ("instance", *SIZE_COLUMNS, *OWN_COLUMNS, "distinct")


def read_table(path: Path = TABLE) -> dict[str, Instance]:
    """The table, by name of instance."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["instance"]: _instance(row) for row in csv.DictReader(file)}


def _instance(row: Mapping[str, str]) -> Instance:
    def number(column: str) -> int | None:
        return int(row[column]) if row[column] else None

    return Instance(
        size=row["size"],
        seats=row["seats"],
        seed=int(row["seed"]),
        sha256=row["sha256"],
        classes=number("classes"),
        objective=number("objective"),
        objective_by=row["objective_by"],
        bound=number("bound"),
        bound_by=row["bound_by"],
    )


def write_table(instances: Iterable[Instance], path: Path = TABLE) -> None:
    """Write the table whole or not at all."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for instance in instances:
        size, distinct = SIZES[instance.size], instance.distinct
        cells = [getattr(size, column) for column in SIZE_COLUMNS]
        cells += [getattr(instance, column) for column in OWN_COLUMNS]
        writer.writerow([instance.name, *cells, "" if distinct is None else f"{distinct:.3f}"])
    write_text(path, text.getvalue())


def scenario_of(instance: Instance) -> Scenario:
    """The instance made anew."""
    size = SIZES[instance.size]
    return generate_region(
        size.participants, size.tracks, size.places, instance.seats, instance.seed, size.rounds
    )


def scenario_file(instance: Instance, folder: Path = CACHE) -> Path:
    """The instance as a JSON file, after a look that it is still the one in the table.

    Raises
    ------
    ValueError
        When the generator makes another scenario than the table says.
    """
    scenario = scenario_of(instance)
    if scenario.sha256 != instance.sha256:
        raise ValueError(
            f"{instance.name} isn't the one in the table: `python -m benchmarks instances` makes it anew"
        )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{instance.name}.json"
    write_scenario(scenario, path)
    return path


def remade(known: Mapping[str, Instance], *, count: Iterable[str]) -> list[Instance]:
    """The table made anew; what was known of an instance stays as long as the scenario is the same.

    Parameters
    ----------
    count
        Sizes whose classes are counted where they aren't known: that compiles the scenario.
    """
    counting = frozenset(count)

    @cache
    def classes(size: str, seed: int) -> int:
        # seats are no part of what a participant compiles to
        return len(Compiler(scenario_of(Instance(size, "scarce", seed))).problem().classes)

    table = []
    for instance in ALL:
        sha256 = scenario_of(instance).sha256
        row = known.get(instance.name, instance)
        if row.sha256 != sha256:
            row = replace(instance, sha256=sha256)
        if row.classes is None and row.size in counting:
            row = replace(row, classes=classes(row.size, row.seed))
        table.append(row)
    return table
