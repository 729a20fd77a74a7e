"""Enlarging by a factor, to a size in pixels, or for a print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from aestudio.errors import SettingsError
from aestudio.jobs.spec import Restoration, Save
from aestudio.settings import Settings
from aestudio.ui.choices import Choice
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.inspector import Inspector
from aestudio.ui.tabs.scale_controls import ScaleControls
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]


def test_a_side_says_how_many_times_larger() -> None:
    longer = Restoration("upscale", "m", side="longer", pixels=4000)
    assert longer.factor(1000, 800) == 4
    assert longer.result_size(3000, 1999) == (4000, 2665)
    assert Restoration("upscale", "m", side="height", pixels=900).result_size(1000, 300) == (3000, 900)
    with pytest.raises(SettingsError, match="already"):
        longer.factor(4000, 20)
    with pytest.raises(SettingsError, match="times larger"):
        longer.factor(200, 100)


def test_a_print_is_a_longer_side() -> None:
    choice = Choice("m", size="print", centimetres=25.4, dpi=300)
    assert choice.restoration("upscale") == Restoration("upscale", "m", side="longer", pixels=3000)
    assert choice.restoration("denoise") == Restoration("denoise", "m")
    assert (choice.print_dpi("upscale"), choice.print_dpi("denoise")) == (300, 0)
    assert replace(choice, size="longer").print_dpi("upscale") == 0


def use(panel: ScaleControls, way: str) -> None:
    panel.way.setCurrentIndex(panel.way.findData(way))
    panel.way.activated.emit(panel.way.currentIndex())


def test_words_follow_and_the_factor_picks_the_model(qtbot: QtBot, models: Path, home: Path) -> None:
    inspector = Inspector("upscale", Settings())
    qtbot.addWidget(inspector)
    panel = inspector.scaling
    assert panel is not None
    inspector.show_size(1000, 500)
    use(panel, "width")
    panel.pixels.setValue(2000)
    assert panel.words.text() == "×2: 2000 × 1000, 2 MP"
    assert inspector.choice().model == "upscale-x2-fast"
    panel.pixels.setValue(3500)
    assert inspector.choice().model == "upscale-x4-fast"
    assert "×3.5: 3500 × 1750" in panel.words.text()
    panel.pixels.setValue(900)
    assert "already" in panel.words.text()
    assert inspector.restoration() is None
    chosen = replace(inspector.choice(), size="print", centimetres=12.7, dpi=600)
    inspector.show_choice(chosen)
    assert inspector.choice() == chosen
    assert panel.words.text().startswith("×3: 3000 × 1500")


def test_one_size_for_pictures_of_different_sizes(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait
) -> None:
    window.tabs.setCurrentWidget(window.super_resolution)
    tab = window.super_resolution
    files = [make_photo(tmp_path / "a.png", 120, 60), make_photo(tmp_path / "b.png", 90, 100)]
    window.open_files(files)
    wait_idle()
    assert tab.inspector.scaling is not None
    use(tab.inspector.scaling, "longer")
    tab.inspector.scaling.pixels.setValue(300)
    wait_idle()
    assert tab.restorer.current_result
    assert tab.view.after is not None
    assert max(tab.view.after.width, tab.view.after.height) == 300
    target = tmp_path / "out"
    target.mkdir()
    tab.save_all_to(target)
    wait_idle()
    sizes = {
        m.restoration.result_size(*size) for m, size in zip(client.jobs(Save), ((120, 60), (90, 100)), strict=True)
    }  # type: ignore[union-attr]
    assert sizes == {(300, 150), (270, 300)}
    tab.inspector.scaling.pixels.setValue(50)
    wait_idle()
    assert not tab.inspector.save_button.isEnabled()
    way = tab.findChild(QComboBox, "scaleWay")
    assert way is not None


def test_a_factor_that_is_none_gives_way_to_the_one_in_force(qtbot: QtBot, models: Path, home: Path) -> None:
    panel = ScaleControls()
    qtbot.addWidget(panel)
    panel.show()
    edit = panel.picker.lineEdit()
    assert edit is not None
    edit.selectAll()
    qtbot.keyClicks(edit, "3")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    edit.selectAll()
    qtbot.keyClicks(edit, "99")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    # the first digit is a factor, and passes
    assert panel.fields()["scale"] == 3
    assert edit.text() == "×3"
    assert panel.words.text() == "Type a number above 1, up to 16."
    edit.selectAll()
    qtbot.keyClicks(edit, "2.5")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert panel.fields()["scale"] == 2.5
    assert "Type" not in panel.words.text()


@pytest.mark.parametrize("typed", ["35", "20", "2.5.1"])
def test_of_a_factor_that_is_none_nothing_stays(qtbot: QtBot, models: Path, home: Path, typed: str) -> None:
    inspector = Inspector("upscale", Settings())
    qtbot.addWidget(inspector)
    panel = inspector.scaling
    assert panel is not None
    field = panel.picker.lineEdit()
    assert field is not None
    field.clear()
    qtbot.keyClicks(field, "2.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    asked: list[float] = []
    panel.changed.connect(lambda: asked.append(inspector.choice().scale))
    field.clear()
    qtbot.keyClicks(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert inspector.choice().scale == 2.5
    assert asked[-1] == 2.5, "what its first digits had begun is taken back"
    assert field.text() == "×2.5"
    assert panel.words.text() == "Type a number above 1, up to 16."
    field.clear()
    qtbot.keyClicks(field, "3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert inspector.choice().scale == 3
    assert "Type a number" not in panel.words.text()
