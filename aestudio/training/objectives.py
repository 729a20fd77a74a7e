"""What each task minimises and how it is watched: one objective per task, one shape for the loop."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.engine.similarity import WINDOW, luma, ssim
from aestudio.imageio.resample import resize
from aestudio.models.unet import PhotoUNet
from aestudio.training import data, jpeg
from aestudio.training.adapting import AdaptingObjective, NothingToAdaptTo
from aestudio.training.adversary import Adversary, spectral_loss
from aestudio.training.autoencoding import AdversarialObjective, VaeObjective
from aestudio.training.degradation import (
    SHRINKING,
    draw_sigma,
    gaussian_noise,
    local_level,
    photo,
    photo_side,
    small_photo,
    spoil,
)
from aestudio.training.kinds import describe_photos
from aestudio.training.losses import distance
from aestudio.training.muon import MuonAdamW
from aestudio.training.neighbours import PlacedObjective
from aestudio.training.objective import Batch, Example, Extent, Objective, When
from aestudio.training.recipes import Recipe
from aestudio.training.selfsupervised import STEP, WIDEST, SelfSupervisedObjective, portions
from aestudio.training.sources import Source, cache_bytes, gather
from aestudio.training.streaming import make_pool, number_of

VALIDATION_SIDE = 192
# What the sides of a validation picture are multiples of: every network here takes such sizes.
VALIDATION_STEP = 8
VALIDATION_SIGMA = 25


def make_objective(
    recipe: Recipe,
    folder: Path | Source,
    device: torch.device,
    say: Callable[[str], None] = lambda text: None,
    begun_with: nn.Module | None = None,
) -> Objective:
    """Return the objective of a recipe over the pictures below ``folder``, or of a source of several.

    ``begun_with`` is the network that the run starts from, on the device: noisy pictures are restored by it to learn
    from, where their noise can be measured.
    Pictures that cannot be read are left out, named in the log and counted to ``say``. Raises InputError where none
    is left.
    """
    source = Source.of(folder)
    if recipe.task == "vae":
        return _latent_objective(recipe)(recipe, source, device, say)
    if recipe.degradation == "pairs":
        from aestudio.training.paired import make_paired

        return make_paired(recipe, source, device, say)
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
    kinds: dict[tuple[str, str], Callable[..., Objective]] = {
        ("denoise", "plain"): DenoiseObjective,
        ("denoise", "photo"): PhotoObjective,
        ("upscale", "plain"): UpscaleObjective,
        ("upscale", "photo"): PhotoUpscaleObjective,
        ("denoise", "custom"): CustomObjective if recipe.architecture == "photo-unet" else CustomLevelObjective,
        ("upscale", "custom"): CustomUpscaleObjective,
    }
    return kinds[recipe.task, recipe.degradation](recipe, training, held_out, device)


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


def tensor(picture: NDArray[np.uint8], device: torch.device) -> Tensor:
    """Return a picture (H, W, 3) as (1, 3, H, W) in 0..1 on the device."""
    chw = np.ascontiguousarray(picture.transpose(2, 0, 1)[None])
    return torch.from_numpy(chw).to(device).float() / 255


def _psnr(a: Tensor, b: Tensor) -> float:
    return -10 * math.log10(max(float((a.clamp(0, 1) - b).square().mean()), 1e-10))


def _scores(a: Tensor, b: Tensor) -> dict[str, float]:
    """Return PSNR over the colours in dB, and SSIM of the luma, of (1, 3, H, W) in 0..1."""
    one, other = (luma(x[0].clamp(0, 1).permute(1, 2, 0).double().cpu().numpy() * 255) for x in (a, b))
    alike = {"ssim": ssim(one, other)} if min(one.shape) >= WINDOW else {}
    return {"psnr": _psnr(a, b), **alike}


class _Restoration:
    """What restoring objectives have in common: held-out inputs of the network, each with the truth."""

    recipe: Recipe
    pictures: Sequence[NDArray[np.uint8]]

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        """Yield what the network is given of each held-out picture, the picture first, and the truth (1, 3, H, W)."""
        raise NotImplementedError

    def validate(self, network: nn.Module) -> dict[str, float]:
        return _means(_scores(network(*given).float(), truth) for given, truth in self.pairs())

    def extent(self) -> Extent:
        pairs = [(enlarged(given[0], self.recipe.scale), truth) for given, truth in self.pairs()]
        scores = _means(_scores(given, truth) for given, truth in pairs)
        return Extent(number_of(self.pictures), len(pairs), scores["psnr"], scores)

    def examples(self, network: nn.Module, most: int) -> list[Example]:
        return [
            Example(enlarged(given[0], self.recipe.scale)[0], network(*given).float()[0], truth[0])
            for given, truth in itertools.islice(self.pairs(), most)
        ]

    def statistics(self) -> dict[str, Any]:
        return describe_photos(self.pictures)

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {}


def enlarged(small: Tensor, scale: int) -> Tensor:
    """Return (1, C, H, W) made ``scale`` times larger by bicubic interpolation: what needs no network."""
    if scale == 1:
        return small
    pixels = small[0].permute(1, 2, 0).cpu().numpy()
    large = resize(pixels, (pixels.shape[0] * scale, pixels.shape[1] * scale))
    return torch.from_numpy(np.ascontiguousarray(large)).permute(2, 0, 1)[None].to(small.device)


def _mean(scores: Iterable[float]) -> float:
    values = list(scores)
    return sum(values) / len(values)


def _means(rows: Iterable[dict[str, float]]) -> dict[str, float]:
    """Return the mean of each score, over the pictures that have it."""
    every = list(rows)
    names = dict.fromkeys(name for row in every for name in row)
    return {k: _mean(row[k] for row in every if k in row) for k in names}


class DenoiseObjective(_Restoration):
    """The distance of the restored to the clean crop, the noise level drawn per crop."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        self.recipe = recipe
        self.pool = make_pool(pictures, device)
        self.pool.turned = recipe.augmentation != "none"
        self.held_out = [tensor(p, device) for p in held_out]
        self.pixels_per_step = recipe.batch * recipe.patch**2
        self.pictures = pictures
        self.judged_sigma: float = VALIDATION_SIGMA

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        recipe = self.recipe
        crops, _ = self.pool.draw(recipe.batch, recipe.patch, generator)
        clean = crops.float() / 255
        sigma = self._levels(generator, clean.device)
        noisy, clean = gaussian_noise(clean, sigma, generator, recipe.clipped, recipe.grey)
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


