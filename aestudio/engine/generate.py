"""Pictures from latent vectors and back: what the Generate tab and its commands share."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from aestudio.engine.session import Session
from aestudio.errors import SettingsError
from aestudio.models.latent import CorrelatedPrior, LatentNetwork

Pictures = NDArray[np.uint8]
Vectors = NDArray[np.float32]
Labels = NDArray[np.int64]
MOST = 10_000
_BATCH = 256
# so many pictures of at most so many pixels a side are decoded by one thread
_FEW, _SMALL = 4, 64


def draw_latents(
    session: Session,
    count: int,
    seed: int,
    temperature: float = 1.0,
    truncation: float | None = None,
    first: int = 0,
) -> Vectors:
    """Return draws number ``first``, ``first + 1``, ... of the prior, (count, latent).

    A draw depends on seed and number alone, so that more of them go on where fewer stopped, and they are made
    on the CPU, so that a seed gives the same on every device. ``temperature`` scales how far they stray from the
    prior's middle (of a fitted mixture: from the middles of its components); with ``truncation`` no number
    of the standard normal draw behind them is further from 0. Raises SettingsError for a value out of range.
    """
    if not 1 <= count <= MOST:
        raise SettingsError(f"{count} pictures cannot be drawn at once.", f"Choose 1 to {MOST}.")
    if not 0 <= temperature <= 5:
        raise SettingsError(f"A temperature of {temperature:g} is out of range.", "Choose 0 to 5.")
    if truncation is not None and not 0 < truncation <= 10:
        raise SettingsError(f"A truncation of {truncation:g} is out of range.", "Choose more than 0, up to 10.")
    network = latent_network(session)
    size = network.latent + 1
    uniform = torch.from_numpy(np.stack([_stream(seed, first + i).random(size) for i in range(count)]))
    edge = float(torch.special.ndtr(torch.tensor(-(truncation or np.inf), dtype=torch.float64)))
    share, places = uniform[:, 0], uniform[:, 1:] * (1 - 2 * edge) + edge
    epsilon = (torch.special.ndtri(places.clamp(1e-12, 1 - 1e-12)) * temperature).float()
    if network.prior is not None:
        device = session.choice.device
        size = network.prior.size
        head = network.prior.place(epsilon[:, :size].to(device), share.float().to(device))
        epsilon[:, :size] = head.cpu()
    drawn: Vectors = epsilon.numpy()
    return drawn


def vary(session: Session, vector: Vectors, amount: float, count: int, seed: int, first: int = 0) -> Vectors:
    """Return vectors number ``first``, ``first + 1``, ... like one (latent,): more so the smaller ``amount`` (0..1) is.

    A standard normal vector stays one: z' = sqrt(1 - amount^2) z + amount e; one of a correlated prior stays one of
    that prior, about its middle. Raises SettingsError out of range.
    """
    if not 0 <= amount <= 1:
        raise SettingsError(f"A variation of {amount:g} is out of range.", "Choose 0 to 1.")
    epsilon = np.stack([_stream(seed, first + number).standard_normal(len(vector)) for number in range(count)])
    prior, middle = latent_network(session).prior, np.zeros(())
    if isinstance(prior, CorrelatedPrior):
        middle = prior.mean.cpu().numpy()
        strays = torch.from_numpy(epsilon).float().to(session.choice.device)
        epsilon = prior.deviation(strays).cpu().numpy()
    varied: Vectors = (middle + np.sqrt(1 - amount**2) * (vector - middle) + amount * epsilon).astype(np.float32)
    return varied


def _stream(seed: int, number: int) -> np.random.Generator:
    """Return the random numbers of one draw: Philox is a counter, so that no draw needs those before it."""
    return np.random.Generator(np.random.Philox(key=np.array([seed % 2**64, number], np.uint64)))


def latent_size(session: Session) -> int:
    """Return the number of latent dimensions of a VAE's session."""
    return latent_network(session).latent


