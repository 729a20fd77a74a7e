"""The training studio with a real training process: Start, a model, and the model in the picker."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.catalog import store
from aestudio.ui.app import create_app
from aestudio.ui.dialogs.models import words_of
from aestudio.ui.dialogs.train import TrainDialog
from aestudio.ui.main_window import MainWindow
from aestudio.ui.training.run import State

LIMIT = 600_000
SIDE = 128


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


def train(dialog: TrainDialog, window: MainWindow, qtbot: QtBot) -> None:
    """Press Start and wait for the model. What is found in six small pictures before does not matter here."""
    dialog.findChild(QPushButton, "startButton").click()
    trainer = window.training.trainer
    anyway = dialog.findChild(QPushButton, "startAnywayButton")
    qtbot.waitUntil(lambda: trainer.run is not None or (anyway.isVisible() and anyway.isEnabled()), timeout=LIMIT)
    if trainer.run is None:
        anyway.click()
    qtbot.waitUntil(lambda: trainer.run is not None and not trainer.alive, timeout=LIMIT)
    assert trainer.run is not None
    assert trainer.run.state is State.DONE, trainer.run.refused


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
    train(dialog, window, qtbot)
    assert "never saw" in dialog.findChild(QLabel, "reportView").text()
    picker = window.denoise.inspector.model_picker
    assert picker.findData("from-my-garden") >= 0
    assert picker.findText("From my garden") >= 0
    qtbot.waitUntil(lambda: not dialog.watch.preview.empty, timeout=LIMIT)
    dialog.close()
    window.close()


def test_a_model_is_learned_from_the_photo_that_is_open(qtbot: QtBot, tmp_path: Path) -> None:
    with Image.open(sorted((paths.resources_folder() / "samples").glob("noisy-*.jpg"))[0]) as sample:
        sample.convert("RGB").crop((0, 0, 211, SIDE + 9)).save(tmp_path / "night.png")
    create_app(["aestudio"])
    window = MainWindow()
    window.show()
    window.open_files([tmp_path / "night.png"])
    qtbot.waitUntil(lambda: window.idle and window.denoise.restorer.current_result, timeout=LIMIT)
    window.findChild(QAction, "learnAction").trigger()
    dialog = window.findChild(TrainDialog)
    assert dialog.findChild(QLineEdit, "nameField").text() == "Learned from night"
    dialog.findChild(QDoubleSpinBox, "minutesField").setValue(1.0)
    dialog.findChild(QPushButton, "startButton").click()
    run = window.training.trainer.run
    assert run is not None
    assert (run.request.start, run.request.self_supervised) == ("photo-fast", True)
    qtbot.waitUntil(lambda: len(run.scores) > 1 or not run.state.alive, timeout=LIMIT)
    assert run.state is State.RUNNING, run.refused
    with Image.open(paths.examples_file(paths.runs_folder() / run.request.name)) as sheet:
        # the photo as it is, the shipped model, and what is being learned: never a truth
        assert sheet.size == (3 * SIDE, SIDE)
        photo, shipped, _ = (sheet.crop((n * SIDE, 0, (n + 1) * SIDE, SIDE)).tobytes() for n in range(3))
    assert photo != shipped
    dialog.findChild(QPushButton, "stopButton").click()
    qtbot.waitUntil(lambda: not window.training.trainer.alive, timeout=LIMIT)
    assert run.state is State.DONE, run.refused
    assert window.denoise.inspector.model_picker.findText("Learned from night") >= 0
    assert window.denoise.keeper.choices.of(tmp_path / "night.png").model == "learned-from-night"
    qtbot.waitUntil(lambda: window.idle and window.denoise.restorer.current_result, timeout=LIMIT)
    assert window.denoise.restorer.canvas is not None
    assert window.denoise.restorer.canvas.shown.model == "learned-from-night"
    dialog.close()
    window.close()


def test_damage_that_is_seen_on_ones_own_pictures_is_what_the_model_learns_to_undo(qtbot: QtBot, folder: Path) -> None:
    create_app(["aestudio"])
    window = MainWindow()
    window.show()
    window.findChild(QAction, "trainAction").trigger()
    dialog = window.findChild(TrainDialog)
    dialog.findChild(QLineEdit, "folderField").setText(str(folder))
    dialog.findChild(QLineEdit, "nameField").setText("Against fog")
    dialog.form.fold.setChecked(True)
    dialog.findChild(QCheckBox, "customBox").setChecked(True)
    preview = dialog.form.advanced.damage.preview
    qtbot.waitUntil(lambda: preview.answers > 0, timeout=LIMIT)
    earlier, mild = preview.strongest.pixmap().toImage(), preview.mildest.pixmap().toImage()
    answers = preview.answers
    dialog.findChild(QDoubleSpinBox, "gaussianHighField").setValue(60)
    qtbot.waitUntil(lambda: preview.answers > answers, timeout=LIMIT)
    assert preview.strongest.pixmap().toImage() != earlier
    assert preview.mildest.pixmap().toImage() == mild
    dialog.findChild(QCheckBox, "blurBox").setChecked(True)
    dialog.findChild(QDoubleSpinBox, "minutesField").setValue(0.1)
    train(dialog, window, qtbot)
    card = store.find("against-fog").card
    assert card.training["degradation"] == "custom"
    assert card.training["damage"] == {"blur": [0.2, 1.2], "gaussian": [0.0, 60.0]}
    assert "blur of 0.2 to 1.2 pixels, Gaussian noise of 0 to 60" in words_of(card)
    dialog.close()
    window.close()
