"""The generate tab with a fake engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSlider, QSpinBox
from pytestqt.qtbot import QtBot

from aestudio.catalog.card import Card
from aestudio.jobs import spec
from aestudio.jobs.plane import Plane
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.samples import COUNT
from tests.ui.conftest import make_photo, write_card
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]


@pytest.fixture
def generating(window: MainWindow, wait_idle: Wait) -> MainWindow:
    window.tabs.setCurrentWidget(window.generate)
    assert not window.idle
    wait_idle()
    return window


def test_the_map_and_samples_come_by_themselves(generating: MainWindow, client: FakeClient) -> None:
    assert generating.generate.map.ready
    assert generating.generate.grid.count == client.jobs(spec.Sample)[0].count
    assert generating.generate.decoded.pixels is not None


def test_the_tools_stay_where_they_are_clicked(generating: MainWindow, wait_idle: Wait) -> None:
    tabs = generating.generate.inspector.tabs
    places = []
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        wait_idle()
        places.append(tabs.mapTo(generating, tabs.rect().topLeft()))
    assert len(places) == 4
    assert len(set((p.x(), p.y()) for p in places)) == 1


def test_the_same_seed_gives_the_same_samples(generating: MainWindow, wait_idle: Wait, qtbot: QtBot) -> None:
    tab = generating.generate
    first = tab.grid.pixels
    seed = tab.findChild(QSpinBox, "seedField")
    for value in (7, 0):
        seed.setValue(value)
        qtbot.mouseClick(tab.findChild(QPushButton, "sampleButton"), Qt.MouseButton.LeftButton)
        assert not generating.idle
        wait_idle()
        assert np.array_equal(tab.grid.pixels, first) == (value == 0)


def test_variety_is_the_temperature(generating: MainWindow, client: FakeClient, wait_idle: Wait) -> None:
    generating.generate.findChild(QSlider, "temperatureSlider").setValue(10)
    assert not generating.idle
    wait_idle()
    assert client.jobs(spec.Sample)[-1].temperature == pytest.approx(0.5)


def test_only_the_newest_place_is_decoded(
    generating: MainWindow, client: FakeClient, wait_idle: Wait, qtbot: QtBot
) -> None:
    tab = generating.generate
    client.pause(spec.Decode)
    jobs = len(client.jobs(spec.Decode))
    for step in range(1, 30):
        tab.map.move_to(step / 10, -step / 10)
    assert len(client.jobs(spec.Decode)) == jobs + 1
    assert not generating.idle
    client.go_on(spec.Decode)
    wait_idle()
    sent = client.jobs(spec.Decode)[jobs:]
    assert [j.vectors for j in sent] == [((0.1, -0.1),), ((2.9, -2.9),)]
    assert {j.stream for j in sent} == {"cursor"}


def test_the_sheet_is_exported(generating: MainWindow, tmp_path: Path, wait_idle: Wait) -> None:
    target = tmp_path / "sheet.png"
    generating.generate.export_to(target)
    assert not generating.idle
    wait_idle()
    assert target.is_file()
    assert "sheet.png" in generating.notices.text.text()


def test_a_dead_engine_is_said_and_tried_again(
    window: MainWindow, client: FakeClient, wait_idle: Wait, qtbot: QtBot
) -> None:
    client.pause(spec.Map)
    window.tabs.setCurrentWidget(window.generate)
    qtbot.waitUntil(lambda: window.generate.grid.count > 0)
    client.die()
    wait_idle()
    assert not window.generate.map.ready
    client.go_on(spec.Map)
    window.notices.retry_button.click()
    wait_idle()
    assert window.generate.map.ready


def test_more_samples_come_as_one_scrolls(generating: MainWindow, client: FakeClient, wait_idle: Wait) -> None:
    grid = generating.generate.grid
    assert [job.first for job in client.jobs(spec.Sample)] == [0]
    first = grid.pixels
    bar = grid.horizontalScrollBar()
    bar.setValue(bar.maximum())
    assert not generating.idle
    wait_idle()
    assert [job.first for job in client.jobs(spec.Sample)] == [0, COUNT]
    assert grid.count == 2 * COUNT
    assert np.array_equal(grid.pixels[:COUNT], first)
    assert grid.samples[-1].name == f"Sample {2 * COUNT} of seed 0"


def test_a_sample_is_shown_kept_and_varied(
    generating: MainWindow, client: FakeClient, wait_idle: Wait, qtbot: QtBot, tmp_path: Path
) -> None:
    tab = generating.generate
    grid, samples = tab.grid, tab.samples
    assert not samples.like_button.isEnabled()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(grid.model().index(3, 0)).center())
    chosen = grid.current
    assert chosen is not None
    assert chosen.name == "Sample 4 of seed 0"
    assert tab.decoded.pixels is chosen.pixels
    assert tab.map.point == pytest.approx(chosen.vector)
    qtbot.mouseClick(samples.keep_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(samples.like_button, Qt.MouseButton.LeftButton)
    wait_idle()
    sent = client.jobs(spec.Sample)[-1]
    assert sent.like == chosen.vector
    assert grid.samples[0].kept
    assert grid.samples[1].name == "Number 1 like Sample 4 of seed 0"
    tab.export_to(tmp_path / "kept.png")
    wait_idle()
    assert client.jobs(spec.Export)[-1].vectors == (chosen.vector,)
    tab.inspector.dice.click()
    wait_idle()
    assert np.array_equal(grid.pixels[0], chosen.pixels)
    assert not samples.back_button.isVisible()


def test_a_model_that_is_replaced_under_its_id_is_shown_anew(
    generating: MainWindow, models: Path, client: FakeClient, wait_idle: Wait
) -> None:
    tab = generating.generate
    tab.grid.setCurrentIndex(tab.grid.model().index(3, 0))
    tab.samples.keep_button.click()
    card = tab.card()
    assert card is not None
    asked = len(client.jobs(spec.Survey)), len(client.jobs(spec.Sample))
    # another name makes no other model of it
    write_card(replace(card, title="Figures"), models)
    tab.load_models()
    wait_idle()
    assert tab.inspector.model_picker.currentText() == "Figures"
    assert (len(client.jobs(spec.Survey)), len(client.jobs(spec.Sample))) == asked
    assert tab.samples.kept
    write_card(replace(card, training={"pixels": 5}), models)
    tab.load_models()
    wait_idle()
    assert (len(client.jobs(spec.Survey)), len(client.jobs(spec.Sample))) == (asked[0] + 1, asked[1] + 1)
    assert tab.samples.kept == []
    assert tab.map.ready


def test_samples_of_a_model_that_were_cancelled_are_not_followed_by_those_of_the_one_before(
    generating: MainWindow, models: Path, client: FakeClient, wait_idle: Wait, photo: Path
) -> None:
    write_card(Card("z-other", "Other", "vae", "none", {"latent": 2}, channels=1), models)
    tab, picker = generating.generate, generating.generate.inspector.model_picker
    tab.load_models()
    client.pause(spec.Sample)
    asked = len(client.jobs(spec.Sample))
    picker.setCurrentIndex(picker.findData("z-other"))
    tab.cancel()
    client.go_on(spec.Sample)
    generating.open_files([photo])
    wait_idle()
    assert [sample.name for sample in tab.grid.samples] == [photo.name]
    assert [job.model for job in client.jobs(spec.Sample)[asked:]] == ["z-other"]
    tab.sample()
    wait_idle()
    assert tab.grid.count == COUNT + 1


def test_what_was_cancelled_names_nothing(
    generating: MainWindow, client: FakeClient, wait_idle: Wait, tmp_path: Path
) -> None:
    tab = generating.generate
    client.pause(spec.Sample)
    tab.inspector.seed.setValue(78)
    tab.inspector.seed.editingFinished.emit()
    tab.cancel()
    client.go_on(spec.Sample)
    tab.export_to(tmp_path / "sheet.png")
    wait_idle()
    assert tab.grid.samples[0].name == "Sample 1 of seed 0"
    assert client.jobs(spec.Export)[-1].stem == "0"
    # a variation as well
    grid = tab.grid
    grid.setCurrentIndex(grid.model().index(3, 0))
    tab.samples.vary()
    wait_idle()
    grid.setCurrentIndex(grid.model().index(5, 0))
    client.pause(spec.Sample)
    tab.samples.vary()
    tab.cancel()
    client.go_on(spec.Sample)
    tab.samples.more()
    wait_idle()
    assert grid.samples[-1].name == f"Number {2 * COUNT} like Sample 4 of seed 0"


def test_truncation_and_class_reach_the_engine(
    window: MainWindow, models: Path, client: FakeClient, wait_idle: Wait
) -> None:
    write_card(Card("a-classes", "Classes", "vae", "none", {"latent": 8}, channels=1, classes=["cat", "dog"]), models)
    tab = window.generate
    tab.load_models()
    window.tabs.setCurrentWidget(tab)
    wait_idle()
    tab.inspector.model_picker.setCurrentIndex(1)
    wait_idle()
    assert tab.map.ready  # a plane through eight dimensions
    tab.inspector.class_picker.setCurrentIndex(2)
    wait_idle()
    assert client.jobs(spec.Sample)[-1].class_name == "dog"
    assert client.jobs(spec.Sample)[-1].truncation is None
    tab.findChild(QSlider, "truncationSlider").setValue(15)
    wait_idle()
    assert client.jobs(spec.Sample)[-1].truncation == pytest.approx(1.5)


def test_a_picture_of_ones_own_is_shown_beside_what_the_model_makes_of_it(
    generating: MainWindow, wait_idle: Wait, photo: Path, tmp_path: Path
) -> None:
    tab = generating.generate
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    generating.open_files([broken, photo])
    assert not generating.idle
    wait_idle()
    assert "broken.png" in generating.notices.text.text()
    assert tab.isVisible()
    assert tab.grid.samples[0].name == photo.name
    assert tab.decoded.original is not None
    assert tab.inspector.loss_words.isVisible()
    for part in ("7 of 255", "24.1 dB", "not this model’s kind", "cut"):
        assert part in tab.inspector.loss_words.text()
    assert tab.map.point == pytest.approx((0.5, -1))
    tab.map.move_to(0, 0)
    assert not tab.inspector.loss_words.isVisible()


def test_pictures_that_were_opened_together_stay_in_their_order(
    generating: MainWindow, client: FakeClient, wait_idle: Wait, photo: Path, tmp_path: Path
) -> None:
    tab = generating.generate
    generating.open_files([photo])
    wait_idle()
    client.encoded_at = {f"{name}.png": (number / 4, 0.0) for number, name in enumerate("abc")}
    together = [make_photo(tmp_path / name, 40, 30) for name in client.encoded_at]
    generating.open_files(together)
    wait_idle()
    # before those that were there already
    assert [s.name for s in tab.grid.samples[:4]] == ["a.png", "b.png", "c.png", photo.name]
    assert tab.grid.current is not None
    assert tab.grid.current.name == "c.png"
    generating.open_files(together[:1])
    wait_idle()
    assert [s.name for s in tab.grid.samples[:4]] == ["a.png", "b.png", "c.png", photo.name]


def test_kept_samples_are_placed_only_when_they_or_the_plane_change(
    generating: MainWindow, wait_idle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, placed = generating.generate, []
    place = Plane.place
    monkeypatch.setattr(Plane, "place", lambda plane, vectors: (placed.append(len(vectors)), place(plane, vectors))[1])
    samples = [replace(sample, kept=True) for sample in tab.grid.samples[:5]]
    tab.samples.adopt_all(samples[:4])
    assert tab.map._marks == [pytest.approx(sample.vector) for sample in samples[:4]]
    wait_idle()
    placed.clear()
    for step in range(5):
        tab.map.move_to(step / 10, 0.3)
        wait_idle()
    assert placed == []
    tab.samples.adopt_all(samples[4:])
    assert 5 in placed
    assert tab.map._marks == [pytest.approx(sample.vector) for sample in (samples[4], *samples[:4])]
    wait_idle()
    tab.atlas.look_through(Plane((0.0, 0.0), (0.0, 1.0), (1.0, 0.0)))
    assert tab.map._marks[0] == pytest.approx(samples[4].vector[::-1])
    wait_idle()
    tab.samples.release(samples, [])
    assert tab.map._marks == []


def test_undo_leaves_what_was_kept_before(generating: MainWindow, wait_idle: Wait, tmp_path: Path) -> None:
    tab = generating.generate
    tab.grid.setCurrentIndex(tab.grid.model().index(3, 0))
    tab.samples.keep_button.click()
    tab.tools.exchange.decode(tmp_path / "first.npz")
    wait_idle()
    once = list(tab.samples.kept)
    assert [sample.name for sample in once] == ["a", "b", "Sample 4 of seed 0"]
    # the same vectors again, and one that was kept by hand
    tab.tools.exchange.decode(tmp_path / "second.npz")
    wait_idle()
    tab.tools.bench.put_in_front([replace(once[2], name="another")])
    assert [sample.name for sample in tab.samples.kept] == ["another", "a", "b"]
    generating.undo_action.trigger()
    generating.undo_action.trigger()
    assert tab.samples.kept == once
    generating.undo_action.trigger()
    assert tab.samples.kept == once[2:]
    generating.redo_action.trigger()
    assert [sample.name for sample in tab.samples.kept] == ["a", "b", "Sample 4 of seed 0"]


def test_what_was_kept_outlives_the_engine(
    generating: MainWindow, client: FakeClient, wait_idle: Wait, photo: Path
) -> None:
    tab = generating.generate
    generating.open_files([photo])
    wait_idle()
    client.pause(spec.Sample)
    tab.inspector.dice.click()
    client.die()
    wait_idle()
    client.go_on(spec.Sample)
    generating.notices.retry_button.click()
    wait_idle()
    assert tab.grid.samples[0].name == photo.name
    assert tab.own.find(tab.grid.samples[0]) is not None
