"""The scenario as a whole, with its rows by id."""

import hashlib
import json
from functools import cached_property
from typing import Any

from pydantic import PrivateAttr

from sparplan.cells import only_given
from sparplan.scenario.origin import Origin
from sparplan.scenario.rows import (
    TABLES,
    Duration,
    Insats,
    Kompetens,
    Participant,
    Place,
    ProfileRow,
    Round,
    Track,
    Travel,
)
from sparplan.scenario.settings import Settings


class Scenario(Settings):
    """A region's insatser, kompetensprofiler, tracks and participants, ready to be checked and planned.

    Iterate over the tables (`scenario.rounds`), or look rows up by id (`scenario.round_by_id["sfi-c-1"]`).
    """

    places: tuple[Place, ...]
    travel: tuple[Travel, ...] = ()
    kompetenser: tuple[Kompetens, ...]
    insatser: tuple[Insats, ...]
    durations: tuple[Duration, ...] = ()
    rounds: tuple[Round, ...]
    kompetensprofiler: tuple[ProfileRow, ...]
    tracks: tuple[Track, ...]
    participants: tuple[Participant, ...]

    _origin: Origin = PrivateAttr(default_factory=lambda: Origin({}, {}))

    @property
    def origin(self) -> Origin:
        """Where the rows stand in the files that they were read from."""
        return self._origin

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Places by id."""
        return {row.place: row for row in self.places}

    @cached_property
    def kompetens_by_id(self) -> dict[str, Kompetens]:
        """Kompetenser by id."""
        return {row.kompetens: row for row in self.kompetenser}

    @cached_property
    def insats_by_id(self) -> dict[str, Insats]:
        """Insatser by id."""
        return {row.insats: row for row in self.insatser}

    @cached_property
    def round_by_id(self) -> dict[str, Round]:
        """Rounds by id."""
        return {row.round: row for row in self.rounds}

    @cached_property
    def track_by_id(self) -> dict[str, Track]:
        """Tracks by id."""
        return {row.track: row for row in self.tracks}

    @cached_property
    def participant_by_id(self) -> dict[str, Participant]:
        """Participants by id."""
        return {row.participant: row for row in self.participants}

    @cached_property
    def profile_rows(self) -> dict[str, tuple[ProfileRow, ...]]:
        """The rows of each kompetensprofil."""
        rows: dict[str, list[ProfileRow]] = {}
        for row in self.kompetensprofiler:
            rows.setdefault(row.profile, []).append(row)
        return {profile: tuple(found) for profile, found in rows.items()}

    def level_rank(self, kompetens: str, level: str) -> int:
        """Position of a level within its kompetens, the lowest being 0."""
        return self.kompetens_by_id[kompetens].levels.index(level)

    def to_document(self) -> dict[str, Any]:
        """The JSON form (problem.md §3): what was given, defaults not filled in."""
        document = self.model_dump(mode="json", exclude_unset=True)
        tables = {
            table: [only_given(row) for row in document[table]] for table in TABLES if table in document
        }
        settings = {key: value for key, value in document.items() if key not in TABLES}
        return {**only_given(settings), **tables}

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the JSON form with sorted keys, no white space between tokens, UTF-8."""
        text = json.dumps(self.to_document(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def for_track(self, track: str) -> "Scenario":
        """The scenario of one track: those who name it, for it alone.

        Raises
        ------
        KeyError
            When there is no such track.
        """
        if track not in self.track_by_id:
            raise KeyError(track)
        participants = tuple(row.replace(tracks=(track,)) for row in self.participants if track in row.tracks)
        return self.replace(participants=participants)
