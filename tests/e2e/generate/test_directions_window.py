"""Directions with the real engine: typed, taken back, taught, laid along the map; and pictures as tables and back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from aestudio.ui.generate.editing import Editing
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.generate import GenerateTab

MODEL = "vae-emoji-64"
Settle = Callable[[], None]
Decoder = Callable[[NDArray[np.float32]], list[NDArray[np.int64]]]


@pytest.fixture
def edit(tab: GenerateTab, settle: Settle) -> Editing:
    """Return the editor with the third sample."""
    tab.grid.setCurrentIndex(tab.grid.model().index(2, 0))
    tab.inspector.use_tool("edit")
    settle()
    return tab.tools.edit


def type_into(edit: Editing, key: str, value: str, qtbot: QtBot) -> None:
    field = edit.editor.rows[key].field
    field.selectAll()
    qtbot.keyClicks(field, value)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def far(picture: NDArray[np.uint8] | None, other: NDArray[np.int64]) -> int:
    """Return the largest difference of two pictures; a batch of another size may round a value the other way."""
    assert picture is not None
    return int(np.abs(picture.astype(int) - other).max())


def test_typed_values_resets_undo_and_redo_show_what_is_decoded_there(
    edit: Editing, tab: GenerateTab, window: MainWindow, settle: Settle, qtbot: QtBot, decoded_outside: Decoder
) -> None:
    assert edit.base is not None
    base = np.array(edit.base.vector)
    one, two = (np.array(edit.editor.rows[key].direction.vector) for key in ("axis-1", "axis-2"))
    wanted = np.stack([base, base + 2.5 * one, base + 2.5 * one - 1.75 * two]).astype(np.float32)
    unchanged, moved, moved_twice = decoded_outside(wanted)
    assert np.abs(moved - unchanged).mean() > 2
    assert np.abs(moved_twice - moved).mean() > 2

    def shows(expected: NDArray[np.int64]) -> bool:
        settle()
        return far(tab.decoded.pixels, expected) <= 1

    type_into(edit, "axis-1", "2.5", qtbot)
    assert shows(moved)
    type_into(edit, "axis-2", "-1.75", qtbot)
    assert shows(moved_twice)
    edit.editor.reset_button.click()
    assert shows(unchanged)
    for action, expected in (
        (window.undo_action, moved_twice),
        (window.undo_action, moved),
        (window.undo_action, unchanged),
        (window.redo_action, moved),
        (window.redo_action, moved_twice),
        (window.redo_action, unchanged),
    ):
        action.trigger()
        assert shows(expected)
    assert not window.redo_action.isEnabled()


def test_a_taught_direction_and_one_of_the_models_own_become_the_plane_of_the_map(
    edit: Editing, tab: GenerateTab, settle: Settle, qtbot: QtBot, decoded_outside: Decoder
) -> None:
    # red against the others
    redness = [float((s.pixels[:, :, 0].astype(int) - s.pixels[:, :, 2]).mean()) for s in tab.grid.samples]
    ordered = [tab.grid.samples[row] for row in np.argsort(redness)]
    edit.add_examples("having", ordered[-10:])
    edit.add_examples("lacking", ordered[:10])
    edit.editor.teacher.name.setText("Red")
    edit.teach()
    taught = edit.directions.taught()[0]
    rows, menus = edit.editor.rows, {}
    for key in (taught.key, "axis-2"):
        menus[key] = {action.objectName(): action for action in rows[key].findChildren(QAction)}
    menus["axis-2"]["axis-2UpAction"].trigger()
    menus[taught.key][f"{taught.key}AcrossAction"].trigger()
    settle()
    atlas = tab.atlas
    assert atlas.panel.plane_picker.currentText() == f"Red × {rows['axis-2'].direction.name}"
    assert edit.base is not None
    base, across, up = (np.array(v) for v in (edit.base.vector, taught.vector, rows["axis-2"].direction.vector))
    # the map's middle is the picture that is edited, and what the sliders say is where it lies
    for x, y in ((0, 0), (1.5, 0), (1.5, -2)):
        type_into(edit, taught.key, str(x), qtbot)
        type_into(edit, "axis-2", str(y), qtbot)
        settle()
        assert tab.map.point == pytest.approx((x, y), abs=1e-3)
        assert tab.inspector.coordinates.text() == f"{x:+.2f}, {y:+.2f}"
        assert far(tab.decoded.pixels, decoded_outside(np.array([base + x * across + y * up]))[0]) <= 1
    # a place of the map shows what lies there, and the mosaic is drawn of the same plane
    tab.inspector.use_tool("samples")
    tab.map.move_to(-1.0, 0.75)
    settle()
    assert far(tab.decoded.pixels, decoded_outside(np.array([base - across + 0.75 * up]))[0]) <= 1
    assert atlas.mosaic.count > 0
    atlas.panel.plane_picker.setCurrentIndex(atlas.panel.plane_picker.findData("own"))
    atlas.panel.plane_picker.activated.emit(atlas.panel.plane_picker.currentIndex())
    settle()
    assert atlas.vector_at(-1.0, 0.75) != pytest.approx(tuple(base - across + 0.75 * up))


def test_a_direction_laid_twice_has_another_beside_it(edit: Editing, tab: GenerateTab, settle: Settle) -> None:
    names = {key: row.direction.name for key, row in edit.editor.rows.items()}
    for key, way, expected in (
        ("axis-3", "across", ("axis-3", "axis-1")),
        ("axis-2", "up", ("axis-3", "axis-2")),
        ("axis-3", "up", ("axis-1", "axis-3")),
    ):
        edit.lay(key, way)
        settle()
        assert tab.atlas.plane is not None
        assert tab.atlas.plane.names == tuple(names[each] for each in expected)


def test_pictures_are_added_up_by_their_weights(
    tab: GenerateTab, settle: Settle, decoded_outside: Decoder, window: MainWindow
) -> None:
    mix = tab.tools.mix
    tab.inspector.use_tool("mix")
    letters = dict(zip("ABC", (tab.grid.samples[row] for row in (1, 4, 9)), strict=True))
    for letter, sample in letters.items():
        mix.put(letter, [sample])
    mix.panel.weights["B"].slider.setValue(10)
    settle()
    a, b, c = (np.array(sample.vector) for sample in letters.values())
    halved, whole = decoded_outside(np.array([a - 0.5 * b + c, a - b + c]))
    assert far(tab.decoded.pixels, halved) <= 1
    window.undo_action.trigger()
    settle()
    assert far(tab.decoded.pixels, whole) <= 1
    mix.panel.keep_button.click()
    settle()
    assert tab.grid.samples[0].kept
    assert far(tab.grid.samples[0].pixels, whole) <= 1


def test_a_batch_becomes_a_table_and_the_same_pictures_again(
    tab: GenerateTab, settle: Settle, tmp_path: Path, window: MainWindow
) -> None:
    files = []
    for number, sample in enumerate(tab.grid.samples[:5]):
        files.append(tmp_path / f"emoji {number}.png")
        Image.fromarray(sample.pixels).save(files[-1])
    # what the model makes of each of them, one by one
    window.open_files(files)
    settle()
    back = {sample.name: sample for sample in tab.grid.samples[:5]}
    assert sorted(back) == [file.name for file in files]
    tab.samples.forget()
    tab.sample()
    settle()
    target = tmp_path / "vectors.csv"
    tab.tools.exchange.encode(files, target)
    settle()
    assert "5 pictures encoded into" in window.notices.text.text()
    with target.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [Path(row["name"]).name for row in rows] == [file.name for file in files]
    window.open_files([target])
    settle()
    shown = tab.grid.samples[:5]
    assert [sample.name for sample in shown] == [file.name for file in files]
    for sample, row in zip(shown, rows, strict=True):
        assert sample.vector == pytest.approx([float(row[f"z_mean_{n}"]) for n in range(len(sample.vector))], abs=1e-6)
        assert sample.vector == pytest.approx(back[sample.name].vector, abs=1e-3)
        # encoded five at once and one by one: a value may be rounded the other way
        assert np.abs(sample.pixels.astype(int) - back[sample.name].pixels).max() <= 2
