"""The curves of a run: drawn as measured, looked at more closely, moved, and shown whole again."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aestudio.ui import theme
from aestudio.ui.widgets.loss_plot import NARROWEST, LossPlot, Panel

POINTS = [(i / 10, 10.0**-i) for i in range(11)]


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.resize(640, 190)
    plot.show()
    with qtbot.waitSignal(plot.drawn, timeout=20000):
        plot.show_panels(Panel("Loss", POINTS, logarithmic=True, raw=POINTS), Panel("Score", POINTS))
    return plot


def picture(widget: QWidget) -> QImage:
    QApplication.processEvents()
    return widget.grab().toImage()


def differing(one: QImage, other: QImage) -> int:
    """Return how many pixels of two pictures of one size differ."""
    places = ((x, y) for y in range(one.height()) for x in range(one.width()))
    return sum(one.pixel(x, y) != other.pixel(x, y) for x, y in places)


def test_the_panels_stand_side_by_side_with_their_titles_and_values(plot: LossPlot) -> None:
    loss, score = plot.curves
    assert (loss.title.text(), score.title.text()) == ("Loss", "Score")
    assert loss.geometry().right() < score.geometry().left()
    assert loss.heights == pytest.approx((-9.72, 0.72))
    assert score.heights == pytest.approx((-0.08, 1.08), abs=1e-3)


def test_nothing_has_no_heights(plot: LossPlot) -> None:
    plot.show_panels(Panel("Loss", (), logarithmic=True), Panel("Score", (), (("doing nothing", 20.0),)))
    assert [curve.plot.getAxis("left").style["showValues"] for curve in plot.curves] == [False, True]
    plot.show_panels(Panel("Loss", POINTS), Panel("Score", POINTS))
    assert all(curve.plot.getAxis("left").style["showValues"] for curve in plot.curves)


def test_heights_have_figures_however_little_is_shown(plot: LossPlot) -> None:
    for low, high in ((0.061, 0.069), (0.02, 0.09), (1e-5, 3.0), (4.2, 4.3)):
        plot.show_panels(Panel("Loss", [(0.0, low), (1.0, high)], logarithmic=True), Panel("Score"))
        axis = plot.curves[0].plot.getAxis("left")
        ends = plot.curves[0].heights
        levels = axis.tickValues(*ends, 140)
        told = [text for spacing, values in levels for text in axis.tickStrings(values, 1.0, spacing)]
        assert len(set(told)) > 1
        assert all(10 ** ends[0] * 0.99 <= float(text) <= 10 ** ends[1] * 1.01 for text in told)


def test_the_whole_budget_is_shown_also_where_the_curve_is_short(plot: LossPlot) -> None:
    plot.show_panels(Panel("Loss", POINTS[:2], logarithmic=False), Panel("Score", POINTS[:2], logarithmic=True))
    QApplication.processEvents()
    assert plot.view == (0.0, 1.0)
    assert all(curve.plot.getViewBox().viewRange()[0] == [0.0, 1.0] for curve in plot.curves)


def test_keys_look_closer_and_move(plot: LossPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.view_changed):
        QTest.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.view == pytest.approx((1 / 6, 5 / 6))
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.view == pytest.approx((0.3, 29 / 30))
    for _ in range(9):
        QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.view == pytest.approx((1 / 3, 1.0))
    QTest.keyClick(plot, Qt.Key.Key_Home)
    assert plot.view == (0.0, 1.0)
    for _ in range(40):
        QTest.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.view[1] - plot.view[0] == pytest.approx(NARROWEST)


def test_the_wheel_looks_closer_at_what_is_under_the_mouse_in_both_panels(plot: LossPlot, qtbot: QtBot) -> None:
    loss, score = plot.curves
    area = loss.plot.getViewBox().sceneBoundingRect()
    place = QPointF(area.left() + area.width() * 0.25, area.center().y())
    with qtbot.waitSignal(plot.view_changed):
        turn(loss.plot.viewport(), place, 120)
    first, last = plot.view
    assert 0 < first
    assert last < 1
    assert first + 0.25 * (last - first) == pytest.approx(0.25, abs=0.01)
    assert score.plot.getViewBox().viewRange()[0] == pytest.approx([first, last])
    turn(loss.plot.viewport(), place, -1200)
    assert plot.view == pytest.approx((0.0, 1.0))


def turn(widget: QWidget, at: QPointF, delta: int) -> None:
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def press(widget: QWidget, kind: QEvent.Type, at: QPoint) -> None:
    """Send what the left button does: QTest moves the mouse without a button."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind is QEvent.Type.MouseMove else left
    held = none if kind is QEvent.Type.MouseButtonRelease else left
    position, everywhere = QPointF(at), QPointF(widget.mapToGlobal(at))
    event = QMouseEvent(kind, position, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def test_dragging_moves_and_a_double_click_shows_all(plot: LossPlot) -> None:
    plot.look_at(0.4, 0.6)
    view = plot.curves[1].plot.viewport()
    middle = view.rect().center()
    press(view, QEvent.Type.MouseButtonPress, middle)
    for offset in range(0, 61, 10):
        press(view, QEvent.Type.MouseMove, middle - QPoint(offset, 0))
        QTest.qWait(20)  # the library takes a hundred moves a second and leaves the others out
    press(view, QEvent.Type.MouseButtonRelease, middle - QPoint(60, 0))
    assert plot.view[0] > 0.42
    assert plot.view[1] - plot.view[0] == pytest.approx(0.2)
    press(view, QEvent.Type.MouseButtonDblClick, middle)
    press(view, QEvent.Type.MouseButtonRelease, middle)
    assert plot.view == pytest.approx((0.0, 1.0))


def test_the_heights_fit_what_is_in_sight(plot: LossPlot) -> None:
    panel = Panel("Loss", [(0.0, 100.0), (0.5, 2.0), (1.0, 1.0)])
    assert panel.span()[1] > 100
    assert panel.span(0.4, 1.0)[1] < 3
    assert Panel("Loss", [(0.0, 100.0), (1.0, 1.0)], logarithmic=True).span() == pytest.approx((-0.16, 2.16))
    plot.show_panels(panel, Panel("Score"))
    plot.look_at(0.4, 1.0)
    assert plot.curves[0].heights == pytest.approx(panel.span(0.4, 1.0))


def test_a_long_curve_is_drawn_by_as_many_points_as_can_be_told_apart(plot: LossPlot) -> None:
    long = [(i / 20_000, 1.0 + (i * 7919 % 100) / 100) for i in range(20_000)]
    long[12_345] = (long[12_345][0], 9.0)
    plot.show_panels(Panel("Loss", long, raw=long), Panel("Score"))
    QApplication.processEvents()
    curve = plot.curves[0]

    def drawn() -> list[int]:
        lines = [item for item in curve.plot.listDataItems() if len(item.getData()[0]) > 1]
        assert all(max(line.getData()[1]) == 9.0 for line in lines)
        return [len(line.getData()[0]) for line in lines]

    width = curve.plot.getViewBox().width()
    assert len(drawn()) == 2
    assert all(width < count <= 2 * width + 2 for count in drawn())
    plot.look_at(0.612, 0.622)
    assert all(200 <= count <= 206 for count in drawn()), "each of the 200 points in sight, and the ends"
    assert curve.heights[1] > 9.0


def test_nothing_is_drawn_out_of_sight(plot: LossPlot, qtbot: QtBot) -> None:
    plot.hide()
    with qtbot.assertNotEmitted(plot.drawn):
        plot.show_panels(Panel("Loss", POINTS[:3]), Panel("Score", POINTS))
    with qtbot.waitSignal(plot.drawn):
        plot.show()
    assert plot.curves[0].heights == pytest.approx(Panel("Loss", POINTS[:3]).span())


def test_a_picture_of_it_differs_where_it_is_looked_at_closer_and_in_the_other_theme(plot: LossPlot) -> None:
    before = picture(plot)
    plot.zoom(3.0)
    assert differing(picture(plot), before) > 1000
    plot.reset()
    # edges of letters may fall on other fractions of pixels
    assert differing(picture(plot), before) < 200
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    name = theme.current().name
    try:
        theme.apply(app, "light" if name == "dark" else "dark")
        plot.restyle()
        canvas = theme.current().canvas
        corner = plot.curves[0].plot.mapTo(plot, QPoint(80, 8))
        assert picture(plot).pixelColor(corner) == canvas
    finally:
        theme.apply(app, name)


def test_names_of_levels_lie_within_the_panel_and_apart(plot: LossPlot) -> None:
    levels = (("doing nothing", 28.0), ("the model it started from", 28.05))
    plot.show_panels(Panel("Loss"), Panel("Score", [(0.0, 28.0), (0.5, 31.0)], levels))
    QApplication.processEvents()
    curve = plot.curves[1]
    field = curve.plot.getViewBox().sceneBoundingRect()
    names = [line.label.mapRectToScene(line.label.boundingRect()) for line in curve.levels]
    assert len(names) == 2
    assert all(field.adjusted(-1, -1, 1, 1).contains(name) for name in names)
    assert not names[0].intersects(names[1])


def test_the_plotting_library_is_fetched_where_curves_are_first_shown() -> None:
    told = """
import sys
from PySide6.QtWidgets import QApplication
from aestudio.ui.widgets.loss_plot import LossPlot, Panel
app = QApplication([])
plot = LossPlot()
print("pyqtgraph" in sys.modules)
plot.drawn.connect(lambda: (print("pyqtgraph" in sys.modules, len(plot.curves)), app.quit()))
plot.show()
plot.show_panels(Panel("Loss"))
print(len(plot.curves))
app.exec()
"""
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["False", "0", "True", "1"], done.stderr
