"""Open, see, change, save: the restoring tabs with a fake engine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QSlider, QWidget
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.jobs import events, spec
from aestudio.ui import intake
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.catching_up import HELPING, CatchingUp
from aestudio.ui.widgets.file_list import State
from aestudio.ui.widgets.panes import Mode
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient, read

Wait = Callable[[], None]


def restores(client: FakeClient) -> list[spec.Restore]:
    return [m for m in client.submitted if isinstance(m, spec.Restore)]


def saves(client: FakeClient) -> list[spec.Save]:
    return [m for m in client.submitted if isinstance(m, spec.Save)]


def test_a_photo_is_opened_restored_and_saved(
    window: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.idle
    window.open_files([photo])
    assert not window.idle
    with qtbot.waitSignal(window.became_idle, timeout=10_000):
        pass
    canvas = window.denoise.restorer.canvas
    assert canvas is not None
    assert canvas.after is not None
    assert canvas.after.covers(0, 0, 613, 407)
    assert window.denoise.file_list.state_of(photo) is State.DONE
    assert window.denoise.inspector.noise is not None
    assert window.denoise.inspector.noise.value == pytest.approx(17.3)
    assert "17.3" in window.denoise.row.status.text()
    target = tmp_path / "out" / "photo-denoised.png"
    target.parent.mkdir()
    window.denoise.save_to(target)
    assert not window.idle
    wait_idle()
    _, expected = client.result(read(str(photo)), restores(client)[0].restoration)
    assert np.array_equal(read(str(target)), expected)
    assert window.denoise.file_list.state_of(photo) is State.SAVED
    assert len(restores(client)) == 1


def test_what_is_painted_is_before_and_after(
    opened: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait
) -> None:
    view = opened.denoise.view
    view.zoom_to(1.0)
    wait_idle()
    view.divider = 0.5
    shot = view.grab().toImage()
    before, after = client.result(read(str(photo)), restores(client)[0].restoration)
    x0, y0 = int(view.viewport.x), int(view.viewport.y)
    middle = view.width() // 2
    for x, pixels in ((middle - 60, before), (middle + 60, after)):
        colour = shot.pixelColor(x, y0 + 200)
        assert [colour.red(), colour.green(), colour.blue()] == pixels[200, x - x0].tolist()


def test_strength_blends_without_a_new_job(
    opened: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait
) -> None:
    view = opened.denoise.view
    view.zoom_to(1.0)
    wait_idle()
    jobs = len(client.submitted)
    slider = opened.denoise.findChild(QSlider, "strengthSlider")
    slider.setValue(50)
    assert opened.idle
    assert len(client.submitted) == jobs
    shot = view.grab().toImage()
    before, after = (p.astype(float) for p in client.result(read(str(photo)), restores(client)[0].restoration))
    x, y = view.width() // 2 + 60, int(view.viewport.y) + 200
    place = 200, x - int(view.viewport.x)
    colour = shot.pixelColor(x, y)
    blended = (before[place] + after[place]) / 2
    assert np.abs(np.array([colour.red(), colour.green(), colour.blue()]) - blended).max() <= 1.5


def test_saving_uses_the_strength(opened: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait) -> None:
    opened.denoise.inspector.strength.slider.setValue(40)
    opened.denoise.save_to(tmp_path / "x.tif")
    wait_idle()
    job = saves(client)[0]
    assert job.mix.light == pytest.approx(0.4)
    assert job.output.format == "tiff"


def test_a_changed_noise_level_restarts_once_and_late_events_are_dropped(
    opened: MainWindow, client: FakeClient, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = opened.denoise
    slider = tab.findChild(QSlider, "noiseSlider")
    client.pause(spec.Restore, after=2)
    slider.setValue(30)
    assert not opened.idle
    slider.setValue(31)
    qtbot.waitUntil(lambda: len(restores(client)) == 2)
    stale = restores(client)[1]
    assert stale.restoration.noise == 31
    assert not tab.inspector.noise_auto.isChecked()
    qtbot.waitUntil(lambda: tab.restorer.progress is None and tab.restorer.busy)
    slider.setValue(40)
    qtbot.waitUntil(lambda: len(restores(client)) == 3)
    assert spec.Cancel(stale.id) in client.submitted
    black = np.zeros((256, 256, 3), np.uint8)
    client.inject(events.TileReady(stale.id, 0, 0, black, black, black.shape[1], black.shape[0]))
    client.inject(events.Failed(stale.id, "error", "Stale."))
    client.go_on(spec.Restore)
    wait_idle()
    assert restores(client)[2].restoration.noise == 40
    canvas = tab.restorer.canvas
    assert canvas.failure is None
    assert all(piece.job == str(canvas.tag) for piece in canvas.after.within(0, 0, 1e9, 1e9))
    assert canvas.after.covers(0, 0, 613, 407)


def test_another_model_restarts(opened: MainWindow, client: FakeClient, wait_idle: Wait) -> None:
    picker = opened.denoise.findChild(QComboBox, "modelPicker")
    picker.setCurrentIndex(picker.findData("denoise-other"))
    assert not opened.idle
    wait_idle()
    assert [r.restoration.model for r in restores(client)] == ["denoise-fast", "denoise-other"]


def test_cancel_stops_and_run_goes_on(
    window: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    client.pause(spec.Restore, after=3)
    window.open_files([photo])
    qtbot.waitUntil(lambda: bool(restores(client)))
    button = window.denoise.findChild(QPushButton, "cancelButton")
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_idle()
    assert "Stopped" in window.denoise.row.status.text()
    assert not button.isVisible()
    client.go_on(spec.Restore)
    run = window.denoise.findChild(QPushButton, "runButton")
    assert run.isEnabled()
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    assert not window.idle
    wait_idle()
    assert window.denoise.file_list.state_of(photo) is State.DONE


def test_run_computes_again_where_all_is_there(opened: MainWindow, client: FakeClient, wait_idle: Wait) -> None:
    run = opened.denoise.findChild(QPushButton, "runButton")
    assert run.text() == "Restore again"
    run.click()
    wait_idle()
    assert len(restores(client)) == 2


def test_the_engine_dies_and_retry_works(
    window: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    client.pause(spec.Restore, after=3)
    window.open_files([photo])
    qtbot.waitUntil(lambda: window.denoise.restorer.progress is not None)
    client.die()
    wait_idle()
    assert window.denoise.file_list.state_of(photo) is State.FAILED
    assert window.notices.isVisible()
    assert window.notices.notice.details == "killed"
    client.go_on(spec.Restore)
    qtbot.mouseClick(window.notices.retry_button, Qt.MouseButton.LeftButton)
    assert not window.idle
    wait_idle()
    assert window.denoise.file_list.state_of(photo) is State.DONE
    assert not window.notices.isVisible()


def test_a_failure_goes_with_the_settings_that_it_came_of(
    opened: MainWindow, client: FakeClient, photo: Path, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab, other = opened.denoise, make_photo(tmp_path / "other.png", 60, 40)
    client.pause(spec.Restore)
    tab.inspector.ensemble_box.setChecked(True)
    qtbot.waitUntil(lambda: restores(client)[-1].restoration.ensemble)
    client.inject(events.Failed(restores(client)[-1].id, "memory", "It needs more memory than there is."))
    qtbot.waitUntil(lambda: tab.file_list.state_of(photo) is State.FAILED)
    client.go_on(spec.Restore)
    opened.open_files([other])
    wait_idle()
    tab.file_list.pick(photo)
    wait_idle()
    assert "more memory" in tab.row.status.text(), "the same would fail again"
    tab.file_list.pick(other)
    tab.inspector.ensemble_box.setChecked(False)
    wait_idle()
    tab.file_list.pick(photo)
    wait_idle()
    assert tab.restorer.current_result
    assert tab.file_list.state_of(photo) is State.DONE
    assert "memory" not in tab.row.status.text()


def test_one_bad_file_among_others(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    folder = tmp_path / "album"
    good = [make_photo(folder / f"{n}.png", 37, 31, n) for n in (1, 2)]
    bad = folder / "0.jpg"
    bad.write_bytes(b"no picture")
    window.open_files([folder])
    wait_idle()
    tab = window.denoise
    assert tab.file_list.count() == 3
    assert tab.file_list.state_of(bad) is State.FAILED
    assert "is not a picture" in tab.file_list.item(0).toolTip()
    assert tab.stack.currentWidget() is tab.failed_page
    out = tmp_path / "out"
    out.mkdir()
    (out / "1-denoised.png").write_bytes(b"keep me")
    tab.save_all_to(out)
    wait_idle()
    assert sorted(p.name for p in out.iterdir()) == ["1-denoised-2.png", "1-denoised.png", "2-denoised.png"]
    assert (out / "1-denoised.png").read_bytes() == b"keep me"
    assert tab.row.saved_label.text() == "2 of 3 saved, 1 failed"
    assert [tab.file_list.state_of(p) for p in good] == [State.SAVED, State.SAVED]
    assert window.notices.isVisible()
    bad.write_bytes(good[0].read_bytes())
    tab.retry(bad)
    wait_idle()
    assert tab.file_list.state_of(bad) is State.DONE


def test_try_again_of_a_picture_that_was_closed_does_nothing(
    opened: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait
) -> None:
    torn = tmp_path / "torn.png"
    torn.write_bytes(b"no picture")
    opened.open_files([torn])
    opened.denoise.file_list.pick(torn)
    wait_idle()
    opened.pictures.remove(torn)
    opened.denoise.retry(torn)
    wait_idle()
    assert torn not in opened.pictures.paths()
    assert "Something went wrong" not in opened.notices.text.text()


def test_rows_of_a_long_list_follow_without_holding_up_the_window(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    shown: list[Path] = []
    tab = opened.denoise
    rows = CatchingUp(tab.file_list, shown.append, opened)
    far = [tmp_path / f"{number}.png" for number in range(3 * HELPING)]
    near = tab.file_list.in_sight()
    assert near
    rows.take([*far, *near])
    assert shown[: len(near)] == near, "what is in sight goes first"
    assert len(shown) == len(near) + HELPING, "the others wait until the window has painted"
    qtbot.waitUntil(lambda: len(shown) == len(far) + len(near))
    assert set(shown) == {*far, *near}


def test_failed_saves_are_tried_again(opened: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait) -> None:
    client.unwritable.add(str(photo))
    target = photo.with_name("there.png")
    opened.denoise.save_to(target)
    wait_idle()
    assert opened.denoise.file_list.state_of(photo) is State.FAILED
    client.unwritable.clear()
    opened.notices.retry_button.click()
    wait_idle()
    assert target.is_file()
    assert opened.denoise.file_list.state_of(photo) is State.SAVED


def test_a_suffix_that_cannot_be_written_is_said(opened: MainWindow, client: FakeClient, tmp_path: Path) -> None:
    opened.denoise.save_to(tmp_path / "x.heic")
    assert not saves(client)
    assert opened.idle
    assert ".heic" in opened.notices.text.text()


def test_closing_during_a_restore_asks_nothing(
    window: MainWindow, client: FakeClient, photo: Path, qtbot: QtBot
) -> None:
    client.pause(spec.Restore, after=1)
    window.open_files([photo])
    qtbot.waitUntil(lambda: bool(restores(client)))
    assert window.close()
    assert client.closed
    assert not window.worker.isRunning()


def drop(target: QWidget, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(f)) for f in files])
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(50, 50), actions, data, buttons, no_key)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(50, 50), actions, data, buttons, no_key))


@pytest.mark.parametrize("where", ["mainWindow", "dropArea"])
def test_a_dropped_folder_opens_its_pictures(window: MainWindow, tmp_path: Path, wait_idle: Wait, where: str) -> None:
    folder = tmp_path / "füße 📷"
    make_photo(folder / "a.png", 37, 31)
    make_photo(folder / "b.png", 31, 37)
    make_photo(folder / "deep" / "c.png", 31, 37)
    (folder / "notes.txt").write_text("no picture")
    target = window if where == "mainWindow" else window.denoise.findChild(QWidget, where)
    drop(target, [folder])
    assert not window.idle
    wait_idle()
    assert [p.name for p in window.pictures.paths()] == ["a.png", "b.png"]
    assert window.notices.text.text() == "The subfolders of “füße 📷” hold pictures too."
    assert window.notices.retry_button.text() == "Open them too"
    window.notices.retry_button.click()
    wait_idle()
    assert [p.name for p in window.pictures.paths()] == ["a.png", "b.png", "c.png"]


def test_a_folder_without_pictures_is_said(window: MainWindow, tmp_path: Path, wait_idle: Wait) -> None:
    (tmp_path / "empty" / "more").mkdir(parents=True)
    window.open_files([tmp_path / "empty"])
    wait_idle()
    assert "no pictures" in window.notices.text.text()


def test_subfolders_on_request(window: MainWindow, tmp_path: Path, wait_idle: Wait) -> None:
    make_photo(tmp_path / "top" / "deep" / "c.png", 31, 37)
    window.settings.subfolders = True
    window.open_files([tmp_path / "top"])
    wait_idle()
    assert [p.name for p in window.pictures.paths()] == ["c.png"]


def test_a_copied_picture_is_pasted(window: MainWindow, wait_idle: Wait, home: Path) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    window.paste()
    wait_idle()
    path = window.pictures.paths()[0]
    assert path.parent == paths.home() / "pasted"
    assert read(str(path))[0, 0].tolist() == [255, 0, 0]
    QGuiApplication.clipboard().clear()


@pytest.fixture
def copied() -> Iterator[QImage]:
    """Return a picture that is on the clipboard."""
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    yield picture
    QGuiApplication.clipboard().clear()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let nothing that is pasted be written until this is set."""
    writing, go_on = intake._Storing.run, threading.Event()
    monkeypatch.setattr(intake._Storing, "run", lambda self: (go_on.wait(), writing(self)) and None)
    yield go_on
    go_on.set()


