"""Pictures as points of a latent space: fitted to the model, encoded, and how much of them is lost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.engine.generate import (
    Labels,
    Pictures,
    Vectors,
    as_tensor,
    check_encoder,
    decode,
    encode,
    latent_network,
    likeliest_classes,
    noise_of,
)
from aestudio.engine.session import Session
from aestudio.imageio.picture import Picture
from aestudio.imageio.resample import resize, to_uint8
from aestudio.imageio.values import to_display8, to_unit
from aestudio.models.vae import Autoencoder

LUMA = (0.299, 0.587, 0.114)
_BATCH = 256


@dataclass(frozen=True)
class Fitted:
    """A picture as a model takes it, (size, size, channels) uint8, and what was done to it, in words."""

    pixels: NDArray[np.uint8]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Embedding:
    """Where pictures lie and how well they come back; every array has a row for each picture.

    ``loss`` is the bound's reconstruction term in nats, ``bits_per_dim`` the whole bound per value of a picture
    (None of a plain autoencoder, which has no bound),
    ``psnr`` that of the reconstruction in dB. ``unlike`` marks what the model reconstructs worse than all but one in
    a hundred of the pictures that it was trained for: not its kind. ``labels`` is there for models with classes.
    """

    z_mean: Vectors
    z_log_sigma: Vectors
    loss: NDArray[np.float32]
    bits_per_dim: NDArray[np.float32] | None
    psnr: NDArray[np.float32]
    unlike: NDArray[np.bool_]
    labels: Labels | None = None


def fit_picture(picture: Picture, size: int, channels: int) -> Fitted:
    """Return the middle square of a picture on white, in the model's size and colours."""
    pixels = to_display8(picture.pixels, picture.info.linear).astype(np.float32)
    notes = []
    if picture.alpha is not None:
        opacity = to_unit(picture.alpha, False)[..., None].astype(np.float32)
        pixels = pixels * opacity + 255 * (1 - opacity)
        notes.append("laid on white")
    if channels == 1 and pixels.shape[2] == 3:
        if np.ptp(pixels, axis=2).max() > 0:
            notes.append("turned grey")
        pixels = pixels @ np.array(LUMA, dtype=np.float32)[:, None]
    elif channels == 3 and pixels.shape[2] == 1:
        pixels = np.repeat(pixels, 3, axis=2)
    height, width = pixels.shape[:2]
    side = min(height, width)
    if height != width:
        notes.append("cut to its middle square")
    top, left = (height - side) // 2, (width - side) // 2
    square = pixels[top : top + side, left : left + side]
    if side != size:
        notes.append(f"{'shrunk' if side > size else 'enlarged'} from {side} to {size} pixels")
        square = resize(square, (size, size))
    return Fitted(to_uint8(square), tuple(notes))


def joined(parts: Sequence[Embedding], order: Sequence[int]) -> Embedding:
    """Return several embeddings by one model as one; its rows are those of all, one after the other, in ``order``."""
    rows: dict[str, Any] = {}
    for field in fields(Embedding):
        values = [getattr(part, field.name) for part in parts]
        rows[field.name] = None if values[0] is None else np.concatenate(values)[list(order)]
    return Embedding(**rows)


@torch.inference_mode()
def embed(session: Session, pictures: Pictures) -> Embedding:
    """Return where pictures (N, size, size, channels) uint8 lie and what is lost on the way there and back."""
    network = latent_network(session)
    check_encoder(session)
    labels = likeliest_classes(session, pictures)
    mean, log_sigma = encode(session, pictures, labels)
    back = decode(session, mean, labels)
    error = np.square(back.astype(np.float32) - pictures).reshape(len(pictures), -1).mean(1)
    psnr = 10 * np.log10(255**2 / np.maximum(error, 1e-2))
    loss, whole = [], []
    for start in range(0, len(pictures), _BATCH):
        picture = as_tensor(session, pictures[start : start + _BATCH])
        label = None if labels is None else torch.from_numpy(labels[start : start + _BATCH]).to(picture.device)
        bound = network.bound(picture, noise_of(pictures[start : start + _BATCH]), label)
        loss.append(bound.reconstruction.cpu().numpy())
        whole.append((bound.reconstruction + bound.kl.sum(1)).cpu().numpy())
    nats, total = np.concatenate(loss), np.concatenate(whole)
    limit = float(session.card.statistics.get("loss_limit", math.inf))
    bits = None if isinstance(network, Autoencoder) else total / math.log(2) / pictures[0].size
    return Embedding(mean, log_sigma, nats, bits, psnr.astype(np.float32), nats > limit, labels)
