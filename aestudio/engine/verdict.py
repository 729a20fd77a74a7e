"""Whether what a denoiser removed looks like noise, judged by the difference alone.

A model that is told the noise level leaves traces where that is wrong: too low a level takes the finest noise alone,
too high a one takes detail with it. A blind model is not told, so its result is held against its own judgement of the
noise: as much should go as there is (Morozov's discrepancy principle, 1966).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

BLOCK = 16
SHIFT = 4
"""The correlogram's largest shift, in pixels."""


# Between half, right and double strength, on crops of 24 pictures that were trained on, with white noise of 10, 25 and
# 40 and denoise-fast of 2026-11-27. ``docs/scores.md`` says how they do on others.
# Less autocorrelation than this: noise is left.
_LEFT = -0.208
# More detail than this, with four times the autocorrelation over four pixels: edges went too.
_EDGES = 1.0
# The same for a blind model, as a share of the noise that it found: 0.69 to 1.07 at the right strength on white noise,
# a little less on camera noise, 0.35 to 0.55 on JPEG files of quality 40, most of whose damage stays.
_SHARE_LEFT, _SHARE_EDGES = 0.6, 1.2
# Less than this was removed, in 8-bit units: there is nothing to judge.
_NOTHING = 0.4
_FAINTEST = 0.1

Kind = Literal["nothing", "left", "noise", "edges"]


@dataclass(frozen=True)
class Verdict:
    """``kind``: next to nothing was removed, noise is left, it looks like noise, or edges were removed with it.

    ``removed`` is the root mean square of what was removed, of all colours, in 8-bit units; the rest is told of its
    light: ``autocorrelation`` of neighbours in the smooth third of it (white noise has none; half of it removed has
    -0.35), ``detail`` how much stronger it is in the busiest third of the picture than in the smoothest.
    ``correlogram`` is the autocorrelation over the smooth third at shifts of -4..4 down and across, 81 values row by
    row. ``share`` is how much was removed there of the noise that a blind model found, None for others.
    """

    kind: Kind
    removed: float
    autocorrelation: float
    detail: float
    correlogram: tuple[float, ...] = ()
    share: float | None = None


def judge(pairs: Iterable[tuple[NDArray[Any], NDArray[Any]]], levels: Iterable[NDArray[Any]] | None = None) -> Verdict:
    """Return the verdict over pieces of a picture: (before, after) of (H, W, C) in 0..1 each.

    ``levels`` are the noise that a blind model found in each piece, (H/8, W/8) in 8-bit units.
    Pieces smaller than 16 pixels are left out; blocks that are nearly black or burnt out do not count.
    """
    found = zip(pairs, levels, strict=True) if levels is not None else ((pair, None) for pair in pairs)
    blocks = [_blocks(b, a, level) for (b, a), level in found if min(a.shape[:2]) > BLOCK]
    if not blocks:
        return Verdict("nothing", 0.0, 0.0, 1.0)
    change, result, powers, shares = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    removed, of_light = (float(np.sqrt(np.mean(power))) for power in (powers, change**2))
    brightness = result.mean((1, 2))
    usable = (brightness > 20) & (brightness < 235)
    if np.count_nonzero(usable) >= 12:
        change, result, shares = change[usable], result[usable], shares[usable]
    change = change - change.mean((1, 2), keepdims=True)
    power = np.mean(change**2, axis=(1, 2))
    activity = sum(np.abs(np.diff(result, axis=axis)).mean((1, 2)) for axis in (1, 2))
    order = np.argsort(activity)
    third = max(1, len(order) // 3)
    smooth, busy = order[:third], order[-third:]
    alike = correlogram(change[smooth])
    correlation, far = _across_and_down(alike, 1), _across_and_down(alike, SHIFT)
    detail = float(np.sqrt(np.median(power[busy]) / max(np.median(power[smooth]), 1e-9)))
    share = None if levels is None else float(np.sqrt(np.median(shares[smooth])))
    kind: Kind = "noise"
    if of_light < _NOTHING:
        kind = "nothing"
    elif correlation < _LEFT if share is None else share < _SHARE_LEFT:
        kind = "left"
    elif detail + 4 * far > _EDGES if share is None else share > _SHARE_EDGES:
        kind = "edges"
    return Verdict(kind, removed, correlation, detail, tuple(alike.round(4).reshape(-1).tolist()), share)


def correlogram(blocks: NDArray[Any]) -> NDArray[np.float64]:
    """Return the autocorrelation (9, 9) of (N, 16, 16) at shifts of -4..4 down and across; 1 in the middle."""
    power = max(float(np.mean(blocks**2)), 1e-9)
    alike = np.ones((2 * SHIFT + 1, 2 * SHIFT + 1))
    for down in range(SHIFT + 1):
        for across in range(-SHIFT, SHIFT + 1):
            left, right = max(across, 0), min(across, 0)
            moved = blocks[:, down:, left : BLOCK + right]
            still = blocks[:, : BLOCK - down, -right : BLOCK - left]
            # a shift and its opposite are the same
            alike[SHIFT + down, SHIFT + across] = alike[SHIFT - down, SHIFT - across] = np.mean(moved * still) / power
    return alike


def _across_and_down(alike: NDArray[np.float64], shift: int) -> float:
    return float(alike[SHIFT, SHIFT + shift] + alike[SHIFT + shift, SHIFT]) / 2


def _blocks(
    before: NDArray[Any], after: NDArray[Any], level: NDArray[Any] | None
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return (difference, result) in luma of 8-bit units, cut into (N, 16, 16), and each block's power and share.

    The power is that of what was removed, of all colours; the share is that over the power of the noise that was found.
    """
    new = after.mean(2) * 255
    change = _cut(before.mean(2) * 255 - new)
    power = _cut(np.mean((before - after) ** 2, axis=2) * 255**2).mean((1, 2))
    if level is None:
        return change, _cut(new), power, np.ones(len(change))
    cells = BLOCK // 8
    height, width = (n // BLOCK * cells for n in new.shape)
    expected = _cut(np.square(level[:height, :width]), cells).mean((1, 2))
    return change, _cut(new), power, power / np.maximum(expected, _FAINTEST**2)


def _cut(plane: NDArray[Any], side: int = BLOCK) -> NDArray[Any]:
    """Return a plane's whole squares of ``side`` pixels, (N, side, side)."""
    height, width = (n // side * side for n in plane.shape)
    tiles = plane[:height, :width].reshape(height // side, side, width // side, side)
    return tiles.swapaxes(1, 2).reshape(-1, side, side)