def test_the_window_goes_on_while_what_is_pasted_is_written(
    window: MainWindow, copied: QImage, held: threading.Event, wait_idle: Wait
) -> None:
    window.paste()
    window.paste()
    assert not window.idle
    assert not list(paths.home().glob("pasted/*"))
    held.set()
    wait_idle()
    assert len(window.pictures) == 2
    assert [QImage(str(path)) for path in window.pictures.paths()] == [copied] * 2


def test_a_window_that_is_closed_while_something_is_pasted_leaves_nothing_of_it(
    window: MainWindow, copied: QImage, held: threading.Event
) -> None:
    window.paste()
    held.set()
    window.close()
    assert not list(paths.home().glob("pasted/*"))


@pytest.mark.parametrize(("place", "words"), [("pasted", "cannot be made"), ("pasted/a.png", "could not be stored")])
def test_that_what_is_pasted_cannot_be_stored_is_said(
    window: MainWindow, copied: QImage, wait_idle: Wait, monkeypatch: pytest.MonkeyPatch, place: str, words: str
) -> None:
    if place == "pasted":
        (paths.home() / place).write_bytes(b"a file where the folder should be")
    else:
        monkeypatch.setattr(QImage, "save", lambda *_: False)
    window.paste()
    wait_idle()
    assert words in window.notices.text.text()
    assert not len(window.pictures)
    assert not list(paths.home().glob("pasted/*"))


