"""A prior fitted after training: a mixture of Gaussians over where the training pictures really lie."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from aestudio.models.latent import LatentNetwork, MixturePrior

# More codes than these move the mixture no further.
MOST_CODES = 20_000
_FLOOR = 1e-4
_BATCH = 500


@torch.inference_mode()
def codes(
    network: LatentNetwork, pictures: Tensor, labels: Tensor, generator: torch.Generator, draws: int = 1
) -> Tensor:
    """Return draws of the aggregated posterior (N * draws, prior_size), of pictures (N, C, H, W) in 0..1.

    Several ``draws`` of each picture's posterior keep few pictures from being learnt by heart.
    """
    drawn = []
    for picture, label in zip(pictures.split(_BATCH), labels.split(_BATCH), strict=True):
        posterior = network.encode(picture, label if network.classes else None)
        drawn += [posterior.sample(generator)[:, : network.prior_size] for _ in range(draws)]
    return torch.cat(drawn)


def fit_mixture(points: Tensor, components: int, seed: int) -> MixturePrior:
    """Return the mixture of Gaussians with full covariances that fits ``points`` (N, latent) best."""
    # scikit-learn takes a second to import, and only this needs it
    from sklearn.mixture import GaussianMixture

    count = min(components, len(points))
    mixture = GaussianMixture(count, covariance_type="full", reg_covar=_FLOOR, random_state=seed, max_iter=200)
    mixture.fit(points.double().cpu().numpy())
    prior = MixturePrior(components, points.shape[1])
    weights = torch.zeros(components, dtype=torch.float64)
    weights[:count] = torch.from_numpy(mixture.weights_)
    prior.log_weight.copy_(weights.clamp(min=1e-9).log())
    prior.mean[:count] = torch.from_numpy(mixture.means_).float()
    prior.factor[:count] = torch.linalg.cholesky(torch.from_numpy(mixture.covariances_)).float()
    return prior


def gain(prior: MixturePrior, points: Tensor) -> float:
    """Return how many nats likelier the mixture finds ``points`` (N, latent) than N(0, I) does, in the mean.

    On draws of held-out pictures' posteriors this is by how much the bound rises.
    """
    normal = -0.5 * (points.square() + math.log(2 * math.pi)).sum(1)
    return float((prior.log_prob(points) - normal).mean())
