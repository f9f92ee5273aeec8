"""Faults of references: ids and levels that no table knows, in cells and inside expressions."""

from collections.abc import Collection, Iterable
from functools import partial

from sparplan.checks.survey import Survey, is_readable, is_set
from sparplan.errors import Where
from sparplan.expressions import ClaimAtom, InsatsAtom, LevelAtom, parse
from sparplan.files.naming import printable

MAY_NAME_INSATSER = frozenset({"requires", "alongside"})


def check(survey: Survey) -> None:
    """Note every reference that leads nowhere."""
    _check_supply(survey)
    _check_demand(survey)
    _check_participants(survey)


def _check_supply(survey: Survey) -> None:
    for index, row in survey.rows("travel"):
        survey.refer("places", row.from_, survey.where("travel", index, "from"))
        survey.refer("places", row.to, survey.where("travel", index, "to"))
    for index, row in survey.rows("insatser"):
        for column in ("requires", "alongside", "eligibility"):
            check_expression(survey, getattr(row, column), column, survey.where("insatser", index, column))
        _check_levels(survey, row.provides, survey.where("insatser", index, "provides"))
    for index, row in survey.rows("durations"):
        survey.refer("insatser", row.insats, survey.where("durations", index, "insats"))
        check_expression(survey, row.when, "when", survey.where("durations", index, "when"))
    for index, row in survey.rows("rounds"):
        survey.refer("insatser", row.insats, survey.where("rounds", index, "insats"))
        survey.refer("places", row.place, survey.where("rounds", index, "place"))
        if is_set(row.reserved_for):
            for name in row.reserved_for:
                _check_reservation(survey, name, survey.where("rounds", index, "reserved_for"))


def _check_demand(survey: Survey) -> None:
    for index, row in survey.rows("kompetensprofiler"):
        survey.refer_level(row.kompetens, row.level, survey.where("kompetensprofiler", index, "level"))
    for index, row in survey.rows("tracks"):
        survey.refer("places", row.place, survey.where("tracks", index, "place"))
        survey.refer("kompetensprofiler", row.profile, survey.where("tracks", index, "profile"))


def _check_participants(survey: Survey) -> None:
    for index, row in survey.rows("participants"):
        survey.refer("places", row.home, survey.where("participants", index, "home"))
        for column in ("levels", "claims"):
            _check_levels(survey, getattr(row, column), survey.where("participants", index, column))
        if is_set(row.tracks):
            for track in row.tracks:
                survey.refer("tracks", track, survey.where("participants", index, "tracks"))
        if is_set(row.excluded):
            for name in row.excluded:
                _check_excluded(survey, name, survey.where("participants", index, "excluded"))


def check_expression(survey: Survey, text: str | None, column: str, where: Where) -> None:
    """Note what an expression names and no table knows, and `insats:` where it may not stand."""
    if text is None or not is_readable(text):
        return
    for atom in parse(text).atoms():
        if isinstance(atom, LevelAtom | ClaimAtom):
            survey.refer_level(atom.kompetens, atom.level, where)
        elif isinstance(atom, InsatsAtom):
            if column in MAY_NAME_INSATSER:
                survey.refer("insatser", atom.insats, where)
            else:
                survey.issues.add("insats_not_here", where, atom=printable(atom), column=column)


def _check_levels(survey: Survey, levels: dict[str, str], where: Where) -> None:
    if is_readable(levels):
        for kompetens, level in levels.items():
            survey.refer_level(kompetens, level, where)


def _check_reservation(survey: Survey, name: str, where: Where) -> None:
    known = (survey.ids["tracks"], survey.municipalities)
    if not _is_among(name, known) and not survey.unreadable & {"tracks", "places"}:
        nearest = partial(_hint_among, survey, name, known)
        survey.issues.add("unknown_reservation", where, value=printable(name), hint=nearest)


def _check_excluded(survey: Survey, name: str, where: Where) -> None:
    known = (survey.ids["rounds"], survey.ids["insatser"])
    if not _is_among(name, known) and not survey.unreadable & {"rounds", "insatser"}:
        nearest = partial(_hint_among, survey, name, known)
        survey.issues.add("unknown_excluded", where, value=printable(name), hint=nearest)


def _is_among(name: str, known: Iterable[Collection[str]]) -> bool:
    return any(name in names for names in known)


def _hint_among(survey: Survey, name: str, known: Iterable[Collection[str]]) -> str:
    return survey.hint(name, frozenset().union(*known))
