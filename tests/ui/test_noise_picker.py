"""The noise measured in an area that a person shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from aestudio.jobs.spec import Measure
from aestudio.ui.main_window import MainWindow
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]


def test_an_area_is_dragged_and_its_noise_becomes_the_level(
    opened: MainWindow, client: FakeClient, qtbot: QtBot, wait_idle: Wait
) -> None:
    panel, view = opened.denoise.inspector, opened.denoise.view
    assert panel.noise is not None
    assert panel.noise_auto is not None
    assert panel.noise_pick is not None
    panel.noise_pick.click()
    view.zoom_to(1.0)
    x, y = int(view.viewport.x), int(view.viewport.y)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(x + 30, y + 40))
    qtbot.mouseMove(view, QPoint(x + 130, y + 90))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(x + 130, y + 90))
    assert not opened.idle
    wait_idle()
    asked = client.jobs(Measure)
    assert [m.box for m in asked if isinstance(m, Measure)] == [(30, 40, 130, 90)]
    assert panel.noise.value == client.area_noise
    assert not panel.noise_auto.isChecked()
    assert not panel.noise_pick.isChecked()
    assert view.tool is None
    assert opened.denoise.restorer.current_result


def test_the_keys_alone_do_it_and_escape_leaves(
    opened: MainWindow, client: FakeClient, qtbot: QtBot, wait_idle: Wait
) -> None:
    panel, view = opened.denoise.inspector, opened.denoise.view
    assert panel.noise_pick is not None
    panel.noise_pick.click()
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.tool is None
    assert not panel.noise_pick.isChecked()
    panel.noise_pick.click()
    divider = view.divider
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.divider == divider
    qtbot.keyClick(view, Qt.Key.Key_Return)
    wait_idle()
    (job,) = client.jobs(Measure)
    assert isinstance(job, Measure)
    assert job.box[2] - job.box[0] == 64
    assert job.box[0] + 32 == round(613 / 2) - 8


def test_a_closed_picture_takes_the_tool_along(opened: MainWindow) -> None:
    tab = opened.denoise
    assert tab.inspector.noise_pick is not None
    tab.inspector.noise_pick.click()
    path = tab.file_list.current_path()
    assert path is not None
    opened.pictures.remove(path)
    assert tab.view.tool is None
    assert not tab.inspector.noise_pick.isEnabled()


def test_an_area_that_is_too_small_is_not_taken_and_it_is_said(
    opened: MainWindow, client: FakeClient, qtbot: QtBot, wait_idle: Wait
) -> None:
    panel, view = opened.denoise.inspector, opened.denoise.view
    assert panel.noise_pick is not None
    panel.noise_pick.click()
    assert view.tool is not None
    usual = view.tool.hint
    view.zoom_to(1.0)
    x, y = int(view.viewport.x), int(view.viewport.y)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x + 30, y + 40))
    wait_idle()
    assert client.jobs(Measure) == []
    assert view.tool is not None
    assert "too small" in view.tool.hint
    panel.noise_pick.click()
    panel.noise_pick.click()
    assert view.tool.hint == usual
