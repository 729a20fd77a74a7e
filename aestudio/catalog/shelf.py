"""What a person does with models of their own: named, handed on, taken in, deleted. Without torch."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from aestudio import paths
from aestudio.catalog import store
from aestudio.catalog.card import Card, card_text, read_header
from aestudio.catalog.store import Model
from aestudio.errors import OutputError, SettingsError, WeightsError
from aestudio.whole_file import whole_file

SUFFIX = ".safetensors"
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
LONGEST_TITLE = 60
# How a pickle, bare or in torch's zip, begins.
_PICKLES = (b"\x80", b"PK\x03\x04")
_ONLY_OURS = "Only files that aestudio has exported can be imported."


def own(model: Model) -> bool:
    """Return whether a model is the person's own, which may be changed; the others came with the program."""
    return model.path.parent == paths.user_models_folder()


DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10)}
"""Names that Windows takes for devices, whatever their suffix."""


def is_id(name: str) -> bool:
    """Return whether a name can be a model's id: every file system takes it for a file."""
    return bool(_NAME.fullmatch(name)) and name.partition(".")[0].lower() not in DEVICES


def check_id(name: str) -> None:
    """Raise SettingsError where ``name`` cannot be a model's id."""
    if not is_id(name):
        raise SettingsError(
            f"“{name}” cannot be a model's name.",
            "Use letters, digits and dashes, and no name of a device such as con.",
        )


def free_id(title: str, otherwise: str, taken: Iterable[str] = ()) -> str:
    """Return the id of a new model: the title's plain letters and digits, which every file system takes.

    ``otherwise`` is used for a title without any; a number makes it differ from those of all installed models, from
    files of the person's own that are no models (any more), and from what is ``taken`` otherwise.
    """
    wanted = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:50] or otherwise
    if wanted in DEVICES:
        wanted = f"my-{wanted}"
    return _numbered(wanted, _taken_ids().union(taken), "-")


def _taken_ids() -> set[str]:
    files = {file.stem for file in paths.user_models_folder().glob(f"*{SUFFIX}")}
    return {model.card.id for model in store.installed()} | files


def free_title(title: str) -> str:
    """Return a title that no installed model has: this one, with a number where it is taken."""
    return _numbered(title, titles(), " ")


def titles() -> set[str]:
    """Return what the installed models are called."""
    return {model.card.title for model in store.installed()}


def rename(model_id: str, title: str) -> Card:
    """Give one of the person's own models another title; its id, by which settings and scripts know it, stays.

    Raises SettingsError for a title that cannot be or a model that is not theirs, WeightsError, OutputError.
    """
    model = _changeable(model_id)
    title = " ".join(title.split())
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise SettingsError("That cannot be a model's name.", f"Write 1 to {LONGEST_TITLE} letters.")
    if title == model.card.title:
        return model.card
    if title in titles():
        raise SettingsError(f"A model called “{title}” exists already.", "Choose another name.")
    card = dataclasses.replace(model.card, title=title)
    _write(model.path, card, model.path)
    describe(card, model.path)
    return card


def export(model_id: str, target: Path, overwrite: bool = False) -> Path:
    """Copy a model, its card inside, to a file of one's own (in a folder: by its id); return the file.

    It exists whole or not at all. Raises WeightsError, SettingsError for a name that is no weight file's, OutputError.
    """
    model = store.find(model_id)
    if target.is_dir():
        target = target / model.path.name
    if target.suffix != SUFFIX:
        raise SettingsError(f"{target.name} cannot hold a model.", f"Give it a name that ends in {SUFFIX}.")
    if target.exists() and not overwrite:
        raise OutputError(f"{target} exists.", "Choose another name, or overwrite it.")
    if target.exists() and target.samefile(model.path):
        raise OutputError(f"{target} is the model itself.", "Choose another place for the copy.")
    _publish(target, lambda file: _copy(model.path, file))
    return target


def take_in(source: Path, check: Callable[[Path], object]) -> Card:
    """Install a file that was exported, here or on another machine; return its card.

    ``check`` is given the copy before it is installed, and raises WeightsError where card and tensors do not fit each
    other. An id or a title that is taken gets a number. Raises WeightsError, OutputError.
    """
    card = _trusted(source)
    for known in store.installed():
        if known.card.architecture == card.architecture and known.digest() == Model(card, source).digest():
            raise WeightsError(f"The model is installed already, as “{known.card.title}”.", "Nothing was changed.")
    new_id = card.id if is_id(card.id) and card.id not in _taken_ids() else free_id(card.title, f"my-{card.task}")
    title = free_title(" ".join(card.title.split())[:LONGEST_TITLE] or new_id)
    card = dataclasses.replace(card, id=new_id, title=title)
    target = paths.user_models_folder() / f"{new_id}{SUFFIX}"
    # a folder of its own: the file must bear its name while it is checked, and must not be listed before that
    waiting = target.parent / f".importing-{os.getpid()}"
    _sweep(target.parent)
    try:
        _write(source, card, waiting / target.name)
        check(waiting / target.name)
        (waiting / target.name).replace(target)
    except OSError as cause:
        raise _unwritable(target, cause) from cause
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    describe(card, target)
    return card


