"""Finding models: those that come with the program, and the person's own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from aestudio import paths
from aestudio.catalog.card import Card, read_card
from aestudio.errors import WeightsError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Model:
    """An installed model: its card and its weight file."""

    card: Card
    path: Path

    def digest(self) -> str:
        """Return the SHA-256 of the weights, in hexadecimal: that of the file without its card. Raises OSError."""
        return self._digest(header=False)

    def has_digest(self, digest: str) -> bool:
        """Return whether these are the weights of that digest; of the whole file too, as was once noted."""
        return digest in (self.digest(), self._digest(header=True))

    def _digest(self, header: bool) -> str:
        status = self.path.stat()
        return _digest(self.path, status.st_size, status.st_mtime_ns, header)


@lru_cache(maxsize=64)
def _digest(path: Path, size: int, changed: int, header: bool) -> str:
    import hashlib

    with path.open("rb") as file:
        if not header:
            file.seek(int.from_bytes(file.read(8), "little"), 1)
        return hashlib.file_digest(file, "sha256").hexdigest()


def find(model_id: str, task: str | None = None) -> Model:
    """Return the model of that id; the person's own come first.

    ``task`` is what it is wanted for: where there is none of that id, those that can do it are named.
    Raises WeightsError where there is none, or where its file cannot be trusted.
    """
    for folder in (paths.user_models_folder(), paths.weights_folder()):
        path = folder / f"{model_id}.safetensors"
        if Path(model_id).name == model_id and path.is_file():
            return Model(_card(path), path)
    known = ", ".join(m.card.id for m in installed(task)) or "none"
    if task is not None and known != "none":
        raise WeightsError(f"There is no model “{model_id}”.", f"Choose another model: {known}.")
    raise WeightsError(f"There is no model “{model_id}”.", f"Installed models: {known}.")


def installed(task: str | None = None, own: bool = True) -> list[Model]:
    """Return every usable model, of one task where given, sorted by id; without a person's ``own``, the shipped ones.

    Unusable files are logged and left out. Raises PermissionError for a folder that may not be looked into.
    """
    models: dict[str, Model] = {}
    for folder in (paths.weights_folder(), paths.user_models_folder())[: 1 + own]:
        for path in sorted(folder.glob("*.safetensors")) if folder.is_dir() else []:
            try:
                card = _card(path)
            except WeightsError as error:
                log.warning("%s", error)
                continue
            models[card.id] = Model(card, path)
    return [models[k] for k in sorted(models) if task in (None, models[k].card.task)]


def _card(path: Path) -> Card:
    """Return the card of a weight file, read once for each state of the file. Raises WeightsError."""
    try:
        status = path.stat()
    except OSError:
        return read_card(path)  # which says what is wrong with it
    return _read(path, status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=256)
def _read(path: Path, number: int, size: int, changed: int) -> Card:
    return read_card(path)


def cleans(model_id: str) -> bool:
    """Return whether an enlarging model was trained on blurred, noisy and compressed photographs, by its name."""
    return model_id.endswith("-photo")


def default_id(task: str, scale: float = 1.0, fast: bool = False, blind: bool = True, preferred: str = "") -> str:
    """Return the id of the model to use when none is named.

    Of those that are shipped, where there are any: a model of one's own is used when it is named. The ``-best``
    sibling where it is installed and ``fast`` is not asked for, else ``-fast``; for
    upscaling, that of the smallest model scale that reaches ``scale``, else of the largest; for denoising,
    one that judges the noise by itself or, without ``blind``, one that is told its level. The model ``preferred``
    goes before them where it is of that scale, or can be told that level.
    Raises WeightsError where no model of the task is installed.
    """
    cards = [m.card for m in installed(task)]
    ours = {path.stem for path in paths.weights_folder().glob("*.safetensors")}
    shipped = [c for c in cards if c.id in ours] or cards
    if task == "upscale":
        scales = sorted({c.scale for c in shipped})
        fitting = [s for s in scales if s >= scale] or scales[-1:]
        cards, shipped = ([c for c in some if c.scale in fitting[:1]] for some in (cards, shipped))
    if task == "denoise":
        # with blind, one that must be told its level will do too: the program measures it
        if blind and any(c.id == preferred for c in cards):
            return preferred
        cards, shipped = ([c for c in some if c.blind == blind] or some for some in (cards, shipped))
    if not cards:
        raise WeightsError(f"No model for the task “{task}” is installed.", "Install aestudio again.")
    if any(c.id == preferred for c in cards):
        return preferred
    cards = shipped or cards
    named = [c for c in cards if c.id.endswith(("-fast", "-best"))] or cards
    siblings = [c for c in named if c.id.endswith("-fast") == fast]
    return (siblings or named)[0].id
