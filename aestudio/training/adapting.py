"""Learning from noisy pictures alone when there is a model to begin with: it makes the pictures that it learns from.

Restored by that model and made smaller, the pictures are all but clean and as sharp as any, since what was left of
noise is averaged out; they are given noise as it was measured on the pictures themselves, and the network learns to
undo that (data refinement: Zhang et al., IDR, CVPR 2022). Of the pictures as they are the network may take away no
more than their noise, and none of their local brightness: what is stronger is detail (the discrepancy principle,
Morozov 1966). So also noise that neighbouring pixels share, a camera's own, is learned as noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.imageio.resample import resize, to_uint8
from aestudio.models.unet import PhotoUNet
from aestudio.training import data
from aestudio.training.degradation import local_level
from aestudio.training.measured_noise import NoiseMaker, Pixels, measure
from aestudio.training.objective import Batch, Extent, When
from aestudio.training.recipes import Recipe
from aestudio.training.selfsupervised import SelfSupervisedObjective, db, mean
from aestudio.training.streaming import number_of
from aestudio.training.yardstick import yardstick

# How much smaller restored pictures become.
SMALLER = (0.5, 0.7)
# More pictures than these are neither measured nor restored beforehand.
MOST_PICTURES = 200
# A picture is restored in windows of this side, of which so much more is seen around; multiples of what networks take.
_WINDOW = 512
_MARGIN = 48
# Noise is taken for stronger or weaker than measured by up to these factors.
_WEAKEST, _STRONGEST = 0.8, 1.3
# So much more than the measured noise may be taken away: the smoothest blocks, by which it is measured, hold less of it
# than others.
ROOM = 1.6
# PSNR on held-out pictures that were restored, made smaller and given measured noise: there is no truth of the others.
SCORE = "simulated"
LEVEL_WEIGHT, EXCESS_WEIGHT, SHADE_WEIGHT = 0.25, 2.0, 0.5


class NothingToAdaptTo(Exception):
    """Pictures too small, or too busy everywhere, for their noise to be measured."""


class AdaptingObjective(SelfSupervisedObjective):
    """L1 to shrunken restored crops under measured noise, and bounds on what is taken away from noisy crops.

    ``begun_with`` is the network that the run starts from. Raises NothingToAdaptTo where no picture's
    noise can be measured, or none is as large as a crop when it is made smaller.
    """

    def __init__(
        self,
        recipe: Recipe,
        pictures: Sequence[Pixels],
        held_out: Sequence[Pixels],
        device: torch.device,
        begun_with: nn.Module,
    ) -> None:
        super().__init__(recipe, pictures, held_out, device)
        # crops of the pictures as they are have to be as large as those of their targets
        large = [picture for picture in pictures[:MOST_PICTURES] if min(picture.shape[:2]) >= recipe.patch]
        known = [(picture, measure(picture)) for picture in large]
        measured = [(picture, noise) for picture, noise in known if noise is not None]
        targets = [small for picture, _ in measured for small in _smaller(begun_with, picture, device)]
        targets = [target for target in targets if min(target.shape[:2]) >= recipe.patch]
        if not targets:
            raise NothingToAdaptTo
        self.maker = NoiseMaker([noise for _, noise in measured], recipe.patch, device)
        self.targets = data.PicturePool(targets, device)
        self.noisy = [torch.from_numpy(picture).to(device) for picture, _ in measured]
        self.pairs = self._pairs(
            [small for picture in held_out for small in _smaller(begun_with, picture, device)], device
        )
        # the noise that the held-out ones are given is that of the others
        self.yardstick = yardstick(recipe, [*held_out, *pictures[:MOST_PICTURES]], SCORE, recipe.patch)
        # of a batch, half is given noise and half is as it is
        self.crops = max(1, recipe.batch // 2)
        self.pixels_per_step = 2 * self.crops * recipe.patch**2

    def _pairs(self, targets: Sequence[Pixels], device: torch.device) -> list[tuple[Tensor, Tensor]]:
        """Return the middles of held-out targets, each given noise and as it is; of the first crop where none is large
        enough."""
        side = self.recipe.patch
        large = [target for target in targets if min(target.shape[:2]) >= side]
        crops = [torch.from_numpy(_middle(target, side)).permute(2, 0, 1)[None].to(device) for target in large]
        if not crops:
            self.unseen = 0
            generator = torch.Generator(device=device).manual_seed(0)
            crops = [self.targets.draw(1, side, generator)[0]]
        pairs = []
        for number, crop in enumerate(crops):
            generator = torch.Generator(device=device).manual_seed(number)
            clean = crop.float() / 255
            pairs.append(((clean + self.maker.draw(clean, generator)).clamp(0, 1), clean))
        return pairs

    def validate(self, network: nn.Module) -> dict[str, float]:
        return {SCORE: mean([db(network(given).float(), clean) for given, clean in self.pairs])}

    def extent(self) -> Extent:
        scores = [db(given, clean) for given, clean in self.pairs]
        return Extent(number_of(self.pictures), self.unseen, mean(scores))

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        patch = self.recipe.patch
        clean = self.targets.draw(self.crops, patch, generator)[0].float() / 255
        span = _STRONGEST - _WEAKEST
        factor = _WEAKEST + span * torch.rand(self.crops, 1, 1, 1, generator=generator, device=clean.device)
        given = clean + factor * self.maker.draw(clean, generator)
        given = (given.clamp(0, 1) * 255).round() / 255
        which = torch.randint(0, len(self.noisy), (self.crops,), generator=generator, device=clean.device)
        places = torch.rand(self.crops, 2, generator=generator, device=clean.device)
        # fetched together: a GPU is waited for once, not for every crop
        chosen = torch.cat([which[:, None].float(), places], 1).tolist()
        taken = torch.stack([_crop(self.noisy[int(i)], place, patch) for i, *place in chosen])
        level = self.maker.level(_around(taken.mean(1, keepdim=True)), which)
        return (*map(_last, (given, taken)), clean, level)

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        given, taken, clean, level = batch
        true, told = local_level(given - clean), cast("PhotoUNet", network).level(given).float()
        loss: Tensor = (network(given, told).float() - clean).abs().mean() + LEVEL_WEIGHT * (told - true).abs().mean()
        removed = taken - network(taken).float()
        strength = (_around(removed.square().mean(1, keepdim=True)) + 1e-8).sqrt()
        excess = torch.relu(strength - ROOM * level).mean()
        # a patch may be smaller than that
        shade = F.avg_pool2d(removed, min(32, *removed.shape[2:]), 8).abs().mean()
        return loss + EXCESS_WEIGHT * excess + SHADE_WEIGHT * shade


def _smaller(network: nn.Module, picture: Pixels, device: torch.device) -> list[Pixels]:
    """Return the picture restored and made smaller, once for each factor in SMALLER."""
    step = max(getattr(network, "size_multiple", 8), 8)
    # what is left at the edges is less than the network can take
    high, wide = (n // step * step for n in picture.shape[:2])
    given = torch.from_numpy(picture[:high, :wide].transpose(2, 0, 1)[None].copy())
    restored = np.empty((high, wide, 3), np.float32)
    for top in range(0, high, _WINDOW):
        for left in range(0, wide, _WINDOW):
            first = max(0, top - _MARGIN), max(0, left - _MARGIN)
            last = min(high, top + _WINDOW + _MARGIN), min(wide, left + _WINDOW + _MARGIN)
            with torch.inference_mode():
                part = given[..., first[0] : last[0], first[1] : last[1]].to(device).float() / 255
                done = network(part).float()[0].permute(1, 2, 0).clamp(0, 1).cpu().numpy()
            inner = done[top - first[0] :, left - first[1] :][:_WINDOW, :_WINDOW]
            restored[top : top + _WINDOW, left : left + _WINDOW] = inner
    sizes = [tuple(max(1, int(n * factor)) for n in (high, wide)) for factor in SMALLER]
    return [
        to_uint8(resize(restored * 255, (size[0], size[1]), factor))
        for size, factor in zip(sizes, SMALLER, strict=True)
    ]


def _middle(picture: Pixels, side: int) -> Pixels:
    top, left = ((n - side) // 2 for n in picture.shape[:2])
    return np.ascontiguousarray(picture[top : top + side, left : left + side])


def _crop(picture: Tensor, place: Sequence[float], side: int) -> Tensor:
    """Return (3, side, side) in 0..1 of bytes (H, W, 3), at a place given as shares in 0..1 of what is free."""
    top, left = (int(share * (n - side + 1)) for share, n in zip(place, picture.shape[:2], strict=True))
    return picture[top : top + side, left : left + side].permute(2, 0, 1).float() / 255


def _around(values: Tensor) -> Tensor:
    """Return means over 12 pixels around every fourth."""
    return F.avg_pool2d(values, 12, 4)


def _last(values: Tensor) -> Tensor:
    return values.contiguous(memory_format=torch.channels_last)
