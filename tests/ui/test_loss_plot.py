"""The curves of a run: looked at more closely, moved, and shown whole again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aestudio.ui.widgets.loss_plot import NARROWEST, LossPlot, Panel


@pytest.fixture
def plot(qtbot: QtBot) -> LossPlot:
    plot = LossPlot()
    qtbot.addWidget(plot)
    plot.resize(640, 190)
    points = [(i / 10, 10.0**-i) for i in range(11)]
    plot.show_panels(Panel("Loss", points, logarithmic=True, raw=points), Panel("Score", points))
    plot.show()
    return plot


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


def test_what_is_under_the_mouse_stays_there(plot: LossPlot) -> None:
    plot.zoom(2.0, at=0.25)
    assert plot.view == pytest.approx((0.125, 0.625))
    assert plot._share(plot._panel_width() + 24 + 56) == pytest.approx(0.0)
    assert plot._share(plot._panel_width()) == pytest.approx(1.0)


def test_the_heights_fit_what_is_in_sight() -> None:
    panel = Panel("Loss", [(0.0, 100.0), (0.5, 2.0), (1.0, 1.0)])
    assert panel.span()[1] > 100
    assert panel.span(0.4, 1.0)[1] < 3
    assert Panel("Loss", [(0.0, 100.0), (1.0, 1.0)], logarithmic=True).span() == pytest.approx((-0.16, 2.16))


def test_a_picture_of_it_differs_where_it_is_looked_at_closer(plot: LossPlot) -> None:
    before = plot.grab().toImage()
    plot.zoom(3.0)
    assert plot.grab().toImage() != before
    plot.reset()
    assert plot.grab().toImage() == before