def files_of(model_id: str) -> list[Path]:
    """Return the files of one of the person's own models, its weights first: what deleting it takes away.

    A file that is damaged can go too. Raises SettingsError for a model that is not theirs, WeightsError.
    """
    path = paths.user_models_folder() / f"{model_id}{SUFFIX}"
    if not (is_id(model_id) and path.is_file()):
        path = _changeable(model_id).path
    beside = (path.with_suffix(".md"), paths.directions_folder() / f"{model_id}.json")
    return [path, *(file for file in beside if file.is_file())]


def delete(model_id: str) -> None:
    """Delete one of the person's own models for good. Raises SettingsError, WeightsError, OutputError."""
    for file in files_of(model_id):
        try:
            file.unlink(missing_ok=True)
        except OSError as cause:
            raise OutputError(f"{file} cannot be deleted.", "Allow changes of its folder.") from cause


def _changeable(model_id: str) -> Model:
    model = store.find(model_id)
    if not own(model):
        raise SettingsError(
            f"The model “{model_id}” comes with aestudio and stays as it is.",
            "Only your own models can be renamed or deleted.",
        )
    return model


def _trusted(source: Path) -> Card:
    """Return the card of a file from elsewhere. Raises WeightsError where it is none that can be trusted."""
    try:
        with source.open("rb") as file:
            begins = file.read(4)
    except OSError as cause:
        raise WeightsError(f"The file {source} cannot be read.", "Check its name and that you may read it.") from cause
    if begins.startswith(_PICKLES):
        raise WeightsError(
            f"{source.name} is a pickle or an archive, which could hold a program: it was not opened.", _ONLY_OURS
        )
    metadata, _ = read_header(source)
    return Card.from_metadata(metadata, source.name)


def _numbered(wanted: str, taken: set[str], gap: str) -> str:
    """Return ``wanted``, with the first number from 2 behind it that makes it a new one where it is taken."""
    candidates = itertools.chain([wanted], (f"{wanted}{gap}{number}" for number in itertools.count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _write(source: Path, card: Card, target: Path) -> None:
    """Write the tensors of ``source`` under another card. Raises OutputError, WeightsError."""

    def body(file: IO[bytes]) -> None:
        with source.open("rb") as old:
            header: dict[str, Any] = json.loads(old.read(int.from_bytes(old.read(8), "little")))
            header["__metadata__"] = {**header.get("__metadata__", {}), **card.to_metadata()}
            text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
            # tensors begin at a multiple of eight bytes
            text += b" " * (-len(text) % 8)
            file.write(len(text).to_bytes(8, "little") + text)
            shutil.copyfileobj(old, file, 2**20)

    _publish(target, body)


def _copy(source: Path, file: IO[bytes]) -> None:
    with source.open("rb") as old:
        shutil.copyfileobj(old, file, 2**20)


def _publish(target: Path, body: Callable[[IO[bytes]], None]) -> None:
    """Write a file whole or not at all. Raises OutputError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(target) as file:
            body(file)
    except OSError as cause:
        raise _unwritable(target, cause) from cause


def _sweep(folder: Path) -> None:
    """Remove what an import left an hour ago or earlier, when it was killed."""
    with contextlib.suppress(OSError):
        for leftover in folder.glob(".importing-*"):
            if leftover.stat().st_mtime < time.time() - 3600:
                shutil.rmtree(leftover, ignore_errors=True)


def _unwritable(target: Path, cause: OSError) -> OutputError:
    reason = cause.strerror or type(cause).__name__
    return OutputError(f"The model cannot be written to {target}: {reason}.", "Free space or choose another folder.")


def describe(card: Card, weights: Path) -> None:
    """Write the card's page beside its weight file; a model goes without where that cannot be."""
    page = weights.with_suffix(".md")
    try:
        page.write_text(card_text(card), encoding="utf-8")
    except OSError:
        with contextlib.suppress(OSError):
            page.unlink(missing_ok=True)
