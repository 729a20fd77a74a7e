"""Whether a window can be opened here: Qt ends the program without a word where it can't."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

from aestudio.errors import StudioError

_COMMANDS = "Commands such as “aestudio denoise” work without one."


def check() -> None:
    """Raise StudioError where no display can be reached or Qt's plugin for it cannot be loaded (Linux)."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM", "xcb") not in ("xcb", "wayland"):
        return
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    if not (wayland or x11):
        raise StudioError("There is no display here to open a window on.", _COMMANDS)
    if wayland:
        return
    _load_plugin()
    if not _answers():
        raise StudioError(f"The display {x11} cannot be reached.", f"Check DISPLAY and its permissions. {_COMMANDS}")


def _load_plugin() -> None:
    """Load the plugin as Qt will, to learn which of its libraries is missing."""
    found = importlib.util.find_spec("PySide6")
    folder = Path((found.submodule_search_locations or [""])[0]) if found else Path()
    plugin = folder / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as cause:
        # a frozen program wraps the reason in a sentence of its own
        library = str(cause.__context__ or cause).partition(":")[0]
        raise StudioError(
            f"The window system's library {Path(library).name} cannot be loaded.",
            "Install it with your system's package manager, or install aestudio again where it is the program's own.",
        ) from cause


def _answers() -> bool:
    """Return whether the X server takes connections."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # then Qt finds another way, or says so itself
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
