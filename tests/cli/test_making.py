"""`sparplan convert` and `sparplan generate`."""

from pathlib import Path

import pytest

from sparplan.checks import read_scenario
from tests.cli.conftest import REGION, Run


def test_convert_there_and_back(run: Run, region: Path, tmp_path: Path) -> None:
    ran = run("convert", region, tmp_path / "r.json")
    assert (ran.status, ran.out) == (0, f"Skrev {tmp_path / 'r.json'}\n")
    assert run("convert", tmp_path / "r.json", tmp_path / "again").status == 0
    assert read_scenario(tmp_path / "again").sha256 == REGION.sha256
    assert {path.name: path.read_bytes() for path in region.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()
    }


@pytest.mark.parametrize("dest", ["r", "r.json"])
def test_generate_gives_the_same_region_every_time_and_a_sound_one(
    dest: str, run: Run, tmp_path: Path
) -> None:
    options = [
        "--participants",
        "4",
        "--tracks",
        "2",
        "--places",
        "3",
        "--seats",
        "0.7",
        "--seed",
        "5",
        "--rounds",
        "60",
    ]
    for folder in ("one", "two"):
        ran = run("generate", tmp_path / folder / dest, *options)
        assert (ran.status, ran.out) == (0, f"Skrev {tmp_path / folder / dest}\n")
    assert run("check", tmp_path / "one" / dest).status == 0
    one, two = (read_scenario(tmp_path / folder / dest) for folder in ("one", "two"))
    assert one.sha256 == two.sha256
    assert (len(one.participants), len(one.tracks), len(one.places), len(one.rounds)) == (4, 2, 3, 60)


def test_seats_by_name(run: Run, tmp_path: Path) -> None:
    seats = {}
    for name in ("ample", "scarce"):
        run("generate", tmp_path / name, "--participants", "30", "--rounds", "40", "--seats", name)
        seats[name] = sum(row.seats or 0 for row in read_scenario(tmp_path / name).rounds)
    assert seats["ample"] > seats["scarce"] > 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["r.csv"], "Ett scenario kan inte skrivas till r.csv."),
        (["r", "--participants", "0"], "participants kan inte vara 0."),
        (["r", "--seats", "många"], "seats kan inte vara många."),
        (["r", "--seats", "nan"], "seats kan inte vara nan."),
        (["r", "--rounds", "x"], "--rounds ska vara ett heltal, men är x."),
        (["fil/under"], "fil/under går inte att skriva"),
        (["fil"], "fil är en fil och kan inte bli en mapp."),
    ],
)
def test_what_generate_refuses(
    arguments: list[str], said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fil").write_text("x")
    ran = run("generate", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert [path.name for path in tmp_path.iterdir()] == ["fil"]


def test_convert_of_a_missing_scenario(run: Run, tmp_path: Path) -> None:
    ran = run("convert", tmp_path / "ingen", tmp_path / "r.json")
    assert ran.status == 2
    assert not (tmp_path / "r.json").exists()
