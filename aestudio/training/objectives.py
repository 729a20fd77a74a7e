"""What each task minimises and how it is watched: one objective per task, one shape for the loop."""

from __future__ import annotations

import gzip
import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.errors import InputError
from aestudio.imageio.simple import find_pictures, load_rgb
from aestudio.models.unet import PhotoUNet
from aestudio.models.vae import ConvVAE
from aestudio.training import data, jpeg
from aestudio.training.adversary import Adversary, spectral_loss
from aestudio.training.degradation import (
    SHRINKING,
    draw_sigma,
    gaussian_noise,
    local_level,
    photo,
    photo_side,
    small_photo,
)
from aestudio.training.kinds import MOST, describe, describe_photos
from aestudio.training.muon import MuonAdamW
from aestudio.training.recipes import Recipe

log = logging.getLogger(__name__)

VALIDATION_SIDE = 192
# What the sides of a validation picture are multiples of: every network here takes such sizes.
VALIDATION_STEP = 8
VALIDATION_SIGMA = 25


@dataclass(frozen=True)
class When:
    """Where a run is: its number of steps so far, and ``progress`` in 0..1 of its budget."""

    step: int
    progress: float


Batch = tuple[Tensor, ...]


class Objective(Protocol):
    """A task to fit: batches with a loss, and a validation score."""

    pixels_per_step: int

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        """Return one fresh batch, on the device and in float32: rounding of low precision would spoil it."""
        ...

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        """Return the scalar loss of a batch."""
        ...

    def validate(self, network: nn.Module) -> dict[str, float]:
        """Return named scores on held-out pictures; the first one is better when higher."""
        ...

    def statistics(self) -> dict[str, Any]:
        """Return the kind of the training pictures, for the card (see ``engine.kind``)."""
        ...

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        """Return the networks that learn beside the one to fit, with their optimisers: a checkpoint keeps them."""
        ...


def make_objective(recipe: Recipe, folder: Path, device: torch.device) -> Objective:
    """Return the objective of a recipe over the pictures below ``folder``.

    Pictures that cannot be read are left out and named in the log. Raises InputError where none is left.
    """
    if recipe.task == "vae":
        return VaeObjective(recipe, folder, device)
    smallest = _smallest(recipe)
    usable = {k: p for k, p in _readable(folder, load_rgb).items() if min(p.shape[:2]) >= smallest}
    if not usable:
        raise InputError(
            f"No picture in {folder} is at least {smallest} pixels on its shorter side.",
            "Use larger pictures or a smaller patch.",
        )
    training, validation = data.split(list(usable), recipe.held_out)
    held_out = [_centre(usable[p], VALIDATION_STEP * recipe.scale) for p in validation]
    kinds: dict[tuple[str, str], Callable[..., Objective]] = {
        ("denoise", "plain"): DenoiseObjective,
        ("denoise", "photo"): PhotoObjective,
        ("upscale", "plain"): UpscaleObjective,
        ("upscale", "photo"): PhotoUpscaleObjective,
    }
    return kinds[recipe.task, recipe.degradation](recipe, [usable[p] for p in training], held_out, device)


def _smallest(recipe: Recipe) -> int:
    """Return the shorter side that a picture needs for a crop and for validation."""
    if recipe.degradation == "plain":
        return max(recipe.patch, VALIDATION_STEP) * recipe.scale
    if recipe.task == "upscale":
        return max((recipe.patch + jpeg.BLOCK) * recipe.scale, VALIDATION_SIDE)
    return max(VALIDATION_SIDE, *(photo_side(recipe.patch, step) for step in range(len(SHRINKING))))


def _readable(folder: Path, load: Callable[[Path], NDArray[np.uint8]]) -> dict[Path, NDArray[np.uint8]]:
    """Return what ``load`` makes of each picture below ``folder`` that it can read. Raises InputError without any."""
    pictures = {}
    for path in find_pictures(folder):
        try:
            pictures[path] = load(path)
        except InputError as error:
            log.warning("Left out: %s", error.what)
    if not pictures:
        raise InputError(f"None of the pictures in {folder} can be read.", "Name a folder of whole pictures.")
    return pictures


