"""A picture or a result measured against a reference, band by band, as the published protocols measure."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from aestudio.engine.restore import mixed
from aestudio.errors import SettingsError
from aestudio.evaluation.metrics import compare_bands
from aestudio.imageio.mix import Mix
from aestudio.imageio.picture import Picture
from aestudio.imageio.values import from_unit, to_display8
from aestudio.jobs.events import Scored
from aestudio.jobs.results import StoredResult
from aestudio.jobs.spec import Score

if TYPE_CHECKING:
    from aestudio.jobs.events import Pixels

Step = Callable[[int, int], None]

_BAND = 512


def measure(job: Score, candidate: Picture | StoredResult, reference: Picture, step: Step) -> Scored:
    """Return how near ``candidate`` is to ``reference``; ``step`` hears (done, total) and may end it by raising.

    Raises SettingsError where the sizes differ or nothing is left to measure.
    """
    width, height = _size(candidate)
    info = reference.info
    if (info.width, info.height) != (width, height):
        raise SettingsError(
            f"The reference has {info.width} × {info.height} pixels and this picture {width} × {height}.",
            "Choose a reference of the same size.",
        )
    left, top, right, bottom = job.box or (0, 0, width, height)
    rows = slice(max(top, job.border), min(bottom, height - job.border))
    columns = slice(max(left, job.border), min(right, width - job.border))
    if rows.stop <= rows.start or columns.stop <= columns.start:
        raise SettingsError("Nothing of the picture is left to measure.", "Show more of it.")
    with contextlib.nullcontext() if isinstance(candidate, Picture) else candidate.in_use():
        if isinstance(candidate, Picture):
            bands = _file_bands(candidate, rows, columns, step)
        else:
            bands = _result_bands(candidate, rows, columns, job.mix, step)
        pairs = ((pixels, _colours(_piece(reference, where, columns))) for where, pixels in bands)
        return Scored(job.id, *compare_bands(pairs, job.luma))


def _size(candidate: Picture | StoredResult) -> tuple[int, int]:
    """Return (width, height)."""
    if isinstance(candidate, Picture):
        return candidate.info.width, candidate.info.height
    height, width = candidate.work.size
    return width, height


def _file_bands(picture: Picture, rows: slice, columns: slice, step: Step) -> Iterator[tuple[slice, Pixels]]:
    starts = range(rows.start, rows.stop, _BAND)
    for number, start in enumerate(starts, start=1):
        where = slice(start, min(start + _BAND, rows.stop))
        yield where, _colours(_piece(picture, where, columns))
        step(number, len(starts))


def _result_bands(
    result: StoredResult, rows: slice, columns: slice, mix: Mix, step: Step
) -> Iterator[tuple[slice, Pixels]]:
    """Yield (rows, pixels) for each row of the result's tiles that lies in the frame, computing what is missing."""
    boxes = {
        number: box
        for number, box in enumerate(result.boxes())
        if box[0] < columns.stop and box[2] > columns.start and box[1] < rows.stop and box[3] > rows.start
    }
    height, width = result.work.size
    plain, done = not (mix.light or mix.colour), 0
    for top, bottom in sorted({(box[1], box[3]) for box in boxes.values()}):
        where = slice(max(top, rows.start), min(bottom, rows.stop))
        band = np.empty((where.stop - where.start, columns.stop - columns.start, 3), np.uint8)
        for number, (left, _, right, _) in ((n, b) for n, b in boxes.items() if b[1] == top):
            values = result.before_at(number) if plain else mixed(result.tile_at(number), mix, (width, height))
            x = slice(max(left, columns.start), min(right, columns.stop))
            piece = values[where.start - top : where.stop - top, x.start - left : x.stop - left]
            band[:, x.start - columns.start : x.stop - columns.start] = from_unit(piece, np.uint8, False)
            done += 1
            step(done, len(boxes))
        yield where, band


def _piece(picture: Picture, rows: slice, columns: slice) -> Pixels:
    piece: Pixels = to_display8(picture.pixels[rows, columns], picture.info.linear)
    return piece


def _colours(pixels: Pixels) -> Pixels:
    return pixels if pixels.shape[2] == 3 else np.repeat(pixels[:, :, :1], 3, axis=2)
