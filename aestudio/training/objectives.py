"""What each task minimises and how it is watched: one objective per task, one shape for the loop."""

from __future__ import annotations

import gzip
import logging
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from aestudio.errors import InputError
from aestudio.imageio.simple import find_pictures, load_rgb
from aestudio.models.vae import ConvVAE
from aestudio.training import data
from aestudio.training.degradation import draw_sigma, gaussian_noise
from aestudio.training.recipes import Recipe

log = logging.getLogger(__name__)

VALIDATION_SIDE = 192
# What the sides of a validation picture are multiples of: every network here takes such sizes.
VALIDATION_STEP = 8
VALIDATION_SIGMA = 25


class Objective(Protocol):
    """A task to fit: batches with a loss, and a validation score."""

    pixels_per_step: int

    def loss(self, network: nn.Module, generator: torch.Generator, progress: float) -> Tensor:
        """Return the scalar loss of one fresh batch; ``progress`` in 0..1 is how far the run is."""
        ...

    def validate(self, network: nn.Module) -> dict[str, float]:
        """Return named scores on held-out pictures; the first one is better when higher."""
        ...

    def statistics(self) -> dict[str, float]:
        """Return what describes the training pictures, for the card."""
        ...


def make_objective(recipe: Recipe, folder: Path, device: torch.device) -> Objective:
    """Return the objective of a recipe over the pictures below ``folder``.

    Pictures that cannot be read are left out and named in the log. Raises InputError where none is left.
    """
    if recipe.task == "vae":
        return VaeObjective(recipe, folder, device)
    smallest = max(recipe.patch, VALIDATION_STEP) * recipe.scale
    usable = {k: p for k, p in _readable(folder, load_rgb).items() if min(p.shape[:2]) >= smallest}
    if not usable:
        raise InputError(
            f"No picture in {folder} is at least {smallest} pixels on its shorter side.",
            "Use larger pictures or a smaller patch.",
        )
    training, validation = data.split(list(usable), recipe.held_out)
    held_out = [_centre(usable[p], VALIDATION_STEP * recipe.scale) for p in validation]
    kind = DenoiseObjective if recipe.task == "denoise" else UpscaleObjective
    return kind(recipe, [usable[p] for p in training], held_out, device)


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


def _picture_statistics(pictures: Sequence[NDArray[np.uint8]]) -> dict[str, float]:
    luma = [p[::2, ::2].astype(np.float32).mean(2) / 255 for p in pictures]
    return {
        "luma_mean": float(np.mean([x.mean() for x in luma])),
        "luma_deviation": float(np.mean([x.std() for x in luma])),
        "gradient_mean": float(np.mean([np.abs(np.diff(x, axis=1)).mean() for x in luma])),
    }


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
        self._statistics = _picture_statistics(pictures)

    def loss(self, network: nn.Module, generator: torch.Generator, progress: float) -> Tensor:
        recipe = self.recipe
        crops, _ = self.pool.draw(recipe.batch, recipe.patch, generator)
        clean = crops.float() / 255
        sigma = draw_sigma(recipe.batch, recipe.highest_sigma, generator, clean.device)
        noisy, clean = gaussian_noise(clean, sigma, generator, recipe.clipped, recipe.grey)
        plane = sigma.expand(-1, 1, *noisy.shape[2:])
        restored = network(noisy.contiguous(memory_format=torch.channels_last), plane)
        error: Tensor = restored.float() - clean
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

    def statistics(self) -> dict[str, float]:
        return self._statistics


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
        self._statistics = _picture_statistics(pictures)

    def loss(self, network: nn.Module, generator: torch.Generator, progress: float) -> Tensor:
        large, small = self.pool.draw(self.recipe.batch, self.recipe.patch, generator)
        picture = (small.float() / 255).contiguous(memory_format=torch.channels_last)
        error: Tensor = network(picture).float() - large.float() / 255
        return error.abs().mean()

    def validate(self, network: nn.Module) -> dict[str, float]:
        scores = [_psnr(network(small).float(), large) for large, small in self.held_out]
        return {"psnr": sum(scores) / len(scores)}

    def statistics(self) -> dict[str, float]:
        return self._statistics


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
        self.pixels_per_step = recipe.batch * size**2

    def loss(self, network: nn.Module, generator: torch.Generator, progress: float) -> Tensor:
        device = self.train.device
        which = torch.randint(len(self.train), (self.recipe.batch,), generator=generator, device=device)
        grey = self.train[which][:, None].float() / 255
        picture = (torch.rand(grey.shape, generator=generator, device=device) < grey).float()
        reconstruction, kl = network(picture, generator)
        weight = self.recipe.beta * min(1.0, progress / self.recipe.kl_warmup if self.recipe.kl_warmup else 1.0)
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

    def statistics(self) -> dict[str, float]:
        sample = self.train[:2000].float() / 255
        return {"luma_mean": float(sample.mean()), "luma_deviation": float(sample.std())}


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
