"""PSNR and SSIM as the field computes them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.engine.similarity import luma, ssim

__all__ = ["auc", "compare_bands", "displacement", "luma", "psnr", "spearman", "ssim"]

Array = NDArray[Any]


def psnr(a: Array, b: Array, peak: float = 255.0) -> float:
    """Return the peak signal-to-noise ratio in dB of two arrays of one shape; infinity where they are equal."""
    error = float(np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2))
    return math.inf if error == 0 else 10 * math.log10(peak**2 / error)


def displacement(taken: Array, truth: Array) -> Array:
    """Return what of ``taken - truth``, both (H, W, C), comes of a shift and of light alone, (H, W, C).

    One shift of the picture, fitted to first order as Lucas and Kanade do (IJCAI 1981), and one offset for each
    colour: what no denoiser of a single shot can know, and noise does not bring about.
    """
    truth = truth.astype(np.float64)
    error = taken.astype(np.float64) - truth
    colour = error.mean((0, 1))
    slopes = [np.gradient(truth, axis=axis) for axis in (0, 1)]
    slopes = [slope - slope.mean((0, 1)) for slope in slopes]
    normal = np.array([[float(np.vdot(a, b)) for b in slopes] for a in slopes])
    moved = np.array([float(np.vdot(slope, error - colour)) for slope in slopes])
    shift = np.linalg.lstsq(normal, moved, rcond=None)[0]
    found: Array = shift[0] * slopes[0] + shift[1] * slopes[1] + colour
    return found


def auc(low: Array | list[float], high: Array | list[float]) -> float:
    """Return the area under the ROC curve: how often one of ``high`` exceeds one of ``low``, ties as half."""
    below, above = np.sort(np.asarray(low, np.float64)), np.asarray(high, np.float64)
    smaller, smaller_or_equal = (np.searchsorted(below, above, side) for side in ("left", "right"))
    return float((smaller + smaller_or_equal).sum() / 2 / (len(below) * len(above)))


def spearman(a: Array, b: Array) -> float:
    """Return Spearman's rank correlation of two arrays of one shape; equal values are ranked as they come."""
    one, other = (np.argsort(np.argsort(values, axis=None, kind="stable"), kind="stable") for values in (a, b))
    return float(np.corrcoef(one, other)[0, 1])


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
