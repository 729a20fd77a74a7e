"""``aestudio encode`` and ``aestudio decode``: pictures to latent vectors and back."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aestudio.commands.generate import picture_targets, vae_session
from aestudio.commands.inputs import expand
from aestudio.errors import InputError, OutputError, SettingsError, StudioError

if TYPE_CHECKING:
    from numpy.typing import NDArray

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

    from aestudio.engine import generate

    names, squares, failed = [], [], 0
    for item in inputs:
        try:
            if item.problem:
                raise item.problem
            squares.append(_square(item.path, session))
            names.append(str(item.path))
        except StudioError as error:
            print(f"{item.path}: {error}", file=sys.stderr)
            failed += 1
    if not names:
        return 1
    mean, log_sigma = generate.encode(session, np.stack(squares))
    _write(out, names, mean, log_sigma, session.card.id)
    if not options.quiet:
        print(f"{len(names)} pictures -> {out} ({mean.shape[1]} dimensions each, by {session.card.id})")
    return 1 if failed else 0


def _square(path: Path, session: Session) -> NDArray[np.uint8]:
    from aestudio.imageio.reader import read_picture
    from aestudio.imageio.resample import resize, to_uint8
    from aestudio.imageio.values import to_display8

    picture = read_picture(path)
    pixels = to_display8(picture.pixels, picture.info.linear).astype(np.float32)
    if session.card.channels == 1 and pixels.shape[2] == 3:
        pixels = pixels @ np.array([[0.299], [0.587], [0.114]], dtype=np.float32)
    elif session.card.channels == 3 and pixels.shape[2] == 1:
        pixels = np.repeat(pixels, 3, axis=2)
    size = int(session.card.arguments.get("size", 28))
    side = min(pixels.shape[:2])
    top, left = (pixels.shape[0] - side) // 2, (pixels.shape[1] - side) // 2
    square: NDArray[np.uint8] = to_uint8(resize(pixels[top : top + side, left : left + side], (size, size)))
    return square


def _write(out: Path, names: list[str], mean: NDArray[np.float32], log_sigma: NDArray[np.float32], model: str) -> None:
    store = io.BytesIO()
    if out.suffix == ".npz":
        np.savez(store, z_mean=mean, z_log_sigma=log_sigma, names=np.array(names), model=np.array(model))
    else:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        columns = range(mean.shape[1])
        writer.writerow(["name", *(f"z_mean_{i}" for i in columns), *(f"z_log_sigma_{i}" for i in columns)])
        writer.writerows([name, *m, *s] for name, m, s in zip(names, mean.tolist(), log_sigma.tolist(), strict=True))
        store.write(text.getvalue().encode(errors="surrogateescape"))
    partial = out.with_name(out.name + ".partial")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(store.getvalue())
        partial.replace(out)
    except OSError as cause:
        partial.unlink(missing_ok=True)
        raise OutputError(f"{out} cannot be written.", "Choose another folder with -o.") from cause


def _decode(options: argparse.Namespace) -> int:
    path = Path(options.inputs)
    try:
        with np.load(path, allow_pickle=False) as file:
            vectors = np.asarray(file["z_mean"], dtype=np.float32)
            model = str(file["model"]) if "model" in file.files else None
    except (OSError, KeyError, ValueError) as cause:
        raise InputError(f"{path} holds no latent vectors.", "Name a file that aestudio encode wrote.") from cause
    options.model = options.model or model
    session = vae_session(options)

    from aestudio.engine import generate
    from aestudio.jobs.files import write_pictures

    targets = picture_targets(Path(options.out), len(vectors), path.stem)
    failed = 0
    for target, picture in zip(targets, generate.decode(session, vectors), strict=True):
        if target.exists() and not options.overwrite:
            continue
        try:
            write_pictures(picture, target, options.overwrite)
        except OutputError as error:
            print(f"{target}: {error}", file=sys.stderr)
            failed += 1
    if not options.quiet:
        print(f"{len(vectors)} vectors -> {options.out} (by {session.card.id})")
    return 1 if failed else 0
