"""Takes a picture of each page of the real window, with the real engine: ``make screenshots``.

    python tools/screenshots.py [--output FOLDER] [--size 1280x800]

Without a display the window is drawn offscreen. Exits with 1 where a page did not come to rest.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"
LIMIT = 120.0
# After the last event, time for the picture to reach the screen and for short animations to end.
SETTLE = 0.5


@dataclass(frozen=True)
class Shot:
    """One picture: its page, the sample that is opened there, the way to compare, the theme."""

    name: str
    page: str
    sample: str = ""
    action: str = "dividerAction"
    theme: str = "dark"


SHOTS = (
    Shot("denoise.png", "denoiseTab", "noisy-house.jpg"),
    Shot("side-by-side.png", "denoiseTab", action="sideAction"),
    Shot("removed.png", "denoiseTab", action="removedAction"),
    Shot("invented.png", "denoiseTab", action="inventedAction"),
    Shot("light.png", "denoiseTab", theme="light"),
    Shot("super-resolution.png", "superResolutionTab", "small-monkeys.png"),
    Shot("generate.png", "generateTab"),
)


def main() -> int:
    """Photograph every page. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Takes a picture of each page of the window.")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--size", default="1280x800", help="the window's width and height")
    arguments = parser.parse_args()
    width, height = (int(side) for side in arguments.size.split("x"))
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # a home of its own, so that a picture never shows a person's own models or settings
    with tempfile.TemporaryDirectory(prefix="aestudio-screenshots-") as home:
        os.environ["AESTUDIO_HOME"] = home
        return photograph(arguments.output, width, height)


def photograph(folder: Path, width: int, height: int) -> int:
    """Open the window, go through its pages and store a picture of each. Returns the exit code."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QTabWidget, QWidget

    from aestudio.ui.app import create_app
    from aestudio.ui.main_window import MainWindow

    app = create_app(["aestudio", "--fresh"])
    window = MainWindow()
    window.resize(width, height)
    window.show()

    def wait(seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def came_to_rest() -> bool:
        end = time.monotonic() + LIMIT
        while not window.idle and time.monotonic() < end:
            wait(0.05)
        wait(SETTLE)
        return bool(window.idle)

    tabs = window.findChild(QTabWidget, "tabs")
    assert tabs is not None
    folder.mkdir(parents=True, exist_ok=True)
    late = []
    for shot in SHOTS:
        widget = window.findChild(QWidget, shot.page)
        assert widget is not None, f"there is no page {shot.page}"
        tabs.setCurrentWidget(widget)
        window.apply_theme(shot.theme)
        wait(SETTLE)
        if shot.sample:
            window.open_files([SAMPLES / shot.sample])
        way = widget.findChild(QAction, shot.action)
        if way is not None:
            way.trigger()
        if not came_to_rest():
            late.append(shot.name)
        window.grab().save(str(folder / shot.name))
        print(folder / shot.name)
    window.close()
    wait(0.1)
    if late:
        print(f"Still at work after {LIMIT:.0f} s: {', '.join(late)}", file=sys.stderr)
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
