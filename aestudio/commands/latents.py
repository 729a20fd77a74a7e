"""``aestudio encode`` and ``aestudio decode``: pictures to latent vectors and back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aestudio import paths
from aestudio.commands import say
from aestudio.commands.generate import picture_targets, vae_session
from aestudio.commands.inputs import Input, check_max_pixels, expand
from aestudio.commands.shares import Share
from aestudio.errors import OutputError, StudioError
from aestudio.jobs.latent_files import check_name, read_latents, write_latents

if TYPE_CHECKING:
    from aestudio.engine.embed import Embedding
    from aestudio.engine.session import Session

_TOGETHER = 256
"""So many pictures are embedded at once."""


def run(options: argparse.Namespace) -> int:
    """Run ``encode`` or ``decode``; returns 0, or 1 where some inputs failed."""
    return _encode(options) if options.command == "encode" else _decode(options)


def _encode(options: argparse.Namespace) -> int:
    out = Path(options.out)
    check_name(out)
    check_max_pixels(options)
    if out.exists() and not options.overwrite:
        raise OutputError(f"{out} exists.", "Add --overwrite to replace it.")
    paths.check_writable(out.parent)
    inputs = expand(options.inputs, options.recursive)
    share = Share.own()
    options.device = share.device(options.device)
    session = vae_session(options)
    with share.gathering() as gather:
        embedded = _embedded(share.of(inputs), session, options)
        everything = gather(embedded)
        if everything is not None:
            names, embedding = _in_order(inputs, everything)
            if embedding is not None:
                write_latents(out, names, embedding, session.card)
                if options.json:
                    _tell_each(out, names, embedding, session)
                elif not options.quiet:
                    _report(out, names, embedding, session)
    return 1 if embedded.failed else 0


@dataclass(frozen=True)
class _Embedded:
    """What a process made of its pictures: a row of the embedding for each of ``names``; ``failed`` gave none."""

    names: list[str]
    embedding: Embedding | None
    failed: int


def _embedded(inputs: Sequence[Input], session: Session, options: argparse.Namespace) -> _Embedded:
    from aestudio.engine.embed import Embedding, embed, joined
    from aestudio.engine.generate import check_encoder, latent_network
    from aestudio.jobs.embedding import read_fitted

    network = latent_network(session)
    check_encoder(session)
    names, squares, parts, failed = list[str](), list[Any](), list[Embedding](), 0

    def place() -> None:
        # as many at a time as memory need not grow for
        parts.append(embed(session, np.stack(squares)))
        squares.clear()

    for item in inputs:
        try:
            if item.problem:
                raise item.problem
            fitted = read_fitted(item.path, network.size, network.channels, options.max_pixels)
            squares.append(fitted.pixels)
            names.append(str(item.path))
            if len(squares) == _TOGETHER:
                place()
            if fitted.notes and not options.quiet:
                print(f"{item.path}: {', '.join(fitted.notes)}", file=sys.stderr)
        except StudioError as error:
            print(f"{item.path}: {error}", file=sys.stderr)
            if options.json:
                say.line(say.json_line(_row(str(item.path), options.out, "failed", session, error=str(error))))
            failed += 1
    if squares:
        place()
    return _Embedded(names, joined(parts, range(len(names))) if names else None, failed)


def _in_order(inputs: Sequence[Input], parts: Sequence[_Embedded]) -> tuple[list[str], Embedding | None]:
    """Return what all processes made, in the order of the inputs; None where that is nothing."""
    from aestudio.engine.embed import joined

    whole = [part.embedding for part in parts if part.embedding is not None]
    if not whole:
        return [], None
    names = [name for part in parts for name in part.names]
    places = {str(item.path): number for number, item in enumerate(inputs)}
    order = sorted(range(len(names)), key=lambda row: places[names[row]])
    return [names[row] for row in order], joined(whole, order)


def _row(given: str, output: object, status: str, session: Session, **more: object) -> dict[str, object]:
    """Return what ``--json`` says of one picture."""
    made_by = {"model": session.card.id, "device": session.choice.name}
    return {"input": given, "output": str(output), "status": status, "error": None, **made_by, **more}


def _tell_each(out: Path, names: list[str], embedding: Embedding, session: Session) -> None:
    for name, psnr, unlike in zip(names, embedding.psnr, embedding.unlike, strict=True):
        say.line(say.json_line(_row(name, out, "done", session, psnr=float(psnr), unlike=bool(unlike))))


def _report(out: Path, names: list[str], embedding: Embedding, session: Session) -> None:
    for name, unlike in zip(names, embedding.unlike, strict=True):
        if unlike:
            print(f"{name}: not the kind of picture that {session.card.id} knows; much of it is lost", file=sys.stderr)
    dimensions, psnr = embedding.z_mean.shape[1], float(embedding.psnr.mean())
    number = "1 picture" if len(names) == 1 else f"{len(names)} pictures"
    print(
        f"{number} -> {out} ({dimensions} dimensions each, by {session.card.id}; "
        f"coming back at {psnr:.1f} dB in the mean)",
        # torchrun ends this process as soon as another one has said that a picture failed
        flush=True,
    )


def _decode(options: argparse.Namespace) -> int:
    path = Path(options.inputs)
    latents = read_latents(path)
    options.model = options.model or latents.model or None
    session = vae_session(options)

    from aestudio.engine import generate
    from aestudio.jobs.files import write_pictures

    labels = np.array([generate.class_number(session, name) for name in latents.classes]) if latents.classes else None
    pictures = generate.decode(session, latents.vectors, labels)
    targets = picture_targets(Path(options.out), len(pictures), path.stem)
    failed = skipped = 0
    for number, (target, picture) in enumerate(zip(targets, pictures, strict=True)):
        status, why = "done", None
        if target.exists() and not options.overwrite:
            skipped, status, why = skipped + 1, "skipped", "the output exists; --overwrite replaces it"
        else:
            try:
                write_pictures(picture, target, options.overwrite)
            except OutputError as error:
                print(f"{target}: {error}", file=sys.stderr)
                failed, status, why = failed + 1, "failed", str(error)
        if options.json:
            say.line(say.json_line(_row(str(path), target, status, session, error=why, number=number)))
    if not options.quiet and not options.json:
        left = f", {skipped} skipped: the outputs exist; --overwrite replaces them" if skipped else ""
        print(f"{len(pictures)} vectors -> {options.out} (by {session.card.id}{left})")
    return 1 if failed else 0
