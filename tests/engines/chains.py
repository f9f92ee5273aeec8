"""Random chains, legal or not, out of the steps that a compiled problem offers."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from sparplan.options import Option
from sparplan.problem import Case, Problem
from tests.engines.fixing import Span
from tests.oracle import case as oracle
from tests.oracle.region import Region


@dataclass(frozen=True)
class Drawn:
    """A chain of a participant on a track, in the words of the problem and of the oracle."""

    participant: str
    track: str
    case: Case
    spans: list[Span]
    oracle: oracle.Case
    steps: oracle.Steps


def drawn_chains(problem: Problem, rng: Random, *, each: int) -> Iterator[Drawn]:
    """Some chains for each participant and track, history always in them."""
    scenario = problem.scenario
    region = Region(scenario)
    for row, person in zip(scenario.participants, problem.persons, strict=True):
        for case in person.cases:
            track = scenario.tracks[case.track].track
            asked = oracle.Case(region, row.participant, track)
            offered = sorted(
                step
                for step in asked.new_steps
                if any(_offers(scenario.rounds[option.round].round, option, step) for option in case.options)
            )
            for _ in range(each):
                new = rng.sample(offered, min(len(offered), rng.choice((1, 2, 2, 3))))
                if not _fits_items(problem, case, new):
                    continue
                steps = tuple(sorted((*asked.history, *new)))
                spans = [(step.round, step.first, step.last + 1) for step in steps]
                yield Drawn(row.participant, track, case, spans, asked, steps)


def _offers(name: str, option: Option, step: oracle.Step) -> bool:
    return (
        not option.history
        and name == step.round
        and step.first in option.starts
        and step.days in option.lengths
        and step.last < option.latest_end
    )


def _fits_items(problem: Problem, case: Case, new: list[oracle.Step]) -> bool:
    """Whether the model has a copy for each step of a round: those that overlap have no room in it."""
    most = dict(case.repeats)
    by_round: dict[str, list[oracle.Step]] = {}
    for step in sorted(new):
        by_round.setdefault(step.round, []).append(step)
    for name, steps in by_round.items():
        index = next(i for i, row in enumerate(problem.scenario.rounds) if row.round == name)
        insats = problem.scenario.rounds[index].insats
        insats_index = next(i for i, row in enumerate(problem.scenario.insatser) if row.insats == insats)
        if len(steps) > most[insats_index]:
            return False
        if any(one.overlaps(other) for one, other in pairwise(steps)):
            return False
    return True