def _centre(picture: NDArray[np.uint8], step: int) -> NDArray[np.uint8]:
    """Return the middle of a picture, at most VALIDATION_SIDE large, its sides multiples of ``step``."""
    height, width = (min(VALIDATION_SIDE, n) // step * step for n in picture.shape[:2])
    top, left = (picture.shape[0] - height) // 2, (picture.shape[1] - width) // 2
    return picture[top : top + height, left : left + width]


def _tensor(picture: NDArray[np.uint8], device: torch.device) -> Tensor:
    chw = np.ascontiguousarray(picture.transpose(2, 0, 1)[None])
    return torch.from_numpy(chw).to(device).float() / 255


def _psnr(a: Tensor, b: Tensor) -> float:
    return -10 * math.log10(max(float((a.clamp(0, 1) - b).square().mean()), 1e-10))


class DenoiseObjective:
    """L1 between the restored and the clean crop, the noise level drawn per crop."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        self.recipe = recipe
        self.pool = data.PicturePool(pictures, device)
        self.held_out = [_tensor(p, device) for p in held_out]
        self.pixels_per_step = recipe.batch * recipe.patch**2
        self._pictures = pictures

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        recipe = self.recipe
        crops, _ = self.pool.draw(recipe.batch, recipe.patch, generator)
        clean = crops.float() / 255
        sigma = draw_sigma(recipe.batch, recipe.highest_sigma, generator, clean.device)
        noisy, clean = gaussian_noise(clean, sigma, generator, recipe.clipped, recipe.grey)
        plane = sigma.expand(-1, 1, *noisy.shape[2:])
        return noisy.contiguous(memory_format=torch.channels_last), plane, clean

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        noisy, plane, clean = batch
        error: Tensor = network(noisy, plane).float() - clean
        return error.abs().mean()

    def validate(self, network: nn.Module) -> dict[str, float]:
        sigma = VALIDATION_SIGMA / 255
        scores = []
        for number, clean in enumerate(self.held_out):
            generator = torch.Generator().manual_seed(number)
            noise = torch.randn(clean.shape, generator=generator).to(clean.device)
            plane = torch.full_like(clean[:, :1], sigma)
            scores.append(_psnr(network(clean + sigma * noise, plane).float(), clean))
        return {"psnr": sum(scores) / len(scores)}

    def statistics(self) -> dict[str, Any]:
        return describe_photos(self._pictures)

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {}


class PhotoObjective:
    """L1 between the restored and the clean side of a photo, and between the estimated and the true noise level.

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
        self.pool = data.PicturePool(pictures, device)
        self.pixels_per_step = recipe.batch * recipe.patch**2
        self._pictures = pictures
        side = VALIDATION_SIDE - jpeg.BLOCK
        whole = [p for p in held_out if p.shape[:2] == (VALIDATION_SIDE, VALIDATION_SIDE)]
        crops = torch.cat([_tensor(p, torch.device("cpu")) for p in whole])
        noisy, clean = photo(crops, side, 0, torch.Generator().manual_seed(0))
        self.held_out = (noisy.to(device), clean.to(device))

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        recipe = self.recipe
        crops, _ = self.pool.draw(recipe.batch, photo_side(recipe.patch, moment.step), generator)
        noisy, clean = photo(crops.float() / 255, recipe.patch, moment.step, generator)
        return noisy.contiguous(memory_format=torch.channels_last), clean, local_level(noisy - clean)

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        noisy, clean, true = batch
        level: Tensor = cast("PhotoUNet", network).level(noisy).float()
        told = level
        if moment.progress < self.TOLD:
            told = torch.where((torch.arange(len(level), device=level.device) % 2 == 0).view(-1, 1, 1, 1), true, level)
        loss: Tensor = (network(noisy, told.contiguous()).float() - clean).abs().mean()
        return loss + self.LEVEL_WEIGHT * (level - true).abs().mean()

    def validate(self, network: nn.Module) -> dict[str, float]:
        noisy, clean = self.held_out
        pairs = list(zip(noisy.split(1), clean.split(1), strict=True))
        scores = [_psnr(network(x).float(), y) for x, y in pairs]
        estimator = cast("PhotoUNet", network).level
        levels = [float((estimator(x).float() - local_level(x - y)).abs().mean()) * 255 for x, y in pairs]
        return {"psnr": sum(scores) / len(scores), "level_error": sum(levels) / len(levels)}

    def statistics(self) -> dict[str, Any]:
        return describe_photos(self._pictures)

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {}


class UpscaleObjective:
    """L1 between the enlarged small crop and its large twin."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        self.recipe = recipe
        self.pool = data.PicturePool(pictures, device, recipe.scale)
        pairs = [(p, data.shrink(p, recipe.scale)) for p in held_out]
        self.held_out = [(_tensor(large, device), _tensor(small, device)) for large, small in pairs]
        self.pixels_per_step = recipe.batch * (recipe.patch * recipe.scale) ** 2
        self._pictures = pictures

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        large, small = self.pool.draw(self.recipe.batch, self.recipe.patch, generator)
        return (small.float() / 255).contiguous(memory_format=torch.channels_last), large.float() / 255

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        small, large = batch
        error: Tensor = network(small).float() - large
        return error.abs().mean()

    def validate(self, network: nn.Module) -> dict[str, float]:
        scores = [_psnr(network(small).float(), large) for large, small in self.held_out]
        return {"psnr": sum(scores) / len(scores)}

    def statistics(self) -> dict[str, Any]:
        return describe_photos(self._pictures)

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {}


class PhotoUpscaleObjective:
    """L1 and a spectral distance to the large crop and, where the recipe says so, a critic's complaint."""

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[NDArray[np.uint8]],
        held_out: Sequence[NDArray[np.uint8]],
        device: torch.device,
    ) -> None:
        self.recipe = recipe
        self.pool = data.PicturePool(pictures, device)
        self.side = recipe.scale * (recipe.patch + jpeg.BLOCK)
        self.pixels_per_step = recipe.batch * (recipe.patch * recipe.scale) ** 2
        torch.manual_seed(recipe.seed)
        self.adversary = Adversary(3, device) if recipe.adversarial else None
        self._pictures = pictures
        side = VALIDATION_SIDE // (16 * recipe.scale) * 16 * recipe.scale
        whole = [p[:side, :side] for p in held_out if min(p.shape[:2]) >= side]
        crops = torch.cat([_tensor(p, torch.device("cpu")) for p in whole])
        small, large = small_photo(crops, recipe.scale, 0, torch.Generator().manual_seed(0))
        self.held_out = (small.to(device), large.to(device))

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        crops, _ = self.pool.draw(self.recipe.batch, self.side, generator)
        small, large = small_photo(crops.float() / 255, self.recipe.scale, moment.step, generator)
        return small.contiguous(memory_format=torch.channels_last), large

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        recipe, (small, large) = self.recipe, batch
        restored = network(small).float()
        loss: Tensor = (restored - large).abs().mean() + recipe.spectral * spectral_loss(restored, large)
        if self.adversary is not None:
            self.adversary.learn(restored, large)
            loss = loss + recipe.adversarial * self.adversary.complaint(restored)
        return loss

    def validate(self, network: nn.Module) -> dict[str, float]:
        small, large = self.held_out
        scores = [_psnr(network(x).float(), y) for x, y in zip(small.split(1), large.split(1), strict=True)]
        return {"psnr": sum(scores) / len(scores)}

    def statistics(self) -> dict[str, Any]:
        return describe_photos(self._pictures)

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {} if self.adversary is None else {"critic": (self.adversary.critic, self.adversary.optimiser)}


