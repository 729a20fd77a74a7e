"""Data of every format version there has been, opened by this version."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from aestudio import paths, settings
from aestudio.errors import SettingsError

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
