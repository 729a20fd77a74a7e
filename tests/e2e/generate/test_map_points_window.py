"""What lies on the map, with the real engine: chosen by hand, by likeness and by name, drawn, and decoded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from aestudio import cli
from aestudio.ui.generate.atlas import Atlas
from aestudio.ui.generate.chosen import NEIGHBOURS
from aestudio.ui.main_window import MainWindow
from aestudio.ui.tabs.generate import GenerateTab

MODEL = "vae-digits-2d"
Settle = Callable[[], None]
Decoder = Callable[[NDArray[np.float32]], list[NDArray[np.int64]]]


def on_screen(atlas: Atlas) -> NDArray[np.float64]:
    """Return where the points lie in the widget (N, 2)."""
    assert atlas.points is not None
    corners = [atlas.map.to_widget(x, y) for x, y in ((0.0, 0.0), (1.0, 1.0))]
    start, end = (np.array([corner.x(), corner.y()]) for corner in corners)
    return start + atlas.points.places.astype(np.float64) * (end - start)


def colours(image: QImage) -> NDArray[np.int64]:
    """Return the colours (H, W, 3) of a picture of the screen."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(np.int64)


def show_only(atlas: Atlas, *layers: str) -> None:
    for layer in ("mosaic", "points", "contours", "thumbnails"):
        box = getattr(atlas.panel, f"{layer}_box")
        if box.isChecked() != (layer in layers):
            box.click()


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    """Return a folder of twelve drawn digits in two subfolders, with two copies of the third among them."""
    folder = tmp_path / "drawn digits"
    command = ["generate", "--model", MODEL, "--count", "12", "--seed", "5", "--quiet", "-o", str(tmp_path / "made")]
    assert cli.run(command) == 0
    for number, file in enumerate(sorted((tmp_path / "made").iterdir())):
        target = folder / ("first" if number < 6 else "second") / f"digit {number:02d}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    for copy in ("a copy.png", "one more.png"):
        shutil.copy(folder / "first" / "digit 02.png", folder / "second" / copy)
    return folder


@pytest.fixture
def opened_folder(tab: GenerateTab, window: MainWindow, settle: Settle, digits: Path) -> Atlas:
    window.open_files([digits])
    settle()
    assert tab.atlas.points is not None
    assert tab.atlas.points.count == 14
    return tab.atlas


def test_a_line_chooses_the_points_within_and_the_model_shows_them(
    tab: GenerateTab, settle: Settle, decoded_outside: Decoder
) -> None:
    atlas = tab.atlas
    assert atlas.points is not None
    where = on_screen(atlas)
    # a triangle around the middle, and the points to its inner side of every edge
    middle = np.median(where, 0).round()
    corners = [middle + offset for offset in ((-60, 50), (60, 50), (0, -70))]
    atlas.panel.lasso_button.click()
    ends = [QPoint(*corner.astype(int).tolist()) for corner in (*corners, corners[0])]
    QTest.mousePress(atlas.map, Qt.MouseButton.LeftButton, pos=ends[0])
    for end in ends[1:]:
        QTest.mouseMove(atlas.map, end)
    QTest.mouseRelease(atlas.map, Qt.MouseButton.LeftButton, pos=ends[-1])
    atlas.panel.lasso_button.click()
    sides = []
    for one, other in zip(corners, (*corners[1:], corners[0]), strict=True):
        (along_x, along_y), away = other - one, where - one
        sides.append(along_x * away[:, 1] - along_y * away[:, 0])
    inside = np.flatnonzero((np.array(sides) < -1).all(0))
    near_an_edge = np.flatnonzero((np.abs(sides) < 130).any(0))
    assert len(inside) > 50
    assert set(inside) - set(near_an_edge) <= set(atlas.chosen.numbers)
    assert set(atlas.chosen.numbers) <= set(inside) | set(near_an_edge)
    settle()
    assert atlas.panel.rows.count() > 0
    expected = decoded_outside(atlas.points.vectors[atlas.chosen.numbers[:1]])[0]
    icon = atlas.panel.rows.item(0).icon()
    first = colours(icon.pixmap(icon.availableSizes()[0]).toImage())
    assert first.shape[:2] == expected.shape
    assert np.abs(first[:, :, 0] - expected).max() <= 1


def test_a_click_lists_the_nearest_neighbours(tab: GenerateTab, settle: Settle, decoded_outside: Decoder) -> None:
    atlas = tab.atlas
    assert atlas.points is not None
    vectors = atlas.points.vectors.astype(np.float64)
    # the point furthest out: nothing lies over it
    at = int(np.linalg.norm(atlas.points.places, axis=1).argsort()[-300])
    atlas.map.reveal(*atlas.points.places[at].tolist())
    atlas.map.zoom_by(30, atlas.map.to_widget(*atlas.points.places[at].tolist()))
    place = atlas.map.to_widget(*atlas.points.places[at].tolist()).toPoint()
    QTest.mouseClick(atlas.map, Qt.MouseButton.LeftButton, pos=place)
    settle()
    numbers = atlas.chosen.numbers
    at = numbers[0]
    far = np.linalg.norm(vectors - vectors[at], axis=1)
    assert len(numbers) == NEIGHBOURS + 1
    assert far[numbers] == pytest.approx(np.sort(far)[: NEIGHBOURS + 1], abs=1e-6)
    assert f"distance {far[numbers[-1]]:.3g}" in atlas.panel.rows.item(NEIGHBOURS).text()
    assert tab.decoded.pixels is not None
    expected = decoded_outside(atlas.points.vectors[[at]])[0]
    assert np.abs(tab.decoded.pixels[:, :, 0].astype(int) - expected).max() <= 1
    atlas.map.go_home()


