"""What is fitted and measured once a network with a latent space is trained: its prior, and what it finds hard."""

from __future__ import annotations

import dataclasses
import logging
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor

from aestudio.models.latent import LatentNetwork
from aestudio.models.registry import build
from aestudio.training.autoencoding import VaeObjective
from aestudio.training.priors import MOST_CODES, codes, fit_mixture, gain
from aestudio.training.recipes import Recipe

log = logging.getLogger(__name__)

# A picture that loses more than all but this share of the held-out pictures is not of the model's kind.
HARD = 0.01


@torch.inference_mode()
def finish(
    recipe: Recipe, objective: VaeObjective, state: dict[str, Tensor]
) -> tuple[Recipe, dict[str, Tensor], dict[str, Any]]:
    """Return recipe and weights with a fitted prior, and facts for the card: ``loss_limit``, ``prior_gain``.

    The prior is left out where scikit-learn is not installed or the mixture is no better on held-out pictures.
    """
    network = cast("LatentNetwork", build(recipe.architecture, recipe.arguments))
    network.load_state_dict(state)
    network.to(objective.train.device).eval()
    generator = torch.Generator(device=objective.train.device).manual_seed(recipe.seed)
    losses = []
    for picture, label in zip(objective.held_out.split(100), objective.held_out_labels.split(100), strict=True):
        losses.append(network.bound(picture, generator, label).reconstruction)
    facts: dict[str, Any] = {"loss_limit": round(float(np.quantile(torch.cat(losses).cpu().numpy(), 1 - HARD)), 2)}
    if not recipe.prior:
        return recipe, state, facts
    known, known_labels = objective.some_training(MOST_CODES, generator)
    points = codes(network, known, known_labels, generator)
    unseen = codes(network, objective.held_out, objective.held_out_labels, generator)
    try:
        prior = fit_mixture(points, recipe.prior, recipe.seed).to(points.device)
    except ImportError:
        log.warning("Without scikit-learn the prior stays N(0, I).")
        return recipe, state, facts
    better = gain(prior, unseen)
    if better <= 0:
        return recipe, state, facts
    told = {f"prior.{k}": v for k, v in prior.state_dict().items()}
    facts["prior_gain"] = round(better, 3)
    arguments = {**recipe.arguments, "prior": recipe.prior}
    return dataclasses.replace(recipe, arguments=arguments), {**state, **told}, facts
