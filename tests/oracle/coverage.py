"""What a set of tiny scenarios exercises: columns, words, kinds of atoms, situations and outcomes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from sparplan.expressions import AttrAtom, HomeAtom, LevelAtom, parse
from sparplan.scenario import (
    TABLES,
    Form,
    Kind,
    Mode,
    Organiser,
    Policy,
    ProfileType,
    Row,
    Scenario,
    columns_of,
)
from sparplan.studydays import holidays_of
from tests.oracle.case import Case, Step
from tests.oracle.exhaustive import Chain, Optimum
from tests.oracle.region import Region
from tests.oracle.tiny import solved

EXPRESSIONS = (
    ("insatser", "requires"),
    ("insatser", "alongside"),
    ("insatser", "eligibility"),
    ("durations", "when"),
)
PERSON_ATOMS = ("claim", "attr", "attr=", "!attr", "!attr=", "home", "!home", "level>=", "level")


def coverage(seeds: Iterable[int]) -> Counter[str]:
    """In how many of the seeds' scenarios each feature occurs."""
    found: Counter[str] = Counter()
    for seed in seeds:
        scenario, best = solved(seed)
        found.update({*written(scenario), *situations(scenario), *outcomes(scenario, best)})
    return found


def features() -> set[str]:
    """Every feature that `coverage` looks for."""
    wanted = {f"{table}.{column}" for table, model in TABLES.items() for column in columns_of(model)}
    wanted |= {f"calendar.{key}" for key in ("country", "breaks", "breaks.name")}
    wanted |= {f"policy.{key}" for key in ("max_gap_days", "min_pace", "points")}
    wanted |= {f"points.{key}" for key in columns_of(type(Policy().points))}
    wanted |= {f"zero points.{key}" for key in columns_of(type(Policy().points))}
    for words in (Kind, Organiser, Form, ProfileType, Mode):
        wanted |= {f"{words.__name__}:{word}" for word in words}
    for table, column in EXPRESSIONS:
        atoms = PERSON_ATOMS if table == "durations" or column == "eligibility" else (*PERSON_ATOMS, "insats")
        wanted |= {f"{table}.{column}: {atom}" for atom in (*atoms, "|")}
        if column != "when":
            wanted.add(f"{table}.{column}: ;")
    return wanted | set(SITUATIONS) | set(OUTCOMES)


def written(scenario: Scenario) -> Iterator[str]:
    """Columns, keys, words and atoms that occur in the scenario's tables."""
    for table in TABLES:
        for row in getattr(scenario, table):
            yield from (f"{table}.{column}" for column in given(row))
    yield from (f"calendar.{key}" for key in given(scenario.calendar))
    if any("name" in given(stop) for stop in scenario.calendar.breaks):
        yield "calendar.breaks.name"
    yield from (f"policy.{key}" for key in given(scenario.policy))
    for key in given(scenario.policy.points):
        yield f"points.{key}"
        if getattr(scenario.policy.points, key) == 0:
            yield f"zero points.{key}"
    yield from (f"Kind:{row.kind}" for row in scenario.insatser)
    yield from (f"Organiser:{row.organiser}" for row in scenario.insatser)
    yield from (f"Form:{row.form}" for row in scenario.rounds)
    yield from (f"ProfileType:{row.type}" for row in scenario.kompetensprofiler)
    yield from (f"Mode:{mode}" for row in scenario.participants for mode in row.modes if len(row.modes) < 3)
    for table, column in EXPRESSIONS:
        for row in getattr(scenario, table):
            yield from (f"{table}.{column}: {part}" for part in expression_parts(getattr(row, column)))


def given(row: Row) -> Iterator[str]:
    """The columns or keys that are given in a row."""
    for name in row.model_fields_set:
        yield type(row).model_fields[name].alias or name


def expression_parts(text: str | None) -> Iterator[str]:
    """The operators and kinds of atoms in an expression."""
    expression = parse(text)
    if len(expression.terms) > 1:
        yield ";"
    if any(len(term) > 1 for term in expression.terms):
        yield "|"
    for atom in expression.atoms():
        match atom:
            case LevelAtom(_, level):
                yield "level" if level is None else "level>="
            case AttrAtom(_, value, negated):
                yield f"{'!' if negated else ''}attr{'' if value is None else '='}"
            case HomeAtom(_, negated):
                yield "!home" if negated else "home"
            case _:
                yield type(atom).__name__.removesuffix("Atom").lower()


