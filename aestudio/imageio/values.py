"""File values to the 0..1 that networks see, and back.

Display-encoded data is only scaled. Scene-linear data goes through an invertible curve, sRGB's
(IEC 61966-2-1) up to 1 and a logarithm of the same slope above, mirrored for negative values,
so that a highlight of 100 or a slightly negative shadow comes back as it was.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from aestudio.imageio.picture import Array

# sRGB: 12.92 x below the break, 1.055 x^(1/2.4) - 0.055 above. The break is where the two lines
# really meet, so that the curve has one inverse (the standard's rounded figures leave a gap).
_BREAK = 0.0031308
_BREAK_CODE = 1.055 * _BREAK ** (1 / 2.4) - 0.055
_LINEAR_SLOPE = _BREAK_CODE / _BREAK
_SLOPE_AT_ONE = 1.055 / 2.4
_LARGEST = 65504.0  # the largest half float; stands for infinity, which no network survives

# Of a picture in 0..1, and of scene-linear light on its curve, nothing is larger; of a picture in other units nothing
# is so many times as large as its middle.
_SENSIBLE, _TIMES = 16.0, 64.0
# Nor, of the whole picture, so many times as large as all but its brightest hundredth; and what files without a value
# hold in its place (-3.4e38) is none at all.
_TOPS, _NO_VALUE = 4.0, 1e30
_MOST_LIGHT = 1e12
"""On the curve, light of so much is below the limit."""

_FULL = {np.dtype(np.uint8): 255, np.dtype(np.uint16): 65535}


def encode_linear(values: Array) -> Array:
    """Return scene-linear ``values`` (any shape, any finite number) on the display-like curve, float32."""
    x = np.abs(values.astype(np.float64))
    middle = 1.055 * np.power(np.clip(x, _BREAK, 1.0), 1 / 2.4) - 0.055
    above = 1.0 + _SLOPE_AT_ONE * np.log(np.maximum(x, 1.0))
    out = np.where(x <= _BREAK, x * _LINEAR_SLOPE, np.where(x <= 1.0, middle, above))
    return np.copysign(out, values).astype(np.float32)


def decode_linear(values: Array) -> Array:
    """Return the inverse of :func:`encode_linear`, float32."""
    y = np.abs(values.astype(np.float64))
    middle = np.power((np.clip(y, _BREAK_CODE, 1.0) + 0.055) / 1.055, 2.4)
    # A restored value beyond the largest float32 would become infinity: hold it there.
    above = np.exp(np.minimum((np.maximum(y, 1.0) - 1.0) / _SLOPE_AT_ONE, 88.0))
    out = np.where(y <= _BREAK_CODE, y / _LINEAR_SLOPE, np.where(y <= 1.0, middle, above))
    return np.copysign(out, values).astype(np.float32)


def to_unit(pixels: Array, linear: bool) -> Array:
    """Return ``pixels`` (any shape; uint8, uint16 or float32) as float32, 1.0 being full scale.

    Float data keeps its values, outside 0..1 too; only what is not a number becomes 0, and
    infinities become +-65504.
    """
    full = _FULL.get(pixels.dtype)
    if full is not None:
        out = np.divide(pixels, np.float32(full), dtype=np.float32)
    else:
        out = np.nan_to_num(
            pixels.astype(np.float32, copy=True), copy=False, nan=0.0, posinf=_LARGEST, neginf=-_LARGEST
        )
    return encode_linear(out) if linear else out


def sensible(values: Array) -> Array:
    """Return ``values`` (any shape) with their middle in the place of those that mean nothing.

    A file of floats has such where it has no value (-3.4e38) or an infinite one, and a network that saw a single one
    would spread it all around. Where there are none, ``values`` is returned itself.
    """
    most = float(np.abs(values).max(initial=0.0))
    if most <= _SENSIBLE:
        return values
    limit = max(_SENSIBLE, _TIMES * float(np.median(np.abs(values))))
    if most <= limit:
        return values
    return np.where(np.abs(values) > limit, np.median(values), values).astype(values.dtype)


class Bounds(NamedTuple):
    """Of a picture's values: above ``limit`` a network had better not see them, above ``nothing`` they mean nothing.

    ``middle`` stands for the latter.
    """

    limit: float
    nothing: float
    middle: float

    def hold(self, values: Array) -> Array:
        """Return ``values`` (any shape) as a network may see them: held at the limit, or as the middle."""
        held = np.clip(values, -self.limit, self.limit)
        return np.where(np.abs(values) >= self.nothing, np.float32(self.middle), held).astype(values.dtype)


def bounds_of(pixels: Array, linear: bool) -> Bounds | None:
    """Return the bounds of a whole picture's ``pixels`` (any shape, float32) in the values of :func:`to_unit`, or None.

    One answer serves all tiles. Bright light (a lamp, the sun) means something and infinity does not; on the curve of
    ``linear`` light, nothing that a picture holds is beyond the limit. Integers, and most pictures, have none.
    """
    if pixels.dtype.kind != "f" or not pixels.size:
        return None
    most = max(float(np.fmax.reduce(pixels, axis=None)), -float(np.fmin.reduce(pixels, axis=None)))
    if not most > (_MOST_LIGHT if linear else _SENSIBLE):
        return None
    values = to_unit(pixels, linear)
    most = float(np.abs(values).max())
    some = values.reshape(-1)[:: max(1, values.size // 1_000_000)]
    some = some[np.abs(some) < _NO_VALUE]
    size = np.abs(some) if some.size else np.zeros(1, np.float32)
    limit = max(_SENSIBLE, _TIMES * float(np.median(size)), _TOPS * float(np.quantile(size, 0.99)))
    if most <= limit:
        return None
    middle = float(np.median(some)) if some.size else 0.0
    return Bounds(limit, limit if linear else max(_LARGEST, 1000 * limit), middle)


def from_unit(values: Array, dtype: np.dtype[Any] | type, linear: bool) -> Array:
    """Return float ``values`` (any shape, 1.0 being full scale) as ``dtype``: the inverse of :func:`to_unit`.

    Integers are rounded half up and clipped; float32 is neither.
    """
    kind = np.dtype(dtype)
    out = decode_linear(values) if linear else np.array(values, dtype=np.float32)
    full = _FULL.get(kind)
    if full is None:
        return out.astype(kind, copy=False)
    np.nan_to_num(out, copy=False, nan=0.0)
    out *= np.float32(full)
    out += np.float32(0.5)
    np.floor(out, out=out)
    np.clip(out, 0, full, out=out)
    return out.astype(kind)


def to_display8(pixels: Array, linear: bool) -> Array:
    """Return ``pixels`` (any shape; uint8, uint16 or float32) as uint8 for the screen, clipped."""
    if not linear:
        if pixels.dtype == np.uint8:
            return pixels
        if pixels.dtype == np.uint16:
            return ((pixels.astype(np.uint32) + 128) // 257).astype(np.uint8)
    return from_unit(to_unit(pixels, linear), np.uint8, False)
