"""Strength for light and for colour apart: shown at once, saved as shown, the picture's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage
from pytestqt.qtbot import QtBot

from aestudio.jobs.spec import Restore
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.compare_view import CompareView
from aestudio.ui.widgets.panes import Mode
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]


def on_screen(view: CompareView) -> NDArray[np.uint8]:
    """Return the pixels of the picture as they are painted at 1:1, the part that is in sight."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    shot = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    x, y = int(view.viewport.x), int(view.viewport.y)
    return shot[y : y + int(view.viewport.height), x : x + int(view.viewport.width)].copy()


def same(window: MainWindow, target: Path, wait_idle: Wait) -> bool:
    """Save what is shown and return whether the file holds it."""
    view = window.denoise.view
    view.mode = Mode.AFTER
    view.zoom_to(1.0)
    view.clearFocus()
    wait_idle()
    window.denoise.save_to(target)
    wait_idle()
    with Image.open(target) as saved:
        difference = np.abs(np.asarray(saved).astype(int) - on_screen(view))
    return bool(difference.max() <= 1)


def test_light_and_colour_apart_are_shown_and_saved_alike(
    opened: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait
) -> None:
    panel = opened.denoise.inspector.mixing
    assert not panel.colour.isVisible()
    panel.strength.slider.setValue(80)
    panel.apart.click()
    assert panel.colour.isVisible()
    assert panel.colour.value == 80
    panel.colour.slider.setValue(10)
    wait_idle()
    assert opened.denoise.view.mixed is not None
    assert same(opened, tmp_path / "apart.png", wait_idle)
    assert len(client.jobs(Restore)) == 1
    panel.apart.click()
    assert opened.denoise.view.mixed is None
    assert same(opened, tmp_path / "together.png", wait_idle)


def test_detail_is_shown_and_saved_alike(
    opened: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait
) -> None:
    view, panel = opened.denoise.view, opened.denoise.inspector.mixing
    view.mode = Mode.AFTER
    view.zoom_to(1.0)
    without = on_screen(view)
    panel.detail.slider.setValue(100)
    wait_idle()
    assert not np.array_equal(on_screen(view), without)
    assert same(opened, tmp_path / "fine.png", wait_idle)
    assert len(client.jobs(Restore)) == 1
    assert not opened.super_resolution.inspector.mixing.detail.isVisibleTo(opened.super_resolution)


def test_a_moved_view_is_mixed_where_it_came_to(opened: MainWindow, wait_idle: Wait) -> None:
    view, panel = opened.denoise.view, opened.denoise.inspector.mixing
    view.zoom_to(4.0)
    panel.apart.click()
    panel.colour.slider.setValue(0)
    wait_idle()
    mixed = view.mixed
    assert mixed is not None
    few = len(mixed)
    view.fit()
    wait_idle()
    assert view.after is not None
    assert few < len(mixed) == len(view.after)


def test_colour_apart_is_undone_and_copied(opened: MainWindow, wait_idle: Wait) -> None:
    tab = opened.denoise
    tab.inspector.mixing.apart.click()
    tab.inspector.mixing.colour.slider.setValue(20)
    assert tab.inspector.choice().colour == 0.2
    opened.findChild(QAction, "undoAction").trigger()
    assert tab.inspector.choice().colour is None
    assert not tab.inspector.mixing.colour.isVisible()


def stroke(window: MainWindow, qtbot: QtBot, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag the brush over the picture, from one of its points to another."""
    view = window.denoise.view
    place = [QPoint(*(round(n) for n in view.viewport.to_canvas(*point))) for point in (start, end)]
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=place[0])
    qtbot.mouseMove(view, place[1])
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place[1])


def original(photo: Path) -> NDArray[np.int64]:
    with Image.open(photo) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def test_only_what_is_painted_is_restored(
    opened: MainWindow, client: FakeClient, photo: Path, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = opened.denoise
    region = tab.inspector.region
    tab.view.mode = Mode.AFTER
    tab.view.zoom_to(1.0)
    region.fold.click()
    region.brush.click()
    stroke(opened, qtbot, (100, 100), (200, 100))
    wait_idle()
    qtbot.keyClick(tab.view, Qt.Key.Key_Escape)
    assert tab.view.tool is None
    assert tab.inspector.own_box.isChecked()
    assert same(opened, tmp_path / "inside.png", wait_idle)
    before, shown = original(photo), on_screen(tab.view).astype(int)
    after = client.result(before.astype(np.uint8), tab.inspector.choice().restoration("denoise"))[1]  # type: ignore[arg-type]
    assert np.array_equal(shown[300:, 300:], before[300:, 300:])
    assert np.array_equal(shown[95:105, 120:180], after[95:105, 120:180])
    region.inverted.click()
    wait_idle()
    shown = on_screen(tab.view).astype(int)
    assert np.array_equal(shown[95:105, 120:180], before[95:105, 120:180])
    assert np.array_equal(shown[300:, 300:], after[300:, 300:])
    assert same(opened, tmp_path / "outside.png", wait_idle)
    assert len(client.jobs(Restore)) == 1
    region.clear.click()
    wait_idle()
    assert np.array_equal(on_screen(tab.view), after)


def test_strokes_are_undone_and_a_mask_stays_with_its_picture(
    opened: MainWindow, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = opened.denoise
    region, first = tab.inspector.region, tab.file_list.current_path()
    assert first is not None
    region.fold.click()
    region.brush.click()
    stroke(opened, qtbot, (100, 100), (200, 100))
    once = region.painted
    assert once is not None
    region.eraser.click()
    # a larger one, so that no trace of the soft rim is left
    region.brush_size.slider.setValue(20 * 2)
    stroke(opened, qtbot, (100, 100), (200, 100))
    assert region.painted is None
    undo = opened.findChild(QAction, "undoAction")
    assert isinstance(undo, QAction)
    undo.trigger()
    assert region.painted == once
    stored, copied = tab.keeper.stored(), tab.keeper.copy()
    opened.open_files([make_photo(tmp_path / "second.png", 300, 200, seed=1)])
    wait_idle()
    assert region.painted is None
    assert tab.view.tool is None
    tab.keeper.paste(copied)
    assert region.painted is None
    tab.file_list.pick(first)
    wait_idle()
    assert region.painted == once
    undo.trigger()
    tab.keeper.begin(stored)
    assert tab.keeper.choices.of(first).mask == once


def test_the_brush_works_by_key(opened: MainWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    tab = opened.denoise
    region = tab.inspector.region
    region.fold.click()
    region.brush.click()
    qtbot.keyClick(tab.view, Qt.Key.Key_BracketRight)
    assert region.brush_size.value == 10
    qtbot.keyClick(tab.view, Qt.Key.Key_Left)
    qtbot.keyClick(tab.view, Qt.Key.Key_Return)
    wait_idle()
    assert region.painted is not None
    weights = region.painted.weights(0, 0, (407, 613), (613, 407))
    rows, columns = np.nonzero(weights[..., 0] > 0.5)
    assert columns.mean() == pytest.approx(613 / 2 - 613 * 0.05, abs=2)
    assert rows.mean() == pytest.approx(407 / 2, abs=2)
    assert columns.max() - columns.min() == pytest.approx(613 * 0.1, abs=4)
    opened.denoise.inspector.region.fold.click()
    assert tab.view.tool is None