# -- Situations: what a scenario holds, whatever its best plan ------------------------------------------

Situation = Callable[[Scenario], bool]


def cases(scenario: Scenario) -> Iterator[Case]:
    """Everybody on the track of their first choice."""
    region = Region(scenario)
    return (Case(region, row.participant, row.tracks[0]) for row in scenario.participants)


def some_pin(test: Callable[[Case, Step], bool]) -> Situation:
    """Whether somebody's pinned step passes a test."""
    return lambda scenario: any(test(case, step) for case in cases(scenario) for step in case.pinned_steps)


def is_rolling(case: Case, step: Step) -> bool:
    return case.scenario.round_by_id[step.round].is_rolling


def is_off_grid(case: Case, step: Step) -> bool:
    row = case.scenario.round_by_id[step.round]
    return row.is_rolling and (step.first, step.last) not in case.dates_of(row)


def has_detour(scenario: Scenario) -> bool:
    """Whether a way over a third place is quicker than the direct one, or the only one."""
    region = Region(scenario)
    direct = {(row.from_, row.to, row.mode): row.minutes for row in scenario.travel}
    direct = {(b, a, mode): minutes for (a, b, mode), minutes in direct.items()} | direct
    places = [row.place for row in scenario.places]
    for a in places:
        for b in places:
            for mode in Mode:
                quickest = region.minutes(a, b, [mode])
                if a != b and quickest is not None and quickest < direct.get((a, b, mode), 10**6):
                    return True
    return False


def apply_by_is(days: range) -> Situation:
    """Whether a deadline lies so many days after the planning date."""
    return lambda scenario: any(
        row.apply_by is not None and (row.apply_by - scenario.planning_date).days in days
        for row in scenario.rounds
    )


SITUATIONS: dict[str, Situation] = {
    "history: fixed": some_pin(lambda case, step: step.history and not is_rolling(case, step)),
    "history: dated": some_pin(lambda case, step: step.history and is_rolling(case, step)),
    "history: in progress": some_pin(lambda case, step: step.history and step.last >= case.planning_day),
    "history: past": some_pin(lambda case, step: step.history and step.last < case.planning_day),
    "pin: fixed": some_pin(lambda case, step: not step.history and not is_rolling(case, step)),
    "pin: dated, off the grid": some_pin(lambda case, step: not step.history and is_off_grid(case, step)),
    "pin: bare rolling": lambda s: any(
        pin.start is None and s.round_by_id[pin.round].is_rolling
        for row in s.participants
        for pin in row.pins
    ),
    "excluded: round": lambda s: any(
        name in s.round_by_id for row in s.participants for name in row.excluded
    ),
    "excluded: insats": lambda s: any(
        name in s.insats_by_id for row in s.participants for name in row.excluded
    ),
    "available before planning": lambda s: any(
        row.available_from and row.available_from < s.planning_date for row in s.participants
    ),
    "available after planning": lambda s: any(
        row.available_from and row.available_from > s.planning_date for row in s.participants
    ),
    "apply_by past": apply_by_is(range(-999, 0)),
    "apply_by today": apply_by_is(range(1)),
    "apply_by to come": apply_by_is(range(1, 999)),
    "reserved for a track": lambda s: any(set(row.reserved_for) & set(s.track_by_id) for row in s.rounds),
    "reserved for a municipality": lambda s: any(
        set(row.reserved_for) & {place.municipality for place in s.places} for row in s.rounds
    ),
    "travel: reverse differs": lambda s: any(
        (a.from_, a.to, a.mode) == (b.to, b.from_, b.mode) and a.minutes != b.minutes
        for a, b in combinations(s.travel, 2)
    ),
    "travel: detour": has_detour,
    "seats: 0": lambda s: any(row.seats == 0 for row in s.rounds),
    "seats: 1": lambda s: any(row.seats == 1 for row in s.rounds),
    "seats: rolling": lambda s: any(row.seats is not None and row.is_rolling for row in s.rounds),
    "min_participants above seats": lambda s: any(
        row.seats is not None and row.min_participants > row.seats for row in s.rounds
    ),
    "min_participants of a rolling round": lambda s: any(
        row.min_participants > 1 and row.is_rolling for row in s.rounds
    ),
    "days of a distance round": lambda s: any(row.days and row.form is Form.DISTANCE for row in s.rounds),
    "rolling round by durations alone": lambda s: any(
        row.is_rolling and row.weeks_min is None for row in s.rounds
    ),
    "covers: no": lambda s: any(row.covers is False for row in s.insatser),
    "covers: yes for stod": lambda s: any(row.covers and row.kind is Kind.STOD for row in s.insatser),
    "max_times: 3": lambda s: any(row.max_times == 3 for row in s.insatser),
    "two tracks": lambda s: any(len(row.tracks) == 2 for row in s.participants),
    "positions: 0": lambda s: any(row.positions == 0 for row in s.tracks),
    "min_pace: 0": lambda s: s.policy.min_pace == 0,
    "max_gap_days: 0 to 3": lambda s: 0 < s.policy.max_gap_days <= 3,
    "several levels": lambda s: any(len(row.levels) > 2 for row in s.kompetenser),
    "weight 0": lambda s: any(row.weight == 0 for row in s.kompetensprofiler),
}


