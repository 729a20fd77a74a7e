"""What lies on the map, with a fake engine: the model's points, a folder, planes, and what is chosen."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aestudio.catalog.card import Card
from aestudio.jobs import mapping, spec
from aestudio.jobs.plane import through
from aestudio.ui.generate import chosen as choosing
from aestudio.ui.generate.atlas import Atlas
from aestudio.ui.generate.map_offers import MapOffers
from aestudio.ui.main_window import MainWindow
from tests.ui.conftest import make_photo, write_card
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]


@pytest.fixture
def atlas(window: MainWindow, wait_idle: Wait) -> Atlas:
    window.tabs.setCurrentWidget(window.generate)
    wait_idle()
    return window.generate.atlas


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of twelve pictures in two subfolders, and a broken one."""
    top = tmp_path / "pictures"
    for number in range(12):
        make_photo(top / ("left" if number < 8 else "right") / f"photo {number}.png", 37, 31, number)
    (top / "right" / "torn.png").write_bytes(b"no picture")
    return top


@pytest.fixture
def opened_folder(atlas: Atlas, window: MainWindow, folder: Path, wait_idle: Wait) -> Atlas:
    window.open_files([folder])
    assert not window.idle
    wait_idle()
    return atlas


def drag(widget: QWidget, *places: tuple[float, float]) -> None:
    points = [QPoint(round(x), round(y)) for x, y in places]
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(widget, point)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=points[-1])


def listed(atlas: Atlas) -> list[str]:
    rows = atlas.panel.rows
    return [rows.item(row).text() for row in range(rows.count())]


def test_the_map_opens_with_the_models_points(atlas: Atlas, window: MainWindow) -> None:
    panel = atlas.panel
    assert "60 of the pictures" in panel.title.text()
    assert [panel.legend.item(row).text() for row in range(3)] == ["cats (20)", "dogs (20)", "owls (20)"]
    assert atlas.mosaic.count > 0
    assert window.generate.decoded.pixels is not None
    shades = {
        window.generate.map.grab().toImage().pixelColor(x, y).name() for x in range(0, 700, 2) for y in (100, 200)
    }
    assert len(shades) > 20


def test_a_line_drawn_around_points_chooses_them(atlas: Atlas, client: FakeClient, wait_idle: Wait) -> None:
    view = atlas.map
    at = view.to_widget(-2, 0)
    around = [(-50, -60), (60, -60), (60, 60), (-50, 60), (-50, -40)]
    atlas.panel.lasso_button.click()
    drag(view, *((at.x() + x, at.y() + y) for x, y in around))
    assert atlas.chosen.numbers == list(range(0, 60, 3))
    wait_idle()
    # they have no pictures of their own: the model shows what it makes of them
    assert len(client.jobs(spec.Decode)[-1].vectors) == 20
    assert not atlas.panel.rows.item(0).icon().isNull()
    assert atlas.panel.chosen_words.text() == "20 chosen"
    atlas.panel.rectangle_button.click()
    assert not atlas.panel.lasso_button.isChecked()
    at = view.to_widget(2, 0)
    drag(view, (at.x() - 60, at.y() + 60), (at.x(), at.y()), (at.x() + 60, at.y() - 60))
    assert atlas.chosen.numbers == list(range(2, 60, 3))
    atlas.panel.rectangle_button.click()
    x = view.view.x
    view.zoom_by(3)
    drag(view, (100, 100), (110, 100), (160, 100))
    assert view.view.x != x
    atlas.panel.clear_button.click()
    assert atlas.chosen.numbers == []
    assert listed(atlas) == []


def test_points_of_a_model_with_classes_are_shown_as_their_own(
    window: MainWindow, models: Path, client: FakeClient, wait_idle: Wait
) -> None:
    names = ["cats", "dogs", "owls"]
    write_card(Card("a-map", "A map", "vae", "none", {"latent": 2}, channels=1, classes=names), models)
    tab, atlas = window.generate, window.generate.atlas
    tab.load_models()
    tab.inspector.model_picker.setCurrentIndex(tab.inspector.model_picker.findData("a-map"))
    window.tabs.setCurrentWidget(tab)
    wait_idle()
    tab.inspector.class_picker.setCurrentIndex(1)
    wait_idle()
    atlas.chosen.pick(5)
    wait_idle()
    assert atlas.points is not None
    shown = {job.stream: job.labels for job in client.jobs(spec.Decode)}
    assert shown["list"] == tuple(int(atlas.points.groups[n]) for n in atlas.chosen.numbers[: len(shown["list"])])
    assert len(set(shown["list"])) > 1
    assert shown["cursor"] == (int(atlas.points.groups[5]),) == (2,)
    tab.map.move_to(0.3, 0.3)
    wait_idle()
    assert [job for job in client.jobs(spec.Decode) if job.stream == "cursor"][-1].labels == (0,)


