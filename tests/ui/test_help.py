"""Help: the keys as they are, and what is told of a crash at the next start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.jobs import reports
from aestudio.ui.app import create_app
from aestudio.ui.dialogs.help import AboutDialog
from aestudio.ui.main_window import MainWindow
from tests.ui.conftest import dispose
from tests.ui.fake_client import FakeClient


def test_f1_lists_every_key_that_does_something(opened: MainWindow) -> None:
    QTest.keyClick(opened, Qt.Key.Key_F1)
    dialog = next(d for d in opened.findChildren(QDialog) if d.isVisible())
    assert dialog.objectName() == "shortcutsDialog"
    listed = {
        (group.text(0), group.child(row).text(0)): group.child(row).text(1)
        for group in map(dialog.list.topLevelItem, range(dialog.list.topLevelItemCount()))
        for row in range(group.childCount())
    }
    assert listed["Everywhere", "Keyboard shortcuts"] == "F1"
    assert listed["Everywhere", "Open pictures"] == "Ctrl+O"
    assert listed["Before and after", "The original, while held"] == "Space"
    assert listed["Before and after", "Larger"] == "+ / ="
    wanted = {a.text().rstrip("…") for a in opened.actions() if not a.shortcut().isEmpty()}
    assert wanted == {what for place, what in listed if place == "Everywhere"}
    dialog.close()


def test_a_key_is_left_alone_where_ctrl_goes_with_it(opened: MainWindow) -> None:
    view = opened.denoise.view
    assert {k for entry in view.keys for k in entry.keys} >= {Qt.Key.Key_Space, Qt.Key.Key_D, Qt.Key.Key_Left}
    before = view.divider
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert view.divider == before
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.divider == pytest.approx(before - 0.1)


def test_help_says_that_there_is_no_network(window: MainWindow) -> None:
    for _ in range(2):
        window.findChild(QAction, "aboutAction").trigger()
    assert len([d for d in window.findChildren(AboutDialog) if d.isVisible()]) == 1
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    assert str(paths.reports_folder()) in dialog.findChild(QPlainTextEdit, "aboutText").toPlainText()
    dialog.findChild(QPushButton, "copyAboutButton").click()
    assert "Apache License" in QGuiApplication.clipboard().text()
    dialog.close()


def start(qtbot: QtBot) -> MainWindow:
    window = MainWindow(FakeClient())
    window.show()
    qtbot.waitUntil(lambda: window.worker.isRunning())
    return window


CRASH = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from aestudio.ui import app

def slip():
    raise ZeroDivisionError("in the window")

def wait():
    # until the window has looked for the reports of earlier ones
    if any(w.objectName() == "mainWindow" and w.worker.isRunning() for w in QApplication.topLevelWidgets()):
        QTimer.singleShot(0, slip)
        QTimer.singleShot(100, os.abort)
    else:
        QTimer.singleShot(20, wait)

app.create_app(["aestudio"])
QTimer.singleShot(0, wait)
sys.exit(app.main(["aestudio"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="an abort is told otherwise there")
def test_a_crash_of_the_window_is_told_once_at_the_next_start(qtbot: QtBot, models: Path) -> None:
    root = Path(paths.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", CRASH], cwd=root, capture_output=True, timeout=60)
    assert done.returncode != 0
    create_app(["aestudio"])
    window = start(qtbot)
    bar = window.notices
    qtbot.waitUntil(bar.isVisible)
    assert "ended unexpectedly" in bar.text.text()
    bar.findChild(QToolButton, "copyReportButton").click()
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError: in the window" in copied
    assert "Fatal Python error: Aborted" in copied
    assert str(paths.home()) not in copied
    assert not bar.isVisible()
    window.close()
    dispose(window)
    again = start(qtbot)
    assert not again.notices.isVisible()
    again.findChild(QAction, "reportsAction").trigger()
    dialog = next(d for d in again.findChildren(QDialog) if d.isVisible())
    assert dialog.text.toPlainText() == copied
    dialog.delete.click()
    assert reports.kept() == []
    assert not dialog.copy.isEnabled()
    dialog.close()
    again.close()
    dispose(again)


def test_a_fresh_window_tells_nothing(qtbot: QtBot, models: Path) -> None:
    reports.write("x", "y")
    app = create_app(["aestudio", "--fresh"])
    window = start(qtbot)
    assert not window.notices.isVisible()
    assert len(reports.unseen()) == 1
    window.close()
    dispose(window)
    app.setProperty("fresh", False)
