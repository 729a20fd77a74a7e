"""``aestudio evaluate``: a model measured by a published protocol, one row a picture and the mean."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aestudio.catalog import shelf, store
from aestudio.catalog.store import Model
from aestudio.commands.say import json_line
from aestudio.errors import InputError, OutOfMemoryError, SettingsError, StudioError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aestudio.engine.session import Session
    from aestudio.evaluation.sets import Pixels
    from aestudio.training.squares import Squares

Row = dict[str, float]
Rows = Iterator[tuple[str, Row]]
_SIGMAS = (15.0, 25.0, 50.0)
_QUALITIES = (10, 20, 30, 40)
_MODEL_TASKS = {"denoise": "denoise", "photo": "denoise", "jpeg": "denoise", "upscale": "upscale", "vae": "vae"}


def run(options: argparse.Namespace) -> int:
    """Print a table for each set and setting; returns 0, or 1 where pictures could not be read. Raises StudioError."""
    _check_ranges(options)
    model = _model(options)
    if options.record and not shelf.own(model) and any(Path(name).is_dir() for name in options.sets):
        raise SettingsError(
            f"The card of “{model.card.id}”, which comes with aestudio, is of published sets only.",
            "Leave --record out, or name a model of your own.",
        )

    from aestudio.engine import device
    from aestudio.engine.session import SessionCache

    session = SessionCache().get(model, device.choose(options.device, options.precision))
    recorded: dict[str, Row] = {}
    failed: set[Path] = set()

    def missed(path: Path, error: StudioError) -> None:
        failed.add(path)
        print(f"{path}: {error}", file=sys.stderr)

    for name in options.sets:
        for label, rows, together in _tables(options, session, name, missed):
            # a folder of one's own is no published set, whatever it is called
            kept = f"folder {label}" if Path(name).is_dir() else label
            recorded[kept] = _print_table(label, rows, options, together)
    if options.record and not failed:
        record_scores(model.path, recorded)
    elif options.record:
        print("The card stays as it is: the means are not of the whole sets.", file=sys.stderr)
    return 1 if failed else 0


def _check_ranges(options: argparse.Namespace) -> None:
    for sigma in options.sigma or ():
        if not 0 <= sigma <= 255:
            raise SettingsError(f"A sigma of {sigma:g} is out of range.", "Choose 0 to 255.")
    for quality in options.quality or ():
        if not 1 <= quality <= 100:
            raise SettingsError(f"A quality of {quality} is out of range.", "Choose 1 to 100.")
    for name in ("samples", "every"):
        if getattr(options, name) < 1:
            raise SettingsError(f"The number of --{name} must be positive.", "Choose at least 1.")


def _model(options: argparse.Namespace) -> Model:
    """Return the model to measure. Raises SettingsError where it is not of the task or not of the scale asked for."""
    task, scale = _MODEL_TASKS[options.task], options.scale
    blind = options.task != "denoise"
    wanted = options.model or store.default_id(task, 4 if scale is None else scale, blind=blind)
    model = store.find(wanted, task)
    if model.card.task != task:
        raise SettingsError(f"The model “{model.card.id}” is for the task {model.card.task}.", "Choose another one.")
    if model.card.blind and (options.sigma and options.task != "denoise"):
        raise SettingsError(f"The model “{model.card.id}” judges the noise by itself.", "Leave --sigma out.")
    if task == "upscale" and scale is not None and model.card.scale != scale:
        if options.model:
            raise SettingsError(f"The model “{model.card.id}” enlarges x{model.card.scale}.", "Leave --scale out.")
        scales = ", ".join(f"x{s}" for s in sorted({m.card.scale for m in store.installed("upscale")}))
        raise SettingsError(f"No model that enlarges x{scale} is installed.", f"Installed scales: {scales}.")
    return model


def _tables(
    options: argparse.Namespace, session: Session, name: str, missed: Callable[[Path, StudioError], None]
) -> Iterator[tuple[str, Rows, int]]:
    """Yield (what was measured, rows of (picture, figures), how many) for every setting of a set.

    How many pictures one row is of all together, 0 where each has a row of its own.
    """
    from aestudio.evaluation import restoration, sets

    data = Path(options.data)
    short = Path(name).name

    def rows(found: Sequence[tuple[str, *tuple[Pixels, ...]]], measure: Callable[..., Row]) -> Rows:
        return _rows(name, found, measure, session, missed)

    if options.task == "denoise":
        pictures = sets.clean_pictures(name, data, missed)
        for sigma in options.sigma or _SIGMAS:
            kind = " clipped" if options.clipped else ""
            measure = partial(restoration.denoise, session, sigma=sigma, clipped=options.clipped)
            yield f"{short} sigma {sigma:g}{kind}", rows(pictures, measure), 0
    elif options.task == "photo":
        found = sets.pairs(name, data, missed)
        for sigma in options.sigma or (None,):
            words = "blind" if sigma is None else f"sigma {sigma:g}"
            yield f"{short} {words}", rows(found, partial(restoration.photo, session, sigma=sigma)), 0
    elif options.task == "jpeg":
        pictures = sets.clean_pictures(name, data, missed)
        sigma = options.sigma[0] if options.sigma else None
        for quality in options.quality or _QUALITIES:
            measure = partial(restoration.jpeg, session, quality=quality, sigma=sigma)
            yield f"{short} quality {quality}", rows(pictures, measure), 0
    elif options.task == "upscale":
        pictures = sets.clean_pictures(name, data, missed, restoration.least_side(session.card.scale))
        yield f"{short} x{session.card.scale}", rows(pictures, partial(restoration.upscale, session)), 0
    else:
        yield from _latent_tables(options, session, name, short, missed)


def _rows(
    name: str,
    found: Sequence[tuple[str, *tuple[Pixels, ...]]],
    measure: Callable[..., Row],
    session: Session,
    missed: Callable[[Path, StudioError], None],
) -> Rows:
    """Yield (picture, figures) of each that memory holds whole; ``missed`` hears of the others."""
    import torch

    from aestudio.engine.device import release_memory

    for stem, *pictures in found:
        figures: Row | None = None
        try:
            figures = measure(*pictures)
        except (torch.OutOfMemoryError, MemoryError):
            what = "There is not enough memory to measure this picture whole."
            missed(Path(name, stem), OutOfMemoryError(what, "Leave it out, or try --device cpu."))
        if figures is None:
            # what the attempt had computed is let go of by now
            release_memory(session.choice.device)
        else:
            yield stem, figures


def _latent_tables(
    options: argparse.Namespace, session: Session, name: str, short: str, missed: Callable[[Path, StudioError], None]
) -> Iterator[tuple[str, Rows, int]]:
    from aestudio.engine.generate import latent_network
    from aestudio.evaluation import generate
    from aestudio.training import squares
    from aestudio.training.autoencoding import LEAST_HELD_OUT

    folder = Path(name) if Path(name).is_dir() else Path(options.data) / "vae" / name
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", "Name a folder of pictures, or of MNIST's idx.gz files.")
    network = latent_network(session)
    known, test = squares.load(folder, network.size, network.channels, LEAST_HELD_OUT, missed=missed)
    # of a folder, those that a training on it never sees
    row = f"{len(test.pictures)} of {len(known.pictures) + len(test.pictures)}, kept apart"
    if squares.is_mnist(folder):
        test, row = squares.load_mnist(folder, squares.MNIST_TEST), "test set"
    part = f", every {options.every}th picture" if options.every > 1 else ""
    labels, told = _classes(session, test)
    row += told
    figures = generate.likelihood(session, test.pictures, labels, options.samples, options.every)
    # what has no bound is weighed by no samples
    how = f"{options.samples} importance samples{part}" if "nll" in figures else "no bound"
    yield f"{short}, nats, {how}", iter([(row, figures)]), len(test.pictures)
    if test.classes and session.card.arguments.get("latent") == 2:
        found = generate.map_accuracy(session, (test.pictures, test.labels), (known.pictures, known.labels))
        yield f"{short}, class of the nearest on the map", iter([(row, found)]), len(test.pictures)


def _classes(session: Session, test: Squares) -> tuple[NDArray[np.int64], str]:
    """Return the numbers that a model has for the classes of pictures, and what is to be said of them.

    A folder may name other classes than the model knows, or none: then those that the model takes them for count.
    """
    from aestudio.engine.generate import latent_network, likeliest_classes

    known = session.card.classes
    if not latent_network(session).classes:
        return test.labels, ""
    if test.classes and set(test.classes) <= set(known):
        return np.array([known.index(name) for name in test.classes])[test.labels], ""
    guessed = likeliest_classes(session, test.pictures)
    assert guessed is not None
    return guessed, ", of the likeliest classes"


def _print_table(label: str, rows: Rows, options: argparse.Namespace, together: int) -> Row:
    from aestudio.evaluation.restoration import means

    table: list[Row] = []
    for picture, figures in rows:
        if options.json:
            print(json_line({"set": label, "picture": picture, **figures}), flush=True)
        else:
            if not table:
                print(f"\n{label}\n{'':<28}" + "".join(f"{name:>16}" for name in figures))
            print(f"{picture[:27]:<28}" + "".join(f"{value:>16.4f}" for value in figures.values()), flush=True)
        table.append(figures)
    if not table:
        return {}
    mean, number = means(table), together or len(table)
    if options.json:
        print(json_line({"set": label, "picture": None, "pictures": number, **mean}), flush=True)
    else:
        print(f"{'mean of ' + str(number):<28}" + "".join(f"{value:>16.4f}" for value in mean.values()), flush=True)
    return mean


def record_scores(path: Path, scores: dict[str, Row]) -> None:
    """Write mean scores onto the card inside a weight file, and its page beside it; the weights stay as they are."""
    from safetensors import torch as safetensors

    from aestudio.catalog.card import read_card
    from aestudio.models.weights import save_network

    card = read_card(path)
    rounded = {label: {k: round(v, 4) for k, v in row.items()} for label, row in scores.items()}
    card = dataclasses.replace(card, scores={**card.scores, **rounded})
    # those of the file lie in it, and Windows replaces no file that is in use
    tensors = {name: tensor.clone() for name, tensor in safetensors.load_file(path).items()}
    save_network(tensors, card, path, next(iter(tensors.values())).dtype)
    shelf.describe(card, path)
