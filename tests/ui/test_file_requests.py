"""Files that the system asks for by events are opened, as Finder and the Dock of macOS hand them over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

# Starts the program as people do; tells which files it opened at its start, and which together later.
ASKED = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFileOpenEvent
from aestudio.ui import app, main_window

def ask(*names):
    for name in names:
        QCoreApplication.postEvent(studio, QFileOpenEvent(name))

def begin(window):
    window.showMinimized()
    ask("/three.png", "/four.png")

def take(window, files):
    opened.append([file.as_posix() for file in files])
    if len(opened) == 2:
        print(json.dumps([opened, window.isMinimized()]))
        QCoreApplication.exit(0)

opened = []
main_window.MainWindow._begin = begin
main_window.MainWindow.open_files = take
studio = app.create_app(["aestudio", "--fresh"])
ask("/two.png")
QCoreApplication.sendPostedEvents()
sys.exit(app.main(["aestudio", "--fresh", "/one.png"]))
"""


def test_files_that_the_system_asks_for_are_opened_before_there_is_a_window_and_later(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    opened, hidden = json.loads(done.stdout)
    assert opened == [["/one.png", "/two.png"], ["/three.png", "/four.png"]]
    assert not hidden
