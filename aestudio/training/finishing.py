"""What is fitted and measured once a network with a latent space is trained: prior, axes, what it finds hard."""

from __future__ import annotations

import dataclasses
import logging
from itertools import accumulate
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor

from aestudio.models.latent import CorrelatedPrior, LatentNetwork, MixturePrior
from aestudio.models.registry import build
from aestudio.models.weights import GROUPS, POINTS
from aestudio.training.autoencoding import VaeObjective
from aestudio.training.priors import MOST_CODES, codes, fit_correlated, fit_mixture, gain, posteriors
from aestudio.training.recipes import Recipe
from aestudio.training.squares import Squares

log = logging.getLogger(__name__)

# A picture that loses more than all but this share of the held-out pictures is not of the model's kind.
HARD = 0.01
# No one moves more sliders than these, and along a direction with less spread than this next to nothing changes
# (the prior's is 1).
MOST_AXES = 24
LEAST_DEVIATION = 0.1
# Axes lie in the coarsest groups of latents that have no more dimensions together: a card is no place for thousands.
MOST_DIMENSIONS = 256
# A covariance of more dimensions takes more than half a gigabyte while it is looked into.
MOST_CORRELATED = 6000
# The mixture of a plain autoencoder whose recipe names none has so many Gaussians.
PLAIN_COMPONENTS = 10
_BATCH = 100
MOST_POINTS = 5000
MOST_POINT_VALUES = 500_000


@torch.inference_mode()
def finish(
    recipe: Recipe, objective: VaeObjective, state: dict[str, Tensor]
) -> tuple[Recipe, dict[str, Tensor], dict[str, Any]]:
    """Return recipe and weights with a fitted prior and the map's points, and facts for the card.

    They are ``loss_limit``, ``axes``, ``point_classes`` and ``prior_gain``.

    Of the priors that the recipe asks for the one is taken that finds held-out pictures likelier; none where
    N(0, I) does, nor a mixture where scikit-learn is not installed, nor one that cannot be computed.
    """
    network = cast("LatentNetwork", build(recipe.architecture, recipe.arguments))
    network.load_state_dict(state)
    network.to(objective.train.device).eval()
    generator = torch.Generator(device=objective.train.device).manual_seed(recipe.seed)
    losses = []
    for picture, label in zip(objective.held_out.split(_BATCH), objective.held_out_labels.split(_BATCH), strict=True):
        losses.append(network.bound(picture, generator, label).reconstruction)
    facts: dict[str, Any] = {"loss_limit": round(float(np.quantile(torch.cat(losses).cpu().numpy(), 1 - HARD)), 2)}
    known, known_labels = objective.some_training(MOST_CODES, generator)
    facts["axes"] = principal_axes(network, known, known_labels)
    places, named = points_of(network, objective.squares, objective.train.device, recipe.seed)
    state, facts = {**state, **places}, {**facts, **named}
    fitted = list[Fitted]()
    for fit in (_mixture, _correlated):
        try:
            fitted += fit(recipe, objective, network, generator)
        except (RuntimeError, ValueError, MemoryError) as error:
            # a device may lack what it takes, in operations or in memory: the network is worth keeping without
            log.warning("A prior could not be fitted and is left out: %s", error)
    if not fitted:
        return recipe, state, facts
    better, prior, told = max(fitted, key=lambda one: one[0])
    if better <= 0:
        return recipe, state, facts
    facts["prior_gain"] = round(better, 3)
    named = {f"prior.{k}": v for k, v in prior.state_dict().items()}
    return dataclasses.replace(recipe, arguments={**recipe.arguments, **told}), {**state, **named}, facts


Fitted = tuple[float, MixturePrior | CorrelatedPrior, dict[str, int]]
"""A prior, before it its gain on held-out pictures in nats, and behind it the arguments of a network that has it."""


