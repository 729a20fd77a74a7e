"""The window as a whole: names, keys, themes, notices, start and end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from aestudio import paths, settings
from aestudio.jobs import events, spec
from aestudio.ui import last_session, theme
from aestudio.ui.app import create_app
from aestudio.ui.main_window import MainWindow
from aestudio.ui.notifications import Funnel, Notice, funnel, install_hooks
from aestudio.ui.screen_room import FRAME, open_at
from tests.ui.conftest import dispose, make_photo
from tests.ui.fake_client import FakeClient

ACTIONABLE = (
    *(QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit),
    *(QAbstractItemView, QTabBar),
)
RESTORING = (
    "openButton dropArea fileList modelPicker strengthSlider runButton cancelButton saveButton compareView "
    "progressBar statusLabel"
)
PAGES = {
    "denoiseTab": f"{RESTORING} noiseSlider",
    "superResolutionTab": f"{RESTORING} scalePicker",
    "generateTab": "seedField temperatureSlider sampleButton latentMap sampleGrid exportButton modelPicker statusLabel",
}


@pytest.mark.parametrize("page", PAGES)
def test_every_promised_name_is_there(window: MainWindow, page: str) -> None:
    assert window.objectName() == "mainWindow"
    parent = window.findChild(QWidget, "tabs").findChild(QWidget, page)
    for name in PAGES[page].split():
        found = parent.findChildren(QWidget, name)
        assert len(found) == 1, name
        assert found[0].accessibleName(), name
    for name in ("trainAction", "modelsAction", "preferencesAction"):
        assert window.findChild(QAction, name) is not None


def inner_part(widget: QWidget) -> bool:
    """Return whether Qt made it as a part of a control that has the name."""
    parent = widget.parent()
    return (
        isinstance(widget, QScrollBar)
        or (isinstance(widget, QLineEdit) and isinstance(parent, (QAbstractSpinBox, QComboBox)))
        or (isinstance(widget, QAbstractItemView) and not widget.objectName())
        or (isinstance(widget, QAbstractButton) and isinstance(parent, QTabBar))
    )


def nameless(root: QWidget) -> list[str]:
    controls = [w for w in root.findChildren(QWidget) if isinstance(w, ACTIONABLE) and not inner_part(w)]
    assert controls
    return [repr(w) for w in controls if not w.accessibleName() or not (w.objectName() or isinstance(w, QTabBar))]


def test_everything_that_can_be_acted_on_has_a_name_and_help(window: MainWindow) -> None:
    assert nameless(window) == []
    buttons = [b for b in window.findChildren(QAbstractButton) if not inner_part(b)]
    assert [b.objectName() for b in buttons if not b.toolTip()] == []


def test_the_picture_has_two_thirds_of_the_window(opened: MainWindow, qtbot: QtBot) -> None:
    for width, height in ((1024, 640), (1280, 800), (2560, 1440)):
        opened.resize(width, height)
        QApplication.processEvents()
        assert opened.denoise.view.width() * 3 >= width * 2
    opened.fold_action.trigger()
    QApplication.processEvents()
    assert opened.denoise.view.width() == opened.width()


def test_slider_keys_wheel_typing_and_default(opened: MainWindow, qtbot: QtBot) -> None:
    strength = opened.denoise.inspector.strength
    strength.field.setValue(37)
    assert strength.value == 37
    assert strength.slider.value() == 37
    qtbot.keyClick(strength.slider, Qt.Key.Key_Left)
    assert strength.value == 36
    qtbot.mouseDClick(strength.slider, Qt.MouseButton.LeftButton)
    assert strength.value == 100
    assert opened.denoise.view.strength == 1.0


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_both_themes_paint(window: MainWindow, choice: str) -> None:
    window.apply_theme(choice)
    assert theme.current().name == choice
    assert window.grab().toImage().pixelColor(640, 60) == theme.current().canvas


def test_the_theme_follows_the_system_unless_one_was_chosen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(scheme: Qt.ColorScheme) -> None:
        # this platform has no scheme of its own to change
        said = theme.LIGHT if scheme is Qt.ColorScheme.Light else theme.DARK
        resolve = theme.resolve
        monkeypatch.setattr(theme, "resolve", lambda choice: said if choice == "auto" else resolve(choice))
        QApplication.styleHints().colorSchemeChanged.emit(scheme)

    window.settings.theme = "auto"
    for scheme, name in ((Qt.ColorScheme.Light, "light"), (Qt.ColorScheme.Dark, "dark")):
        change(scheme)
        assert theme.current().name == name
        assert window.grab().toImage().pixelColor(640, 60) == theme.current().canvas
    window.settings.theme = "dark"
    change(Qt.ColorScheme.Light)
    assert theme.current().name == "dark"


def test_a_window_opens_within_its_screen(window: MainWindow) -> None:
    other = QWidget()
    room = other.screen().availableGeometry().size()
    open_at(other, 300, 200)
    assert other.size().toTuple() == (300, 200)
    open_at(other, 9000, 7000)
    assert room.width() - 40 < other.width() < room.width()
    assert room.height() - 80 < other.height() < room.height()


def test_a_screen_of_960_by_540_pixels_has_room_for_every_page(
    window: MainWindow, wait_idle: Callable[[], None]
) -> None:
    window.resize(960 - FRAME[0], 540 - FRAME[1])
    assert window.size().toTuple() == (960 - FRAME[0], 540 - FRAME[1])
    for page in (window.denoise, window.super_resolution, window.generate):
        window.tabs.setCurrentWidget(page)
        wait_idle()
        QApplication.processEvents()
        least = window.centralWidget().minimumSizeHint()
        assert least.height() <= window.minimumHeight()
        assert least.width() <= window.minimumWidth()


def test_a_notice_from_any_thread_shows(window: MainWindow, qtbot: QtBot) -> None:
    notice = Notice("attention", "Something.", "Do this.", "the cause")
    thread = threading.Thread(target=funnel.publish, args=(notice,))
    thread.start()
    thread.join()
    qtbot.waitUntil(window.notices.isVisible)
    assert window.notices.text.text() == "Something. Do this."
    qtbot.mouseClick(window.notices.copy_button, Qt.MouseButton.LeftButton)
    assert "the cause" in QApplication.clipboard().text()
    qtbot.mouseClick(window.notices.close_button, Qt.MouseButton.LeftButton)
    assert not window.notices.isVisible()
    QApplication.clipboard().clear()


def test_the_funnel_keeps_early_notices_and_hears_threads(capsys: pytest.CaptureFixture[str]) -> None:
    heard: list[Notice] = []
    early = Funnel()
    early.publish(Notice("info", "early"))
    unsubscribe = early.subscribe(heard.append)
    hooks = sys.excepthook, threading.excepthook
    # What the hooks wrap would report these to the test runner, as it should anywhere else.
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
    try:
        undo = install_hooks(early)
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
        sys.excepthook(ValueError, ValueError("main"), None)
        undo()
        assert sys.excepthook is sys.__excepthook__
    finally:
        sys.excepthook, threading.excepthook = hooks
    unsubscribe()
    early.publish(Notice("info", "late"))
    assert heard[0].what == "early"
    assert [("ZeroDivisionError" in n.details, "ValueError" in n.details) for n in heard[1:]] == [
        (True, False),
        (False, True),
    ]


def test_a_flood_of_events_leaves_the_window_room(
    window: MainWindow, client: FakeClient, photo: Path, qtbot: QtBot
) -> None:
    client.pause(spec.Restore, after=1)
    window.open_files([photo])
    qtbot.waitUntil(lambda: window.denoise.restorer.canvas is not None and bool(client.jobs(spec.Restore)))
    job = client.jobs(spec.Restore)[0]
    tile = np.zeros((256, 256, 3), np.uint8)
    turns: list[int] = []
    handled = 0

    def count(_: object) -> None:
        nonlocal handled
        handled += 1

    window.worker.event_arrived.connect(count)
    for number in range(200):
        client.inject(events.TileReady(job.id, 256 * (number % 2), 0, tile, tile, 256, 256))
    while handled < 200:
        before = handled
        QApplication.processEvents()
        if handled > before:
            turns.append(handled - before)
    # More than one turn was needed: between two of them the window could paint and listen.
    assert len(turns) > 1
    client.go_on(spec.Restore)


def test_the_title_row_names_the_device(window: MainWindow, client: FakeClient, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: client.started == 1)
    qtbot.waitUntil(lambda: window.device_label.text() == "CPU")


def test_closing_twice_and_unseen_is_safe(qtbot: QtBot, models: Path) -> None:
    create_app(["aestudio"])
    client = FakeClient()
    window = MainWindow(client)
    assert window.close()
    assert window.close()
    assert client.closed
    dispose(window)


def test_geometry_and_theme_come_back_but_not_when_fresh(
    qtbot: QtBot, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(settings.Settings(theme="light"))
    app = create_app(["aestudio"])
    assert theme.current().name == "light"
    window = MainWindow(FakeClient())
    window.resize(1000, 700)
    window.show()
    window.close()
    dispose(window)
    assert settings.load().window_geometry
    again = MainWindow(FakeClient())
    # Qt keeps what it restores within the screen, which offscreen is a small one.
    assert again.height() == 700
    again.close()
    dispose(again)
    stored = settings.load()
    create_app(["aestudio", "--fresh"])
    fresh = MainWindow(FakeClient())
    room = fresh.screen().availableGeometry()
    assert 700 < fresh.height() < room.height()
    assert fresh.width() == max(fresh.minimumWidth(), min(1280, room.width() - 16))
    assert fresh.settings.theme == "auto"
    fresh.close()
    dispose(fresh)
    assert settings.load() == stored
    app.setProperty("fresh", False)


@pytest.mark.parametrize(("percent", "given", "ratio"), [(100, "", 1.0), (150, "", 1.5), (150, "2", 2.0)])
def test_text_and_controls_are_as_large_as_was_chosen(home: Path, percent: int, given: str, ratio: float) -> None:
    settings.save(settings.Settings(interface_size=percent))
    code = "from aestudio.ui.app import create_app; print(create_app(['aestudio']).devicePixelRatio())"
    environment = {**os.environ, "QT_SCALE_FACTOR": given} if given else dict(os.environ)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert float(done.stdout) == ratio


def test_preferences_take_effect(window: MainWindow, wait_idle: Callable[[], None], photo: Path) -> None:
    window.findChild(QAction, "preferencesAction").trigger()
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    picker = dialog.findChild(QComboBox, "themePicker")
    picker.setCurrentIndex(picker.findData("light"))
    dialog.findChild(QAbstractSpinBox, "maxPixelsField").setValue(3)
    dialog.close()
    assert theme.current().name == "light"
    assert settings.load().max_pixels == 3_000_000
    window.open_files([photo])
    wait_idle()
    client = window.worker._client
    assert isinstance(client, FakeClient)
    assert {job.max_pixels for job in client.jobs(spec.Load)} == {3_000_000}


def test_the_window_needs_no_heavy_library(tmp_path: Path) -> None:
    code = (
        "import sys, aestudio.ui.app, aestudio.ui.main_window, aestudio.jobs.client; "
        "heavy = {'torch', 'OpenImageIO', 'imagecodecs', 'PIL', 'rawpy'} & set(sys.modules); "
        "sys.exit(' '.join(sorted(heavy)) or 0)"
    )
    root = Path(paths.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_last_session_comes_back(
    opened: MainWindow, home: Path, photo: Path, tmp_path: Path, wait_idle: Callable[[], None], qtbot: QtBot
) -> None:
    second = make_photo(tmp_path / "second.png", 90, 60)
    opened.open_files([second])
    wait_idle()
    opened._fresh = False
    opened.denoise.file_list.pick(photo)
    opened.tabs.setCurrentWidget(opened.super_resolution)
    opened.super_resolution.file_list.pick(photo)
    opened.close()
    second.unlink()
    stored = settings.load()
    # what cannot even be asked for is not there
    stored.session_files.append(str(photo.with_name("x" * 300)))
    settings.save(stored)
    app = QApplication.instance()
    assert app is not None
    app.setProperty("fresh", False)
    again = MainWindow(FakeClient())
    try:
        again.open_session([])
        assert not again.idle, "files are looked for away from the window's thread"
        again.session.keep()
        assert again.settings.session_files[:2] == [str(photo), str(second)], "no drive that sleeps loses anything"
        qtbot.waitUntil(lambda: bool(again.pictures.paths()))
        assert again.pictures.paths() == [photo]
        assert again.tabs.currentWidget() is again.super_resolution
        assert again.super_resolution.file_list.current_path() == photo
        assert "2 pictures" in again.notices.text.text()
    finally:
        app.setProperty("fresh", True)
        again._fresh = True
        again.close()
        dispose(again)


def test_the_last_session_does_not_take_away_what_was_opened_since(
    window: MainWindow,
    photo: Path,
    tmp_path: Path,
    wait_idle: Callable[[], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    awake = threading.Event()
    monkeypatch.setattr(last_session, "holds", lambda ask: awake.wait(30) and ask())
    earlier = make_photo(tmp_path / "earlier.png", 90, 60)
    window.settings.session_files, window.settings.session_current = [str(earlier)], str(earlier)
    window.session.open()
    window.open_files([photo])
    qtbot.waitUntil(lambda: photo in window.pictures)
    awake.set()
    wait_idle()
    assert window.pictures.paths() == [photo, earlier]
    assert [tab.file_list.current_path() for tab in window._restore_tabs()] == [photo, photo]


def test_own_settings_are_on_the_disk_before_the_window_is_closed(
    opened: MainWindow, photo: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()
    write = settings.save_changes

    def noted(values: dict[str, Any], earlier: dict[str, Any], file: Path) -> None:
        threads.add(threading.current_thread().name)
        write(values, earlier, file)

    monkeypatch.setattr(settings, "save_changes", noted)
    opened.store._timer.setInterval(10)
    opened.denoise.inspector.own_box.click()
    opened.denoise.inspector.strength.slider.setValue(40)

    def stored() -> bool:
        return (
            settings.load().session_choices.get("denoise", {}).get("own", {}).get(str(photo), {}).get("strength") == 0.4
        )

    qtbot.waitUntil(stored)
    assert settings.load().session_files == [str(photo)]
    assert threads == {"session-store"}


def test_a_window_that_ends_slowly_has_stored_its_session_first(
    opened: MainWindow, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[list[str]] = []
    end = opened.training.close_down

    def slow() -> None:
        there.append(settings.load().session_files)
        end()

    monkeypatch.setattr(opened.training, "close_down", slow)
    opened.close()
    assert there == [[str(photo)]]
