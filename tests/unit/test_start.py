"""The very start: what is handed to whom, and what is said where nothing can start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from aestudio import __main__ as start
from aestudio import contents, paths
from aestudio.errors import StudioError
from aestudio.ui import display


def test_the_window_gets_every_file(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr("aestudio.ui.app.main", lambda argv: given.append(argv) or 0)
    assert start.main(["a.png", "b.png"]) == 0
    assert given[0][1:] == ["a.png", "b.png"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_one_sentence_is_said() -> None:
    done = subprocess.run([sys.executable, "-m", "aestudio"], env={}, capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (start.NOT_STARTED, 1)
    assert "no display" in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such plugin")
def test_a_library_that_the_plugin_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(name: str) -> None:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(display.ctypes, "CDLL", load)
    with pytest.raises(StudioError, match=r"libxcb-cursor\.so\.0 cannot be loaded"):
        display.check()


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend to be a bundle of two files; return its folder."""
    (tmp_path / "one").write_bytes(b"1234")
    (tmp_path / "two").write_bytes(b"12")
    (tmp_path / "contents.json").write_text(json.dumps({"one": 4, "two": 2}))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(paths, "contents_file", lambda: tmp_path / "contents.json")
    return tmp_path


def test_a_bundle_knows_what_it_lacks(frozen: Path) -> None:
    assert contents.missing() == []
    (frozen / "one").unlink()
    (frozen / "two").write_bytes(b"1")
    assert contents.missing() == ["one", "two"]
    (frozen / "contents.json").unlink()
    assert contents.missing() == ["contents.json"]


def test_a_failure_to_import_is_told_as_a_half_copied_bundle(
    frozen: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(arguments: list[str]) -> int:
        raise ImportError("libtorch_cpu.so")

    monkeypatch.setattr(start, "_run", broken)
    with pytest.raises(ImportError):
        start.main(["doctor"])
    (frozen / "one").unlink()
    assert start.main(["doctor"]) == start.NOT_STARTED
    said = capsys.readouterr().err
    assert said == "aestudio: The program's folder is incomplete: one is missing. Install aestudio again.\n"
