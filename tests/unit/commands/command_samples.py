"""Pictures for the commands' tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def scene(height: int, width: int) -> NDArray[np.uint8]:
    """Return a picture (height, width, 3) with a slope, edges and waves."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [x * 180 // width + 30, (x // 24 + y // 24) % 2 * 120 + 60, 128 + 80 * np.sin(x / 11) * np.cos(y / 13)]
    return np.stack(planes, axis=2).astype(np.uint8)


def save_noisy(path: Path, height: int = 40, width: int = 50) -> None:
    """Write the scene with noise of 25 to ``path``."""
    values = scene(height, width) + np.random.default_rng(0).normal(0, 25, (height, width, 3))
    Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8)).save(path)


def pixels(path: Path) -> NDArray[np.uint8]:
    """Return what a file holds."""
    with Image.open(path) as image:
        return np.array(image)
