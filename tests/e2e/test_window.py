"""The real window and the real engine: a photo dropped in, restored, saved."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QProgressBar, QTabWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.evaluation.metrics import psnr
from aestudio.jobs.client import ProcessClient
from aestudio.ui.main_window import MainWindow
from tests.real_window import opened

PATIENCE = 120_000
SIGMA = 25


@pytest.fixture
def clean() -> NDArray[np.uint8]:
    """Return a clean photograph, one of the samples."""
    path = next(paths.resources_folder().glob("samples/small-*.png"))
    with Image.open(path) as image:
        return np.array(image.convert("RGB"))


@pytest.fixture
def photo(clean: NDArray[np.uint8], tmp_path: Path) -> Path:
    """Return the photograph with noise, as a file holds it."""
    noisy = clean + np.random.default_rng(0).normal(0, SIGMA, clean.shape)
    path = tmp_path / "grainy photo ü.png"
    Image.fromarray(np.clip(np.rint(noisy), 0, 255).astype(np.uint8)).save(path)
    return path


@pytest.fixture
def engine() -> ProcessClient:
    return ProcessClient()


@pytest.fixture
def window(qtbot: QtBot, engine: ProcessClient) -> Iterator[MainWindow]:
    with opened(qtbot, engine) as made:
        yield made


@pytest.fixture
def settle(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)


def page(window: MainWindow, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert found is not None
    tabs = window.findChild(QTabWidget, "tabs")
    assert tabs is not None
    tabs.setCurrentWidget(found)
    return found


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 400), copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), copy, data, left, none))


def pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.array(image)


def test_a_dropped_photo_is_denoised_and_saved(
    window: MainWindow, settle: Callable[[], None], photo: Path, clean: NDArray[np.uint8], tmp_path: Path
) -> None:
    page(window, "denoiseTab")
    drop(window, photo)
    assert not window.idle
    settle()
    target = tmp_path / "saved.png"
    window.denoise.save_to(target)
    assert not window.idle
    settle()
    assert psnr(pixels(target), clean) >= psnr(pixels(photo), clean) + 5


def test_a_photo_is_enlarged_and_saved(
    window: MainWindow, settle: Callable[[], None], clean: NDArray[np.uint8], tmp_path: Path
) -> None:
    small = tmp_path / "small.png"
    with Image.fromarray(clean) as image:
        image.resize((64, 48), Image.Resampling.BICUBIC).save(small)
    page(window, "superResolutionTab")
    window.open_files([small])
    settle()
    target = tmp_path / "large.png"
    window.super_resolution.save_to(target)
    settle()
    assert pixels(target).shape == (192, 256, 3)


def test_a_saved_result_brings_its_settings_back_and_can_be_copied(
    window: MainWindow, settle: Callable[[], None], qtbot: QtBot, photo: Path
) -> None:
    page(window, "denoiseTab")
    window.open_files([photo])
    settle()
    controls = window.denoise.inspector
    controls.choose_model("denoise-fast")
    assert controls.noise is not None
    controls.noise.field.setValue(21)
    controls.strength.field.setValue(80)
    chosen = controls.choice()
    settle()
    window.front.save()
    dialog = window.denoise.saves.dialog
    assert dialog is not None
    dialog.form.format_picker.setCurrentIndex(dialog.form.format_picker.findData("jpeg"))
    dialog.form.format_picker.activated.emit(0)
    qtbot.waitUntil(lambda: dialog.size_words.text().startswith("About"), timeout=PATIENCE)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    result = photo.with_name("grainy photo ü-denoised.jpg")
    with Image.open(result) as image, Image.open(photo) as original:
        assert image.size == original.size
    controls.noise.field.setValue(5)
    controls.strength.field.setValue(100)
    window.open_files([result])
    settle()
    assert window.notices.retry_button.text() == "Use its settings"
    window.notices.retry_button.click()
    settle()
    assert controls.choice() == chosen
    window.front.copy()
    settle()
    assert QApplication.clipboard().image().size().toTuple() == original.size


def test_digits_are_sampled_and_the_map_is_drawn(window: MainWindow, settle: Callable[[], None], qtbot: QtBot) -> None:
    tab = page(window, "generateTab")
    settle()
    button = tab.findChild(QWidget, "sampleButton")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    latent_map = tab.findChild(QWidget, "latentMap")
    assert latent_map is not None
    shades = latent_map.grab().toImage()
    greys = {shades.pixelColor(x, y).lightness() for x in range(10, shades.width(), 9) for y in range(10, 400, 9)}
    assert len(greys) > 20


def test_killing_the_engine_leaves_the_window_and_a_retry_works(
    window: MainWindow, engine: ProcessClient, settle: Callable[[], None], qtbot: QtBot, photo: Path, tmp_path: Path
) -> None:
    with Image.open(photo) as image:
        large = tmp_path / "large.png"
        image.resize((900, 700)).save(large)
    page(window, "denoiseTab")
    window.open_files([large])
    progress = window.denoise.findChild(QProgressBar, "progressBar")
    assert progress is not None
    qtbot.waitUntil(lambda: progress.value() > 0, timeout=PATIENCE)
    assert engine.pid
    os.kill(engine.pid, signal.SIGKILL)
    settle()
    assert window.isVisible()
    assert window.notices.isVisible()
    retry = window.notices.findChild(QToolButton, "retryButton")
    assert retry is not None
    qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    settle()
    target = tmp_path / "saved.png"
    window.denoise.save_to(target)
    settle()
    assert pixels(target).shape == (700, 900, 3)


def test_closing_leaves_no_process(
    window: MainWindow, engine: ProcessClient, settle: Callable[[], None], photo: Path
) -> None:
    window.open_files([photo])
    settle()
    pid = engine.pid
    assert pid
    window.close()
    assert not psutil.pid_exists(pid)
