"""What is looked at comes first; what is there is not asked for again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from aestudio.jobs import spec
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.compare_view import CompareView
from aestudio.ui.widgets.panes import Mode
from tests.ui.conftest import make_photo
from tests.ui.fake_client import FakeClient

Wait = Callable[[], None]


@pytest.fixture
def large(window: MainWindow, wait_idle: Wait, tmp_path: Path) -> CompareView:
    """Return the canvas with a picture that is larger than it, wholly restored as it is fitted."""
    window.open_files([make_photo(tmp_path / "large.png", 2600, 1900)])
    wait_idle()
    return window.denoise.view


def looks(client: FakeClient) -> list[spec.View]:
    """Return every view that was asked for of a result, in order."""
    return [
        view
        for m in client.submitted
        for view in [m.view if isinstance(m, (spec.Look, spec.Restore)) else None]
        if view is not None
    ]


def test_a_fitted_picture_is_asked_for_shrunk(large: CompareView, client: FakeClient) -> None:
    view = looks(client)[-1]
    assert view.level >= 1
    assert (view.right, view.bottom) == (2600, 1900)
    after = large.after
    assert after is not None
    assert after.complete(view.level, (0, 0, 2600, 1900), next(after.within(0, 0, 1, 1)).job)
    assert all(piece.finest == view.level for piece in after.within(0, 0, 2600, 1900))


def test_zooming_in_asks_for_fine_tiles_in_sight_only(large: CompareView, client: FakeClient, wait_idle: Wait) -> None:
    large.zoom_to(1.0)
    wait_idle()
    view = looks(client)[-1]
    assert view.level == 0
    assert view.right - view.left <= large.width() * large.devicePixelRatioF() + 1
    fine = [p for p in large.after.within(0, 0, 2600, 1900) if p.finest == 0]  # type: ignore[union-attr]
    assert 0 < len(fine) < len(large.after)  # type: ignore[arg-type]
    base, _ = large.in_sight()
    assert large.base is not None
    assert large.base.complete(0, base, "")


def test_going_back_asks_for_nothing(large: CompareView, client: FakeClient, wait_idle: Wait) -> None:
    large.zoom_to(1.0)
    wait_idle()
    large.viewport.pan(-300, -200)
    large._zoomed()
    wait_idle()
    asked = len(client.submitted)
    large.viewport.pan(300, 200)
    large._zoomed()
    wait_idle()
    assert len(client.submitted) == asked


def test_the_window_is_idle_while_the_rest_is_filled_in(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_files([make_photo(tmp_path / "large.png", 2600, 1900)])
    wait_idle()
    tab = window.denoise
    # beyond the tiles in sight of a canvas at 1:1, and not to the end
    tab.view.zoom_to(1.0)
    wait_idle()
    qtbot.waitUntil(
        lambda: tab.restorer.canvas is not None and not tab.restorer.busy and not tab.restorer.filling, timeout=60_000
    )
    client.pause(spec.Restore, after=60)
    tab.inspector.run_button.click()
    qtbot.waitUntil(lambda: tab.restorer.filling, timeout=60_000)
    assert window.idle
    assert "filled in" in tab.row.status.text()
    target = tmp_path / "out.png"
    tab.save_to(target)
    wait_idle()
    assert target.exists()
    client.go_on(spec.Restore)
    qtbot.waitUntil(lambda: not tab.restorer.filling, timeout=60_000)


def test_moving_while_tiles_come_tells_the_running_job(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_files([make_photo(tmp_path / "large.png", 2600, 1900)])
    client.pause(spec.Restore, after=4)
    tab = window.denoise
    qtbot.waitUntil(lambda: tab.restorer.progress is not None, timeout=60_000)
    tab.view.zoom_to(1.0)
    qtbot.waitUntil(lambda: bool(client.jobs(spec.Look)), timeout=60_000)
    assert len(client.jobs(spec.Restore)) == 1
    assert not client.jobs(spec.Cancel)
    client.go_on(spec.Restore)
    wait_idle()
    sight, _ = tab.view.in_sight()
    canvas = tab.restorer.canvas
    assert canvas is not None
    assert canvas.after is not None
    assert canvas.after.complete(0, sight, str(canvas.tag))


def test_stop_leaves_the_filling_in_alone(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_files([make_photo(tmp_path / "large.png", 2600, 1900)])
    wait_idle()
    tab = window.denoise
    tab.view.zoom_to(1.0)
    wait_idle()
    qtbot.waitUntil(lambda: not tab.restorer.filling, timeout=60_000)
    client.pause(spec.Restore, after=60)
    tab.inspector.run_button.click()
    qtbot.waitUntil(lambda: tab.restorer.filling, timeout=60_000)
    tab.cancel()
    assert not client.jobs(spec.Cancel)
    tab.view.viewport.pan(-2000, -1500)
    tab.view._zoomed()
    qtbot.waitUntil(lambda: bool(client.jobs(spec.Look)), timeout=60_000)
    client.go_on(spec.Restore)
    wait_idle()
    assert tab.restorer.current_result


def test_odd_sizes_at_odd_scales_are_restored_once(
    window: MainWindow, client: FakeClient, tmp_path: Path, wait_idle: Wait, qtbot: QtBot
) -> None:
    assert spec.Restoration("upscale", "m", scale=1.5).result_size(103, 101) == (155, 152)
    window.tabs.setCurrentWidget(window.super_resolution)
    window.open_files([make_photo(tmp_path / "odd.png", 1031, 803)])
    wait_idle()
    tab = window.super_resolution
    assert tab.inspector.scale_picker is not None
    tab.inspector.scale_picker.setCurrentText("1.5")
    wait_idle()
    qtbot.waitUntil(lambda: not tab.restorer.filling, timeout=60_000)
    asked = len(client.jobs(spec.Restore))
    tab.view.zoom_to(1.0)
    wait_idle()
    layer = tab.view.after
    tab.view.viewport.pan(-90, -50)
    tab.view._zoomed()
    wait_idle()
    assert tab.view.after is layer
    assert len(client.jobs(spec.Restore)) <= asked + 2


def test_differences_are_made_for_what_is_shown(large: CompareView, window: MainWindow, wait_idle: Wait) -> None:
    large.mode = Mode.REMOVED
    wait_idle()
    assert large.removed is not None
    assert large.after is not None
    assert len(large.removed) == len(large.after)
    shot = large.grab().toImage()
    middle = shot.pixelColor(large.width() // 2, large.height() // 2)
    assert abs(middle.red() - 128) < 90
    large.mode = Mode.DIVIDER
    assert large.removed is None
