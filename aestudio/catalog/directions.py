"""Directions that a person taught a model, or names that they gave to its own: a JSON file for each model."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from aestudio import paths
from aestudio.errors import InputError, OutputError
from aestudio.settings import write_json

FORMAT_VERSION = 1
_KEEP = "Move it away to start with none."
CHOOSE_OTHER = "Choose a file of directions that aestudio exported, or a newer aestudio."


@dataclass(frozen=True)
class Taught:
    """A direction of a model's latent space: ``vector`` (latent,) is a whole step from without to with.

    ``accuracy`` (0..1) says how well it tells its ``examples`` (with, without) apart; None: too few to say.
    """

    key: str
    name: str
    vector: tuple[float, ...]
    accuracy: float | None = None
    examples: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Directions:
    """What is kept for a ``model``: directions that were taught, and ``names`` of its own ones by their key.

    ``counted`` numbers were given to directions that were taught, those that are gone among them.
    """

    model: str
    taught: tuple[Taught, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    counted: int = 0

    def with_taught(self, direction: Taught) -> Directions:
        """Return these with one more, under a key that no other had: what was done by one that is gone is not its."""
        used = {t.key for t in self.taught}
        number = next(n for n in count(self.counted + 1) if f"taught-{n}" not in used)
        return replace(self, taught=(*self.taught, replace(direction, key=f"taught-{number}")), counted=number)

    def without(self, key: str) -> Directions:
        """Return these less one."""
        return replace(self, taught=tuple(t for t in self.taught if t.key != key))

    def renamed(self, key: str, name: str) -> Directions:
        """Return these with another name for one of them, or for one of the model's own; empty: its usual one."""
        if any(t.key == key for t in self.taught):
            taught = tuple(replace(t, name=name or t.name) if t.key == key else t for t in self.taught)
            return replace(self, taught=taught)
        names = {k: n for k, n in self.names.items() if k != key}
        return replace(self, names={**names, key: name} if name else names)


def load(model: str) -> Directions:
    """Return what is kept for a model. Raises InputError for a file that is damaged or of a newer version."""
    file = paths.directions_folder() / f"{model}.json"
    return read(file) if file.is_file() else Directions(model)


def save(kept: Directions) -> None:
    """Keep it, whole or not at all. Raises OutputError where it cannot be written."""
    write(kept, paths.directions_folder() / f"{kept.model}.json")


def write(kept: Directions, file: Path) -> None:
    """Write directions to a file of their own, for another machine. Raises OutputError."""
    taught = [
        {"key": t.key, "name": t.name, "vector": t.vector, "accuracy": t.accuracy, "examples": t.examples}
        for t in kept.taught
    ]
    try:
        plain = {"model": kept.model, "taught": taught, "names": kept.names, "counted": kept.counted}
        write_json(file, {"version": FORMAT_VERSION, **plain})
    except OSError as cause:
        raise OutputError(f"The directions cannot be written to {file}.", "Choose another folder.") from cause


def read(file: Path, advice: str = _KEEP) -> Directions:
    """Return the directions in a file. Raises InputError, with what to do, where it holds none that can be used."""
    try:
        stored: Any = json.loads(file.read_text(encoding="utf-8"))
        version = int(stored["version"])
        if version <= FORMAT_VERSION:
            names = {str(k): str(v) for k, v in stored.get("names", {}).items()}
            taught = tuple(_taught(entry) for entry in stored["taught"])
            return Directions(str(stored["model"]), taught, names, int(stored.get("counted", 0)))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as cause:
        raise InputError(f"{file.name} holds no directions, or is damaged.", advice) from cause
    raise InputError(f"The directions in {file.name} were made by a newer version of aestudio.", advice)


def _taught(entry: Any) -> Taught:  # noqa: ANN401 - JSON
    vector = tuple(float(v) for v in entry["vector"])
    with_it, without = entry["examples"]
    accuracy = None if entry["accuracy"] is None else float(entry["accuracy"])
    if not vector or not all(map(math.isfinite, vector)):
        raise ValueError("a direction of numbers")
    return Taught(str(entry["key"]), str(entry["name"]), vector, accuracy, (int(with_it), int(without)))
