"""``aestudio models``: what is installed, and what a person does with models of their own."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aestudio.catalog import shelf, store
from aestudio.catalog.card import Card
from aestudio.commands.say import json_line
from aestudio.errors import SettingsError, StudioError, WeightsError


def run(options: argparse.Namespace) -> int:
    """Print the list, or one card, or do with a model what was asked. Raises StudioError.

    With ``--json`` the last line says what came of it: a program that watches hears of a failure too.
    """
    try:
        return _run(options)
    except StudioError as error:
        if options.json:
            print(json_line({"status": "failed", "error": error.what, "advice": error.advice}), flush=True)
        raise


def _run(options: argparse.Namespace) -> int:
    deeds = (options.export, options.onnx, options.rename, options.delete or None)
    if not options.id and any(deed is not None for deed in deeds):
        raise SettingsError("It is not said which model is meant.", "Put its id before the options.")
    if options.take_in is not None:
        if options.id:
            raise SettingsError("An imported model brings its own id.", "Leave the id away.")
        return _take_in(Path(options.take_in), options)
    if options.export is not None:
        path = shelf.export(options.id, Path(options.export), options.overwrite)
        return _done(options, {"model": options.id, "path": str(path)}, f"The model “{options.id}” is in {path}.")
    if options.onnx is not None:
        return _onnx(options)
    if options.rename is not None:
        card = shelf.rename(options.id, options.rename)
        return _done(options, {"model": card.id, "title": card.title}, f"{card.id} is called “{card.title}” now.")
    if options.delete:
        shelf.delete(options.id)
        return _done(options, {"model": options.id}, f"The model “{options.id}” is deleted.")
    return _show(options)


def _take_in(source: Path, options: argparse.Namespace) -> int:
    from aestudio.models.weights import check

    card = shelf.take_in(source, check)
    words = f"“{card.title}” is installed as {card.id}."
    return _done(options, {"model": card.id, "title": card.title, "task": card.task}, words)


def _onnx(options: argparse.Namespace) -> int:
    from aestudio.engine.exchange import export_onnx

    made = export_onnx(store.find(options.id), Path(options.onnx), options.overwrite)
    words = "\n".join(
        f"{one.path} takes {one.takes}; it gives {one.gives}. Run by both, it differs from the model by "
        f"{one.difference:.1e} at most."
        for one in made
    )
    row = {"path": str(made[0].path), "difference": max(one.difference for one in made), "files": len(made)}
    return _done(options, {"model": options.id, **row}, words)


def _done(options: argparse.Namespace, row: Mapping[str, Any], words: str) -> int:
    print(json_line({"status": "done", **row}) if options.json else words, flush=True)
    return 0


def _show(options: argparse.Namespace) -> int:
    if options.id:
        card = store.find(options.id).card
        print(json_line(dataclasses.asdict(card)) if options.json else card_words(card))
        return 0
    models = store.installed()
    if not models:
        raise WeightsError("No model is installed.", "Install aestudio again, or train one: aestudio train --help.")
    for model in models:
        card = model.card
        if options.json:
            print(json_line(dataclasses.asdict(card)))
        else:
            print(f"{card.id:<22} {card.task:<8} {card.title}: {card.description}")
    return 0


def card_words(card: Card) -> str:
    """Return a card as lines of words."""
    lines = [card.title, card.description, ""]
    for key, value in dataclasses.asdict(card).items():
        if key in ("title", "description") or value in ({}, [], ""):
            continue
        if isinstance(value, dict):
            lines.append(f"{key.replace('_', ' ')}:")
            lines += [f"  {k}: {v}" for k, v in value.items()]
        else:
            lines.append(f"{key.replace('_', ' ')}: {value}")
    return "\n".join(lines)
