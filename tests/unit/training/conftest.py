"""What several tests of training learn from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of six small pictures of coloured squares."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    random = np.random.default_rng(0)
    for number in range(6):
        smooth = np.kron(random.integers(0, 256, (9, 11, 3)), np.ones((7, 7, 1))).astype(np.uint8)
        Image.fromarray(smooth).save(pictures / f"{number}.png")
    return pictures


@pytest.fixture
def large_folder(tmp_path: Path) -> Path:
    """Return a folder of 25 pictures that are large enough for crops of photos."""
    pictures = tmp_path / "large"
    pictures.mkdir()
    random = np.random.default_rng(0)
    for number in range(25):
        smooth = np.kron(random.integers(0, 256, (29, 31, 3)), np.ones((8, 8, 1))).astype(np.uint8)
        Image.fromarray(smooth).save(pictures / f"{number}.png")
    return pictures