def test_a_copied_file_is_pasted(window: MainWindow, photo: Path, wait_idle: Wait) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    QGuiApplication.clipboard().setMimeData(data)
    window.paste()
    wait_idle()
    assert window.pictures.paths() == [photo]
    QGuiApplication.clipboard().clear()


def test_the_other_tab_takes_over_the_pictures(
    opened: MainWindow, client: FakeClient, wait_idle: Wait, tmp_path: Path
) -> None:
    opened.tabs.setCurrentWidget(opened.super_resolution)
    assert not opened.idle
    wait_idle()
    tab = opened.super_resolution
    assert tab.file_list.current_path() == opened.pictures.paths()[0]
    canvas = tab.restorer.canvas
    assert (canvas.after.width, canvas.after.height) == (613 * 4, 407 * 4)
    assert restores(client)[-1].restoration == spec.Restoration("upscale", "upscale-x4-fast", scale=4.0)
    picker = tab.findChild(QComboBox, "scalePicker")
    picker.setCurrentText("2.5")
    assert not opened.idle
    wait_idle()
    assert restores(client)[-1].restoration == spec.Restoration("upscale", "upscale-x4-fast", scale=2.5)
    picker.setCurrentText("×2")
    wait_idle()
    assert restores(client)[-1].restoration == spec.Restoration("upscale", "upscale-x2-fast", scale=2.0)
    assert (canvas.after.width, canvas.after.height) == (613 * 2, 407 * 2)
    jobs = len(client.submitted)
    picker.setCurrentText("nonsense")
    assert opened.idle
    assert len(client.submitted) == jobs
    tab.save_to(tmp_path / "big.png")
    wait_idle()
    assert read(str(tmp_path / "big.png")).shape[:2] == (814, 1226)


