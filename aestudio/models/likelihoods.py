"""How a decoder's output becomes a distribution over pictures in 0..1: three likelihoods, one shape.

``parameters`` is what the decoder gives, (N, ``channels_for`` of the picture's channels, H, W).
``log_prob`` sums over a picture's pixels, in nats; ``mean`` is the picture to show, in 0..1. ``binary`` says
that pictures are zeros and ones.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn
from torch.nn import functional as F

_LEVELS = 255
# Scales below this (of pictures in -1..1) are sharper than 8 bits can tell.
_LEAST_LOG_SCALE = -7.0


class Bernoulli(nn.Module):
    """Each value is 1 with probability sigmoid(logit): for binarised pictures."""

    binary = True

    def channels_for(self, channels: int) -> int:
        return channels

    def log_prob(self, parameters: Tensor, picture: Tensor) -> Tensor:
        return -F.binary_cross_entropy_with_logits(parameters, picture, reduction="none").flatten(1).sum(1)

    def mean(self, parameters: Tensor) -> Tensor:
        return torch.sigmoid(parameters)


class BernoulliInPasses(nn.Module):
    """Bernoulli values painted in four passes, each told the neighbours that the passes before it painted.

    Of every 2x2 pixels each pass paints one (Reed et al., "Parallel multiscale autoregressive density
    estimation", ICML 2017), so that a latent vector need not tell what neighbours tell (Gulrajani et al.,
    "PixelVAE", ICLR 2017). One channel, even sides. ``mean`` passes on probabilities in place of draws.
    """

    binary = True
    ORDER = (0, 3, 1, 2)

    def __init__(self, features: int = 32) -> None:
        super().__init__()
        self.features = features
        self.context = nn.ModuleList(nn.Conv2d(known, features, 3, padding=1) for known in (1, 2, 3))
        self.logit = nn.ModuleList(nn.Conv2d(features, 1, 1) for _ in range(3))

    def channels_for(self, channels: int) -> int:
        if channels != 1:
            raise ValueError("painting in passes is for one channel")
        return 1 + self.features // 4

    def log_prob(self, parameters: Tensor, picture: Tensor) -> Tensor:
        folded = F.pixel_unshuffle(picture, 2)
        logits = torch.cat(list(self._passes(parameters, lambda number, _: folded[:, number : number + 1])), 1)
        told = folded[:, self.ORDER]
        return -F.binary_cross_entropy_with_logits(logits, told, reduction="none").flatten(1).sum(1)

    def mean(self, parameters: Tensor) -> Tensor:
        painted = dict(zip(self.ORDER, self._passes(parameters, lambda _, logit: logit.sigmoid()), strict=True))
        return F.pixel_shuffle(torch.cat([painted[number].sigmoid() for number in range(4)], 1), 2)

    def _passes(self, parameters: Tensor, value: Callable[[int, Tensor], Tensor]) -> Iterator[Tensor]:
        """Yield the logits of each pass, (N, 1, H/2, W/2); ``value`` says what the next ones see of it."""
        folded = F.pixel_unshuffle(parameters, 2)
        base, features = folded[:, :4], folded[:, 4:]
        logit = base[:, :1]
        yield logit
        known = value(0, logit)
        for number, context, last in zip(self.ORDER[1:], self.context, self.logit, strict=True):
            logit = base[:, number : number + 1] + last(F.silu(features + context(known)))
            yield logit
            known = torch.cat([known, value(number, logit)], 1)


class Gaussian(nn.Module):
    """A normal density around the output, one learned scale for all values.

    Rybkin, Daniilidis and Levine, "Simple and effective VAE training with calibrated decoders", ICML 2021.
    The density is turned into the probability of an 8-bit level by its width, 1/255, so that bits count.
    """

    binary = False

    def __init__(self) -> None:
        super().__init__()
        self.log_sigma = nn.Parameter(torch.tensor(-1.5))

    def channels_for(self, channels: int) -> int:
        return channels

    def log_prob(self, parameters: Tensor, picture: Tensor) -> Tensor:
        log_sigma = self.log_sigma.float().clamp(min=-math.log(_LEVELS))
        distance = ((picture - parameters) * (-log_sigma).exp()).square()
        constant = 0.5 * math.log(2 * math.pi) + math.log(_LEVELS)
        return -(0.5 * distance + log_sigma + constant).flatten(1).sum(1)

    def mean(self, parameters: Tensor) -> Tensor:
        return parameters.clamp(0, 1)


class DiscretisedLogistic(nn.Module):
    """A mixture of logistics, each integrated over the width of an 8-bit level.

    Salimans, Karpathy, Kingma and Chen, "PixelCNN++", ICLR 2017, equations 2 and 3: within a
    component, a colour's mean depends linearly on the colours before it.
    """

    binary = False

    def __init__(self, components: int = 3) -> None:
        super().__init__()
        self.components = components

    def channels_for(self, channels: int) -> int:
        return self.components * (1 + 2 * channels + channels * (channels - 1) // 2)

    def log_prob(self, parameters: Tensor, picture: Tensor) -> Tensor:
        log_weight, means, log_scales, coupling = self._split(parameters, picture.shape[1])
        x = (2 * picture - 1)[:, None]
        means = _couple(means, coupling, x)
        inverse = (-log_scales).exp()
        upper, lower = inverse * (x - means + 1 / _LEVELS), inverse * (x - means - 1 / _LEVELS)
        mass = torch.sigmoid(upper) - torch.sigmoid(lower)
        middle = inverse * (x - means)
        # where a level is so narrow or so far out that its mass rounds to nothing: density times width
        density = middle - log_scales - 2 * F.softplus(middle) - math.log(_LEVELS / 2)
        log_mass = torch.where(mass > 1e-5, mass.clamp(min=1e-12).log(), density)
        log_mass = torch.where(x < -0.999, F.logsigmoid(upper), log_mass)
        log_mass = torch.where(x > 0.999, -F.softplus(lower), log_mass)
        return torch.logsumexp(log_mass.sum(2) + log_weight, 1).flatten(1).sum(1)

    def mean(self, parameters: Tensor) -> Tensor:
        channels = self._channels(parameters.shape[1])
        log_weight, means, _, coupling = self._split(parameters, channels)
        means = _couple(means, coupling, None)
        mixed = (log_weight.exp()[:, :, None] * means).sum(1)
        return ((mixed + 1) / 2).clamp(0, 1)

    def _channels(self, parameters: int) -> int:
        return next(c for c in (1, 2, 3, 4) if self.channels_for(c) == parameters)

    def _split(self, parameters: Tensor, channels: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return log weights (N, K, H, W), means, log scales and coupling, each (N, K, ..., H, W)."""
        count, _, height, width = parameters.shape
        by_component = parameters.view(count, self.components, -1, height, width)
        pairs = channels * (channels - 1) // 2
        weight, means, log_scales, coupling = by_component.split([1, channels, channels, pairs], dim=2)
        # decoders start near zero: a scale of a quarter of the range to begin with
        log_scales = (log_scales - 1.5).clamp(min=_LEAST_LOG_SCALE)
        return weight[:, :, 0].log_softmax(1), means, log_scales, torch.tanh(coupling)


