"""When a chain reaches each krav and merit of its track's kompetensprofil."""

from dataclasses import dataclass
from datetime import date

from sparplan.kedjor import Insatskedja, Step
from sparplan.scenario import Kind, Participant, ProfileType, Scenario


@dataclass(frozen=True, slots=True)
class Reached:
    """A row of a kompetensprofil and how a participant comes to it.

    Attributes
    ----------
    held
        Whether the participant holds it from the start.
    step
        The step that gives it, None when it is held from the start or never reached.
    """

    kompetens: str
    level: str
    is_krav: bool
    held: bool
    step: Step | None

    @property
    def day(self) -> date | None:
        """Last day of the step that gives it."""
        return self.step.end if self.step else None


def profile_reached(scenario: Scenario, kedja: Insatskedja, track: str) -> tuple[Reached, ...]:
    """The rows of a track's kompetensprofil, krav first, each with the step that gives it."""
    participant = scenario.participant_by_id[kedja.participant]
    found = []
    for row in scenario.profile_rows.get(scenario.track_by_id[track].profile, ()):
        held = _enough(scenario, participant.levels, row.kompetens, row.level)
        givers = [
            step
            for step in sorted(kedja.steps, key=lambda step: (step.end, step.start))
            if _enough(scenario, _given(scenario, participant, step), row.kompetens, row.level)
        ]
        step = givers[0] if givers and not held else None
        found.append(Reached(row.kompetens, row.level, row.type == ProfileType.KRAV, held, step))
    return tuple(sorted(found, key=lambda each: not each.is_krav))


def _enough(scenario: Scenario, levels: dict[str, str], kompetens: str, level: str) -> bool:
    rank = scenario.level_rank
    return kompetens in levels and rank(kompetens, levels[kompetens]) >= rank(kompetens, level)


def _given(scenario: Scenario, participant: Participant, step: Step) -> dict[str, str]:
    """What a step gives; of a validering just what is claimed (problem.md §4)."""
    insats = scenario.insats_by_id[step.insats]
    if insats.kind != Kind.VALIDERING:
        return insats.provides
    return {
        kompetens: level
        for kompetens, level in insats.provides.items()
        if _enough(scenario, participant.claims, kompetens, level)
    }
