"""Small networks with a latent space, saved where a person's own models lie."""

from __future__ import annotations

from typing import Any

import torch

from aestudio import paths
from aestudio.catalog.card import Card
from aestudio.models.registry import build
from aestudio.models.weights import save_network

COLOUR = {"size": 16, "channels": 3, "latent": 4, "width": 4, "hidden": 8, "likelihood": "logistic"}
GREY = {"size": 8, "channels": 1, "latent": 2, "width": 4, "hidden": 8}


def install(
    name: str,
    arguments: dict[str, Any],
    classes: list[str] | None = None,
    loss_limit: float = 0.0,
    architecture: str = "conv-vae",
) -> None:
    """Save an untrained network as the model ``name``."""
    torch.manual_seed(0)
    network = build(architecture, arguments)
    card = Card(
        name, name, "vae", architecture, arguments, channels=arguments.get("channels", 1), classes=classes or []
    )
    if loss_limit:
        card.statistics["loss_limit"] = loss_limit
    save_network(network.state_dict(), card, paths.user_models_folder() / f"{name}.safetensors")
