"""Learning from noisy pictures alone: two samplings of one picture teach each other.

Neighbor2Neighbor (Huang et al., CVPR 2021): of each 2x2 cell two pixels that touch make two half-size pictures with
the same content and different noise; one is restored to predict the other. Noise that neighbours share (a camera's
own processing, JPEG) would be learned as content, so such pictures are first taken apart into every n-th pixel
(pixel-shuffle down-sampling as in AP-BSN, Lee et al., CVPR 2022), n measured on the pictures themselves.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.training import data
from aestudio.training.kinds import describe
from aestudio.training.muon import MuonAdamW
from aestudio.training.objective import Batch, Example, Extent, Position, When
from aestudio.training.recipes import Recipe
from aestudio.training.streaming import make_pool, number_of
from aestudio.training.yardstick import yardstick

Pixels = NDArray[np.uint8]
# What the sides of a half-size picture are multiples of.
STEP = 16
# More than this of a shift's autocorrelation in smooth parts: neighbours share their noise.
SHARED = 0.2
# How many pixels apart samples are taken at most.
WIDEST = 3
# The regulariser's weight at the end of a run (gamma in the paper's equation 6).
REGULARISER = 2.0
_BLOCK = 32
# The pixels of a 2x2 cell that touch: (first, second) by row-major place.
_TOUCHING = ((0, 1), (0, 2), (1, 3), (2, 3), (1, 0), (2, 0), (3, 1), (3, 2))


def sampling_step(pictures: Sequence[Pixels]) -> int:
    """Return how far apart (1..3 pixels) the noise of grey or RGB pictures (H, W, 3) shares nothing any more.

    Judged in the smoothest tenth of blocks, where a picture is mostly noise, with a plane taken out of each.
    """
    y, x = np.mgrid[:_BLOCK, :_BLOCK] / _BLOCK
    plane = np.stack([np.ones_like(x), x, y], -1).reshape(-1, 3)
    blocks = []
    for picture in pictures[:40]:
        grey = picture[..., 1].astype(np.float64)
        high, wide = (n // _BLOCK for n in grey.shape)
        cells = grey[: high * _BLOCK, : wide * _BLOCK].reshape(high, _BLOCK, wide, _BLOCK).swapaxes(1, 2)
        flat = cells.reshape(-1, _BLOCK * _BLOCK)
        rest = flat - (plane @ np.linalg.lstsq(plane, flat.T, rcond=None)[0]).T
        # a block without noise (black, burnt out) says nothing
        rest = rest[rest.var(1) > 0.25]
        blocks.append(rest[np.argsort(rest.var(1))[: max(1, len(rest) // 10)]])
    smooth = np.concatenate(blocks).reshape(-1, _BLOCK, _BLOCK)
    power = (smooth**2).mean() if len(smooth) else 0.0
    if power == 0:
        return 1
    for step in range(1, WIDEST):
        across = (smooth[:, :, step:] * smooth[:, :, :-step]).mean() / power
        down = (smooth[:, step:] * smooth[:, :-step]).mean() / power
        if max(across, down) < SHARED:
            return step
    return WIDEST


def taken_apart(picture: Tensor, step: int, at: int) -> Tensor:
    """Return every ``step``-th pixel of (N, C, H, W) from the place ``at`` (0..step*step-1) on."""
    return picture[..., at // step :: step, at % step :: step]


def neighbours(picture: Tensor, which: Tensor) -> tuple[Tensor, Tensor]:
    """Return two half-size samplings of (N, C, H, W): of each 2x2 cell the pair ``which`` (N, 1, H/2, W/2) in 0..7."""
    cells = torch.stack([picture[..., i // 2 :: 2, i % 2 :: 2] for i in range(4)])
    places = torch.tensor(_TOUCHING, device=picture.device)[which].movedim(-1, 0)
    first, second = (cells.gather(0, place[None].expand(1, *cells.shape[1:]))[0] for place in places)
    return first, second


def portions(picture: Pixels, side: int) -> tuple[Pixels, Pixels]:
    """Return what to learn from and what to judge by of a single picture: its larger part, and a quarter of it.

    A picture too small to be divided serves as both.
    """
    tall = picture.shape[0] >= picture.shape[1]
    length = max(picture.shape[:2])
    if length // 4 < side:
        return picture, picture
    cut = length - length // 4
    return (picture[:cut], picture[cut:]) if tall else (picture[:, :cut], picture[:, cut:])


class SelfSupervisedObjective:
    """The squared difference of a restored sampling to its neighbour, and the paper's regulariser.

    The score is how well held-out samplings are predicted from their neighbours, in dB: its ceiling is their noise.
    """

    def __init__(
        self, recipe: Recipe, pictures: Sequence[Pixels], held_out: Sequence[Pixels], device: torch.device
    ) -> None:
        self.recipe = recipe
        self.apart = sampling_step(pictures)
        smallest = min(min(p.shape[:2]) for p in pictures)
        self.side = max(STEP, min(recipe.patch, smallest // (2 * self.apart)) // STEP * STEP)
        self.pool = make_pool(pictures, device)
        self.pictures = self.pool.pictures
        self.crops = recipe.batch
        self.pixels_per_step = recipe.batch * (2 * self.side * self.apart) ** 2
        self.held_out = [self._cut(p, device) for p in held_out]
        self.unseen = data.unseen(pictures, held_out)
        self.yardstick = yardstick(recipe, held_out, "agreement", self.apart, self.side)

    def _cut(self, picture: Pixels, device: torch.device) -> Tensor:
        step, most = 2 * STEP * self.apart, 2 * self.side * self.apart * 2
        high, wide = (max(step, min(n, most) // step * step) for n in picture.shape[:2])
        top, left = (picture.shape[0] - high) // 2, (picture.shape[1] - wide) // 2
        chw = np.ascontiguousarray(picture[top : top + high, left : left + wide].transpose(2, 0, 1)[None])
        return torch.from_numpy(chw).to(device).float() / 255

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        crops, _ = self.pool.draw(self.recipe.batch, 2 * self.side * self.apart, generator)
        at = moment.step % self.apart**2
        picture = (taken_apart(crops, self.apart, at).float() / 255).contiguous(memory_format=torch.channels_last)
        shape = (len(picture), 1, self.side, self.side)
        return picture, torch.randint(0, len(_TOUCHING), shape, generator=generator, device=picture.device)

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        picture, which = batch
        first, second = neighbours(picture, which)
        with torch.no_grad():
            restored_first, restored_second = neighbours(network(picture).float(), which)
        error: Tensor = network(first.contiguous(memory_format=torch.channels_last)).float() - second
        gap = error - (restored_first - restored_second)
        return error.square().mean() + REGULARISER * moment.progress * gap.square().mean()

    def _samplings(self) -> Iterator[tuple[Tensor, Tensor]]:
        for number, picture in enumerate(self.held_out):
            generator = torch.Generator().manual_seed(number)
            part = taken_apart(picture, self.apart, number % self.apart**2)
            shape = (1, 1, part.shape[2] // 2, part.shape[3] // 2)
            which = torch.randint(0, len(_TOUCHING), shape, generator=generator).to(picture.device)
            yield neighbours(part, which)

    def validate(self, network: nn.Module) -> dict[str, float]:
        return {"agreement": mean([db(network(a.contiguous()).float(), b) for a, b in self._samplings()])}

    def extent(self) -> Extent:
        scores = [db(a, b) for a, b in self._samplings()]
        return Extent(number_of(self.pictures), self.unseen, mean(scores))

    def examples(self, network: nn.Module, most: int) -> list[Example]:
        """Return noisy pictures before and after; the truth is not known."""
        shown = itertools.islice(self.held_out, most)
        return [Example(p[0], network(p).float()[0], None) for p in shown]

    def statistics(self) -> dict[str, Any]:
        return describe(self.pictures)

    def renew(self) -> None:
        self.pool.renew()

    def position(self) -> Position:
        return self.pool.position()

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {}


def db(a: Tensor, b: Tensor) -> float:
    """Return the peak signal-to-noise ratio of ``a``, clipped to 0..1, to ``b``, in dB."""
    return -10 * math.log10(max(float((a.clamp(0, 1) - b).square().mean()), 1e-10))


def mean(scores: Sequence[float]) -> float:
    """Return the mean of some scores."""
    return sum(scores) / len(scores)
