"""Says in one line what this system lacks for the window, with the Debian packages to install.

``check_system.py`` looks for the libraries that Qt itself is linked to; ``--display`` also looks
for a display and for what Qt's X11 plugin needs. Uses nothing but the standard library, so that it
can run before anything is installed. Exit code 1 where something is missing.
"""

from __future__ import annotations

import ctypes
import os
import sys

# Shared library -> the Debian package that has it (names of Debian 12 and Ubuntu 24.04).
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Return the packages of those libraries that the dynamic linker cannot find."""
    packages = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            packages.append(package)
    return packages


def problem(display: bool) -> str:
    """Return one line that says what is missing and what to do, or an empty string."""
    if not sys.platform.startswith("linux"):
        return ""
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    if display and not (wayland or x11 or os.environ.get("QT_QPA_PLATFORM")):
        return "There is no display here to open a window on; “make demo” restores the sample pictures without one."
    packages = missing_packages(QT_LIBRARIES | (X11_LIBRARIES if display and x11 else {}))
    if packages:
        return f"The window needs system libraries that are not installed: sudo apt-get install {' '.join(packages)}"
    return ""


if __name__ == "__main__":
    line = problem("--display" in sys.argv[1:])
    if line:
        print(line, file=sys.stderr)
        sys.exit(1)
