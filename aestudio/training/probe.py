"""How fast a recipe runs on this device: a few real steps on a few of the pictures, timed, and all of it forgotten."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from aestudio.engine.footprint import held_memory, held_on
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
# Steps and seconds before the clock of the better estimates runs, whichever is over first: the first step finds out
# how to compute, the next ones are not yet as fast as those after them.
WARM_UP, WARM_UP_SECONDS = 4, 2.0
# Seconds that are timed for the last estimate, and between two of them.
SECONDS, ROUND = 3.0, 1.0
# Seconds from the first look at the pictures after which no further step is begun.
LIMIT = 8.0


@dataclass(frozen=True)
class Pace:
    """What a step costs on a device: ``memory`` is what is held then, in bytes (0: not known)."""

    device: str
    steps_per_second: float
    megapixels_per_second: float
    memory: int


def paces(
    recipe: Recipe, source: Path, device: torch.device, seconds: float = SECONDS, limit: float = LIMIT
) -> Iterator[Pace]:
    """Give the pace of a recipe on pictures of ``source`` (a folder or one picture), each better than the one before.

    The first is that of the second step. Where steps are long, no step is begun that would end ``limit`` seconds and
    more after the first look at the pictures; a processor whose first step took longer is judged by that one.
    A sample is copied into a temporary folder, so that a large one is not read through and nothing of a run of the
    same name is touched. Raises InputError where nothing can be learned from, OutOfMemoryError.
    """
    end = time.monotonic() + limit
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
        name = device_name(device)

        def pace(steps: int, taken: float) -> Pace:
            megapixels = steps * objective.pixels_per_step / 1e6
            return Pace(name, steps / taken, megapixels / taken, held_on(device) or held_memory())

        begun = time.monotonic()
        steps, taken = trainer.timed(0.0, 1)
        if device.type != "cpu" or time.monotonic() + taken < end:
            steps, taken = trainer.timed(0.0, 1)
        yield pace(steps, taken)
        number = 2
        while number < WARM_UP and time.monotonic() - begun < WARM_UP_SECONDS and time.monotonic() + taken < end:
            _, taken = trainer.timed(0.0, 1)
            number += 1
        if number == WARM_UP:
            # these steps were short: the ones before the clock ran are not counted
            steps, taken = 0, 0.0
        while taken < seconds and time.monotonic() + (taken / steps if steps else 0.0) < end:
            more, longer = trainer.timed(min(ROUND, seconds - taken), 1)
            steps, taken = steps + more, taken + longer
            yield pace(steps, taken)


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