def _mixture(
    recipe: Recipe, objective: VaeObjective, network: LatentNetwork, generator: torch.Generator
) -> list[Fitted]:
    # codes of a plain autoencoder lie where they like: without a prior there is nothing to draw from
    components = recipe.prior or (PLAIN_COMPONENTS if recipe.architecture == "autoencoder" else 0)
    if not components:
        return []
    size = network.prior_size
    known, labels = objective.some_training(MOST_CODES, generator)
    points = codes(network, known, labels, generator, size, max(1, MOST_CODES // len(known)))
    unseen = codes(network, objective.held_out, objective.held_out_labels, generator, size)
    try:
        prior = fit_mixture(points, components, recipe.seed).to(points.device)
    except ImportError:
        log.warning("Without scikit-learn the prior stays N(0, I).")
        return []
    return [(gain(prior, unseen), prior, {"prior": components})]


def _correlated(
    recipe: Recipe, objective: VaeObjective, network: LatentNetwork, generator: torch.Generator
) -> list[Fitted]:
    if not recipe.prior_rank:
        return []
    size = network.latent
    if size > MOST_CORRELATED:
        log.warning("A latent of %d numbers is too large for a correlated prior.", size)
        return []
    known, labels = objective.some_training(MOST_CODES, generator)
    if recipe.flip:
        known, labels = torch.cat([known, known.flip(3)]), labels.repeat(2)
    unseen = codes(network, objective.held_out, objective.held_out_labels, generator, size, draws=10)
    prior = fit_correlated(posteriors(network, known, labels), recipe.prior_rank, recipe.seed)
    return [(gain(prior, unseen), prior, {"prior_rank": len(prior.excess)})]


@torch.inference_mode()
def principal_axes(network: LatentNetwork, pictures: Tensor, labels: Tensor) -> dict[str, Any]:
    """Return the principal axes of where pictures (N, C, H, W) in 0..1 lie, as ``catalog.axes`` reads them.

    They are those of the posterior means: in all dimensions, or in a hierarchical model's coarsest groups.
    """
    sizes = list(accumulate(network.group_sizes()))
    leading = max([size for size in sizes if size <= MOST_DIMENSIONS], default=sizes[0])
    found = []
    for picture, label in zip(pictures.split(_BATCH), labels.split(_BATCH), strict=True):
        posterior = network.encode(picture, label if network.classes else None)
        found.append(posterior.z_mean[:, :leading])
    points = torch.cat(found).cpu().double()
    mean = points.mean(0)
    variances, columns = torch.linalg.eigh((points - mean).T @ (points - mean) / max(1, len(points) - 1))
    # eigh sorts from narrow to wide
    deviations, directions = variances.clamp(min=0).sqrt().flip(0), columns.T.flip(0)
    # a direction and its opposite are the same axis: the one whose largest part is positive stands for both
    largest = directions.gather(1, directions.abs().argmax(1, keepdim=True))
    directions = directions * largest.sign()
    kept = max(1, min(MOST_AXES, int((deviations > LEAST_DEVIATION).sum())))
    return {
        "pictures": len(points),
        "latent": network.latent,
        "mean": _rounded(mean),
        "deviations": _rounded(deviations[:kept]),
        "directions": [_rounded(row) for row in directions[:kept]],
    }


def _rounded(values: Tensor) -> list[float]:
    return [round(float(v), 4) for v in values]


@torch.inference_mode()
def points_of(
    network: LatentNetwork, squares: Squares, device: torch.device, seed: int = 0
) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Return tensors for the weight file and facts for the card: where some of the pictures lie, and their classes.

    What the map opens with. As many as ``MOST_POINTS`` by chance, fewer where a latent vector is long, so that
    they weigh little; posterior means of the pictures as they are, as a person's own are placed.
    """
    count = min(MOST_POINTS, MOST_POINT_VALUES // network.latent, len(squares.pictures))
    which = np.random.default_rng(seed).permutation(len(squares.pictures))[:count]
    network = network.to(device).eval()
    found = []
    for part in np.array_split(which, max(1, -(-count // 200))):
        pictures = torch.from_numpy(squares.pictures[part]).to(device).permute(0, 3, 1, 2).float() / 255
        label = torch.from_numpy(squares.labels[part]).to(device) if network.classes else None
        found.append(network.encode(pictures, label).z_mean.cpu())
    tensors = {POINTS: torch.cat(found), GROUPS: torch.from_numpy(squares.labels[which])}
    return tensors, {"point_classes": list(squares.classes)}
