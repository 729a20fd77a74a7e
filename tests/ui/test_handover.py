"""The result leaves the window: copied, dragged out, shown in its folder."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColorSpace, QDrag, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aestudio.jobs.spec import Restoration, Save
from aestudio.ui import handover
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs import outgoing
from aestudio.ui.widgets.file_list import State
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient, read


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Let every drag be dropped at once; return the files that were."""
    files: list[Path] = []

    def drop(drag: QDrag, actions: Qt.DropAction) -> None:
        files.extend(Path(url.toLocalFile()) for url in drag.mimeData().urls())

    monkeypatch.setattr(QDrag, "exec", drop)
    return files


def drag(window: MainWindow) -> None:
    handle = window.denoise.inspector.drag_handle
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    QTest.mouseMove(handle, QPoint(8, 12))
    QTest.mouseMove(handle, QPoint(8, 60))


def test_the_result_is_copied_at_full_size(
    opened: MainWindow, photo: Path, qtbot: QtBot, wait_idle: Callable[[], None]
) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert not opened.idle
    wait_idle()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (613, 407)
    _, after = FakeClient.result(read(str(photo)), Restoration("denoise", "denoise-fast"))
    assert image.pixelColor(300, 200).getRgb()[:3] == tuple(after[200, 300])
    assert QGuiApplication.clipboard().mimeData().hasFormat("image/png")
    assert "Copied the result of photo.png, 613 × 407 pixels." in opened.notices.text.text()
    assert not list(handover.outgoing_folder().rglob("*.png"))


def test_a_pasted_picture_needs_no_profile(
    opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_idle: Callable[[], None]
) -> None:
    profile = bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
    Image.new("RGB", (9, 9), (200, 60, 60)).save(tmp_path / "p3.png", icc_profile=profile)
    reading = handover._Reading(tmp_path / "p3.png", opened)
    monkeypatch.setattr(handover.shutil, "rmtree", lambda *_, **__: None)
    reading.run()
    assert reading.image.pixelColor(4, 4).red() > 205
    with Image.open(io.BytesIO(reading.png)) as image:
        assert image.info["icc_profile"] == profile


def test_what_is_too_large_for_the_clipboard_is_said(opened: MainWindow, client: FakeClient, photo: Path) -> None:
    opened.denoise.outgoing.copy_picture(photo, handover.CLIPBOARD_PIXELS + 1)
    assert "too large" in opened.notices.text.text()
    assert not client.jobs(Save)


def test_a_drag_makes_the_file_once(
    opened: MainWindow, client: FakeClient, dropped: list[Path], qtbot: QtBot, wait_idle: Callable[[], None]
) -> None:
    drag(opened)
    wait_idle()
    assert [f.name for f in dropped] == ["photo-denoised.png"]
    assert np.asarray(Image.open(dropped[0])).shape == (407, 613, 3)
    drag(opened)
    wait_idle()
    assert len(dropped) == 2
    assert len(client.jobs(Save)) == 1
    opened.denoise.inspector.strength.field.setValue(50)
    drag(opened)
    wait_idle()
    assert len(client.jobs(Save)) == 2, "another result is another file"


def test_a_saved_file_is_dragged_itself(
    opened: MainWindow, dropped: list[Path], tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    opened.denoise.save_to(tmp_path / "mine.png")
    wait_idle()
    drag(opened)
    wait_idle()
    assert dropped == [tmp_path / "mine.png"]


def test_a_file_that_was_saved_with_other_settings_is_not_handed_out(
    opened: MainWindow, client: FakeClient, dropped: list[Path], tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    tab = opened.denoise
    second = make_photo(tmp_path / "second.png", 60, 40)
    opened.open_files([second])
    wait_idle()
    tab.save_to(tmp_path / "mine.png")
    wait_idle()
    tab.file_list.pick(opened.pictures.paths()[0])
    tab.inspector.strength.field.setValue(21)
    tab.file_list.pick(second)
    wait_idle()
    drag(opened)
    wait_idle()
    assert [file.name for file in dropped] == ["second-denoised.png"]
    assert [job.mix.light for job in client.jobs(Save)] == [1.0, 0.21]


def test_a_file_that_another_picture_was_saved_over_is_not_handed_out(
    opened: MainWindow, dropped: list[Path], tmp_path: Path, wait_idle: Callable[[], None]
) -> None:
    tab, first = opened.denoise, opened.pictures.paths()[0]
    second = make_photo(tmp_path / "second.png", 60, 40)
    opened.open_files([second])
    wait_idle()
    for path in (first, second):
        tab.saves.save_to(path, tmp_path / "mine.png", overwrite=True)
        wait_idle()
    assert tab.file_list.state_of(second) is State.SAVED
    assert tab.file_list.state_of(first) is not State.SAVED
    tab.file_list.pick(first)
    wait_idle()
    drag(opened)
    wait_idle()
    assert [file.name for file in dropped] == ["photo-denoised.png"]


def test_a_drag_that_was_let_go_begins_at_once_the_next_time(
    opened: MainWindow, client: FakeClient, dropped: list[Path], wait_idle: Callable[[], None]
) -> None:
    client.pause(Save)
    drag(opened)
    QTest.mouseRelease(opened.denoise.inspector.drag_handle, Qt.MouseButton.LeftButton)
    client.go_on(Save)
    wait_idle()
    assert dropped == []
    assert opened.notices.text.text() == "photo-denoised.png can be dragged now."
    drag(opened)
    wait_idle()
    assert len(dropped) == 1


def test_a_click_copies_the_file(opened: MainWindow, qtbot: QtBot, wait_idle: Callable[[], None]) -> None:
    qtbot.keyClick(opened.denoise.inspector.drag_handle, Qt.Key.Key_Space)
    wait_idle()
    (url,) = QGuiApplication.clipboard().mimeData().urls()
    assert Path(url.toLocalFile()).name == "photo-denoised.png"
    assert Path(url.toLocalFile()).is_file()


def test_what_is_on_the_clipboard_outlives_the_window(opened: MainWindow, wait_idle: Callable[[], None]) -> None:
    opened.front.copy()
    wait_idle()
    opened.close()
    assert not QGuiApplication.clipboard().mimeData().hasFormat("image/png")
    assert QGuiApplication.clipboard().image().width() == 613


def test_it_can_be_stopped(opened: MainWindow, client: FakeClient, qtbot: QtBot, wait_idle: Callable[[], None]) -> None:
    client.pause(Save)
    opened.front.copy()
    qtbot.waitUntil(lambda: opened.denoise.row.cancel_button.isVisible())
    assert "Making a file" in opened.denoise.row.status.text()
    opened.denoise.cancel()
    wait_idle()
    assert not opened.denoise.outgoing.busy


def test_what_was_saved_is_shown_in_its_folder(
    opened: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_idle: Callable[[], None]
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(outgoing, "show_in_folder", lambda file, parent: shown.append(file))
    opened.denoise.save_to(tmp_path / "mine.png")
    wait_idle()
    assert opened.notices.text.text() == "Saved mine.png."
    assert opened.notices.retry_button.text() == "Show in folder"
    opened.notices.retry_button.click()
    assert shown == [tmp_path / "mine.png"]


def test_old_files_for_others_go(opened: MainWindow, wait_idle: Callable[[], None]) -> None:
    old, new = (handover.outgoing_folder() / name for name in ("old", "new"))
    for folder in (old, new):
        folder.mkdir(parents=True)
    past = time.time() - 2 * handover.KEPT_SECONDS
    os.utime(old, (past, past))
    opened.front.copy()
    wait_idle()
    assert new.exists()
    assert not old.exists()
