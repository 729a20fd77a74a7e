"""What networks for photographs minimise: pictures damaged as cameras and files damage them, or as a person chose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.models.unet import PhotoUNet
from aestudio.training import jpeg
from aestudio.training.adversary import Adversary, spectral_loss
from aestudio.training.degradation import (
    CLEAN_SHARE,
    local_level,
    overexposed,
    photo,
    photo_side,
    small_photo,
    spoil,
)
from aestudio.training.losses import distance
from aestudio.training.muon import MuonAdamW
from aestudio.training.objective import Batch, When
from aestudio.training.recipes import Recipe
from aestudio.training.restoring import VALIDATION_SIDE, Restoration, mean, tensor


class PhotoObjective(Restoration):
    """The distance of the restored to the clean side of a photo, and L1 of the estimated to the true noise level.

    Early on half of the batch is told the true level, so that the restorer learns from the first step
    while the estimator is still learning.
    """

    LEVEL_WEIGHT = 0.25
    TOLD = 0.2

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        super().__init__(recipe, pictures, device)
        side = VALIDATION_SIDE - jpeg.BLOCK
        whole = [p for p in held_out if p.shape[:2] == (VALIDATION_SIDE, VALIDATION_SIDE)]
        crops = torch.cat([tensor(p, torch.device("cpu")) for p in whole])
        # a picture without any damage has no error to be judged by, and its PSNR would drown those of the others
        spoiled = self._spoil(crops, side, 0, torch.Generator().manual_seed(0), untouched=0.0)
        self.held_out = tuple(part.to(device) for part in spoiled)

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        recipe = self.recipe
        crops, _ = self.pool.draw(recipe.batch, self._side(moment.step), generator)
        light = overexposed(crops.float() / 255, recipe.overexposed, generator)
        noisy, clean, clear = self._spoil(light, recipe.patch, moment.step, generator)
        return self._batch(noisy, clean, clear, moment)

    def _batch(self, noisy: Tensor, clean: Tensor, clear: Tensor, moment: When) -> Batch:
        """Return what the loss takes: input, truth, the noise beside ``clear``, and which crops are told it."""
        # who is told goes by the place in the whole batch: the loss may get a part of it
        told = (torch.arange(len(noisy), device=noisy.device) % 2 == 0).view(-1, 1, 1, 1)
        told = told & (moment.progress < self.TOLD)
        return noisy.contiguous(memory_format=torch.channels_last), clean, local_level(noisy - clear), told

    def _side(self, step: int) -> int:
        """Return the side of the clean crop that a step's input is made from."""
        return photo_side(self.recipe.patch, step)

    def _spoil(
        self, clean: Tensor, patch: int, step: int, generator: torch.Generator, untouched: float = CLEAN_SHARE
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return input and truth, (N, 3, patch, patch) in 0..1, and what the input would be without noise."""
        noisy, target = photo(clean, patch, step, generator, untouched)
        return noisy, target, target

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        noisy, clean, true, is_told = batch
        level: Tensor = cast("PhotoUNet", network).level(noisy).float()
        told = torch.where(is_told, true, level)
        loss = distance(network(noisy, told.contiguous()).float() - clean, self.recipe.loss)
        return loss + self.LEVEL_WEIGHT * (level - true).abs().mean()

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        return (((x,), y) for x, y, _ in zip(*(side.split(1) for side in self.held_out), strict=True))

    def validate(self, network: nn.Module) -> dict[str, float]:
        level = cast("PhotoUNet", network).level
        parts = zip(*(side.split(1) for side in self.held_out), strict=True)
        errors = (float((level(x).float() - local_level(x - clear)).abs().mean()) * 255 for x, _, clear in parts)
        return {**super().validate(network), "level_error": mean(errors)}


class PhotoUpscaleObjective(Restoration):
    """A distance and a spectral one to the large crop and, where the recipe says so, a critic's complaint."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        super().__init__(recipe, pictures, device)
        self.side = recipe.scale * (recipe.patch + jpeg.BLOCK)
        torch.manual_seed(recipe.seed)
        self.adversary = Adversary(3, device) if recipe.adversarial else None
        side = VALIDATION_SIDE // (16 * recipe.scale) * 16 * recipe.scale
        whole = [p[:side, :side] for p in held_out if min(p.shape[:2]) >= side]
        crops = torch.cat([tensor(p, torch.device("cpu")) for p in whole])
        small, large = self._spoil(crops, 0, torch.Generator().manual_seed(0))
        self.held_out = (small.to(device), large.to(device))

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        crops, _ = self.pool.draw(self.recipe.batch, self.side, generator)
        small, large = self._spoil(crops.float() / 255, moment.step, generator)
        return small.contiguous(memory_format=torch.channels_last), large

    def _spoil(self, clean: Tensor, step: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return the network's input and the truth, in 0..1."""
        return small_photo(clean, self.recipe.scale, step, generator)

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        recipe, (small, large) = self.recipe, batch
        restored = network(small).float()
        loss = distance(restored - large, recipe.loss)
        if recipe.spectral:
            loss = loss + recipe.spectral * spectral_loss(restored, large)
        if self.adversary is not None:
            self.adversary.learn(restored, large)
            loss = loss + recipe.adversarial * self.adversary.complaint(restored)
        return loss

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        return (((x,), y) for x, y in zip(*(side.split(1) for side in self.held_out), strict=True))

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {} if self.adversary is None else {"critic": (self.adversary.critic, self.adversary.optimiser)}


class CustomObjective(PhotoObjective):
    """Photos with the damage that a person chose. What the network takes for noise is what came after blur."""

    def _side(self, step: int) -> int:
        return self.recipe.patch + jpeg.BLOCK

    def _spoil(
        self, clean: Tensor, patch: int, step: int, generator: torch.Generator, untouched: float = 0.0
    ) -> tuple[Tensor, Tensor, Tensor]:
        return spoil(clean, self.recipe.damage, 1, step, generator)


class CustomUpscaleObjective(PhotoUpscaleObjective):
    """Small pictures with the damage that a person chose."""

    def _spoil(self, clean: Tensor, step: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        small, large, _ = spoil(clean, self.recipe.damage, self.recipe.scale, step, generator)
        return small, large
