"""A pinned crop of the photo that is learned from: as it is, by the model that the run began with, as it learns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from aestudio.errors import OutputError, SettingsError
from aestudio.imageio.reader import read_picture
from aestudio.imageio.values import to_unit
from aestudio.training.objective import Example

# What the sides of a crop are multiples of: every restorer takes such sizes.
STEP = 16
LARGEST = 512
# What the plain reader of training decodes as the studio shows it; other formats are converted once.
PLAIN = frozenset({".jpg", ".jpeg", ".webp", ".bmp"})


@dataclass
class Pinned:
    """``before`` is the crop (1, 3, S, S) in 0..1, ``start`` what the model that the run began with makes of it."""

    before: Tensor
    start: Tensor | None = None

    def begin_with(self, network: nn.Module) -> None:
        """Keep what a network makes of the crop, wherever that network is."""
        device = next(network.parameters()).device
        with torch.inference_mode():
            self.start = network.eval()(self.before.to(device)).float().to(self.before.device)

    def examples(self, network: nn.Module) -> list[Example]:
        """Return the crop before and after a network; nobody knows the truth."""
        start = self.start[0] if self.start is not None else None
        return [Example(self.before[0], network(self.before).float()[0], None, start)]


def pin(photo: Path, crop: tuple[int, int, int], device: torch.device) -> Pinned:
    """Return the crop (left, top, side) of a photo, moved and made smaller so that it lies within.

    Raises InputError where the photo cannot be read, SettingsError where it is too small.
    """
    picture = _pixels(photo)
    high, wide = picture.shape[:2]
    side = min(crop[2], LARGEST, high, wide) // STEP * STEP
    if not side:
        raise SettingsError(f"{photo.name} is too small to learn from.", f"It needs {STEP} pixels and more on a side.")
    left, top = min(crop[0], wide - side), min(crop[1], high - side)
    cut = np.ascontiguousarray(picture[top : top + side, left : left + side].transpose(2, 0, 1)[None])
    return Pinned(torch.from_numpy(cut).to(device).contiguous(memory_format=torch.channels_last))


def plain(photo: Path, folder: Path) -> Path:
    """Return a photo that the plain reader of training takes: itself, or a copy of 8 bits in ``folder``.

    Raises InputError where it cannot be read, OutputError where the copy cannot be written.
    """
    if photo.suffix.lower() in PLAIN:
        return photo
    pixels = (_pixels(photo) * 255 + 0.5).astype(np.uint8)
    target = folder / "photo.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(target, compress_level=1)
    except OSError as cause:
        raise OutputError(f"{target} cannot be written.", "Make room, or check the folder's permissions.") from cause
    return target


def _pixels(photo: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return a photo of any format, upright, as (H, W, 3) in 0..1."""
    picture = read_picture(photo)
    values = np.clip(to_unit(picture.pixels, picture.info.linear), 0, 1)
    values = values[..., None] if values.ndim == 2 else values
    return np.repeat(values, 3, axis=2) if values.shape[2] == 1 else values[..., :3]
