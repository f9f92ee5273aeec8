"""The optimum of a tiny scenario by exhaustive search, to hold the engines against.

First every legal chain of each participant alone, then the best combination under the shared rules. Only
what provably can't be part of a better plan is cut off; each cut says why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import inf

from sparplan import kedjor
from sparplan.scenario import Scenario
from tests.oracle.case import Case, Steps
from tests.oracle.points import days, points
from tests.oracle.region import Region
from tests.oracle.rules import SET_RULES, STEP_RULES, candidates, gap

NOTHING: frozenset[str] = frozenset()
SHARED_RULES = ("seats", "min_participants", "positions")
RULES = (*STEP_RULES, *SET_RULES, *SHARED_RULES)


@dataclass(frozen=True, slots=True)
class Chain:
    """A legal chain of a participant, `track` None for being unplaced."""

    participant: str
    track: str | None
    steps: Steps
    days: int | None
    points: int


@dataclass(frozen=True, slots=True)
class Optimum:
    """The least points, and one combination of chains (in the participants' order) that has them."""

    objective: int
    chains: tuple[Chain, ...]


def optimum(scenario: Scenario, *, ignoring: frozenset[str] = NOTHING) -> Optimum:
    """The best plan of a scenario; `ignoring` leaves out rules by name."""
    region = Region(scenario)
    shared = SharedRules(scenario, ignoring)
    options = {
        row.participant: shared.worth_keeping(
            [unplaced(scenario, row.participant), *_chains_of(region, row.participant, ignoring)]
        )
        for row in scenario.participants
    }
    return _best_combination(options, shared)


def chains_of(scenario: Scenario, participant: str, *, ignoring: frozenset[str] = NOTHING) -> list[Chain]:
    """Every legal chain of a participant alone, on each of the participant's tracks, fewest points first."""
    return sorted(_chains_of(Region(scenario), participant, ignoring), key=lambda chain: chain.points)


def unplaced(scenario: Scenario, participant: str) -> Chain:
    """Being left without a chain, at its price."""
    row = scenario.participant_by_id[participant]
    horizon_days = (scenario.horizon.end - scenario.horizon.start).days + 1
    waited_days = max(0, (scenario.planning_date - (row.available_from or scenario.planning_date)).days)
    points = row.priority * scenario.policy.points.day * (2 * horizon_days + waited_days)
    return Chain(participant, None, (), None, points)


def _chains_of(region: Region, participant: str, ignoring: frozenset[str]) -> Iterator[Chain]:
    for track in region.scenario.participant_by_id[participant].tracks:
        case = Case(region, participant, track, ignoring)
        for steps in legal_sets(case):
            yield Chain(participant, track, steps, days(case, steps), points(case, steps))


def legal_sets(case: Case) -> Iterator[Steps]:
    """Every set of steps that the rules of one participant allow, history always in it."""

    choice = candidates(case)

    def grow(chosen: Steps, position: int) -> Iterator[Steps]:
        if is_legal(case, chosen):
            yield chosen
        for index in range(position, len(choice)):
            longer = (*chosen, choice[index])
            if not is_hopeless(case, longer):
                yield from grow(longer, index + 1)

    # The pin rule asks for all of history, and no other step may start that early.
    return grow(case.history, 0)


def is_legal(case: Case, steps: Steps) -> bool:
    """Whether a set of allowed candidates and all history keeps the rules about sets."""
    # Goal and gap fail most often and stand last.
    return all(SET_RULES[name](case, steps) for name in reversed(SET_RULES) if name not in case.ignoring)


def broken_rules(case: Case, steps: Steps) -> frozenset[str]:
    """The rules about sets that a set of steps breaks."""
    return frozenset(name for name, holds in SET_RULES.items() if not holds(case, steps))


def is_hopeless(case: Case, steps: Steps) -> bool:
    """Whether no set that begins with these steps is legal.

    Steps are added in the order of their first days. So what has ended before the last one's first day, and
    what covers the days before it, can't change any more; and pace, clashes and repeats only grow.
    """
    asked = [name for name in ("repeats", "pace", "clash", "prerequisites") if name not in case.ignoring]
    if not all(SET_RULES[name](case, steps) for name in asked):
        return True
    return "gap" not in case.ignoring and not gap(case, steps, until=steps[-1].first - 1)


class SharedRules:
    """Seats, least class sizes and positions (§5, "Across participants")."""

    def __init__(self, scenario: Scenario, ignoring: frozenset[str]) -> None:
        crowd = len(scenario.participants)
        self.tracks = {
            row.track: row.positions
            for row in scenario.tracks
            if row.positions is not None and row.positions < crowd and "positions" not in ignoring
        }
        self.seats = {
            row.round: row.seats
            for row in scenario.rounds
            if row.seats is not None and row.seats < crowd and "seats" not in ignoring
        }
        self.least = {
            row.round: row.min_participants
            for row in scenario.rounds
            if row.min_participants > 1 and not row.is_rolling and row.start >= scenario.planning_date
            if "min_participants" not in ignoring
        }

    def worth_keeping(self, chains: list[Chain]) -> list[Chain]:
        """The cheapest of the chains that look the same to the shared rules, cheapest first.

        Exact, since either of two such chains can stand for the other in any plan.
        """
        cheapest: dict[object, Chain] = {}
        for chain in sorted(chains, key=lambda chain: chain.points):
            cheapest.setdefault(self.footprint(chain), chain)
        return list(cheapest.values())

    def footprint(self, chain: Chain) -> object:
        """All that the shared rules see of a chain."""
        return (
            chain.track if chain.track in self.tracks else None,
            frozenset(
                (step.round, step.first, step.last)
                for step in chain.steps
                if step.round in self.seats or step.round in self.least
            ),
        )

    def too_many(self, chains: tuple[Chain, ...]) -> bool:
        """Whether seats or positions are exceeded; more chains can't mend it."""
        for track, positions in self.tracks.items():
            if sum(chain.track == track for chain in chains) > positions:
                return True
        for name, seats in self.seats.items():
            for day in {step.first for chain in chains for step in chain.steps if step.round == name}:
                # A fixed round's days are all alike; a rolling one is fullest on somebody's first day.
                users = [
                    chain
                    for chain in chains
                    if any(step.round == name and step.covers(day) for step in chain.steps)
                ]
                if len(users) > seats:
                    return True
        return False

    def too_few(self, chains: tuple[Chain, ...], to_come: int) -> bool:
        """Whether a round that somebody takes misses its least class size even if all to come take it."""
        for name, least in self.least.items():
            users = sum(any(step.round == name for step in chain.steps) for chain in chains)
            if users > 0 and users + to_come < least:
                return True
        return False


def _best_combination(options: dict[str, list[Chain]], shared: SharedRules) -> Optimum:
    """Branch and bound over the participants, bounded by everyone's cheapest chain."""
    names = sorted(options, key=lambda name: len(options[name]))
    cheapest_left = [
        sum(options[name][0].points for name in names[index:]) for index in range(len(names) + 1)
    ]
    best_points: float = inf
    best: tuple[Chain, ...] = ()

    def assign(chosen: tuple[Chain, ...], points: int) -> None:
        nonlocal best_points, best
        if len(chosen) == len(names):
            if points < best_points:
                best_points, best = points, chosen
            return
        left = len(names) - len(chosen) - 1
        for chain in options[names[len(chosen)]]:
            if points + chain.points + cheapest_left[len(chosen) + 1] >= best_points:
                return  # the chains that follow cost no less
            more = (*chosen, chain)
            if not shared.too_many(more) and not shared.too_few(more, left):
                assign(more, points + chain.points)

    assign((), 0)
    by_name = dict(zip(names, best, strict=True))
    # Everyone has a chain that uses nothing shared (being unplaced, or cheaper), so there is a best.
    return Optimum(int(best_points), tuple(by_name[name] for name in options))


def as_plan(scenario: Scenario, best: Optimum) -> kedjor.Plan:
    """The optimum as a plan document, so that the verifier can be held against the oracle too."""
    return kedjor.Plan.from_document(
        {
            "schema": "sparplan/plan/1",
            "scenario": {"name": scenario.name, "sha256": scenario.sha256},
            "status": "optimal",
            "engine": "oracle",
            "objective": best.objective,
            "bound": best.objective,
            "gap": 0.0,
            "kedjor": [_as_kedja(scenario, chain) for chain in best.chains],
        }
    )


def _as_kedja(scenario: Scenario, chain: Chain) -> dict[str, object]:
    kedja: dict[str, object] = {"participant": chain.participant, "points": chain.points}
    if chain.track is None:
        reason = {"code": "cost", "text": "The oracle gives no reasons."}
        return kedja | {"placed": False, "reasons": [reason]}
    kedja |= {"placed": True, "track": chain.track, "days": chain.days}
    if chain.steps:
        kedja["start"] = date.fromordinal(min(step.first for step in chain.steps))
        kedja["end"] = date.fromordinal(max(step.last for step in chain.steps))
    steps = []
    for step in chain.steps:
        row = scenario.round_by_id[step.round]
        fields = {
            "round": step.round,
            "insats": step.insats,
            "place": row.place,
            "start": date.fromordinal(step.first),
            "end": date.fromordinal(step.last),
            "pace": row.pace,
            "bridge": scenario.insats_by_id[step.insats].bridge,
        }
        steps.append(fields)
    return kedja | {"steps": steps}