class PhotoObjective(_Restoration):
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
        self.recipe = recipe
        self.pool = make_pool(pictures, device)
        self.pool.turned = recipe.augmentation != "none"
        self.pixels_per_step = recipe.batch * recipe.patch**2
        self.pictures = pictures
        side = VALIDATION_SIDE - jpeg.BLOCK
        whole = [p for p in held_out if p.shape[:2] == (VALIDATION_SIDE, VALIDATION_SIDE)]
        crops = torch.cat([tensor(p, torch.device("cpu")) for p in whole])
        spoiled = self._spoil(crops, side, 0, torch.Generator().manual_seed(0))
        self.held_out = tuple(part.to(device) for part in spoiled)

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        recipe = self.recipe
        crops, _ = self.pool.draw(recipe.batch, self._side(moment.step), generator)
        noisy, clean, clear = self._spoil(crops.float() / 255, recipe.patch, moment.step, generator)
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

    def _spoil(self, clean: Tensor, patch: int, step: int, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
        """Return input and truth, (N, 3, patch, patch) in 0..1, and what the input would be without noise."""
        noisy, target = photo(clean, patch, step, generator)
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
        return {**super().validate(network), "level_error": _mean(errors)}


class UpscaleObjective(_Restoration):
    """The distance of the enlarged small crop to its large twin."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        self.recipe = recipe
        self.pool = make_pool(pictures, device, recipe.scale)
        self.pool.turned = recipe.augmentation != "none"
        pairs = [(p, data.shrink(p, recipe.scale)) for p in held_out]
        self.held_out = [(tensor(large, device), tensor(small, device)) for large, small in pairs]
        self.pixels_per_step = recipe.batch * (recipe.patch * recipe.scale) ** 2
        self.pictures = pictures

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        large, small = self.pool.draw(self.recipe.batch, self.recipe.patch, generator)
        return (small.float() / 255).contiguous(memory_format=torch.channels_last), large.float() / 255

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        small, large = batch
        return distance(network(small).float() - large, self.recipe.loss)

    def pairs(self) -> Iterator[tuple[Batch, Tensor]]:
        return (((small,), large) for large, small in self.held_out)


class PhotoUpscaleObjective(_Restoration):
    """A distance and a spectral one to the large crop and, where the recipe says so, a critic's complaint."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        self.recipe = recipe
        self.pool = make_pool(pictures, device)
        self.pool.turned = recipe.augmentation != "none"
        self.side = recipe.scale * (recipe.patch + jpeg.BLOCK)
        self.pixels_per_step = recipe.batch * (recipe.patch * recipe.scale) ** 2
        torch.manual_seed(recipe.seed)
        self.adversary = Adversary(3, device) if recipe.adversarial else None
        self.pictures = pictures
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


class CustomObjective(PhotoObjective):
    """Photos with the damage that a person chose. What the network takes for noise is what came after blur."""

    def _side(self, step: int) -> int:
        return self.recipe.patch + jpeg.BLOCK

    def _spoil(self, clean: Tensor, patch: int, step: int, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
        return spoil(clean, self.recipe.damage, 1, step, generator)


class CustomUpscaleObjective(PhotoUpscaleObjective):
    """Small pictures with the damage that a person chose."""

    def _spoil(self, clean: Tensor, step: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        small, large, _ = spoil(clean, self.recipe.damage, self.recipe.scale, step, generator)
        return small, large