def test_pictures_are_found_by_name(opened_folder: Atlas, settle: Settle, tab: GenerateTab) -> None:
    opened_folder.panel.search.setText("SECOND 07")
    assert [file.name for file in opened_folder.chosen.files] == ["digit 07.png"]
    opened_folder.panel.rows.setCurrentRow(0)
    settle()
    # its own picture beside what comes back of it
    with Image.open(opened_folder.chosen.files[0]) as picture:
        assert tab.decoded.original is not None
        assert np.array_equal(tab.decoded.original[:, :, 0], np.asarray(picture))
    opened_folder.panel.search.setText("")
    assert opened_folder.chosen.files == []


def test_copies_are_duplicates_and_nothing_else_is(opened_folder: Atlas, settle: Settle) -> None:
    panel = opened_folder.panel
    panel.alike_button.click()
    settle()
    panel.alike_slider.slider.setValue(0)
    assert sorted(file.name for file in opened_folder.chosen.files) == ["a copy.png", "digit 02.png", "one more.png"]
    assert panel.chosen_words.text() == "3 pairs that are much alike"
    assert all("distance 0" in panel.rows.item(row).text() for row in range(3))


def test_contours_are_drawn_where_points_are_dense(tab: GenerateTab, settle: Settle) -> None:
    atlas = tab.atlas
    assert atlas.points is not None
    show_only(atlas)
    settle()
    blank = colours(atlas.map.grab().toImage())
    show_only(atlas, "contours")
    drawn = colours(atlas.map.grab().toImage())
    lines = np.argwhere((drawn != blank).any(2))[:, ::-1]
    assert len(lines) > 200
    # within what the points cover, and not where none is
    where = on_screen(atlas)
    some = lines[:: max(1, len(lines) // 200)]
    nearest = np.array([np.hypot(*(where - line).T).min() for line in some])
    assert np.quantile(nearest, 0.9) < 25
    # a group that is left out has none
    for row in range(1, atlas.panel.legend.count()):
        atlas.panel.legend.item(row).setCheckState(Qt.CheckState.Unchecked)
    of_one = np.argwhere((colours(atlas.map.grab().toImage()) != blank).any(2))
    assert 0 < len(of_one) < len(lines) / 3
    show_only(atlas, "mosaic", "points", "contours")
    settle()


def test_thumbnails_show_each_picture_where_it_lies(opened_folder: Atlas, settle: Settle) -> None:
    atlas = opened_folder
    assert atlas.points is not None
    assert atlas.points.thumbnails is not None
    show_only(atlas, "thumbnails")
    settle()
    screen = colours(atlas.map.grab().toImage())
    where = on_screen(atlas)
    apart = np.abs(where[:, None] - where).max(2) + np.eye(len(where)) * 999
    alone = np.flatnonzero(
        (apart.min(1) > 44) & (where > 30).all(1) & (where < np.array(screen.shape[1::-1]) - 30).all(1)
    )
    assert len(alone) > 2
    for number in alone:
        x, y = where[number].round().astype(int)
        seen = screen[y - 14 : y + 14, x - 14 : x + 14, 0].astype(float).ravel()
        with Image.open(atlas.points.files[number]) as picture:
            # a thumbnail is 40 points wide: its middle 28, enlarged as far
            large = np.asarray(picture.resize((40, 40), Image.Resampling.BILINEAR), float)[6:34, 6:34].ravel()
        assert np.corrcoef(seen, large)[0, 1] > 0.8
    show_only(atlas, "mosaic", "points", "contours")
    settle()


# of the offscreen platform, which shows the tip of a point that lies there
@pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)
def test_what_the_cursor_is_over_is_what_the_command_line_decodes(
    tab: GenerateTab, settle: Settle, decoded_outside: Decoder
) -> None:
    view = tab.map
    for x, y in ((-1.3, 0.4), (0.7, 1.9), (2.1, -0.6)):
        place = view.to_widget(x, y).toPoint()
        QTest.mouseMove(view, place)
        settle()
        there = view.to_plane(QPointF(place))
        assert view.point == pytest.approx(there)
        assert tab.decoded.pixels is not None
        expected = decoded_outside(np.array([there], np.float32))[0]
        assert np.abs(tab.decoded.pixels[:, :, 0].astype(int) - expected).max() <= 1
        assert f"{there[0]:+.2f}, {there[1]:+.2f}" == tab.inspector.coordinates.text()