def situations(scenario: Scenario) -> Iterator[str]:
    """The situations that the scenario holds."""
    return (name for name, holds in SITUATIONS.items() if holds(scenario))


# -- Outcomes: what a best plan looks like ----------------------------------------------------------------

Outcome = Callable[[Scenario, Chain], bool]


def pairs(chain: Chain) -> Iterator[tuple[Step, Step]]:
    return combinations(chain.steps, 2)


def sums_of_pace(scenario: Scenario, chain: Chain) -> bool:
    """Whether two steps, each under min_pace, run side by side and reach it together."""
    least = scenario.policy.min_pace
    pace = {step.round: scenario.round_by_id[step.round].pace for step in chain.steps}
    return any(
        a.overlaps(b) and max(pace[a.round], pace[b.round]) < least <= pace[a.round] + pace[b.round]
        for a, b in pairs(chain)
    )


def bridged_by_holidays(scenario: Scenario, chain: Chain) -> bool:
    """Whether a step follows another over weekdays that are all holidays or breaks."""
    calendar = Region(scenario).calendar
    for a, b in pairs(chain):
        between = range(a.last + 1, b.first)
        if any((day - 1) % 7 < 5 for day in between) and not calendar.between(a.last + 1, b.first):
            return True
    return False


def holiday_within(scenario: Scenario, chain: Chain) -> bool:
    holidays = {day for year in (2026, 2027) for day in holidays_of("SE", year) if (day - 1) % 7 < 5}
    return any(step.covers(day) for step in chain.steps for day in holidays)


def is_validering(scenario: Scenario, step: Step) -> bool:
    return scenario.insats_by_id[step.insats].kind is Kind.VALIDERING


OUTCOMES: dict[str, Outcome] = {
    "best: unplaced": lambda s, c: c.track is None,
    "best: empty chain": lambda s, c: c.track is not None and not c.steps,
    "best: three steps": lambda s, c: len(c.steps) >= 3,
    "best: side by side": lambda s, c: any(a.overlaps(b) for a, b in pairs(c)),
    "best: an insats twice": lambda s, c: any(a.insats == b.insats for a, b in pairs(c)),
    "best: sums of pace": sums_of_pace,
    "best: bridged by holidays": bridged_by_holidays,
    "best: a holiday within": holiday_within,
    "best: second choice": lambda s, c: c.track in s.participant_by_id[c.participant].tracks[1:],
    "best: rolling": lambda s, c: any(s.round_by_id[step.round].is_rolling for step in c.steps),
    "best: validering": lambda s, c: any(is_validering(s, step) for step in c.steps),
    "best: bridge": lambda s, c: any(s.insats_by_id[step.insats].bridge for step in c.steps),
    "best: not covering": lambda s, c: any(not s.insats_by_id[step.insats].is_covering for step in c.steps),
    "best: history": lambda s, c: any(step.history for step in c.steps),
    "best: history and new": lambda s, c: len({step.history for step in c.steps}) == 2,
    "best: priority": lambda s, c: c.track is not None and s.participant_by_id[c.participant].priority > 1,
    "best: hybrid": lambda s, c: any(s.round_by_id[step.round].form is Form.HYBRID for step in c.steps),
}


def outcomes(scenario: Scenario, best: Optimum) -> Iterator[str]:
    """What the chains of a best plan show."""
    return (name for name, holds in OUTCOMES.items() if any(holds(scenario, chain) for chain in best.chains))
