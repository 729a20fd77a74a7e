"""The part of the photo that is watched while it is learned from is chosen before the run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aestudio.ui.dialogs.train import TrainDialog
from aestudio.ui.main_window import MainWindow
from aestudio.ui.training.crop_picker import CropPicker
from tests.ui.conftest import make_photo


@pytest.fixture
def picker(opened: MainWindow, photo: Path, qtbot: QtBot) -> CropPicker:
    """Return the picker of a photo of 613 x 407 with a crop of 128 on a side."""
    opened.findChild(QAction, "learnAction").trigger()
    found = opened.findChild(CropPicker)
    qtbot.waitUntil(lambda: "pixels" in found.accessibleDescription(), timeout=60_000)
    found.show_photo(photo, (178, 75, 128))
    return found


def test_keys_move_it_and_the_photo_ends_it(picker: CropPicker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(picker.moved):
        QTest.keyClick(picker, Qt.Key.Key_Right)
    assert picker.crop == (186, 75, 128)
    assert "128 × 128 pixels, 186 from the left and 75 from the top." in picker.accessibleDescription()
    QTest.keyClick(picker, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert picker.crop == (186, 203, 128)
    for _ in range(5):
        QTest.keyClick(picker, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(picker, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert picker.crop == (0, 407 - 128, 128)


def test_the_mouse_puts_its_middle_where_it_is_and_the_run_gets_it(picker: CropPicker, opened: MainWindow) -> None:
    area = picker._area()
    at = QPoint(round(area.left() + area.width() / 2), round(area.top() + area.height() / 2))
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert picker.crop == (0, 0, 128)
    QTest.mousePress(picker, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    QTest.mouseMove(picker, at)
    QTest.mouseRelease(picker, Qt.MouseButton.LeftButton, pos=at)
    left, top, side = picker.crop or (0, 0, 0)
    assert (left + side / 2, top + side / 2) == (pytest.approx(613 / 2, abs=3), pytest.approx(407 / 2, abs=3))
    asked = opened.findChild(TrainDialog).form.request()
    assert asked.crop == picker.crop
    assert ",".join(map(str, picker.crop or ())) in asked.arguments()


def test_what_was_chosen_stays_until_another_photo_comes(picker: CropPicker, photo: Path) -> None:
    QTest.keyClick(picker, Qt.Key.Key_Right)
    chosen = picker.crop
    picker.show_photo(photo, (0, 0, 128))
    assert picker.crop == chosen
    picker.show_photo(make_photo(photo.with_name("other.png"), 64, 64), (0, 0, 512))
    assert picker.crop == (0, 0, 512)
    picker.show_photo(None, None)
    assert picker.crop is None
    QTest.keyClick(picker, Qt.Key.Key_Right)
    assert picker.crop is None


def test_a_crop_larger_than_its_photo_is_made_to_fit(picker: CropPicker, photo: Path, qtbot: QtBot) -> None:
    picker.show_photo(make_photo(photo.with_name("other.png"), 61, 47), (0, 0, 512))
    qtbot.waitUntil(lambda: picker.crop == (0, 0, 47), timeout=60_000)
