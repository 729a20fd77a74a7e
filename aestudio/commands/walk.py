"""``aestudio generate --path``: a path through a latent space, written as an animation or as its frames."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from aestudio import paths
from aestudio.catalog.axes import axes_of
from aestudio.commands.inputs import expand
from aestudio.commands.say import json_line
from aestudio.errors import OutputError, SettingsError
from aestudio.imageio.animation import LEAST_SECONDS
from aestudio.jobs.walks import ExportWalk, WalkForm

if TYPE_CHECKING:
    from aestudio.engine.generate import Vectors
    from aestudio.engine.session import Session

VECTORS = (".npz", ".csv")
ANIMATIONS: dict[str, WalkForm] = {".gif": "gif", ".webp": "webp"}

Pin = tuple["Vectors", int]
"""A vector (latent,) and its class, -1 where the model has none."""


def write_walk(options: argparse.Namespace, session: Session) -> int:
    """Write the path that the options describe; returns 0, or 1 where it could not be written.

    The path and its frames are those of the window's Path tool. Raises StudioError where a pin is none.
    """
    from aestudio.engine.paths import labels_along, there_and_back, walk
    from aestudio.jobs.walking import export_walk

    target = Path(options.out)
    form = ANIMATIONS.get(target.suffix.lower(), "png")
    if form == "png" and target.suffix and not target.is_dir():
        raise SettingsError(
            f"A path cannot be written as {target.suffix}.", "Choose a .gif, a .webp, or a folder for its frames."
        )
    if options.steps < 1 or options.seconds < LEAST_SECONDS:
        raise SettingsError(
            f"{options.steps} frames of {options.seconds:g} seconds from pin to pin make no path.",
            f"Choose --steps of at least 1 and --seconds of at least {LEAST_SECONDS:g}.",
        )
    pins = _pins(options, session)
    vectors = np.stack([vector for vector, _ in pins])
    axes = axes_of(session.card)
    support = axes.support if axes is not None else 0
    parts = (support, vectors.shape[1] - support) if support else ()
    around = options.loop == "around"
    frames = walk(vectors, options.shape, options.steps, around, parts)
    order = there_and_back(len(frames)) if options.loop == "back" else list(range(len(frames)))
    along = labels_along(tuple(label for _, label in pins), options.steps, around)
    job = ExportWalk(
        session.card.id,
        frames[order],
        str(target),
        form,
        options.side,
        options.seconds,
        1 if options.loop == "stop" else options.plays,
        tuple(along[number] for number in order) if along else (),
        f"{session.card.id}-walk",
    )
    if form != "png" and target.exists() and not options.overwrite:
        return _tell(options, job, session, "skipped", "the output exists; --overwrite replaces it")
    paths.check_writable(target.parent if form != "png" else target)
    try:
        export_walk(job, session, lambda: None, lambda _: None, overwrite=options.overwrite)
    except OutputError as problem:
        return _tell(options, job, session, "failed", str(problem))
    return _tell(options, job, session, "done", None)


def _tell(options: argparse.Namespace, job: ExportWalk, session: Session, status: str, error: str | None) -> int:
    if status == "failed":
        print(f"{job.target}: {error}", file=sys.stderr)
    if options.json:
        row = {"input": None, "output": job.target, "status": status, "error": error, "seed": options.seed,
               "frames": len(job.vectors), "model": session.card.id, "device": session.choice.name}  # fmt: skip
        print(json_line(row))
    elif not options.quiet and status != "failed":
        print(f"{job.target}: " + (f"skipped ({error})" if error else f"{len(job.vectors)} frames"))
    return 1 if status == "failed" else 0


def _pins(options: argparse.Namespace, session: Session) -> list[Pin]:
    """Return what the path goes through: what is named, or the draws of the seed where nothing is."""
    from aestudio.engine import generate

    chosen = generate.labels_for(session, 1, options.class_name) if options.class_name else None
    if not options.path:
        drawn = generate.draw_latents(session, options.count, options.seed, options.temperature, options.truncation)
        labels = generate.labels_for(session, options.count, options.class_name or "")
        return list(zip(drawn, [-1] * len(drawn) if labels is None else labels.tolist(), strict=True))
    pins = [pin for name in options.path for pin in _named(name, options, session)]
    return pins if chosen is None else [(vector, int(chosen[0])) for vector, _ in pins]


def _named(name: str, options: argparse.Namespace, session: Session) -> Iterator[Pin]:
    """Yield the pins of one argument: a seed's first draw, a file's vectors, or where pictures lie."""
    from aestudio.engine import generate

    if name.removeprefix("-").isdigit():
        labels = generate.labels_for(session, 1)
        vectors = generate.draw_latents(session, 1, int(name), options.temperature, options.truncation)
        yield vectors[0], -1 if labels is None else int(labels[0])
    elif Path(name).suffix.lower() in VECTORS:
        yield from _of_file(Path(name), session)
    else:
        yield from _of_pictures(name, session, options.max_pixels)


def _of_file(path: Path, session: Session) -> Iterator[Pin]:
    from aestudio.engine import generate
    from aestudio.jobs.latent_files import read_latents

    latents = read_latents(path)
    if latents.vectors.shape[1] != generate.latent_size(session):
        raise SettingsError(
            f"The vectors in {path.name} are of length {latents.vectors.shape[1]}; "
            f"the model “{session.card.id}” takes {generate.latent_size(session)}.",
            "Choose the model that they were made with.",
        )
    if latents.classes:
        labels = [generate.class_number(session, each) for each in latents.classes]
    else:
        turn = generate.labels_for(session, len(latents.vectors))
        labels = [-1] * len(latents.vectors) if turn is None else turn.tolist()
    yield from zip(latents.vectors, labels, strict=True)


def _of_pictures(name: str, session: Session, max_pixels: int) -> Iterator[Pin]:
    from aestudio.engine.embed import embed
    from aestudio.engine.generate import latent_network
    from aestudio.jobs.embedding import read_fitted

    network = latent_network(session)
    for item in expand([name], recursive=False):
        if item.problem:
            raise item.problem
        fitted = read_fitted(item.path, network.size, network.channels, max_pixels)
        found = embed(session, fitted.pixels[None])
        yield found.z_mean[0], -1 if found.labels is None else int(cast("np.ndarray", found.labels)[0])
