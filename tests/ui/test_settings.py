"""Settings: sparse, typed, never lost."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from aestudio import paths, settings
from aestudio.settings import Settings


def test_round_trip_is_sparse_and_keeps_unknown_keys(home: Path) -> None:
    file = paths.settings_file()
    assert settings.load() == Settings()
    file.write_text(
        json.dumps({"format_version": settings.FORMAT_VERSION, "theme": "light", "from_the_future": [1, 2]}),
        encoding="utf-8",
    )
    stored = settings.load()
    assert stored.theme == "light"
    stored.max_pixels = 5
    stored.open_folder = "/a/ü 📷"
    settings.save(stored)
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "format_version": settings.FORMAT_VERSION,
        "from_the_future": [1, 2],
        "max_pixels": 5,
        "open_folder": "/a/ü 📷",
        "theme": "light",
    }
    assert settings.load() == stored
    assert [p.name for p in home.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe\x00", b""])
def test_a_damaged_file_is_set_aside(home: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    for backup in ("settings.json.damaged", "settings.json.damaged-2"):
        paths.settings_file().write_bytes(content)
        with caplog.at_level(logging.WARNING):
            assert settings.load() == Settings()
        assert (home / backup).read_bytes() == content
        assert not paths.settings_file().exists()
    assert "damaged" in caplog.text


@pytest.mark.parametrize(("key", "value"), [("theme", "pink"), ("max_pixels", "many"), ("subfolders", 1)])
def test_a_value_that_does_not_fit_is_left_out(home: Path, key: str, value: object) -> None:
    paths.settings_file().write_text(json.dumps({key: value, "device": "cpu"}), encoding="utf-8")
    stored = settings.load()
    assert getattr(stored, key) == getattr(Settings(), key)
    assert stored.device == "cpu"


def test_a_failed_write_leaves_the_old_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(Settings(theme="dark"))

    def fail(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no room"):
        settings.save(Settings(theme="light"))
    assert settings.load().theme == "dark"
    assert [p.name for p in home.iterdir()] == ["settings.json"]
