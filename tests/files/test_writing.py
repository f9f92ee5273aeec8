"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from sparplan.errors import UsageError
from sparplan.files.writing import check_writable, write_bytes, write_text


def test_text_is_utf_8_with_lf(tmp_path: Path) -> None:
    write_text(tmp_path / "a", "å\nö\n")
    assert (tmp_path / "a").read_bytes() == "å\nö\n".encode()


def test_the_mode_is_that_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x")
    write_bytes(tmp_path / "ours", b"x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_older_file_stays_when_something_fails(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a").write_text("förut")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space"):
        write_bytes(tmp_path / "a", b"nu")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "förut")]


def test_a_path_that_can_be_written_is_left_as_it_is(tmp_path: Path) -> None:
    check_writable(tmp_path / "a")
    (tmp_path / "b").write_text("förut")
    check_writable(tmp_path / "b")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("b", "förut")]


@pytest.mark.parametrize("name", ["ingen/a", "fil/a", "a" * 300])
def test_paths_that_can_not_be_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    with pytest.raises(UsageError, match="Det går inte att skriva i mappen"):
        check_writable(tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="är en mapp"):
        check_writable(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_closed(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir(mode=0o555)
    with pytest.raises(UsageError, match="Det går inte att skriva"):
        check_writable(tmp_path / "s" / "a")
