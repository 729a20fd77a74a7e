"""How noisy a picture is, judged by its pixels alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

PATCH = 8
PATCHES = 40_000
GREY_BLOCKS = 5


def estimate_sigma(values: NDArray[Any], seed: int = 0) -> float:
    """Return the standard deviation of the noise in ``values`` (H, W, C), 0..1, in 8-bit units.

    Chen, Zhu and Heng, "An Efficient Statistical Method for Image Noise Level Estimation", ICCV
    2015: patches of a clean picture lie near a subspace, so the smallest eigenvalues of the patch
    covariance are the noise's variance; the split is where mean and median of the rest agree.
    Grey patches have a third of the dimensions and texture fills them, so there the estimate is the
    lower quartile over blocks of the picture. The same pixels always give the same answer;
    pictures smaller than a patch give 0.
    """
    height, width, channels = values.shape
    if min(height, width) <= PATCH:
        return 0.0
    random = np.random.default_rng(seed)
    if channels == 3 and not _is_grey(values):
        return _estimate(values, PATCHES, random)
    grey = values[..., :1]
    down, across = (max(1, min(GREY_BLOCKS, n // 64)) for n in (height, width))
    estimates = [
        _estimate(block, PATCHES // 4, random)
        for band in np.array_split(grey, down)
        for block in np.array_split(band, across, axis=1)
    ]
    return float(np.quantile(estimates, 0.25))


def _is_grey(values: NDArray[Any]) -> bool:
    step = max(1, values.shape[0] // 64)
    some = values[::step, ::step]
    return bool(np.array_equal(some[..., 0], some[..., 1]) and np.array_equal(some[..., 1], some[..., 2]))


def _estimate(values: NDArray[Any], most: int, random: np.random.Generator) -> float:
    rows, columns = values.shape[0] - PATCH + 1, values.shape[1] - PATCH + 1
    count = min(most, rows * columns)
    chosen = random.integers(0, rows * columns, count)
    patches = np.lib.stride_tricks.sliding_window_view(values, (PATCH, PATCH), axis=(0, 1))
    drawn = patches[chosen // columns, chosen % columns].reshape(count, -1).astype(np.float32)
    drawn -= drawn.mean(axis=0)
    eigenvalues = np.linalg.eigvalsh((drawn.T @ drawn).astype(np.float64) / count)[::-1]
    for first in range(len(eigenvalues)):
        rest = eigenvalues[first:]
        mean = rest.mean()
        if np.count_nonzero(rest > mean) >= np.count_nonzero(rest < mean):
            return float(np.sqrt(max(mean, 0.0)) * 255)
    return 0.0
