"""Pictures as plain 8-bit RGB arrays, through Pillow alone: what training and scoring read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from aestudio.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".avif"})


def find_pictures(folder: Path) -> list[Path]:
    """Return the picture files below ``folder``, sorted by path; hidden ones (``._a.png``, ``.trash/``) are none.

    Raises InputError when there are none.
    """
    if not folder.is_dir():
        raise InputError(f"The folder {folder} does not exist.", "Name a folder of pictures.")
    found = sorted(
        p
        for p in folder.rglob("*")
        if p.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in p.relative_to(folder).parts)
        and p.is_file()
    )
    if not found:
        raise InputError(f"There are no pictures in {folder}.", "Name a folder that holds JPEG, PNG or TIFF files.")
    return found


def load_rgb(path: Path) -> NDArray[np.uint8]:
    """Return the picture as (H, W, 3) uint8. Raises InputError where it cannot be decoded."""
    try:
        with Image.open(path) as image:
            return np.array(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as cause:
        raise InputError(f"{path} cannot be read as a picture.", "Take it out of the folder.") from cause
