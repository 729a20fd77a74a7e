"""Which objective a recipe means: one for each task and way of damaging, one shape for the loop."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from aestudio.training import data, jpeg
from aestudio.training.adapting import AdaptingObjective, NothingToAdaptTo
from aestudio.training.autoencoding import AdversarialObjective, VaeObjective
from aestudio.training.degradation import SHRINKING, photo_side
from aestudio.training.neighbours import PlacedObjective
from aestudio.training.objective import Objective, Position
from aestudio.training.photographs import CustomObjective, CustomUpscaleObjective, PhotoObjective, PhotoUpscaleObjective
from aestudio.training.recipes import Recipe
from aestudio.training.restoring import (
    VALIDATION_SIDE,
    VALIDATION_STEP,
    CustomLevelObjective,
    DenoiseObjective,
    Restoration,
    UpscaleObjective,
)
from aestudio.training.selfsupervised import STEP, WIDEST, SelfSupervisedObjective, portions
from aestudio.training.sources import Source, cache_bytes, gather
from aestudio.training.yardstick import yardstick


def make_objective(
    recipe: Recipe,
    folder: Path | Source,
    device: torch.device,
    say: Callable[[str], None] = lambda text: None,
    begun_with: nn.Module | None = None,
    position: Position | None = None,
) -> Objective:
    """Return the objective of a recipe over the pictures below ``folder``, or of a source of several.

    ``begun_with`` is the network that the run starts from, on the device: noisy pictures are restored by it to learn
    from, where their noise can be measured.
    ``position`` is how far the pictures had been read where the run goes on.
    Pictures that cannot be read are left out, named in the log and counted to ``say``. Raises InputError where none
    is left.
    """
    source = Source.of(folder)
    if recipe.task == "vae":
        return _latent_objective(recipe)(recipe, source, device, say, position)
    if recipe.degradation == "pairs":
        from aestudio.training.paired import make_paired

        return make_paired(recipe, source, device, say, position)
    smallest, noisy = smallest_side(recipe), recipe.degradation == "noisy"
    gathered = gather(
        source,
        recipe.held_out,
        smallest,
        2 * WIDEST * recipe.patch if noisy else smallest,
        recipe.scale if recipe.degradation == "plain" else 1,
        cache_bytes(recipe.cache_mb, device),
        device,
        say,
        recipe.seed,
        position,
    )
    training, validation = gathered.training, gathered.held_out
    if recipe.degradation == "noisy":
        if len(training) == len(validation) == 1 and training[0] is validation[0]:
            training, validation = ([part] for part in portions(training[0], smallest))
        if begun_with is not None:
            with contextlib.suppress(NothingToAdaptTo):
                return AdaptingObjective(recipe, training, validation, device, begun_with)
        return SelfSupervisedObjective(recipe, training, validation, device)
    held_out = [_centre(picture, VALIDATION_STEP * recipe.scale) for picture in validation]
    kinds: dict[tuple[str, str], Callable[..., Restoration]] = {
        ("denoise", "plain"): DenoiseObjective,
        ("denoise", "photo"): PhotoObjective,
        ("upscale", "plain"): UpscaleObjective,
        ("upscale", "photo"): PhotoUpscaleObjective,
        ("denoise", "custom"): CustomObjective if recipe.architecture == "photo-unet" else CustomLevelObjective,
        ("upscale", "custom"): CustomUpscaleObjective,
    }
    objective = kinds[recipe.task, recipe.degradation](recipe, training, held_out, device)
    if not data.unseen(training, validation):
        objective.unseen = 0
    objective.yardstick = yardstick(recipe, held_out, "psnr")
    return objective


def _latent_objective(recipe: Recipe) -> type[VaeObjective]:
    if recipe.architecture == "adversarial-autoencoder":
        return AdversarialObjective
    return PlacedObjective if recipe.neighbours else VaeObjective


def smallest_side(recipe: Recipe) -> int:
    """Return the shorter side that a picture needs for a crop and for validation."""
    if recipe.degradation == "noisy":
        return 2 * STEP * WIDEST
    if recipe.degradation in ("plain", "pairs") or recipe.architecture == "restoration-unet":
        return max(recipe.patch, VALIDATION_STEP) * recipe.scale
    if recipe.task == "upscale":
        return max((recipe.patch + jpeg.BLOCK) * recipe.scale, VALIDATION_SIDE)
    if recipe.degradation == "custom":
        return max(VALIDATION_SIDE, recipe.patch + jpeg.BLOCK)
    return max(VALIDATION_SIDE, *(photo_side(recipe.patch, step) for step in range(len(SHRINKING))))


def _centre(picture: NDArray[np.uint8], step: int) -> NDArray[np.uint8]:
    """Return the middle of a picture, at most VALIDATION_SIDE large, its sides multiples of ``step``."""
    height, width = (min(VALIDATION_SIDE, n) // step * step for n in picture.shape[:2])
    top, left = (picture.shape[0] - height) // 2, (picture.shape[1] - width) // 2
    return picture[top : top + height, left : left + width]
