"""Likelihood and map accuracy, on models whose answers are known."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import torch
from torch import Tensor, distributions

from aestudio.engine.session import Session
from aestudio.evaluation import generate
from aestudio.models.latent import LatentNetwork, MixturePrior, Posterior
from aestudio.models.vae import Autoencoder


class LinearGaussian(LatentNetwork):
    """x = W z + b + sigma e with z ~ N(0, I): log p(x) has a closed form. Its posterior is a little too wide."""

    def __init__(self) -> None:
        super().__init__(2, 1, "gaussian", 0)
        self.latent = self.prior_size = 2
        generator = torch.Generator().manual_seed(0)
        self.weight = 0.2 * torch.randn(4, 2, generator=generator)
        self.offset = torch.full((4,), 0.5)

        self.requires_grad_(False)

    @property
    def variance(self) -> float:
        return float((2 * self.likelihood.log_sigma).exp())

    def encode(self, picture: Tensor, label: Tensor | None = None) -> Posterior:
        precision = torch.eye(2) + self.weight.T @ self.weight / self.variance
        mean = torch.linalg.solve(precision, ((picture.flatten(1) - self.offset) @ self.weight / self.variance).T).T
        spread = 1.3 * torch.linalg.inv(precision).diagonal().sqrt()
        return Posterior(mean, spread.log().expand_as(mean))

    def decode(self, z: Tensor, label: Tensor | None = None) -> Tensor:
        return (z @ self.weight.T + self.offset).view(-1, 1, 2, 2)

    def log_likelihood(self, picture: Tensor) -> Tensor:
        covariance = self.weight @ self.weight.T + self.variance * torch.eye(4)
        density = distributions.MultivariateNormal(self.offset, covariance)
        return density.log_prob(picture.flatten(1)) - 4 * math.log(255)


def session(network: LatentNetwork) -> Session:
    choice = SimpleNamespace(device=torch.device("cpu"), dtype=torch.float32)
    card = SimpleNamespace(id="x", task="vae", classes=[], statistics={})
    return cast("Session", SimpleNamespace(network=network.eval(), choice=choice, card=card))


def pictures(count: int) -> tuple[generate.Pictures, generate.Labels]:
    drawn = np.random.default_rng(0).integers(40, 220, (count, 2, 2, 1), dtype=np.uint8)
    return drawn, np.zeros(count, np.int64)


def test_importance_samples_find_the_likelihood_of_a_linear_gaussian_model() -> None:
    network, test = LinearGaussian(), pictures(40)
    whole = torch.from_numpy(test[0]).permute(0, 3, 1, 2).float() / 255
    true = -float(network.log_likelihood(whole).mean())
    figures = generate.likelihood(session(network), *test, samples=2000)
    assert figures["nll"] == pytest.approx(true, abs=0.05)
    assert figures["negative elbo"] > true + 0.02
    assert figures["reconstruction"] + figures["kl"] == pytest.approx(figures["negative elbo"], abs=1e-4)
    assert figures["bits per dim"] == pytest.approx(true / math.log(2) / 4, abs=0.02)


def test_a_part_of_the_pictures_tells_nearly_as_much() -> None:
    test = pictures(200)
    figures = [generate.likelihood(session(LinearGaussian()), *test, 500, every)["nll"] for every in (1, 10)]
    assert figures[0] == pytest.approx(figures[1], abs=0.1)


def test_a_prior_that_fits_better_is_likelier() -> None:
    network, test = LinearGaussian(), pictures(40)
    codes = network.encode(torch.from_numpy(test[0]).permute(0, 3, 1, 2).float() / 255).z_mean.detach()
    prior = MixturePrior(1, 2)
    prior.mean.copy_(codes.mean(0)[None])
    prior.factor.copy_(torch.linalg.cholesky(torch.cov(codes.T))[None])
    network.prior = prior
    figures = generate.likelihood(session(network), *test, samples=500)
    assert figures["nll"] < figures["nll n01"]
    assert network.prior is prior


def test_points_have_no_bound() -> None:
    network = Autoencoder(size=8, width=4, hidden=8)
    drawn = np.random.default_rng(0).integers(0, 256, (3, 8, 8, 1), dtype=np.uint8)
    assert set(generate.likelihood(session(network), drawn, np.zeros(3, np.int64))) == {
        "reconstruction",
        "psnr",
    }


def test_the_nearest_neighbours_class_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {2: [[0.0, 0.0], [1.0, 0.0]], 4: [[0.0, 0.1], [0.1, 0.0], [9.0, 9.0], [9.0, 9.1]]}

    def encode(_: Session, drawn: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], None]:
        return np.array(places[len(drawn)], np.float32), None

    monkeypatch.setattr(generate, "encode", encode)
    blank = np.zeros((4, 8, 8, 1), np.uint8)
    test = (blank, np.array([0, 1, 2, 2]))
    train = (blank[:2], np.array([0, 1]))
    found = generate.map_accuracy(cast("Session", None), test, train)
    assert found == {"leave one out": 0.5, "train to test": 0.25}
