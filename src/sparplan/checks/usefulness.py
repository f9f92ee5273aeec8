"""Warnings of what no chain can use: krav that nothing gives, insatser that nobody can take, circles."""

from sparplan.checks.circles import circles
from sparplan.checks.reach import Reach
from sparplan.checks.survey import Survey
from sparplan.scenario import ProfileType


def check(survey: Survey) -> None:
    """Warn of insatser without rounds, out of everybody's reach, or in a circle."""
    draft = survey.draft
    reach = Reach(draft)
    with_rounds = {row.insats for row in draft.rounds}
    index_of = {row.insats: index for index, row in survey.rows("insatser")}
    for insats, index in index_of.items():
        if insats not in with_rounds:
            survey.issues.warn(
                "insats_without_rounds", survey.where("insatser", index, "insats"), insats=insats
            )
    in_circles = set()
    for group in circles(reach):
        in_circles.update(group)
        first = index_of[group[0]]
        chain = " → ".join([*group, group[0]])
        survey.issues.warn("circle", survey.where("insatser", first, "requires"), chain=chain)
    if not draft.participants:
        return
    out_of_reach = _out_of_reach(reach, with_rounds) - in_circles
    for insats in sorted(out_of_reach, key=index_of.__getitem__):
        where = survey.where("insatser", index_of[insats], "insats")
        survey.issues.warn("insats_for_nobody", where, insats=insats)


def _out_of_reach(reach: Reach, with_rounds: set[str]) -> set[str]:
    """Insatser with rounds that no participant could ever take."""
    offered = [row for row in reach.scenario.insatser if row.insats in with_rounds]
    left = {row.insats for row in offered}
    for start in dict.fromkeys(map(reach.start, reach.scenario.participants)):
        if not left:
            break
        left -= reach.possible(start, offered)
    return left


def check_krav(survey: Survey) -> None:
    """Warn of krav of used kompetensprofiler that no insats with a round provides."""
    draft = survey.draft
    with_rounds = {row.insats for row in draft.rounds}
    best: dict[str, int] = {}
    for row in draft.insatser:
        if row.insats in with_rounds:
            for kompetens, level in row.provides.items():
                best[kompetens] = max(best.get(kompetens, -1), draft.level_rank(kompetens, level))
    used = {row.profile for row in draft.tracks}
    for index, row in survey.rows("kompetensprofiler"):
        if row.type != ProfileType.KRAV or row.profile not in used:
            continue
        if draft.level_rank(row.kompetens, row.level) > best.get(row.kompetens, -1):
            where = survey.where("kompetensprofiler", index, "level")
            survey.issues.warn("krav_nowhere", where, kompetens=row.kompetens, level=row.level)
