"""What the input costs in training: making a batch, and a step with its loss and gradient.

python -m benchmarks.training FOLDER [--recipes denoise-fast,photo-fast] [--batch N] [--patch N] [--device auto]
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch

from aestudio.engine.device import choose
from aestudio.training import recipes
from aestudio.training.loop import Trainer
from aestudio.training.objective import Batch, When
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe
from benchmarks.networks import wait

# sizes of crops change from step to step: each is met once before the clock starts
WARM_UP = 6
RECIPES = "denoise-fast,photo-fast,upscale-x4-fast,upscale-x4-photo"


def measure(recipe: Recipe, folder: Path, device: torch.device, steps: int) -> tuple[float, float, float]:
    """Return (seconds of a batch, its loss and gradient; of making the batch alone; megapixels a second)."""
    with tempfile.TemporaryDirectory() as runs:
        objective = make_objective(recipe, folder, device)
        trainer = Trainer(recipe, objective, Path(runs), device)

        def draw(step: int) -> Batch:
            with torch.no_grad():
                return objective.draw(trainer.generator, When(step, 0.5))

        def whole(step: int) -> None:
            batch = draw(step)
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=trainer.autocast):
                loss = objective.loss(trainer.fast, batch, When(step, 0.5))
            loss.backward()

        taken, alone = (_mean_seconds(work, device, steps) for work in (whole, draw))
    return taken, alone, objective.pixels_per_step / taken / 1e6


def _mean_seconds(work: Callable[[int], object], device: torch.device, steps: int) -> float:
    for step in range(WARM_UP):
        work(step)
    wait(device)
    started = time.perf_counter()
    for step in range(steps):
        work(step)
    wait(device)
    return (time.perf_counter() - started) / steps


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--recipes", default=RECIPES)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--patch", type=int)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--device", default="auto")
    options = parser.parse_args()
    device = choose(options.device).device
    print("| recipe | crops | a step, ms | its input, ms | share | MP/s |\n|---|---|---:|---:|---:|---:|")
    for name in options.recipes.split(","):
        changes = {k: getattr(options, k) for k in ("batch", "patch") if getattr(options, k)}
        recipe = dataclasses.replace(recipes.load(name), **changes)
        whole, alone, rate = measure(recipe, options.folder, device, options.steps)
        crops = f"{recipe.batch} of {recipe.patch}"
        print(
            f"| `{name}` | {crops} | {whole * 1e3:.0f} | {alone * 1e3:.1f} | {alone / whole:.1%} | {rate:.3g} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
