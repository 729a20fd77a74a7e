"""The map by itself: where things lie, how it moves, and which layer gets the pointer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aestudio.ui.generate.mosaic import level_for, tile_box, tiles_in
from aestudio.ui.widgets.latent_map import LatentMap
from aestudio.ui.widgets.map_layer import MapLayer
from aestudio.ui.widgets.map_view import MapView


@pytest.fixture
def shown(qtbot: QtBot) -> LatentMap:
    widget = LatentMap()
    qtbot.addWidget(widget)
    widget.resize(616, 416)
    widget.show()
    widget.show_plane((-2.0, -2.0, 2.0, 2.0))
    return widget


def test_home_shows_all_and_follows_the_size(shown: LatentMap) -> None:
    # 416 less the margin of 8 on both sides for four units
    assert shown.view.scale == 100
    assert shown.to_plane(QPointF(308, 208)) == pytest.approx((0, 0))
    assert shown.to_plane(QPointF(508, 8)) == pytest.approx((2, 2))
    assert shown.to_plane(shown.to_widget(1.25, -0.5)) == pytest.approx((1.25, -0.5))
    shown.resize(616, 216)
    assert shown.view.scale == 50


def test_the_wheel_zooms_about_the_pointer(shown: LatentMap) -> None:
    at = QPointF(408, 108)
    before = shown.to_plane(at)
    shown.zoom_by(4, at)
    assert shown.view.scale == 400
    assert shown.to_plane(at) == pytest.approx(before)
    shown.zoom_by(1e9, at)
    assert shown.to_plane(at) == pytest.approx(before)
    shown.zoom_by(1e-12)
    assert shown.view.scale == 50
    QTest.keyClick(shown, Qt.Key.Key_Home)
    assert (shown.view.scale, shown.view.x, shown.view.y) == (100, 0, 0)


def test_dragging_pans_and_a_click_does_not(shown: LatentMap, qtbot: QtBot) -> None:
    shown.zoom_by(4)
    where = shown.to_plane(QPointF(308, 208))
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(308, 208))
    for x in range(312, 350, 4):
        QTest.mouseMove(shown, QPoint(x, 208))
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(348, 208))
    assert shown.to_plane(QPointF(348, 208)) == pytest.approx(where)
    with qtbot.waitSignal(shown.clicked) as clicked:
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(308, 208))
    assert clicked.args == pytest.approx([-0.1, 0])
    # the middle never leaves what is shown at home
    shown.view.pan(1e6, 0)
    assert shown.view.x == -2


def test_the_cursor_goes_by_keys_and_the_map_goes_with_it(shown: LatentMap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.moved) as moved:
        QTest.mouseMove(shown, QPoint(408, 208))
    assert moved.args == pytest.approx([1, 0])
    QTest.keyClick(shown, Qt.Key.Key_Up)
    assert shown.point == pytest.approx((1, 0.08))
    shown.zoom_by(100)
    QTest.keyClick(shown, Qt.Key.Key_Right)
    left, bottom, right, top = shown.view.visible()
    assert left <= shown.point[0] <= right + 1e-9
    assert bottom - 1e-9 <= shown.point[1] <= top


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_key_chooses_at_the_cursor(shown: LatentMap, qtbot: QtBot, key: Qt.Key) -> None:
    shown.show_point(0.5, -0.25)
    with qtbot.waitSignal(shown.moved) as moved, qtbot.waitSignal(shown.clicked) as clicked:
        QTest.keyClick(shown, key)
    assert (moved.args, clicked.args) == ([0.5, -0.25], [0.5, -0.25])
    shown.show_message("No map.")
    with qtbot.assertNotEmitted(shown.clicked):
        QTest.keyClick(shown, key)
    assert any(key in entry.keys and "click" in entry.words for entry in shown.keys)


class Pin(MapLayer):
    order = 40

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def paint(self, painter: QPainter, view: MapView) -> None:
        self.heard.append("paint")

    def press(self, event: QMouseEvent, view: MapView) -> bool:
        return event.position().x() < 100

    def drag(self, event: QMouseEvent, view: MapView) -> None:
        self.heard.append("drag")

    def release(self, event: QMouseEvent, view: MapView) -> None:
        self.heard.append("release")


def test_a_layer_takes_the_pointer_before_the_map_does(shown: LatentMap) -> None:
    pin = Pin()
    shown.add_layer(pin)
    shown.repaint()
    assert pin.heard == ["paint"]
    before = shown.view.x
    QTest.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    QTest.mouseMove(shown, QPoint(90, 50))
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(90, 50))
    assert [word for word in pin.heard if word != "paint"] == ["drag", "release"]
    assert shown.view.x == before
    shown.remove_layer(pin)
    pin.heard.clear()
    shown.repaint()
    assert pin.heard == []


def test_tiles_cover_what_shows_at_the_density_that_the_zoom_needs() -> None:
    assert level_for(64, 28) == 1
    assert level_for(63.9, 28) == 0
    assert level_for(64, 64) == 0
    tiles = tiles_in((-0.5, -3.9, 3.9, 3.9), 1, 8)
    assert sorted(tiles) == [(1, -1, -1), (1, -1, 0), (1, 0, -1), (1, 0, 0)]
    assert tile_box((1, -1, 0), 8) == (-4, 0, 0, 4)
    # the one in the middle comes first
    assert tiles_in((0, 0, 12, 12), 1, 8)[0] == (1, 1, 1)
