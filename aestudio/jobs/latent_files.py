"""Files of latent vectors, NPZ and CSV: written and read alike by the command line and the window."""

from __future__ import annotations

import contextlib
import csv
import io
import math
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aestudio.errors import InputError, SettingsError, StudioError
from aestudio.imageio.writer import failure_of
from aestudio.jobs.clock import Clock
from aestudio.jobs.events import Progress
from aestudio.jobs.vectors import MOST_SHOWN, DecodeFile, EncodeFiles, VectorsRead
from aestudio.whole_file import whole_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aestudio.catalog.card import Card
    from aestudio.engine.embed import Embedding
    from aestudio.engine.session import Session

SUFFIXES = (".npz", ".csv")
_BATCH = 32


@dataclass(frozen=True)
class Latents:
    """What a file holds: vectors (N, latent), and where it tells them the model, their classes and names."""

    vectors: NDArray[np.float32]
    model: str = ""
    classes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def check_name(out: Path) -> None:
    """Raise SettingsError for the name of a file that is neither NPZ nor CSV."""
    if out.suffix.lower() not in SUFFIXES:
        raise SettingsError(f"{out.name} is neither NPZ nor CSV.", "Name a file that ends in .npz or .csv.")


def write_latents(out: Path, names: list[str], embedding: Embedding, card: Card) -> None:
    """Write where pictures lie and how well they come back, whole or not at all. Raises OutputError."""
    file = io.BytesIO()
    measured: dict[str, Any] = {"loss": embedding.loss}
    if embedding.bits_per_dim is not None:
        measured["bits_per_dim"] = embedding.bits_per_dim
    measured |= {"psnr": embedding.psnr, "unlike": embedding.unlike}
    if embedding.labels is not None:
        measured["class"] = np.array([card.classes[i] for i in embedding.labels])
    if out.suffix.lower() == ".npz":
        arrays: dict[str, Any] = {"names": np.array(names), "model": np.array(card.id), **measured}
        np.savez(file, z_mean=embedding.z_mean, z_log_sigma=embedding.z_log_sigma, **arrays)
    else:
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        columns = range(embedding.z_mean.shape[1])
        latent_names = [*(f"z_mean_{i}" for i in columns), *(f"z_log_sigma_{i}" for i in columns)]
        writer.writerow(["name", *latent_names, *measured, "model"])
        vectors = np.concatenate([embedding.z_mean, embedding.z_log_sigma], 1).tolist()
        figures = zip(*(values.tolist() for values in measured.values()), strict=True)
        writer.writerows([name, *v, *f, card.id] for name, v, f in zip(names, vectors, figures, strict=True))
        file.write(text.getvalue().encode(errors="surrogateescape"))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(out) as target:
            target.write(file.getvalue())
    except OSError as cause:
        raise failure_of(out, cause) from cause


def read_latents(path: Path) -> Latents:
    """Return what a file of latent vectors holds. Raises InputError where there are none."""
    if not path.exists():
        raise InputError(f"There is no file {path}.", "Name a file that aestudio encode wrote.")
    latents = _read_csv(path) if path.suffix.lower() == ".csv" else _read_npz(path)
    if latents.vectors.ndim != 2 or not len(latents.vectors):
        raise _none_in(path)
    if len(latents.names) != len(latents.vectors):
        latents = replace(latents, names=())
    if len(latents.classes) not in (0, len(latents.vectors)):
        classes = f"{path} has {len(latents.vectors)} vectors and {len(latents.classes)} classes."
        raise InputError(classes, "Give every vector one, or none of them.")
    return latents


def _none_in(path: Path) -> InputError:
    return InputError(f"{path} holds no latent vectors.", "Name a file that aestudio encode wrote.")


