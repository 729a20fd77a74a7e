"""How much memory a device has, in all."""

from __future__ import annotations

import ctypes
import os
import sys

import torch

# Where the system does not say: what even small machines have.
_UNKNOWN = 4 << 30


def total_memory(device: torch.device) -> int:
    """Return the bytes of a CUDA device's memory, or of the machine's where the device uses that."""
    if device.type == "cuda":
        return int(torch.cuda.get_device_properties(device).total_memory)
    if sys.platform == "win32":
        return _windows()
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return _UNKNOWN


def _windows() -> int:
    class Status(ctypes.Structure):
        # MEMORYSTATUSEX of the Windows API
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((f"n{i}", ctypes.c_ulonglong) for i in range(7)),
        )

    status = Status(length=ctypes.sizeof(Status))
    if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):  # type: ignore[attr-defined]
        return _UNKNOWN
    return int(status.n0)
