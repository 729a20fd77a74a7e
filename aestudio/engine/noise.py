"""How noisy a picture is, judged by its pixels alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.imageio.mix import LUMA

PATCH = 8
PATCHES = 40_000
BLOCK = 80
MOST_BLOCKS = 36
_PATCH_BLOCK = 16
# White noise of one strength in R, G and B has this share of it in their weighted sum.
_LUMA_SHARE = float(np.linalg.norm(LUMA))
# Where compression thinned the colour's noise out, this share of the luma-based level restored best
# (five Kodak crops, sigma 10 and 25, JPEG at quality 85 and 95, 4:2:0).
_COMPRESSED_SHARE = 0.9
# Fine detail in colour over that in brightness: 4:2:0 files of noisy Kodak crops have at most 0.09
# (sigma 10 and more, quality 85), other files of noisy ones at least 0.4.
_THINNED = 0.12


def estimate_sigma(values: NDArray[Any], seed: int = 0) -> float:
    """Return the standard deviation of the noise in ``values`` (H, W, C), 0..1, in 8-bit units.

    Chen, Zhu and Heng, "An Efficient Statistical Method for Image Noise Level Estimation", ICCV
    2015: patches of a clean picture lie near a subspace, so the smallest eigenvalues of the patch
    covariance are the noise's variance; the split is where mean and median of the rest agree.

    Colour patches have dimensions to spare. Grey ones do not, and texture fills them, so there the
    estimate is a low quantile over blocks of the picture. Most JPEG files store colour at half the
    resolution, which hides noise from the colour estimate: then the brightness decides.
    The same pixels always give the same answer; pictures smaller than a patch give 0.
    """
    height, width, channels = values.shape
    if min(height, width) <= PATCH:
        return 0.0
    random = np.random.default_rng(seed)
    if channels == 1 or _is_grey(values):
        return _grey_level(values[..., :1], random)
    colour = _estimate(values, PATCHES, random)
    luma = values @ np.array(LUMA, values.dtype)
    if not _has_thinned_colour(values, luma):
        return colour
    return max(colour, _COMPRESSED_SHARE * _grey_level(luma[..., None], random) / _LUMA_SHARE)


def white_sigma(values: NDArray[Any], seed: int = 0, patches: int = PATCHES) -> float:
    """Return the noise of a colour picture (H, W, 3), 0..1, that differs from channel to channel, in 8-bit units.

    Little of a texture passes for it: of small, finely textured pictures ``estimate_sigma`` may find ten where there is
    none. Noise that compression thinned out in the colours is not found, nor any in a grey picture.
    Fewer ``patches`` are quicker and less exact.
    """
    if min(values.shape[:2]) <= PATCH or values.shape[2] == 1 or _is_grey(values):
        return 0.0
    return _estimate(values, patches, np.random.default_rng(seed))


def patch_sigma(values: NDArray[Any]) -> float:
    """Return the noise of an even area (H, W, C), 0..1, in 8-bit units: what is left beside a slope.

    The median over blocks of 16 pixels, so that an edge at the rim of the area does not count. A whole picture's
    estimate needs far more pixels: of 32 x 32 with noise of 15 it finds 7, this 15.
    """
    height, width, _ = values.shape
    down, across = (max(1, n // _PATCH_BLOCK) for n in (height, width))
    blocks = [b for band in np.array_split(values, down) for b in np.array_split(band, across, axis=1)]
    return float(np.median([_beside_slope(block) for block in blocks])) * 255


def _beside_slope(block: NDArray[Any]) -> float:
    """Return the root mean square of what the best plane through each channel leaves of (H, W, C)."""
    height, width, channels = block.shape
    rows, columns = (a.ravel() for a in np.mgrid[0:height, 0:width])
    plane = np.stack([np.ones(height * width), rows, columns], axis=1)
    flat = block.reshape(-1, channels).astype(np.float64)
    rest = flat - plane @ np.linalg.lstsq(plane, flat, rcond=None)[0]
    return float(np.sqrt(np.sum(rest**2) / channels / max(1, height * width - 3)))


def _has_thinned_colour(values: NDArray[Any], luma: NDArray[Any]) -> bool:
    """Return whether the colour of (H, W, 3) has next to no fine detail beside that of its brightness (H, W)."""
    fine = _fine_detail(luma)
    colour = 0.5 * (_fine_detail(values[..., 2] - luma) / 1.772 + _fine_detail(values[..., 0] - luma) / 1.402)
    return colour < _THINNED * fine


def _fine_detail(plane: NDArray[Any]) -> float:
    """Return the median size of the second differences of second differences, which smooth upsampling lacks."""
    return float(np.median(np.abs(np.diff(np.diff(plane, n=2, axis=0), n=2, axis=1))))


def _is_grey(values: NDArray[Any]) -> bool:
    step = max(1, values.shape[0] // 64)
    some = values[::step, ::step]
    return bool(np.array_equal(some[..., 0], some[..., 1]) and np.array_equal(some[..., 1], some[..., 2]))


def _grey_level(grey: NDArray[Any], random: np.random.Generator) -> float:
    """Return the level of one plane (H, W, 1): that of its smoothest blocks that are not burnt out."""
    down, across = (max(1, n // BLOCK) for n in grey.shape[:2])
    blocks = [b for band in np.array_split(grey, down) for b in np.array_split(band, across, axis=1)]
    if len(blocks) > MOST_BLOCKS:
        blocks = [blocks[i] for i in random.choice(len(blocks), MOST_BLOCKS, replace=False)]
    usable = [b for b in blocks if np.mean((b <= 0.01) | (b >= 0.99)) < 0.1] or blocks
    return float(np.quantile([_estimate(b[:160, :160], PATCHES // 8, random) for b in usable], 0.1))


def _estimate(values: NDArray[Any], most: int, random: np.random.Generator) -> float:
    rows, columns = values.shape[0] - PATCH + 1, values.shape[1] - PATCH + 1
    count = min(most, rows * columns)
    chosen = random.integers(0, rows * columns, count)
    patches = np.lib.stride_tricks.sliding_window_view(values, (PATCH, PATCH), axis=(0, 1))
    drawn = patches[chosen // columns, chosen % columns].reshape(count, -1).astype(np.float32)
    # burnt-out and black areas hold no noise: they say nothing about the rest
    alive = np.mean((drawn <= 0.01) | (drawn >= 0.99), axis=1) < 0.1
    if np.count_nonzero(alive) >= 4 * drawn.shape[1]:
        drawn = drawn[alive]
    count = len(drawn)
    drawn -= drawn.mean(axis=0)
    eigenvalues = np.linalg.eigvalsh((drawn.T @ drawn).astype(np.float64) / count)[::-1]
    for first in range(len(eigenvalues)):
        rest = eigenvalues[first:]
        mean = rest.mean()
        if np.count_nonzero(rest > mean) >= np.count_nonzero(rest < mean):
            return float(np.sqrt(max(mean, 0.0)) * 255)
    return 0.0
