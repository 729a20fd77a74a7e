"""A window with a fake engine, and a watch over what a test leaves running."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QAbstractAnimation, QEvent, QPropertyAnimation, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.catalog.card import Card
from aestudio.ui.app import create_app
from aestudio.ui.main_window import MainWindow
from aestudio.ui.widgets.loss_plot import plotting
from tests.ui.fake_client import FakeClient

CARDS = [
    Card("denoise-fast", "Photo, fast", "denoise", "none", {}, noise_range=[0, 75], description="Removes grain."),
    Card("denoise-other", "Other", "denoise", "none", {}, noise_range=[0, 75]),
    Card("upscale-x2-fast", "Twice, fast", "upscale", "none", {}, scale=2),
    Card("upscale-x4-fast", "Four times, fast", "upscale", "none", {}, scale=4),
    Card("vae-digits-2d", "Digits", "vae", "none", {"latent": 2}, channels=1),
]


def write_card(card: Card, folder: Path) -> None:
    """Write a weight file with a card and one meaningless weight."""
    tensors = {"w": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]}}
    head = json.dumps({"__metadata__": card.to_metadata(), **tensors}).encode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{card.id}.safetensors").write_bytes(len(head).to_bytes(8, "little") + head + b"\0\0")


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install the test's models and no others; return their folder."""
    folder = tmp_path / "weights"
    monkeypatch.setattr(paths, "weights_folder", lambda: folder)
    for card in CARDS:
        write_card(card, folder)
    return folder


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return a noisy picture of an odd size that takes several tiles."""
    return make_photo(tmp_path / "photo.png", 613, 407)


def make_photo(path: Path, width: int, height: int, seed: int = 0) -> Path:
    """Write a noisy gradient; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows, columns = np.mgrid[0:height, 0:width]
    clean = np.stack([rows * 255 / height, columns * 255 / width, (rows + columns) * 255 / (width + height)], -1)
    noisy = clean + np.random.default_rng(seed).normal(0, 20, clean.shape)
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(path)
    return path


def said_by(script: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what a script prints as JSON: a program of its own, without a display."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def dispose(window: MainWindow) -> None:
    """Delete a closed window now, so that no later test pays for styling it."""
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


@pytest.fixture
def client() -> FakeClient:
    """Return the fake engine."""
    return FakeClient()


@pytest.fixture
def window(qtbot: QtBot, client: FakeClient, models: Path) -> Iterator[MainWindow]:
    """Return a window that shows, with the fake engine; it is closed at the end."""
    create_app(["aestudio"])
    window = MainWindow(client)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    yield window
    # after a failed test nobody is there to answer
    window._sure = lambda left: True
    window.training._sure = lambda: True
    window.close()
    dispose(window)


@pytest.fixture
def wait_idle(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Return what waits until the window is idle."""

    def wait() -> None:
        qtbot.waitUntil(lambda: window.idle, timeout=60_000)

    return wait


@pytest.fixture
def opened(window: MainWindow, photo: Path, wait_idle: Callable[[], None]) -> MainWindow:
    """Return the window with the photo opened and restored."""
    window.open_files([photo])
    wait_idle()
    return window


Watched = dict[int, tuple[Any, str]]


def _watch(monkeypatch: pytest.MonkeyPatch, kind: type, started: Watched) -> None:
    """Note where every object of a kind is started."""
    original = kind.start

    def start(self: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - any class with start()
        started[id(self)] = (self, "".join(traceback.format_stack(limit=6)[:-1]))
        return original(self, *arguments, **options)

    monkeypatch.setattr(kind, "start", start)


def _still_running(thing: Any) -> bool:  # noqa: ANN401 - any of the watched classes
    try:
        if isinstance(thing, QTimer):
            return thing.isActive()
        if isinstance(thing, QThread):
            return thing.isRunning()
        if isinstance(thing, QAbstractAnimation):
            return thing.state() == QAbstractAnimation.State.Running
        return bool(thing.is_alive())
    except RuntimeError:
        # Its C++ half is gone, and with it whatever ran.
        return False


@pytest.fixture(scope="session", autouse=True)
def plotting_is_here() -> None:
    """Import the plotting library, whose thread would outlive the first test that shows curves."""
    plotting.wait()


@pytest.fixture(autouse=True)
def nothing_left_running(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a timer, a thread or an animation running, and say where it was started."""
    started: Watched = {}
    for kind in (QTimer, QThread, QPropertyAnimation, threading.Thread):
        _watch(monkeypatch, kind, started)
    yield
    left = [f"{thing!r} started at\n{where}" for thing, where in started.values() if _still_running(thing)]
    assert not left, "left running:\n" + "\n".join(left)
