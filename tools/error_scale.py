"""Writes onto cards how large models' errors are: ``python tools/error_scale.py FOLDER WEIGHTS...``.

A finished run does so itself; this is for weights that come of none, or are older. The pictures that the recipe of a
weight file's name holds out of FOLDER's are damaged as in training.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import torch  # noqa: E402, TID253
from safetensors.torch import load_file  # noqa: E402

from aestudio.catalog.card import card_text  # noqa: E402
from aestudio.models.weights import load_network, save_network  # noqa: E402
from aestudio.training import recipes  # noqa: E402
from aestudio.training.objectives import make_objective  # noqa: E402
from aestudio.training.restoring import Restoration  # noqa: E402
from aestudio.training.trust import error_scale  # noqa: E402


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("weights", type=Path, nargs="+")
    options = parser.parse_args()
    for path in options.weights:
        recipe = recipes.load(path.stem)
        objective = make_objective(recipe, options.folder, torch.device("cpu"))
        if not isinstance(objective, Restoration):
            parser.error(f"{path.stem} restores nothing")
        network, card = load_network(path)
        network.eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        scale = error_scale(recipe.task, network, objective.pairs())
        card = dataclasses.replace(card, statistics={**card.statistics, "error_scale": scale})
        tensors = load_file(path)
        save_network(tensors, card, path, next(iter(tensors.values())).dtype)
        path.with_suffix(".md").write_text(card_text(card), encoding="utf-8")
        print(f"{path.stem}: {scale}", flush=True)


if __name__ == "__main__":
    main()