def test_without_a_model_the_window_says_so(
    window: MainWindow, models: Path, photo: Path, client: FakeClient, wait_idle: Wait
) -> None:
    for file in models.iterdir():
        file.unlink()
    window.denoise.inspector.load_models()
    window.open_files([photo])
    wait_idle()
    assert not restores(client)
    assert "No model" in window.denoise.row.status.text()
    assert not window.denoise.findChild(QPushButton, "saveButton").isEnabled()


def test_a_removed_picture_is_forgotten(opened: MainWindow, client: FakeClient, photo: Path) -> None:
    opened.pictures.remove(photo)
    assert opened.idle
    assert opened.denoise.file_list.count() == 0
    assert opened.denoise.stack.currentWidget() is opened.denoise.drop_area
    assert any(isinstance(m, spec.Forget) and m.path == str(photo) for m in client.submitted)


def test_saving_many_can_be_paused(window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait) -> None:
    sources = [make_photo(tmp_path / "in" / f"{n}.png", 60, 40, seed=n) for n in range(8)]
    window.open_files(sources)
    wait_idle()
    tab, out = window.denoise, tmp_path / "out"
    out.mkdir()
    client.pause(spec.Save)
    tab.save_all_to(out)
    assert tab.row.pause_button.isVisibleTo(tab)
    tab.row.pause_button.click()
    begun = len(client.jobs(spec.Save))
    wait_idle()
    states = {tab.file_list.state_of(source) for source in sources}
    assert states == {State.QUEUED}, "nothing is being saved, whatever the engine holds ready"
    client.go_on(spec.Save)
    wait_idle()
    assert len(client.jobs(spec.Save)) == begun < 8
    assert "Paused" in tab.row.status.text()
    tab.row.pause_button.click()
    wait_idle()
    assert len(list(out.iterdir())) == 8
    assert [Path(job.path) for job in client.jobs(spec.Save)][begun:] == sources, "in the order of the list"
    assert not tab.row.pause_button.isVisibleTo(tab)


