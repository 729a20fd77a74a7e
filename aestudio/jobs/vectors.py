"""What a batch asks for: pictures to a file of latent vectors, and such a file to pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aestudio.jobs.ids import new_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_SHOWN = 2_000
"""Vectors of a file that are decoded to be looked at."""


@dataclass(frozen=True)
class EncodeFiles:
    """Pictures to encode into ``target``, NPZ or CSV -> Progress repeatedly, Finished; or Failed.

    Finished's summary: ``count`` of those written, ``unlike`` of them not the model's kind, their mean ``psnr`` in dB,
    and ``failed``, a sentence for each that could not be read.
    """

    model: str
    paths: tuple[str, ...]
    target: str
    max_pixels: int = 0
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class DecodeFile:
    """A file of latent vectors to look at -> VectorsRead; or Failed."""

    model: str
    path: str
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class VectorsRead:
    """The pictures (N, H, W, C) of a file's vectors (N, latent), their classes (none: empty) and names.

    ``left_out``: so many more are in the file.
    """

    id: str
    pixels: NDArray[np.uint8]
    vectors: NDArray[np.float32]
    labels: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    left_out: int = 0


Jobs = EncodeFiles | DecodeFile
