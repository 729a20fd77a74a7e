"""Data of every format version there has been, opened by this version."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from aestudio import paths, settings
from aestudio.catalog import card, directions
from aestudio.catalog.card import Card
from aestudio.catalog.directions import Taught
from aestudio.errors import InputError, OutputError, SettingsError, WeightsError
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
    # written before the stored row says that it was finished
    os.utime(output, ns=(NANOSECONDS, NANOSECONDS))
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


def test_a_journal_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite"
    database = sqlite3.connect(file)
    database.execute(f"PRAGMA user_version = {journal._VERSION + 1}")
    database.close()
    before = file.read_bytes()
    with pytest.raises(OutputError, match="newer version"):
        Journal(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("version", range(1, directions.FORMAT_VERSION + 1))
def test_directions_of_every_version_are_read(version: int) -> None:
    kept = directions.read(STORED / f"directions-v{version}.json")
    assert (kept.model, kept.names) == ("faces", {"axis-1": "Slant"})
    assert kept.taught == (Taught("taught-1", "Smiling", (0.5, -1.0), 0.92, (12, 9)),)


def test_directions_of_a_newer_version_are_refused(tmp_path: Path) -> None:
    newer = tmp_path / "faces.json"
    newer.write_text(json.dumps({"version": directions.FORMAT_VERSION + 1}))
    with pytest.raises(InputError, match="newer version"):
        directions.read(newer)


@pytest.mark.parametrize("version", range(1, card.FORMAT_VERSION + 1))
def test_cards_of_every_version_are_read(version: int) -> None:
    stored = json.loads((STORED / f"card-v{version}.json").read_text(encoding="utf-8"))
    read = Card.from_metadata(stored, "mine.safetensors")
    assert (read.id, read.task, read.noise_range, read.scores) == ("mine", "denoise", [0, 75], {"held_out_psnr": 31.5})


def test_a_card_of_a_newer_version_is_refused() -> None:
    stored = json.loads((STORED / "card-v1.json").read_text(encoding="utf-8"))
    newer = {**stored, "format_version": str(card.FORMAT_VERSION + 1)}
    with pytest.raises(WeightsError, match="newer version"):
        Card.from_metadata(newer, "mine.safetensors")


def user_version(file: Path) -> int:
    database = sqlite3.connect(file)
    found = database.execute("PRAGMA user_version").fetchone()[0]
    database.close()
    return int(found)