def test_a_pause_lets_the_file_that_is_begun_be_finished_and_no_other(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    sources = [make_photo(tmp_path / "in" / f"{n}.png", 60, 40, seed=n) for n in range(5)]
    window.open_files(sources)
    wait_idle()
    tab, out = window.denoise, tmp_path / "out"
    out.mkdir()
    client.pause(spec.Save)
    tab.save_all_to(out)
    qtbot.waitUntil(lambda: len(client.jobs(spec.Save)) == 3)
    first = client.jobs(spec.Save)[0]
    client.inject(events.Begun(first.id))
    qtbot.waitUntil(lambda: tab.file_list.state_of(sources[0]) is State.SAVING)
    tab.saves.pause(True)
    qtbot.waitUntil(lambda: not client.is_running(client.jobs(spec.Save)[2].id))
    states = [tab.file_list.state_of(source) for source in sources]
    assert states == [State.SAVING] + 4 * [State.QUEUED]
    assert "Pausing once what is under way is saved" in tab.row.status.text()
    tab.file_list.item(2).setSelected(True)
    tab.saves.cancel([sources[2]])
    client.go_on(spec.Save)
    wait_idle()
    assert [path.name for path in out.iterdir()] == ["0-denoised.png"]
    assert tab.file_list.state_of(sources[2]) is State.STOPPED
    tab.saves.pause(False)
    wait_idle()
    assert sorted(path.name for path in out.iterdir()) == [f"{n}-denoised.png" for n in (0, 1, 3, 4)]


def test_what_was_left_out_of_a_picture_is_a_button_away(
    window: MainWindow, client: FakeClient, photo: Path, wait_idle: Callable[[], None]
) -> None:
    client.notes = ("It holds a gain map.", "It holds 2 pictures.")
    window.open_files([photo])
    wait_idle()
    button = window.denoise.bar.notes_button
    assert button.isVisible()
    assert button.text() == "2 notes"
    assert button.toolTip() == "It holds a gain map.\nIt holds 2 pictures."
    button.click()
    assert window.notices.text.text() == "photo.png: It holds a gain map. It holds 2 pictures."


@pytest.mark.parametrize("mode", list(Mode))
def test_in_a_narrow_window_the_canvas_bar_says_less_but_nothing_by_halves(
    window: MainWindow, photo: Path, wait_idle: Wait, qtbot: QtBot, mode: Mode
) -> None:
    window.resize(1024, 640)
    window.open_files([photo])
    wait_idle()
    tab = window.denoise
    tab.view.mode = mode
    bar = tab.bar
    facts = bar.facts
    qtbot.waitUntil(lambda: facts.fontMetrics().horizontalAdvance(facts.text()) <= facts.width())
    assert facts.text().startswith("613 × 407")
    qtbot.waitUntil(
        lambda: all(b.width() >= b.sizeHint().width() for b in (bar.zooming.fit, bar.zooming.two, bar.divide))
    )


def test_a_panel_that_begins_to_scroll_does_not_move_aside(window: MainWindow, qtbot: QtBot) -> None:
    picker = window.denoise.inspector.model_picker
    window.resize(1200, 1000)
    qtbot.waitUntil(lambda: window.height() == 1000)
    before = picker.width()
    bar = window.denoise.inspector.findChild(QScrollArea, "inspectorScroll").verticalScrollBar()
    assert not bar.isVisible()
    window.resize(1200, 600)
    qtbot.waitUntil(bar.isVisible)
    assert picker.width() == before


def test_what_is_opened_is_chosen_alone(window: MainWindow, tmp_path: Path, wait_idle: Wait, qtbot: QtBot) -> None:
    files = [make_photo(tmp_path / f"{n}.png", 60, 40, seed=n) for n in range(3)]
    for path in files:
        window.open_files([path])
        wait_idle()
    files_shown = window.denoise.file_list
    assert files_shown.selected() == [files[2]]
    files_shown.setFocus()
    qtbot.keyClick(files_shown, Qt.Key.Key_Delete)
    assert window.pictures.paths() == files[:2]


def test_a_picture_that_comes_back_says_at_once_that_it_is_done(
    window: MainWindow, tmp_path: Path, wait_idle: Wait
) -> None:
    first, second = (make_photo(tmp_path / f"{n}.png", 60, 40, seed=n) for n in range(2))
    window.open_files([first, second])
    wait_idle()
    tab = window.denoise
    tab.file_list.pick(second)
    wait_idle()
    tab.file_list.pick(first)
    wait_idle()
    assert tab.states.of(first)[0] is State.DONE
    assert tab.file_list.state_of(first) is State.DONE


def test_escape_leaves_the_full_screen(window: MainWindow, qtbot: QtBot) -> None:
    window.toggle_full_screen()
    assert window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()


def shown_zoom(window: MainWindow) -> str:
    return window.denoise.findChild(QLabel, "zoomLabel").text()


def test_no_zoom_is_said_in_powers_of_ten(opened: MainWindow) -> None:
    opened.denoise.view.zoom_to(22.6)
    assert shown_zoom(opened) == "2260 %"
    opened.denoise.view.zoom_to(0.5)
    assert shown_zoom(opened) == "50 %"


def test_the_squares_under_what_is_transparent_are_explained(opened: MainWindow) -> None:
    tab = opened.denoise
    canvas = tab.restorer.canvas
    assert canvas is not None
    assert canvas.facts is not None
    assert not tab.bar.notes_button.isVisible()
    canvas.facts = replace(canvas.facts, has_alpha=True)
    tab.refresh()
    assert tab.bar.notes_button.isVisible()
    tab.bar.notes_button.click()
    assert "where it is transparent" in opened.notices.text.text()