def _read_npz(path: Path) -> Latents:
    try:
        with np.load(path, allow_pickle=False) as file:
            vectors = np.asarray(file["z_mean"], dtype=np.float32)
            model = str(file["model"]) if "model" in file.files else ""
            classes, names = (
                tuple(str(value) for value in file[key]) if key in file.files else () for key in ("class", "names")
            )
    except (OSError, KeyError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as cause:
        raise _none_in(path) from cause
    return Latents(vectors, model, classes, names)


def _read_csv(path: Path) -> Latents:
    vectors, classes, names, models = list[list[float]](), list[str](), list[str](), set[str]()
    try:
        with path.open(newline="", encoding="utf-8", errors="surrogateescape") as file:
            rows = csv.DictReader(file)
            columns = [c for c in rows.fieldnames or () if c.startswith("z_mean_")]
            columns.sort(key=lambda c: int(c.removeprefix("z_mean_")))
            for row in rows if columns else ():
                vectors.append([_number(path, rows.line_num, column, row[column]) for column in columns])
                classes.append(row.get("class") or "")
                names.append(row.get("name") or "")
                models.add(row.get("model") or "")
    except (OSError, ValueError, csv.Error) as cause:
        raise _none_in(path) from cause
    if any(classes) and not all(classes):
        row_number = classes.index("") + 1
        raise InputError(f"Vector {row_number} in {path} has no class.", "Give every vector one, or none of them.")
    found = np.array(vectors, dtype=np.float32).reshape(len(vectors), len(columns))
    # vectors of several were put together by somebody, who knows what for
    model = models.pop() if len(models) == 1 else ""
    called = tuple(name or f"{path.stem} {number}" for number, name in enumerate(names, 1)) if any(names) else ()
    return Latents(found, model, tuple(filter(None, classes)), called)


def _number(path: Path, line: int, column: str, text: str | None) -> float:
    """Return a cell's finite number. Raises InputError, naming the line."""
    with contextlib.suppress(ValueError, TypeError):
        value = float(text or "")
        if math.isfinite(value):
            return value
    raise InputError(f"Line {line} of {path} has no number in the column {column}.", "Write one there.")


def encode_files(
    job: EncodeFiles, session: Session, check: Callable[[], None], tell: Callable[[Progress], None]
) -> dict[str, Any]:
    """Encode pictures into a file; ``check`` is called between them and may raise. Returns what Finished tells.

    Raises InputError where none can be read, SettingsError for a model without an encoder, OutputError.
    """
    from aestudio.engine.embed import Embedding, embed
    from aestudio.engine.generate import check_encoder, latent_network
    from aestudio.jobs.embedding import read_fitted

    check_name(Path(job.target))
    check_encoder(session)
    network = latent_network(session)
    clock = Clock(len(job.paths))
    names, failed, parts = [], [], []
    waiting: list[NDArray[np.uint8]] = []
    for number, path in enumerate(job.paths, 1):
        check()
        try:
            waiting.append(read_fitted(Path(path), network.size, network.channels, job.max_pixels).pixels)
            names.append(path)
        except StudioError as error:
            failed.append(f"{Path(path).name}: {error}")
        if waiting and (len(waiting) == _BATCH or number == len(job.paths)):
            parts.append(embed(session, np.stack(waiting)))
            waiting = []
        tell(clock.tick(job.id, number))
    if not names:
        raise InputError("None of these pictures can be read.", failed[0] if failed else "Choose others.")
    columns: dict[str, Any] = {each.name: [getattr(part, each.name) for part in parts] for each in fields(Embedding)}
    joined: dict[str, Any] = {k: None if v[0] is None else np.concatenate(v) for k, v in columns.items()}
    whole = Embedding(**joined)
    write_latents(Path(job.target), names, whole, session.card)
    psnr = float(whole.psnr.mean())
    return {"count": len(names), "unlike": int(whole.unlike.sum()), "psnr": psnr, "failed": failed}


def decode_file(job: DecodeFile, session: Session) -> VectorsRead:
    """Return the pictures of a file's vectors, the first ones where there are many.

    Raises InputError for a file without vectors or of another model, SettingsError for vectors it cannot decode.
    """
    from aestudio.engine import generate

    path = Path(job.path)
    latents = read_latents(path)
    if latents.model and latents.model != session.card.id:
        raise InputError(
            f"The vectors in {path.name} were made by the model “{latents.model}”, and this is “{session.card.id}”.",
            "Choose that model first.",
        )
    vectors = latents.vectors[:MOST_SHOWN]
    known = latents.classes[: len(vectors)]
    numbers = [generate.class_number(session, name) for name in known]
    labels = np.array(numbers) if numbers else generate.labels_for(session, len(vectors))
    pictures = generate.decode(session, vectors, labels)
    told = () if labels is None else tuple(labels.tolist())
    return VectorsRead(
        job.id, pictures, vectors, told, latents.names[: len(vectors)], len(latents.vectors) - len(vectors)
    )
