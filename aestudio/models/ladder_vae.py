"""The hierarchical VAE: latents in groups from coarse to fine, inferred on the way down."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.blocks import ResidualBlock, initialise
from aestudio.models.latent import Bound, LatentNetwork, Posterior

_LEVELS = re.compile(r"^(down|enlarge)\.(\d+)\.")
"""What of a tensor's name says at which level of the way down it works."""


class LatentGroup(nn.Module):
    """One group: p(z | above), q(z | above, x), and how z changes the features on their way down.

    Vahdat and Kautz, "NVAE", NeurIPS 2020, section 3.2 (residual normal distributions): the posterior is
    told relative to the prior, q = N(mean_p + sigma_p * m, (sigma_p * s)^2). So e = (z - mean_p) / sigma_p
    is N(0, I) under the prior and N(m, s^2) under the posterior, and the KL is that of those two.
    """

    def __init__(self, width: int, channels: int, blocks: int) -> None:
        super().__init__()
        self.channels = channels
        self.prior = nn.Conv2d(width, 2 * channels, 1)
        self.compare = nn.Conv2d(2 * width, width, 1)
        self.posterior = nn.Conv2d(width, 2 * channels, 3, padding=1)
        self.merge = nn.Conv2d(channels, width, 1)
        self.blocks = _stage(width, blocks)

    def compare_with(self, down: Tensor, up: Tensor) -> Tensor:
        """Return mean and log sigma of q, whitened, (N, 2 * channels, H, W), of what comes down and what went up."""
        return self.posterior(F.silu(self.compare(torch.cat([down, up], 1))))

    def forward(self, down: Tensor, whitened: Tensor) -> Tensor:
        mean, log_sigma = self.prior(down).chunk(2, 1)
        z = mean + (5 * torch.tanh(log_sigma / 5)).exp() * whitened
        return self.blocks(down + self.merge(z))


