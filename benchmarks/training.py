"""What the input costs in training: a step as it is, and the same step on one batch that is already there.

python -m benchmarks.training FOLDER [--recipes denoise-fast,photo-fast] [--batch N] [--patch N] [--device auto]
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from aestudio.engine.device import choose
from aestudio.training import recipes
from aestudio.training.loop import Trainer
from aestudio.training.objectives import Objective, When, make_objective
from aestudio.training.recipes import Recipe

RECIPES = "denoise-fast,photo-fast,upscale-x4-fast,upscale-x4-photo"


class _Input(nn.Module):
    """Stands where the network stands and is none: what an objective costs with it is the cost of the input."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(()))
        self.scale = int(getattr(network, "scale", 1))

    def forward(self, picture: Tensor, level: Tensor | None = None) -> Tensor:
        enlarged = nn.functional.interpolate(picture, scale_factor=float(self.scale)) if self.scale > 1 else picture
        return enlarged + self.shift

    def level(self, picture: Tensor) -> Tensor:
        """Return a level of the right shape, as PhotoUNet's estimator does."""
        return nn.functional.avg_pool2d(picture[:, :1], 8) + self.shift


def seconds(objective: Objective, network: nn.Module, trainer: Trainer, steps: int) -> float:
    """Return the mean time of a loss and its gradient, over ``steps`` after one that warms up."""
    for step in range(-2, steps):
        if step == 0:
            _wait(trainer.device)
            started = time.perf_counter()
        with torch.autocast(trainer.device.type, dtype=torch.bfloat16, enabled=trainer.autocast):
            loss = objective.loss(network, trainer.generator, When(max(step, 0), 0.5))
        loss.backward()
    _wait(trainer.device)
    return (time.perf_counter() - started) / steps


def measure(recipe: Recipe, folder: Path, device: torch.device, steps: int) -> tuple[float, float, float]:
    """Return (seconds of a whole step's loss and gradient, of its input alone, megapixels a second)."""
    with tempfile.TemporaryDirectory() as runs:
        objective = make_objective(recipe, folder, device)
        trainer = Trainer(recipe, objective, Path(runs), device)
        whole = seconds(objective, trainer.fast, trainer, steps)
        alone = seconds(objective, _Input(trainer.network).to(device), trainer, steps)
    return whole, alone, objective.pixels_per_step / whole / 1e6


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


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
    torch.set_float32_matmul_precision("high")
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
