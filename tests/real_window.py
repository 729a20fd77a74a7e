"""The real window with the real engine behind it, for the tests that need both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aestudio.jobs.client import ProcessClient
from aestudio.ui.app import create_app
from aestudio.ui.main_window import MainWindow

PATIENCE = 240_000
"""Milliseconds that a test waits for the real engine, on a machine with other things to do."""
PICTURES = 6
"""Pictures of an album."""
RESULTS = [f"{n}-denoised.png" for n in range(PICTURES)]
"""What they are called once they are denoised."""


def whole(folder: Path) -> list[str]:
    """Return the names in a folder, hidden ones too, whose pictures can be decoded to the end."""
    for path in folder.iterdir():
        with Image.open(path) as image:
            image.load()
    return sorted(p.name for p in folder.iterdir())


@contextmanager
def opened(qtbot: QtBot, engine: ProcessClient | None = None) -> Iterator[MainWindow]:
    """Give a window of 1280 x 800 that remembers nothing, and close it afterwards."""
    app = create_app(["aestudio", "--fresh"])
    made = MainWindow() if engine is None else MainWindow(engine)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    try:
        yield made
    finally:
        made.close()
        made.deleteLater()
        QApplication.processEvents()
        # or the windows of later tests would remember nothing either
        app.setProperty("fresh", False)
