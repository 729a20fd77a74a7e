"""Where a result is likely to be wrong: a network invents detail where it has to guess.

Three things are seen without knowing the truth, each over cells of 8 pixels of the result: how far the results for a
picture seen in four ways lie apart (the spread), how much detail the result has there (its gradient) and, for an
enlargement, how far it is from the input when it is shrunk again (the disagreement). The likely error is a product of
their powers, fitted on training pictures by ``benchmarks.trust --fit``.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aestudio.engine.ensemble import results
from aestudio.engine.restore import Work
from aestudio.engine.session import Floats, Session
from aestudio.engine.tiling import Tile
from aestudio.imageio.resample import resize

CELL = 8
LEVEL = 3
"""A cell is a pixel of the picture shrunk 2**LEVEL times."""
# As it is, mirrored along both diagonals, upside down: four say as much as eight (0.64 and 0.64, upscale-x4-fast).
WAYS = (0, 5, 2, 7)
# Less than this, in 8-bit units, is nothing; it also keeps logarithms finite.
FLOOR = 0.05


@dataclass(frozen=True)
class Powers:
    """The likely error is exp(constant) times each sign, and the noise, to the power of its name."""

    constant: float
    spread: float
    gradient: float
    disagreement: float = 0.0
    noise: float = 0.0

    def likely(self, signs: Floats, sigma: float | None) -> Floats:
        """Return the likely absolute error (h, w) of ``signs`` (h, w, 3) and the noise, all in 8-bit units."""
        weights = np.array((self.spread, self.gradient, self.disagreement), np.float32)
        constant = self.constant + self.noise * math.log(max(sigma or 1.0, 1.0))
        likely: Floats = np.exp(np.log(signs + np.float32(FLOOR)) @ weights + np.float32(constant))
        return likely


# Fitted on crops of pictures that were trained on, over all models of a task as of 2026-11-22: 24 with noise of 10,
# 25 and 50, 30 shrunk 2, 3 and 4 times (``python -m benchmarks.trust --fit``).
DENOISE = Powers(-0.057, 0.364, 0.226, noise=0.397)
UPSCALE = Powers(1.56, 0.478, 0.325, 0.155)


def fitted(task: str) -> Powers:
    """Return what was fitted for the models of a task."""
    return UPSCALE if task == "upscale" else DENOISE


def powers(session: Session) -> Powers:
    """Return what holds for a session's model: its errors may all be larger or smaller than those of others."""
    common = fitted(session.card.task)
    own = float(session.card.statistics.get("error_scale", 1.0))
    return dataclasses.replace(common, constant=common.constant + math.log(own))


def likely_error(work: Work, place: Tile, check: Callable[[], None] = lambda: None) -> Floats:
    """Return the likely absolute error of one tile's result, in 8-bit units, (ceil(h/8), ceil(w/8)).

    ``check`` is called between two runs of the network and may raise. Raises torch.OutOfMemoryError.
    """
    found = window_signs(work.session, work.window(place), work.sigma, check)
    kept = np.maximum(work.cut(found, place), 0)
    return powers(work.session).likely(cell_means(kept), work.sigma)


def window_signs(
    session: Session, window: Floats, sigma: float | None = None, check: Callable[[], None] = lambda: None
) -> Floats:
    """Return spread, gradient and disagreement (sH, sW, 3), in 8-bit units, of the result for ``window`` (H, W, 3)."""
    found = []
    for result in results(session, window, sigma, WAYS):
        check()
        found.append(result)
    return signs(found, window)


def signs(found: Sequence[Floats], window: Floats) -> Floats:
    """Return the same of results (sH, sW, 3) each; the first is that of the window as it is."""
    spread = np.std(found, axis=0).mean(2)
    down, across = np.gradient(found[0].mean(2))
    planes = np.stack((spread, np.hypot(down, across), disagreement(found[0], window)), axis=2)
    return (planes * 255).astype(np.float32)


def disagreement(result: Floats, window: Floats) -> Floats:
    """Return how far ``result`` (sH, sW, 3), shrunk again, is from ``window`` (H, W, 3), as (sH, sW)."""
    scale = result.shape[0] // window.shape[0]
    if scale == 1:
        return np.zeros(result.shape[:2], np.float32)
    away = np.abs(resize(result, (window.shape[0], window.shape[1]), 1 / scale) - window).mean(2)
    enlarged: Floats = np.repeat(np.repeat(away, scale, axis=0), scale, axis=1)
    return enlarged


def cell_means(values: NDArray[Any]) -> Floats:
    """Return the means of (h, w, ...) over cells of 8 x 8, smaller at the ends, (ceil(h/8), ceil(w/8), ...)."""
    total = values.astype(np.float32)
    for axis in (0, 1):
        starts = np.arange(0, values.shape[axis], CELL)
        sizes = np.diff(np.append(starts, values.shape[axis])).astype(np.float32)
        shape = [1] * values.ndim
        shape[axis] = len(starts)
        total = (np.add.reduceat(total, starts, axis=axis) / sizes.reshape(shape)).astype(np.float32)
    return total