def class_number(session: Session, name: str) -> int:
    """Return the number of a class by its name. Raises SettingsError where the model does not know it."""
    classes = session.card.classes
    if not classes:
        raise SettingsError(f"The model “{session.card.id}” has no classes.", "Leave the class out.")
    if name not in classes:
        raise SettingsError(f"The model “{session.card.id}” knows no class “{name}”.", f"It knows {_listed(classes)}.")
    return classes.index(name)


def labels_for(session: Session, count: int, name: str = "", first: int = 0) -> Labels | None:
    """Return the labels (count,) to decode with: of one class, or of all in turn; None for a model without classes.

    Raises SettingsError for a class that the model does not know.
    """
    if name:
        return np.full(count, class_number(session, name))
    classes = latent_network(session).classes
    return np.arange(first, first + count) % classes if classes else None


@torch.inference_mode()
def decode(session: Session, vectors: NDArray[Any], labels: Labels | None = None) -> Pictures:
    """Return the pictures (N, size, size, channels), uint8, of latent vectors (N, latent).

    A model with classes takes the ``labels`` (N,), or all its classes in turn. Raises SettingsError where the
    vectors have another number of dimensions or hold what is not a number.
    """
    network = latent_network(session)
    if vectors.ndim != 2 or vectors.shape[1] != network.latent:
        raise SettingsError(
            f"The vectors are of shape {vectors.shape}; this model takes (N, {network.latent}).",
            "Choose the model that they were made with.",
        )
    if not np.isfinite(vectors).all():
        raise SettingsError("Some of the latent values are not numbers.", "Make the vectors anew.")
    if labels is None:
        labels = labels_for(session, len(vectors))
    device, dtype = session.choice.device, session.choice.dtype
    parts = []
    with _few_threads(session, len(vectors)):
        for start in range(0, len(vectors), _BATCH):
            which = slice(start, start + _BATCH)
            z = torch.from_numpy(np.ascontiguousarray(vectors[which], dtype=np.float32)).to(device, dtype)
            picture = network.picture(z, _tensor(labels, which, device))
            parts.append((picture * 255).round().to(torch.uint8).permute(0, 2, 3, 1).cpu().numpy())
    return np.concatenate(parts)


@contextmanager
def _few_threads(session: Session, count: int) -> Iterator[None]:
    """Decode a small picture or two by one thread of the processor.

    It takes two milliseconds alone, and several threads wait for each other at every layer: on a machine that does
    other things besides, 150 (measured on the digits, two cores, four other programs at work). A portrait of 64 pixels
    takes 8 by one thread and 10 by two, of which one in twenty 118.
    """
    before = torch.get_num_threads()
    alone = session.choice.device.type == "cpu" and count <= _FEW and latent_network(session).size <= _SMALL
    try:
        if alone:
            torch.set_num_threads(1)
        yield
    finally:
        if alone:
            torch.set_num_threads(before)


@torch.inference_mode()
def encode(session: Session, pictures: Pictures, labels: Labels | None = None) -> tuple[Vectors, Vectors]:
    """Return (z_mean, z_log_sigma), each (N, latent), of pictures (N, size, size, channels) uint8.

    A model with classes takes the ``labels`` (N,), or finds the likeliest ones itself. Raises SettingsError where
    the model has no encoder.
    """
    network = latent_network(session)
    check_encoder(session)
    if labels is None:
        labels = likeliest_classes(session, pictures)
    found = []
    for start in range(0, len(pictures), _BATCH):
        which = slice(start, start + _BATCH)
        found.append(network.encode(as_tensor(session, pictures[which]), _tensor(labels, which, session.choice.device)))
    mean, log_sigma = (torch.cat(columns).float().cpu().numpy() for columns in zip(*found, strict=True))
    return mean, log_sigma


@torch.inference_mode()
def likeliest_classes(session: Session, pictures: Pictures) -> Labels | None:
    """Return the class (N,) under which each picture's bound is highest; None for a model without classes."""
    network = latent_network(session)
    if not network.classes:
        return None
    found = []
    for start in range(0, len(pictures), _BATCH):
        picture = as_tensor(session, pictures[start : start + _BATCH])
        costs = []
        for number in range(network.classes):
            label = torch.full((len(picture),), number, device=picture.device)
            bound = network.bound(picture, noise_of(pictures[start : start + _BATCH]), label)
            costs.append(bound.reconstruction + bound.kl.sum(1))
        found.append(torch.stack(costs).argmin(0).cpu().numpy())
    return np.concatenate(found)