class VaeObjective:
    """The negative evidence lower bound, with pixels binarised anew in each step.

    ``folder`` holds MNIST's four ``idx`` files, or pictures, which become grey squares.
    """

    def __init__(self, recipe: Recipe, folder: Path, device: torch.device) -> None:
        self.recipe = recipe
        size = int(recipe.arguments.get("size", 28))
        train, test = load_digits(folder) if (folder / MNIST_TRAIN).exists() else _grey_squares(folder, size, recipe)
        self.train = torch.from_numpy(train).to(device)
        self.test = torch.from_numpy(test).to(device)
        self._generator: torch.Generator | None = None
        self.pixels_per_step = recipe.batch * size**2

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        device = self.train.device
        self._generator = generator
        which = torch.randint(len(self.train), (self.recipe.batch,), generator=generator, device=device)
        grey = self.train[which][:, None].float() / 255
        return ((torch.rand(grey.shape, generator=generator, device=device) < grey).float(),)

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        reconstruction, kl = network(*batch, self._generator)
        weight = self.recipe.beta * min(1.0, moment.progress / self.recipe.kl_warmup if self.recipe.kl_warmup else 1.0)
        bound: Tensor = reconstruction + weight * kl
        return bound.mean()

    def validate(self, network: nn.Module) -> dict[str, float]:
        assert isinstance(network, ConvVAE)
        generator = torch.Generator(device=self.test.device).manual_seed(0)
        picture = (self.test[:2000][:, None] > 127).float()
        reconstruction, kl = network(picture, generator)
        return {
            "elbo": -float((reconstruction + kl).mean()),
            "reconstruction": float(reconstruction.mean()),
            "kl": float(kl.mean()),
        }

    def statistics(self) -> dict[str, Any]:
        return describe(list(self.train[:MOST].cpu().numpy()))

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {}


MNIST_TRAIN = "train-images-idx3-ubyte.gz"
MNIST_TEST = "t10k-images-idx3-ubyte.gz"


def load_digits(folder: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return MNIST's (training, test) pictures, each (N, 28, 28) uint8, from gzipped IDX files."""
    return _read_idx(folder / MNIST_TRAIN), _read_idx(folder / MNIST_TEST)


def _read_idx(path: Path) -> NDArray[np.uint8]:
    try:
        raw = gzip.decompress(path.read_bytes())
    except (OSError, EOFError) as cause:
        raise InputError(f"{path} cannot be read.", "Put MNIST's four idx.gz files into one folder.") from cause
    rank = raw[3]
    shape = np.frombuffer(raw, ">i4", rank, 4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * rank).reshape(shape).copy()


def _grey_squares(folder: Path, size: int, recipe: Recipe) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    from PIL import Image, ImageOps

    def square(path: Path) -> NDArray[np.uint8]:
        picture = Image.fromarray(load_rgb(path)).convert("L")
        return np.array(ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS))

    squares = _readable(folder, square)
    training, validation = data.split(list(squares), max(recipe.held_out, 64))
    return np.stack([squares[p] for p in training]), np.stack([squares[p] for p in validation])
