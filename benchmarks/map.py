"""How fast the map of a latent space is: frames of 60,000 points, and the picture under the cursor.

    python -m benchmarks.map [--points 60000] [--model vae-digits-2d]

The real window, offscreen, with the real engine. A frame is one paint of the whole map, mosaic, contours, points and
names, at 1280 x 800; a live decode is from the cursor's move until its picture is painted. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from aestudio.ui.main_window import MainWindow

FRAMES = 120
DECODES = 150
PATIENCE = 180.0


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="Times the map of a latent space.")
    parser.add_argument("--points", type=int, default=60_000)
    parser.add_argument("--model", default="vae-digits-2d")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="aestudio-bench-") as home:
        os.environ["AESTUDIO_HOME"] = home
        measure(options.points, options.model)


def measure(points: int, model: str) -> None:
    """Open the window, measure there, and close it."""
    from aestudio.ui.app import create_app
    from aestudio.ui.main_window import MainWindow

    app = create_app(["aestudio", "--fresh"])
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    picker = window.generate.inspector.model_picker
    picker.setCurrentIndex(picker.findData(model))
    window.tabs.setCurrentWidget(window.generate)
    settle(app, window)
    print("| the map, at 1280 x 800 | median | 95 of 100 within |\n|---|---:|---:|")
    latency = decodes(app, window)
    row(f"`{model}`: live decode, from the cursor's move to the painted picture", latency)
    fill(window, points)
    for what, step in moves(window).items():
        frame(window)  # the first of a kind draws what the last one moved
        times = []
        for number in range(FRAMES):
            started = time.perf_counter()
            step(number)
            frame(window)
            times.append((time.perf_counter() - started) * 1000)
        settle(app, window)
        row(f"a frame of {points} points, {what}", times)
    window.close()


def fill(window: MainWindow, count: int) -> None:
    """Show as many points as that: the model's own, each several times a little beside itself."""
    atlas = window.generate.atlas
    own = atlas.points
    assert own is not None
    rng = np.random.default_rng(0)
    which = np.arange(count) % own.count
    beside = rng.normal(0, 0.05, (count, 2)).astype(np.float32)
    many = replace(
        own, vectors=own.vectors[which], places=own.places[which] + beside, groups=own.groups[which], title="many"
    )
    atlas._show_points(many)
    atlas._show_layers()


def moves(window: MainWindow) -> dict[str, Callable[[int], None]]:
    """Return what is done before each frame."""
    view = window.generate.map

    def pan(number: int) -> None:
        view.view.pan(6 if number % 60 < 30 else -6, 3 if number % 40 < 20 else -3)

    def zoom(number: int) -> None:
        view.view.zoom_by(1.04 if number % 60 < 30 else 1 / 1.04, (400.0, 300.0))

    return {"while panning": pan, "while zooming": zoom}


def frame(window: MainWindow) -> None:
    """Paint the map, now."""
    window.generate.map.repaint()


def decodes(app: QApplication, window: MainWindow) -> list[float]:
    """Return the milliseconds from moving the cursor to its picture on the screen, several times."""
    from PySide6.QtCore import QEventLoop

    tab = window.generate
    rng = np.random.default_rng(0)
    times = []
    for x, y in rng.uniform(-2, 2, (DECODES, 2)).tolist():
        before = tab.decoded.pixels
        started = time.perf_counter()
        tab.map.move_to(x, y)
        while tab.decoded.pixels is before and time.perf_counter() - started < PATIENCE:
            # asleep between two events, as a window is: the thread that hears the engine needs its turn
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        tab.decoded.repaint()
        times.append((time.perf_counter() - started) * 1000)
    return times


def settle(app: QApplication, window: MainWindow) -> None:
    """Wait until the window is idle."""
    end = time.monotonic() + PATIENCE
    while not window.idle and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)


def row(what: str, times: list[float]) -> None:
    """Print one line of the table."""
    print(f"| {what} | {np.median(times):.1f} ms | {np.quantile(times, 0.95):.1f} ms |", flush=True)


if __name__ == "__main__":
    main()
