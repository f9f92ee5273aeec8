"""What a compiled case says, in the words of the scenario."""

from collections.abc import Sequence
from datetime import date

from sparplan.compiling import NOTHING, Compiler, Rules
from sparplan.options import Option
from sparplan.problem import Case, Person
from sparplan.scenario import Scenario


def compiled(region: Scenario, participant: str = "D01", relaxed: Rules = NOTHING) -> Person:
    """One participant compiled."""
    return Compiler(region).person(region.participant_by_id[participant], relaxed)


def case_of(region: Scenario, participant: str = "D01", relaxed: Rules = NOTHING) -> Case:
    """The first case of a participant."""
    return compiled(region, participant, relaxed).cases[0]


def rounds(region: Scenario, options: Sequence[Option]) -> list[str]:
    """Rounds of options, in order."""
    return [region.rounds[option.round].round for option in options]


def offered(region: Scenario, participant: str = "D01", relaxed: Rules = NOTHING) -> set[str]:
    """Rounds that a participant may take something of, on any track."""
    cases = compiled(region, participant, relaxed).cases
    return {name for case in cases for name in rounds(region, case.options)}


def option_of(region: Scenario, name: str, participant: str = "D01") -> Option:
    """The option of a round."""
    case = case_of(region, participant)
    return next(option for option in case.options if region.rounds[option.round].round == name)


def starts_of(option: Option) -> list[str]:
    """First days, as dates."""
    return [str(date.fromordinal(day)) for day in option.starts]


def weeks_of(option: Option) -> list[int]:
    """Lengths in weeks."""
    return [days // 7 for days in option.lengths]
