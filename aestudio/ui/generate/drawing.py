"""Points of a map as pixels: binned in view coordinates by NumPy, so that 60,000 of them are drawn within a frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]

COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#d55e00", "#cc79a7", "#4477dd", "#b0b0b0", "#c8a2ff", "#9ad14b")
"""Of groups in turn: Okabe and Ito's, told apart by people who see colours differently, and two more."""
SHAPES = ("circle", "square", "up", "diamond", "plus")
DIMMED = 32
"""Added to the code of what is not chosen while something is."""
RING, OUTLINE = 254, 255
"""Codes of what surrounds a chosen point, and any."""
SHAPED = 1500
FEW = 9000
"""Up to so many points in sight are drawn as shapes, or as larger dots; more are small ones."""


def stamp(shape: str, radius: int) -> NDArray[np.bool_]:
    """Return the pixels (2 * radius + 1, ...) of a shape."""
    rows, columns = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    inside: NDArray[np.bool_]
    match shape:
        case "square":
            inside = np.maximum(abs(rows), abs(columns)) <= radius * 0.85
        case "up":
            inside = (abs(columns) * 2 <= rows + radius) & (rows < radius)
        case "diamond":
            inside = abs(rows) + abs(columns) <= radius
        case "plus":
            inside = np.minimum(abs(rows), abs(columns)) <= radius // 3
        case _:
            inside = rows**2 + columns**2 <= (radius + 0.3) ** 2
    return inside


def code_of(group: int) -> int:
    """Return a group's code: its colour's number, from 1."""
    return group % len(COLOURS) + 1


def shape_of(group: int) -> str:
    """Return a group's shape."""
    return SHAPES[group % len(SHAPES)]


def radius_for(in_sight: int, ratio: float) -> int:
    """Return how large points are, in the screen's pixels: the fewer, the larger."""
    radius = 4 if in_sight <= SHAPED else 2 if in_sight <= FEW else 1
    return max(1, round(radius * ratio))


def draw(
    x: NDArray[np.float32],
    y: NDArray[np.float32],
    groups: NDArray[np.int32],
    width: int,
    height: int,
    chosen: NDArray[np.bool_] | None = None,
    ratio: float = 1.0,
) -> Codes:
    """Return an image (height, width) of codes: 0 nothing, 1 and more a group's colour, or RING, or OUTLINE.

    ``x`` and ``y`` (N,) are in pixels of the image, ``groups`` (N,) number the groups. Where some are ``chosen`` (N,)
    the others are dimmed, and the chosen ones lie above them. Points in one place cover each other in the order given.
    """
    seen = (x > -8) & (x < width + 8) & (y > -8) & (y < height + 8)
    count = int(np.count_nonzero(seen))
    radius = radius_for(count, ratio)
    pad = radius + 10
    stride = width + 2 * pad
    canvas = np.zeros((height + 2 * pad, stride), np.uint8)
    flat = canvas.reshape(-1)
    # flooring keeps a point's pixels together while the map moves by whole pixels
    bases = (np.floor(y[seen]).astype(np.intp) + pad) * stride + np.floor(x[seen]).astype(np.intp) + pad
    kinds = groups[seen]
    codes = (kinds % len(COLOURS) + 1).astype(np.uint8)
    shaped = count <= SHAPED
    picked = None if chosen is None else chosen[seen]
    if picked is not None:
        _put(flat, stride, bases[~picked], codes[~picked] + np.uint8(DIMMED), kinds[~picked], radius, shaped)
        ring = stamp("circle", radius + max(2, round(2 * ratio)))
        _press(flat, stride, bases[picked], np.full(int(picked.sum()), RING, np.uint8), ring)
        bases, codes, kinds = bases[picked], codes[picked], kinds[picked]
    _put(flat, stride, bases, codes, kinds, radius, shaped)
    return _outlined(canvas)[pad : pad + height, pad : pad + width]


def _put(
    flat: Codes, stride: int, bases: NDArray[np.intp], codes: Codes, kinds: NDArray[np.int32], radius: int, shaped: bool
) -> None:
    if not shaped:
        _press(flat, stride, bases, codes, stamp("circle", radius))
        return
    for number, shape in enumerate(SHAPES):
        these = kinds % len(SHAPES) == number
        if these.any():
            _press(flat, stride, bases[these], codes[these], stamp(shape, radius))


def _press(flat: Codes, stride: int, bases: NDArray[np.intp], codes: Codes, pixels: NDArray[np.bool_]) -> None:
    middle = pixels.shape[0] // 2
    for row, column in np.argwhere(pixels):
        flat[bases + int((row - middle) * stride + column - middle)] = codes


def _outlined(canvas: Codes) -> Codes:
    # bytes in one row: NumPy works on these sixteen at a time, and what runs over a row's end lies in the padding
    filled = (canvas.reshape(-1) != 0).view(np.uint8)
    grown = filled.copy()
    for step in (canvas.shape[1], 1):
        grown[step:] |= filled[:-step]
        grown[:-step] |= filled[step:]
    grown ^= filled
    grown *= np.uint8(OUTLINE)
    outlined: Codes = canvas | grown.reshape(canvas.shape)
    return outlined
