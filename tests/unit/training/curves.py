"""The losses of short runs, by one process or by several: what ``test_ranks`` compares."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch

from aestudio.training.loop import Trainer
from aestudio.training.objectives import make_objective
from aestudio.training.ranks import Ranks
from aestudio.training.recipes import Recipe

WIDTHS = {"widths": [8, 16], "blocks": 1}
SHARED = {"patch": 16, "batch": 8, "warmup": 2, "held_out": 2, "seed": 3}
LATENT = {"size": 16, "latent": 2, "width": 4, "hidden": 16}
RECIPES = {
    "denoise": Recipe("denoise", "restoration-unet", WIDTHS, **SHARED),
    "photo": Recipe("denoise", "photo-unet", {**WIDTHS, "level_width": 8}, degradation="photo", **SHARED),
    "adversarial": Recipe(
        "upscale", "upscaler", {**WIDTHS, "scale": 2}, scale=2, degradation="photo", adversarial=0.1, **SHARED
    ),
    "noisy": Recipe("denoise", "photo-unet", {**WIDTHS, "level_width": 8}, degradation="noisy", **SHARED),
    "streamed": Recipe("denoise", "restoration-unet", WIDTHS, cache_mb=1, **SHARED),
    "vae": Recipe("vae", "conv-vae", LATENT, **SHARED),
    "codes": Recipe("vae", "adversarial-autoencoder", LATENT, adversarial=1.0, **SHARED),
}
STEPS = 4


def curves(folder: Path, runs: Path) -> dict[str, list[tuple[float, float]]]:
    """Return loss and gradient norm of every step of each recipe, in float32."""
    found: dict[str, list[tuple[float, float]]] = {}
    with Ranks(torch.device("cpu")) as ranks:
        for name, recipe in RECIPES.items():
            objective = make_objective(recipe, folder, ranks.device)
            run = Trainer(recipe, objective, runs / name, ranks.device, ranks)
            run.autocast = False
            settle, found[name] = run._settle, []

            def noted(settle=settle, kept=found[name]) -> list[tuple[float, float]]:  # noqa: ANN001
                taken = settle()
                kept += taken
                return taken

            run._settle = noted  # type: ignore[method-assign]
            # scores are not what is compared
            run._report = lambda *arguments: {}  # type: ignore[method-assign]
            run.run(steps=STEPS)
    return found


if __name__ == "__main__":
    result = curves(Path(sys.argv[1]), Path(sys.argv[2]))
    # a thread of the group that outlives it can abort the process while Python ends
    left = [t.read_text() for t in Path("/proc/self/task").glob("*/comm")]
    assert not [name for name in left if "gloo" in name], left
    if Ranks(torch.device("cpu")).leads:
        Path(sys.argv[3]).write_text(json.dumps(result))
