"""A picture through a network by tiles: what denoising and upscaling share."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import torch
from numpy.typing import NDArray

from aestudio.engine import device as devices
from aestudio.engine.ensemble import mean_result
from aestudio.engine.session import Floats, Session, SessionCache, in_colour
from aestudio.engine.texture import REACH, lost_texture
from aestudio.engine.tiling import Tile, TilePlan, plan
from aestudio.errors import Cancelled, OutOfMemoryError
from aestudio.imageio import hidden
from aestudio.imageio.mix import Mix, blend
from aestudio.imageio.picture import Picture
from aestudio.imageio.resample import resize_piece
from aestudio.imageio.values import Bounds, bounds_of, decode_linear, encode_linear, to_unit

log = logging.getLogger(__name__)

_MARGIN = 3
"""Samples beyond a piece that bicubic interpolation looks at, and one for rounding."""


@dataclass(frozen=True)
class RestoredTile:
    """A piece of the result at rows ``y`` and columns ``x`` of the result's own size.

    ``before`` and ``after`` are (h, w, C) float32 in the picture's display encoding: the original
    (a bicubic enlargement for upscaling) and the result at full strength. ``texture`` (h, w, 1) is the fine texture
    that denoising removed.
    """

    y: slice
    x: slice
    before: Floats
    after: Floats
    texture: Floats | None = None


@dataclass(frozen=True)
class Work:
    """One picture to restore with one session: all that a tile's computation needs.

    ``sigma`` in 8-bit units for denoising; ``scale`` is the enlargement wanted (1 for denoising); with
    ``ensemble`` every tile is the mean of eight results.
    """

    picture: Picture
    session: Session
    sigma: float | None = None
    scale: float = 1.0
    ensemble: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Return the result's (height, width)."""
        info = self.picture.info
        return output_length(info.height, self.scale), output_length(info.width, self.scale)

    def plan(self, tile: int | None = None) -> TilePlan:
        """Return the grid of this picture, with windows of at most ``tile`` source pixels."""
        info, session = self.picture.info, self.session
        return plan(info.height, info.width, tile or session.default_tile(), session.halo, session.multiple)

    def compute(self, tile: Tile) -> RestoredTile:
        """Return the restored piece of one tile. Raises torch.OutOfMemoryError or MemoryError."""
        run = partial(mean_result, self.session) if self.ensemble else self.session.run
        result = run(self.window(tile), self.sigma)
        if self.picture.info.channels == 1:
            result = result.mean(axis=2, keepdims=True, dtype=np.float32)
        texture = None if self.sigma is None else self._texture(result, tile)
        before, after = self.before(tile), self.cut(result, tile)
        if self.scale != 1 and self._bounds is not None:
            after = after + self._beyond(tile)
        if self._multiplied:
            cover = self.alpha_at(*self.kept(tile))
            assert cover is not None
            after = self._with_alpha(after, cover)
            texture = None if texture is None else texture * cover[..., None]
        after = self._finish(after)
        if self.scale == 1 and self._hides_nothing:
            unseen = self._kept_part(self._cover(tile), tile) == 0
            after = np.where(unseen[..., None], before, after)
        if self.scale == 1 and self._bounds is not None:
            # what is beyond them stays what it is
            colours = self._colours_of(tile)
            known = self._kept_part(self._held(colours), tile) == self._kept_part(colours, tile)
            after = np.where(known, after, before)
        return RestoredTile(*self.kept(tile), before, after, texture)

    def cut(self, result: Floats, tile: Tile) -> Floats:
        """Return what counts of a tile's (H, W, C) at the network's own scale, resized to the scale wanted."""
        out, native = self.kept(tile), self.session.card.scale
        if native != self.scale:
            return resize_piece(result, (tile.y.start * native, tile.x.start * native), out, self.scale / native)
        top, left = (o.start - s.start * native for o, s in zip(out, (tile.y, tile.x), strict=True))
        return result[top : top + out[0].stop - out[0].start, left : left + out[1].stop - out[1].start]

    def window(self, tile: Tile) -> Floats:
        """Return what the network sees of a tile, (H, W, 3): a grey picture three times."""
        return in_colour(self._seen(tile))

    def before(self, tile: Tile) -> Floats:
        """Return the same piece without the network: the original, or its bicubic enlargement."""
        if self.scale == 1:
            return self._kept_part(self._window(tile), tile)
        enlarged = resize_piece(self._seen(tile), (tile.y.start, tile.x.start), self.kept(tile), self.scale)
        if self._bounds is not None:
            enlarged = enlarged + self._beyond(tile)
        cover = self.alpha_at(*self.kept(tile)) if self._multiplied else None
        return enlarged if cover is None else self._with_alpha(enlarged, cover)

    def kept(self, tile: Tile) -> tuple[slice, slice]:
        """Return the rows and columns of the result that this tile makes."""
        rows, columns = (
            slice(output_length(s.keep_start, self.scale), output_length(s.keep_stop, self.scale))
            for s in (tile.y, tile.x)
        )
        return rows, columns

    def _texture(self, result: Floats, tile: Tile) -> Floats:
        """Return the texture that was removed from what the tile keeps, at the precision that is kept."""
        starts = [max(0, s.keep_start - s.start - REACH) for s in (tile.y, tile.x)]
        around = tuple(slice(n, s.keep_stop - s.start + REACH) for n, s in zip(starts, (tile.y, tile.x), strict=True))
        device = self.session.choice.device
        with devices.memory_by_type():
            whole = lost_texture(self._seen(tile)[around], result[around], self.sigma or 0.0, device)
        inner = (
            slice(s.keep_start - s.start - n, s.keep_stop - s.start - n)
            for n, s in zip(starts, (tile.y, tile.x), strict=True)
        )
        return whole[tuple(inner)].astype(np.float16).astype(np.float32)

    def alpha(self) -> NDArray[np.generic] | None:
        """Return the alpha plane at the result's size and the picture's depth, or None."""
        alpha = self.picture.alpha
        if alpha is None or self.scale == 1:
            return alpha
        height, width = self.size
        whole = self._enlarged_alpha(alpha, slice(0, height), slice(0, width))
        return (whole if alpha.dtype.kind == "f" else np.rint(whole)).astype(alpha.dtype)

    def alpha_at(self, rows: slice, columns: slice) -> Floats | None:
        """Return the alpha of some rows and columns of the result, 0..1, or None where there is none."""
        alpha = self.picture.alpha
        if alpha is None:
            return None
        if self.scale == 1:
            return to_unit(alpha[rows, columns], False)
        return to_unit(self._enlarged_alpha(alpha, rows, columns).astype(alpha.dtype), False)

    def _enlarged_alpha(self, alpha: NDArray[np.generic], rows: slice, columns: slice) -> Floats:
        """Return rows and columns of the enlarged plane, in the numbers of the file."""
        top, left = (max(0, int(s.start / self.scale) - _MARGIN) for s in (rows, columns))
        bottom, right = (math.ceil(s.stop / self.scale) + _MARGIN for s in (rows, columns))
        piece = resize_piece(alpha[top:bottom, left:right, None], (top, left), (rows, columns), self.scale)[..., 0]
        # the kernel overshoots at edges, and an alpha outside its own range means nothing
        return np.clip(piece, *self._alpha_range)

    @cached_property
    def _alpha_range(self) -> tuple[float, float]:
        assert self.picture.alpha is not None
        return float(self.picture.alpha.min()), float(self.picture.alpha.max())

    def _window(self, tile: Tile) -> Floats:
        """Return a window as it is in the file."""
        return _padded(to_unit(self.picture.known[self._inside(tile)], self.picture.info.linear), tile)

    def _colours_of(self, tile: Tile) -> Floats:
        """Return a window's colours, by themselves where the file has them multiplied by alpha."""
        return _padded(to_unit(self._colours[self._inside(tile)], self.picture.info.linear), tile)

    def _cover(self, tile: Tile) -> Floats:
        """Return the alpha of a window, 0..1."""
        assert self.picture.alpha is not None
        return _padded(to_unit(self.picture.alpha[self._inside(tile)], False), tile)

    def _inside(self, tile: Tile, more: int = 0) -> tuple[slice, slice]:
        """Return the rows and columns of the picture that a window covers, and so many more around it."""
        info = self.picture.info
        rows, columns = (
            slice(max(0, s.start - more), min(s.start + s.window + more, n))
            for s, n in ((tile.y, info.height), (tile.x, info.width))
        )
        return rows, columns

    @cached_property
    def _hides_nothing(self) -> bool:
        """Whether what is transparent has no colours of its own, so that it need not have those that the file says."""
        picture = self.picture
        return picture.alpha is not None and hidden.hides_nothing(picture.known, picture.alpha)

    @property
    def _multiplied(self) -> bool:
        """Whether colours are multiplied by alpha: networks, and bicubic interpolation, get them divided by it.

        Else an edge that is drawn sharper than its alpha would have a dark rim. Where there is light without alpha,
        as OpenEXR may have it, nothing can be divided.
        """
        return self.picture.info.associated and self._hides_nothing

    @cached_property
    def _colours(self) -> NDArray[np.generic]:
        """The colours of the whole picture (H, W, C), not multiplied by alpha wherever that is known."""
        picture = self.picture
        if not self._multiplied or picture.alpha is None:
            return picture.known
        return hidden.straight(picture.known, picture.alpha)

    def _with_alpha(self, values: Floats, cover: Floats) -> Floats:
        """Return display ``values`` (h, w, C) multiplied by ``cover`` (h, w) in the numbers of the file."""
        if not self.picture.info.linear:
            return values * cover[..., None]
        return encode_linear(decode_linear(values) * cover[..., None])

    def _seen(self, tile: Tile) -> Floats:
        """Return a window whose transparent pixels have the colours of their neighbours, where they have none.

        A network, and bicubic interpolation, would draw the file's black or white into the edge of what is seen.
        """
        if not self._hides_nothing:
            return self._sensible(tile)
        picture, around = self.picture, self._inside(tile, hidden.REACH)
        assert picture.alpha is not None
        values = self._held(to_unit(self._colours[around], picture.info.linear))
        cover = to_unit(picture.alpha[around], False)
        whole = hidden.filled(values, np.where(cover < hidden.LEAST, 0, cover) if self._multiplied else cover)
        top, left = (s.start - a.start for s, a in zip((tile.y, tile.x), around, strict=True))
        height, width = (s.stop - s.start for s in self._inside(tile))
        return _padded(whole[top : top + height, left : left + width], tile)

    @cached_property
    def _bounds(self) -> Bounds | None:
        """What of the whole picture no network should see; None where it holds no such thing."""
        return bounds_of(self._colours, self.picture.info.linear)

    def _held(self, values: Floats) -> Floats:
        return values if self._bounds is None else self._bounds.hold(values)

    def _sensible(self, tile: Tile) -> Floats:
        return self._held(self._colours_of(tile))

    def _beyond(self, tile: Tile) -> Floats:
        """Return how far a tile's result lies beyond what the network saw: each pixel as its nearest in the source."""
        window = self._colours_of(tile)
        excess = window - self._held(window)
        rows, columns = (
            np.minimum(((np.arange(out.start, out.stop) + 0.5) / self.scale).astype(int), n - 1) - span.start
            for out, span, n in zip(self.kept(tile), (tile.y, tile.x), self.picture.pixels.shape[:2], strict=True)
        )
        nearest: Floats = excess[rows[:, None], columns]
        return nearest

    @staticmethod
    def _kept_part(window: Floats, tile: Tile) -> Floats:
        y, x = (slice(s.keep_start - s.start, s.keep_stop - s.start) for s in (tile.y, tile.x))
        return window[y, x]

    def _finish(self, after: Floats) -> Floats:
        """Bring the result to the precision that is kept: 16-bit steps in 0..1 for integer pictures."""
        if self.picture.info.dtype.kind == "f":
            return np.ascontiguousarray(after, dtype=np.float32)
        kept: Floats = np.rint(np.clip(after, 0, 1) * np.float32(65535)) / np.float32(65535)
        return kept


