"""The engine killed at every stage: the window lives and says so, and what was asked for is there at last."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from aestudio.jobs.client import ProcessClient
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.file_list import State
from aestudio.ui.widgets.panes import Mode
from tests.real_window import PATIENCE

Ready = Callable[[], bool]


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Return a picture that takes a while to open, to restore and to save."""
    noise = np.random.default_rng(0).normal(128, 30, (760, 1000, 3))
    path = tmp_path / "large.png"
    Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8)).save(path)
    return path


@pytest.fixture
def warm(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return the window once its engine is there, told the noise, which is quicker than looking for it."""
    window.denoise.inspector.noise.set_value(20)
    window.denoise.inspector._on_noise_touched()
    qtbot.waitUntil(lambda: bool(window.device_label.toolTip()), timeout=PATIENCE)
    return window


@pytest.fixture
def settle(window: MainWindow, qtbot: QtBot) -> Callable[[Ready], None]:
    """Return what waits until something is so and the window is idle."""
    return lambda ready: qtbot.waitUntil(lambda: ready() and window.idle, timeout=PATIENCE)


def kill(engine: ProcessClient) -> None:
    assert engine.pid
    os.kill(engine.pid, signal.SIGKILL)


def stop(engine: ProcessClient) -> None:
    """Let the engine stand still, so that what is asked of it next is not done when it is killed."""
    assert engine.pid
    os.kill(engine.pid, signal.SIGSTOP)


def said(window: MainWindow) -> str:
    return window.notices.text.text() if window.notices.isVisible() else ""


def test_while_a_picture_is_opened(
    warm: MainWindow, engine: ProcessClient, large: Path, settle: Callable[[Ready], None], qtbot: QtBot
) -> None:
    tab = warm.denoise
    stop(engine)
    warm.open_files([large])
    qtbot.waitUntil(lambda: tab.restorer.loading, timeout=PATIENCE)
    kill(engine)
    settle(lambda: tab.file_list.state_of(large) is State.FAILED)
    assert "The engine stopped" in tab.file_list.item(0).toolTip()
    assert tab.stack.currentWidget() is tab.failed_page
    tab.failed_page.retry_button.click()
    settle(lambda: tab.file_list.state_of(large) is State.DONE)
    assert tab.stack.currentWidget() is tab.view


def test_while_thumbnails_are_made(
    warm: MainWindow, engine: ProcessClient, tmp_path: Path, settle: Callable[[Ready], None], qtbot: QtBot
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(24):
        noise = np.random.default_rng(number).integers(0, 255, (700, 900, 3), np.uint8)
        Image.fromarray(noise).save(folder / f"{number:02}.png")
    warm.open_files([folder])
    pictures = warm.pictures

    def made() -> int:
        return sum(pictures[path].thumbnail is not None for path in pictures.paths())

    qtbot.waitUntil(lambda: 0 < made() < 24, timeout=PATIENCE)
    kill(engine)
    qtbot.waitUntil(lambda: made() == 24, timeout=PATIENCE)
    settle(lambda: True)
    assert not any(pictures[path].failure for path in pictures.paths()[1:])


def test_while_a_tile_is_restored(
    warm: MainWindow, engine: ProcessClient, large: Path, settle: Callable[[Ready], None], qtbot: QtBot
) -> None:
    tab = warm.denoise
    warm.open_files([large])
    qtbot.waitUntil(lambda: tab.restorer.progress is not None and tab.restorer.progress.done > 0, timeout=PATIENCE)
    kill(engine)
    settle(lambda: "The engine stopped" in said(warm))
    assert "Try again" in said(warm)
    warm.notices.retry_button.click()
    settle(lambda: tab.file_list.state_of(large) is State.DONE)


def test_while_one_result_is_saved(
    warm: MainWindow, engine: ProcessClient, large: Path, settle: Callable[[Ready], None], qtbot: QtBot, tmp_path: Path
) -> None:
    tab, target = warm.denoise, tmp_path / "result.png"
    warm.open_files([large])
    settle(lambda: tab.restorer.current_result)
    tab.save_to(target)
    qtbot.waitUntil(lambda: tab.saves.progress is not None, timeout=PATIENCE)
    kill(engine)
    # it is begun again by itself, once
    settle(lambda: not tab.saves.busy)
    with Image.open(target) as image:
        image.load()
        assert image.size == (1000, 760)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["large.png", "result.png"]


def test_while_it_is_worked_out_what_a_batch_takes(
    opened: MainWindow, engine: ProcessClient, qtbot: QtBot, settle: Callable[[Ready], None]
) -> None:
    stop(engine)
    opened.denoise.save_all()
    dialog = opened.denoise.saves.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog._timer.isActive(), timeout=PATIENCE)
    kill(engine)
    qtbot.waitUntil(lambda: "The engine stopped" in dialog.size_words.text(), timeout=PATIENCE)
    dialog.form.changed.emit()
    qtbot.waitUntil(lambda: dialog.size_words.text().startswith("About"), timeout=PATIENCE)
    assert "It takes" in dialog.plan_words.text()
    dialog.reject()
    settle(lambda: True)


def test_while_the_map_of_invented_detail_is_made(
    opened: MainWindow, engine: ProcessClient, qtbot: QtBot, settle: Callable[[Ready], None]
) -> None:
    tab = opened.denoise
    settle(lambda: tab.restorer.current_result and not tab.restorer.filling)
    tab.view.mode = Mode.INVENTED
    qtbot.waitUntil(lambda: bool(tab.invented._job), timeout=PATIENCE)
    kill(engine)
    settle(lambda: "The engine stopped" in said(opened))
    told: list[object] = []
    tab.invented.told.connect(told.append)
    opened.notices.retry_button.click()
    qtbot.waitUntil(lambda: any(told), timeout=PATIENCE)
    settle(lambda: True)
