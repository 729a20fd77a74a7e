"""One picture as it is looked at before training: what its header says, and how noisy, blurred and compressed it is."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.engine.damage import blockiness
from aestudio.engine.noise import white_sigma
from aestudio.errors import InputError
from aestudio.imageio.mix import LUMA
from aestudio.imageio.simple import in_eight_bits, opened

# What is measured is measured on the middle, which has at most this side in pixels.
_SIDE = 512
# A quarter of what a single picture gets: 0.05 s instead of 0.2, and within 1 of 255 of it.
_PATCHES = 8000
# Side of the copy whose frequencies are hashed, and how many of them.
_HASHED, _FREQUENCIES = 32, 8
# Below this standard deviation (of 255) a small copy is plain, and its hash is chance.
_PLAIN = 3.0
# The edges that sharpness is read at: the strongest in fifty, and no weaker than this (of 255).
_STRONGEST, _WEAKEST = 0.98, 20.0
_FEWEST_EDGES = 50
# An edge of a sharp picture passes within these pixels.
_REACH = 7
_SHARPEST = 0.9
# The sum of the luminance table in annex K of JPEG's standard (ITU-T T.81), which libjpeg scales for its qualities.
_STANDARD = 3688.0
_DEEP = ("I;16", "I;16B", "I;16L", "I;16N", "I", "F")
_GREY = ("1", "L", "LA", "La", *_DEEP)


@dataclass(frozen=True)
class Look:
    """What was found. ``noise`` is in 8-bit units; ``sharpness`` in 0..1 (None: no edges); ``blocks`` 1 for none;
    ``quality`` that of a JPEG file by its table (None: another format); ``hash`` of 64 bits (None: a plain picture).
    """

    path: Path
    width: int
    height: int
    grey: bool
    deep: bool
    noise: float
    sharpness: float | None
    blocks: float
    quality: int | None
    hash: int | None
    seconds: float

    @property
    def pixels(self) -> int:
        """Return how many pixels it has."""
        return self.width * self.height


def look(path: Path, measures: bool = True) -> Look:
    """Return what is to be known of a picture; with ``measures`` its noise, sharpness and blocks too.

    Raises InputError where it cannot be decoded.
    """
    began = time.perf_counter()
    try:
        with opened(path) as image:
            width, height = image.size
            tiles = getattr(image, "tile", None)
            raw = tiles[0][3] if tiles else ""
            deep = image.mode in _DEEP or "16" in str(raw[0] if isinstance(raw, tuple) else raw)
            grey, quality = image.mode in _GREY, jpeg_quality(image)
            # whole: a file that breaks off in the middle is found nowhere else
            image.load()
            shown = in_eight_bits(image)
            small = np.asarray(shown.convert("RGB").resize((_HASHED, _HASHED), Image.Resampling.BOX))
            left, top = max(0, (width - _SIDE) // 2), max(0, (height - _SIDE) // 2)
            middle = shown.crop((left, top, min(width, left + _SIDE), min(height, top + _SIDE)))
            pixels = np.asarray(middle.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError) as cause:
        raise InputError(f"{path.name} cannot be read as a picture.", "Leave it out, or copy it again.") from cause
    decoded = time.perf_counter() - began
    grey = grey or bool((small == small[..., :1]).all() and (pixels == pixels[..., :1]).all())
    values = pixels.astype(np.float32) / 255
    return Look(
        path,
        width,
        height,
        grey,
        deep,
        white_sigma(values, patches=_PATCHES) if measures else 0.0,
        sharpness(values) if measures else None,
        blockiness(values) if measures and min(width, height) >= 32 else 1.0,
        quality,
        perceptual_hash(small.astype(np.float64) @ np.array(LUMA)),
        decoded,
    )


def sharpness(values: NDArray[Any]) -> float | None:
    """Return how much of the sharpest edges of (H, W, 3), 0..1, is passed from one pixel to the next, in 0..1.

    Of the strongest changes over seven pixels, the share of the steepest single step, in the sharpest tenth of them:
    a picture with one sharp thing in front of a soft ground is sharp. None where there are no edges.
    """
    luma = (values @ np.array(LUMA, values.dtype)) * 255
    found = [share for plane in (luma, luma.T) if (share := _steepest(plane)) is not None]
    return float(np.mean(found)) if found else None


def _steepest(plane: NDArray[Any]) -> float | None:
    if plane.shape[1] <= 2 * _REACH:
        return None
    wide = np.abs(plane[:, _REACH:] - plane[:, :-_REACH])
    strong = wide >= max(float(np.quantile(wide, _STRONGEST)), _WEAKEST)
    if np.count_nonzero(strong) < _FEWEST_EDGES:
        return None
    steps = np.abs(np.diff(plane, axis=1))
    steepest = np.max([steps[:, n : n + wide.shape[1]][strong] for n in range(_REACH)], axis=0)
    return float(np.quantile(np.minimum(steepest / wide[strong], 1.0), _SHARPEST))


def jpeg_quality(image: Image.Image) -> int | None:
    """Return the quality 1..100 of a JPEG file as libjpeg counts it, by the size of its first table; None for others.

    An encoder with tables of its own (a camera's, Photoshop's) gets the quality of the same mean step.
    """
    tables = getattr(image, "quantization", None)
    if not tables:
        return None
    scale: float = 100 * sum(tables[min(tables)]) / _STANDARD
    return round(min(100.0, max(1.0, (200 - scale) / 2 if scale <= 100 else 5000 / scale)))


def perceptual_hash(small: NDArray[np.float64]) -> int | None:
    """Return 64 bits of a grey copy (32, 32): which of its 8 x 8 lowest frequencies are above their median.

    The DCT hash of C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section
    3.2.1, the first coefficient (the mean) standing for nothing. None for a plain picture.
    """
    if small.std() < _PLAIN:
        return None
    low = (_COSINES @ small @ _COSINES.T).reshape(-1)
    bits = low > np.median(low[1:])
    bits[0] = False
    return int(np.packbits(bits).view(">u8")[0])


_COSINES = np.cos(np.pi / _HASHED * np.outer(np.arange(_FREQUENCIES), np.arange(_HASHED) + 0.5))
