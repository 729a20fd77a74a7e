"""What restoring networks minimise and are judged by; noise and shrinking as the published protocols have them."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.engine.noise import white_sigma
from aestudio.engine.similarity import WINDOW, luma, ssim
from aestudio.imageio.resample import resize
from aestudio.training import data
from aestudio.training.degradation import draw_sigma, gaussian_noise, overexposed, weakened
from aestudio.training.kinds import describe_photos
from aestudio.training.losses import distance
from aestudio.training.muon import MuonAdamW
from aestudio.training.objective import Batch, Example, Extent, Position, When
from aestudio.training.recipes import Recipe
from aestudio.training.streaming import make_pool, number_of

VALIDATION_SIDE = 192
# What the sides of a validation picture are multiples of: every network here takes such sizes.
VALIDATION_STEP = 8
VALIDATION_SIGMA = 25


def tensor(picture: NDArray[np.uint8], device: torch.device) -> Tensor:
    """Return a picture (H, W, 3) as (1, 3, H, W) in 0..1 on the device."""
    chw = np.ascontiguousarray(picture.transpose(2, 0, 1)[None])
    return torch.from_numpy(chw).to(device).float() / 255


def _psnr(a: Tensor, b: Tensor) -> float:
    return -10 * math.log10(max(float((a.clamp(0, 1) - b).square().mean()), 1e-10))


def scores_of(a: Tensor, b: Tensor) -> dict[str, float]:
    """Return PSNR over the colours in dB, and SSIM of the luma, of (1, 3, H, W) in 0..1."""
    one, other = (luma(x[0].clamp(0, 1).permute(1, 2, 0).cpu().double().numpy() * 255) for x in (a, b))
    alike = {"ssim": ssim(one, other)} if min(one.shape) >= WINDOW else {}
    return {"psnr": _psnr(a, b), **alike}


class Restoration:
    """What restoring objectives have in common: held-out inputs of the network, each with the truth.

    A batch begins with what the network is ``given``, so many tensors; the truth comes next.
    """

    given = 1
    # how many of the held-out pictures are not learned from, where that is not all
    unseen: int | None = None
    yardstick = ""

    def __init__(
        self, recipe: Recipe, pictures: Sequence[NDArray[np.uint8]], device: torch.device, shrunk: int = 1
    ) -> None:
        """Draw from ``pictures``, each beside itself made ``shrunk`` times smaller."""
        self.recipe = recipe
        self.pool = make_pool(pictures, device, shrunk)
        self.pictures = self.pool.pictures
        self.pool.turned = recipe.augmentation != "none"
        self.crops = recipe.batch
        self.pixels_per_step = recipe.batch * (recipe.patch * recipe.scale) ** 2

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        """Yield what the network is given of each held-out picture, the picture first, and the truth (1, 3, H, W)."""
        raise NotImplementedError

    def validate(self, network: nn.Module) -> dict[str, float]:
        return means(scores_of(network(*given).float(), truth) for given, truth in self.pairs())

    def extent(self) -> Extent:
        pairs = [(enlarged(given[0], self.recipe.scale), truth) for given, truth in self.pairs()]
        scores = means(scores_of(given, truth) for given, truth in pairs)
        noise = mean(white_sigma(_pixels(truth)) ** 2 for _, truth in pairs) ** 0.5
        return Extent(
            number_of(self.pictures), len(pairs) if self.unseen is None else self.unseen, scores["psnr"], scores, noise
        )

    def examples(self, network: nn.Module, most: int) -> list[Example]:
        return [
            Example(enlarged(given[0], self.recipe.scale)[0], network(*given).float()[0], truth[0])
            for given, truth in itertools.islice(self.pairs(), most)
        ]

    def statistics(self) -> dict[str, Any]:
        return describe_photos(self.pictures)

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        raise NotImplementedError

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        raise NotImplementedError

    def renew(self) -> None:
        self.pool.renew()

    def position(self) -> Position:
        return self.pool.position()

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {}


def _pixels(picture: Tensor) -> NDArray[np.float32]:
    """Return (1, C, H, W) as (H, W, C)."""
    pixels: NDArray[np.float32] = picture[0].permute(1, 2, 0).cpu().numpy()
    return pixels


def enlarged(small: Tensor, scale: int) -> Tensor:
    """Return (1, C, H, W) made ``scale`` times larger by bicubic interpolation: what needs no network."""
    if scale == 1:
        return small
    pixels = _pixels(small)
    large = resize(pixels, (pixels.shape[0] * scale, pixels.shape[1] * scale))
    return torch.from_numpy(np.ascontiguousarray(large)).permute(2, 0, 1)[None].to(small.device)


def mean(scores: Iterable[float]) -> float:
    values = list(scores)
    return sum(values) / len(values)


def means(rows: Iterable[dict[str, float]]) -> dict[str, float]:
    """Return the mean of each score, over the pictures that have it."""
    every = list(rows)
    names = dict.fromkeys(name for row in every for name in row)
    return {k: mean(row[k] for row in every if k in row) for k in names}


class DenoiseObjective(Restoration):
    """The distance of the restored to the clean crop, the noise level drawn per crop."""

    given = 2

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        super().__init__(recipe, pictures, device)
        self.held_out = [tensor(p, device) for p in held_out]
        self.judged_sigma: float = VALIDATION_SIGMA

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        recipe = self.recipe
        crops, _ = self.pool.draw(recipe.batch, recipe.patch, generator)
        clean = overexposed(crops.float() / 255, recipe.overexposed, generator)
        sigma = self._levels(generator, clean.device)
        weaker = weakened(sigma, recipe.overrated, generator)
        noisy, clean = gaussian_noise(clean, weaker, generator, recipe.clipped, recipe.grey)
        plane = sigma.expand(-1, 1, *noisy.shape[2:])
        return noisy.contiguous(memory_format=torch.channels_last), plane, clean

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        noisy, plane, clean = batch
        return distance(network(noisy, plane).float() - clean, self.recipe.loss)

    def _levels(self, generator: torch.Generator, device: torch.device) -> Tensor:
        """Return the noise of each crop of a batch, (batch, 1, 1, 1)."""
        return draw_sigma(self.recipe.batch, self.recipe.highest_sigma, generator, device)

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        sigma = self.judged_sigma / 255
        for number, clean in enumerate(self.held_out):
            generator = torch.Generator().manual_seed(number)
            noise = torch.randn(clean.shape, generator=generator).to(clean.device)
            yield (clean + sigma * noise, torch.full_like(clean[:, :1], sigma)), clean


class UpscaleObjective(Restoration):
    """The distance of the enlarged small crop to its large twin."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        super().__init__(recipe, pictures, device, recipe.scale)
        pairs = [(p, data.shrink(p, recipe.scale)) for p in held_out]
        self.held_out = [(tensor(large, device), tensor(small, device)) for large, small in pairs]

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        large, small = self.pool.draw(self.recipe.batch, self.recipe.patch, generator)
        return (small.float() / 255).contiguous(memory_format=torch.channels_last), large.float() / 255

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        small, large = batch
        return distance(network(small).float() - large, self.recipe.loss)

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        return (((small,), large) for large, small in self.held_out)


class CustomLevelObjective(DenoiseObjective):
    """Gaussian noise of the strength that a person chose, which the network is told; judged in the range's middle."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        # as files hold them
        super().__init__(dataclasses.replace(recipe, clipped=1.0), pictures, held_out, device)
        self.judged_sigma = sum(recipe.damage.gaussian) / 2

    def _levels(self, generator: torch.Generator, device: torch.device) -> Tensor:
        low, high = self.recipe.damage.gaussian
        return (low + (high - low) * torch.rand(self.recipe.batch, 1, 1, 1, generator=generator, device=device)) / 255
