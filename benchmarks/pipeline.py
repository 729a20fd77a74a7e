"""Whether the input holds the network back: steps on fresh batches beside steps on one batch that lies in memory.

python -m benchmarks.pipeline FOLDER [--recipes denoise-fast,...] [--portraits FOLDER] [--streamed] [--device auto]

Both kinds of step take turns, so that what else the machine does meets both alike; medians are compared. On a processor
the process's own time is measured: with OMP_NUM_THREADS=1 other programs hardly change that. Of a streamed folder
reading is counted apart, as what a piece takes by how many a step makes room for: it comes in lumps, and in threads.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from aestudio.engine.device import choose
from aestudio.training import recipes, sources
from aestudio.training.loop import Trainer
from aestudio.training.objective import Batch, When
from aestudio.training.objectives import make_objective
from aestudio.training.recipes import Recipe
from aestudio.training.streaming import StreamPool
from benchmarks.networks import wait

# Sizes of crops and kinds of damage change from step to step and come round after so many.
ROUND = 6
RECIPES = "denoise-fast,photo-fast,upscale-x4-fast,upscale-x4-photo,vae-portraits-64"


@dataclass(frozen=True)
class Costs:
    """Seconds of a whole step on a fresh batch, of one on a fixed batch, and of making a batch alone.

    Of a streamed folder also the processor's seconds of reading for a step, and those that a step waited for it.
    """

    fresh: float
    fixed: float
    draw: float
    reading: float = 0.0
    waiting: float = 0.0


def measure(recipe: Recipe, folder: Path, device: torch.device, rounds: int) -> Costs:
    """Return what steps cost.

    A step is draw, loss, gradient and the optimiser's step; each figure is the sum over a round of the medians over
    ``rounds``, divided by the round's length. On a processor a streamed folder's reading is part of a fresh step.
    """
    with tempfile.TemporaryDirectory() as runs:
        trainer = Trainer(recipe, make_objective(recipe, folder, device), Path(runs), device)
        pool = getattr(trainer.objective, "pool", None)
        stream = pool if isinstance(pool, StreamPool) else None
        taken: dict[tuple[str, int], list[float]] = {}

        def clock() -> float:
            if device.type != "cpu":
                return time.perf_counter()
            # reading goes on during steps of every kind
            return time.process_time() - (stream.readings.worked if stream is not None else 0.0)

        for step in range(1 if device.type == "cpu" else ROUND):
            _step(trainer, _draw(trainer, step), step)
        before = _due(stream), stream.waited if stream is not None else 0.0
        for _ in range(rounds):
            for step in range(ROUND):
                fixed = _draw(trainer, step)
                for kind in ("fresh", "fixed", "draw"):
                    wait(device)
                    began = clock()
                    batch = fixed if kind == "fixed" else _draw(trainer, step)
                    if kind == "fresh":
                        trainer.objective.renew()
                    if kind != "draw":
                        _step(trainer, batch, step)
                    wait(device)
                    taken.setdefault((kind, step), []).append(clock() - began)
    fresh, same, alone = (
        sum(statistics.median(taken[kind, step]) for step in range(ROUND)) / ROUND
        for kind in ("fresh", "fixed", "draw")
    )
    if stream is None:
        return Costs(fresh, same, alone)
    steps = rounds * ROUND
    reading = stream.readings.worked / max(1, stream.readings.made) * (_due(stream) - before[0]) / steps
    fresh += reading if device.type == "cpu" else 0.0
    return Costs(fresh, same, alone, reading, (stream.waited - before[1]) / steps)


def _due(stream: StreamPool | None) -> float:
    """Return how many pieces steps have made room for so far."""
    if stream is None:
        return 0.0
    position = stream.position()
    return position["put"] + position["credit"]


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
    heads = ["recipe", "fresh batches, ms", "one batch, ms", "making one, ms", "reading, ms", "waiting, ms", "reached"]
    print(f"| {' | '.join(heads)} |\n|---|{'---:|' * (len(heads) - 1)}")
    for name in options.recipes.split(","):
        recipe = recipes.load(name)
        folder = options.portraits if recipe.task == "vae" else options.folder
        if folder is None:
            continue
        costs = measure(recipe, folder, device, options.rounds)
        figures = (costs.fresh, costs.fixed, costs.draw, costs.reading, costs.waiting)
        cells = (f"`{name}`", *(f"{s * 1e3:.1f}" for s in figures), f"{costs.fixed / costs.fresh:.1%}")
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
