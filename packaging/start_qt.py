"""Runs first in the frozen program: says where Qt's plugins lie, without importing Qt.

Qt is the window's alone; PyInstaller's own preparation imports it into the engine and every command, too.
"""

import os
import sys

_folder = os.path.join(sys._MEIPASS, "PySide6")  # type: ignore[attr-defined]
os.environ["QT_PLUGIN_PATH"] = os.path.join(_folder, *(["plugins"] if sys.platform == "win32" else ["Qt", "plugins"]))
