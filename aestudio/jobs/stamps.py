"""What tells one version of a file from another, without reading it."""

from __future__ import annotations

from pathlib import Path

Stamp = tuple[int, int]
"""A file's size in bytes and the time of its last change in nanoseconds."""
MISSING: Stamp = (-1, -1)


def stamp(path: Path) -> Stamp:
    """Return what changes when a file changes. Raises OSError."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def seen(path: Path) -> Stamp:
    """Return a file's stamp, or MISSING where there is none to be seen."""
    try:
        return stamp(path)
    except OSError:
        return MISSING
