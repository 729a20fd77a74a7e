"""Blur and resizing of a batch as products with matrices: one for the columns of a picture, one for its rows.

Both are linear and work along one side at a time, so that one after the other is one product with the product of their
matrices, and every picture of a batch may have a matrix of its own. On a processor that is several times as fast as a
convolution with a kernel for each picture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor
from torch.nn import functional as F

# Pixels of the result that are computed together: of a wide picture's matrix most is zeros, far from the diagonal.
_TOGETHER = 64


@dataclass(frozen=True)
class Side:
    """What happens along one side of a picture: ``matrix`` (w, W), or (N, w, W) with one for each picture.

    A pixel of the result comes from at most ``reach`` pixels on either side of its own place.
    """

    matrix: Tensor
    reach: int

    def spans(self) -> list[tuple[slice, slice]]:
        """Return parts of the result, each with the part of the picture that it comes from."""
        wanted, side = self.matrix.shape[-2:]
        starts = range(0, wanted, _TOGETHER)
        ends = (*starts[1:], wanted)
        scale = side / wanted
        return [
            (slice(a, b), slice(max(0, math.floor(a * scale) - self.reach), math.ceil(b * scale) + self.reach))
            for a, b in zip(starts, ends, strict=True)
        ]


def blur(sigma: Tensor, side: int, most: float) -> Side:
    """Return what blurs a side of ``side`` pixels by each of ``sigma`` (N,), in pixels, with mirrored borders.

    The kernel ends at three times ``most``: no sigma is larger.
    """
    radius = min(math.ceil(3 * most), side - 1)
    steps = torch.arange(-radius, radius + 1, device=sigma.device)
    # past 5.5 deviations lies less than rounding, and a processor is slow at the smallest numbers
    weights = torch.exp(-0.5 * (steps / sigma.view(-1, 1)) ** 2)
    weights = torch.where(weights > 3e-7, weights, 0)
    weights = weights / weights.sum(1, keepdim=True)
    reached = (torch.arange(side, device=sigma.device)[:, None] + steps).abs()
    reached = torch.minimum(reached, 2 * (side - 1) - reached)
    n, (rows, taps) = len(sigma), reached.shape
    matrices = weights.new_zeros(n, side, side)
    matrices.scatter_add_(2, reached.expand(n, -1, -1), weights[:, None].expand(-1, rows, taps))
    return Side(matrices, radius)


def blurring(side: int, sigma: float, like: Tensor) -> Side:
    """Return what blurs every picture by the same ``sigma`` in pixels, of the type and on the device of ``like``."""
    return _blurring(side, sigma, like.dtype, like.device)


@lru_cache(maxsize=64)
def _blurring(side: int, sigma: float, dtype: torch.dtype, device: torch.device) -> Side:
    one = blur(torch.full((1,), sigma, dtype=dtype), side, sigma)
    return Side(one.matrix[0].to(device), one.reach)


def resizing(side: int, wanted: int, method: str, like: Tensor) -> Side:
    """Return what makes ``wanted`` pixels of ``side``, of the type and on the device of ``like``.

    ``method`` is one of ``torch.nn.functional.interpolate``; but for "area" and "nearest" it is antialiased.
    """
    return _resizing(side, wanted, method, like.dtype, like.device)


@lru_cache(maxsize=256)
def _resizing(side: int, wanted: int, method: str, dtype: torch.dtype, device: torch.device) -> Side:
    # each pixel alone says where it goes; Apple's GPUs do not average over sizes that do not divide each other
    pixels = torch.eye(side, dtype=dtype).expand(1, 1, side, side)
    smooth = {} if method in ("area", "nearest") else {"antialias": True}
    matrix = F.interpolate(pixels, size=(wanted, side), mode=method, **smooth)[0, 0]
    # no method has more than the two pixels on either side of a bicubic one, at the coarser of both scales
    return Side(matrix.to(device), math.ceil(2 * max(1, side / wanted)) + 1)


def resized(picture: Tensor, size: tuple[int, int], method: str) -> Tensor:
    """Return (N, C, H, W) made (N, C, *size) large, by a ``method`` of ``resizing``."""
    (height, width), (high, wide) = picture.shape[2:], size
    if (height, width) == (high, wide):
        return picture
    return apply(picture, resizing(height, high, method, picture), resizing(width, wide, method, picture))


def apply(picture: Tensor, down: Side, along: Side) -> Tensor:
    """Return (N, C, H, W) as (N, C, h, w): ``down`` (h, H) for its columns, ``along`` (w, W) for its rows."""
    shrinks = along.matrix.shape[-2] < picture.shape[-1]
    # the product that leaves less goes first
    return _down(_along(picture, along), down) if shrinks else _along(_down(picture, down), along)


def _down(picture: Tensor, side: Side) -> Tensor:
    matrix = side.matrix.unsqueeze(-3)
    return torch.cat([torch.matmul(matrix[..., made, of], picture[:, :, of]) for made, of in side.spans()], 2)


def _along(picture: Tensor, side: Side) -> Tensor:
    n, channels, height, width = picture.shape
    # the rows of all channels are one matrix
    rows = picture.reshape(n, channels * height, width)
    turned = side.matrix.transpose(-1, -2)
    parts = [torch.matmul(rows[..., of], turned[..., of, made]) for made, of in side.spans()]
    return torch.cat(parts, 2).view(n, channels, height, side.matrix.shape[-2])
