"""The window's own speed and memory, each measured inside a fresh process.

python -m benchmarks.window table [--quick]        all of the following, as a table
python -m benchmarks.window paint STARTED          seconds from STARTED (time.time()) to the first paint
python -m benchmarks.window work FILE SECONDS      FILE is opened and restored, for SECONDS at most
python -m benchmarks.window first FILE             FILE is opened with a warm engine, at 1:1: its first tiles
python -m benchmarks.window pan FILE SECONDS       FILE is moved at 1:1 while it is restored
python -m benchmarks.window drop FOLDER            the pictures of FOLDER are dropped, until each has its thumbnail

All but the first two print one JSON object. A gap is the time between two ticks, 5 ms apart, of the window's thread.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    from aestudio.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "samples" / "noisy-house.jpg"
TICK_MS = 5
PAN_MS = 16
LIMIT = 600.0
DROPPED = 500


class Meter:
    """Ticks every TICK_MS in the window's thread; tells how long it was kept from that."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._ticks: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._ticks.append(time.perf_counter()))

    def start(self) -> None:
        """Begin."""
        self._ticks = [time.perf_counter()]
        self._timer.start(TICK_MS)

    def stop(self) -> dict[str, float]:
        """End; return the longest and the median gap in milliseconds, and the seconds in between."""
        self._timer.stop()
        gaps = [1000 * (later - earlier) for earlier, later in itertools.pairwise(self._ticks)]
        return {"longest": max(gaps), "median": statistics.median(gaps), "seconds": self._ticks[-1] - self._ticks[0]}


def open_window() -> tuple[QApplication, MainWindow]:
    """Return a window that was painted, and the application; the engine is warm."""
    from aestudio.ui.app import create_app
    from aestudio.ui.main_window import MainWindow

    app = create_app(["aestudio", "--fresh"])
    window = MainWindow()
    window.resize(1280, 800)
    window.show()
    window.open_files([SAMPLE])
    wait(app, lambda: window.denoise.restorer.current_result and window.idle)
    return app, window


def wait(app: QApplication, done: Callable[[], bool], seconds: float = LIMIT) -> bool:
    """Run the window until ``done``; return whether it came to that in time."""
    from PySide6.QtCore import QEventLoop

    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
    return done()


def memory() -> float:
    """Return the memory of this process, in megabytes."""
    import psutil

    return float(psutil.Process().memory_info().rss / 1e6)


def close(window: MainWindow, figures: dict[str, Any]) -> None:
    """Print the figures and close the window."""
    print(json.dumps({**figures, "memory": memory()}))
    window.close()


