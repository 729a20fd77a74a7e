"""A data folder that cannot be used: one sentence, exit code 3, and the person's file as it was."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from command_samples import save_noisy

from aestudio.__main__ import main
from aestudio.cli import FAILED, NOT_STARTED


class Failing(sqlite3.Connection):
    """A database on a disk where nothing can be kept; ``reason`` is what SQLite says then."""

    reason = ""

    def execute(self, *arguments: object) -> sqlite3.Cursor:
        raise sqlite3.OperationalError(self.reason)


@pytest.mark.parametrize(
    "reason",
    [
        pytest.param("database or disk is full", id="full"),
        pytest.param("locking protocol", id="network drive without locks"),
        pytest.param("attempt to write a readonly database", id="read-only"),
    ],
)
def test_a_journal_that_cannot_be_kept_is_told(
    reason: str, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(Failing, "reason", reason)
    monkeypatch.setattr(sqlite3, "connect", lambda path, timeout: connect(path, factory=Failing))
    save_noisy(tmp_path / "a.png")
    before = (tmp_path / "a.png").read_bytes()
    assert main(["denoise", str(tmp_path / "a.png"), "-o", str(tmp_path / "o")]) == NOT_STARTED
    said = capsys.readouterr().err
    assert said.startswith(f"aestudio: The journal {home / 'journal.sqlite'} cannot be used. Free some space there, ")
    assert said.count("\n") == 1
    assert (tmp_path / "a.png").read_bytes() == before
    assert list((tmp_path / "o").glob("*")) == []


def test_a_home_below_a_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # no folder can be made there, not even by an administrator
    (tmp_path / "file").touch()
    monkeypatch.setenv("AESTUDIO_HOME", str(tmp_path / "file" / "home"))
    save_noisy(tmp_path / "a.png")
    assert main(["denoise", str(tmp_path / "a.png"), "-o", str(tmp_path / "o")]) == NOT_STARTED
    said = capsys.readouterr().err
    assert said.startswith(f"aestudio: Nothing can be written into {tmp_path / 'file' / 'home'}: ")
    assert said.count("\n") == 1
    assert main(["doctor", "--json"]) == FAILED
    report = json.loads(capsys.readouterr().out)
    assert report["home"] == "Not a directory"
    assert "denoise-fast" in report["models"]
    assert str(tmp_path) not in json.dumps(report), "what is pasted into a report names no folder"