def test_pictures_of_a_folder_are_decoded_as_the_class_that_they_were_encoded_as(
    window: MainWindow, models: Path, client: FakeClient, wait_idle: Wait, folder: Path
) -> None:
    names = ["cats", "dogs", "owls"]
    write_card(Card("a-map", "A map", "vae", "none", {"latent": 2}, channels=1, classes=names), models)
    client.encoded_as = 2
    tab, atlas = window.generate, window.generate.atlas
    tab.load_models()
    tab.inspector.model_picker.setCurrentIndex(tab.inspector.model_picker.findData("a-map"))
    window.tabs.setCurrentWidget(tab)
    wait_idle()
    window.open_files([folder])
    wait_idle()
    assert atlas.points is not None
    # the groups are its subfolders
    assert atlas.points.groups[0] == 0
    atlas.chosen.pick(0)
    wait_idle()
    assert [job.labels for job in client.jobs(spec.Decode) if job.stream == "cursor"][-1] == (2,)


def test_a_group_is_left_out(atlas: Atlas) -> None:
    atlas.panel.legend.item(0).setCheckState(Qt.CheckState.Unchecked)
    atlas._on_drawn([(-9, -9), (9, -9), (9, 9), (-9, 9)])
    assert len(atlas.chosen.numbers) == 40
    place = atlas.map.to_widget(*atlas.points.places[0].tolist())
    assert atlas.data.at(place, atlas.map.view) == -1


def test_a_point_lists_those_most_like_it(atlas: Atlas, window: MainWindow, wait_idle: Wait) -> None:
    points = atlas.points
    place = atlas.map.to_widget(*points.places[5].tolist())
    assert atlas.data.tip(place, atlas.map.view).startswith("owls #")
    QTest.mouseClick(atlas.map, Qt.MouseButton.LeftButton, pos=place.toPoint())
    wait_idle()
    numbers = atlas.chosen.numbers
    far = np.linalg.norm(points.vectors - points.vectors[numbers[0]], axis=1)
    assert numbers == sorted(numbers, key=lambda n: far[n])
    assert len(numbers) == choosing.NEIGHBOURS + 1
    assert "distance" in listed(atlas)[1]
    # a row shows where it lies
    atlas.map.zoom_by(200, QPointF(0, 0))
    atlas.panel.rows.setCurrentRow(7)
    left, bottom, right, top = atlas.map.view.visible()
    x, y = points.places[numbers[7]]
    assert left <= x <= right
    assert bottom <= y <= top
    assert window.generate.inspector.decoded_title.text() == points.name(numbers[7])


def test_a_point_of_a_folder_is_chosen_by_key(opened_folder: Atlas, window: MainWindow, wait_idle: Wait) -> None:
    atlas = opened_folder
    atlas.map.move_to(*atlas.points.places[4].tolist())
    QTest.keyClick(atlas.map, Qt.Key.Key_Return)
    assert atlas.chosen.numbers[0] == 4
    assert window.generate.inspector.decoded_title.text() == atlas.points.name(4)
    # a place of the map for Edit as well
    window.generate.inspector.use_tool("edit")
    atlas.map.move_to(0.25, -0.75)
    QTest.keyClick(atlas.map, Qt.Key.Key_Enter)
    wait_idle()
    base = window.generate.tools.edit.base
    assert base is not None
    assert base.vector == pytest.approx((0.25, -0.75))


