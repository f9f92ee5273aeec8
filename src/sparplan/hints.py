"""An older plan as a start: what of it still holds, in the terms of a problem."""

from sparplan.engines.usage import Usage
from sparplan.kedjor import Insatskedja, Plan
from sparplan.points import Measures
from sparplan.problem import Chain, Person, Problem, StepChoice
from sparplan.rules import PERSONAL_RULES, cases_of
from sparplan.rules.offered import steps as offered_steps
from sparplan.studydays import to_day


def chains_from(problem: Problem, plan: Plan) -> list[Chain | None]:
    """One chain (or None) a person: those of the plan that keep every rule of this problem."""
    kedjor = {kedja.participant: kedja for kedja in plan.placed}
    sound = _sound(problem, plan)
    chains: list[Chain | None] = []
    for participant, person in zip(problem.scenario.participants, problem.persons, strict=True):
        name = participant.participant
        chains.append(_chain(problem, person, kedjor[name]) if name in sound else None)
    return _together(problem, chains)


def _sound(problem: Problem, plan: Plan) -> set[str]:
    """Participants whose kedja keeps every rule of one participant."""
    known = problem.scenario.participant_by_id
    mine = plan.model_copy(update={"kedjor": tuple(row for row in plan.placed if row.participant in known)})
    return {
        case.kedja.participant
        for case in cases_of(Measures(problem.scenario), mine)
        if not any(True for rule in (offered_steps, *PERSONAL_RULES) for _ in rule(case))
    }


def _chain(problem: Problem, person: Person, kedja: Insatskedja) -> Chain | None:
    scenario = problem.scenario
    for number, case in enumerate(person.cases):
        if scenario.tracks[case.track].track != kedja.track:
            continue
        steps = []
        for step in kedja.steps:
            start, end = to_day(step.start), to_day(step.end) + 1
            option = next(
                (
                    index
                    for index, option in enumerate(case.options)
                    if scenario.rounds[option.round].round == step.round
                    and start in option.starts
                    and end - start in option.lengths
                    and end <= option.latest_end
                ),
                None,
            )
            if option is None:
                return None
            steps.append(StepChoice(option, start, end))
        return Chain(number, tuple(sorted(steps, key=lambda step: (step.start, step.end, step.option))))
    return None


def _together(problem: Problem, chains: list[Chain | None]) -> list[Chain | None]:
    """Drop chains until seats, positions and least class sizes are kept."""
    usage = Usage(problem)
    kept: list[Chain | None] = []
    for index, chain in enumerate(chains):
        fits = chain is not None and usage.fits(index, chain)
        kept.append(chain if fits else None)
        if fits and chain is not None:
            usage.add(index, chain)
    while small := set(usage.too_small()):
        for index, chain in enumerate(kept):
            if chain is None:
                continue
            options = problem.persons[index].cases[chain.case].options
            if any(options[step.option].round in small for step in chain.steps):
                usage.remove(index, chain)
                kept[index] = None
    return kept
