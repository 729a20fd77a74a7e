"""Edited, taught and added-up pictures of the generate tab, with a fake engine."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.catalog import directions as store
from aestudio.catalog.card import Card
from aestudio.jobs import spec
from aestudio.jobs.vectors import DecodeFile
from aestudio.ui.generate.steps import take_step
from aestudio.ui.generate.tools import Tools
from aestudio.ui.main_window import MainWindow
from tests.ui.conftest import write_card
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]
AXES = {"latent": 2, "mean": [0, 0], "deviations": [2.0, 1.0], "directions": [[1, 0], [0, 1]], "pictures": 9}


@pytest.fixture
def tools(window: MainWindow, models: Path, wait_idle: Wait) -> Tools:
    """Return the tools of a model that tells its directions, with the editor in front and the third sample chosen."""
    card = Card("a-map", "A map", "vae", "none", {"latent": 2}, channels=1, statistics={"axes": AXES})
    write_card(card, models)
    window.generate.load_models()
    picker = window.generate.inspector.model_picker
    picker.setCurrentIndex(picker.findData("a-map"))
    window.tabs.setCurrentWidget(window.generate)
    wait_idle()
    grid = window.generate.grid
    grid.setCurrentIndex(grid.model().index(2, 0))
    window.generate.inspector.use_tool("edit")
    wait_idle()
    return window.generate.tools


def test_directions_are_named_by_their_variance(tools: Tools) -> None:
    names = [row.label.text() for row in tools.edit.editor.rows.values()]
    assert names == ["Direction 1 (80%)", "Direction 2 (20%)"]


def test_the_picture_follows_a_slider(tools: Tools, window: MainWindow, client: FakeClient, wait_idle: Wait) -> None:
    base = tools.edit.base
    assert base is not None
    client.pause(spec.Decode)
    before = len(client.jobs(spec.Decode))
    slider = tools.edit.editor.rows["axis-1"].slider
    for value in range(1, 31):
        slider.setValue(value)
    # coalesced: one is under way, and the newest waits for it
    assert len(client.jobs(spec.Decode)) == before + 1
    assert not window.idle
    client.go_on(spec.Decode)
    wait_idle()
    sent = client.jobs(spec.Decode)[before:]
    assert [job.stream for job in sent] == ["edit", "edit"]
    # 30 steps of 0.05 of a spread of 2
    assert sent[-1].vectors[0] == pytest.approx((base.vector[0] + 3, base.vector[1]))
    decoded = window.generate.decoded
    assert np.array_equal(decoded.pixels, client._digit(*sent[-1].vectors[0]))
    assert decoded.original is base.pixels
    assert window.generate.map.point == pytest.approx(sent[-1].vectors[0])
    # the pointer's way across the map takes nothing away
    window.generate.map.move_to(0, 0)
    wait_idle()
    assert np.array_equal(decoded.pixels, client._digit(*sent[-1].vectors[0]))


def test_what_lay_under_the_cursor_comes_too_late_for_a_tool(
    tools: Tools, window: MainWindow, client: FakeClient, wait_idle: Wait
) -> None:
    generate = window.generate
    edited = generate.decoded.pixels
    generate.inspector.use_tool("samples")
    wait_idle()
    client.pause(spec.Decode)
    generate.map.move_to(0.5, -0.5)
    generate.map.move_to(1.0, -1.0)
    generate.inspector.use_tool("edit")
    client.go_on(spec.Decode)
    wait_idle()
    assert np.array_equal(generate.decoded.pixels, edited)


def test_typed_values_resets_undo_and_redo(tools: Tools, window: MainWindow, wait_idle: Wait, qtbot: QtBot) -> None:
    edit, rows = tools.edit, tools.edit.editor.rows
    assert not window.undo_action.isEnabled()
    field = rows["axis-2"].field
    field.selectAll()
    qtbot.keyClicks(field, "1.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    for value in (5, 10, 20):
        rows["axis-1"].slider.setValue(value)
    assert edit.amounts == {"axis-2": 1.5, "axis-1": 1.0}
    assert window.undo_action.isEnabled()
    window.undo_action.trigger()
    # the slider's travel is one step
    assert edit.amounts == {"axis-2": 1.5}
    assert rows["axis-1"].value == 0
    window.redo_action.trigger()
    assert edit.amounts == {"axis-2": 1.5, "axis-1": 1.0}
    qtbot.mouseDClick(rows["axis-1"].slider, Qt.MouseButton.LeftButton)
    assert edit.amounts == {"axis-2": 1.5}
    edit.editor.reset_button.click()
    assert edit.amounts == {}
    for expected in ({"axis-2": 1.5}, {"axis-2": 1.5, "axis-1": 1.0}, {"axis-2": 1.5}, {}):
        window.undo_action.trigger()
        assert edit.amounts == expected
    assert not window.undo_action.isEnabled()
    wait_idle()


def test_each_sample_has_edits_of_its_own(tools: Tools, window: MainWindow, wait_idle: Wait) -> None:
    grid, rows = window.generate.grid, tools.edit.editor.rows
    rows["axis-1"].slider.setValue(10)
    grid.setCurrentIndex(grid.model().index(5, 0))
    assert rows["axis-1"].value == 0
    grid.setCurrentIndex(grid.model().index(2, 0))
    assert rows["axis-1"].value == pytest.approx(0.5)
    wait_idle()


def test_a_place_of_the_map_is_edited(tools: Tools, window: MainWindow, wait_idle: Wait) -> None:
    window.generate.map.clicked.emit(0.25, -0.75)
    wait_idle()
    assert tools.edit.base is not None
    assert tools.edit.base.vector == (0.25, -0.75)
    assert "Place on the map" in window.generate.inspector.decoded_title.text()


def test_a_place_of_the_map_comes_too_late_for_a_sample_that_was_chosen_since(
    tools: Tools, window: MainWindow, client: FakeClient, wait_idle: Wait
) -> None:
    grid = window.generate.grid
    client.pause(spec.Decode)
    window.generate.map.clicked.emit(0.25, -0.75)
    grid.setCurrentIndex(grid.model().index(5, 0))
    client.go_on(spec.Decode)
    wait_idle()
    assert tools.edit.base is not None
    assert grid.current is not None
    assert tools.edit.base.vector == grid.current.vector


def test_of_two_places_of_the_map_the_last_is_edited(
    tools: Tools, window: MainWindow, client: FakeClient, wait_idle: Wait
) -> None:
    client.pause(spec.Decode)
    window.generate.map.clicked.emit(0.25, -0.75)
    window.generate.map.clicked.emit(0.5, 0.5)
    client.go_on(spec.Decode)
    wait_idle()
    assert tools.edit.base is not None
    assert tools.edit.base.vector == (0.5, 0.5)


def test_the_edited_picture_is_kept_and_the_edit_applied_to_others(
    tools: Tools, window: MainWindow, wait_idle: Wait
) -> None:
    grid, editor = window.generate.grid, tools.edit.editor
    editor.rows["axis-2"].slider.setValue(-20)
    editor.keep_button.click()
    assert not window.idle
    wait_idle()
    kept = grid.samples[0]
    assert kept.kept
    assert kept.name == "Sample 3 of seed 0, edited"
    assert kept.vector == pytest.approx(tuple(np.add(grid.samples[3].vector, (0, -1))))
    window.undo_action.trigger()
    assert not grid.samples[0].kept
    grid.setCurrentIndex(grid.model().index(2, 0))
    for row in (2, 4, 6):
        grid.selectionModel().select(grid.model().index(row, 0), grid.selectionModel().SelectionFlag.Select)
    assert editor.apply_button.text() == "Apply to the 3 selected"
    chosen = grid.selected
    editor.apply_button.click()
    wait_idle()
    for before, after in zip(chosen, grid.samples[:3], strict=True):
        assert after.vector == pytest.approx(tuple(np.add(before.vector, (0, -1))))


def test_a_direction_is_taught_named_and_let_go_of(tools: Tools, window: MainWindow, wait_idle: Wait) -> None:
    edit, grid, teacher = tools.edit, window.generate.grid, tools.edit.editor.teacher
    teacher.fold.setChecked(True)
    assert not teacher.button.isEnabled()
    grid.clearSelection()
    for row in (1, 3):
        grid.selectionModel().select(grid.model().index(row, 0), grid.selectionModel().SelectionFlag.Select)
    having = grid.selected
    teacher.wells["having"].click()
    lacking = grid.samples[7:10]
    edit.add_examples("lacking", lacking)
    assert [len(well.pictures) for well in teacher.wells.values()] == [2, 3]
    teacher.name.setText("Smiling")
    teacher.button.click()
    wait_idle()
    means = [np.mean([s.vector for s in group], 0) for group in (having, lacking)]
    (taught,) = store.load("a-map").taught
    assert taught.vector == pytest.approx(tuple(means[0] - means[1]), abs=1e-5)
    assert taught.name == "Smiling"
    assert "% of 5 examples apart" in teacher.words.text()
    first = next(iter(edit.editor.rows.values()))
    assert first.label.text() == "Smiling"
    first.rename()
    field = first.findChild(QWidget, "taught-1NameField")
    field.setText("Laughing")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert store.load("a-map").taught[0].name == "Laughing"
    edit.editor.removed.emit("taught-1")
    assert not store.load("a-map").taught
    window.undo_action.trigger()
    assert store.load("a-map").taught[0].name == "Laughing"


def test_what_a_direction_did_goes_with_it_and_comes_back(tools: Tools, window: MainWindow, wait_idle: Wait) -> None:
    edit = tools.edit
    base = edit.base
    assert base is not None
    keep = edit.directions.keep
    keep(store.Directions("a-map").with_taught(store.Taught("", "Salt & pepper", (1.0, 0.0))))
    row = edit.editor.rows["taught-1"]
    assert row.label.text() == "Salt && pepper", "an & is no shortcut"
    row.slider.setValue(row.slider.maximum())
    wait_idle()
    assert edit.vector != base.vector
    edit.editor.removed.emit("taught-1")
    wait_idle()
    assert edit.vector == base.vector
    assert not edit.amounts
    keep(edit.directions.kept.with_taught(store.Taught("", "Other", (0.0, 1.0))))
    assert not edit.amounts
    window.undo_action.trigger()
    wait_idle()
    assert edit.vector != base.vector


def test_two_directions_that_are_one_are_no_plane(tools: Tools, window: MainWindow, wait_idle: Wait) -> None:
    edit, atlas = tools.edit, window.generate.atlas
    edit.directions.keep(store.Directions("a-map").with_taught(store.Taught("", "Hat", (1.0, 0.0))))
    edit.editor.laid.emit("axis-2", "across")
    wait_idle()
    plane = atlas.plane
    assert plane is not None
    # the widest other one beside it
    assert plane.names == ("Direction 2 (20%)", "Direction 1 (80%)")
    edit.lay("taught-1", "across")
    assert "span no plane" in window.notices.text.text()
    assert atlas.plane is plane


def test_taught_directions_travel_as_a_file(tools: Tools, window: MainWindow, tmp_path: Path) -> None:
    directions = tools.edit.directions
    file, other = tmp_path / "d.json", tmp_path / "other.json"
    kept = store.Directions("a-map").with_taught(store.Taught("", "Hat", (1.0, 0.0)))
    store.write(kept, other)
    tools.edit.take_directions(other)
    directions.export(file)
    assert store.read(file).taught == kept.taught
    store.write(store.Directions("faces").with_taught(store.Taught("", "Hat", (1.0,))), other)
    tools.edit.take_directions(other)
    assert "another model, faces" in window.notices.text.text()
    other.write_text("{")
    tools.edit.take_directions(other)
    assert "damaged" in window.notices.text.text()
    assert store.load("a-map") == kept


def test_undo_of_an_earlier_step_leaves_what_was_imported_since(
    tools: Tools, window: MainWindow, tmp_path: Path
) -> None:
    edit, other = tools.edit, tmp_path / "other.json"
    edit.editor.renamed.emit("axis-1", "Weight")
    store.write(store.Directions("a-map").with_taught(store.Taught("", "Hat", (1.0, 0.0))), other)
    edit.take_directions(other)
    window.undo_action.trigger()
    assert not edit.directions.kept.taught
    assert edit.editor.rows["axis-1"].label.text() == "Weight"
    window.redo_action.trigger()
    assert [taught.name for taught in store.load("a-map").taught] == ["Hat"]


def test_the_tab_key_follows_the_panel(tools: Tools, window: MainWindow) -> None:
    edit, inspector = tools.edit, window.generate.inspector
    edit.directions.keep(store.Directions("a-map").with_taught(store.Taught("", "Hat", (1.0, 0.0))))
    window.show()

    def stops(first: QWidget, last: QWidget) -> list[int]:
        """Return how far down the window each stop of the Tab key stands, of those that are shown."""
        found, stop = [], first
        while stop is not last:
            stop = stop.nextInFocusChain()
            if stop.isVisible() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(stop, QScrollArea):
                found.append(stop.mapTo(window, QPoint(0, stop.height() // 2)).y())
        return found

    heights = stops(edit.editor.import_button, edit.editor.apply_button)
    assert len(heights) > 8
    assert all(after >= before - 8 for before, after in pairwise(heights)), heights
    inspector.use_tool("samples")
    names, stop = [], inspector.seed
    while stop is not inspector.export_button:
        stop = stop.nextInFocusChain()
        if stop.isVisible() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(stop.objectName())
    assert names[-1] == "exportButton"
    assert names.index("sampleButton") == len(names) - 3, names


def test_what_cannot_be_read_is_said_and_not_written_over(
    window: MainWindow, models: Path, wait_idle: Wait, home: Path
) -> None:
    file = paths.directions_folder() / "vae-digits-2d.json"
    file.parent.mkdir(parents=True)
    file.write_text("{")
    window.tabs.setCurrentWidget(window.generate)
    wait_idle()
    assert "damaged" in window.notices.text.text()
    edit = window.generate.tools.edit
    edit.directions.keep(store.Directions("vae-digits-2d"))
    assert file.read_text() == "{"
    # the card tells no directions: those of the samples serve
    assert len(edit.directions.own()) == 2


def test_pictures_are_added_up_live(tools: Tools, window: MainWindow, client: FakeClient, wait_idle: Wait) -> None:
    mix, grid = tools.mix, window.generate.grid
    window.generate.inspector.use_tool("mix")
    assert not mix.panel.keep_button.isEnabled()
    grid.setCurrentIndex(grid.model().index(4, 0))
    mix.panel.wells["A"].click()
    a, b, c = grid.samples[4], grid.samples[6], grid.samples[8]
    mix.put("B", [b])
    mix.put("C", [c])
    mix.panel.weights["B"].slider.setValue(10)
    wait_idle()
    expected = np.array(a.vector) - 0.5 * np.array(b.vector) + np.array(c.vector)
    sent = client.jobs(spec.Decode)[-1]
    assert sent.stream == "mix"
    assert sent.vectors[0] == pytest.approx(tuple(expected))
    assert window.generate.inspector.decoded_title.text() == "A − 0.50 B + C"
    mix.panel.keep_button.click()
    wait_idle()
    assert grid.samples[0].vector == pytest.approx(tuple(expected))
    for pictures in (3, 3, 2, 1):
        window.undo_action.trigger()
        assert len(mix.sum.pictures) == pictures
    QTest.keyClick(mix.panel.wells["A"], Qt.Key.Key_Delete)
    assert mix.sum.pictures == ()
    wait_idle()


def test_files_are_dropped_into_a_well(tools: Tools, window: MainWindow, wait_idle: Wait, photo: Path) -> None:
    window.generate.inspector.use_tool("mix")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, buttons, none)
    tools.mix.panel.wells["C"].dropEvent(drop)
    assert not window.idle
    wait_idle()
    assert dict(tools.mix.sum.pictures)["C"].name == photo.name


def test_another_model_begins_anew(tools: Tools, window: MainWindow, wait_idle: Wait) -> None:
    tools.edit.editor.rows["axis-1"].slider.setValue(10)
    tools.mix.put("A", window.generate.grid.samples[:1])
    picker = window.generate.inspector.model_picker
    picker.setCurrentIndex(picker.findData("vae-digits-2d"))
    wait_idle()
    assert not window.undo_action.isEnabled()
    assert tools.mix.sum.pictures == ()
    assert tools.edit.base is None or tools.edit.amounts == {}


def test_a_file_that_is_decoded_for_another_model_is_no_longer_wanted(
    tools: Tools, window: MainWindow, client: FakeClient, wait_idle: Wait, tmp_path: Path
) -> None:
    client.pause(DecodeFile)
    (tmp_path / "z.npz").write_bytes(b"vectors")
    tools.exchange.decode(tmp_path / "z.npz")
    picker = window.generate.inspector.model_picker
    picker.setCurrentIndex(picker.findData("vae-digits-2d"))
    client.go_on(DecodeFile)
    wait_idle()
    assert not tools.exchange.busy
    assert not any(sample.kept for sample in window.generate.grid.samples)


def test_an_error_in_a_step_is_an_error_and_no_step(tools: Tools) -> None:
    history = tools.bench.history

    def refuse(value: int) -> None:
        raise ValueError(value)

    with pytest.raises(ValueError, match="2"):
        take_step(history, 1, 2, refuse)
    assert history.count() == 0


def test_a_batch_is_encoded_and_a_file_decoded(
    tools: Tools, window: MainWindow, client: FakeClient, wait_idle: Wait, photo: Path, tmp_path: Path
) -> None:
    client.pause(spec.EncodeFiles, after=2)
    tools.exchange.encode([photo, photo], tmp_path / "z.npz")
    assert not window.idle
    window.generate.row.cancel_button.click()
    wait_idle()
    assert not (tmp_path / "z.npz").exists()
    client.go_on(spec.EncodeFiles)
    tools.exchange.encode([photo, photo], tmp_path / "z.npz")
    wait_idle()
    assert (tmp_path / "z.npz").exists()
    for part in ("2 pictures encoded into", "24.1 dB", "kind of picture: 1 of them.", "1 could not be read"):
        assert part in window.notices.text.text()
    # a file of vectors is opened like any other
    window.open_files([tmp_path / "z.npz"])
    wait_idle()
    shown = window.generate.grid.samples[:2]
    assert [sample.name for sample in shown] == ["a", "b"]
    assert [sample.vector for sample in shown] == [(0.5, 1.0), (-1.0, 0.25)]
    assert all(sample.kept for sample in shown)
    assert "first 2 of 9 vectors" in window.notices.text.text()
