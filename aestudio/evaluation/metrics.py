"""PSNR and SSIM as the field computes them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def psnr(a: Array, b: Array, peak: float = 255.0) -> float:
    """Return the peak signal-to-noise ratio in dB of two arrays of one shape; infinity where they are equal."""
    error = float(np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2))
    return math.inf if error == 0 else 10 * math.log10(peak**2 / error)


def luma(rgb: Array) -> Array:
    """Return BT.601 studio-range luma, 16..235 as float64, of (H, W, 3) uint8 (MATLAB's ``rgb2ycbcr``)."""
    weights = np.array([65.481, 128.553, 24.966]) / 255
    return 16.0 + rgb.astype(np.float64) @ weights


def auc(low: Array | list[float], high: Array | list[float]) -> float:
    """Return the area under the ROC curve: how often one of ``high`` exceeds one of ``low``, ties as half."""
    below, above = np.sort(np.asarray(low, np.float64)), np.asarray(high, np.float64)
    smaller, smaller_or_equal = (np.searchsorted(below, above, side) for side in ("left", "right"))
    return float((smaller + smaller_or_equal).sum() / 2 / (len(below) * len(above)))


def spearman(a: Array, b: Array) -> float:
    """Return Spearman's rank correlation of two arrays of one shape; equal values are ranked as they come."""
    one, other = (np.argsort(np.argsort(values, axis=None, kind="stable"), kind="stable") for values in (a, b))
    return float(np.corrcoef(one, other)[0, 1])


def ssim(a: Array, b: Array, peak: float = 255.0) -> float:
    """Return the structural similarity of two (H, W) arrays.

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


def compare_bands(bands: Iterable[tuple[Array, Array]], luma_only: bool = False) -> tuple[float, float]:
    """Return (PSNR, SSIM) of two pictures that come as bands of (h, W, 3) uint8, from the top down.

    The figures are those of the whole pictures. PSNR is over R, G and B, or with ``luma_only`` of the luma; SSIM is
    of the luma, and not a number where a side has fewer than 11 pixels.
    """
    squares, count, similarity, rows = 0.0, 0, 0.0, 0
    above: tuple[Array, Array] | None = None
    for a, b in bands:
        lumas = luma(a), luma(b)
        x, y = lumas if luma_only else (a.astype(np.float64), b.astype(np.float64))
        squares += float(np.sum((x - y) ** 2))
        count += x.size
        # SSIM's window is 11 rows high: it begins in the last ten of the band above
        p, q = lumas if above is None else (np.concatenate(pair) for pair in zip(above, lumas, strict=True))
        complete = p.shape[0] - 10
        if complete > 0 and p.shape[1] > 10:
            similarity += ssim(p, q) * complete
            rows += complete
        above = p[-10:], q[-10:]
    ratio = math.inf if squares == 0 else 10 * math.log10(255.0**2 * count / squares)
    return ratio, similarity / rows if rows else math.nan


def _blur(x: Array) -> Array:
    offsets = np.arange(-5, 6)
    kernel = np.exp(-(offsets**2) / (2 * 1.5**2))
    kernel /= kernel.sum()
    for axis in (0, 1):
        length = x.shape[axis] - 10
        pieces = (np.take(x, range(i, i + length), axis) * k for i, k in enumerate(kernel))
        x = sum(pieces, np.zeros(()))
    return x
