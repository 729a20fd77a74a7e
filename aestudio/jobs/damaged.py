"""A piece of a picture, damaged as training would: done in the engine, for whoever chooses how much."""

from __future__ import annotations

import numpy as np

from aestudio.errors import InputError
from aestudio.imageio.display import for_screen
from aestudio.imageio.picture import Picture
from aestudio.imageio.values import to_display8
from aestudio.jobs.damaging import Degrade, Degraded


def degraded(job: Degrade, picture: Picture) -> Degraded:
    """Return what a Degrade asks for. Raises InputError for a picture that is too small to be cut."""
    import torch

    from aestudio.training.degradation import spoil
    from aestudio.training.jpeg import BLOCK

    height, width = picture.pixels.shape[:2]
    step = BLOCK * job.scale
    side = min(job.side + step, height, width) // step * step
    if side <= step:
        raise InputError("The picture is too small to look at its damage.", "Choose a larger one.")
    across, down = (min(max(share, 0.0), 1.0) for share in job.place)
    left, top = round(across * (width - side)), round(down * (height - side))
    pixels = to_display8(picture.pixels[top : top + side, left : left + side], picture.info.linear)
    rgb = for_screen(pixels, picture.info)
    if rgb.shape[2] == 1:
        rgb = np.repeat(rgb, 3, axis=2)
    clean = torch.from_numpy(np.ascontiguousarray(rgb.transpose(2, 0, 1)))[None].float() / 255
    shown: list[torch.Tensor] = []
    for strength in (0.0, 1.0):
        generator = torch.Generator().manual_seed(job.seed)
        given, target, _ = spoil(clean, job.damage.at(strength), job.scale, 0, generator)
        shown = [*shown, target, given.repeat_interleave(job.scale, 2).repeat_interleave(job.scale, 3)]
    before, mildest, _, strongest = (_bytes(part) for part in shown)
    return Degraded(job.id, before, mildest, strongest)


def _bytes(picture: object) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    import torch

    assert isinstance(picture, torch.Tensor)
    return np.ascontiguousarray((picture[0] * 255).round().clamp(0, 255).byte().permute(1, 2, 0).numpy())
