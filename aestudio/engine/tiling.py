"""Tiles as data: where each one lies, what it must see, and what of its result counts.

Every tile of a picture has the same size, so that no kernel is chosen anew between two tiles. Along
each axis, windows of ``window`` pixels are spread so that each overlaps its neighbours by
two halos or more; a window keeps the part that is at least a halo away from its inner ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from aestudio.errors import SettingsError


@dataclass(frozen=True)
class Span:
    """One axis of a tile: the network sees ``start``..``start + window``; ``keep_start``..``keep_stop`` counts.

    All in pixels of the source; ``start + window`` may pass the end of the picture, where it is padded.
    """

    start: int
    window: int
    keep_start: int
    keep_stop: int


@dataclass(frozen=True)
class Tile:
    """A tile is a span down and a span across."""

    y: Span
    x: Span


@dataclass(frozen=True)
class TilePlan:
    """The grid of a picture: every source pixel is kept by exactly one tile."""

    height: int
    width: int
    rows: tuple[Span, ...]
    columns: tuple[Span, ...]

    def __len__(self) -> int:
        return len(self.rows) * len(self.columns)

    def tiles(self) -> Iterator[Tile]:
        """Yield the tiles row by row, top to bottom."""
        for y in self.rows:
            for x in self.columns:
                yield Tile(y, x)


def plan(height: int, width: int, tile: int, halo: int, multiple: int) -> TilePlan:
    """Return the grid for a picture of ``height`` x ``width`` pixels.

    ``tile`` is the largest window's side, ``halo`` the context that a kept pixel needs on each side,
    and windows start at and measure multiples of ``multiple``. Raises SettingsError where a tile
    is too small for its halo.
    """
    if tile < smallest_tile(halo, multiple):
        raise SettingsError(
            f"Tiles of {tile} pixels are too small.", f"Choose at least {smallest_tile(halo, multiple)}."
        )
    return TilePlan(height, width, _spans(height, tile, halo, multiple), _spans(width, tile, halo, multiple))


def part(tile: Tile, y: int, x: int, side: int, halo: int, multiple: int) -> Tile | None:
    """Return a smaller tile inside ``tile``, its window ``side`` pixels, as near to a point as can be.

    What it keeps has as much context as the rest of ``tile`` has. None where it would hardly be smaller.
    """
    if side * side * 2 > tile.y.window * tile.x.window:
        return None
    halo = _up(halo, multiple)
    return Tile(_within(tile.y, y, side, halo, multiple), _within(tile.x, x, side, halo, multiple))


def _within(span: Span, at: int, side: int, halo: int, multiple: int) -> Span:
    """Return the part of a span around ``at``, or all of one that is no longer than ``side``."""
    window = side // multiple * multiple
    if window >= span.window:
        return span
    last = span.start + span.window - window
    start = min(max((at - window // 2) // multiple * multiple, span.start), last)
    # at an end of the tile's own window, what the tile keeps there is kept here too
    keep_start = span.keep_start if start == span.start else max(span.keep_start, start + halo)
    keep_stop = span.keep_stop if start == last else min(span.keep_stop, start + window - halo)
    return Span(start, window, keep_start, keep_stop)


def smallest_tile(halo: int, multiple: int) -> int:
    """Return the smallest window that keeps something between its halos."""
    return 2 * _up(halo, multiple) + 2 * multiple


def _spans(length: int, tile: int, halo: int, multiple: int) -> tuple[Span, ...]:
    halo, tile, padded = _up(halo, multiple), tile // multiple * multiple, _up(length, multiple)
    if padded <= tile:
        return (Span(0, padded, 0, length),)
    count = math.ceil((padded - 2 * halo) / (tile - 2 * halo))
    window = _up(math.ceil((padded + (count - 1) * 2 * halo) / count), multiple)
    free = (padded - window) // multiple
    starts = [free * i // (count - 1) * multiple for i in range(count)]
    inner = [(a + window + b) // 2 // multiple * multiple for a, b in pairwise(starts)]
    cuts = [0, *inner, length]
    return tuple(Span(s, window, cuts[i], cuts[i + 1]) for i, s in enumerate(starts))


def _up(value: int, multiple: int) -> int:
    return -(-value // multiple) * multiple
