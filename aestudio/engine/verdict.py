"""Whether what a denoiser removed looks like noise, judged by the difference alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

BLOCK = 16
SHIFT = 4
"""The correlogram's largest shift, in pixels."""
# Thresholds between half, right and double strength, found on 25 crops of BSD100 with noise of 10, 25 and 40 and
# denoise-fast of 2026-11-22: 91% of the other half of the crops are told right.
_LEFT = -0.19
_EDGES = 1.02
# Less than this was removed, in 8-bit units: there is nothing to judge.
_NOTHING = 0.4

Kind = Literal["nothing", "left", "noise", "edges"]


@dataclass(frozen=True)
class Verdict:
    """``kind``: next to nothing was removed, noise is left, it looks like noise, or edges were removed with it.

    ``removed`` is the root mean square of what was removed in 8-bit units, ``autocorrelation`` that of
    neighbours in the smooth third of it (white noise has none; half of it removed has -0.35), ``detail`` how much
    stronger it is in the busiest third of the picture than in the smoothest. ``correlogram`` is the autocorrelation
    over the smooth third at shifts of -4..4 down and across, 81 values row by row.
    """

    kind: Kind
    removed: float
    autocorrelation: float
    detail: float
    correlogram: tuple[float, ...] = ()


def judge(pairs: Iterable[tuple[NDArray[Any], NDArray[Any]]]) -> Verdict:
    """Return the verdict over pieces of a picture: (before, after) of (H, W, C) in 0..1 each.

    Pieces smaller than 16 pixels are left out; blocks that are nearly black or burnt out do not count.
    """
    blocks = [_blocks(b, a) for b, a in pairs if min(a.shape[:2]) > BLOCK]
    if not blocks:
        return Verdict("nothing", 0.0, 0.0, 1.0)
    change, result = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    removed = float(np.sqrt(np.mean(change**2)))
    brightness = result.mean((1, 2))
    usable = (brightness > 20) & (brightness < 235)
    if np.count_nonzero(usable) >= 12:
        change, result = change[usable], result[usable]
    change = change - change.mean((1, 2), keepdims=True)
    power = np.mean(change**2, axis=(1, 2))
    beside = np.mean(change[:, :, 1:] * change[:, :, :-1], axis=(1, 2))
    below = np.mean(change[:, 1:] * change[:, :-1], axis=(1, 2))
    activity = sum(np.abs(np.diff(result, axis=axis)).mean((1, 2)) for axis in (1, 2))
    order = np.argsort(activity)
    third = max(1, len(order) // 3)
    smooth, busy = order[:third], order[-third:]
    correlation = float((beside[smooth] + below[smooth]).sum() / 2 / max(power[smooth].sum(), 1e-9))
    detail = float(np.sqrt(np.median(power[busy]) / max(np.median(power[smooth]), 1e-9)))
    kind: Kind = "noise"
    if removed < _NOTHING:
        kind = "nothing"
    elif correlation < _LEFT:
        kind = "left"
    elif detail > _EDGES:
        kind = "edges"
    return Verdict(kind, removed, correlation, detail, correlogram(change[smooth]))


def correlogram(blocks: NDArray[Any]) -> tuple[float, ...]:
    """Return the autocorrelation of (N, 16, 16) at shifts of -4..4 down and across, row by row; 1 in the middle."""
    power = max(float(np.mean(blocks**2)), 1e-9)
    inner = blocks[:, SHIFT:-SHIFT, SHIFT:-SHIFT]
    side = range(2 * SHIFT + 1)
    shifted = (blocks[:, y : y + inner.shape[1], x : x + inner.shape[2]] for y in side for x in side)
    found = np.array([np.mean(inner * other) for other in shifted])
    # both ways are the same shift: their mean is symmetric, as an autocorrelation is
    both = (found + found[::-1]) / 2
    both[len(both) // 2] = power
    return tuple(round(float(v), 4) for v in both / power)


def _blocks(before: NDArray[Any], after: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return (difference, result) in luma of 8-bit units, cut into (N, 16, 16)."""
    new = after.mean(2) * 255
    return _cut(before.mean(2) * 255 - new), _cut(new)


def _cut(plane: NDArray[Any]) -> NDArray[Any]:
    height, width = (n // BLOCK * BLOCK for n in plane.shape)
    tiles = plane[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return tiles.swapaxes(1, 2).reshape(-1, BLOCK, BLOCK)
