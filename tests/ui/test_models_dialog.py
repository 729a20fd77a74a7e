"""Models of one's own in the window: renamed, exported, imported and deleted, by the real command line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QInputDialog, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from aestudio import extras
from aestudio.catalog.card import Card, read_card
from aestudio.models.registry import build
from aestudio.models.weights import save_network
from aestudio.ui.dialogs.models import ModelsDialog
from aestudio.ui.main_window import MainWindow
from tests.ui.conftest import write_card


def make(folder: Path, model_id: str, title: str) -> Path:
    arguments = {"widths": [8, 16], "blocks": 1}
    path = folder / f"{model_id}.safetensors"
    state = build("restoration-unet", arguments).state_dict()
    save_network(state, Card(model_id, title, "denoise", "restoration-unet", arguments, noise_range=[0, 50]), path)
    return path


@pytest.fixture
def mine(home: Path) -> Path:
    return make(home / "models", "mine", "My garden")


@pytest.fixture
def dialog(window: MainWindow, mine: Path) -> ModelsDialog:
    window.findChild(QAction, "modelsAction").trigger()
    return window.findChild(ModelsDialog)


@pytest.fixture
def says(dialog: ModelsDialog, qtbot: QtBot) -> Callable[[str], None]:
    """Return what waits until the dialog says something."""
    status = dialog.findChild(QLabel, "modelsStatus")
    return lambda text: qtbot.waitUntil(lambda: text in status.text(), timeout=60_000)


def test_a_new_title_is_in_the_lists_at_once(
    dialog: ModelsDialog, window: MainWindow, mine: Path, qtbot: QtBot, says: Callable[[str], None]
) -> None:
    dialog.findChild(QAction, "model-mine-rename").trigger()
    asked = dialog.findChild(QInputDialog, "modelTitleDialog")
    asked.setTextValue("The park")
    asked.accept()
    says("It is called “The park” now.")
    assert read_card(mine).title == "The park"
    picker = window.denoise.inspector.model_picker
    assert picker.itemText(picker.findData("mine")) == "The park"
    assert any(label.text() == "The park" for label in dialog.findChildren(QLabel))


def test_a_model_that_is_dropped_is_checked_and_listed(
    dialog: ModelsDialog, window: MainWindow, tmp_path: Path, home: Path, says: Callable[[str], None]
) -> None:
    drop(dialog, make(tmp_path, "theirs", "Their garden"))
    says("“Their garden” is in the lists of models now.")
    assert (home / "models" / "theirs.safetensors").exists()
    assert window.denoise.inspector.model_picker.findData("theirs") >= 0
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"\x80\x04nothing good")
    drop(dialog, broken)
    says("is a pickle")


def test_of_several_files_each_is_taken_and_told(
    dialog: ModelsDialog, tmp_path: Path, home: Path, qtbot: QtBot, says: Callable[[str], None]
) -> None:
    broken = tmp_path / "broken.safetensors"
    broken.write_bytes(b"\x80\x04nothing good")
    drop(dialog, make(tmp_path, "one", "One garden"), broken, make(tmp_path, "two", "Two gardens"))
    says("“Two gardens” is in the lists of models now.")
    first, second, third = dialog.status.text().splitlines()
    assert first == "“One garden” is in the lists of models now."
    assert "is a pickle" in second
    assert third == "“Two gardens” is in the lists of models now."
    assert dialog.status.property("level") == "failure"
    drop(dialog, make(tmp_path, "three", "Three gardens"))
    says("“Three gardens” is in the lists of models now.")
    assert len(dialog.status.text().splitlines()) == 1
    assert {p.stem for p in (home / "models").glob("*.safetensors")} == {"mine", "one", "two", "three"}


def test_the_keyboard_goes_through_the_models_before_the_buttons_below(dialog: ModelsDialog) -> None:
    stop, order = dialog.models, list[str]()
    while (stop := stop.nextInFocusChain()) is not dialog.models:
        if isinstance(stop, QAbstractButton):
            order.append(stop.objectName())
    assert order[-3:] == ["importModelButton", "modelsFolderButton", "closeButton"]
    assert all(name.endswith("-menu") for name in order[:-3])
    assert len(order) > 3


@pytest.mark.parametrize(("frozen", "there"), [(False, False), (True, False), (True, True)])
def test_onnx_is_offered_where_it_can_be_had(
    window: MainWindow, mine: Path, monkeypatch: pytest.MonkeyPatch, frozen: bool, there: bool
) -> None:
    monkeypatch.setattr(extras, "ONNX", ("json",) if there else ("json", "a_library_that_is_not_there"))
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    dialog = ModelsDialog(window)
    assert dialog.findChild(QAction, "model-mine-onnx").isVisible() == (there or not frozen)
    assert dialog.findChild(QAction, "model-mine-export").isVisible()


def drop(dialog: ModelsDialog, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, none))


def test_a_copy_is_written_where_a_person_wants_it(
    dialog: ModelsDialog, mine: Path, tmp_path: Path, says: Callable[[str], None]
) -> None:
    dialog.export(read_card(mine), tmp_path / "sent.safetensors")
    says("is in")
    assert (tmp_path / "sent.safetensors").read_bytes() == mine.read_bytes()


def test_a_model_goes_to_the_trash_once_it_is_asked_for(
    dialog: ModelsDialog,
    window: MainWindow,
    mine: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    says: Callable[[str], None],
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    picker = window.denoise.inspector.model_picker
    picker.setCurrentIndex(picker.findData("mine"))
    dialog.findChild(QAction, "model-mine-delete").trigger()
    box = dialog.findChild(QMessageBox, "deleteModelQuestion")
    keep, delete = (next(b for b in box.buttons() if b.text() == text) for text in ("Keep", "Delete"))
    assert box.defaultButton() is keep
    keep.click()
    assert mine.exists()
    dialog.findChild(QAction, "model-mine-delete").trigger()
    box = next(b for b in dialog.findChildren(QMessageBox, "deleteModelQuestion") if b.isVisible())
    delete = next(b for b in box.buttons() if b.text() == "Delete")
    delete.click()
    says("“My garden” is in the trash.")
    assert not mine.exists()
    assert picker.findData("mine") == -1
    assert picker.currentData() == "denoise-fast"
    assert [p.name for p in tmp_path.rglob("mine.safetensors")] == ["mine.safetensors"]


def test_without_a_trash_nothing_is_deleted(
    dialog: ModelsDialog, mine: Path, monkeypatch: pytest.MonkeyPatch, says: Callable[[str], None]
) -> None:
    monkeypatch.setattr("aestudio.ui.dialogs.models.QFile.moveToTrash", lambda path: False)
    dialog.delete(read_card(mine))
    says("There is no trash")
    assert mine.exists()


def test_a_model_that_was_deleted_by_hand_is_offered_no_more(
    dialog: ModelsDialog, window: MainWindow, mine: Path, monkeypatch: pytest.MonkeyPatch, says: Callable[[str], None]
) -> None:
    picker = window.denoise.inspector.model_picker
    picker.setCurrentIndex(picker.findData("mine"))
    monkeypatch.setattr("aestudio.ui.dialogs.models.QFile.moveToTrash", lambda path: False)
    dialog.delete(read_card(mine))
    says("There is no trash")
    mine.unlink()
    QApplication.sendEvent(dialog, QEvent(QEvent.Type.WindowActivate))
    assert not dialog.status.isVisible()
    assert picker.findData("mine") == -1
    assert picker.currentData() == "denoise-fast"


def test_the_lists_of_models_are_looked_at_when_their_window_opens_and_closes(window: MainWindow, home: Path) -> None:
    picker = window.denoise.inspector.model_picker
    file = make(home / "models", "mine", "My garden")
    assert picker.findData("mine") == -1
    window.findChild(QAction, "modelsAction").trigger()
    assert picker.findData("mine") >= 0
    file.unlink()
    window.findChild(ModelsDialog).close()
    assert picker.findData("mine") == -1


def test_what_came_with_the_program_says_why_it_stays(dialog: ModelsDialog, models: Path) -> None:
    for deed in ("rename", "delete"):
        action = dialog.findChild(QAction, f"model-denoise-fast-{deed}")
        assert not action.isEnabled()
        assert "comes with aestudio" in action.text()
    assert dialog.findChild(QAction, "model-denoise-fast-export").isEnabled()


def test_an_id_with_dots_has_a_name_for_robots(dialog: ModelsDialog, home: Path) -> None:
    write_card(Card("v1.2", "Second", "denoise", "none", {}), home / "models")
    dialog.load()
    assert dialog.findChild(QAction, "model-v1-2-rename").isEnabled()
