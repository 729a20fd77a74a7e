"""``aestudio encode`` and ``aestudio decode``: pictures to latent vectors and back."""

from __future__ import annotations

import argparse
import csv
import io
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aestudio.commands.generate import picture_targets, vae_session
from aestudio.commands.inputs import expand
from aestudio.errors import InputError, OutputError, SettingsError, StudioError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aestudio.engine.embed import Embedding
    from aestudio.engine.session import Session


def run(options: argparse.Namespace) -> int:
    """Run ``encode`` or ``decode``; returns 0, or 1 where some inputs failed."""
    return _encode(options) if options.command == "encode" else _decode(options)


def _encode(options: argparse.Namespace) -> int:
    out = Path(options.out)
    if out.suffix not in (".npz", ".csv"):
        raise SettingsError(f"{out.name} is neither NPZ nor CSV.", "Name a file that ends in .npz or .csv.")
    if out.exists() and not options.overwrite:
        raise OutputError(f"{out} exists.", "Add --overwrite to replace it.")
    inputs = expand(options.inputs, options.recursive)
    session = vae_session(options)

    from aestudio.engine.embed import embed, fit_picture
    from aestudio.engine.generate import latent_network
    from aestudio.imageio.reader import read_picture

    network = latent_network(session)
    names, squares, failed = [], [], 0
    for item in inputs:
        try:
            if item.problem:
                raise item.problem
            fitted = fit_picture(read_picture(item.path), network.size, network.channels)
            squares.append(fitted.pixels)
            names.append(str(item.path))
            if fitted.notes and not options.quiet:
                print(f"{item.path}: {', '.join(fitted.notes)}", file=sys.stderr)
        except StudioError as error:
            print(f"{item.path}: {error}", file=sys.stderr)
            failed += 1
    if not names:
        return 1
    embedding = embed(session, np.stack(squares))
    _write(out, names, embedding, session)
    if not options.quiet:
        _report(out, names, embedding, session)
    return 1 if failed else 0


def _report(out: Path, names: list[str], embedding: Embedding, session: Session) -> None:
    for name, unlike in zip(names, embedding.unlike, strict=True):
        if unlike:
            print(f"{name}: not the kind of picture that {session.card.id} knows; much of it is lost", file=sys.stderr)
    dimensions, psnr = embedding.z_mean.shape[1], float(embedding.psnr.mean())
    print(
        f"{len(names)} pictures -> {out} ({dimensions} dimensions each, by {session.card.id}; "
        f"they come back at {psnr:.1f} dB in the mean)"
    )


def _write(out: Path, names: list[str], embedding: Embedding, session: Session) -> None:
    """Write the file, whole or not at all. Raises OutputError."""
    file = io.BytesIO()
    measured = {
        "loss": embedding.loss,
        "bits_per_dim": embedding.bits_per_dim,
        "psnr": embedding.psnr,
        "unlike": embedding.unlike,
    }
    if embedding.labels is not None:
        measured["class"] = np.array([session.card.classes[i] for i in embedding.labels])
    if out.suffix == ".npz":
        arrays: dict[str, Any] = {"names": np.array(names), "model": np.array(session.card.id), **measured}
        np.savez(file, z_mean=embedding.z_mean, z_log_sigma=embedding.z_log_sigma, **arrays)
    else:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        columns = range(embedding.z_mean.shape[1])
        latent_names = [*(f"z_mean_{i}" for i in columns), *(f"z_log_sigma_{i}" for i in columns)]
        writer.writerow(["name", *latent_names, *measured])
        vectors = np.concatenate([embedding.z_mean, embedding.z_log_sigma], 1).tolist()
        figures = zip(*(values.tolist() for values in measured.values()), strict=True)
        writer.writerows([name, *v, *f] for name, v, f in zip(names, vectors, figures, strict=True))
        file.write(text.getvalue().encode(errors="surrogateescape"))
    partial = out.with_name(out.name + ".partial")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(file.getvalue())
        partial.replace(out)
    except OSError as cause:
        partial.unlink(missing_ok=True)
        raise OutputError(f"{out} cannot be written.", "Choose another folder with -o.") from cause


@dataclass(frozen=True)
class _Latents:
    """What a file of latent vectors holds: vectors (N, latent), the model that made them and their classes, if told."""

    vectors: NDArray[np.float32]
    model: str = ""
    classes: tuple[str, ...] = ()


def _decode(options: argparse.Namespace) -> int:
    path = Path(options.inputs)
    latents = _read_csv(path) if path.suffix == ".csv" else _read_npz(path)
    if not len(latents.vectors):
        raise InputError(f"{path} holds no latent vectors.", "Name a file that aestudio encode wrote.")
    options.model = options.model or latents.model or None
    session = vae_session(options)

    from aestudio.engine import generate
    from aestudio.jobs.files import write_pictures

    labels = np.array([generate.class_number(session, name) for name in latents.classes]) if latents.classes else None
    pictures = generate.decode(session, latents.vectors, labels)
    targets = picture_targets(Path(options.out), len(pictures), path.stem)
    failed = skipped = 0
    for target, picture in zip(targets, pictures, strict=True):
        if target.exists() and not options.overwrite:
            skipped += 1
            continue
        try:
            write_pictures(picture, target, options.overwrite)
        except OutputError as error:
            print(f"{target}: {error}", file=sys.stderr)
            failed += 1
    if not options.quiet:
        left = f", {skipped} skipped: the outputs exist; --overwrite replaces them" if skipped else ""
        print(f"{len(pictures)} vectors -> {options.out} (by {session.card.id}{left})")
    return 1 if failed else 0


def _read_npz(path: Path) -> _Latents:
    try:
        with np.load(path, allow_pickle=False) as file:
            vectors = np.asarray(file["z_mean"], dtype=np.float32)
            model = str(file["model"]) if "model" in file.files else ""
            classes = tuple(str(c) for c in file["class"]) if "class" in file.files else ()
    except (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as cause:
        raise InputError(f"{path} holds no latent vectors.", "Name a file that aestudio encode wrote.") from cause
    return _Latents(vectors, model, classes)


def _read_csv(path: Path) -> _Latents:
    try:
        with path.open(newline="", encoding="utf-8", errors="surrogateescape") as file:
            rows = list(csv.DictReader(file))
        columns = [c for c in (rows[0] if rows else ()) if c.startswith("z_mean_")]
        columns.sort(key=lambda c: int(c.removeprefix("z_mean_")))
        vectors = np.array([[float(row[c]) for c in columns] for row in rows], dtype=np.float32)
        classes = tuple(row["class"] for row in rows if row.get("class"))
    except (OSError, ValueError, TypeError, csv.Error) as cause:
        raise InputError(f"{path} holds no latent vectors.", "Name a file that aestudio encode wrote.") from cause
    return _Latents(vectors if columns else vectors[:0], "", classes)
