"""How large a result's file will be: a sample of its pixels, encoded as they would be."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from aestudio import paths
from aestudio.engine.restore import Work, mixed
from aestudio.engine.session import Floats, Session
from aestudio.imageio.encoders import encoder_for
from aestudio.imageio.formats import WRITE_FORMATS
from aestudio.imageio.mix import Mix
from aestudio.imageio.output import OutputInfo, plan_output
from aestudio.imageio.picture import NO_METADATA, Picture
from aestudio.imageio.values import from_unit
from aestudio.jobs.results import StoredResult
from aestudio.jobs.spec import Output, Restoration

T = TypeVar("T")
PIECES = 9
SIDE = 256
"""Rows and columns of each piece. Pieces of fewer columns would cost formats that compress along rows."""


def not_begun(picture: Picture, session: Session, restoration: Restoration) -> Work:
    """Return the work of a restoration as far as its size and its originals go."""
    return Work(picture, session, scale=restoration.factor(picture.info.width, picture.info.height))


def stored_as(work: Work, output: Output) -> OutputInfo:
    """Return how the file of a result is stored. Raises SettingsError where the format cannot hold the picture."""
    height, width = work.size
    return plan_output(
        work.picture.info, width, height, None, output.format, output.depth, output.quality, output.metadata
    )


def expected_bytes(work: Work, result: StoredResult | None, mix: Mix, output: Output) -> int:
    """Return about how many bytes the file of a result takes, from up to nine pieces spread over it.

    Pieces of what is not computed yet are those of the original, whose noise compresses worse. Raises SettingsError
    where the format cannot hold the picture, OSError.
    """
    height, width = work.size
    stored = stored_as(work, output)
    pieces = _pieces(work, result, mix)
    side = min(min(piece.shape[:2]) for piece in pieces)
    sample = from_unit(np.concatenate([piece[:side, :side] for piece in pieces]), stored.dtype, stored.linear)
    if sample.shape[2] != stored.channels:
        sample = np.repeat(sample, stored.channels, axis=2)
    if stored.has_alpha:
        full = 1.0 if sample.dtype.kind == "f" else np.iinfo(sample.dtype).max
        sample = np.concatenate([sample, np.full_like(sample[..., :1], full)], axis=2)
    part = replace(stored, width=side, height=len(sample), metadata=NO_METADATA)
    blocks = stored.metadata
    carried = sum(len(block) for block in (blocks.icc, blocks.exif, blocks.xmp, blocks.iptc) if block)
    paths.cache_folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="size-", dir=paths.cache_folder()) as folder:
        file = Path(folder) / f"sample{WRITE_FORMATS[stored.format]}"
        encoder = encoder_for(file, part)
        encoder.write(sample)
        encoder.close()
        per_pixel: float = file.stat().st_size / (side * len(sample))
        return int(per_pixel * width * height) + carried


def _pieces(work: Work, result: StoredResult | None, mix: Mix) -> list[Floats]:
    """Return up to PIECES parts (h, w, C) of the result, spread evenly, each at most SIDE wide and high."""
    whole: Iterable[Floats]
    if result is not None and len(result):
        done = [number for number in range(len(result.grid)) if result.has(number)]
        height, width = work.size
        whole = (mixed(result.tile_at(number), mix, (width, height)) for number in _spread(done))
    else:
        whole = (work.before(place) for place in _spread(list(work.plan().tiles())))
    return [piece[:SIDE, :SIDE] for piece in whole]


def _spread(items: list[T]) -> list[T]:
    return [items[i] for i in np.linspace(0, len(items) - 1, min(PIECES, len(items)), dtype=int)]
