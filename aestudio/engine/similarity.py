"""How alike two pictures are to the eye: luma and SSIM, in numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
WINDOW = 11
"""Pixels on a side of what SSIM compares at once: it needs as many."""


def luma(rgb: Array) -> Array:
    """Return BT.601 studio-range luma, 16..235 as float64, of (H, W, 3) in 0..255 (MATLAB's ``rgb2ycbcr``)."""
    weights = np.array([65.481, 128.553, 24.966]) / 255
    return 16.0 + rgb.astype(np.float64) @ weights


def ssim(a: Array, b: Array, peak: float = 255.0) -> float:
    """Return the structural similarity of two (H, W) arrays of at least 11x11.

    Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to
    structural similarity", TIP 2004: 11x11 Gaussian window of sigma 1.5, valid part only.
    """
    x, y = a.astype(np.float64), b.astype(np.float64)
    c1, c2 = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    mean_x, mean_y = _blur(x), _blur(y)
    variance_x = _blur(x * x) - mean_x**2
    variance_y = _blur(y * y) - mean_y**2
    covariance = _blur(x * y) - mean_x * mean_y
    similarity = ((2 * mean_x * mean_y + c1) * (2 * covariance + c2)) / (
        (mean_x**2 + mean_y**2 + c1) * (variance_x + variance_y + c2)
    )
    return float(similarity.mean())


def _blur(x: Array) -> Array:
    offsets = np.arange(WINDOW) - WINDOW // 2
    kernel = np.exp(-(offsets**2) / (2 * 1.5**2))
    kernel /= kernel.sum()
    for axis in (0, 1):
        length = x.shape[axis] - WINDOW + 1
        rows = np.moveaxis(x, axis, 0)
        pieces = (rows[i : i + length] * k for i, k in enumerate(kernel))
        x = np.moveaxis(sum(pieces, np.zeros(())), 0, axis)
    return x
