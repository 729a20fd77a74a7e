"""Colours under full transparency: there are none, but a network looks at what the file has in their place."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.imageio.values import to_unit

Array = NDArray[Any]
Floats = NDArray[np.float32]

RADII = (1, 2, 4, 8, 16)
REACH = max(RADII)
"""How far from what is seen hidden pixels get colours, in pixels."""
_ROWS = 512
_SAMPLE = 100_000
_SHARE = 0.9


def hides_nothing(pixels: Array, alpha: Array) -> bool:
    """Return whether nearly all pixels of alpha 0 have one colour, and there are some: nothing was drawn there.

    ``pixels`` (H, W, C) and ``alpha`` (H, W) as they are stored. Where the colours differ they may mean something,
    as in textures whose alpha is no transparency.
    """
    colours = [pixels[rows][alpha[rows] == 0] for rows in _strips(len(alpha))]
    number = sum(len(found) for found in colours)
    if not number:
        return False
    step = max(1, number // _SAMPLE)
    usual = np.sort(np.concatenate([found[::step] for found in colours]), axis=0)
    same = sum(int((found == usual[len(usual) // 2]).all(axis=1).sum()) for found in colours)
    return same >= _SHARE * number


LEAST = 1 / 1024
"""Of colours that are multiplied by less alpha than that nothing is left to divide."""


def straight(pixels: Array, alpha: Array) -> Array:
    """Return ``pixels`` (H, W, C), which are multiplied by ``alpha`` (H, W), as they are without; 0 where it is none.

    Integers become float32 in 0..1, floats stay in their own numbers.
    """
    cover = to_unit(alpha, False)[..., None]
    whole = pixels.dtype.kind == "f"
    values = pixels.astype(np.float32) if whole else to_unit(pixels, False)
    out: Array = np.divide(values, cover, out=np.zeros_like(values), where=cover >= LEAST)
    return out if whole else np.minimum(out, 1, out=out)


def _strips(height: int) -> list[slice]:
    return [slice(top, top + _ROWS) for top in range(0, height, _ROWS)]


def filled(values: Floats, cover: Floats) -> Floats:
    """Return ``values`` (h, w, C), in which pixels that are not seen have the colours of those near them that are.

    ``cover`` (h, w) is alpha in 0..1. Each hidden pixel takes the mean of what is seen in the smallest of some squares
    around it, weighted by alpha; beyond REACH pixels they stay.
    """
    missing = cover == 0
    if not missing.any() or missing.all():
        return values
    weighted = np.concatenate([values * cover[..., None], cover[..., None]], axis=2)
    out = values.copy()
    for radius in RADII:
        sums = _squares(weighted, radius)
        weight = sums[..., -1]
        found = missing & (weight > 1e-6)
        out[found] = sums[found, :-1] / weight[found, None]
        missing &= ~found
    return out


def _squares(values: Floats, radius: int) -> NDArray[np.float64]:
    """Return the sum over the square of that radius around each pixel, what lies outside being nothing."""
    sums = values.astype(np.float64)
    for axis in (0, 1):
        edge = [(0, 0)] * 3
        edge[axis] = (radius + 1, radius)
        run = np.cumsum(np.pad(sums, edge), axis=axis)
        length = sums.shape[axis]
        upper, lower = (np.take(run, range(n, n + length), axis=axis) for n in (2 * radius + 1, 0))
        sums = upper - lower
    return sums
