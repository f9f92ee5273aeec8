"""Which part of a plan a chart shows: everybody, one track or one participant."""

from collections.abc import Iterable
from difflib import get_close_matches

from sparplan.errors import PlanError, UsageError
from sparplan.kedjor import Insatskedja, Plan
from sparplan.messages import say
from sparplan.scenario import Scenario


def chosen(
    scenario: Scenario, plan: Plan, *, participant: str | None = None, track: str | None = None
) -> tuple[Insatskedja, ...]:
    """The insatskedjor of a chart, in the plan's order.

    With a track: those who are placed on it, and those without a plan who name it.

    Raises
    ------
    UsageError
        When there is no such participant or track; names the nearest.
    PlanError
        When the plan speaks of something that the scenario doesn't hold.
    """
    _check_belongs(scenario, plan)
    kedjor = plan.kedjor
    if participant is not None:
        known = [kedja.participant for kedja in kedjor]
        if participant not in known:
            raise UsageError(_unknown("participant", participant, known))
        kedjor = tuple(kedja for kedja in kedjor if kedja.participant == participant)
    if track is not None:
        check_track(scenario, track)
        kedjor = tuple(kedja for kedja in kedjor if _concerns(scenario, kedja, track))
    return kedjor


def check_track(scenario: Scenario, track: str) -> None:
    """Raise `UsageError` with the nearest track when there is no such one."""
    if track not in scenario.track_by_id:
        raise UsageError(_unknown("track", track, scenario.track_by_id))


def _unknown(what: str, given: str, known: Iterable[str]) -> str:
    by_lower = {word.lower(): word for word in known}
    nearest = get_close_matches(given.lower(), by_lower, n=1, cutoff=0.5)
    text = say(f"charts.unknown_{what}", given=given)
    if nearest:
        return f"{text} {say('charts.nearest', nearest=by_lower[nearest[0]])}"
    return f"{text} {say(f'charts.known_{what}', known=', '.join(sorted(by_lower.values())[:12]))}"


def _concerns(scenario: Scenario, kedja: Insatskedja, track: str) -> bool:
    if kedja.placed:
        return kedja.track == track
    return track in scenario.participant_by_id[kedja.participant].tracks


def _check_belongs(scenario: Scenario, plan: Plan) -> None:
    for kedja in plan.kedjor:
        if kedja.placed and kedja.track is None:
            raise PlanError(say("charts.no_track", participant=kedja.participant))
        named: list[tuple[str | None, Iterable[str]]] = [
            (kedja.participant, scenario.participant_by_id),
            (kedja.track, scenario.track_by_id),
        ]
        for step in kedja.steps:
            named.append((step.insats, scenario.insats_by_id))
            named.append((step.place, scenario.place_by_id))
        for name, table in named:
            if name is not None and name not in table:
                raise PlanError(say("charts.other_scenario", name=name))
