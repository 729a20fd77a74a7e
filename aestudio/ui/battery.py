"""Whether the machine runs on its battery, asked of the system now and then. Qt-free."""

from __future__ import annotations

import ctypes
import sys
import time
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")
FRESH_SECONDS = 20.0
_known: tuple[float, bool] | None = None


def on_battery() -> bool:
    """Return whether the machine draws on its battery; False where it has none or that cannot be known."""
    global _known
    now = time.monotonic()
    if _known is None or now - _known[0] > FRESH_SECONDS:
        _known = now, _ask()
    return _known[1]


def _ask() -> bool:
    try:
        if sys.platform == "linux":
            return discharging(SUPPLIES)
        if sys.platform == "darwin":
            return _macos()
        return sys.platform == "win32" and _windows()
    except OSError:
        return False


def discharging(supplies: Path) -> bool:
    """Return whether a battery of the machine (not of a mouse) is being used up, by Linux's files."""
    return any(
        _read(supply / "type") == "Battery"
        and _read(supply / "scope") != "Device"
        and _read(supply / "status") == "Discharging"
        for supply in supplies.iterdir()
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _macos() -> bool:
    import subprocess

    try:
        said = subprocess.run(["/usr/bin/pmset", "-g", "batt"], capture_output=True, text=True, timeout=1, check=False)
    except subprocess.SubprocessError:
        return False
    return "'Battery Power'" in said.stdout


class _PowerStatus(ctypes.Structure):
    """SYSTEM_POWER_STATUS of the Windows API."""

    _fields_ = (
        ("line", ctypes.c_ubyte),
        ("flag", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds", ctypes.c_uint32),
        ("full_seconds", ctypes.c_uint32),
    )


def _windows() -> bool:
    status = _PowerStatus()
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only there on Windows, and mypy runs elsewhere
    return bool(kernel.GetSystemPowerStatus(ctypes.byref(status))) and status.line == 0
