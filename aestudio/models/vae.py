"""The first variational autoencoder: convolutional, diagonal Gaussian posterior, Bernoulli pixels."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Posterior(NamedTuple):
    """The diagonal Gaussian q(z|x): mean and log of the standard deviation, each (N, latent)."""

    z_mean: Tensor
    z_log_sigma: Tensor

    def sample(self, generator: torch.Generator | None = None) -> Tensor:
        """Return z = mean + sigma * epsilon, the reparameterised sample (N, latent)."""
        epsilon = torch.randn(
            self.z_mean.shape, generator=generator, device=self.z_mean.device, dtype=self.z_mean.dtype
        )
        return self.z_mean + self.z_log_sigma.exp() * epsilon


class ElboTerms(NamedTuple):
    """The two halves of the negative evidence lower bound, each (N,), in nats."""

    reconstruction: Tensor
    kl: Tensor


class ConvVAE(nn.Module):
    """Kingma and Welling, "Auto-Encoding Variational Bayes", ICLR 2014, with strided convolutions.

    Pictures are (N, channels, size, size) in 0..1, each pixel a Bernoulli probability; ``size``
    must be a multiple of 4. ``decode`` gives logits; ``torch.sigmoid`` of them is the picture.
    """

    scale = 1

    def __init__(self, size: int = 28, channels: int = 1, latent: int = 2, width: int = 32, hidden: int = 256) -> None:
        super().__init__()
        self.size, self.channels, self.latent = size, channels, latent
        self.side, self.width = size // 4, 2 * width
        self.encoder = nn.Sequential(
            nn.Conv2d(channels, width, 4, stride=2, padding=1),
            nn.SiLU(),
            nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
            nn.SiLU(),
            nn.Flatten(),
            nn.Linear(2 * width * self.side**2, hidden),
            nn.SiLU(),
        )
        self.z_mean = nn.Linear(hidden, latent)
        self.z_log_sigma = nn.Linear(hidden, latent)
        self.expand = nn.Sequential(
            nn.Linear(latent, hidden),
            nn.SiLU(),
            nn.Linear(hidden, hidden),
            nn.SiLU(),
            nn.Linear(hidden, 2 * width * self.side**2),
            nn.SiLU(),
        )
        self.decoder = nn.Sequential(
            nn.ConvTranspose2d(2 * width, width, 4, stride=2, padding=1),
            nn.SiLU(),
            nn.ConvTranspose2d(width, channels, 4, stride=2, padding=1),
        )

    def encode(self, picture: Tensor) -> Posterior:
        """Return q(z|x) of pictures (N, channels, size, size)."""
        x = self.encoder(picture)
        return Posterior(self.z_mean(x), self.z_log_sigma(x))

    def decode(self, z: Tensor) -> Tensor:
        """Return Bernoulli logits (N, channels, size, size) of latent vectors (N, latent)."""
        x = self.expand(z).view(-1, self.width, self.side, self.side)
        return self.decoder(x)

    def forward(self, picture: Tensor, generator: torch.Generator | None = None) -> ElboTerms:
        """Return reconstruction loss and KL divergence of each picture, in nats (equation 10)."""
        posterior = self.encode(picture)
        logits = self.decode(posterior.sample(generator))
        reconstruction = F.binary_cross_entropy_with_logits(logits, picture, reduction="none").flatten(1).sum(1)
        mean, log_sigma = posterior
        kl = 0.5 * (mean**2 + (2 * log_sigma).exp() - 1 - 2 * log_sigma).sum(1)
        return ElboTerms(reconstruction, kl)
