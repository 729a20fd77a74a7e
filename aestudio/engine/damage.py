"""What an enlargement would sharpen along with a picture: the blocks of strong JPEG compression, and noise.

A network that was trained on clean pictures takes both for detail. Judged by the pixels, since a picture that was
compressed long ago may come in a file that loses nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.engine.noise import estimate_sigma, white_sigma
from aestudio.imageio.mix import LUMA

GRID = 8
"""The side of JPEG's blocks."""
BLOCKY = 1.25
"""Steps on the grid of blocks over those beside it, from which a picture counts as compressed."""
NOISY = 4.5
"""Noise in 8-bit units from which a picture counts as noisy. docs/scores.md says how often both limits are right."""
STRONG = 16.0
"""The same where the colours' noise was thinned out by compression, and texture may be taken for it: of 89 clean
photographs made 4 times smaller 2% have as much (2 times: none), of those with noise of 18 and 4:2:0 nine in ten."""
_PIECE = 256
_PIECES = 3
# Steps larger than nine in ten are edges of the picture's own.
_EDGES = 0.9
# A quarter of an 8-bit step, so that a plain area is not blocky for its rounding.
_ROUNDING = 0.25


def damage(values: NDArray[Any]) -> str:
    """Return ``blocks`` or ``noise`` where (H, W, C), 0..1, has much of it, or else nothing."""
    if blockiness(values) > BLOCKY:
        return "blocks"
    noisy = white_sigma(values) > NOISY or estimate_sigma(values) > STRONG
    return "noise" if noisy else ""


def blockiness(values: NDArray[Any]) -> float:
    """Return how much larger steps in brightness are at every eighth pixel of (H, W, C), 0..1, than elsewhere.

    1 for none. The step is the third difference across it, which the slopes of a picture have little of; the grid may
    begin anywhere, as it does after a picture was cut. The geometric mean of both directions.
    """
    luma = (values @ np.array(LUMA, values.dtype) if values.shape[2] == 3 else values[..., 0]) * 255
    pieces = [luma[y : y + _PIECE, x : x + _PIECE] for y in _starts(luma.shape[0]) for x in _starts(luma.shape[1])]
    return float(np.sqrt(_on_grid(pieces) * _on_grid([piece.T for piece in pieces])))


def _on_grid(pieces: list[NDArray[Any]]) -> float:
    """Return the mean step across the columns of the grid that fits best, over the median of the seven others'."""
    width = min(piece.shape[1] for piece in pieces)
    if width < 3 * GRID:
        return 1.0
    columns = np.concatenate([_steps(piece[:, :width]) for piece in pieces]).mean(axis=0)
    by_place = np.array([columns[place::GRID].mean() for place in range(GRID)])
    best = int(by_place.argmax())
    return float((by_place[best] + _ROUNDING) / (np.median(np.delete(by_place, best)) + _ROUNDING))


def _steps(piece: NDArray[Any]) -> NDArray[Any]:
    third = np.abs(piece[:, :-3] - 3 * piece[:, 1:-2] + 3 * piece[:, 2:-1] - piece[:, 3:])
    steps: NDArray[Any] = np.minimum(third, np.quantile(third, _EDGES))
    return steps


def _starts(length: int) -> list[int]:
    """Return where pieces begin, on one grid of blocks."""
    if length <= _PIECE:
        return [0]
    count = min(_PIECES, -(-length // _PIECE))
    return [int(s) // GRID * GRID for s in np.linspace(0, length - _PIECE, count)]
