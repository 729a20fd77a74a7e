"""What tests with the real engine share: an album of noisy pictures, and a window that notes what it does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.jobs.client import ProcessClient
from aestudio.ui.app import create_app
from aestudio.ui.main_window import MainWindow
from tests.real_window import PATIENCE, PICTURES


@pytest.fixture
def album(tmp_path: Path) -> list[Path]:
    """Return noisy pictures of uneven sizes."""
    folder = tmp_path / "album ü"
    folder.mkdir()
    files = []
    for number in range(PICTURES):
        height, width = 151 + 90 * number, 203 + 60 * number
        noise = np.random.default_rng(number).normal(128, 30, (height, width, 3))
        files.append(folder / f"{number}.png")
        Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8)).save(files[-1])
    return files


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder for results."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def engine() -> ProcessClient:
    return ProcessClient()


@pytest.fixture
def window(qtbot: QtBot, engine: ProcessClient) -> Iterator[MainWindow]:
    """Return a window that looks for what earlier ones left behind."""
    create_app(["aestudio"])
    made = MainWindow(engine)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made._sure = lambda left: True  # after a failed test nobody is there to answer
    made.close()
    made.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def opened(window: MainWindow, album: list[Path], qtbot: QtBot) -> MainWindow:
    """Return the window with the album open, and with a model that is told the noise."""
    window.denoise.inspector.noise.set_value(20)
    window.denoise.inspector._on_noise_touched()
    window.open_files(album)
    qtbot.waitUntil(lambda: window.idle, timeout=PATIENCE)
    return window