class LadderVAE(LatentNetwork):
    """Bidirectional hierarchical VAE (Sønderby et al., "Ladder Variational Autoencoders", NeurIPS 2016).

    With residual groups as in NVAE and as in Child, "Very Deep VAEs", ICLR 2021. The picture is folded by 2,
    goes up through ``widths`` (fine to coarse, each level half as large) and becomes a vector of ``top``
    dimensions; on the way down each level has ``groups`` groups of ``depth`` channels of latents, or none.
    A latent vector holds the top and then every group, all whitened: N(0, I) under the prior.

    What looks at the picture may be smaller than what paints it: the picture is halved ``halved`` times on its way to
    the network, and so many of the finest levels only paint (they have no groups).
    """

    def __init__(
        self,
        size: int = 28,
        channels: int = 1,
        widths: Sequence[int] = (32, 64),
        groups: Sequence[int] = (0, 2),
        depth: Sequence[int] = (1, 4),
        blocks: int = 1,
        top: int = 32,
        hidden: int = 256,
        likelihood: str = "bernoulli",
        components: int = 3,
        prior: int = 0,
        halved: int = 0,
        prior_rank: int = 0,
    ) -> None:
        if not 0 <= halved < len(widths) or any(groups[:halved]):
            raise ValueError("a level that only paints has no latents")
        super().__init__(size, channels, likelihood, components)
        self.halved = halved
        sides = [size // 2 >> level for level in range(len(widths))]
        self.shapes = [
            (deep, side, side)
            for many, deep, side in reversed(list(zip(groups, depth, sides, strict=True)))
            for _ in range(many)
        ]
        self.prior_size = top
        self.latent = sum(self.group_sizes())
        self.coarse = (widths[-1], sides[-1], sides[-1])
        flat = widths[-1] * sides[-1] ** 2
        steps = list(pairwise(widths))
        self.stem = nn.Conv2d(4 * channels, widths[halved], 3, padding=1)
        self.up = nn.ModuleList(_stage(w, blocks) for w in widths[halved:])
        self.shrink = nn.ModuleList(nn.Conv2d(a, b, 2, stride=2) for a, b in steps[halved:])
        self.to_top = nn.Sequential(nn.Linear(flat, hidden), nn.SiLU(), nn.Linear(hidden, 2 * top))
        self.from_top = nn.Sequential(nn.Linear(top, hidden), nn.SiLU(), nn.Linear(hidden, flat))
        self.down = nn.ModuleList(
            nn.ModuleList(LatentGroup(w, deep, blocks) for _ in range(many))
            for w, deep, many in zip(widths, depth, groups, strict=True)
        )
        self.enlarge = nn.ModuleList(
            nn.Sequential(nn.ConvTranspose2d(b, a, 2, stride=2), _stage(a, blocks)) for a, b in steps
        )
        self.head = nn.Conv2d(widths[0], 4 * self.likelihood.channels_for(channels), 3, padding=1)
        initialise(self)
        with torch.no_grad():
            # the posterior starts as the prior, the picture as the likelihood's middle
            cast("nn.Linear", self.to_top[2]).weight.mul_(0.01)
            self.head.weight.mul_(0.1)
            for module in self.modules():
                if isinstance(module, LatentGroup):
                    module.posterior.weight.mul_(0.01)
                    module.prior.weight.mul_(0.1)
        self.with_prior(prior, prior_rank)

    @staticmethod
    def one_level_coarser(state: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return a state under the names of a network for pictures twice as large that looks at them halved.

        Only how the larger picture is painted is not in it.
        """
        moved = {_LEVELS.sub(lambda at: f"{at[1]}.{int(at[2]) + 1}.", name): value for name, value in state.items()}
        return {name: value for name, value in moved.items() if not name.startswith("head.")}

    def group_sizes(self) -> list[int]:
        return [self.prior_size, *(c * h * w for c, h, w in self.shapes)]

    def encode(self, picture: Tensor, label: Tensor | None = None) -> Posterior:
        """Return q(z|x), each group's given the means of those above it."""
        found, _ = self._infer(self.ascend(picture), lambda q: q.z_mean)
        mean, log_sigma = (torch.cat(part, 1) for part in zip(*found, strict=True))
        return Posterior(mean, log_sigma)

    def decode(self, z: Tensor, label: Tensor | None = None) -> Tensor:
        top, *rest = z.split(self.group_sizes(), 1)
        whitened = iter([part.view(-1, *shape) for part, shape in zip(rest, self.shapes, strict=True)])
        features = self._descend(top, lambda group, level, features: next(whitened))
        return self._paint(features)

    def ascend(self, picture: Tensor) -> list[Tensor]:
        """Return the features that go up, fine to coarse, of the levels that look at the picture."""
        seen = F.avg_pool2d(picture, 2**self.halved) if self.halved else picture
        features = self.stem(F.pixel_unshuffle(2 * seen - 1, 2))
        rising = []
        for level, stage in enumerate(self.up):
            features = stage(features if level == 0 else self.shrink[level - 1](features))
            rising.append(features)
        return rising

    def bound(self, picture: Tensor, generator: torch.Generator | None = None, label: Tensor | None = None) -> Bound:
        """Return the terms of the bound; ``kl`` has a column for each group, (N, 1 + groups)."""
        drawn: list[Tensor] = []

        def draw(posterior: Posterior) -> Tensor:
            drawn.append(posterior.sample(generator))
            return drawn[-1]

        found, features = self._infer(self.ascend(picture), draw)
        log_x = self.likelihood.log_prob(self._paint(features).float(), picture)
        kl = torch.stack([q.kl().sum(1) for q in found], 1)
        log_posterior = torch.stack([q.log_prob(z) for q, z in zip(found, drawn, strict=True)]).sum(0)
        return Bound(-log_x, kl, log_x + self.log_prior(torch.cat(drawn, 1)) - log_posterior)

    def _infer(self, rising: list[Tensor], choose: Callable[[Posterior], Tensor]) -> tuple[list[Posterior], Tensor]:
        """Return each group's posterior, (N, its size), and the features at the end of the way down."""
        found = [_bounded(self.to_top(rising[-1].flatten(1)))]

        def latents(group: LatentGroup, level: int, features: Tensor) -> Tensor:
            mean_and_spread = group.compare_with(features, rising[level - self.halved])
            found.append(_bounded(torch.cat([t.flatten(1) for t in mean_and_spread.chunk(2, 1)], 1)))
            return choose(found[-1]).view(-1, group.channels, *features.shape[2:])

        return found, self._descend(choose(found[0]), latents)

    def _descend(self, top: Tensor, latents: Callable[[Any, int, Tensor], Tensor]) -> Tensor:
        """Return the features at the end of the way down; ``latents`` says what each group is to take in."""
        features = self.from_top(top).view(-1, *self.coarse)
        for level in reversed(range(len(self.down))):
            for group in cast("nn.ModuleList", self.down[level]):
                features = group(features, latents(group, level, features))
            if level:
                features = self.enlarge[level - 1](features)
        return features

    def _paint(self, features: Tensor) -> Tensor:
        return F.pixel_shuffle(self.head(F.silu(features)), 2)


def _bounded(mean_and_spread: Tensor) -> Posterior:
    """Return the posterior of a layer's output (N, 2 * size), its standard deviation within e^-5..e^5."""
    mean, log_sigma = mean_and_spread.float().chunk(2, 1)
    return Posterior(mean, 5 * torch.tanh(log_sigma / 5))


def _stage(width: int, blocks: int) -> nn.Sequential:
    return nn.Sequential(*(ResidualBlock(width) for _ in range(blocks)))