def _padded(values: Floats, tile: Tile) -> Floats:
    """Return a window's pixels mirrored up to its size: any amount, down to pictures of one pixel."""
    missing = (tile.y.window - values.shape[0], tile.x.window - values.shape[1])
    if not any(missing):
        return values
    edges = [(0, missing[0]), (0, missing[1]), (0, 0)]
    padded: Floats = np.pad(values, edges[: values.ndim], mode="symmetric")
    return padded


def output_length(length: int, scale: float) -> int:
    """Return the result's length of a side (at least 1), rounded half up."""
    return int(length * scale + 0.5) if scale != 1 else length


def mixed(tile: RestoredTile, mix: Mix, size: tuple[int, int]) -> Floats:
    """Return a tile of a result of that (width, height) as it is mixed into the original."""
    shape = tile.after.shape[0], tile.after.shape[1]
    weights = None if mix.mask is None else mix.mask.weights(tile.x.start, tile.y.start, shape, size)
    return blend(tile.before, tile.after, tile.texture, mix, weights)


def tiles(
    work: Work, tile: int | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[tuple[int, int, RestoredTile]]:
    """Yield (number, total, tile) for every tile of the picture, row by row.

    Raises Cancelled between two tiles, torch.OutOfMemoryError where the device is full.
    """
    grid = work.plan(tile)
    for number, place in enumerate(grid.tiles(), start=1):
        if cancelled():
            raise Cancelled
        yield number, len(grid), work.compute(place)


def with_smaller_tiles(
    attempt: Callable[[Session, int], None], session: Session, sessions: SessionCache, tile: int | None = None
) -> Session:
    """Run ``attempt(session, tile)``; where memory runs out, run it anew with half the tile, then on the processor.

    An attempt always starts its picture from the beginning, so nothing of a failed one remains.
    Returns the session that succeeded. Raises OutOfMemoryError where even the processor could not.
    """
    side = tile or session.default_tile()
    while True:
        try:
            attempt(session, side)
            return session
        except (torch.OutOfMemoryError, MemoryError) as error:
            # its traceback holds what the failed attempt had computed
            cause = error.with_traceback(None)
        devices.release_memory(session.choice.device)
        smallest = session.smallest_tile()
        if side > smallest:
            side = max(smallest, side // 2)
            log.warning("out of memory on %s; trying tiles of %d pixels", session.choice.name, side)
        elif session.choice.device.type != "cpu":
            session = sessions.elsewhere(session, devices.choose("cpu"))
            side = session.default_tile()
            log.warning("out of memory on the GPU; going on with the processor")
        else:
            raise OutOfMemoryError(
                "There is not enough memory for this picture.", "Close other programs or use a smaller picture."
            ) from cause
