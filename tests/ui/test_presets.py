"""Settings with a name, and those of the last session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zlib import compress

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from aestudio import settings
from aestudio.imageio.mask import Mask
from aestudio.settings import Settings
from aestudio.ui.choices import Choice
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.presets import PresetsButton, shipped
from tests.ui.conftest import dispose, make_photo
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]
REGION_TOO = "Keep them with the painted region…"


def item(menu: QMenu, text: str) -> QAction:
    return next(a for a in menu.actions() if a.text() == text)


@pytest.mark.parametrize("task", ["denoise", "upscale"])
def test_presets_that_come_along_can_be(task: str) -> None:
    for choice in shipped(task).values():  # type: ignore[arg-type]
        assert Choice.from_plain(choice.to_plain(), task) == choice  # type: ignore[arg-type]


def test_settings_are_given_to_pictures_that_have_their_own(opened: MainWindow, wait_idle: Wait) -> None:
    panel, keeper = opened.denoise.inspector, opened.denoise.keeper
    menu = panel.presets.menu()
    panel.presets.fill()
    assert not item(menu, "Apply to all pictures").isEnabled()
    panel.own_box.click()
    panel.strength.set_value(40)
    panel.mixing.changed.emit()
    panel.presets.fill()
    item(menu, "Apply to all pictures").trigger()
    wait_idle()
    assert keeper.choices.common.strength == 0.4
    assert not panel.own_box.isChecked()


def test_a_preset_is_given_to_the_picture_and_undone(opened: MainWindow, wait_idle: Wait) -> None:
    panel = opened.denoise.inspector
    item(panel.presets.menu(), "Gentle").trigger()
    wait_idle()
    assert (panel.strength.value, panel.mixing.colour.value, panel.mixing.detail.value) == (70, 90, 30)
    assert opened.denoise.keeper.choices.common.model == "denoise-fast"
    undo = opened.findChild(QAction, "undoAction")
    assert isinstance(undo, QAction)
    undo.trigger()
    assert (panel.strength.value, panel.mixing.detail.value) == (100, 0)


def test_own_presets_are_kept_renamed_and_deleted(opened: MainWindow, qtbot: QtBot, wait_idle: Wait) -> None:
    panel = opened.denoise.inspector
    panel.strength.slider.setValue(35)
    item(panel.presets.menu(), "Keep these settings…").trigger()
    dialog = panel.presets.findChild(QInputDialog, "presetNameDialog")
    assert isinstance(dialog, QInputDialog)
    dialog.setTextValue(" Mine & yours ")
    dialog.accept()
    assert panel.presets.own() == {"Mine & yours": Choice("", strength=0.35)}
    panel.strength.slider.setValue(90)
    panel.presets.fill()
    item(panel.presets.menu(), "Mine && yours").trigger()
    wait_idle()
    assert panel.strength.value == 35
    panel.presets.rename("Mine & yours", "Ours")
    assert list(PresetsButton("denoise", opened.settings).own()) == ["Ours"]
    assert not PresetsButton("upscale", opened.settings).own()
    panel.presets.delete("Ours")
    assert not panel.presets.own()


def test_a_region_is_kept_with_a_preset_where_that_is_asked_for(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, wait_idle: Wait
) -> None:
    panel, mask = opened.denoise.inspector, Mask(2, 1, compress(b"\xff\0"))
    panel.presets.fill()
    with pytest.raises(StopIteration):
        item(panel.presets.menu(), REGION_TOO)
    panel.region.take(mask)
    painted = panel.region.painted
    panel.presets.fill()
    for entry, name in ((REGION_TOO, "left half"), ("Keep these settings…", "all of it")):
        item(panel.presets.menu(), entry).trigger()
        dialog = panel.presets.findChild(QInputDialog, "presetNameDialog")
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue(name)
        dialog.accept()
        qtbot.waitUntil(lambda: panel.presets.findChild(QInputDialog, "presetNameDialog") is None)
    assert [kept.mask for kept in panel.presets.own().values()] == [None, painted]
    assert set(settings.load().presets["denoise"]) == set(panel.presets.own()), "a crash loses none"
    other = make_photo(tmp_path / "other.png", 90, 60)
    opened.open_files([other])
    wait_idle()
    opened.denoise.file_list.pick(other)
    assert panel.region.painted is None
    panel.presets.fill()
    item(panel.presets.menu(), "left half").trigger()
    wait_idle()
    assert panel.region.painted == painted
    assert panel.own_box.isChecked()


def test_damaged_presets_are_the_defaults(qtbot: QtBot) -> None:
    kept = {"a": {"strength": 7}, "b": {"detail": "much"}, "c": 3, "d": {"dpi": True, "strength": 0.5, "new": 1}}
    button = PresetsButton("denoise", Settings(presets={"denoise": kept, "upscale": []}))
    qtbot.addWidget(button)
    assert list(button.own().values()) == [Choice(""), Choice(""), Choice(""), Choice("", strength=0.5)]
    other = PresetsButton("upscale", button._settings)
    qtbot.addWidget(other)
    assert other.own() == {}


@pytest.mark.parametrize("with_a_file", [False, True])
def test_the_settings_of_the_last_session_come_back(
    opened: MainWindow, client: FakeClient, photo: Path, wait_idle: Wait, qtbot: QtBot, with_a_file: bool
) -> None:
    another = make_photo(photo.with_name("another.png"), 90, 60) if with_a_file else None
    tab = opened.denoise
    tab.inspector.mixing.detail.slider.setValue(25)
    tab.inspector.own_box.click()
    tab.inspector.strength.slider.setValue(40)
    # whatever arguments the tests' one application was made with
    opened._fresh = False
    opened.close()
    again = MainWindow(FakeClient())
    try:
        again._fresh, again.settings = False, settings.load()
        again.open_session([another] if another else [])
        qtbot.waitUntil(lambda: bool(again.pictures.paths()))
        if another:
            again.open_files([photo])
            qtbot.waitUntil(lambda: len(again.pictures.paths()) == 2)
            again.denoise.file_list.pick(photo)
        panel = again.denoise.inspector
        assert panel.own_box.isChecked()
        assert (panel.strength.value, panel.mixing.detail.value) == (40, 25)
        assert again.denoise.keeper.choices.common.strength == 1.0
        assert again.denoise.keeper.choices.common.detail == 0.25
    finally:
        again._fresh = True
        again.close()
        dispose(again)
    assert settings.load().session_choices["denoise"]["own"] == {
        str(photo): {"model": "denoise-fast", "strength": 0.4, "detail": 0.25}
    }
