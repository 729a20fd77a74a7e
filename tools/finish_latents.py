"""Fits anew what a model with a latent space is given after training: its prior, its axes, its limit of loss.

    python tools/finish_latents.py MODEL FOLDER RECIPE [--prior 40]

MODEL is a weight file, FOLDER holds the pictures that it was trained on, RECIPE names how. The network stays as it is;
the card's statistics and the prior's tensors are replaced, in the file and on the page beside it.
"""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from aestudio.catalog.card import read_card
from aestudio.training import recipes


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("recipe")
    parser.add_argument("--prior", type=int, help="Gaussians of the prior; default: the recipe's")
    options = parser.parse_args()
    import torch
    from safetensors.torch import load_file

    from aestudio.catalog.card import card_text
    from aestudio.models.weights import save_network
    from aestudio.training.autoencoding import VaeObjective
    from aestudio.training.finishing import finish

    card, recipe = read_card(options.model), recipes.load(options.recipe)
    prior = recipe.prior if options.prior is None else options.prior
    bare = {k: v for k, v in card.arguments.items() if k not in ("prior", "prior_rank")}
    recipe = dataclasses.replace(recipe, arguments=bare, prior=prior)
    # the pictures alone matter here, whatever the objective was
    objective = VaeObjective(recipe, options.folder, torch.device("cpu"))
    tensors = load_file(options.model)
    state = {k: v.float() for k, v in tensors.items() if not k.startswith(("prior.", "data."))}
    finished, state, facts = finish(objective.recipe, objective, state)
    kept = {k: v for k, v in card.statistics.items() if k not in ("axes", "prior_gain", "loss_limit", "point_classes")}
    card = dataclasses.replace(card, arguments=finished.arguments, statistics={**kept, **facts})
    save_network(state, card, options.model, next(iter(tensors.values())).dtype)
    options.model.with_suffix(".md").write_text(card_text(card), encoding="utf-8")
    gain = facts.get("prior_gain", 0)
    print(f"{card.id}: {len(facts['axes']['deviations'])} axes, the prior is {gain} nats better than N(0, I)")


if __name__ == "__main__":
    main()
