"""How fast a recipe runs on this device: a few real steps on a few of the pictures, timed, and all of it forgotten."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch

from aestudio.engine.footprint import held_memory, held_on
from aestudio.errors import InputError
from aestudio.imageio.simple import SUFFIXES
from aestudio.training import squares
from aestudio.training.loop import Trainer
from aestudio.training.machine import device_name
from aestudio.training.objectives import make_objective
from aestudio.training.pairs import find_pairs
from aestudio.training.pinned import plain
from aestudio.training.recipes import Recipe
from aestudio.training.sources import Source, no_pictures
from aestudio.training.teaching import taught

log = logging.getLogger(__name__)

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
    recipe: Recipe,
    source: Path | Source,
    device: torch.device,
    seconds: float = SECONDS,
    limit: float = LIMIT,
    teacher: Path | None = None,
) -> Iterator[Pace]:
    """Give the pace of a recipe on pictures of ``source`` (folders or one picture), each better than the one before.

    The first is that of the second step. Where steps are long, no step is begun that would end ``limit`` seconds and
    more after the first look at the pictures; a processor whose first step took longer is judged by that one.
    A sample is copied into a temporary folder, so that a large one is not read through and nothing of a run of the
    same name is touched; of pairs both files are. Raises InputError where nothing can be learned from,
    OutOfMemoryError.
    """
    end = time.monotonic() + limit
    source = Source.of(source)
    with tempfile.TemporaryDirectory(prefix="aestudio-probe-") as scratch:
        copies = source if squares.is_mnist(source.folders[0]) else copied(source, Path(scratch))
        try:
            objective = make_objective(recipe, copies, device)
        except InputError as error:
            # a person knows nothing of the copies
            what = error.what.replace(copies.where, source.where)
            for copy, own in zip(copies.folders, source.folders, strict=True):
                what = what.replace(str(copy), str(own))
            raise InputError(what, error.advice) from error
        if teacher is not None:
            objective, _ = taught(objective, teacher, device)
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


def copied(source: Source, scratch: Path) -> Source:
    """Return a source of copies below ``scratch`` of a few pictures of each folder, or of a few pairs.

    Raises InputError where there are none, or a folder is none.
    """
    if source.pairs is not None:
        return _copied_pairs(source, source.pairs, scratch)
    places = [scratch / str(number) for number in range(len(source.folders))]
    found = [_few(folder, source.without) for folder in source.folders]
    if not any(found):
        raise no_pictures(source.where)
    for number, (folder, place, paths) in enumerate(zip(source.folders, places, found, strict=True)):
        place.mkdir()
        if folder.is_file():
            places[number] = plain(folder, place)
        for path in paths if folder.is_dir() else ():
            _copy(path, place / path.relative_to(folder))
    return Source(tuple(places))


def _copied_pairs(source: Source, inputs: Path, scratch: Path) -> Source:
    pairs, _ = find_pairs(source)
    places = {folder: scratch / str(number) for number, folder in enumerate((*source.folders, inputs))}
    for folder in source.folders:
        places[folder].mkdir()
        own = [pair for pair in pairs if pair.truth.is_relative_to(folder)]
        # evenly spaced, so that sub-folders are there
        step = max(1, len(own) // SAMPLE)
        for number, pair in enumerate(own[: SAMPLE * step : step]):
            # whatever the names of all have in common, those of a few may have more
            for path, place in ((pair.truth, folder), (pair.given, inputs)):
                _copy(path, places[place] / f"{places[folder].name}-{number}{path.suffix}")
    return Source(tuple(places[folder] for folder in source.folders), pairs=places[inputs], register=source.register)


def _few(folder: Path, without: frozenset[Path]) -> list[Path]:
    """Return a few pictures of a folder and its sub-folders, a few of each, found without listing all of it.

    Raises InputError where it is none.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise InputError(f"The folder {folder} does not exist.", "Name a folder of pictures.")
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
                        path = Path(entry.path)
                        if path not in without:
                            here += 1
                            found.append(path)
                    if seen >= ENTRIES:
                        break
        except OSError:
            continue
    by_folder: dict[Path, list[Path]] = {}
    for path in sorted(found):
        by_folder.setdefault(path.parent, []).append(path)
    if len(by_folder) == 1:
        return sorted(found)[:SAMPLE]
    return [path for paths in by_folder.values() for path in paths[:OF_EACH]]


def _copy(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(path, place)
    except OSError as error:
        # a run would leave it out as well
        log.warning("Left out: %s cannot be read (%s).", path, error.strerror)
