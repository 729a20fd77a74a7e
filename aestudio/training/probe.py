"""How fast a recipe runs on this device: a few real steps on a few of the pictures, timed, and all of it forgotten."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from aestudio.errors import InputError
from aestudio.imageio.simple import SUFFIXES
from aestudio.training import squares
from aestudio.training.loop import Trainer, device_name
from aestudio.training.objectives import make_objective
from aestudio.training.pinned import plain
from aestudio.training.recipes import Recipe

# Pictures that are looked at: steps are as long on other ones of the folder.
SAMPLE = 8
# Of each folder at most so many, so that the classes of sub-folders are all there.
OF_EACH = 4
# Names that are read until there are enough pictures.
ENTRIES = 5_000
# Steps and seconds before the clock runs, whichever is over first: the first step finds out how to compute.
WARM_UP, WARM_UP_SECONDS = 4, 2.0
SECONDS = 3.0
LEAST_STEPS = 2


@dataclass(frozen=True)
class Pace:
    """What a step costs on a device: ``memory`` is the most that was held, in bytes (0: not known)."""

    device: str
    steps_per_second: float
    megapixels_per_second: float
    memory: int


def measure(recipe: Recipe, source: Path, device: torch.device, seconds: float = SECONDS) -> Pace:
    """Return the pace of a recipe on pictures of ``source`` (a folder or one picture), after warming up.

    A sample is copied into a temporary folder, so that a large one is not read through and nothing of a run of the
    same name is touched. Raises InputError where nothing can be learned from, OutOfMemoryError.
    """
    if recipe.degradation == "pairs":
        # a step is as long; the sample has no second files
        recipe = replace(recipe, degradation="photo" if recipe.architecture == "photo-unet" else "plain")
    with tempfile.TemporaryDirectory(prefix="aestudio-probe-") as scratch:
        pictures = source if squares.is_mnist(source) else Path(scratch) / "pictures"
        if source.is_file():
            pictures = plain(source, Path(scratch))
        elif pictures is not source:
            _copy(sample(source), source, pictures)
        try:
            objective = make_objective(recipe, pictures, device)
        except InputError as error:
            # a person knows nothing of the copies
            raise InputError(error.what.replace(str(pictures), str(source)), error.advice) from error
        trainer = Trainer(objective.recipe, objective, Path(scratch) / "run", device)
        begun = time.monotonic()
        for _ in range(WARM_UP):
            trainer.timed(0.0, 1)
            if time.monotonic() - begun > WARM_UP_SECONDS:
                break
        steps, taken = trainer.timed(seconds, LEAST_STEPS)
        pixels = objective.pixels_per_step / 1e6
    return Pace(device_name(device), steps / taken, steps * pixels / taken, _memory(device))


def sample(folder: Path) -> list[Path]:
    """Return a few pictures of a folder and its sub-folders, a few of each, found without listing all of it.

    Raises InputError where there are none.
    """
    waiting, seen = deque([folder]), 0
    found: list[Path] = []
    end = time.monotonic() + SECONDS
    while waiting and len(found) < SAMPLE * OF_EACH and seen < ENTRIES and (not found or time.monotonic() < end):
        here = 0
        try:
            with os.scandir(waiting.popleft()) as inside:
                for entry in inside:
                    seen += 1
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir():
                        waiting.append(Path(entry.path))
                    elif here < SAMPLE and os.path.splitext(entry.name)[1].lower() in SUFFIXES:
                        here += 1
                        found.append(Path(entry.path))
                    if seen >= ENTRIES:
                        break
        except OSError:
            continue
    if not found:
        raise InputError(f"There are no pictures in {folder}.", "Name a folder that holds JPEG, PNG or TIFF files.")
    by_folder: dict[Path, list[Path]] = {}
    for path in sorted(found):
        by_folder.setdefault(path.parent, []).append(path)
    if len(by_folder) == 1:
        return sorted(found)[:SAMPLE]
    return [path for paths in by_folder.values() for path in paths[:OF_EACH]]


def _copy(paths: list[Path], root: Path, target: Path) -> None:
    for path in paths:
        place = target / path.relative_to(root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def _memory(device: torch.device) -> int:
    if device.type == "cuda":
        return torch.cuda.max_memory_reserved(device)
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # kilobytes, but bytes on a Mac
    return most if sys.platform == "darwin" else most * 1024
