"""JPEG compression of a batch on the device: what quantisation does to pixels, without a file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from aestudio.training import separable
from aestudio.training.constants import constant

# ITU-T T.81 (1992), tables K.1 and K.2
_LUMA_TABLE = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
_CHROMA_TABLE = (
    (17, 18, 24, 47, 99, 99, 99, 99),
    (18, 21, 26, 66, 99, 99, 99, 99),
    (24, 26, 56, 99, 99, 99, 99, 99),
    (47, 66, 99, 99, 99, 99, 99, 99),
    *((99,) * 8 for _ in range(4)),
)
# ITU-R BT.601 as in JFIF 1.02
_TO_YCC = (
    (0.299, 0.587, 0.114),
    (-0.299 / 1.772, -0.587 / 1.772, 0.5),
    (0.5, -0.587 / 1.402, -0.114 / 1.402),
)
BLOCK = 16
# the orthonormal 8-point cosine transform as a matrix (frequency, position)
_COSINES = tuple(
    tuple(math.cos((2 * x + 1) * u * math.pi / 16) * (0.5 if u else math.sqrt(1 / 8)) for x in range(8))
    for u in range(8)
)


def to_ycc(rgb: Tensor) -> Tensor:
    """Return (N, 3, H, W) RGB as luma and two colour differences around 0, on the same scale."""
    return torch.matmul(constant(_TO_YCC, rgb), rgb.flatten(2)).view_as(rgb)


def to_rgb(ycc: Tensor) -> Tensor:
    """Return the inverse of ``to_ycc``."""
    y, cb, cr = ycc.unbind(1)
    red, blue = torch.add(y, cr, alpha=1.402), torch.add(y, cb, alpha=1.772)
    green = torch.sub(y, red, alpha=0.299).sub_(blue, alpha=0.114).div_(0.587)
    return torch.stack((red, green, blue), 1)


def compress(rgb: Tensor, quality: Tensor, thinned: Sequence[int]) -> Tensor:
    """Return (N, 3, H, W) in 0..1 as a JPEG file of it decodes, in steps of 1/255.

    ``quality`` (N,) is libjpeg's 1..100, ``thinned`` names the pictures, by place, whose colour is
    stored at half the resolution (4:2:0). H and W must be multiples of 16. No gradient passes.
    """
    height, width = rgb.shape[2:]
    scale = torch.where(quality < 50, (5000 / quality).floor(), 200 - 2 * quality).view(-1, 1, 1)

    def steps(table: tuple[tuple[int, ...], ...]) -> Tensor:
        return ((constant(table, rgb) * scale + 50) / 100).floor().clamp(1, 255)

    # in place where it can be: a batch is larger than a processor's cache, and moving it about is what takes time
    stored = (rgb * 255).round_().clamp_(0, 255)
    # an encoder and a decoder keep whole numbers between their steps
    ycc = to_ycc(stored).round_()
    luma = _quantise(ycc[:, :1] - 128, steps(_LUMA_TABLE)).add_(128).round_().clamp_(0, 255)
    chroma, table = ycc[:, 1:], steps(_CHROMA_TABLE)
    coarse, fine = (_places(some, rgb.device) for some in (thinned, set(range(len(rgb))).difference(thinned)))
    half = separable.resized(chroma[coarse], (height // 2, width // 2), "area").round_()
    half = separable.resized(_quantise(half, table[coarse]).round_(), (height, width), "bilinear")
    chroma = torch.empty_like(chroma).index_copy_(0, coarse, half)
    chroma.index_copy_(0, fine, _quantise(ycc[fine, 1:], table[fine])).round_()
    return to_rgb(torch.cat((luma, chroma), 1)).round_().clamp_(0, 255).div_(255)


def _places(places: Iterable[int], device: torch.device) -> Tensor:
    return constant(tuple(sorted(places)), torch.empty(0, dtype=torch.long, device=device))


def _quantise(planes: Tensor, steps: Tensor) -> Tensor:
    """Round the 8x8 cosine coefficients of (N, C, H, W) to multiples of ``steps`` (N, 8, 8)."""
    n, c, height, width = planes.shape
    # a block's transform as one matrix of 64 x 64: more multiplications than row by row, and far less moving about
    whole = torch.kron(constant(_COSINES, planes), constant(_COSINES, planes))
    blocks = planes.view(n, c, height // 8, 8, width // 8, 8).transpose(3, 4)
    step = steps.view(n, 1, 64)
    coefficients = (blocks.reshape(n, c * height * width // 64, 64) @ whole.T).div_(step).round_().mul_(step)
    decoded = (coefficients @ whole).view(n, c, height // 8, width // 8, 8, 8)
    return decoded.transpose(3, 4).reshape(n, c, height, width)
