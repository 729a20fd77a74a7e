"""How well a network with a latent space knows its pictures: likelihood, reconstruction, classes on its map."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from aestudio.engine.generate import Labels, Pictures, as_tensor, encode, latent_network
from aestudio.engine.session import Session
from aestudio.models.latent import LatentNetwork
from aestudio.models.likelihoods import binarise
from aestudio.models.vae import Autoencoder

_BATCH = 100
LEAST_DRAWS = 4000


@torch.inference_mode()
def likelihood(
    session: Session, pictures: Pictures, labels: Labels, samples: int = 100, every: int = 1, seed: int = 0
) -> dict[str, float]:
    """Return the bound and its parts, the likelihood and the reconstruction: means over test pictures.

    ``pictures`` are (N, size, size, channels) uint8, ``labels`` (N,).

    Under a Bernoulli likelihood every pixel is binarised once, its grey value the probability (static
    binarisation, seed ``seed``); training draws new ones in each step, which is easier to fit than Larochelle's
    fixed training set. "nll" is the importance-weighted estimate from ``samples`` draws (Burda, Grosse and
    Salakhutdinov, ICLR 2016, equation 8), an upper bound in expectation, over every ``every``-th picture. Both are
    under the fitted prior, where there is one; "n01" says the same under N(0, I). Nats a picture, and bits
    per value of it; "psnr" is that of the expected picture at the posterior's mean, in dB.
    """
    network = latent_network(session)
    device = session.choice.device
    generator = torch.Generator(device=device).manual_seed(seed)
    whole = as_tensor(session, pictures).float()
    if network.likelihood.binary:
        whole = binarise(whole, generator)
    told = torch.from_numpy(labels).to(device)
    # both priors are judged by the same draws
    start = generator.get_state()
    elbo = _bound(network, whole, told, generator)
    parts = {**elbo, "psnr": _psnr(network, whole, told)}
    if isinstance(network, Autoencoder):
        # codes are points and no densities: there is no bound
        return {"reconstruction": parts["reconstruction"], "psnr": parts["psnr"]}
    some = slice(None, None, every)
    parts["nll"] = elbo["negative elbo"] - _tightening(network, whole[some], told[some], samples, generator)
    parts["bits per dim"] = parts["nll"] / math.log(2) / whole[0].numel()
    if network.prior is not None:
        prior, network.prior = network.prior, None
        generator.set_state(start)
        normal = _bound(network, whole, told, generator)["negative elbo"]
        parts["nll n01"] = normal - _tightening(network, whole[some], told[some], samples, generator)
        network.prior = prior
    return parts


def _bound(network: LatentNetwork, whole: Tensor, labels: Tensor, generator: torch.Generator) -> dict[str, float]:
    sums = {"negative elbo": 0.0, "reconstruction": 0.0, "kl": 0.0}
    # few pictures take more draws each, so that chance weighs as little as in a large set
    draws = max(1, LEAST_DRAWS // len(whole))
    for picture, label in _parts(whole, labels) * draws:
        bound = network.bound(picture, generator, label)
        # under a fitted prior the divergence has no closed form: what remains of the draw's weight
        total = -bound.log_weight if network.prior is not None else bound.reconstruction + bound.kl.sum(1)
        sums["negative elbo"] += float(total.sum())
        sums["reconstruction"] += float(bound.reconstruction.sum())
        sums["kl"] += float((total - bound.reconstruction).sum())
    return {name: value / len(whole) / draws for name, value in sums.items()}


def _tightening(
    network: LatentNetwork, whole: Tensor, labels: Tensor, samples: int, generator: torch.Generator
) -> float:
    """Return by how many nats the bound of many draws is above that of one, in the mean."""
    total = 0.0
    for picture, label in _parts(whole, labels):
        weights = torch.stack([network.bound(picture, generator, label).log_weight for _ in range(samples)])
        total += float((torch.logsumexp(weights, 0) - math.log(samples) - weights.mean(0)).sum())
    return total / len(whole)


def _psnr(network: LatentNetwork, whole: Tensor, labels: Tensor) -> float:
    total = 0.0
    for picture, label in _parts(whole, labels):
        shown = network.picture(network.encode(picture, label).z_mean, label)
        total -= 10 * float((shown - picture).square().flatten(1).mean(1).clamp(min=1e-10).log10().sum())
    return total / len(whole)


def _parts(whole: Tensor, labels: Tensor) -> list[tuple[Tensor, Tensor]]:
    return list(zip(whole.split(_BATCH), labels.split(_BATCH), strict=True))


def map_accuracy(session: Session, test: tuple[Pictures, Labels], train: tuple[Pictures, Labels]) -> dict[str, float]:
    """Return how often a test picture's nearest neighbour in the latent plane is of its class, in 0..1.

    Points are posterior means of grey pictures. "leave one out" looks for the neighbour among the other test
    pictures, "train to test" among the training pictures. Labels play no part in training.
    """
    (pictures, labels), (known, known_labels) = test, train
    points, reference = (encode(session, p)[0] for p in (pictures, known))
    among_test = _nearest(points, points, skip_self=True)
    among_train = _nearest(points, reference)
    return {
        "leave one out": float((labels[among_test] == labels).mean()),
        "train to test": float((known_labels[among_train] == labels).mean()),
    }


def _nearest(points: NDArray[np.float32], known: NDArray[np.float32], skip_self: bool = False) -> NDArray[np.int64]:
    found = []
    reference = torch.from_numpy(known)
    for start in range(0, len(points), _BATCH):
        distance = torch.cdist(torch.from_numpy(points[start : start + _BATCH]), reference)
        if skip_self:
            rows = torch.arange(len(distance))
            distance[rows, start + rows] = torch.inf
        found.append(distance.argmin(1))
    return torch.cat(found).numpy()
