"""Training pictures, kept whole on the device as bytes; crops are gathered there.

One flat uint8 buffer holds every picture. A batch is one gather with computed indices, with flips
and transposes as index arithmetic, so the same code feeds a CPU and a GPU without loader processes.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from aestudio.errors import InputError
from aestudio.imageio.resample import resize, to_uint8
from aestudio.imageio.simple import find_pictures

log = logging.getLogger(__name__)


def split(paths: Sequence[Path], held_out: int) -> tuple[list[Path], list[Path]]:
    """Return (training, validation) paths; the choice depends on the file names alone."""
    ranked = sorted(paths, key=lambda p: hashlib.sha256(os.fsencode(p.name)).digest())
    held_out = min(held_out, max(1, len(ranked) // 5)) if len(ranked) > 1 else 0
    chosen = set(ranked[:held_out])
    return [p for p in paths if p not in chosen], sorted(chosen) or list(paths)


def readable(folder: Path, load: Callable[[Path], NDArray[np.uint8]]) -> dict[Path, NDArray[np.uint8]]:
    """Return what ``load`` makes of each picture below ``folder`` that it can read; the others are named in the log.

    ``folder`` may be one picture. Raises InputError where none can be read.
    """
    pictures = {}
    for path in [folder] if folder.is_file() else find_pictures(folder):
        try:
            pictures[path] = load(path)
        except InputError as error:
            log.warning("Left out: %s", error.what)
    if not pictures:
        raise InputError(f"None of the pictures in {folder} can be read.", "Name a folder of whole pictures.")
    return pictures


class PicturePool:
    """Pictures in one uint8 buffer on a device, drawn in proportion to the root of their area.

    With ``scale`` > 1 each picture has a smaller twin beside it, made by MATLAB's bicubic from the
    whole picture and rounded to 8 bits, so that crops of both have the published relation.
    """

    def __init__(self, pictures: Sequence[NDArray[np.uint8]], device: torch.device, scale: int = 1) -> None:
        self.scale = scale
        cropped = [p[: p.shape[0] // scale * scale, : p.shape[1] // scale * scale] for p in pictures]
        self.large = _Buffer(cropped, device)
        self.small = _Buffer([shrink(p, scale) for p in cropped], device) if scale > 1 else self.large
        self.pixels = sum(p.shape[0] * p.shape[1] for p in cropped)
        self.weight = torch.tensor([float(p.shape[0] * p.shape[1]) ** 0.5 for p in cropped], device=device)

    def draw(self, count: int, patch: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return (large, small) crops, uint8, (count, 3, patch * scale, ...) and (count, 3, patch, patch).

        ``patch`` is the side of the small crop; with scale 1 both are the same tensor.
        Each crop is flipped and transposed at random, both twins alike.
        """
        device = self.weight.device
        fits = self.weight * (self.small.shape.amin(1) >= patch)
        which = torch.multinomial(fits, count, replacement=True, generator=generator)
        room = self.small.shape[which] - patch + 1
        corner = (torch.rand(count, 2, device=device, generator=generator) * room).long()
        turn = torch.randint(0, 8, (count,), device=device, generator=generator)
        small = self.small.gather(which, corner, patch, turn)
        if self.scale == 1:
            return small, small
        return self.large.gather(which, corner * self.scale, patch * self.scale, turn), small


def shrink(picture: NDArray[np.uint8], scale: int) -> NDArray[np.uint8]:
    """Return the picture (H, W, 3) made ``scale`` times smaller by MATLAB's bicubic, rounded to 8 bits."""
    height, width = picture.shape[0] // scale, picture.shape[1] // scale
    shrunk: NDArray[np.uint8] = to_uint8(resize(picture, (height, width), 1 / scale))
    return shrunk


class _Buffer:
    def __init__(self, pictures: Sequence[NDArray[np.uint8]], device: torch.device) -> None:
        sizes = [p.size for p in pictures]
        self.bytes = torch.from_numpy(np.concatenate([p.reshape(-1) for p in pictures])).to(device)
        self.offset = torch.tensor(np.cumsum([0, *sizes[:-1]]), dtype=torch.int64, device=device)
        self.shape = torch.tensor([p.shape[:2] for p in pictures], dtype=torch.int64, device=device)

    def gather(self, which: Tensor, corner: Tensor, patch: int, turn: Tensor) -> Tensor:
        steps = torch.arange(patch, device=self.bytes.device)
        rows, columns = torch.meshgrid(steps, steps, indexing="ij")
        transposed = (turn & 1).bool()[:, None, None]
        rows, columns = torch.where(transposed, columns, rows), torch.where(transposed, rows, columns)
        rows = torch.where((turn & 2).bool()[:, None, None], patch - 1 - rows, rows)
        columns = torch.where((turn & 4).bool()[:, None, None], patch - 1 - columns, columns)
        width = self.shape[which, 1][:, None, None]
        pixel = (corner[:, 0, None, None] + rows) * width + corner[:, 1, None, None] + columns
        index = self.offset[which][:, None, None, None] + 3 * pixel[..., None] + torch.arange(3, device=steps.device)
        return self.bytes[index].permute(0, 3, 1, 2)
