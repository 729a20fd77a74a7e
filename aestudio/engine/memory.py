"""How much memory a device has in all, and how much of the machine's is free."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

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


def free_memory() -> int:
    """Return the bytes of memory that programs can still have, or -1 where the system does not say."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return -1


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
