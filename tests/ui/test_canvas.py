"""The canvas: geometry, tiles and what is painted."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.imageio.halve import half
from aestudio.ui.app import create_app
from aestudio.ui.widgets.compare_keys import PAN, PAN_FAR
from aestudio.ui.widgets.compare_view import CompareView
from aestudio.ui.widgets.panes import Mode
from aestudio.ui.widgets.tile_pyramid import TilePyramid, level_for
from aestudio.ui.widgets.viewport import Viewport

RANDOM = np.random.default_rng(3)


def noise(height: int, width: int) -> np.ndarray:
    return RANDOM.integers(0, 256, (height, width, 3), dtype=np.uint8)


def filled(pixels: np.ndarray, tile: int = 64) -> TilePyramid:
    layer = TilePyramid(pixels.shape[1], pixels.shape[0])
    for y in range(0, pixels.shape[0], tile):
        for x in range(0, pixels.shape[1], tile):
            layer.put(x, y, pixels[y : y + tile, x : x + tile], "job")
    return layer


@pytest.fixture
def view(qtbot: QtBot) -> CompareView:
    create_app(["aestudio", "--fresh"])
    view = CompareView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    before, after = noise(307, 613), noise(307, 613)
    view.show_layers((613, 307), filled(before), None, filled(after))
    return view


def painted(view: CompareView) -> np.ndarray:
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


@pytest.mark.parametrize("at", [(10.0, 20.0), (200.0, 150.0), (399.0, 1.0)])
@pytest.mark.parametrize("zoom", [0.5, 1.0, 3.0, 17.0])
def test_zoom_keeps_the_pixel_under_the_cursor(at: tuple[float, float], zoom: float) -> None:
    port = Viewport()
    port.resize(400, 300)
    port.show_size(4000, 3000)
    port.zoom_to(0.8, at)
    point = port.to_picture(*at)
    port.zoom_to(zoom, at)
    again = port.to_picture(*at)
    # Whole screen pixels: at most half of one is lost each time.
    assert abs(point[0] - again[0]) * zoom <= 0.51
    assert abs(point[1] - again[1]) * zoom <= 0.51


def test_fit_centres_follows_the_canvas_and_never_enlarges() -> None:
    port = Viewport()
    port.resize(400, 300)
    port.show_size(800, 300)
    assert port.zoom == 0.5
    assert (port.x, port.y) == (0, 75)
    port.resize(200, 300)
    assert port.zoom == 0.25
    port.show_size(20, 10)
    assert port.zoom == 1.0
    assert (port.x, port.y) == (90, 145)


def test_an_enlarged_picture_keeps_the_view_of_it() -> None:
    port = Viewport()
    port.resize(400, 300)
    port.show_size(600, 450)
    port.zoom_to(4.0, (100.0, 50.0))
    middle = port.to_picture(200, 150)
    port.show_size(2400, 1800)
    assert port.zoom == 1.0
    assert port.to_picture(200, 150) == pytest.approx((middle[0] * 4, middle[1] * 4), abs=1)


def test_the_picture_cannot_be_lost() -> None:
    port = Viewport()
    port.resize(400, 300)
    port.show_size(800, 600)
    port.zoom_to(1.0)
    port.pan(1e6, -1e6)
    assert port.x <= 400 - 48
    assert port.y >= 48 - 600


def test_one_to_one_paints_every_pixel_as_it_is(view: CompareView) -> None:
    view.zoom_to(1.0)
    view.divider = 0.5
    shot = painted(view)
    x0, y0 = int(view.viewport.x), int(view.viewport.y)
    layers = {100: view.base, 300: view.after}
    for x, layer in layers.items():
        assert layer is not None
        for y in (60, 150, 298):
            piece = next(layer.within(x - x0, y - y0, x - x0 + 1, y - y0 + 1))
            assert shot[y, x].tolist() == piece.level(0)[1][y - y0 - piece.y, x - x0 - piece.x].tolist()


def test_focus_is_a_line_around_the_picture_and_no_veil(view: CompareView) -> None:
    view.zoom_to(1.0)
    view.clearFocus()
    without = painted(view)
    view.setFocus()
    assert view.hasFocus()
    assert (painted(view)[1:-1, 1:-1] == without[1:-1, 1:-1]).all()


def test_beyond_one_to_one_pixels_are_squares(view: CompareView) -> None:
    view.mode = Mode.AFTER
    view.zoom_to(8.0)
    shot = painted(view)
    x0, y0 = int(view.viewport.x), int(view.viewport.y)
    left, top = (-x0) % 8, (-y0) % 8
    left, top = (8 - left) % 8 + 80, (8 - top) % 8 + 80
    block = shot[top : top + 8, left : left + 8]
    assert (block == block[0, 0]).all()


def test_no_seams_at_odd_zooms(qtbot: QtBot, view: CompareView) -> None:
    grey = np.full((307, 613, 3), 200, np.uint8)
    view.show_layers((613, 307), filled(grey, 37), None, None)
    for zoom in (0.31, 0.57, 0.9, 1.7, 3.3):
        view.zoom_to(zoom)
        left, top = view.viewport.to_canvas(0, 0)
        right, bottom = view.viewport.to_canvas(613, 307)
        inside = painted(view)[
            max(0, round(top)) : min(300, round(bottom)), max(0, round(left)) : min(400, round(right))
        ]
        assert (inside[2:-2, 2:-2] == 200).all(), zoom


def test_strength_zero_shows_the_original(view: CompareView) -> None:
    view.mode = Mode.AFTER
    view.zoom_to(1.0)
    view.strength = 0.0
    blended = painted(view)
    view.set_original(True)
    assert (painted(view) == blended).all()


def test_the_wheel_zooms_about_the_cursor(view: CompareView) -> None:
    at = QPointF(120, 90)
    view.zoom_to(1.0)
    point = view.viewport.to_picture(120, 90)
    wheel = QWheelEvent(
        *(at, view.mapToGlobal(at), QPoint(), QPoint(0, 480), Qt.MouseButton.NoButton),
        *(Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(view, wheel)
    assert view.viewport.zoom == pytest.approx(2.0)
    assert view.viewport.to_picture(120, 90) == pytest.approx(point, abs=0.5)


def test_mouse_drags_the_divider_or_the_picture(qtbot: QtBot, view: CompareView) -> None:
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.mouseMove(view, QPoint(300, 150))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 150))
    assert view.divider == pytest.approx(0.75)
    view.zoom_to(2.0)
    start = view.viewport.x
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(view, QPoint(80, 100))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(80, 100))
    assert view.viewport.x == start - 20


def test_keys(qtbot: QtBot, view: CompareView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_2)
    assert view.viewport.zoom == 2.0
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.viewport.fitting
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.divider == pytest.approx(0.51)
    qtbot.keyPress(view, Qt.Key.Key_Space)
    assert view.showing_original
    qtbot.keyRelease(view, Qt.Key.Key_Space)
    assert not view.showing_original


def test_keys_move_a_picture_that_is_larger_than_the_canvas(qtbot: QtBot, view: CompareView) -> None:
    key = Qt.Key
    view.mode = Mode.AFTER
    before = view.divider
    qtbot.keyClick(view, key.Key_Right)
    assert view.viewport.fitting, "the whole picture shows: there is nowhere to go"
    view.zoom_to(8.0)
    width, height = view.viewport.canvas_width, view.viewport.canvas_height
    x, y = view.viewport.x, view.viewport.y
    qtbot.keyClick(view, key.Key_Right)
    qtbot.keyClick(view, key.Key_Up)
    assert (view.viewport.x, view.viewport.y) == pytest.approx((x - PAN * width, y + PAN * height))
    qtbot.keyClick(view, key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.viewport.x == pytest.approx(x - (PAN - PAN_FAR) * width)
    assert view.divider == before, "a divider that nobody sees stays"
    view.mode = Mode.DIVIDER
    x, y = view.viewport.x, view.viewport.y
    qtbot.keyClick(view, key.Key_Right)
    assert view.divider > before
    assert (view.viewport.x, view.viewport.y) == (x, y)
    qtbot.keyClick(view, key.Key_PageUp)
    qtbot.keyClick(view, key.Key_PageDown)
    assert view.viewport.y == pytest.approx(y)
    qtbot.keyClick(view, key.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert view.viewport.x < x


def test_half_is_the_mean_of_two_by_two() -> None:
    pixels = noise(31, 37)
    small = half(pixels)
    assert small.shape == (16, 19, 3)
    expected = pixels[:30, :36].reshape(15, 2, 18, 2, 3).astype(float).mean((1, 3))
    assert np.abs(small[:15, :18] - expected).max() <= 0.5


def test_levels_are_never_enlarged() -> None:
    assert [level_for(z) for z in (4, 1, 0.6, 0.5, 0.3, 0.25, 0.1)] == [0, 0, 0, 1, 1, 2, 3]


def test_coverage_and_pieces_of_the_past() -> None:
    layer = TilePyramid(100, 80)
    layer.put(0, 0, noise(80, 50), "old")
    layer.put(50, 0, noise(80, 50), "old")
    assert layer.covers(0, 0, 100, 80)
    layer.put(0, 0, noise(80, 50), "new")
    layer.keep_only("new")
    assert len(layer) == 1
    assert layer.covers(0, 0, 50, 80)
    assert not layer.covers(0, 0, 51, 80)


def test_a_piece_takes_the_place_of_what_came_ahead_of_it() -> None:
    layer = TilePyramid(200, 100)
    layer.put(20, 30, noise(40, 40), "job")
    assert not layer.complete(0, (0, 0, 100, 100), "job")
    layer.put(100, 0, noise(100, 100), "job", number=1)
    assert len(layer) == 2, "a part of another place stays"
    layer.put(0, 0, noise(100, 100), "job", number=0)
    assert len(layer) == 2
    assert layer.at(20, 30) is None
    assert layer.complete(0, (0, 0, 200, 100), "job")
    layer.put(20, 30, noise(40, 40), "next")
    layer.put(0, 0, noise(100, 100), "job", number=0)
    assert layer.at(20, 30) is not None, "it is of other settings"


def test_pieces_come_at_any_level_and_give_the_nearest_they_have() -> None:
    layer = TilePyramid(256, 128)
    piece = layer.put(0, 0, noise(32, 64), "job", level=2, size=(256, 128), number=7)
    assert piece.level(0)[0] == 2
    assert piece.level(3)[0] == 3
    assert piece.level(3)[1].shape == (16, 32, 3)
    assert layer.covers(0, 0, 256, 128)
    assert layer.complete(2, (0, 0, 256, 128), "job")
    assert not layer.complete(1, (0, 0, 256, 128), "job")
    assert not layer.complete(2, (0, 0, 256, 128), "other")
    assert layer.at_least(2, (0, 0, 9, 9), "job") == (7,)
    assert layer.at_least(1, (0, 0, 9, 9), "job") == ()


def test_room_is_made_out_of_sight_first_by_coarser_levels() -> None:
    layer = filled(noise(256, 256))
    whole, view = layer.nbytes, (0.0, 0.0, 64.0, 64.0)
    layer.trim(whole // 2, view)
    assert layer.nbytes <= whole // 2
    assert len(layer) == 16
    assert next(layer.within(0, 0, 1, 1)).finest == 0
    assert next(layer.within(100, 0, 101, 1)).finest > 0
    layer.trim(0, view)
    assert len(layer) == 1
    assert next(layer.within(0, 0, 1, 1)).finest == 0


def test_a_rectangle_with_a_fraction_of_a_pixel_is_covered() -> None:
    layer = filled(noise(500, 700), tile=37)
    random = np.random.default_rng(0)
    for _ in range(200):
        left, top = random.uniform(0, 600), random.uniform(0, 400)
        assert layer.covers(left, top, left + random.uniform(0, 99), top + random.uniform(0, 99))


def test_differences_follow_the_result_they_belong_to() -> None:
    result, difference = filled(noise(128, 128)), filled(noise(128, 128))
    result.put(0, 0, noise(64, 64), "newer")
    difference.keep_like(result)
    assert len(difference) == 3
    assert difference.at(0, 0) is None
