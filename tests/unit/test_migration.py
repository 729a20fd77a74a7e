"""Data of every format version there has been, opened by this version."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from aestudio import paths, settings
from aestudio.errors import SettingsError
from aestudio.jobs import journal
from aestudio.jobs.journal import Journal, fingerprint

NANOSECONDS = 1_700_000_000_000_000_000
STORED = Path(__file__).parent / "stored"


@pytest.mark.parametrize("version", range(1, settings.FORMAT_VERSION + 1))
def test_settings_of_every_version_are_brought_forward(version: int, home: Path) -> None:
    sample = STORED / f"settings-v{version}.json"
    shutil.copy(sample, paths.settings_file())
    loaded = settings.load()
    assert (loaded.theme, loaded.device, loaded.session_files) == ("dark", "cpu", ["/photos/a.png"])
    assert loaded.unknown == {"from_a_plugin": [1, 2]}
    settings.save(loaded)
    assert json.loads(paths.settings_file().read_text())["format_version"] == settings.FORMAT_VERSION
    kept = home / f"settings.json.v{version}"
    assert kept.exists() == (version < settings.FORMAT_VERSION)
    if kept.exists():
        assert kept.read_bytes() == sample.read_bytes()
    assert settings.load() == loaded


def test_settings_of_a_newer_version_are_refused_and_left_alone() -> None:
    newer = json.dumps({"format_version": settings.FORMAT_VERSION + 1, "theme": "dark"})
    paths.settings_file().write_text(newer)
    with pytest.raises(SettingsError, match="newer version"):
        settings.load()
    assert paths.settings_file().read_text() == newer


@pytest.mark.parametrize("version", range(1, journal._VERSION + 1))
def test_journals_of_every_version_are_brought_forward(version: int, tmp_path: Path) -> None:
    source, output, file = tmp_path / "a.png", tmp_path / "out.png", tmp_path / "journal.sqlite"
    source.write_bytes(b"one")
    os.utime(source, ns=(NANOSECONDS, NANOSECONDS))
    output.write_bytes(b"result")
    script = (STORED / f"journal-v{version}.sql").read_text(encoding="utf-8")
    database = sqlite3.connect(file)
    database.executescript(script.format(folder=tmp_path, settings=fingerprint({"noise": 5})))
    database.close()
    for _ in range(2):
        with Journal(file) as opened:
            assert opened.is_done(source, {"noise": 5}, output)
    assert user_version(file) == journal._VERSION
    kept = tmp_path / f"journal.sqlite.v{version}"
    assert kept.exists() == (version < journal._VERSION)
    if kept.exists():
        assert user_version(kept) == version


def user_version(file: Path) -> int:
    database = sqlite3.connect(file)
    found = database.execute("PRAGMA user_version").fetchone()[0]
    database.close()
    return int(found)
