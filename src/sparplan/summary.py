"""A plan as readable text: how good it is, then a line a participant."""

from typing import TYPE_CHECKING

from sparplan.messages import say, say_count, say_date, say_percent

if TYPE_CHECKING:
    from sparplan.kedjor import Insatskedja, Plan


def summary_of(plan: "Plan") -> str:
    """The plan in words, in the language of messages now."""
    lines = [say("summary.title", name=plan.scenario.name), verdict(plan), _placed(plan), ""]
    by_track: dict[str, list[Insatskedja]] = {}
    for kedja in plan.placed:
        by_track.setdefault(kedja.track or "", []).append(kedja)
    for track in sorted(by_track):
        lines.append(say("summary.track", track=track))
        lines.extend(_line(kedja) for kedja in sorted(by_track[track], key=lambda row: row.participant))
        lines.append("")
    if plan.unplaced:
        lines.append(say("summary.unplaced"))
        for kedja in plan.unplaced:
            lines.append(f"  {kedja.participant}")
            lines.extend(f"    {reason.text}" for reason in kedja.reasons)
        lines.append("")
    lines.extend(plan.run.notes)
    return "\n".join(lines).rstrip() + "\n"


def verdict(plan: "Plan") -> str:
    """How good the plan is known to be."""
    if plan.objective is None or plan.gap is None:
        return say("summary.no_plan")
    if plan.status == "optimal":
        return say("summary.optimal", objective=plan.objective)
    key = "summary.feasible"
    return say(key, objective=plan.objective, bound=plan.bound, gap=say_percent(plan.gap))


def _placed(plan: "Plan") -> str:
    weeks = sorted((kedja.days or 0) / 7 for kedja in plan.placed)
    text = say_count("summary.placed", len(plan.kedjor), placed=len(plan.placed))
    if not weeks:
        return text
    middle = len(weeks) // 2
    median = weeks[middle] if len(weeks) % 2 else (weeks[middle - 1] + weeks[middle]) / 2
    return f"{text} {say('summary.weeks', median=round(median), longest=round(weeks[-1]))}"


def _line(kedja: "Insatskedja") -> str:
    if kedja.start is None or kedja.end is None:
        return "  " + say("summary.nothing_to_do", participant=kedja.participant)
    text = say(
        "summary.kedja",
        participant=kedja.participant,
        start=say_date(kedja.start),
        end=say_date(kedja.end),
        weeks=round(((kedja.end - kedja.start).days + 1) / 7),
    )
    rounds = " → ".join(step.round for step in kedja.steps)
    return f"  {text}\n    {rounds}"
