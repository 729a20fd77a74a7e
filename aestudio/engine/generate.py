"""Pictures from latent vectors and back: what the Generate tab and its commands share."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.engine.session import Session
from aestudio.errors import SettingsError
from aestudio.models.vae import ConvVAE

Pictures = NDArray[np.uint8]
_BATCH = 256


def draw_latents(session: Session, count: int, seed: int, temperature: float = 1.0) -> NDArray[np.float32]:
    """Return ``count`` draws of the prior N(0, temperature^2 I), (count, latent).

    They are drawn on the CPU, so that a seed gives the same vectors on every device.
    Raises SettingsError for a count or temperature out of range.
    """
    if not 1 <= count <= 10_000:
        raise SettingsError(f"{count} pictures cannot be drawn at once.", "Choose 1 to 10000.")
    if not 0 <= temperature <= 5:
        raise SettingsError(f"A temperature of {temperature:g} is out of range.", "Choose 0 to 5.")
    generator = torch.Generator().manual_seed(seed)
    drawn: NDArray[np.float32] = (torch.randn(count, latent_size(session), generator=generator) * temperature).numpy()
    return drawn


def latent_size(session: Session) -> int:
    """Return the number of latent dimensions of a VAE's session."""
    return _vae(session).latent


@torch.inference_mode()
def decode(session: Session, vectors: NDArray[Any]) -> Pictures:
    """Return the pictures (N, size, size, channels), uint8, of latent vectors (N, latent).

    Raises SettingsError where the vectors have another number of dimensions.
    """
    vae = _vae(session)
    if vectors.ndim != 2 or vectors.shape[1] != vae.latent:
        raise SettingsError(
            f"The vectors are of shape {vectors.shape}; this model takes (N, {vae.latent}).",
            "Choose the model that they were made with.",
        )
    device, dtype = session.choice.device, session.choice.dtype
    parts = []
    for part in torch.from_numpy(np.ascontiguousarray(vectors, dtype=np.float32)).split(_BATCH):
        picture = torch.sigmoid(vae.decode(part.to(device, dtype)).float())
        parts.append((picture * 255).round().to(torch.uint8).permute(0, 2, 3, 1).cpu().numpy())
    return np.concatenate(parts)


@torch.inference_mode()
def encode(session: Session, pictures: Pictures) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return (z_mean, z_log_sigma), each (N, latent), of pictures (N, size, size, channels) uint8."""
    vae = _vae(session)
    device, dtype = session.choice.device, session.choice.dtype
    batch = torch.from_numpy(np.ascontiguousarray(pictures.transpose(0, 3, 1, 2))).to(device, dtype) / 255
    parts = [vae.encode(part) for part in batch.split(_BATCH)]
    mean, log_sigma = (torch.cat(columns).float().cpu().numpy() for columns in zip(*parts, strict=True))
    return mean, log_sigma


def mosaic(session: Session, side: int, extent: float) -> Pictures:
    """Return a map (side * size, side * size, channels) of a two-dimensional latent.

    Cell centres cover -extent..extent; the first coordinate grows to the right, the second upwards.
    Raises SettingsError for a model of more dimensions.
    """
    if latent_size(session) != 2:
        raise SettingsError("Only a model with two latent dimensions has a map.", "Choose another model.")
    axis = np.linspace(-extent, extent, side, dtype=np.float32)
    across, up = np.meshgrid(axis, axis[::-1])
    return sheet(decode(session, np.stack([across.ravel(), up.ravel()], axis=1)), side)


def sheet(pictures: Pictures, columns: int) -> Pictures:
    """Return pictures (N, h, w, C) laid out row by row in ``columns`` columns, empty cells black."""
    count, height, width, channels = pictures.shape
    rows = -(-count // columns)
    whole = np.zeros((rows * columns, height, width, channels), dtype=np.uint8)
    whole[:count] = pictures
    grid = whole.reshape(rows, columns, height, width, channels).transpose(0, 2, 1, 3, 4)
    return np.ascontiguousarray(grid.reshape(rows * height, columns * width, channels))


def _vae(session: Session) -> ConvVAE:
    if session.card.task != "vae":
        raise SettingsError(f"The model “{session.card.id}” makes no pictures.", "Choose a model of the task vae.")
    return cast("ConvVAE", session.network)
