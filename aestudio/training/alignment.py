"""Whether the two pictures of a pair lie on one another: a shift found by phase correlation, and undone by cropping."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aestudio.imageio.mix import LUMA
from aestudio.training.data import shrink

Pixels = NDArray[np.uint8]
# A shift is looked for in the middle of a picture, this large, and up to so many pixels.
_SIDE = 512
_FARTHEST = 48
# Frequencies above this (cycles per pixel) are mostly noise.
_FINEST = 0.12
# A peak of the correlation so many times as high as the next one is a shift and not chance.
SURE = 1.5
# What two pictures show is compared in fields, so many to a side, in which noise averages out.
_FIELDS = 16
# Light and dark of a pair go together; those of two others hardly do. Plainer pictures (8-bit levels) show nothing.
_TOGETHER = 0.5
_PLAIN = 4.0


@dataclass(frozen=True)
class Twins:
    """A pair's pixels: the truth (scale * H, scale * W, 3) and the input (H, W, 3); named after the truth."""

    name: str
    truth: Pixels
    given: Pixels


def shift(twins: Twins, scale: int = 1) -> tuple[int, int, float]:
    """Return (down, right, sureness): how far the input's content lies from the truth's, in whole input pixels.

    Phase correlation (Kuglin and Hines, 1975) of the luminance in the middle, without the finest detail, where
    noise rules. The sureness is the highest peak over the next one apart from it.
    """
    truth = shrink(twins.truth, scale) if scale > 1 else twins.truth
    height, width = (min(_SIDE, a, b) for a, b in zip(truth.shape[:2], twins.given.shape[:2], strict=True))
    spectra = []
    for picture in (truth, twins.given):
        top, left = (picture.shape[0] - height) // 2, (picture.shape[1] - width) // 2
        light = picture[top : top + height, left : left + width] @ np.array(LUMA)
        spectra.append(np.fft.fft2((light - light.mean()) * np.outer(np.hanning(height), np.hanning(width))))
    cross = spectra[1] * spectra[0].conj()
    y, x = np.fft.fftfreq(height)[:, None], np.fft.fftfreq(width)[None]
    coarse = np.exp(-(y**2 + x**2) / (2 * _FINEST**2))
    peaks = np.fft.ifft2(cross / (np.abs(cross) + 1e-9) * coarse).real
    far = (np.abs(y * height) > _FARTHEST) | (np.abs(x * width) > _FARTHEST)
    peaks[far] = -np.inf
    row, column = np.unravel_index(int(peaks.argmax()), peaks.shape)
    highest = float(peaks[row, column])
    down, right = (int(n - size) if n > size // 2 else int(n) for n, size in ((row, height), (column, width)))
    near = np.ix_(np.arange(row - 6, row + 7) % height, np.arange(column - 6, column + 7) % width)
    peaks[near] = -np.inf
    return down, right, highest / max(float(peaks.max()), 1e-12)


def unrelated(twins: Twins) -> bool:
    """Return whether the two pictures surely show different things: where one is light, the other is not.

    Judged by the correlation of the mean luminance in a grid of fields, which noise, blur, size and exposure leave.
    """
    truth, given = (_fields(picture) for picture in (twins.truth, twins.given))
    if min(truth.std(), given.std()) < _PLAIN:
        return False
    return float(np.corrcoef(truth.ravel(), given.ravel())[0, 1]) < _TOGETHER


def _fields(picture: Pixels) -> NDArray[np.float64]:
    light: NDArray[np.float64] = picture @ np.array(LUMA)
    for axis in (0, 1):
        edges = np.linspace(0, light.shape[axis], min(_FIELDS, light.shape[axis]) + 1).astype(int)
        sums = np.add.reduceat(light, edges[:-1], axis=axis)
        light = sums / np.diff(edges).reshape((-1, 1) if axis == 0 else (1, -1))
    return light


def registered(twins: Twins, down: int, right: int, scale: int = 1) -> Twins:
    """Return the part that both show, where the input's content lies ``down`` and ``right`` of the truth's."""
    given, truth = _part(twins.given, down, right), _part(twins.truth, -down * scale, -right * scale)
    return Twins(twins.name, truth, given)


def _part(picture: Pixels, down: int, right: int) -> Pixels:
    height, width = picture.shape[:2]
    rows = slice(max(0, down), height + min(0, down))
    return picture[rows, max(0, right) : width + min(0, right)]