def paint(started: float) -> None:
    """Print the seconds until the window was first painted, and close it."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from aestudio.ui.app import create_app
    from aestudio.ui.main_window import MainWindow

    app = create_app(["aestudio", "--fresh"])
    window = MainWindow()

    class FirstPaint(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and not self.seen:
                self.seen = True
                # the timer comes after this paint event has been handled
                QTimer.singleShot(0, finish)
            return False

    def finish() -> None:
        print(time.time() - started)
        window.close()
        app.quit()

    watcher = FirstPaint()
    window.installEventFilter(watcher)
    window.show()
    app.exec()


def work(picture: Path, seconds: float) -> None:
    """Measure while a picture is opened and what is in sight of it is restored."""
    app, window = open_window()
    meter = Meter()
    meter.start()
    window.open_files([picture])
    wait(app, lambda: window.idle, seconds)
    close(window, meter.stop())


def first(picture: Path) -> None:
    """Measure how long after the picture itself the first tile of its result shows, at 1:1, and all of the view."""
    app, window = open_window()
    restorer, view = window.denoise.restorer, window.denoise.view
    seen: dict[str, float] = {}

    def on_shown() -> None:
        canvas = restorer.canvas
        if canvas is not None and canvas.path == picture and canvas.base is not None and "picture" not in seen:
            if canvas.base.preview is not None:
                seen["picture"] = time.perf_counter()
                view.zoom_to(1.0)

    def on_tile(*place: object) -> None:
        if place[-1] and "picture" in seen:
            seen.setdefault("tile", time.perf_counter())

    restorer.shown.connect(on_shown)
    restorer.tile_arrived.connect(on_tile)
    asked = time.perf_counter()
    window.open_files([picture])
    wait(app, lambda: "tile" in seen)
    wait(app, lambda: window.idle)
    figures = {"picture": seen["picture"] - asked, "tile": seen["tile"] - seen["picture"]}
    close(window, {**figures, "view": time.perf_counter() - seen["picture"]})


def pan(picture: Path, seconds: float) -> None:
    """Measure while a picture is moved at 1:1 as fast as a screen shows it, and restored meanwhile."""
    from PySide6.QtCore import QTimer

    app, window = open_window()
    window.open_files([picture])
    view = window.denoise.view
    wait(app, lambda: window.denoise.restorer.canvas is not None and window.denoise.restorer.canvas.loaded)
    view.zoom_to(1.0)
    way = itertools.cycle([(-24, -8)] * 60 + [(24, 8)] * 60)

    def move() -> None:
        view.viewport.pan(*next(way))
        view._zoomed()

    hand = QTimer()
    hand.timeout.connect(move)
    meter = Meter()
    meter.start()
    hand.start(PAN_MS)
    wait(app, lambda: False, seconds)
    hand.stop()
    close(window, meter.stop())


def drop(folder: Path) -> None:
    """Measure while the pictures of a folder are dropped, until each has its thumbnail."""
    app, window = open_window()
    files = sorted(folder.iterdir())
    meter = Meter()
    meter.start()
    window.open_files(files)
    wait(app, lambda: len(window.pictures) > len(files))
    wait(app, lambda: all(window.pictures[path].thumbnail is not None for path in files))
    close(window, meter.stop())


def camera_file(source: Path, target: Path) -> Path:
    """Write a JPEG as cameras do, with a small copy of it in its EXIF block; return ``target``."""
    import io
    import struct

    from PIL import Image

    with Image.open(source) as image:
        small = Image.new("RGB", (160, 120))
        copy = image.convert("RGB").resize((160, round(160 * image.height / image.width)))
        small.paste(copy, (0, (120 - copy.height) // 2))
        packed = io.BytesIO()
        small.save(packed, "jpeg", quality=85)
        data = packed.getvalue()
        main = struct.pack("<HHHIII", 1, 274, 3, 1, 1, 26)
        entries = struct.pack("<HHHIIHHIII", 2, 513, 4, 1, 56, 514, 4, 1, len(data), 0)
        image.save(target, quality=92, exif=b"Exif\0\0II*\0\x08\0\0\0" + main + entries + data)
    return target


def figures_of(*arguments: str) -> dict[str, float]:
    """Return what a scenario printed, run in a process and a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="aestudio-bench-home-") as home:
        environment = {**os.environ, "AESTUDIO_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "benchmarks.window", *arguments]
        print(*arguments, "...", file=sys.stderr, flush=True)
        done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        print(figures, file=sys.stderr, flush=True)
        return figures


def table(quick: bool) -> str:
    """Return every scenario's figures as a Markdown table."""
    from benchmarks.speed import make_picture

    rows = ["| what the window does | longest gap | median gap | seconds | its memory |", "|---|---:|---:|---:|---:|"]

    def add(what: str, figures: dict[str, float]) -> None:
        gaps = f"{figures['longest']:.0f} ms | {figures['median']:.1f} ms | {figures['seconds']:.1f}"
        rows.append(f"| {what} | {gaps} | {figures['memory']:.0f} MB |")

    large, middle = (4, 2) if quick else (100, 24)
    with tempfile.TemporaryDirectory(prefix="aestudio-bench-") as name:
        folder = Path(name)
        add(f"{large} megapixels opened and restored", figures_of("work", str(make_picture(folder, large)), "120"))
        add(f"{middle} megapixels moved at 1:1", figures_of("pan", str(make_picture(folder, middle)), "20"))
        started = figures_of("first", str(make_picture(folder, middle)))
        plain = make_picture(folder, 12)
        for what, source in (("", camera_file(plain, folder / "camera.jpg")), (" without a small copy in them", plain)):
            dropped = folder / f"dropped{len(what)}"
            dropped.mkdir()
            for number in range(DROPPED // 10 if quick else DROPPED):
                shutil.copyfile(source, dropped / f"{number:03d}.jpg")
            count = len(list(dropped.iterdir()))
            add(f"{count} photos of 12 megapixels dropped{what}, all thumbnails", figures_of("drop", str(dropped)))
            shutil.rmtree(dropped)
    words = (
        f"With a warm engine a {middle}-megapixel JPEG shows {started['picture']:.2f} s after it is asked for.\n"
        f"At 1:1 the first tile of its result follows {started['tile']:.2f} s later, all of the view "
        f"after {started['view']:.1f} s."
    )
    return "\n".join([*rows, "", words])


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["paint", moment]:
            paint(float(moment))
        case ["work", file, limit]:
            work(Path(file), float(limit))
        case ["first", file]:
            first(Path(file))
        case ["pan", file, limit]:
            pan(Path(file), float(limit))
        case ["drop", file]:
            drop(Path(file))
        case ["table", *options]:
            print(table("--quick" in options))
        case _:
            sys.exit(__doc__)
