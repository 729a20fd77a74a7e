"""What a run is judged by, as a short word: scores can only be compared where it is the same."""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from aestudio.training.recipes import Recipe


def yardstick(recipe: Recipe, pictures: Iterable[NDArray[np.uint8]], measure: str, *how: int) -> str:
    """Return a digest of held-out pictures (H, W, C), of what is done to them, and of how a network is judged by them.

    ``measure`` is the name of the score that counts, ``how`` any numbers that it depends on. What was made of the
    pictures on a device is no part of it: another device rounds otherwise.
    """
    told = [recipe.task, recipe.degradation, recipe.scale, dataclasses.asdict(recipe.damage), measure, *how]
    digest = zlib.crc32(json.dumps(told).encode())
    for picture in pictures:
        digest = zlib.crc32(repr(picture.shape).encode(), digest)
        digest = zlib.crc32(np.ascontiguousarray(picture).data, digest)
    return f"{digest:08x}"
