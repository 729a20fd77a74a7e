"""How long a restoration takes while a model is being trained beside it.

    python -m benchmarks.beside FOLDER [--recipe denoise-fast] [--megapixels 1] [--rounds 12]

The training process is the one that the window starts; it is held still, left to run, or asked to give way as the
window asks it, in turns, so that what else the machine does meets all three alike. Every time is by the clock, on the
processor, with the precedence that the engine has; the medians and how they compare are printed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from aestudio.catalog import store
from aestudio.catalog.store import Model
from aestudio.engine import device
from aestudio.engine.session import Session
from aestudio.jobs import training
from benchmarks.speed import make_picture

WAYS = {"held still": "alone", "left to run": "beside training", "asked to give way": "beside training that gives way"}
ENGINE_NICENESS = 5
BETWEEN = 1.0
"""Seconds between two restorations, in which training goes on."""


def main() -> None:
    """Train, restore meanwhile, and print the table."""
    parser = argparse.ArgumentParser(description="Times restorations beside a training run.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--recipe", default="denoise-fast")
    parser.add_argument("--model", default="denoise-fast")
    parser.add_argument("--megapixels", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aestudio-bench-") as home:
        with Image.open(make_picture(Path(home), options.megapixels)) as picture:
            pixels = np.asarray(picture, dtype=np.float32) / np.float32(255)
        model = next(m for m in store.installed("denoise") if m.card.id == options.model)
        wanted = training.Training("denoise", options.folder, "beside", minutes=600, recipe=options.recipe)
        taken = beside(wanted, home, lambda: restoration(model, pixels), options.rounds)
    alone = statistics.median(taken["held still"])
    print("| a restoration | median, s | slowest, s | of alone |\n|---|---:|---:|---:|")
    for way, words in WAYS.items():
        median = statistics.median(taken[way])
        print(f"| {words} | {median:.2f} | {max(taken[way]):.2f} | {median / alone:.2f} |")


def restoration(model: Model, pixels: NDArray[np.float32]) -> Callable[[], object]:
    """Return what restores a picture (H, W, 3) in 0..1, having done it once."""
    session = Session(model, device.choose("cpu"))
    height, width = (side - side % session.multiple for side in pixels.shape[:2])
    window = pixels[:height, :width]
    session.run(window, 25.0)
    return lambda: session.run(window, 25.0)


def beside(
    wanted: training.Training, home: str, engine: Callable[[], Callable[[], object]], rounds: int
) -> dict[str, list[float]]:
    """Return the seconds of restorations for each way that the training process behaves."""
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    # the window gives it its own place among the processes, ahead of which the engine is
    process = subprocess.Popen(
        [*training.program(), *wanted.arguments()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "AESTUDIO_HOME": home},
        text=True,
    )
    if hasattr(os, "nice"):
        # the other would inherit it, and threads keep what they are born with
        os.nice(ENGINE_NICENESS)
    restore = engine()
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        first = next(line for line in process.stdout if json.loads(line).get("step"))
        print(f"Training runs: {first.strip()[:80]} ...", flush=True)
        for _ in range(rounds):
            for way, times in taken.items():
                time.sleep(BETWEEN)
                if way == "held still":
                    process.send_signal(signal.SIGSTOP)
                elif way == "asked to give way":
                    process.stdin.write(f"{training.YIELD}\n")
                    process.stdin.flush()
                began = time.perf_counter()
                restore()
                times.append(time.perf_counter() - began)
                process.send_signal(signal.SIGCONT)
                process.stdin.write(f"{training.GO}\n")
                process.stdin.flush()
    finally:
        process.kill()
        process.wait()
    return taken


if __name__ == "__main__":
    main()
