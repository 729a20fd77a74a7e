"""How much memory this process holds now."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import torch


def held_memory() -> int:
    """Return the bytes of the machine's memory that this process holds; where only the most so far is known, that.

    0 where the system says nothing.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    # bytes on macOS, elsewhere units of 1024 of them
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def held_on(device: torch.device) -> int:
    """Return the bytes of a CUDA device's memory that this process holds, caches included; 0 for other devices."""
    return int(torch.cuda.memory_reserved(device)) if device.type == "cuda" else 0
