"""The noise of a person's own pictures: measured where they are smooth, and made anew.

How strong it is at which brightness, and how it hangs together between pixels and colours. What smooth parts hold
beside a slow shade is noise: Chen et al. (GCBD, CVPR 2018) cut such blocks out and train a generator on them; here
their autocovariance is taken, from which as much noise of the same kind as is wanted comes by filtering white noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

Pixels = NDArray[np.uint8]
Values = NDArray[np.float64]
BLOCK = 32
# Noise is followed over so many pixels.
FARTHEST = 15
# Bins of brightness in 0..1, in each of which the noise has a strength of its own.
BINS = 8
# Of the blocks of a bin, the share that lies below what counts as its noise: busier ones hold detail too.
SMOOTH = 0.08
# Blocks near black and white, where noise is clipped, and those without any tell nothing.
_DARKEST, _BRIGHTEST, _LEAST_VARIANCE = 8.0, 247.0, 0.25
_FEWEST = 8
_Y, _X = np.mgrid[:BLOCK, :BLOCK] / BLOCK - 0.5
_SLOW = np.stack([np.ones_like(_X), _X, _Y, _X * _Y, _X**2, _Y**2], -1).reshape(-1, 6)


@dataclass(frozen=True)
class Noise:
    """The noise of one picture: its standard deviation in 0..1 by brightness (BINS,), and its autocovariance by shift
    in rows and columns, -FARTHEST..FARTHEST, and by colour (.., .., 3, 3), as a share of the variance."""

    strength: NDArray[np.float32]
    covariance: NDArray[np.float32]


def measure(picture: Pixels) -> Noise | None:
    """Return the noise of a picture (H, W, 3), or None where nothing of it is smooth enough to tell."""
    blocks = _blocks(picture)
    if not len(blocks):
        return None
    rest = _without_shade(blocks)
    brightness, variance = blocks.mean((1, 2, 3)), rest.var((1, 2)).mean(-1)
    told = (variance > _LEAST_VARIANCE) & (brightness > _DARKEST) & (brightness < _BRIGHTEST)
    rest, brightness, variance = rest[told], brightness[told], variance[told]
    centres = (np.arange(BINS) + 0.5) / BINS * 255
    bins = np.minimum((brightness / 255 * BINS).astype(int), BINS - 1)
    parts = [variance[bins == number] for number in range(BINS)]
    known = [number for number in range(BINS) if len(parts[number]) >= _FEWEST]
    if not known:
        return None
    lowest = np.interp(centres, centres[known], [np.quantile(parts[number], SMOOTH) for number in known])
    here = np.interp(brightness, centres, lowest)
    smoothest = np.argsort(variance / here)[: max(12, len(rest) // 10)]
    standard = rest[smoothest] / np.sqrt(here[smoothest])[:, None, None, None]
    return Noise(np.sqrt(lowest).astype(np.float32) / 255, _autocovariance(standard).astype(np.float32))


def _blocks(picture: Pixels) -> Values:
    high, wide = (n // BLOCK for n in picture.shape[:2])
    cells = picture[: high * BLOCK, : wide * BLOCK].reshape(high, BLOCK, wide, BLOCK, 3).swapaxes(1, 2)
    return cells.reshape(-1, BLOCK, BLOCK, 3).astype(np.float64)


def _without_shade(blocks: Values) -> Values:
    """Return what a surface of second degree leaves of each block and colour."""
    flat = blocks.reshape(len(blocks), -1, 3).transpose(1, 0, 2).reshape(BLOCK * BLOCK, -1)
    rest = flat - _SLOW @ np.linalg.lstsq(_SLOW, flat, rcond=None)[0]
    without: Values = rest.reshape(BLOCK * BLOCK, len(blocks), 3).transpose(1, 0, 2).reshape(blocks.shape)
    return without


def _autocovariance(blocks: Values) -> Values:
    """Return the covariance of blocks' colours at each shift, unbiased, falling to 0 beyond FARTHEST."""
    wide = 2 * BLOCK
    spectrum = np.fft.fft2(blocks, (wide, wide), axes=(1, 2))
    power = np.einsum("nhwc,nhwd->hwcd", spectrum, spectrum.conj()) / len(blocks)
    sums = np.fft.ifft2(power, axes=(0, 1)).real
    window = np.abs(np.fft.fft2(np.ones((BLOCK, BLOCK)), (wide, wide))) ** 2
    pairs = np.maximum(np.fft.ifft2(window).real, 1.0)
    shifts = np.arange(-FARTHEST, FARTHEST + 1)
    taper = 0.5 + 0.5 * np.cos(np.pi * shifts / (FARTHEST + 1))
    covariance = (sums / pairs[..., None, None])[np.ix_(shifts, shifts)]
    return covariance * (taper[:, None] * taper)[..., None, None]


class NoiseMaker:
    """Makes noise like that of measured pictures for crops of one size, (side, side) with side > 2 * FARTHEST."""

    def __init__(self, measured: Sequence[Noise], side: int, device: torch.device) -> None:
        self.strength = torch.from_numpy(np.stack([noise.strength for noise in measured])).to(device)
        self.filters = torch.stack([_filter(noise.covariance, side) for noise in measured]).to(device)

    def draw(self, clean: Tensor, generator: torch.Generator) -> Tensor:
        """Return noise for crops (N, 3, side, side) in 0..1, each crop's like that of a measured picture."""
        count = len(clean)
        which = torch.randint(0, len(self.filters), (count,), generator=generator, device=clean.device)
        white = torch.randn(count, *clean.shape[2:], 3, generator=generator, device=clean.device)
        shaped = torch.einsum("nhwcd,nhwd->nhwc", self.filters[which], torch.fft.fft2(white, dim=(1, 2)))
        standard = torch.fft.ifft2(shaped, dim=(1, 2)).real.permute(0, 3, 1, 2)
        brightness = F.avg_pool2d(clean.mean(1, keepdim=True), 9, 1, 4, count_include_pad=False)
        noise: Tensor = standard * self.level(brightness, which)
        return noise

    def level(self, brightness: Tensor, which: Tensor) -> Tensor:
        """Return the noise's standard deviation at a brightness (N, 1, H, W) in 0..1 of the pictures ``which`` (N,)."""
        place = (brightness * BINS - 0.5).clamp(0, BINS - 1)
        low = place.floor().long().clamp(max=BINS - 2)
        known, flat = self.strength[which], low.flatten(1)
        below, above = (known.gather(1, flat + step).view_as(place) for step in (0, 1))
        between: Tensor = below + (above - below) * (place - low)
        return between


def _filter(covariance: NDArray[np.float32], side: int) -> Tensor:
    """Return what white noise (3 colours) of a side is multiplied with in frequencies: (side, side, 3, 3), complex."""
    shifts = np.arange(-FARTHEST, FARTHEST + 1) % side
    whole = np.zeros((side, side, 3, 3))
    whole[np.ix_(shifts, shifts)] = covariance
    power = np.fft.fft2(whole, axes=(0, 1))
    values, vectors = np.linalg.eigh((power + power.conj().swapaxes(-1, -2)) / 2)
    # what an estimate from few blocks leaves below zero is no noise
    return torch.from_numpy(vectors * np.sqrt(np.maximum(values, 0))[..., None, :]).to(torch.complex64)
