"""``aestudio generate``: new pictures from a VAE."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aestudio import paths
from aestudio.catalog import store
from aestudio.commands.inputs import names_a_picture
from aestudio.commands.say import json_line
from aestudio.errors import OutputError, SettingsError

if TYPE_CHECKING:
    from aestudio.engine.session import Session


def run(options: argparse.Namespace) -> int:
    """Write ``--count`` pictures, one sheet with ``--grid``, or the ``--path`` between them.

    Returns 0, or 1 where some could not be written.
    """
    if not 0 <= options.seed < 2**63:
        raise SettingsError(f"A seed of {options.seed} is out of range.", f"Choose 0 to {2**63 - 1}.")
    if options.path is not None and options.grid:
        raise SettingsError("A path is no sheet.", "Leave out --path or --grid.")
    session = vae_session(options)
    if options.path is not None:
        from aestudio.commands.walk import write_walk

        return write_walk(options, session)

    from aestudio.engine import generate
    from aestudio.jobs.files import write_pictures

    vectors = generate.draw_latents(session, options.count, options.seed, options.temperature, options.truncation)
    labels = generate.labels_for(session, options.count, options.class_name or "")
    targets = _targets(options, 1 if options.grid else options.count)
    pictures = generate.decode(session, vectors, labels)
    if options.grid:
        pictures = generate.sheet(pictures, math.ceil(math.sqrt(options.count)))[None]
    failed = 0
    for number, (target, picture) in enumerate(zip(targets, pictures, strict=True)):
        error = None
        status = "done"
        try:
            if target.exists() and not options.overwrite:
                status, error = "skipped", "the output exists; --overwrite replaces it"
            else:
                write_pictures(picture, target, options.overwrite)
        except OutputError as problem:
            status, error, failed = "failed", str(problem), failed + 1
            print(f"{target}: {error}", file=sys.stderr)
        if options.json:
            row = {"input": None, "output": str(target), "status": status, "error": error, "seed": options.seed,
                   "number": number, "model": session.card.id, "device": session.choice.name}  # fmt: skip
            print(json_line(row))
        elif not options.quiet and status != "failed":
            print(f"{target}" + (f": skipped ({error})" if status == "skipped" else ""))
    return 1 if failed else 0


def vae_session(options: argparse.Namespace) -> Session:
    """Return the session of the VAE that the options name, or of the first installed. Raises StudioError."""
    model = store.find(options.model or store.default_id("vae"), "vae")
    if model.card.task != "vae":
        raise SettingsError(f"The model “{model.card.id}” is for the task {model.card.task}.", "Choose a VAE.")

    from aestudio.engine import device
    from aestudio.engine.session import SessionCache

    return SessionCache().get(model, device.choose(options.device, options.precision))


def _targets(options: argparse.Namespace, count: int) -> list[Path]:
    return picture_targets(Path(options.out), count, f"sheet-{options.seed}" if options.grid else f"{options.seed}")


def picture_targets(out: Path, count: int, stem: str) -> list[Path]:
    """Return ``count`` paths: ``out`` itself where it names one picture, else numbered PNG files in that folder.

    Raises SettingsError for the suffix of a picture that is only read, OutputError where nothing can be written there.
    """
    single = names_a_picture(out, count)
    folder = out.parent if single else out
    paths.check_writable(folder)
    if single:
        return [out]
    return [folder / (f"{stem}.png" if count == 1 else f"{stem}-{i:04d}.png") for i in range(count)]
