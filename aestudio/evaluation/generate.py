"""Test log-likelihood of a VAE on MNIST, in nats."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F

from aestudio.engine.session import Session
from aestudio.models.vae import ConvVAE


@torch.inference_mode()
def likelihood(session: Session, digits: NDArray[np.uint8], samples: int = 100, seed: int = 0) -> dict[str, float]:
    """Return the negative ELBO and a bound on the negative log-likelihood, means over ``digits`` (N, 28, 28).

    Pixels are binarised once, each with its grey value as probability (seed ``seed``). The bound is
    the importance-weighted one of ``samples`` draws (Burda, Grosse and Salakhutdinov, ICLR 2016, eq. 8).
    """
    vae, device = session.network, session.choice.device
    assert isinstance(vae, ConvVAE)
    generator = torch.Generator().manual_seed(seed)
    grey = torch.from_numpy(digits)[:, None].float() / 255
    binary = (torch.rand(grey.shape, generator=generator) < grey).float()
    elbo, bound, reconstruction, divergence = 0.0, 0.0, 0.0, 0.0
    for batch in binary.split(100):
        picture = batch.to(device, session.choice.dtype)
        posterior = vae.encode(picture)
        mean, log_sigma = (t.float() for t in posterior)
        weights = []
        for _ in range(samples):
            epsilon = torch.randn(mean.shape, generator=generator).to(device)
            z = mean + log_sigma.exp() * epsilon
            logits = vae.decode(z.to(session.choice.dtype)).float()
            log_x = -F.binary_cross_entropy_with_logits(logits, picture.float(), reduction="none").flatten(1).sum(1)
            log_prior = -0.5 * (z**2).sum(1)
            log_posterior = -(0.5 * epsilon**2 + log_sigma).sum(1)
            weights.append(log_x + log_prior - log_posterior)
            reconstruction -= float(log_x.sum()) / samples
        stacked = torch.stack(weights)
        elbo -= float(stacked.mean(0).sum())
        bound -= float((torch.logsumexp(stacked, 0) - math.log(samples)).sum())
        divergence += float((0.5 * (mean**2 + (2 * log_sigma).exp() - 1 - 2 * log_sigma)).sum())
    count = len(binary)
    return {
        "negative elbo": elbo / count,
        "nll bound": bound / count,
        "reconstruction": reconstruction / count,
        "kl": divergence / count,
    }