class _OwnNoise(torch.Generator):
    """A generator for each of several pictures; see ``models.latent.standard_normal``."""

    rows: list[torch.Generator]


def noise_of(pictures: Pictures) -> torch.Generator:
    """Return what draws the noise of each of ``pictures`` (N, H, W, C), uint8, from what that picture is.

    So what is found out about it is the same among whichever others.
    """
    noise = _OwnNoise()
    noise.rows = [torch.Generator().manual_seed(zlib.crc32(np.ascontiguousarray(p).data)) for p in pictures]
    return noise


def as_tensor(session: Session, pictures: Pictures) -> Tensor:
    """Return pictures (N, size, size, channels) uint8 as the network takes them."""
    planes = torch.from_numpy(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2)))
    return planes.to(session.choice.device, session.choice.dtype) / 255


def mosaic(
    session: Session,
    axes: tuple[Sequence[float], Sequence[float], Sequence[float]],
    box: tuple[float, float, float, float],
    columns: int,
    rows: int,
    label: int = 0,
) -> Pictures:
    """Return a map (rows * size, columns * size, channels) of a part of a plane through the latent space.

    The plane is origin + x * first + y * second with ``axes`` (origin, first, second), each (latent,). ``box`` is
    (left, bottom, right, top) in x and y, cut into cells that are decoded at their middles; x grows to the right,
    y upwards. A model with classes is told the ``label``. Raises SettingsError for a latent of one dimension, a plane
    of another number of dimensions, or a box that is none.
    """
    if latent_size(session) < 2:
        raise SettingsError("A latent of one dimension has no map.", "Choose a model of two or more dimensions.")
    left, bottom, right, top = box
    if not (columns > 0 and rows > 0 and columns * rows <= MOST and right > left and top > bottom):
        raise SettingsError("This part of the map cannot be drawn.", "Choose a larger part, in fewer cells.")
    x = left + (np.arange(columns) + 0.5) * (right - left) / columns
    y = top - (np.arange(rows) + 0.5) * (top - bottom) / rows
    origin, first, second = (np.array(axis, dtype=np.float64) for axis in axes)
    vectors = origin + x[None, :, None] * first + y[:, None, None] * second
    labels = np.full(columns * rows, label) if latent_network(session).classes else None
    return sheet(decode(session, vectors.reshape(columns * rows, -1), labels), columns)


def sheet(pictures: Pictures, columns: int) -> Pictures:
    """Return pictures (N, h, w, C) laid out row by row in ``columns`` columns, empty cells black."""
    count, height, width, channels = pictures.shape
    rows = -(-count // columns)
    whole = np.zeros((rows * columns, height, width, channels), dtype=np.uint8)
    whole[:count] = pictures
    grid = whole.reshape(rows, columns, height, width, channels).transpose(0, 2, 1, 3, 4)
    return np.ascontiguousarray(grid.reshape(rows * height, columns * width, channels))


def check_encoder(session: Session) -> None:
    """Raise SettingsError where a model makes pictures and cannot take any."""
    if type(latent_network(session)).encode is LatentNetwork.encode:
        raise SettingsError(
            f"The model “{session.card.id}” has no encoder: it makes pictures and takes none.", "Choose another model."
        )


def latent_network(session: Session) -> LatentNetwork:
    """Return the network with a latent space. Raises SettingsError for a model of another task."""
    if session.card.task != "vae":
        raise SettingsError(f"The model “{session.card.id}” has no latent space.", "Choose a model of the task vae.")
    return cast("LatentNetwork", session.network)


def _tensor(labels: Labels | None, which: slice, device: torch.device) -> Tensor | None:
    return None if labels is None else torch.from_numpy(labels[which]).to(device)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:20]) + (", ..." if len(names) > 20 else "")
