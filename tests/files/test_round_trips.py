"""Folder and JSON document hold the same scenario, and are written the same way every time."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sparplan.checks import check, inspect, read_scenario
from sparplan.errors import UsageError
from sparplan.files import folder as folder_module
from sparplan.files.reading import read
from sparplan.files.saving import write_scenario
from sparplan.scenario import TABLES, Scenario
from tests.checks.faulty_cases import TINY


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def round_trip(scenario: Scenario, work: Path) -> None:
    """Folder → JSON → folder → JSON: same scenario, same bytes."""
    write_scenario(scenario, work / "one")
    write_scenario(read_scenario(work / "one"), work / "one.json")
    write_scenario(read_scenario(work / "one.json"), work / "two")
    write_scenario(read_scenario(work / "two"), work / "two.json")
    assert bytes_of(work / "one") == bytes_of(work / "two")
    assert (work / "one.json").read_bytes() == (work / "two.json").read_bytes()
    assert read_scenario(work / "two") == read_scenario(work / "one.json") == scenario
    assert read_scenario(work / "two.json").to_document() == scenario.to_document()


def test_tiny(tmp_path: Path) -> None:
    round_trip(read_scenario(TINY), tmp_path)


def test_same_hash_from_every_format(tmp_path: Path) -> None:
    scenario = read_scenario(TINY)
    write_scenario(scenario, tmp_path / "folder")
    write_scenario(scenario, tmp_path / "s.json")
    hashes = {read_scenario(path).sha256 for path in (TINY, tmp_path / "folder", tmp_path / "s.json")}
    assert len(hashes) == 1


def test_json_form_is_the_contracts(tmp_path: Path) -> None:
    write_scenario(read_scenario(TINY), tmp_path / "s.json")
    document = json.loads((tmp_path / "s.json").read_text())
    assert list(document) == ["name", "planning_date", "horizon", "calendar", "policy", *TABLES]
    assert document["policy"] == {"max_gap_days": 0, "min_pace": 25, "points": {"day": 100}}
    assert document["travel"][0] == {"from": "gislaved", "to": "varnamo", "mode": "car", "minutes": 40}
    assert document["kompetenser"][0]["levels"] == ["A", "B", "C", "D"]
    assert document["kompetenser"][2] == {"kompetens": "b_korkort", "name": "Körkort B"}
    assert document["insatser"][2] == {
        "insats": "praktik", "name": "Praktik", "kind": "praktik", "organiser": "employer",
        "provides": {"svets": "1"}, "bridge": True, "max_times": 2,
    }  # fmt: skip
    assert document["participants"][0]["claims"] == {"svets": "1"}
    assert document["rounds"][0]["days"] == ["mon", "tue", "wed"]


def test_canonical_bytes(tmp_path: Path) -> None:
    write_scenario(read_scenario(TINY), tmp_path / "out")
    for name, content in bytes_of(TINY).items():
        written = (tmp_path / "out" / name).read_bytes()
        assert written == content.replace(b"; ", b";") if name == "participants.csv" else written == content


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_marks_and_line_ends_do_not_matter(mark: bytes, end: bytes, tmp_path: Path) -> None:
    for name, content in bytes_of(TINY).items():
        (tmp_path / name).write_bytes(mark + content.replace(b"\n", end))
    assert inspect(tmp_path)[1].issues == ()
    assert read_scenario(tmp_path) == read_scenario(TINY)


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    for name, content in bytes_of(TINY).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "travel.csv").write_text(
        "minutes,mode,to,from\n40,car,varnamo,gislaved\n65,public,varnamo,gislaved\n"
    )
    assert read_scenario(tmp_path) == read_scenario(TINY)


def test_rows_know_their_lines(tmp_path: Path) -> None:
    for name, content in bytes_of(TINY).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "places.csv").write_text("place,name\n\ngislaved,Gislaved\n\n\nvarnamo,Värnamo\n")
    origin = read_scenario(tmp_path).origin
    assert [origin.row("places", index).row for index in (0, 1)] == [3, 6]
    assert origin.setting("policy.points.day").row == 16
    assert origin.setting("policy.points.merit").row == 15


def test_optional_tables_stay_unset(tmp_path: Path) -> None:
    document = read_scenario(TINY).to_document()
    del document["travel"], document["durations"]
    scenario = Scenario.model_validate(document)
    round_trip(scenario, tmp_path)
    assert not (tmp_path / "one" / "travel.csv").exists()
    assert "travel" not in json.loads((tmp_path / "one.json").read_text())


def test_empty_optional_table_stays_empty(tmp_path: Path) -> None:
    scenario = Scenario.model_validate({**read_scenario(TINY).to_document(), "travel": []})
    round_trip(scenario, tmp_path)
    assert (tmp_path / "one" / "travel.csv").read_text() == "from,to,mode,minutes\n"


def test_defaults_are_not_filled_in(tmp_path: Path) -> None:
    scenario = read_scenario(TINY)
    write_scenario(scenario, tmp_path / "out")
    assert (tmp_path / "out" / "rounds.csv").read_text().splitlines()[1].endswith("50,15,,,mon;tue;wed,,,,")


def test_existing_folder_keeps_foreign_files(tmp_path: Path) -> None:
    scenario = read_scenario(TINY)
    write_scenario(scenario, tmp_path / "out")
    (tmp_path / "out" / "README.md").write_text("Läs mig")
    document = scenario.to_document()
    del document["durations"]
    write_scenario(Scenario.model_validate(document), tmp_path / "out")
    names = set(bytes_of(tmp_path / "out"))
    assert "README.md" in names
    assert "durations.csv" not in names and "travel.csv" in names


def test_nothing_is_left_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, text: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder_module, "write_text", fail)
    with pytest.raises(UsageError, match="No space left"):
        write_scenario(read_scenario(TINY), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["ingenstans", "plan.xlsx", "scenario.yaml", "lista.csv"])
def test_wrong_paths(name: str, tmp_path: Path) -> None:
    if "." in name:
        (tmp_path / name).write_text("x")
    with pytest.raises(UsageError, match=name):
        read(tmp_path / name)


def test_wrong_destinations(tmp_path: Path) -> None:
    scenario = read_scenario(TINY)
    with pytest.raises(UsageError, match=r"\.json"):
        write_scenario(scenario, tmp_path / "out.csv")
    (tmp_path / "fil").write_text("x")
    with pytest.raises(UsageError, match="fil"):
        write_scenario(scenario, tmp_path / "fil")


def test_folder_names_may_hold_dots(tmp_path: Path) -> None:
    write_scenario(read_scenario(TINY), tmp_path / "ggvv.2027")
    assert read_scenario(tmp_path / "ggvv.2027") == read_scenario(TINY)


def test_scenario_in_memory_is_checked_without_files() -> None:
    scenario = Scenario.model_validate(read_scenario(TINY).to_document())
    lost = scenario.replace(participants=(scenario.participants[0].replace(home="vernamo"),))
    (fault,) = check(lost).faults
    assert (fault.code, str(fault.where.file), fault.where.row) == (
        "unknown_reference",
        "participants.csv",
        2,
    )
    assert "varnamo" in fault.help


texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12).map(
    str.strip
)
texts = texts.filter(bool)
ids = st.from_regex(r"[a-zåäö0-9_\-\"'.&*#%]{1,6}", fullmatch=True).filter(lambda text: ".." not in text)
names = texts.filter(lambda text: not set(text) & set(";|<>=!"))
dates = st.dates(date(1950, 1, 1), date(2150, 12, 31)).map(date.isoformat)
coordinates = st.floats(-90, 90, allow_nan=False).map(lambda value: round(value, 6))


def optional(required: dict[str, Any], given: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=given)


pairs = st.dictionaries(ids, names, min_size=1, max_size=3)
id_lists = st.lists(ids, min_size=1, max_size=3, unique=True)
documents = optional(
    {
        "name": texts,
        "planning_date": dates,
        "horizon": st.fixed_dictionaries({"start": dates, "end": dates}),
        "places": st.lists(
            optional({"place": ids, "name": texts}, {"municipality": ids, "lat": coordinates, "lon": coordinates}),
            max_size=3,
        ),
        "kompetenser": st.lists(
            optional({"kompetens": ids, "name": texts}, {"levels": st.lists(names, min_size=1, max_size=4, unique=True)}),
            max_size=3,
        ),
        "insatser": st.lists(
            optional(
                {"insats": ids, "name": texts, "kind": st.sampled_from(["sfi", "praktik", "stod"])},
                {"provides": pairs, "bridge": st.booleans(), "covers": st.booleans(),
                 "requires": st.sampled_from(["a>=B | c ; insats:d", "!attr:x = 2|home:0662"])},
            ),
            max_size=3,
        ),
        "rounds": st.lists(
            optional(
                {"round": ids, "insats": ids, "start": dates, "end": dates, "pace": st.integers(1, 100)},
                {"seats": st.integers(0, 99), "days": st.just(["mon", "fri"]), "reserved_for": id_lists,
                 "form": st.sampled_from(["on_site", "distance"])},
            ),
            max_size=3,
        ),
        "kompetensprofiler": st.lists(optional({"profile": ids, "kompetens": ids, "level": texts}, {"module": texts}), max_size=3),
        "tracks": st.lists(optional({"track": ids, "name": texts, "profile": ids}, {"employer": texts}), max_size=3),
        "participants": st.lists(
            optional(
                {"participant": ids, "tracks": id_lists, "home": ids},
                {"levels": pairs, "claims": pairs, "excluded": id_lists,
                 "attributes": st.lists(names, min_size=1, max_size=3, unique=True),
                 "modes": st.just(["bike", "car"]),
                 "pinned": ids.map(lambda text: [f"{text}@2027-01-11..2027-02-07"])},
            ),
            max_size=3,
        ),
    },
    {
        "calendar": optional(
            {"country": st.just("NO")},
            {"breaks": st.lists(st.fixed_dictionaries({"name": texts, "start": dates, "end": dates}), min_size=1, max_size=2)},
        ),
        "policy": optional({"max_gap_days": st.integers(0, 9)}, {"points": st.just({"merit": 7})}),
        "travel": st.lists(st.fixed_dictionaries({"from": ids, "to": ids, "mode": st.just("car"), "minutes": st.integers(0, 99)}), max_size=3),
        "durations": st.lists(optional({"insats": ids, "weeks": st.integers(1, 9)}, {"when": st.just("attr:a")}), max_size=3),
    },
)  # fmt: skip


@settings(max_examples=60, deadline=timedelta(seconds=20), suppress_health_check=list(HealthCheck))
@given(documents)
def test_any_scenario_survives(tmp_path_factory: pytest.TempPathFactory, document: dict[str, Any]) -> None:
    scenario = Scenario.model_validate(document)
    round_trip(scenario, tmp_path_factory.mktemp("trip"))
