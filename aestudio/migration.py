"""What is kept when a newer version of the program takes over older data."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

log = logging.getLogger(__name__)


def keep_copy(file: Path, version: int) -> None:
    """Copy a file of an older format version beside itself (``NAME.v1``), once; a failure is logged."""
    copy = file.with_name(f"{file.name}.v{version}")
    if copy.exists():
        return
    try:
        shutil.copy2(file, copy)
    except OSError as error:
        log.warning("%s could not be copied before it is brought forward: %s", file, error)
