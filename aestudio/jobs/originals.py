"""What the engine shows and measures of a file as it is: its small picture, its facts, its pixels cell by cell."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from aestudio.engine.noise import patch_sigma
from aestudio.errors import Cancelled
from aestudio.imageio.display import for_screen, over_checks
from aestudio.imageio.halve import at_level
from aestudio.imageio.picture import Picture
from aestudio.imageio.reader import read_thumbnail
from aestudio.imageio.resample import resize, to_uint8
from aestudio.imageio.values import sensible, to_display8, to_unit
from aestudio.jobs import events, spec
from aestudio.jobs.damaged import degraded
from aestudio.jobs.damaging import Degrade
from aestudio.jobs.desk import Desk
from aestudio.jobs.recipes import found_recipe
from aestudio.jobs.stamps import seen
from aestudio.jobs.views import Box, Showing

PREVIEW_SIDE = 1024


class Originals:
    """Answers the jobs of the decoding threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._send = desk, desk.send
        self._newest_peek: dict[str, str] = {}

    def expect(self, job: spec.Peek) -> None:
        """Let a look at the original supersede the earlier ones of its stream, also one that is under way."""
        self._newest_peek[job.stream] = job.id

    def thumbnail(self, job: spec.Thumbnail) -> None:
        """Send the list's small picture."""
        stamp = seen(Path(job.path))
        width, height, pixels = read_thumbnail(Path(job.path), job.side)
        self._send(events.ThumbnailReady(job.id, job.path, width, height, pixels, stamp))

    def load(self, job: spec.Load) -> None:
        """Send a file's facts and a preview of it, and every cell where that is asked for."""
        started = time.monotonic()
        picture = self._desk.held.picture(job.path, job.max_pixels)
        info = picture.info
        self._desk.check(job)
        facts = (info.width, info.height, info.channels, info.depth, info.format, info.has_alpha, info.notes)
        self._send(events.Loaded(job.id, job.path, *facts, *found_recipe(info.metadata), stamp=picture.stamp))
        self._send(events.PreviewReady(job.id, _preview(picture)))
        for number in range(len(_cells(picture)) if job.tiles else 0):
            self._desk.check(job)
            self._send(_cell(job.id, picture, number, 0))
        self._send(events.Finished(job.id, seconds=time.monotonic() - started))

    def peek(self, job: spec.Peek) -> None:
        """Send the cells that are looked at, until something newer is."""
        picture = self._desk.held.picture(job.path, job.max_pixels)
        cells = Showing(_cells(picture), spec.CELL)
        while (number := cells.next_in(job.view)) is not None:
            if job.id != self._newest_peek[job.stream]:
                raise Cancelled
            self._desk.check(job)
            self._send(_cell(job.id, picture, number, job.view.level))
            cells.note(number, job.view.level)
        self._send(events.Finished(job.id))

    def measure(self, job: spec.Measure) -> None:
        """Send the noise of a part of the picture."""
        picture = self._desk.held.picture(job.path, job.max_pixels)
        left, top, right, bottom = job.box
        area = sensible(to_unit(picture.pixels[top:bottom, left:right], picture.info.linear))
        self._send(events.Measured(job.id, patch_sigma(area)))

    def degrade(self, job: Degrade) -> None:
        """Send a piece of the picture, damaged as training would."""
        self._send(degraded(job, self._desk.held.picture(job.path, job.max_pixels)))


def _cells(picture: Picture) -> list[Box]:
    """Return the boxes of the grid in which the original is sent, row by row."""
    info, side = picture.info, spec.CELL
    corners = ((x, y) for y in range(0, info.height, side) for x in range(0, info.width, side))
    return [(x, y, min(x + side, info.width), min(y + side, info.height)) for x, y in corners]


def _cell(job: str, picture: Picture, number: int, level: int) -> events.BeforeTile:
    left, top, right, bottom = (int(n) for n in _cells(picture)[number])
    part = slice(top, bottom), slice(left, right)
    pixels = for_screen(at_level(to_display8(picture.pixels[part], picture.info.linear), level), picture.info)
    cover = None if picture.alpha is None else at_level(to_display8(picture.alpha[part], False)[..., None], level)
    pixels = over_checks(pixels, cover, left >> level, top >> level)
    return events.BeforeTile(job, left, top, pixels, right - left, bottom - top, level, number, picture.stamp)


def _preview(picture: Picture) -> events.Pixels:
    """Return the picture at most PREVIEW_SIDE pixels large, from every n-th pixel: fast, soon replaced."""
    info = picture.info
    step = max(1, -(-max(info.width, info.height) // (2 * PREVIEW_SIDE)))
    planes = [to_display8(picture.pixels[::step, ::step], info.linear)]
    if picture.alpha is not None:
        planes.append(to_display8(picture.alpha[::step, ::step], False)[..., None])
    coarse = np.concatenate(planes, axis=2)
    factor = PREVIEW_SIDE / max(coarse.shape[:2])
    if factor < 1:
        height, width = (max(1, round(n * factor)) for n in coarse.shape[:2])
        coarse = to_uint8(resize(coarse, (height, width)))
    colours, cover = coarse[..., : info.channels], coarse[..., info.channels :]
    return over_checks(for_screen(colours, info), None if picture.alpha is None else cover)
