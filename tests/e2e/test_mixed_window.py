"""The real window and engine: what is mixed, given back and masked is saved as it was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.compare_view import CompareView
from aestudio.ui.widgets.panes import Mode
from tests.real_window import opened

PATIENCE = 240_000


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return a photograph with noise, that takes several tiles and fits the canvas."""
    with Image.open(next(paths.resources_folder().glob("samples/small-*.png"))) as image:
        clean = np.asarray(image.convert("RGB").resize((700, 520), Image.Resampling.BICUBIC))
    noisy = clean + np.random.default_rng(0).normal(0, 20, clean.shape)
    path = tmp_path / "grainy.png"
    Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8)).save(path)
    return path


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with opened(qtbot) as made:
        yield made


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)


def shown(view: CompareView) -> NDArray[np.int64]:
    """Return the whole picture as it is painted at 1:1."""
    view.clearFocus()
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    x, y = int(view.viewport.x), int(view.viewport.y)
    return pixels[y : y + int(view.viewport.height), x : x + int(view.viewport.width)].astype(int)


def pixels(path: Path) -> NDArray[np.int64]:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_what_is_mixed_and_masked_is_saved_as_it_was_shown(
    window: MainWindow, settle: Callable[[], None], qtbot: QtBot, photo: Path, tmp_path: Path
) -> None:
    tab = window.denoise
    window.open_files([photo])
    tab.view.mode = Mode.AFTER
    settle()
    assert tab.view.viewport.zoom == 1.0
    whole = shown(tab.view)

    mixing = tab.inspector.mixing
    mixing.strength.slider.setValue(80)
    mixing.apart.click()
    mixing.colour.slider.setValue(30)
    settle()
    plain = shown(tab.view)
    mixing.detail.slider.setValue(100)
    settle()
    fine = shown(tab.view)
    assert np.abs(fine - plain).mean() > 0.05
    tab.save_to(tmp_path / "fine.png")
    settle()
    assert np.abs(pixels(tmp_path / "fine.png") - fine).max() <= 1

    tab.inspector.region.fold.click()
    tab.inspector.region.brush.click()
    corners = [QPoint(*(round(n) for n in tab.view.viewport.to_canvas(x, 260))) for x in (300, 400)]
    qtbot.mousePress(tab.view, Qt.MouseButton.LeftButton, pos=corners[0])
    qtbot.mouseMove(tab.view, corners[1])
    qtbot.mouseRelease(tab.view, Qt.MouseButton.LeftButton, pos=corners[1])
    tab.brush.leave()
    settle()
    masked = shown(tab.view)
    assert np.array_equal(masked[:200, :200], pixels(photo)[:200, :200])
    assert np.array_equal(masked[255:265, 310:390], fine[255:265, 310:390])
    tab.save_to(tmp_path / "masked.png")
    settle()
    assert np.abs(pixels(tmp_path / "masked.png") - masked).max() <= 1

    # and the result itself is there as before, without another inference
    mixing.apart.click()
    mixing.strength.slider.setValue(100)
    mixing.detail.slider.setValue(0)
    tab.inspector.region.clear.click()
    settle()
    assert np.array_equal(shown(tab.view), whole)