def test_a_folder_becomes_points_with_thumbnails(
    opened_folder: Atlas, window: MainWindow, client: FakeClient, wait_idle: Wait
) -> None:
    atlas = opened_folder
    assert atlas.points.count == 12
    assert "12 pictures in pictures" in atlas.panel.title.text()
    assert [atlas.panel.legend.item(row).text() for row in range(2)] == ["left (8)", "right (4)"]
    assert "torn.png" in window.notices.text.text()
    assert atlas.panel.thumbnails_box.isEnabled()
    before = atlas.map.grab().toImage()
    atlas.panel.thumbnails_box.click()
    assert atlas.map.grab().toImage() != before
    atlas.panel.unlike_button.click()
    assert [n for n in atlas.chosen.numbers] == [0, 5, 10]
    assert "comes back at 10.0 dB" in listed(atlas)[0]
    assert "Not this model’s kind" in atlas.data.tip(
        atlas.map.to_widget(*atlas.points.places[5].tolist()), atlas.map.view
    )
    atlas.panel.own_button.click()
    wait_idle()
    assert atlas.points.count == 60


def test_a_name_is_searched_and_the_list_is_saved(opened_folder: Atlas, tmp_path: Path) -> None:
    atlas = opened_folder
    atlas.panel.search.setText("RIGHT photo 1")
    assert [Path(words).name for words in listed(atlas)] == ["photo 10.png", "photo 11.png"]
    target = tmp_path / "list.csv"
    atlas.chosen.save_list(target)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [Path(row["name"]).name for row in rows] == ["photo 10.png", "photo 11.png"]
    assert all(Path(row["name"]).is_file() for row in rows)
    assert {row["group"] for row in rows} == {"right"}
    atlas.panel.search.setText("")
    assert atlas.chosen.numbers == []
    atlas.panel.search.setText("nothing of the kind")
    assert atlas.panel.chosen_words.text() == "0 chosen"


def test_a_list_that_cannot_be_written_is_said(opened_folder: Atlas, window: MainWindow, tmp_path: Path) -> None:
    opened_folder.chosen.choose([1])
    opened_folder.chosen.save_list(tmp_path / "missing" / "list.csv")
    assert "cannot be written" in window.notices.text.text()


def test_duplicates_are_listed_in_pairs(opened_folder: Atlas, client: FakeClient, wait_idle: Wait) -> None:
    atlas = opened_folder
    atlas.panel.alike_button.click()
    wait_idle()
    assert atlas.panel.chosen_words.text() == "No two are much alike."
    client.alike = np.array([[3, 9], [1, 3]], np.int32)
    atlas.panel.alike_button.click()
    wait_idle()
    assert atlas.chosen.numbers == [3, 9, 1]
    assert f"like {atlas.points.name(9)}" in listed(atlas)[0]


def test_the_mosaic_is_smooth_again_when_a_zoom_rests(
    opened_folder: Atlas, window: MainWindow, wait_idle: Wait, qtbot: QtBot
) -> None:
    atlas, view = opened_folder, window.generate.map
    atlas.panel.points_box.setChecked(False)
    atlas.panel.contours_box.setChecked(False)
    view.zoom_by(1.07)
    wait_idle()
    view.grab()
    smooth = view.grab().toImage()
    # away and back: the same part of the plane, painted while it changed
    view.zoom_by(1.01)
    view.grab()
    view.zoom_by(1 / 1.01)
    with qtbot.waitSignal(atlas.mosaic.changed):
        moving = view.grab().toImage()
    assert moving != smooth
    assert view.grab().toImage() == smooth


def test_how_alike_duplicates_are_is_chosen(opened_folder: Atlas, client: FakeClient, wait_idle: Wait) -> None:
    atlas, panel = opened_folder, opened_folder.panel
    assert panel.alike_slider.isHidden()
    client.alike = np.array([[3, 9], [1, 3], [2, 5]], np.int32)
    # of a usual distance of 2: 5 %, 20 % and all of it
    client.apart = np.array([0.1, 0.4, 2.0], np.float32)
    panel.alike_button.click()
    wait_idle()
    assert not panel.alike_slider.isHidden()
    assert panel.chosen_words.text() == "1 pair that is much alike"
    assert atlas.chosen.numbers == [3, 9]
    asked = len(client.jobs(mapping.FindAlike))
    for percent, words, numbers in (
        (20, "2 pairs that are much alike", [3, 9, 1]),
        (100, "3 pairs that are much alike", [3, 9, 1, 2, 5]),
        (4, "No two are much alike.", []),
    ):
        panel.alike_slider.slider.setValue(percent)
        assert panel.chosen_words.text() == words
        assert atlas.chosen.numbers == numbers
    # the engine is not asked again
    assert len(client.jobs(mapping.FindAlike)) == asked
    panel.search.setText("photo")
    assert panel.alike_slider.isHidden()
    wait_idle()


