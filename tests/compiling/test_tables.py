"""Options as a table: what the columns say is what the options say, and nothing in it is out of reach."""

import pickle

import pytest

from sparplan.compiling import Compiler, compile_problem
from sparplan.insatsgraf import Offer, earliest_days
from sparplan.options import COLUMNS, Option, OptionTable, Terms
from sparplan.problem import Case
from sparplan.scenario import Scenario
from tests.builders import insats, omgang, person, rolling, scenario
from tests.compiling.words import case_of
from tests.oracle.tiny import tiny_scenario

SEEDS = range(0, 60)


def region(**who: object) -> Scenario:
    """A history, a fixed round, a rolling one, and a pinned step off its grid."""
    return scenario(
        insatser=[
            insats("sfi", provides={"svenska": "B"}),
            insats("svets", requires="svenska>=B", max_times=9),
        ],
        rounds=[
            omgang("past", "sfi", "2026-11-02", "2027-01-24"),
            omgang("s", "svets", "2027-02-01", "2027-02-28"),
            rolling("r", "svets", "2027-01-11", "2027-12-31", weeks_max=8, intake_every=2),
        ],
        kompetensprofiler=[{"profile": "svetsare", "kompetens": "svenska", "level": "A"}],
        participants=[person(**who), person("D02", pinned=["past"])],
    )


BOUND = {"pinned": ["past", "r@2027-02-03..2027-03-02"]}


def cells(option: Option, kinds: tuple[Terms, ...]) -> dict[str, int]:
    """An option as a row of the table."""
    return {
        "round": option.round,
        "insats": option.insats,
        "place": option.place,
        "first_start": option.starts[0],
        "num_starts": len(option.starts),
        "every": option.starts[1] - option.starts[0] if len(option.starts) > 1 else 7,
        "first_length": option.lengths[0],
        "num_lengths": len(option.lengths),
        "latest_end": option.latest_end,
        "pace": option.pace,
        "covers": option.covers,
        "bridge": option.bridge,
        "history": option.history,
        "weekdays": option.weekdays,
        "minutes": option.minutes,
        "on_site_fifths": option.on_site_fifths,
        "terms": kinds.index(Terms(option.needs, option.beside, option.gives)),
    }


def cases(seed: int) -> list[Case]:
    return [case for one in compile_problem(tiny_scenario(seed)).persons for case in one.cases]


def assert_columns_match(table: OptionTable) -> None:
    columns = {name: table.column(name).tolist() for name in COLUMNS}
    rows = [cells(option, table.kinds_of_terms) for option in table]
    assert columns == {name: [row[name] for row in rows] for name in COLUMNS}


@pytest.mark.parametrize("seed", SEEDS)
def test_columns_say_what_the_options_say(seed: int) -> None:
    for case in cases(seed):
        assert_columns_match(case.options)


def test_history_and_a_step_off_the_grid_have_cells_of_their_own() -> None:
    table = case_of(region(**BOUND)).options
    assert_columns_match(table)
    assert [option.is_single for option in table] == [True, True, False, True]
    assert table.column("history").tolist() == [1, 0, 0, 0]
    assert table.column("first_length").tolist() == [84, 28, 28, 28]
    assert table.column("every").tolist() == [7, 7, 14, 7]


def test_a_table_is_a_sequence() -> None:
    table, again = (case_of(region(**BOUND)).options for _ in range(2))
    assert list(again) == [table[0], table[1], table[2], table[3]]
    assert table[-1] == table[3]
    assert table[1:3] == [table[1], table[2]]
    with pytest.raises(IndexError):
        table[4]


def test_tables_are_equal_when_everything_in_them_is() -> None:
    table, again = (case_of(region(**BOUND)).options for _ in range(2))
    assert (table, hash(table)) == (again, hash(again))
    assert pickle.loads(pickle.dumps(table)) == table
    assert table != case_of(region(**BOUND), "D02").options
    assert table != list(table)
    further = case_of(region(**BOUND, home="varnamo")).options
    assert further.column("round").tolist() == table.column("round").tolist()
    assert further != table


def test_what_one_asks_for_changes_nothing_for_others() -> None:
    table = case_of(region(**BOUND)).options
    table.column("pace")[:] = 0
    assert table[0].pace == 100


@pytest.mark.parametrize("seed", SEEDS)
def test_every_option_begins_when_it_can_be_reached(seed: int) -> None:
    compiler = Compiler(tiny_scenario(seed))
    for participant in compiler.scenario.participants:
        held = compiler.insatser.before(participant).held
        for case in compiler.person(participant).cases:
            offers = [Offer(one.needs, one.gives, one.starts, one.lengths[0]) for one in case.options]
            _, starts = earliest_days(held, offers)
            assert starts == case.options.column("first_start").tolist()
