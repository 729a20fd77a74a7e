"""Another program writes a picture that is open: what is shown, said and saved is of one version of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.imageio.halve import at_level
from aestudio.jobs import spec
from aestudio.jobs.stamps import Stamp, seen
from aestudio.ui import glimpse
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.restore import RestoreTab
from aestudio.ui.widgets.file_list import State
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient, read, shrunk
from tests.ui.test_mix import stroke

Wait = Callable[[], None]


def rewrite(path: Path, width: int, height: int) -> None:
    """Write another picture over a file, which is newer for certain."""
    before = path.stat().st_mtime_ns
    make_photo(path, width, height, seed=9)
    os.utime(path, ns=(before + 10**9, before + 10**9))


def come_back(window: MainWindow) -> None:
    """Let the window have the keys again, as after work in another program."""
    assert window.isActiveWindow()
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))


def shows(window: MainWindow, client: FakeClient, path: Path) -> bool:
    """Return whether all that is shown of a picture in front is of its file as it is now."""
    canvas, thumbnail = window.denoise.restorer.canvas, window.pictures[path].thumbnail
    assert canvas is not None
    assert canvas.path == path
    assert canvas.base is not None
    assert canvas.base.preview is not None
    assert canvas.before is not None
    assert canvas.after is not None
    assert canvas.shown is not None
    assert thumbnail is not None
    before, after = client.result(read(str(path)), canvas.shown)
    height, width = before.shape[:2]
    assert (canvas.after.width, canvas.after.height) == (width, height)
    layers = zip((canvas.before, canvas.after), (before, after), strict=True)
    pieces = [
        (piece.level(0)[1], pixels[piece.y : piece.y + piece.height, piece.x : piece.x + piece.width])
        for layer, pixels in layers
        for piece in layer.within(0, 0, width, height)
    ]
    assert pieces
    shown = [(canvas.base.preview, shrunk(before, 1024)), (thumbnail, shrunk(before, max(thumbnail.shape)))]
    return all(np.array_equal(one, other) for one, other in [*pieces, *shown])


def by_running(window: MainWindow, path: Path) -> None:
    window.denoise.inspector.run_button.click()


def by_a_setting(window: MainWindow, path: Path) -> None:
    noise = window.denoise.inspector.noise
    assert noise is not None
    noise.slider.setValue(40)


def by_opening_it_again(window: MainWindow, path: Path) -> None:
    window.open_files([path])


def by_coming_back(window: MainWindow, path: Path) -> None:
    come_back(window)


def by_turning_the_page(window: MainWindow, path: Path) -> None:
    window.tabs.setCurrentIndex(2)
    window.tabs.setCurrentIndex(0)


def by_saving(window: MainWindow, path: Path) -> None:
    window.denoise.save_to(path.with_name("result.png"))


@pytest.mark.parametrize(
    "notice", [by_running, by_a_setting, by_opening_it_again, by_coming_back, by_turning_the_page, by_saving]
)
def test_what_changed_on_disc_is_read_again(
    opened: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait, notice: Callable[[MainWindow, Path], None]
) -> None:
    opened.denoise.view.zoom_to(1.0)
    wait_idle()
    rewrite(photo, 420, 310)
    notice(opened, photo)
    wait_idle()
    opened.denoise.view.zoom_to(1.0)
    wait_idle()
    assert shows(opened, client, photo)
    if notice is not by_saving:
        assert opened.notices.text.text() == "photo.png has changed on disk and was read again."
        assert opened.denoise.file_list.state_of(photo) is State.DONE


def test_a_picture_that_was_only_in_the_list_is_the_one_on_disk(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait
) -> None:
    first, second = (make_photo(tmp_path / f"{n}.png", 60, 40, seed=n) for n in range(2))
    window.open_files([first, second])
    wait_idle()
    rewrite(second, 42, 31)
    window.denoise.file_list.pick(second)
    wait_idle()
    assert shows(window, client, second)


def test_a_picture_that_is_gone_back_to_is_the_one_on_disk(
    opened: MainWindow, client: FakeClient, photo: Path, tmp_path: Path, wait_idle: Wait
) -> None:
    opened.open_files([make_photo(tmp_path / "second.png", 60, 40)])
    wait_idle()
    rewrite(photo, 420, 310)
    opened.denoise.file_list.pick(photo)
    wait_idle()
    opened.denoise.view.zoom_to(1.0)
    wait_idle()
    assert shows(opened, client, photo)


def test_a_file_that_changes_between_its_reading_and_its_restoring_is_one_picture(
    window: MainWindow, client: FakeClient, photo: Path, qtbot: QtBot, wait_idle: Wait
) -> None:
    client.pause(spec.Restore)
    window.open_files([photo])
    qtbot.waitUntil(lambda: bool(client.jobs(spec.Restore)))
    rewrite(photo, 420, 310)
    client.go_on(spec.Restore)
    wait_idle()
    window.denoise.view.zoom_to(1.0)
    wait_idle()
    assert shows(window, client, photo)


def test_a_look_at_the_original_tells_that_it_changed(
    window: MainWindow, client: FakeClient, tmp_path: Path, qtbot: QtBot, wait_idle: Wait
) -> None:
    large = make_photo(tmp_path / "large.png", 2100, 1500)
    window.open_files([large])
    wait_idle()
    rewrite(large, 2100, 1500)
    client.pause(spec.Restore)
    window.denoise.view.zoom_to(2.0)
    qtbot.waitUntil(lambda: len(client.jobs(spec.Load)) == 2)
    client.go_on(spec.Restore)
    wait_idle()
    canvas = window.denoise.restorer.canvas
    assert canvas is not None
    assert canvas.base is not None
    pixels = read(str(large))
    cells = canvas.base.within(0, 0, 2100, 1500)
    assert cells
    for cell in cells:
        now = pixels[cell.y : cell.y + cell.height, cell.x : cell.x + cell.width]
        level, shown = cell.level(0)
        assert np.array_equal(shown, at_level(now, level))


def test_a_file_that_is_gone_keeps_what_is_shown(
    opened: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait
) -> None:
    canvas = opened.denoise.restorer.canvas
    photo.unlink()
    come_back(opened)
    wait_idle()
    assert opened.denoise.restorer.canvas is canvas
    assert opened.denoise.file_list.state_of(photo) is State.DONE


def test_what_was_made_of_the_file_before_is_neither_called_saved_nor_handed_out(
    opened: MainWindow, client: FakeClient, photo: Path, tmp_path: Path, wait_idle: Wait
) -> None:
    tab = opened.denoise
    tab.outgoing.hand(photo, "file")
    wait_idle()
    tab.save_to(tmp_path / "mine.png")
    wait_idle()
    assert tab.file_list.state_of(photo) is State.SAVED
    rewrite(photo, 420, 310)
    come_back(opened)
    wait_idle()
    assert tab.file_list.state_of(photo) is State.DONE
    tab.outgoing.hand(photo, "file")
    wait_idle()
    assert len(client.jobs(spec.Save)) == 3


@pytest.mark.parametrize("out", [lambda tab: tab.outgoing.copy(), lambda tab: tab.inspector.drag_handle.clicked.emit()])
def test_a_result_that_nobody_has_seen_is_not_handed_out(
    opened: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait, out: Callable[[RestoreTab], None]
) -> None:
    rewrite(photo, 420, 310)
    out(opened.denoise)
    wait_idle()
    assert not client.jobs(spec.Save)
    assert "has changed on disk" in opened.notices.text.text()


@pytest.fixture
def sleeping(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let every look at a file's version wait for an event, as on a drive that has to spin up."""
    awake = threading.Event()

    def slow(path: Path) -> Stamp:
        awake.wait(30)
        return seen(path)

    monkeypatch.setattr(glimpse, "seen", slow)
    monkeypatch.setattr(glimpse, "PATIENCE", 50)
    yield awake
    awake.set()


