"""Whether a bundle is whole: it carries the list of its own files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from aestudio import paths


def missing() -> list[str]:
    """Return the files of the bundle that are not there, or not of their size; nothing where this is no bundle.

    On macOS the system itself looks at that, by the application's signature.
    """
    if not getattr(sys, "frozen", False) or sys.platform == "darwin":
        return []
    folder = paths.contents_file().parent
    try:
        listed: dict[str, int] = json.loads(paths.contents_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [paths.contents_file().name]
    return [name for name, size in listed.items() if _size(folder / name) != size]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
