"""What kind of pictures a model was trained on, for its card."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.engine import kind

Pixels = NDArray[np.uint8]
# More pictures than these tell nothing new about their kind.
MOST = 120


def describe_photos(pictures: Sequence[Pixels], seed: int = 0) -> dict[str, Any]:
    """Return the kind of clean pictures (H, W, 3) and of what becomes of them on a disk.

    A noisy, compressed, shrunk, enlarged or cropped photograph is of the same kind as the photograph.
    """
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(pictures))[:MOST]
    return kind.describe(v.astype(np.float32) / 255 for i in chosen for v in _variants(pictures[i], random))


def describe(pictures: Sequence[Pixels]) -> dict[str, Any]:
    """Return the kind of pictures (H, W) or (H, W, C) that are to be taken as they are."""
    return kind.describe(np.atleast_3d(p).astype(np.float32) / 255 for p in pictures[:MOST])


def _variants(picture: Pixels, random: np.random.Generator) -> Iterator[Pixels]:
    yield picture
    yield _compressed(picture, int(random.integers(10, 70)))
    noise = random.normal(0, random.uniform(2, 50), picture.shape)
    yield np.clip(picture + noise, 0, 255).astype(np.uint8)
    yield _resized(picture, random.uniform(0.25, 0.6))
    yield _crop(_resized(picture, random.uniform(1.5, 3)), 512, random)
    yield _crop(picture, 200, random)


def _compressed(picture: Pixels, quality: int) -> Pixels:
    store = io.BytesIO()
    Image.fromarray(picture).save(store, "JPEG", quality=quality)
    return np.array(Image.open(store))


def _resized(picture: Pixels, factor: float) -> Pixels:
    height, width = (max(8, round(n * factor)) for n in picture.shape[:2])
    return np.array(Image.fromarray(picture).resize((width, height), Image.Resampling.BICUBIC))


def _crop(picture: Pixels, side: int, random: np.random.Generator) -> Pixels:
    y, x = (int(random.integers(0, max(1, n - side + 1))) for n in picture.shape[:2])
    return picture[y : y + side, x : x + side]
