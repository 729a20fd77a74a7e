"""What several processes make of a training step: measured here on one and two, worked out beyond.

python -m benchmarks.scaling FOLDER [--recipe denoise-fast] [--batch N] [--patch N] [--seconds S]

Each process computes with one thread and floats of 32 bits. The table says how long a step of the same global batch
takes; the model below it divides what can be divided and adds what the gradients' exchange takes.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch

from aestudio.training import recipes
from aestudio.training.loop import Trainer
from aestudio.training.objective import When
from aestudio.training.objectives import make_objective
from aestudio.training.ranks import Ranks

PROCESSES = (1, 2, 4, 8, 16, 32)
# Bytes a second between two processes, in one direction.
LINKS = {"NVLink, 200 GB/s": 200e9, "InfiniBand, 25 GB/s": 25e9, "10-gigabit Ethernet, 1.2 GB/s": 1.2e9}


def step_seconds(compute: float, draw: float, gradient_bytes: float, bandwidth: float, size: int) -> float:
    """Return how long a step takes: every process draws the whole batch, computes its share, and exchanges gradients.

    A ring all-reduce moves 2 (n - 1) / n of the gradients over every link (Patarasuk and Yuan, J. Parallel Distrib.
    Comput. 2009). None of it is hidden: it begins when all gradients are computed.
    """
    return draw + compute / size + 2 * (size - 1) / size * gradient_bytes / bandwidth


def worker(options: argparse.Namespace) -> None:
    """Measure one process's steps and, where it leads, print them."""
    torch.set_num_threads(1)
    recipe = recipes.load(options.recipe)
    recipe = dataclasses.replace(recipe, batch=options.batch, patch=options.patch)
    with tempfile.TemporaryDirectory() as runs, Ranks(torch.device("cpu")) as ranks:
        objective = make_objective(recipe, Path(options.folder), ranks.device)
        trainer = Trainer(recipe, objective, Path(runs), ranks.device, ranks)
        trainer.autocast = False
        trainer._warm_up()
        trainer._one_step(0.5)
        began, steps = time.perf_counter(), 0
        while ranks.agree(time.perf_counter() - began)[0] < options.seconds:
            trainer._one_step(0.5)
            steps += 1
        ranks.wait()
        whole = (time.perf_counter() - began) / steps
        began = time.perf_counter()
        with torch.no_grad():
            for step in range(steps):
                objective.draw(trainer.generator, When(step, 0.5))
        draw = (time.perf_counter() - began) / steps
        if ranks.leads:
            size = sum(p.numel() * p.element_size() for p in trainer.network.parameters())
            print(json.dumps({"step": whole, "draw": draw, "bytes": size}), flush=True)


def measured(size: int, words: list[str]) -> dict[str, float]:
    """Return what ``size`` processes measure together."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    started = []
    for rank in range(size):
        own = {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(size), "OMP_NUM_THREADS": "1"}
        environment = {**os.environ, **own, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
        command = [sys.executable, "-m", "benchmarks.scaling", *words, "--worker"]
        started.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True))
    said = [process.communicate()[0] for process in started]
    result: dict[str, float] = json.loads(said[0].splitlines()[-1])
    return result


def main() -> None:
    """Print the table of docs/scaling.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--recipe", default="denoise-fast")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--patch", type=int, default=48)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        return worker(options)
    words = [options.folder, "--recipe", options.recipe, "--batch", str(options.batch), "--patch", str(options.patch)]
    words += ["--seconds", str(options.seconds)]
    one, two = (measured(size, words) for size in (1, 2))
    compute = one["step"] - one["draw"]
    batch = f"global batch {options.batch} of {options.patch} px"
    print(f"{options.recipe}, {batch}, {one['bytes'] / 1e6:.1f} MB of gradients")
    print("\n| processes | seconds a step | steps a second | efficiency | of which drawing |")
    print("|---|---|---|---|---|")
    for size, found in ((1, one), (2, two)):
        efficiency = one["step"] / size / found["step"]
        print(
            f"| {size} | {found['step']:.3f} | {1 / found['step']:.2f} | {efficiency:.0%} "
            f"| {found['draw'] / found['step']:.1%} |"
        )
    print(f"\n| processes | {' | '.join(LINKS)} |\n|---{'|---' * len(LINKS)}|")
    for size in PROCESSES:
        times = [step_seconds(compute, one["draw"], one["bytes"], link, size) for link in LINKS.values()]
        print(f"| {size} | " + " | ".join(f"{one['step'] / size / t:.0%}" for t in times) + " |")


if __name__ == "__main__":
    main()