def test_what_is_searched_for_is_searched_for_among_other_points_too(opened_folder: Atlas) -> None:
    opened_folder.panel.search.setText("photo 3")
    assert opened_folder.chosen.numbers
    opened_folder.chosen.clear()
    opened_folder._show_points(opened_folder.points)
    assert [file.name for file in opened_folder.chosen.files] == ["photo 3.png"]


def test_what_is_chosen_opens_in_denoise_and_in_the_file_manager(
    opened_folder: Atlas, window: MainWindow, wait_idle: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(choosing, "show_in_folder", lambda file, _: shown.append(file))
    opened_folder.panel.search.setText("photo 3")
    opened_folder.panel.reveal_button.click()
    assert [file.name for file in shown] == ["photo 3.png"]
    opened_folder.panel.denoise_button.click()
    wait_idle()
    assert window.tabs.currentWidget() is window.denoise
    assert [path.name for path in window.pictures.paths()] == ["photo 3.png"]


def test_planes_of_more_dimensions(
    window: MainWindow, models: Path, client: FakeClient, wait_idle: Wait, folder: Path
) -> None:
    write_card(Card("a-wide", "Wide", "vae", "none", {"latent": 4}, channels=1), models)
    client.latent = 4
    tab, atlas = window.generate, window.generate.atlas
    tab.load_models()
    tab.inspector.model_picker.setCurrentIndex(tab.inspector.model_picker.findData("a-wide"))
    window.tabs.setCurrentWidget(tab)
    wait_idle()
    picker = atlas.panel.plane_picker
    assert [picker.itemData(row) for row in range(picker.count())] == ["own", "pca", "tsne", "umap"]
    assert client.jobs(spec.Map)[-1].plane.latent == 4
    window.open_files([folder])
    wait_idle()
    # a folder's own widest plane comes by itself
    assert picker.currentData() == "pca"
    vectors = atlas.points.vectors

    def choose(name: str) -> None:
        picker.setCurrentIndex(picker.findData(name))
        picker.activated.emit(picker.currentIndex())
        wait_idle()

    choose("tsne")
    assert atlas.plane is None
    assert not atlas.panel.mosaic_box.isEnabled()
    assert np.allclose(atlas.points.places, vectors[:, -2:] * 10)
    # between points of such a map lies a blend of them: at a point nothing but itself
    at = atlas.points.places[4].tolist()
    assert atlas.vector_at(*at) == pytest.approx(vectors[4].tolist(), abs=1e-4)
    assert atlas.place_of(tuple(vectors[4].tolist())) == pytest.approx(tuple(at))
    choose("umap")
    assert "UMAP is not installed" in window.notices.text.text()
    assert picker.currentData() == "tsne"
    assert tab.map.ready
    plane = through((0.0,) * 4, (0.0, 2.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0), ("smiling", "older"))
    atlas.look_through(plane)
    wait_idle()
    assert picker.currentText() == "smiling × older"
    assert np.allclose(atlas.points.places, np.stack([vectors[:, 1] / 2, vectors[:, 0]], 1), atol=1e-5)
    choose("own")
    assert atlas.plane.vector(1, 2) == (1, 2, 0, 0)


@pytest.mark.parametrize(("frozen", "installed"), [(False, False), (True, False), (True, True)])
def test_umap_is_offered_where_it_can_be_had(
    opened_folder: Atlas, monkeypatch: pytest.MonkeyPatch, frozen: bool, installed: bool
) -> None:
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object() if installed else None)
    MapOffers(opened_folder.panel).show_planes(opened_folder.points, None, "own")
    picker = opened_folder.panel.plane_picker
    assert (picker.findData("umap") >= 0) == (installed or not frozen)
    assert picker.findData("tsne") >= 0


def test_an_arrangement_of_other_points_is_not_waited_for(
    opened_folder: Atlas, window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait
) -> None:
    atlas, picker = opened_folder, opened_folder.panel.plane_picker
    client.pause(mapping.Arrange)
    picker.setCurrentIndex(picker.findData("tsne"))
    picker.activated.emit(picker.currentIndex())
    few = tmp_path / "few"
    make_photo(few / "one.png", 37, 31)
    make_photo(few / "two.png", 37, 31, 1)
    atlas.open_folder(few)
    wait_idle()
    client.go_on(mapping.Arrange)
    wait_idle()
    assert atlas.points is not None
    assert len(atlas.points.places) == atlas.points.count == 2
    assert atlas.plane is not None