def _couple(means: Tensor, coupling: Tensor, x: Tensor | None) -> Tensor:
    """Return means (N, K, C, H, W) moved by the colours before them: the true ones ``x``, or the means themselves."""
    moved: list[Tensor] = []
    pair = 0
    for channel in range(means.shape[2]):
        mean = means[:, :, channel]
        for earlier in range(channel):
            value = moved[earlier].clamp(-1, 1) if x is None else x[:, :, earlier]
            mean = mean + coupling[:, :, pair] * value
            pair += 1
        moved.append(mean)
    return torch.stack(moved, 2)


AnyLikelihood = Bernoulli | BernoulliInPasses | Gaussian | DiscretisedLogistic


def make_likelihood(name: str, components: int = 3) -> AnyLikelihood:
    """Return the likelihood ``bernoulli``, ``bernoulli-passes``, ``gaussian`` or ``logistic``. Raises ValueError."""
    if name == "bernoulli":
        return Bernoulli()
    if name == "bernoulli-passes":
        return BernoulliInPasses()
    if name == "gaussian":
        return Gaussian()
    if name == "logistic":
        return DiscretisedLogistic(components)
    raise ValueError(f"unknown likelihood {name}")


def binarise(grey: Tensor, generator: torch.Generator) -> Tensor:
    """Return zeros and ones, each 1 with its grey value (0..1) as probability."""
    return (torch.rand(grey.shape, generator=generator, device=grey.device) < grey).float()
