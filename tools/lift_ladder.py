"""Makes of a hierarchical VAE the beginning of one for pictures twice as large.

    python tools/lift_ladder.py MODEL RECIPE TARGET

Every level of MODEL's network becomes the next coarser one of RECIPE's; what is new is the finest level and the head.
TARGET is a weight file in the folder of one's own models, to be named by ``aestudio train vae ... --from``.
"""

from __future__ import annotations

import argparse
import dataclasses
import re
from pathlib import Path

from aestudio.catalog.card import read_card
from aestudio.training import recipes

_LEVELS = re.compile(r"^(up|down|shrink|enlarge)\.(\d+)\.")


def lifted(name: str) -> str:
    """Return the name of a tensor one level further up the ladder."""
    return _LEVELS.sub(lambda found: f"{found[1]}.{int(found[2]) + 1}.", name)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("recipe")
    parser.add_argument("target", type=Path)
    options = parser.parse_args()

    import torch
    from safetensors.torch import load_file

    from aestudio.models.registry import build
    from aestudio.models.weights import save_network

    card, recipe = read_card(options.model), recipes.load(options.recipe)
    torch.manual_seed(recipe.seed)
    state = build(recipe.architecture, recipe.arguments).state_dict()
    old = {lifted(name): tensor.float() for name, tensor in load_file(options.model).items()}
    taken = {n: t for n, t in old.items() if n in state and t.shape == state[n].shape}
    begun = dataclasses.replace(
        card, id=options.target.stem, arguments=dict(recipe.arguments), scores={}, statistics={}
    )
    save_network({**state, **taken}, begun, options.target, torch.float32)
    new = ", ".join(sorted(set(state) - set(taken)))
    print(f"{len(taken)} of {len(state)} tensors are those of {card.id}; new: {new}")


if __name__ == "__main__":
    main()
