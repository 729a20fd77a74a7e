"""What every network with a latent space offers: posterior, prior, and the terms of its bound."""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn

from aestudio.models.likelihoods import make_likelihood


def standard_normal(like: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Return draws of N(0, 1) in the shape of ``like``, (N, ...).

    A generator with a ``share`` (rank, size) belongs to one of several processes that hold every ``size``-th picture
    of a batch each: then the whole batch's draws are made, and this process's are kept. One with ``rows``, a generator
    for each picture, draws for each what does not depend on the others.
    """
    rows = getattr(generator, "rows", None)
    if rows is not None:
        return torch.stack([torch.randn(like.shape[1:], generator=row) for row in rows]).to(like)
    rank, size = getattr(generator, "share", (0, 1))
    shape = (size * len(like), *like.shape[1:])
    return torch.randn(shape, generator=generator, device=like.device, dtype=like.dtype)[rank::size]


class Posterior(NamedTuple):
    """The diagonal Gaussian q(z|x): mean and log of the standard deviation, each (N, latent)."""

    z_mean: Tensor
    z_log_sigma: Tensor

    def sample(self, generator: torch.Generator | None = None) -> Tensor:
        """Return z = mean + sigma * epsilon, the reparameterised sample (N, latent)."""
        return self.z_mean + self.z_log_sigma.exp() * standard_normal(self.z_mean, generator)

    def kl(self) -> Tensor:
        """Return KL(q || N(0, I)) of each dimension, (N, latent), in nats (Kingma and Welling 2014, appendix B)."""
        mean, log_sigma = self
        return 0.5 * (mean**2 + (2 * log_sigma).exp() - 1 - 2 * log_sigma)

    def log_prob(self, z: Tensor) -> Tensor:
        """Return log q(z|x), (N,), in nats."""
        epsilon = (z - self.z_mean) * (-self.z_log_sigma).exp()
        return -(0.5 * epsilon**2 + self.z_log_sigma + 0.5 * math.log(2 * math.pi)).sum(1)


class Bound(NamedTuple):
    """The terms of the evidence lower bound of one draw of z, each (N, ...), in nats.

    ``reconstruction`` is -log p(x|z), (N,); ``kl`` that of each group of latents, (N, groups);
    ``log_weight`` is log p(x|z) + log p(z) - log q(z|x), (N,): its mean is the bound, the log-mean-exp
    of many draws an estimate of log p(x) (Burda, Grosse and Salakhutdinov, ICLR 2016, equation 8).
    """

    reconstruction: Tensor
    kl: Tensor
    log_weight: Tensor


class MixturePrior(nn.Module):
    """A mixture of Gaussians with full covariances over latent vectors (N, latent), in place of N(0, I)."""

    log_weight: Tensor
    mean: Tensor
    factor: Tensor

    def __init__(self, components: int, latent: int) -> None:
        super().__init__()
        self.register_buffer("log_weight", torch.full((components,), -math.log(components)))
        self.register_buffer("mean", torch.zeros(components, latent))
        self.register_buffer("factor", torch.eye(latent).repeat(components, 1, 1))

    @property
    def size(self) -> int:
        """How many latent dimensions it is of, from the first one on."""
        return self.mean.shape[1]

    def log_prob(self, z: Tensor) -> Tensor:
        """Return log p(z), (N,), in nats. ``factor`` holds the Cholesky factors of the covariances."""
        centred = (z[:, None] - self.mean).transpose(0, 1).mT
        scaled = torch.linalg.solve_triangular(self.factor, centred, upper=False)
        log_det = self.factor.diagonal(dim1=-2, dim2=-1).log().sum(1)
        constant = 0.5 * z.shape[1] * math.log(2 * math.pi)
        each = self.log_weight[:, None] - 0.5 * scaled.square().sum(1) - log_det[:, None] - constant
        return torch.logsumexp(each, 0)

    def place(self, epsilon: Tensor, share: Tensor) -> Tensor:
        """Return vectors of the mixture made of standard normal ones (N, latent) and uniform numbers (N,)."""
        edges = self.log_weight.float().exp().cumsum(0)
        which = torch.searchsorted(edges, share * edges[-1]).clamp(max=len(edges) - 1)
        return self.mean[which] + torch.einsum("nij,nj->ni", self.factor[which], epsilon)


class CorrelatedPrior(nn.Module):
    """A Gaussian over latent vectors (N, latent) whose numbers go together in ``rank`` directions.

    Its covariance is S (I + U diag(l) U^T) S, with S the diagonal of ``spread`` (latent,), U the orthonormal columns of
    ``directions`` (latent, rank) and l the ``excess`` (rank,): factor analysis (Lawley and Maxwell, "Factor Analysis
    as a Statistical Method", 1962), which takes latent x rank numbers where a full covariance takes latent^2.
    """

    mean: Tensor
    spread: Tensor
    directions: Tensor
    excess: Tensor

    def __init__(self, rank: int, latent: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(latent))
        self.register_buffer("spread", torch.ones(latent))
        self.register_buffer("directions", torch.eye(latent, rank))
        self.register_buffer("excess", torch.zeros(rank))

    @property
    def size(self) -> int:
        """How many latent dimensions it is of: all of them."""
        return len(self.mean)

    def log_prob(self, z: Tensor) -> Tensor:
        """Return log p(z), (N,), in nats."""
        white = (z - self.mean) / self.spread
        along = (white @ self.directions).square() @ (self.excess / (1 + self.excess))
        log_det = 2 * self.spread.log().sum() + self.excess.log1p().sum()
        return -0.5 * (white.square().sum(1) - along + log_det + z.shape[1] * math.log(2 * math.pi))

    def place(self, epsilon: Tensor, share: Tensor) -> Tensor:
        """Return vectors of the prior made of standard normal ones (N, latent); ``share`` has nothing to choose."""
        return self.mean + self.deviation(epsilon)

    def deviation(self, epsilon: Tensor) -> Tensor:
        """Return how far from the middle standard normal vectors (N, latent) come to lie, (N, latent)."""
        along = (epsilon @ self.directions) * ((1 + self.excess).sqrt() - 1)
        return self.spread * (epsilon + along @ self.directions.mT)


class LatentNetwork(nn.Module):
    """Pictures (N, channels, size, size) in 0..1 to latent vectors (N, latent) and back.

    ``classes`` is how many labels the network is told, 0 for none. ``prior`` is fitted after training, where there is
    one: a mixture to the first ``prior_size`` dimensions, or a correlated one to all of them; without it, and for the
    other dimensions, the prior is N(0, I).
    """

    scale = 1
    latent: int
    prior_size: int

    def __init__(self, size: int, channels: int, likelihood: str, components: int, classes: int = 0) -> None:
        super().__init__()
        self.size, self.channels, self.classes = size, channels, classes
        self.likelihood = make_likelihood(likelihood, components)
        self.prior: MixturePrior | CorrelatedPrior | None = None

    def with_prior(self, components: int, rank: int = 0) -> None:
        """Make room for a fitted prior: a mixture of so many components, or a correlated one of that rank.

        0 and 0 leave the standard normal one. Raises ValueError where both are asked for.
        """
        if components and rank:
            raise ValueError("a prior is a mixture or correlated")
        if rank:
            self.prior = CorrelatedPrior(rank, self.latent)
        else:
            self.prior = MixturePrior(components, self.prior_size) if components else None

    def group_sizes(self) -> list[int]:
        """Return how many of the latent dimensions each group of them has, the coarsest first."""
        return [self.latent]

    def log_prior(self, z: Tensor) -> Tensor:
        """Return log p(z), (N,), in nats."""
        normal = -0.5 * (z**2 + math.log(2 * math.pi))
        if self.prior is None:
            return normal.sum(1)
        return self.prior.log_prob(z[:, : self.prior.size]) + normal[:, self.prior.size :].sum(1)

    def encode(self, picture: Tensor, label: Tensor | None = None) -> Posterior:
        """Return q(z|x) of pictures (N, channels, size, size), each with its label (N,) where there are classes."""
        raise NotImplementedError

    def decode(self, z: Tensor, label: Tensor | None = None) -> Tensor:
        """Return the likelihood's parameters (N, ..., size, size) of latent vectors (N, latent)."""
        raise NotImplementedError

    def bound(self, picture: Tensor, generator: torch.Generator | None = None, label: Tensor | None = None) -> Bound:
        """Return the terms of the bound for one draw of the posterior."""
        return self.bound_of(self.encode(picture, label), picture, generator, label)

    def bound_of(
        self, posterior: Posterior, picture: Tensor, generator: torch.Generator | None, label: Tensor | None
    ) -> Bound:
        """Return the same, of a posterior that is known already."""
        z = posterior.sample(generator)
        log_x = self.likelihood.log_prob(self.decode(z, label).float(), picture)
        log_weight = log_x + self.log_prior(z) - posterior.log_prob(z)
        return Bound(-log_x, posterior.kl().sum(1, keepdim=True), log_weight)

    def forward(self, picture: Tensor, generator: torch.Generator | None = None, label: Tensor | None = None) -> Bound:
        return self.bound(picture, generator, label)

    def picture(self, z: Tensor, label: Tensor | None = None) -> Tensor:
        """Return the expected pictures (N, channels, size, size) in 0..1 of latent vectors (N, latent)."""
        return self.likelihood.mean(self.decode(z, label).float())
