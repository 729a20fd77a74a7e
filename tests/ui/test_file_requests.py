"""Files that the system asks for by events are opened, as Finder and the Dock of macOS hand them over."""

from __future__ import annotations

from pathlib import Path

from tests.ui.conftest import said_by

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
    opened, hidden = said_by(ASKED)
    assert opened == [["/one.png", "/two.png"], ["/three.png", "/four.png"]]
    assert not hidden