@pytest.mark.parametrize("way", ["stop", "another plane"])
def test_an_arrangement_under_way_is_left(
    way: str, opened_folder: Atlas, window: MainWindow, client: FakeClient, wait_idle: Wait
) -> None:
    atlas, picker = opened_folder, opened_folder.panel.plane_picker
    before, shown = atlas.points.places, picker.currentData()

    def choose(name: str) -> None:
        picker.setCurrentIndex(picker.findData(name))
        picker.activated.emit(picker.currentIndex())

    client.pause(mapping.Arrange)
    choose("tsne")
    assert window.generate.row.status.text() == "Arranging the points…"
    # nothing waits for it meanwhile: a place is decoded
    window.generate.map.move_to(0.5, 0.5)
    if way == "stop":
        window.generate.row.cancel_button.click()
    else:
        choose(shown)
    wait_idle()
    assert window.generate.row.status.text() != "Arranging the points…"
    client.go_on(mapping.Arrange)
    wait_idle()
    assert picker.currentData() == shown
    assert atlas.points.places is before
    choose("tsne")
    wait_idle()
    assert picker.currentData() == "tsne"
    assert atlas.plane is None


def test_an_arrangement_under_way_does_not_replace_a_plane_of_directions(
    opened_folder: Atlas, window: MainWindow, client: FakeClient, wait_idle: Wait
) -> None:
    atlas, picker = opened_folder, opened_folder.panel.plane_picker
    client.pause(mapping.Arrange)
    picker.setCurrentIndex(picker.findData("tsne"))
    picker.activated.emit(picker.currentIndex())
    plane = through((0.0, 0.0), (0.0, 2.0), (1.0, 0.0), ("smiling", "older"))
    atlas.look_through(plane)
    assert window.generate.row.status.text() != "Arranging the points…"
    client.go_on(mapping.Arrange)
    wait_idle()
    assert atlas.plane is plane
    assert picker.currentData() == "directions"


def test_umap_says_that_it_takes_long_at_first(
    opened_folder: Atlas, window: MainWindow, client: FakeClient, wait_idle: Wait
) -> None:
    picker = opened_folder.panel.plane_picker
    if picker.findData("umap") < 0:
        picker.addItem("UMAP", "umap")
    client.pause(mapping.Arrange)
    picker.setCurrentIndex(picker.findData("umap"))
    picker.activated.emit(picker.currentIndex())
    assert window.generate.row.status.text() == "Arranging the points by UMAP; the first time takes minutes…"
    client.go_on(mapping.Arrange)
    wait_idle()
    assert "UMAP" not in window.generate.row.status.text()


def test_a_latent_of_one_dimension_is_said(window: MainWindow, models: Path, wait_idle: Wait) -> None:
    write_card(Card("a-line", "Line", "vae", "none", {"latent": 1}, channels=1), models)
    tab = window.generate
    tab.load_models()
    tab.inspector.model_picker.setCurrentIndex(tab.inspector.model_picker.findData("a-line"))
    window.tabs.setCurrentWidget(tab)
    wait_idle()
    assert not tab.map.ready
    assert "one dimension" in tab.map._message
    assert tab.grid.count > 0


def test_a_folder_without_pictures_is_said_and_the_map_stays(
    atlas: Atlas, window: MainWindow, tmp_path: Path, wait_idle: Wait
) -> None:
    (tmp_path / "empty").mkdir()
    window.open_files([tmp_path / "empty"])
    wait_idle()
    assert "no pictures" in window.notices.text.text()
    assert atlas.points.count == 60
    assert atlas.map.ready


def test_a_folder_is_cancelled(
    atlas: Atlas, window: MainWindow, client: FakeClient, folder: Path, wait_idle: Wait
) -> None:
    client.pause(mapping.EmbedFolder, after=3)
    window.open_files([folder])
    tab = window.generate
    for _ in range(200):
        if tab.row.progress_bar.value() == 3:
            break
        QTest.qWait(10)
    assert "3 of 13" in tab.row.status.text()
    tab.row.cancel_button.click()
    wait_idle()
    assert atlas.points.count == 60
