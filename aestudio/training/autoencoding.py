"""What networks with a latent space minimise: the bound on the likelihood, or a critic's complaint."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.errors import InputError
from aestudio.models.latent import Bound, LatentNetwork, standard_normal
from aestudio.models.likelihoods import binarise, make_likelihood
from aestudio.models.vae import AdversarialAutoencoder, Autoencoder, LatentCritic
from aestudio.training import squares
from aestudio.training.kinds import MOST, describe
from aestudio.training.muon import MuonAdamW
from aestudio.training.objective import Batch, Example, Extent, Position, When
from aestudio.training.recipes import Recipe
from aestudio.training.sources import Source, cache_bytes, whole_bytes
from aestudio.training.yardstick import yardstick

# At least so many pictures of a folder are held out, and at most so many are looked at to validate.
LEAST_HELD_OUT = 64
MOST_VALIDATED = 1000
_VALIDATION_BATCH = 100


def free_kl(kl: Tensor, free: float) -> Tensor:
    """Return the KL (N, groups) summed over groups, each group's mean counted as at least ``free`` nats.

    Kingma et al., "Improved variational inference with inverse autoregressive flow", NeurIPS 2016, equation 15.
    """
    return kl.mean(0).clamp(min=free).sum()


class VaeObjective:
    """The negative evidence lower bound. Under a Bernoulli likelihood pixels are binarised anew in each step."""

    def __init__(
        self,
        recipe: Recipe,
        folder: Path | Source,
        device: torch.device,
        say: Callable[[str], None] = lambda text: None,
        position: Position | None = None,
    ) -> None:
        arguments = recipe.arguments
        size, channels = int(arguments.get("size", 28)), int(arguments.get("channels", 1))
        # they lie in memory twice while they are put together
        room = whole_bytes(cache_bytes(recipe.cache_mb, device) // 2)
        held = max(recipe.held_out, LEAST_HELD_OUT)
        tried = int(position["tried"]) if position else None
        train, held_out = squares.load(folder, size, channels, held, room, say, tried)
        self.classes: tuple[str, ...] = ()
        if arguments.get("classes"):
            self.classes = train.classes
            if not self.classes:
                raise InputError(
                    f"The pictures in {Source.of(folder).where} have no classes.",
                    "Sort them into one folder per class.",
                )
            recipe = dataclasses.replace(recipe, arguments={**arguments, "classes": len(self.classes)})
        self.recipe = recipe
        self.binary = make_likelihood(str(arguments.get("likelihood", "bernoulli"))).binary
        self.squares = train
        self.train, self.labels = _on(train, device)
        grey, self.held_out_labels = (t[:MOST_VALIDATED] for t in _on(held_out, device))
        self.held_out = grey.float() / 255
        if self.binary:
            self.held_out = binarise(self.held_out, torch.Generator(device=device).manual_seed(0))
        self.yardstick = yardstick(recipe, [held_out.pictures[:MOST_VALIDATED]], recipe.architecture)
        self._generator: torch.Generator | None = None
        self.crops = recipe.batch
        self.pixels_per_step = recipe.batch * size**2

    def draw(self, generator: torch.Generator, moment: When) -> Batch:
        self._generator = generator
        device = self.train.device
        which = torch.randint(len(self.train), (self.recipe.batch,), generator=generator, device=device)
        picture = self._pictures(which, generator)
        if self.recipe.flip:
            mirrored = torch.rand(len(which), 1, 1, 1, generator=generator, device=picture.device) < 0.5
            picture = torch.where(mirrored, picture.flip(3), picture)
        return picture.contiguous(memory_format=torch.channels_last), self.labels[which], which

    def some_training(self, most: int, generator: torch.Generator) -> Batch:
        """Return up to ``most`` training pictures (N, C, H, W) as the network sees them, and their labels."""
        which = torch.randperm(len(self.train), generator=generator, device=self.train.device)[:most]
        return self._pictures(which, generator), self.labels[which]

    def _pictures(self, which: Tensor, generator: torch.Generator) -> Tensor:
        picture = self.train[which].float() / 255
        return binarise(picture, generator) if self.binary else picture

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        picture, label, _ = batch
        bound: Bound = network(picture, self._generator, label)
        return bound.reconstruction.mean() + self._weight(moment) * free_kl(bound.kl, self.recipe.free_bits)

    def _weight(self, moment: When) -> float:
        return self.recipe.beta * min(1.0, moment.progress / self.recipe.kl_warmup if self.recipe.kl_warmup else 1.0)

    def validate(self, network: nn.Module) -> dict[str, float]:
        """Return the bound in nats and its parts, bits per dimension, and the PSNR of reconstructions in dB.

        A plain autoencoder has no bound: of it the likelihood of pictures given their codes counts, in nats.
        """
        network = cast("LatentNetwork", network)
        generator = torch.Generator(device=self.train.device).manual_seed(0)
        reconstruction, kl, error = 0.0, 0.0, 0.0
        parts = zip(self.held_out.split(_VALIDATION_BATCH), self.held_out_labels.split(_VALIDATION_BATCH), strict=True)
        for picture, label in parts:
            bound = network(picture, generator, label)
            reconstruction += float(bound.reconstruction.sum())
            kl += float(bound.kl.sum())
            shown = network.picture(network.encode(picture, label).z_mean, label)
            error += float((shown - picture).square().flatten(1).mean(1).clamp(min=1e-10).log10().sum())
        count = len(self.held_out)
        psnr = -10 * error / count
        if isinstance(network, Autoencoder):
            return {"log_likelihood": -reconstruction / count, "reconstruction": reconstruction / count, "psnr": psnr}
        total = (reconstruction + kl) / count
        return {
            "elbo": -total,
            "reconstruction": reconstruction / count,
            "kl": kl / count,
            "bits_per_dim": total / math.log(2) / self.held_out[0].numel(),
            "psnr": psnr,
        }

    def extent(self) -> Extent:
        return Extent(len(self.train), len(self.held_out))

    def examples(self, network: nn.Module, most: int) -> list[Example]:
        network = cast("LatentNetwork", network)
        pictures, labels = self.held_out[:most], self.held_out_labels[:most]
        shown = network.picture(network.encode(pictures, labels).z_mean, labels)
        return [Example(picture, now, picture) for picture, now in zip(pictures, shown, strict=True)]

    def statistics(self) -> dict[str, Any]:
        return describe(list(self.train[:MOST].permute(0, 2, 3, 1).cpu().numpy()))

    def renew(self) -> None:
        # all of them are in memory
        return

    def position(self) -> Position:
        return {"tried": self.squares.tried} if self.squares.tried else {}

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {}


class AdversarialObjective(VaeObjective):
    """Reconstruction, and a critic that shall not tell codes from draws of N(0, I) (Makhzani et al., 2016)."""

    RATE = 1e-3

    def __init__(
        self,
        recipe: Recipe,
        folder: Path | Source,
        device: torch.device,
        say: Callable[[str], None] = lambda text: None,
        position: Position | None = None,
    ) -> None:
        super().__init__(recipe, folder, device, say, position)
        torch.manual_seed(recipe.seed)
        self.critic = LatentCritic(int(recipe.arguments.get("latent", 2))).to(device)
        self.optimiser = MuonAdamW([], self.critic.parameters(), adamw_rate=self.RATE)

    def loss(self, network: nn.Module, batch: Batch, moment: When) -> Tensor:
        picture, *_ = batch
        network = cast("AdversarialAutoencoder", network)
        codes = network.encode(picture).z_mean
        log_x = network.likelihood.log_prob(network.decode(codes).float(), picture)
        self._learn(codes.detach())
        self.critic.requires_grad_(False)
        complaint = F.softplus(-self.critic(codes)).mean()
        self.critic.requires_grad_(True)
        return -log_x.mean() + self.recipe.adversarial * complaint

    def validate(self, network: nn.Module) -> dict[str, float]:
        """Return what a plain autoencoder is judged by, and how well the critic tells codes from draws of N(0, I).

        The share that it tells, "told_apart", is 0.5 where it has to guess.
        """
        encoded = cast("AdversarialAutoencoder", network).encode
        codes = torch.cat([encoded(part).z_mean for part in self.held_out.split(_VALIDATION_BATCH)])
        prior = standard_normal(codes, torch.Generator(device=codes.device).manual_seed(0))
        told = [(self.critic(codes) < 0).float().mean(), (self.critic(prior) > 0).float().mean()]
        return {**super().validate(network), "told_apart": float(sum(told) / 2)}

    def _learn(self, codes: Tensor) -> None:
        prior = standard_normal(codes, self._generator)
        self.optimiser.zero_grad(set_to_none=True)
        (F.softplus(self.critic(codes)).mean() + F.softplus(-self.critic(prior)).mean()).backward()
        self.optimiser.step()

    def companions(self) -> dict[str, tuple[nn.Module, MuonAdamW]]:
        return {"critic": (self.critic, self.optimiser)}


def _on(pictures: squares.Squares, device: torch.device) -> tuple[Tensor, Tensor]:
    """Return pictures (N, C, H, W) uint8 and labels (N,), on the device; a processor keeps no second copy of them."""
    planes = torch.from_numpy(pictures.pictures).permute(0, 3, 1, 2)
    return planes.to(device), torch.from_numpy(pictures.labels).to(device)
