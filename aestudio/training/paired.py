"""Objectives for pictures whose truth is in files of its own: nothing is made up, both twins are cropped alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.engine.noise import estimate_sigma
from aestudio.models.unet import PhotoUNet
from aestudio.training import data
from aestudio.training.alignment import Twins
from aestudio.training.degradation import local_level
from aestudio.training.objective import Batch, Objective, Position, When
from aestudio.training.objectives import smallest_side
from aestudio.training.pair_reading import gather_pairs
from aestudio.training.photographs import PhotoObjective
from aestudio.training.recipes import Recipe
from aestudio.training.restoring import (
    VALIDATION_SIDE,
    VALIDATION_STEP,
    DenoiseObjective,
    Restoration,
    UpscaleObjective,
    tensor,
)
from aestudio.training.sources import Source, cache_bytes
from aestudio.training.streaming import Stream
from aestudio.training.yardstick import yardstick

Training = Sequence[Twins] | Stream


def make_paired(
    recipe: Recipe, source: Source, device: torch.device, say: Callable[[str], None], position: Position | None
) -> Objective:
    """Return the objective of a recipe over the source's pairs. Raises InputError where there are none to use."""
    assert source.pairs is not None
    room = cache_bytes(recipe.cache_mb, device)
    smallest = smallest_side(recipe)
    gathered = gather_pairs(source, recipe.held_out, recipe.scale, smallest, room, device, say, recipe.seed, position)
    if recipe.task == "upscale":
        kind: Callable[..., Restoration] = PairedUpscale
    else:
        kind = PairedPhoto if recipe.architecture == "photo-unet" else PairedDenoise
    objective = kind(recipe, gathered.training, gathered.held_out, device)
    if not data.unseen(gathered.training, gathered.held_out):
        objective.unseen = 0
    halves = [half for twins in gathered.held_out for half in (twins.truth, twins.given)]
    objective.yardstick = yardstick(recipe, halves, "psnr")
    return objective


class _Paired:
    """What the three have in common: a pool of twins, and held-out crops of both."""

    recipe: Recipe
    pool: data.PicturePool
    pictures: Sequence[NDArray[np.uint8]]
    crops: int
    pixels_per_step: int

    def _take(self, recipe: Recipe, training: Training, held_out: Sequence[Twins], device: torch.device) -> None:
        scale = recipe.scale
        self.recipe = recipe
        if isinstance(training, Stream):
            self.pool: data.PicturePool = training.pool(device)
        else:
            truths, given = [pair.truth for pair in training], [pair.given for pair in training]
            self.pool = data.PicturePool(truths, device, scale, given)
        self.pictures = self.pool.pictures
        self.pool.turned = recipe.augmentation != "none"
        self.crops = recipe.batch
        self.pixels_per_step = recipe.batch * (recipe.patch * scale) ** 2
        self.kept = [_middle(pair, scale, device) for pair in held_out]

    def _twins(self, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return (truth, input) crops in 0..1."""
        truth, given = self.pool.draw(self.recipe.batch, self.recipe.patch, generator)
        return truth.float() / 255, (given.float() / 255).contiguous(memory_format=torch.channels_last)


class PairedDenoise(_Paired, DenoiseObjective):
    """For a network that is told the level: in training the crop's own, held out the estimate, as in use."""

    def __init__(self, recipe: Recipe, training: Training, held_out: Sequence[Twins], device: torch.device) -> None:
        self._take(recipe, training, held_out, device)
        self.levels = [estimate_sigma(given[0].permute(1, 2, 0).cpu().numpy()) / 255 for given, _ in self.kept]

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        clean, noisy = self._twins(generator)
        level = (noisy - clean).square().mean((1, 2, 3), keepdim=True).sqrt()
        return noisy, level.expand(-1, 1, *noisy.shape[2:]), clean

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        for (given, truth), level in zip(self.kept, self.levels, strict=True):
            yield (given, torch.full_like(given[:, :1], level)), truth


class PairedPhoto(_Paired, PhotoObjective):
    """For a network that judges the level by itself."""

    def __init__(self, recipe: Recipe, training: Training, held_out: Sequence[Twins], device: torch.device) -> None:
        self._take(recipe, training, held_out, device)

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        clean, noisy = self._twins(generator)
        return self._batch(noisy, clean, clean, moment)

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        return (((given,), truth) for given, truth in self.kept)

    def validate(self, network: nn.Module) -> dict[str, float]:
        level = cast("PhotoUNet", network).level
        errors = [float((level(x).float() - local_level(x - y)).abs().mean()) * 255 for x, y in self.kept]
        return {**super(PhotoObjective, self).validate(network), "level_error": sum(errors) / len(errors)}


class PairedUpscale(_Paired, UpscaleObjective):
    """For a network that enlarges."""

    def __init__(self, recipe: Recipe, training: Training, held_out: Sequence[Twins], device: torch.device) -> None:
        self._take(recipe, training, held_out, device)

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        return (((given,), truth) for given, truth in self.kept)


def _middle(pair: Twins, scale: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Return the middle of a pair, (input, truth), the input's sides multiples of ``VALIDATION_STEP``."""
    most = VALIDATION_SIDE // scale
    height, width = (min(most, n) // VALIDATION_STEP * VALIDATION_STEP for n in pair.given.shape[:2])
    top, left = ((n - size) // 2 for n, size in zip(pair.given.shape[:2], (height, width), strict=True))
    given = pair.given[top : top + height, left : left + width]
    rows = slice(top * scale, (top + height) * scale)
    truth = pair.truth[rows, left * scale : (left + width) * scale]
    return tensor(given, device), tensor(truth, device)
