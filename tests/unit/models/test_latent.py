"""Likelihoods, posteriors, priors and bounds, checked against closed forms and torch.distributions."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from torch import distributions

from aestudio.errors import WeightsError
from aestudio.models.latent import CorrelatedPrior, LatentNetwork, MixturePrior, Posterior
from aestudio.models.likelihoods import Bernoulli, BernoulliInPasses, DiscretisedLogistic, Gaussian, make_likelihood
from aestudio.models.registry import build

SMALL: list[tuple[str, dict[str, Any]]] = [
    ("conv-vae", {"size": 8, "latent": 3, "width": 4, "hidden": 16}),
    ("conv-vae", {"size": 8, "latent": 3, "width": 4, "hidden": 16, "classes": 4}),
    ("autoencoder", {"size": 8, "latent": 3, "width": 4, "hidden": 16}),
    ("adversarial-autoencoder", {"size": 8, "latent": 3, "width": 4, "hidden": 16}),
    ("ladder-vae", {"size": 8, "widths": [4, 8], "groups": [1, 2], "depth": [1, 2], "top": 3, "hidden": 16}),
    (
        "ladder-vae",
        {
            "size": 16,
            "channels": 3,
            "widths": [4, 4, 8],
            "groups": [0, 1, 1],
            "depth": [1, 2, 2],
            "likelihood": "logistic",
        },
    ),
    (
        "ladder-vae",
        {"size": 16, "widths": [4, 4, 8], "groups": [0, 1, 1], "depth": [1, 2, 2], "top": 3, "hidden": 16, "halved": 1},
    ),
]


def network(name: str, arguments: dict[str, Any]) -> LatentNetwork:
    torch.manual_seed(0)
    built = build(name, arguments).eval()
    assert isinstance(built, LatentNetwork)
    return built


def test_the_kl_is_that_of_two_gaussians() -> None:
    torch.manual_seed(1)
    posterior = Posterior(torch.randn(5, 3), torch.randn(5, 3))
    normal = distributions.Normal(posterior.z_mean, posterior.z_log_sigma.exp())
    expected = distributions.kl_divergence(normal, distributions.Normal(0.0, 1.0))
    assert torch.allclose(posterior.kl(), expected, atol=1e-5)
    z = torch.randn(5, 3)
    assert torch.allclose(posterior.log_prob(z), normal.log_prob(z).sum(1), atol=1e-4)


def test_posterior_samples_have_its_moments() -> None:
    posterior = Posterior(torch.full((20000, 1), 2.0), torch.full((20000, 1), 0.5).log())
    drawn = posterior.sample(torch.Generator().manual_seed(0))
    assert float(drawn.mean()) == pytest.approx(2.0, abs=0.02)
    assert float(drawn.std()) == pytest.approx(0.5, abs=0.02)


def test_a_fitted_prior_is_a_mixture_of_gaussians() -> None:
    torch.manual_seed(2)
    prior = MixturePrior(3, 2)
    prior.log_weight.copy_(torch.tensor([0.2, 0.5, 0.3]).log())
    prior.mean.copy_(torch.randn(3, 2))
    prior.factor.copy_(torch.tril(torch.rand(3, 2, 2) + 0.3))
    each = distributions.MultivariateNormal(prior.mean, scale_tril=prior.factor)
    expected = distributions.MixtureSameFamily(distributions.Categorical(logits=prior.log_weight), each)
    z = torch.randn(7, 2)
    assert torch.allclose(prior.log_prob(z), expected.log_prob(z), atol=1e-5)
    drawn = prior.place(torch.randn(40_000, 2), torch.rand(40_000))
    assert torch.allclose(drawn.mean(0), expected.mean, atol=0.03)
    assert torch.allclose(drawn.var(0), expected.variance, atol=0.05)


def test_a_correlated_prior_is_a_gaussian_of_low_rank() -> None:
    torch.manual_seed(2)
    prior = CorrelatedPrior(2, 5)
    prior.mean.copy_(torch.randn(5))
    prior.spread.copy_(torch.rand(5) + 0.5)
    prior.directions.copy_(torch.linalg.qr(torch.randn(5, 2))[0])
    prior.excess.copy_(torch.tensor([3.0, 0.7]))
    factor = prior.spread[:, None] * prior.directions * prior.excess.sqrt()
    expected = distributions.LowRankMultivariateNormal(prior.mean, factor, prior.spread.square())
    z = torch.randn(7, 5)
    assert torch.allclose(prior.log_prob(z), expected.log_prob(z), atol=1e-5)
    drawn = prior.place(torch.randn(60_000, 5), torch.rand(60_000))
    assert torch.allclose(drawn.mean(0), expected.mean, atol=0.03)
    assert torch.allclose(torch.cov(drawn.T), expected.covariance_matrix, atol=0.08)


def test_a_prior_is_of_one_kind() -> None:
    ladder = network(*SMALL[4])
    ladder.with_prior(0, 3)
    assert isinstance(ladder.prior, CorrelatedPrior)
    assert ladder.prior.size == ladder.latent
    z = torch.randn(3, ladder.latent)
    ladder.prior.mean.add_(1)
    assert torch.allclose(ladder.log_prior(z + 1), network(*SMALL[4]).log_prior(z), atol=1e-4)
    with pytest.raises(ValueError, match="mixture or correlated"):
        ladder.with_prior(2, 3)


def test_bernoulli_and_gaussian_are_those_of_torch() -> None:
    torch.manual_seed(3)
    picture, parameters = (torch.rand(2, 1, 4, 4) < 0.5).float(), torch.randn(2, 1, 4, 4)
    expected = distributions.Bernoulli(logits=parameters).log_prob(picture).flatten(1).sum(1)
    assert torch.allclose(Bernoulli().log_prob(parameters, picture), expected, atol=1e-5)
    likelihood = Gaussian()
    density = distributions.Normal(parameters, likelihood.log_sigma.detach().exp()).log_prob(picture).flatten(1).sum(1)
    assert torch.allclose(likelihood.log_prob(parameters, picture).detach(), density - 16 * math.log(255), atol=1e-3)


def test_a_discretised_logistic_gives_all_levels_one_unit_of_mass() -> None:
    torch.manual_seed(4)
    likelihood = DiscretisedLogistic(2)
    parameters = torch.randn(1, likelihood.channels_for(1), 1, 1).double().expand(256, -1, -1, -1)
    levels = (torch.arange(256, dtype=torch.float64) / 255).view(256, 1, 1, 1)
    assert float(likelihood.log_prob(parameters, levels).exp().sum()) == pytest.approx(1, abs=1e-4)


def test_colours_lean_on_those_before_them() -> None:
    torch.manual_seed(4)
    likelihood = DiscretisedLogistic(1)
    parameters = 0.1 * torch.randn(1, likelihood.channels_for(3), 1, 1).double()
    pictures = torch.full((256, 3, 1, 1), 0.4, dtype=torch.float64)
    pictures[:, 2, 0, 0] = torch.arange(256) / 255
    # how blue leans on red and green, the last two parameters, does not matter once every blue is summed over
    other = parameters.clone()
    other[:, -2:] += 0.7
    before, after = (likelihood.log_prob(p.expand(256, -1, -1, -1), pictures).exp() for p in (parameters, other))
    assert not torch.allclose(before, after, rtol=0.1, atol=0)
    assert float(before.sum()) == pytest.approx(float(after.sum()), rel=1e-4)


def test_painting_in_passes_is_a_distribution_over_pictures() -> None:
    torch.manual_seed(5)
    likelihood = BernoulliInPasses(features=4)
    parameters = torch.randn(1, likelihood.channels_for(1), 2, 2).expand(16, -1, -1, -1)
    every = torch.tensor([[(n >> bit) & 1 for bit in range(4)] for n in range(16)]).float().view(16, 1, 2, 2)
    with torch.inference_mode():
        assert float(likelihood.log_prob(parameters, every).exp().sum()) == pytest.approx(1, abs=1e-5)
        shown = likelihood.mean(parameters[:1])[0, 0, 0, 0]
    assert float(shown) == pytest.approx(float(torch.sigmoid(parameters[0, 0, 0, 0])), abs=1e-6)
    with pytest.raises(ValueError, match="one channel"):
        likelihood.channels_for(3)
    with pytest.raises(ValueError, match="unknown"):
        make_likelihood("poisson")


@pytest.mark.parametrize(("name", "arguments"), SMALL)
@torch.inference_mode()
def test_pictures_go_there_and_back(name: str, arguments: dict[str, Any]) -> None:
    vae = network(name, arguments)
    picture = torch.rand(2, vae.channels, vae.size, vae.size)
    if vae.likelihood.binary:
        picture = picture.round()
    label = torch.tensor([0, 3]) if vae.classes else None
    posterior = vae.encode(picture, label)
    assert posterior.z_mean.shape == posterior.z_log_sigma.shape == (2, vae.latent)
    shown = vae.picture(posterior.z_mean, label)
    assert shown.shape == picture.shape
    assert 0 <= float(shown.min()) <= float(shown.max()) <= 1
    bound = vae.bound(picture, torch.Generator().manual_seed(0), label)
    assert bound.reconstruction.shape == bound.log_weight.shape == (2,)
    assert bound.kl.shape[0] == 2
    assert torch.isfinite(torch.cat([bound.reconstruction, bound.log_weight, bound.kl.sum(1)])).all()


@pytest.mark.parametrize(("name", "arguments"), [s for s in SMALL if "autoencoder" not in s[0]])
def test_a_draws_weight_is_the_bound_in_the_mean(name: str, arguments: dict[str, Any]) -> None:
    vae = network(name, arguments)
    with torch.no_grad():
        for parameter in vae.parameters():
            parameter.add_(0.02 * torch.randn(parameter.shape))
    picture = torch.rand(1, vae.channels, vae.size, vae.size).round().expand(4000, -1, -1, -1)
    label = torch.zeros(4000, dtype=torch.long) if vae.classes else None
    with torch.inference_mode():
        bound = vae.bound(picture, torch.Generator().manual_seed(0), label)
    closed = float((bound.reconstruction + bound.kl.sum(1)).mean())
    assert -float(bound.log_weight.mean()) == pytest.approx(closed, abs=0.2)


def test_a_level_that_only_paints_has_no_latents() -> None:
    for halved in (1, 3):
        with pytest.raises(WeightsError, match="ladder-vae"):
            build(
                "ladder-vae", {"size": 16, "widths": [4, 4, 8], "groups": [1, 1, 1], "depth": [1] * 3, "halved": halved}
            )


def test_a_ladders_groups_use_what_they_are_told() -> None:
    ladder = network(*SMALL[4])
    z = torch.zeros(1, ladder.latent)
    with torch.inference_mode():
        still = ladder.decode(z)
        for dimension in (0, 3, ladder.latent - 1):
            moved = z.clone()
            moved[0, dimension] = 2
            assert not torch.allclose(ladder.decode(moved), still, atol=1e-6)


def test_a_conditional_network_minds_the_label() -> None:
    vae = network(*SMALL[1])
    z = torch.zeros(1, vae.latent)
    zero, one = (vae.decode(z, torch.tensor([label])) for label in (0, 1))
    assert not torch.allclose(zero, one)
