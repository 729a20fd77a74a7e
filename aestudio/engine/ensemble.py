"""A window of a picture seen in eight ways: flips and quarter turns, each with the network's result turned back.

Their mean is the self-ensemble of Lim et al., "Enhanced deep residual networks for single image super-resolution",
CVPRW 2017; where they disagree, the network made its detail up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from aestudio.engine.session import Floats, Session

WAYS = tuple(range(8))
"""Way 0 is the picture as it is; see :func:`seen`."""


def seen(window: Floats, way: int) -> Floats:
    """Return (H, W, C) turned by ``way`` % 4 quarters and, from 4 on, mirrored."""
    turned = np.rot90(window, way % 4)
    return np.ascontiguousarray(turned[:, ::-1] if way >= 4 else turned)


def seen_back(result: Floats, way: int) -> Floats:
    """Return the inverse of :func:`seen`."""
    return np.ascontiguousarray(np.rot90(result[:, ::-1] if way >= 4 else result, -(way % 4)))


def turned(window: Tensor, way: int) -> Tensor:
    """Return (N, C, H, W) as :func:`seen` turns a picture."""
    quarters = torch.rot90(window, way % 4, (2, 3))
    return (quarters.flip(3) if way >= 4 else quarters).contiguous()


def turned_back(result: Tensor, way: int) -> Tensor:
    """Return the inverse of :func:`turned`."""
    return torch.rot90(result.flip(3) if way >= 4 else result, -(way % 4), (2, 3))


def results(session: Session, window: Floats, sigma: float | None, ways: Sequence[int] = WAYS) -> Iterator[Floats]:
    """Yield the network's result (sH, sW, 3) for ``window`` (H, W, 3) seen in each of ``ways``, turned back.

    Raises torch.OutOfMemoryError or MemoryError where the device cannot hold it.
    """
    for way in ways:
        yield seen_back(session.run(seen(window, way), sigma), way)


def mean_result(session: Session, window: Floats, sigma: float | None) -> Floats:
    """Return the mean of all eight results: a little truer than one, at eight times the time."""
    total = session.run(window, sigma)
    for result in results(session, window, sigma, WAYS[1:]):
        total = total + result
    mean: Floats = total / np.float32(len(WAYS))
    return mean
