"""Networks with one latent vector: the plain autoencoder, the VAE, the conditional and the adversarial one."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aestudio.models.blocks import ResidualBlock
from aestudio.models.latent import Bound, LatentNetwork, Posterior

# The log of a standard deviation that stands for none: where an encoder gives points and no spread.
POINT = -20.0


class ConvEncoder(nn.Module):
    """Pictures (N, channels, size, size) to features (N, hidden), halved ``levels`` times on the way."""

    def __init__(self, size: int, channels: int, width: int, hidden: int, levels: int) -> None:
        super().__init__()
        widths = [width * min(2**level, 4) for level in range(levels)]
        steps = zip([channels, *widths[:-1]], widths, strict=True)
        self.shrink = nn.ModuleList(nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in steps)
        self.block = ResidualBlock(widths[-1])
        self.flat = nn.Linear(widths[-1] * (size >> levels) ** 2, hidden)

    def forward(self, picture: Tensor) -> Tensor:
        x = picture
        for shrink in self.shrink:
            x = F.silu(shrink(x))
        return F.silu(self.flat(self.block(x).flatten(1)))


class ConvDecoder(nn.Module):
    """Latent vectors (N, latent) to a likelihood's parameters (N, parameters, size, size)."""

    def __init__(self, size: int, parameters: int, width: int, hidden: int, levels: int, latent: int) -> None:
        super().__init__()
        widths = [width * min(2**level, 4) for level in range(levels)]
        self.coarse = (widths[-1], size >> levels, size >> levels)
        self.expand = nn.Sequential(
            nn.Linear(latent, hidden),
            nn.SiLU(),
            nn.Linear(hidden, hidden),
            nn.SiLU(),
            nn.Linear(hidden, widths[-1] * (size >> levels) ** 2),
        )
        self.block = ResidualBlock(widths[-1])
        steps = zip(widths[::-1], [*widths[-2::-1], parameters], strict=True)
        self.enlarge = nn.ModuleList(nn.ConvTranspose2d(a, b, 4, stride=2, padding=1) for a, b in steps)

    def forward(self, z: Tensor) -> Tensor:
        x = self.block(self.expand(z).view(-1, *self.coarse))
        for enlarge in self.enlarge:
            x = enlarge(F.silu(x))
        return x


class ConvVAE(LatentNetwork):
    """Kingma and Welling, "Auto-Encoding Variational Bayes", ICLR 2014, with strided convolutions.

    ``size`` must be a multiple of ``2 ** levels``. With ``classes`` it is the conditional VAE (Sohn, Lee and
    Yan, "Learning structured output representation using deep conditional generative models", NeurIPS 2015):
    encoder and decoder are told the label, so that the latent vector is left with the style.
    """

    def __init__(
        self,
        size: int = 28,
        channels: int = 1,
        latent: int = 2,
        width: int = 32,
        hidden: int = 256,
        levels: int = 2,
        classes: int = 0,
        likelihood: str = "bernoulli",
        components: int = 3,
        prior: int = 0,
    ) -> None:
        super().__init__(size, channels, likelihood, components, classes)
        self.latent = self.prior_size = latent
        self.encoder = ConvEncoder(size, channels, width, hidden, levels)
        self.posterior = nn.Linear(hidden + classes, 2 * latent)
        parameters = self.likelihood.channels_for(channels)
        self.decoder = ConvDecoder(size, parameters, width, hidden, levels, latent + classes)
        self.with_prior(prior)

    def encode(self, picture: Tensor, label: Tensor | None = None) -> Posterior:
        mean, log_sigma = self.posterior(self._told(self.encoder(picture), label)).float().chunk(2, 1)
        return Posterior(mean, log_sigma)

    def decode(self, z: Tensor, label: Tensor | None = None) -> Tensor:
        return self.decoder(self._told(z, label))

    def _told(self, values: Tensor, label: Tensor | None) -> Tensor:
        """Return the values with the label beside them; without a label every class is as likely."""
        if not self.classes:
            return values
        if label is None:
            told = values.new_full((len(values), self.classes), 1 / self.classes)
        else:
            told = F.one_hot(label, self.classes).to(values.dtype)
        return torch.cat([values, told], 1)


class Autoencoder(LatentNetwork):
    """The plain autoencoder (Hinton and Salakhutdinov, Science 2006), for comparison: points and no bound."""

    def __init__(
        self,
        size: int = 28,
        channels: int = 1,
        latent: int = 2,
        width: int = 32,
        hidden: int = 256,
        levels: int = 2,
        likelihood: str = "bernoulli",
        components: int = 3,
        prior: int = 0,
    ) -> None:
        super().__init__(size, channels, likelihood, components)
        self.latent = self.prior_size = latent
        self.encoder = ConvEncoder(size, channels, width, hidden, levels)
        self.code = nn.Linear(hidden, latent)
        self.decoder = ConvDecoder(size, self.likelihood.channels_for(channels), width, hidden, levels, latent)
        self.with_prior(prior)

    def encode(self, picture: Tensor, label: Tensor | None = None) -> Posterior:
        """Return the point that a picture becomes, with a spread of next to nothing."""
        z = self.code(self.encoder(picture)).float()
        return Posterior(z, torch.full_like(z, POINT))

    def decode(self, z: Tensor, label: Tensor | None = None) -> Tensor:
        return self.decoder(z)

    def bound(self, picture: Tensor, generator: torch.Generator | None = None, label: Tensor | None = None) -> Bound:
        """Return the reconstruction alone: a point has no divergence from a density, and so there is no bound."""
        log_x = self.likelihood.log_prob(self.decode(self.encode(picture).z_mean).float(), picture)
        return Bound(-log_x, log_x.new_zeros(len(log_x), 1), log_x)


class AdversarialAutoencoder(Autoencoder):
    """Makhzani et al., "Adversarial Autoencoders", ICLR workshop 2016, figure 1: a critic shapes the codes.

    The encoder learns codes that ``LatentCritic`` cannot tell from draws of N(0, I).
    """


class LatentCritic(nn.Module):
    """Says of latent vectors (N, latent) how much they look drawn from the prior: logits (N,)."""

    def __init__(self, latent: int, hidden: int = 256) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(latent, hidden),
            nn.LeakyReLU(0.2),
            nn.Linear(hidden, hidden),
            nn.LeakyReLU(0.2),
            nn.Linear(hidden, 1),
        )

    def forward(self, z: Tensor) -> Tensor:
        return self.layers(z)[:, 0]
