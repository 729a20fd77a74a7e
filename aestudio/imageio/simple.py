"""Pictures as plain 8-bit RGB arrays, through Pillow alone: what training and scoring read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from aestudio.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

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
    """Return the picture as (H, W, 3) uint8, alpha left aside. Raises InputError where it cannot be decoded."""
    return _decode(path, lambda image: image.convert("RGB"))


def load_on_white(path: Path) -> NDArray[np.uint8]:
    """Return the picture on a white ground as (H, W, 3) uint8. Raises InputError where it cannot be decoded."""

    def on_white(image: Image.Image) -> Image.Image:
        if not image.has_transparency_data:
            return image.convert("RGB")
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image.convert("RGBA")).convert("RGB")

    return _decode(path, on_white)


def _decode(path: Path, convert: Callable[[Image.Image], Image.Image]) -> NDArray[np.uint8]:
    try:
        with Image.open(path) as image:
            return np.array(convert(image))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as cause:
        raise InputError(f"{path} cannot be read as a picture.", "Take it out of the folder.") from cause
