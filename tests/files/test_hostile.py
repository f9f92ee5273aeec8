"""Whatever bytes stand in the files: issues, never an exception."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sparplan.checks import inspect
from tests.checks.faulty_cases import TINY, case, write

FILES = sorted(path.name for path in TINY.iterdir())


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=st.sampled_from(FILES),
    start=st.integers(0, 900),
    cut=st.integers(0, 40),
    filling=st.binary(max_size=30),
)
def test_damaged_files(
    tmp_path_factory: pytest.TempPathFactory, name: str, start: int, cut: int, filling: bytes
) -> None:
    folder = write(case("damaged"), tmp_path_factory.mktemp("damaged"))
    content = (folder / name).read_bytes()
    start %= len(content)
    (folder / name).write_bytes(content[:start] + filling + content[start + cut :])
    scenario, report = inspect(folder)
    assert (scenario is None) == bool(report.faults)
    assert all(issue.text and "BROKEN" not in issue.text for issue in report.issues)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["name", "horizon", "start", "calendar", "breaks", "policy", "points", "places", "place",
                         "rounds", "round", "days", "kompetenser", "levels", "participants", "levels", "x"]),
        inner, max_size=6),
    max_leaves=30,
))  # fmt: skip
def test_odd_documents(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    path = tmp_path_factory.mktemp("odd") / "s.json"
    path.write_text(json.dumps(value))
    scenario, report = inspect(path)
    assert scenario is None and report.faults


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet="ab:-[]{}&*!?|>#\"'%@, \n\t\0\ufeff\x85", max_size=40))
def test_odd_yaml(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = write(case("odd"), tmp_path_factory.mktemp("odd"))
    (folder / "scenario.yaml").write_bytes(text.encode())
    scenario, report = inspect(folder)
    assert scenario is None and report.faults


@pytest.mark.parametrize(
    "content", [b"\x00" * 100, b"\xff\xfe", b"\xef\xbb\xbf", b"\r\r\r", b'"', b",,,\n,,,", b'""\n""']
)
@pytest.mark.parametrize("name", FILES)
def test_odd_files(name: str, content: bytes, tmp_path: Path) -> None:
    folder = write(case("odd"), tmp_path)
    (folder / name).write_bytes(content)
    scenario, report = inspect(folder)
    assert scenario is None and report.faults
