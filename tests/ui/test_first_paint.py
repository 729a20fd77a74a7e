"""What is there at the first paint, and what is made after it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aestudio import paths
from aestudio.ui import theme
from aestudio.ui.main_window import MainWindow
from tests.ui.conftest import dispose, said_by
from tests.ui.fake_client import FakeClient

# Starts the program as people do; tells what was imported and made when the window had been painted, then when all was.
PAINTED = """
import json, sys
from PySide6.QtWidgets import QApplication
from aestudio import __main__
from aestudio.ui import main_window
def state(window):
    return [sorted(sys.modules), window._painted, window._generate.made is not None]
def begin(window):
    found = [state(window)]
    window._make_all()
    found.append(state(window))
    print(json.dumps(found))
    QApplication.exit(0)
main_window.MainWindow._begin = begin
sys.exit(__main__.main(["--fresh"]))
"""
NOT_NEEDED = {
    *("asyncio", "email", "http", "multiprocessing", "ssl", "urllib.request", "xml"),
    *("numpy", "PIL", "OpenImageIO", "imagecodecs", "rawpy", "pi_heif", "safetensors", "scipy", "sklearn", "torch"),
    "pyqtgraph",
    *("aestudio.commands.restore", "aestudio.engine", "aestudio.models", "aestudio.training"),
    *("hashlib", "sqlite3", "subprocess", "aestudio.imageio.recipe", "aestudio.commands.say"),
    *("aestudio.jobs.training", "aestudio.jobs.account", "aestudio.jobs.verdict", "aestudio.ui.training.run"),
    *("aestudio.ui.tabs.generate", "aestudio.ui.generate", "aestudio.ui.compare", "aestudio.ui.dialogs"),
}


def test_the_window_is_painted_before_what_is_not_in_sight(home: Path) -> None:
    (modules, painted, made), (later, _, made_later) = said_by(PAINTED)
    early = {name for name in modules if any(name == n or name.startswith(f"{n}.") for n in NOT_NEEDED)}
    assert (painted, made, early) == (True, False, set())
    assert made_later
    assert "aestudio.ui.tabs.generate" in later


def test_a_window_made_in_steps_is_built_like_one_made_at_once(qtbot: QtBot, qapp: QApplication, models: Path) -> None:
    def built(window: MainWindow) -> tuple[list[str], list[str]]:
        """Return the names of a window's widgets, and of its pages and their titles in their order."""
        window.show()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: window.idle and window._generate.made is not None)
        tabs = window.tabs
        pages = [f"{tabs.widget(n).objectName()}: {tabs.tabText(n)}" for n in range(tabs.count())]
        names = sorted(w.objectName() for w in window.findChildren(QWidget) if w.objectName())
        window.close()
        dispose(window)
        paths.settings_file().unlink()
        return names, pages

    sheet = qapp.styleSheet()
    with theme.unstyled(qapp):
        steps = MainWindow(FakeClient(), in_steps=True)
    assert qapp.styleSheet() == sheet
    assert built(steps) == built(MainWindow(FakeClient()))


def test_a_page_that_is_chosen_before_it_is_made_is_made_then(qapp: QApplication, models: Path) -> None:
    window = MainWindow(FakeClient(), in_steps=True)
    assert window._generate.made is None
    window.tabs.setCurrentIndex(2)
    assert window.tabs.currentWidget() is window.generate
    assert window.tabs.count() == 3
    window.close()
    dispose(window)
