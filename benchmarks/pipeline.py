"""Whether the input holds the network back: steps on fresh batches beside steps on one batch that lies in memory.

python -m benchmarks.pipeline FOLDER [--recipes denoise-fast,...] [--portraits FOLDER] [--streamed] [--device auto]

Both kinds of step take turns, so that what else the machine does meets both alike; medians are compared. On a processor
the process's own time is measured, its reading threads' too: with OMP_NUM_THREADS=1 other programs hardly change that.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import torch

from aestudio.engine.device import choose
from aestudio.training import recipes, sources
from aestudio.training.loop import Trainer
from aestudio.training.objective import Batch, When
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe

# Sizes of crops and kinds of damage change from step to step and come round after so many.
ROUND = 6
RECIPES = "denoise-fast,photo-fast,upscale-x4-fast,upscale-x4-photo,vae-portraits-64"


def measure(recipe: Recipe, folder: Path, device: torch.device, rounds: int) -> tuple[float, float, float]:
    """Return (seconds of a whole step on a fresh batch, of one on a fixed batch, of making a batch alone).

    A step is draw, loss, gradient and the optimiser's step; each figure is the sum over a round of the medians over
    ``rounds``, divided by the round's length.
    """
    with tempfile.TemporaryDirectory() as runs:
        trainer = Trainer(recipe, make_objective(recipe, folder, device), Path(runs), device)
        taken: dict[tuple[str, int], list[float]] = {}
        clock = time.process_time if device.type == "cpu" else time.perf_counter
        for step in range(1 if device.type == "cpu" else ROUND):
            _step(trainer, _draw(trainer, step), step)
        for _ in range(rounds):
            for step in range(ROUND):
                fixed = _draw(trainer, step)
                for kind in ("fresh", "fixed", "draw"):
                    _wait(device)
                    began = clock()
                    batch = fixed if kind == "fixed" else _draw(trainer, step)
                    if kind != "draw":
                        _step(trainer, batch, step)
                    _wait(device)
                    taken.setdefault((kind, step), []).append(clock() - began)
    fresh, same, alone = (
        sum(statistics.median(taken[kind, step]) for step in range(ROUND)) / ROUND
        for kind in ("fresh", "fixed", "draw")
    )
    return fresh, same, alone


def _draw(trainer: Trainer, step: int) -> Batch:
    with torch.no_grad():
        return trainer.objective.draw(trainer.generator, When(step, 0.5))


def _step(trainer: Trainer, batch: Batch, step: int) -> None:
    # as Trainer._one_step, with the batch given
    with torch.autocast(trainer.device.type, dtype=torch.bfloat16, enabled=trainer.autocast):
        loss = trainer.objective.loss(trainer.fast, batch, When(step, 0.5))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(trainer.network.parameters(), trainer.recipe.clip)
    trainer.optimiser.step()
    trainer.optimiser.zero_grad(set_to_none=True)


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--portraits", type=Path, help="what networks with a latent space learn from")
    parser.add_argument("--recipes", default=RECIPES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--streamed", action="store_true", help="as if the folder were too large to be read first")
    parser.add_argument("--device", default="auto")
    options = parser.parse_args()
    device = choose(options.device).device
    if options.streamed:
        sources.LOOKED_AT = 100
    print("| recipe | fresh batches, ms | one batch, ms | making one, ms | reached |\n|---|---:|---:|---:|---:|")
    for name in options.recipes.split(","):
        recipe = recipes.load(name)
        folder = options.portraits if recipe.task == "vae" else options.folder
        if folder is None:
            continue
        fresh, same, alone = measure(recipe, folder, device, options.rounds)
        cells = (f"`{name}`", *(f"{s * 1e3:.1f}" for s in (fresh, same, alone)), f"{same / fresh:.1%}")
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
