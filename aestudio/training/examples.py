"""A sheet of held-out pictures before and after the network, for whoever watches a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from aestudio.training.objective import Example
from aestudio.whole_file import whole_file

GAP = 8
"""Pixels between two examples; the three pictures of one touch."""


def save_sheet(path: Path, examples: Sequence[Example]) -> None:
    """Write the examples side by side as one picture; it exists whole or not at all.

    Each is before, by the model that the run began with, now, and truth, as far as they are there.
    All are cropped to the middle square that the smallest of them has.
    """
    side = min(min(example.before.shape[-2:]) for example in examples)
    gap = np.zeros((side, GAP, 4), np.uint8)
    parts: list[NDArray[np.uint8]] = []
    for example in examples:
        parts += [gap] if parts else []
        parts += [
            _square(tensor, side)
            for tensor in (example.before, example.start, example.now, example.truth)
            if tensor is not None
        ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        Image.fromarray(np.concatenate(parts, axis=1)).save(file, format="PNG")


def _square(picture: Tensor, side: int) -> NDArray[np.uint8]:
    """Return the middle of a picture (C, H, W) in 0..1, grey or RGB, as (side, side, 4) opaque bytes."""
    top, left = ((length - side) // 2 for length in picture.shape[-2:])
    crop = picture[:, top : top + side, left : left + side].clamp(0, 1).expand(3, -1, -1)
    pixels = (crop.permute(1, 2, 0).cpu().numpy() * 255 + 0.5).astype(np.uint8)
    return np.concatenate([pixels, np.full((side, side, 1), 255, np.uint8)], axis=2)
