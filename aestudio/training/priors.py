"""Priors fitted after training to where the training pictures really lie: a mixture of Gaussians, or one Gaussian."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from aestudio.models.latent import CorrelatedPrior, LatentNetwork, MixturePrior, Posterior

# More codes than these move the mixture no further.
MOST_CODES = 20_000
_FLOOR = 1e-4
# Rounds of the principal factor method: the second brings most of it, more than these nothing.
_ROUNDS = 6
# Of a dimension's variance at least this share is its own.
_OWN = 0.02
_BATCH = 500


@torch.inference_mode()
def codes(
    network: LatentNetwork, pictures: Tensor, labels: Tensor, generator: torch.Generator, size: int, draws: int = 1
) -> Tensor:
    """Return draws of the aggregated posterior (N * draws, size), of pictures (N, C, H, W) in 0..1.

    They are of the first ``size`` dimensions. Several ``draws`` of each picture's posterior keep few pictures from
    being learnt by heart.
    """
    posterior = Posterior(*(part[:, :size] for part in posteriors(network, pictures, labels)))
    return torch.cat([posterior.sample(generator) for _ in range(draws)])


@torch.inference_mode()
def posteriors(network: LatentNetwork, pictures: Tensor, labels: Tensor) -> Posterior:
    """Return q(z|x), each part (N, latent), of pictures (N, C, H, W) in 0..1."""
    found = [
        network.encode(picture, label if network.classes else None)
        for picture, label in zip(pictures.split(_BATCH), labels.split(_BATCH), strict=True)
    ]
    return Posterior(*(torch.cat(part) for part in zip(*found, strict=True)))


def fit_correlated(posterior: Posterior, rank: int, seed: int) -> CorrelatedPrior:
    """Return the correlated Gaussian of the aggregated posterior of q(z|x), each part (N, latent).

    The principal factor method (Harman, "Modern Factor Analysis", 1976, chapter 8): the eigenvectors of the covariance
    over what is each dimension's own, which is then what they leave over. Few pictures tell no more than a few
    hundred directions apart; what is left to each dimension keeps it from learning them by heart.
    """
    means = posterior.z_mean.float()
    covariance = torch.cov(means.mT) + torch.diag((2 * posterior.z_log_sigma.float()).exp().mean(0))
    variance = covariance.diagonal().clone()
    own, latent = variance, len(variance)
    prior = CorrelatedPrior(rank := min(rank, latent), latent)
    with torch.random.fork_rng([]):
        torch.manual_seed(seed)
        for _ in range(_ROUNDS):
            spread = own.sqrt()
            # Apple's GPUs lack what it is made of
            correlation = (covariance / spread / spread[:, None]).cpu()
            found = torch.svd_lowrank(correlation, min(latent, rank + 16), 6)
            directions, values = (part.to(means.device) for part in found[:2])
            prior.spread, prior.directions = spread, directions[:, :rank]
            prior.excess = (values[:rank] - 1).clamp(min=0)
            shared = own * (prior.directions.square() @ prior.excess)
            own = torch.maximum(variance - shared, _OWN * variance)
    prior.mean = means.mean(0)
    return prior


def fit_mixture(points: Tensor, components: int, seed: int) -> MixturePrior:
    """Return the mixture of Gaussians with full covariances that fits ``points`` (N, latent) best."""
    # scikit-learn takes a second to import, and only this needs it
    from sklearn.mixture import GaussianMixture

    count = min(components, len(points))
    mixture = GaussianMixture(count, covariance_type="full", reg_covar=_FLOOR, random_state=seed, max_iter=200)
    mixture.fit(points.cpu().double().numpy())
    prior = MixturePrior(components, points.shape[1])
    weights = torch.zeros(components, dtype=torch.float64)
    weights[:count] = torch.from_numpy(mixture.weights_)
    prior.log_weight.copy_(weights.clamp(min=1e-9).log())
    prior.mean[:count] = torch.from_numpy(mixture.means_).float()
    prior.factor[:count] = torch.linalg.cholesky(torch.from_numpy(mixture.covariances_)).float()
    return prior


def gain(prior: MixturePrior | CorrelatedPrior, points: Tensor) -> float:
    """Return how many nats likelier a prior finds ``points`` (N, latent) than N(0, I) does, in the mean.

    On draws of held-out pictures' posteriors this is by how much the bound rises.
    """
    normal = -0.5 * (points.square() + math.log(2 * math.pi)).sum(1)
    return float((prior.log_prob(points) - normal).mean())
