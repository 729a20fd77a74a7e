"""Pins, paths and their film strip in the generate tab, with a fake engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aestudio.catalog.card import Card
from aestudio.engine.paths import MOST_PINS
from aestudio.jobs import spec
from aestudio.ui.generate.walking import AHEAD, Walking
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.generate import GenerateTab
from aestudio.ui.widgets.sample_grid import Drawn
from tests.ui.conftest import write_card
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]
PLACES = ((-2.0, 0.0), (0.0, 2.0), (1.6, -1.2))


@pytest.fixture
def path(window: MainWindow, wait_idle: Wait) -> Walking:
    """Return the path of the classic map, with three pins set by clicks."""
    window.tabs.setCurrentWidget(window.generate)
    wait_idle()
    window.generate.inspector.use_tool("path")
    for place in PLACES:
        window.generate.map.clicked.emit(*place)
        wait_idle()
    return window.generate.tools.path


def places(path: Walking) -> list[tuple[float, ...]]:
    return [pin.vector for pin in path.route.pins]


def test_a_path_leads_through_pins_that_are_clicked(path: Walking, window: MainWindow, client: FakeClient) -> None:
    assert places(path) == list(PLACES)
    assert np.array(path.layer.pins) == pytest.approx(np.array(PLACES))
    # around the circle of radius 2, as spherical interpolation goes, and back to where it began
    assert np.hypot(*np.array(path.layer.path).T) == pytest.approx(2, abs=1e-3)
    assert path.layer.path[-1] == path.layer.path[0]
    assert path.panel.words.text() == "72 frames, 3.6 s"
    assert path.panel.pins.count() == 3
    assert all(pin.pixels.shape == (28, 28, 1) for pin in path.route.pins)
    strip = path.panel.strip
    wanted = strip.wanted()
    assert wanted[0] == 0
    assert wanted[-1] == 71
    asked = [v for job in client.jobs(spec.Decode) if job.stream == "walk" for v in job.vectors]
    assert len(asked) < 60, "only what the strip shows is decoded"


def test_delete_takes_a_pin_only_where_the_path_shows(path: Walking, window: MainWindow, wait_idle: Wait) -> None:
    window.generate.inspector.use_tool("samples")
    wait_idle()
    QTest.keyClick(window.generate.map, Qt.Key.Key_Delete)
    assert places(path) == list(PLACES)
    window.generate.inspector.use_tool("path")
    path.layer.choose(0)
    QTest.keyClick(window.generate.map, Qt.Key.Key_Delete)
    assert places(path) == list(PLACES[1:])


def opened_map(window: MainWindow, models: Path, wait_idle: Wait) -> GenerateTab:
    """Return the page with a map of a model that has two classes."""
    write_card(Card("a-map", "A map", "vae", "none", {"latent": 2}, channels=1, classes=["cat", "dog"]), models)
    generate = window.generate
    generate.load_models()
    generate.inspector.model_picker.setCurrentIndex(generate.inspector.model_picker.findData("a-map"))
    window.tabs.setCurrentWidget(generate)
    wait_idle()
    return generate


@pytest.mark.parametrize(("row", "label"), [(0, 0), (2, 1)])
def test_places_of_the_map_are_of_the_class_that_it_shows(
    window: MainWindow, models: Path, client: FakeClient, wait_idle: Wait, row: int, label: int
) -> None:
    generate = opened_map(window, models, wait_idle)
    generate.inspector.class_picker.setCurrentIndex(row)
    wait_idle()
    for tool in ("path", "edit"):
        generate.inspector.use_tool(tool)
        generate.map.clicked.emit(0.5, 0.5)
        wait_idle()
    assert generate.tools.path.route.pins[0].label == label
    base = generate.tools.edit.base
    assert base is not None
    assert (base.name, base.label) == ("Place on the map", label)
    picked = [job.labels for job in client.jobs(spec.Decode) if job.vectors == ((0.5, 0.5),)]
    assert picked
    assert set(picked[-2:]) == {(label,)}
    # a run that ends lists the models anew: the class stays, and the map with it
    generate.load_models()
    wait_idle()
    assert (generate.inspector.class_picker.currentIndex(), generate.atlas.label) == (row, row - 1)
    generate.inspector.model_picker.setCurrentIndex(generate.inspector.model_picker.findData("vae-digits-2d"))
    wait_idle()
    assert generate.atlas.label == -1


def test_every_vector_that_is_decoded_has_a_class_where_some_have(
    window: MainWindow, models: Path, client: FakeClient, wait_idle: Wait, tmp_path: Path
) -> None:
    generate = opened_map(window, models, wait_idle)
    made = [replace(s, label=label) for s, label in zip(generate.grid.samples, (1, -1, 1), strict=False)]
    bench, path = generate.tools.bench, generate.tools.path
    bench.put_in_front(made)
    generate.export_to(tmp_path / "kept.png")
    shown: list[Drawn] = []
    bench.decode_all(made, shown.extend)
    generate.inspector.use_tool("path")
    path.add(made)
    path.saver.export_to(tmp_path / "walk.gif")
    wait_idle()
    assert client.jobs(spec.Export)[-1].labels == (1, 0, 1)
    assert [sample.label for sample in shown] == [1, 0, 1]
    decoded = [job for job in client.jobs(spec.Decode) if job.stream == "walk" or job.stream.startswith("batch")]
    assert {job.stream[:5] for job in decoded} == {"walk", "batch"}
    assert [len(job.labels) for job in decoded] == [len(job.vectors) for job in decoded]
    (saved,) = client.jobs(spec.ExportWalk)
    assert len(saved.labels) == len(saved.vectors)
    assert set(saved.labels) == {0, 1}
    # a model that is told no class gets none
    assert bench.labels_of([]) == ()
    generate.inspector.model_picker.setCurrentIndex(generate.inspector.model_picker.findData("vae-digits-2d"))
    wait_idle()
    assert bench.labels_of(generate.grid.samples) == ()


def test_the_path_is_played_and_paused(path: Walking, window: MainWindow, client: FakeClient, qtbot: QtBot) -> None:
    path.panel.seconds.slider.setValue(2)
    seen: list[np.ndarray] = []
    show = window.generate.decoded.show_pixels
    window.generate.decoded.show_pixels = lambda pixels, original=None: (seen.append(pixels), show(pixels, original))
    path.panel.play_button.click()
    qtbot.waitUntil(lambda: len(seen) > AHEAD + 4, timeout=10_000)
    # the pointer takes nothing away while it plays
    window.generate.map.move_to(1, 1)
    path.panel.play_button.click()
    assert not path.playing
    frames = [client._digit(*vector) for vector in path._frames[1 : len(seen) + 1]]
    assert np.array_equal(seen, frames), "every frame in its order, none left out"
    assert window.generate.inspector.decoded_title.text() == f"Frame {len(seen) + 1} of 72"
    path.panel.play_button.click()
    window.tabs.setCurrentWidget(window.denoise)
    assert not path.playing
    qtbot.waitUntil(lambda: window.idle)


def test_a_path_that_ends_stops(path: Walking, qtbot: QtBot) -> None:
    panel = path.panel
    panel.seconds.slider.setValue(2)
    panel.steps.slider.setValue(2)
    panel.ending_picker.setCurrentIndex(panel.ending_picker.findData("stop"))
    assert panel.words.text() == "5 frames, 0.1 s"
    panel.play_button.click()
    qtbot.waitUntil(lambda: not path.playing, timeout=10_000)
    assert panel.strip.value() == 4
    panel.ending_picker.setCurrentIndex(panel.ending_picker.findData("back"))
    assert panel.words.text() == "8 frames, 0.2 s"


def test_pins_are_dragged_removed_reordered_and_undone(
    path: Walking, window: MainWindow, client: FakeClient, wait_idle: Wait, qtbot: QtBot
) -> None:
    area, view = window.generate.map, window.generate.map.view
    start = QPoint(*(round(v) for v in view.to_widget(*PLACES[1])))
    end = QPoint(*(round(v) for v in view.to_widget(1.0, 1.0)))
    qtbot.mousePress(area, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.6, 1.0):
        qtbot.mouseMove(area, start + (end - start) * share)
    qtbot.mouseRelease(area, Qt.MouseButton.LeftButton, pos=end)
    wait_idle()
    assert places(path)[1] == pytest.approx((1, 1), abs=0.02)
    assert client.jobs(spec.Decode)[-1].vectors
    window.undo_action.trigger()
    assert places(path) == list(PLACES)
    pins = path.panel.pins
    pins.setCurrentRow(0)
    QTest.keyClick(pins, Qt.Key.Key_Period)
    assert places(path) == [PLACES[1], PLACES[0], PLACES[2]]
    QTest.keyClick(pins, Qt.Key.Key_Delete)
    assert places(path) == [PLACES[1], PLACES[2]]
    window.undo_action.trigger()
    window.undo_action.trigger()
    assert places(path) == list(PLACES)
    path.layer.choose(2)
    QTest.keyClick(area, Qt.Key.Key_Delete)
    assert places(path) == list(PLACES[:2])
    wait_idle()
    path.panel.strip.scrubbed.emit(5)
    wait_idle()
    assert "Frame 6" in window.generate.inspector.decoded_title.text()
    path.panel.clear_button.click()
    assert not path.panel.save_button.isEnabled()
    wait_idle()
    assert "Frame" not in window.generate.inspector.decoded_title.text(), "what lies under the cursor is shown"


def test_every_click_sets_a_pin_while_the_engine_is_busy(
    path: Walking, window: MainWindow, client: FakeClient, wait_idle: Wait
) -> None:
    client.pause(spec.Decode)
    more = [(0.5, 0.5), (-0.5, 1.0), (1.0, 1.0), (0.0, -2.0)]
    for place in more:
        window.generate.map.clicked.emit(*place)
    client.go_on(spec.Decode)
    wait_idle()
    assert places(path) == [*PLACES, *more]


def test_a_path_is_there_again_with_its_model(
    path: Walking, window: MainWindow, client: FakeClient, models: Path, wait_idle: Wait, photo: Path
) -> None:
    write_card(Card("z-other", "Other", "vae", "none", {"latent": 3}, channels=1), models)
    tab = window.generate
    tab.load_models()
    window.open_files([photo])
    wait_idle()
    tab.tools.mix.put("A", tab.grid.samples[:1])
    wait_idle()
    picker = tab.inspector.model_picker
    first = picker.currentIndex()
    client.latent = 3
    picker.setCurrentIndex(picker.findData("z-other"))
    wait_idle()
    assert places(path) == []
    assert not tab.grid.samples[0].kept
    assert not tab.tools.mix.has_result
    client.latent = 2
    picker.setCurrentIndex(first)
    wait_idle()
    assert places(path) == list(PLACES)
    assert np.array(path.layer.pins) == pytest.approx(np.array(PLACES))
    assert [sample.name for sample in tab.grid.samples if sample.kept] == [photo.name]
    assert tab.own.find(tab.grid.samples[0]) is not None
    assert tab.tools.mix.has_result
    assert not window.undo_action.isEnabled()


def test_what_was_made_with_a_model_goes_with_it_when_it_is_trained_anew(
    path: Walking, window: MainWindow, models: Path, wait_idle: Wait
) -> None:
    write_card(Card("z-other", "Other", "vae", "none", {"latent": 2}, channels=1), models)
    tab, picker = window.generate, window.generate.inspector.model_picker
    tab.load_models()
    picker.setCurrentIndex(picker.findData("z-other"))
    wait_idle()
    tab.map.clicked.emit(1.0, 1.0)
    wait_idle()
    assert len(places(path)) == 1
    picker.setCurrentIndex(0)
    wait_idle()
    write_card(Card("z-other", "Other", "vae", "none", {"latent": 4}, channels=1), models)
    tab.load_models()
    picker.setCurrentIndex(picker.findData("z-other"))
    wait_idle()
    assert places(path) == []


def test_a_pin_is_set_by_key(path: Walking, window: MainWindow, wait_idle: Wait) -> None:
    window.generate.inspector.use_tool("samples")
    window.generate.map.move_to(-1.0, -1.5)
    QTest.keyClick(window.generate.map, Qt.Key.Key_P)
    assert not window.idle
    wait_idle()
    assert places(path)[-1] == (-1.0, -1.5)
    assert window.generate.tools.tool == "path"


def test_samples_become_pins(path: Walking, window: MainWindow, wait_idle: Wait) -> None:
    path.panel.clear_button.click()
    path.panel.add_button.click()
    wait_idle()
    assert places(path) == [sample.vector for sample in window.generate.grid.samples[:6]]
    grid = window.generate.grid
    grid.setCurrentIndex(grid.model().index(9, 0))
    path.panel.add_button.click()
    assert places(path)[-1] == grid.samples[9].vector
    wait_idle()


def test_ten_thousand_pins_get_an_answer_in_words(path: Walking, window: MainWindow, wait_idle: Wait) -> None:
    sample = window.generate.grid.samples[0]
    path.add([sample] * 10_000)
    assert "10003 pins is too long" in window.notices.text.text()
    assert f"at most {MOST_PINS}" in window.notices.text.text()
    assert places(path) == list(PLACES), "nothing is lost"
    # thousands are handled; only their frames may be too many
    path.add([sample] * 1997)
    assert path.panel.pins.count() == 2000
    assert "A path of 48000 frames is too long" in path.panel.strip._message
    path.panel.steps.slider.setValue(2)
    wait_idle()
    assert path.panel.words.text().startswith("4000 frames")


def test_a_path_that_is_being_saved_is_saved_whatever_model_is_looked_at(
    path: Walking, window: MainWindow, client: FakeClient, models: Path, wait_idle: Wait, tmp_path: Path, qtbot: QtBot
) -> None:
    write_card(Card("z-other", "Other", "vae", "none", {"latent": 2}, channels=1), models)
    window.generate.load_models()
    client.pause(spec.ExportWalk, after=4)
    path.saver.export_to(tmp_path / "walk.gif")
    qtbot.waitUntil(lambda: window.generate.row.progress_bar.value() == 3)
    picker = window.generate.inspector.model_picker
    picker.setCurrentIndex(picker.findData("z-other"))
    client.go_on(spec.ExportWalk)
    wait_idle()
    assert (tmp_path / "walk.gif").exists()
    assert "walk.gif" in window.notices.text.text()


def test_a_path_is_saved_while_another_is_being_written(
    path: Walking, window: MainWindow, client: FakeClient, wait_idle: Wait, tmp_path: Path
) -> None:
    told: list[str] = []
    window.generate.notice.connect(lambda notice, _: told.append(notice.what))
    client.pause(spec.ExportWalk, after=4)
    files = [tmp_path / "one.gif", tmp_path / "two.gif"]
    for file in files:
        path.saver.export_to(file)
    assert window.batch_care.writing() == files
    client.go_on(spec.ExportWalk)
    wait_idle()
    assert window.batch_care.writing() == []
    assert [file.exists() for file in files] == [True, True]
    assert [any(file.name in what for what in told) for file in files] == [True, True]
    # both are stopped by one click
    client.pause(spec.ExportWalk, after=4)
    for file in files:
        file.unlink()
        path.saver.export_to(file)
    window.generate.cancel()
    wait_idle()
    assert not path.saver.busy
    assert [file.exists() for file in files] == [False, False]


def test_the_path_is_saved_with_progress_and_stopped(
    path: Walking, window: MainWindow, client: FakeClient, wait_idle: Wait, tmp_path: Path, qtbot: QtBot
) -> None:
    panel = path.panel
    panel.fold.setChecked(True)
    panel.ending_picker.setCurrentIndex(panel.ending_picker.findData("back"))
    panel.side.setValue(64)
    panel.plays.setValue(3)
    client.pause(spec.ExportWalk, after=4)
    path.saver.export_to(tmp_path / "walk.gif")
    assert not window.idle
    row = window.generate.row
    qtbot.waitUntil(lambda: row.progress_bar.value() == 3)
    assert row.status.text() == "Saving…"
    assert window.batch_care.writing() == [tmp_path / "walk.gif"]
    row.cancel_button.click()
    wait_idle()
    assert window.batch_care.writing() == []
    assert not (tmp_path / "walk.gif").exists()
    client.go_on(spec.ExportWalk)
    path.saver.export_to(tmp_path / "walk.gif")
    wait_idle()
    assert "walk.gif" in window.notices.text.text()
    job = client.jobs(spec.ExportWalk)[-1]
    assert (job.side, job.plays, job.seconds, job.form) == (64, 3, 0.05, "gif")
    frames = path._frames
    assert np.array_equal(job.vectors, np.concatenate([frames, frames[-2:0:-1]]))
    with Image.open(tmp_path / "walk.gif") as written:
        assert written.n_frames > 10
    qtbot.waitUntil(lambda: panel.size_words.text() == "About 96.0 kB.")
