"""The training studio with a real training process: Start, a model, and the model in the picker."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.ui.app import create_app
from aestudio.ui.dialogs.train import TrainDialog
from aestudio.ui.main_window import MainWindow
from aestudio.ui.training.run import State

LIMIT = 600_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with crops of the sample pictures."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    samples = sorted((paths.resources_folder() / "samples").glob("*.[pj]*g"))
    for number, path in enumerate([*samples, *samples][:6]):
        with Image.open(path) as sample:
            sample.convert("RGB").resize((240 + 8 * number, 200)).save(folder / f"{number}.png")
    return folder


def test_start_makes_a_model_that_is_in_the_picker(qtbot: QtBot, folder: Path) -> None:
    create_app(["aestudio"])
    window = MainWindow()
    window.show()
    window.findChild(QAction, "trainAction").trigger()
    dialog = window.findChild(TrainDialog)
    dialog.findChild(QLineEdit, "folderField").setText(str(folder))
    dialog.findChild(QLineEdit, "nameField").setText("From my garden")
    kinds = dialog.findChild(QComboBox, "recipePicker")
    kinds.setCurrentIndex(kinds.findData("denoise-fast"))
    dialog.findChild(QDoubleSpinBox, "minutesField").setValue(0.1)
    dialog.findChild(QPushButton, "startButton").click()
    trainer = window.training.trainer
    qtbot.waitUntil(lambda: not trainer.alive, timeout=LIMIT)
    assert trainer.run is not None
    assert trainer.run.state is State.DONE, trainer.run.refused
    assert "never saw" in dialog.findChild(QLabel, "reportView").text()
    picker = window.denoise.inspector.model_picker
    assert picker.findData("from-my-garden") >= 0
    assert picker.findText("From my garden") >= 0
    qtbot.waitUntil(lambda: not dialog.watch.preview.empty, timeout=LIMIT)
    dialog.close()
    window.close()
