"""Jobs on latent spaces, between the engine process and the engine: samples, decoded points, exported pictures."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt
from pathlib import Path

import numpy as np

from aestudio.catalog.axes import axes_of
from aestudio.engine import arrange, generate
from aestudio.engine.embed import embed, fit_picture
from aestudio.engine.generate import Labels, Pictures
from aestudio.engine.session import Session
from aestudio.errors import OutputError
from aestudio.imageio.picture import Picture
from aestudio.jobs.events import Encoded, PicturesReady
from aestudio.jobs.files import write_pictures
from aestudio.jobs.mapping import MOST_FOR_TSNE, AlikeFound, Arrange, Arranged, FindAlike, Survey, Surveyed
from aestudio.jobs.plane import Plane
from aestudio.jobs.spec import Decode, Encode, Export, Map, Sample
from aestudio.models.weights import load_points


def sample(job: Sample, session: Session) -> PicturesReady:
    """Return the pictures of a seed, as the command line makes them, or those like one. Raises SettingsError."""
    labels: Labels | None
    if job.like:
        vectors = generate.vary(session, np.array(job.like, np.float32), job.amount, job.count, job.seed, job.first)
        labels = np.full(job.count, job.label) if job.label >= 0 else None
    else:
        vectors = generate.draw_latents(session, job.count, job.seed, job.temperature, job.truncation, job.first)
        labels = generate.labels_for(session, job.count, job.class_name, job.first)
    pictures = generate.decode(session, vectors, labels)
    told = () if labels is None else tuple(labels.tolist())
    return PicturesReady(job.id, pictures, vectors=vectors, labels=told)


def decode(job: Decode | Export, session: Session) -> Pictures:
    """Return the pictures (N, H, W, channels) of a job's vectors. Raises SettingsError."""
    try:
        vectors = np.array(job.vectors, dtype=np.float32)
    except ValueError:  # of different lengths
        vectors = np.zeros((len(job.vectors), 0), np.float32)
    return generate.decode(session, vectors, np.array(job.labels) if job.labels else None)


def mosaic(job: Map, session: Session) -> Pictures:
    """Return what a part of a plane decodes to, (rows * size, columns * size, channels). Raises SettingsError."""
    plane = job.plane
    return generate.mosaic(
        session, (plane.origin, plane.first, plane.second), job.box, job.columns, job.rows, max(job.label, 0)
    )


def survey(job: Survey, session: Session) -> Surveyed:
    """Return what a latent space is like: by the points that the model carries, or by what it decodes to."""
    latent = generate.latent_size(session)
    vectors, groups = load_points(session.model.path, latent)
    if latent == 2:
        axes = arrange.Axes(np.zeros(2), np.eye(2)[0], np.eye(2)[1])
    else:
        axes = _widest(session, vectors)
    places = arrange.place(vectors, axes)
    told = session.card.statistics.get("point_classes") or session.card.classes
    names = tuple(str(name) for name in told) if len(vectors) else ()
    return Surveyed(job.id, latent, _plane(axes, latent), arrange.around(places), vectors, groups, names, places)


def arranged(job: Arrange) -> Arranged:
    """Return vectors laid out on a plane. Raises SettingsError."""
    vectors = np.asarray(job.vectors, np.float32)
    if job.method == "pca":
        axes = arrange.principal_axes(vectors)
        places = arrange.place(vectors, axes)
        return Arranged(job.id, places, arrange.around(places), _plane(axes, vectors.shape[1]))
    places = arrange.tsne(vectors, MOST_FOR_TSNE) if job.method == "tsne" else arrange.umap(vectors)
    return Arranged(job.id, places, arrange.around(places))


def alike(job: FindAlike, check: Callable[[], None]) -> AlikeFound:
    """Return pairs of vectors that are close; ``check`` may raise in between. Raises SettingsError."""
    return AlikeFound(job.id, *arrange.alike(np.asarray(job.vectors, np.float32), job.share, check=check))


def _widest(session: Session, vectors: generate.Vectors) -> arrange.Axes:
    """Return the plane to look at first: that of the card's axes, of the points that it carries, or of the decoder."""
    known = axes_of(session.card)
    if known is not None and len(known.directions) > 1:
        return arrange.Axes(np.array(known.mean), np.array(known.directions[0]), np.array(known.directions[1]))
    return arrange.principal_axes(vectors) if len(vectors) else arrange.strongest_axes(session)


def _plane(axes: arrange.Axes, latent: int) -> Plane:
    names = ("1", "2") if latent == 2 else ("", "")
    origin, first, second = (tuple(axis.tolist()) for axis in axes)
    return Plane(origin, first, second, names)


def encode(job: Encode, picture: Picture, session: Session) -> Encoded:
    """Return where a picture lies and what of it comes back. Raises SettingsError."""
    network = generate.latent_network(session)
    fitted = fit_picture(picture, network.size, network.channels)
    found = embed(session, fitted.pixels[None])
    back = generate.decode(session, found.z_mean, found.labels)[0]
    return Encoded(
        job.id,
        fitted.pixels,
        back,
        tuple(found.z_mean[0].tolist()),
        -1 if found.labels is None else int(found.labels[0]),
        float(np.abs(back.astype(np.float32) - fitted.pixels).mean()),
        float(found.psnr[0]),
        bool(found.unlike[0]),
        fitted.notes,
    )


def export(job: Export, session: Session, check: Callable[[], None]) -> None:
    """Write the pictures of a job; ``check`` may raise between two files.

    Raises OutputError where a file cannot be written, or one of single files is there already: then none is written.
    """
    pictures = decode(job, session)
    if job.form != "files":
        columns = len(pictures) if job.form == "strip" else ceil(sqrt(len(pictures)))
        write_pictures(generate.sheet(pictures, columns), Path(job.target), overwrite=True)
        return
    targets = [Path(job.target) / f"{job.stem}-{number:04d}.png" for number in range(len(pictures))]
    there = next((target for target in targets if target.exists()), None)
    if there is not None:
        raise OutputError(f"{there.name} is in that folder already.", "Choose another folder.")
    for target, picture in zip(targets, pictures, strict=True):
        check()
        write_pictures(picture, target)
