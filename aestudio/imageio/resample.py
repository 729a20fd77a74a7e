"""Bicubic resampling that follows MATLAB's ``imresize``, the field's reference for super-resolution.

Kernel: Keys, "Cubic convolution interpolation for digital image processing", 1981, a = -0.5.
When shrinking, the kernel is stretched by the factor (antialiasing); borders are mirrored.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def cubic(x: Array) -> Array:
    """Return Keys' cubic kernel with a = -0.5 at distances ``x`` (pixels, any shape)."""
    d = np.abs(x)
    near = (1.5 * d - 2.5) * d * d + 1.0
    far = ((-0.5 * d + 2.5) * d - 4.0) * d + 2.0
    return np.where(d <= 1, near, np.where(d <= 2, far, 0.0))


def contributions(
    length: int, out_length: int, scale: float, out_start: int = 0, origin: int = 0
) -> tuple[Array, Array]:
    """Return which source samples make each output sample, and with what weight.

    Both arrays are (out_length, taps): float32 weights that sum to 1 and int64 indices
    into a source of ``length`` samples, mirrored at its ends. For a piece of a larger signal,
    ``origin`` is where the source begins in it and ``out_start`` the first output sample wanted.
    """
    stretch = min(scale, 1.0)
    support = 4.0 / stretch
    centre = (np.arange(out_start, out_start + out_length) + 0.5) / scale - 0.5 - origin
    first = np.floor(centre - support / 2).astype(np.int64) + 1
    taps = math.ceil(support) + 1
    index = first[:, None] + np.arange(taps)
    weight = cubic(stretch * (centre[:, None] - index))
    weight /= weight.sum(axis=1, keepdims=True)
    period = 2 * length
    folded = np.mod(index, period)
    index = np.where(folded < length, folded, period - 1 - folded)
    used = np.any(weight != 0, axis=0)
    return weight[:, used].astype(np.float32), index[:, used]


def resize(pixels: Array, size: tuple[int, int], scale: float | None = None) -> Array:
    """Return ``pixels`` (H, W) or (H, W, C) resampled to ``size`` = (height, width), as float32.

    ``scale`` is the exact factor where it is not the ratio of the sizes (a crop's, say).
    Values are not clipped: the kernel overshoots at edges, and rounding is the caller's.
    """
    out = np.asarray(pixels, dtype=np.float32)
    for axis in (0, 1):
        factor = scale if scale is not None else size[axis] / out.shape[axis]
        weight, index = contributions(out.shape[axis], size[axis], factor)
        out = _resample(out, weight, index, axis)
    return out


def resize_piece(piece: Array, origin: tuple[int, int], out: tuple[slice, slice], scale: float) -> Array:
    """Return the output rows and columns ``out`` of a picture enlarged by ``scale``, from a piece of it.

    ``piece`` is (h, w, C) and lies at ``origin`` = (y, x) of the picture; it must reach two samples
    beyond what ``out`` covers (more when shrinking) for the result to equal the whole picture's.
    """
    result = np.asarray(piece, dtype=np.float32)
    for axis in (0, 1):
        count = out[axis].stop - out[axis].start
        weight, index = contributions(result.shape[axis], count, scale, out[axis].start, origin[axis])
        result = _resample(result, weight, index, axis)
    return result


def _resample(pixels: Array, weight: Array, index: Array, axis: int) -> Array:
    moved = np.moveaxis(pixels, axis, 0)
    columns = (slice(None),) + (None,) * (moved.ndim - 1)
    out = np.zeros((len(weight), *moved.shape[1:]), dtype=np.float32)
    for tap in range(weight.shape[1]):
        out += weight[:, tap][columns] * moved[index[:, tap]]
    return np.ascontiguousarray(np.moveaxis(out, 0, axis))


def to_uint8(values: Array) -> Array:
    """Return values of 0..255 rounded half up and clipped to uint8, as MATLAB's ``uint8`` does."""
    return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)