def test_a_drive_that_sleeps_holds_nothing_up_and_its_answer_counts(
    opened: MainWindow, client: FakeClient, photo: Path, qtbot: QtBot, wait_idle: Wait, sleeping: threading.Event
) -> None:
    rewrite(photo, 420, 310)
    come_back(opened)
    assert not opened.idle
    wait_idle()
    assert opened.notices.text.text() == ""
    opened.denoise.outgoing.copy()
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 1)
    sleeping.set()
    qtbot.waitUntil(lambda: "has changed on disk" in opened.notices.text.text())
    wait_idle()
    opened.denoise.view.zoom_to(1.0)
    wait_idle()
    assert shows(opened, client, photo)


@pytest.mark.parametrize(("size", "kept"), [((613, 407), True), ((407, 613), False)])
def test_a_region_goes_where_its_picture_has_another_size(
    opened: MainWindow, photo: Path, qtbot: QtBot, wait_idle: Wait, size: tuple[int, int], kept: bool
) -> None:
    region = opened.denoise.inspector.region
    region.fold.click()
    region.brush.click()
    stroke(opened, qtbot, (100, 100), (200, 100))
    assert region.painted is not None
    rewrite(photo, *size)
    come_back(opened)
    wait_idle()
    assert (region.painted is not None) is kept
    assert (opened.denoise.keeper.choices.of(photo).mask is not None) is kept
    assert ("another size" in opened.notices.text.text()) is not kept
