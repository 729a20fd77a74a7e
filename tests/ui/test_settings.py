"""Settings: sparse, typed, never lost."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from aestudio import paths, settings
from aestudio.settings import Settings
from aestudio.ui.session_store import SessionStore


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


def own(*names: str) -> dict[str, object]:
    return {"denoise": {"all": {"strength": 0.5}, "own": {name: {"strength": 0.1, "detail": 0.2} for name in names}}}


def test_what_another_window_wrote_meanwhile_stays(home: Path) -> None:
    file = paths.settings_file()
    settings.save(Settings(theme="dark", max_pixels=5, presets={"a": {}}, session_choices=own("first", "gone")))
    mine, earlier = settings.load(), settings.plain(settings.load())
    settings.save(
        Settings(theme="light", device="cpu", presets={"a": {}}, session_choices=own("first", "gone", "theirs"))
    )
    mine.max_pixels, mine.presets = 0, {}
    mine.session_choices = own("first", "mine")
    settings.save_changes(settings.plain(mine), earlier, file)
    assert settings.load() == Settings(theme="light", device="cpu", session_choices=own("first", "theirs", "mine"))


def test_settings_that_were_lost_are_written_whole(home: Path) -> None:
    file, values = paths.settings_file(), settings.plain(Settings(theme="dark"))
    settings.save_changes(values, values, file)
    assert settings.load().theme == "dark"
    file.write_text("{", encoding="utf-8")
    settings.save_changes(values, values, file)
    assert settings.load().theme == "dark"


class Session(QObject):
    """One that opens a picture for each time it is kept."""

    changed = Signal()

    def __init__(self, chosen: Settings, name: str) -> None:
        super().__init__()
        self._chosen, self._name = chosen, name

    def keep(self) -> None:
        self._chosen.session_files = [self._name]


def test_the_window_that_is_closed_last_leaves_its_session(home: Path, qapp: QApplication) -> None:
    parent, stores = QObject(), []
    for name in ("first", "second"):
        chosen = settings.load()
        store = SessionStore(chosen, Session(chosen, name), lambda: True, parent)  # type: ignore[arg-type]
        stores.append((chosen, store))
        store.leave()
    (chosen, first), (_, second) = stores
    second.close()
    assert settings.load().session_files == ["second"]
    chosen.theme = "light"
    first.leave()
    first.close()
    assert settings.load() == Settings(theme="light", session_files=["first"])


def test_what_is_written_late_does_not_undo_what_was_written_since(home: Path, qapp: QApplication) -> None:
    chosen, parent = Settings(), QObject()
    store = SessionStore(chosen, Session(chosen, "picture"), lambda: True, parent)  # type: ignore[arg-type]
    chosen.theme = "light"
    late = store._take()
    chosen.theme = "dark"
    store.now()
    store._write(*late)
    assert settings.load().theme == "dark"
    store.close()
