from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from aestudio.engine.tiling import Span, TilePlan, part, plan, smallest_tile
from aestudio.errors import SettingsError

SIZES = [(1, 1), (37, 31), (512, 512), (513, 511), (1200, 97), (3000, 4001)]


@pytest.mark.parametrize(("height", "width"), SIZES)
@pytest.mark.parametrize(("tile", "halo", "multiple"), [(256, 48, 8), (128, 24, 4), (520, 0, 1), (160, 64, 8)])
def test_every_pixel_is_kept_once_and_sees_its_halo(
    height: int, width: int, tile: int, halo: int, multiple: int
) -> None:
    grid = plan(height, width, tile, halo, multiple)
    for spans, length in ((grid.rows, height), (grid.columns, width)):
        assert spans[0].keep_start == 0
        assert spans[-1].keep_stop == length
        assert spans[-1].start + spans[-1].window >= length
        for span in spans:
            assert span.keep_start < span.keep_stop
            assert span.start % multiple == 0
            assert span.window % multiple == 0
            assert span.window <= tile
        for left, right in pairwise(spans):
            assert left.keep_stop == right.keep_start
            assert left.start + left.window - left.keep_stop >= halo
            assert right.keep_start - right.start >= halo


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_all_windows_of_a_picture_have_one_size(height: int, width: int) -> None:
    grid = plan(height, width, 256, 48, 8)
    assert len({(t.y.window, t.x.window) for t in grid.tiles()}) == 1


def test_tiles_come_row_by_row_and_cover_the_picture() -> None:
    grid: TilePlan = plan(700, 900, 256, 32, 8)
    seen = np.zeros((700, 900), dtype=int)
    tops = []
    for tile in grid.tiles():
        seen[tile.y.keep_start : tile.y.keep_stop, tile.x.keep_start : tile.x.keep_stop] += 1
        tops.append(tile.y.keep_start)
    assert (seen == 1).all()
    assert tops == sorted(tops)
    assert len(grid) == len(tops)


def test_little_is_computed_twice() -> None:
    grid = plan(3000, 4000, 1024, 48, 8)
    computed = sum(t.y.window * t.x.window for t in grid.tiles())
    assert computed < 1.25 * 3000 * 4000


def test_a_tile_smaller_than_its_halos_is_refused() -> None:
    with pytest.raises(SettingsError, match="too small"):
        plan(100, 100, 96, 48, 8)
    assert plan(500, 500, smallest_tile(48, 8), 48, 8)


@pytest.mark.parametrize(("height", "width"), [(900, 1200), (461, 4000), (777, 350)])
def test_a_part_of_a_tile_sees_as_much_around_what_it_keeps(height: int, width: int) -> None:
    halo, multiple, side = 48, 8, 224
    grid = plan(height, width, 384, halo, multiple)
    for tile in grid.tiles():
        for y, x in ((0, 0), (height // 2, width // 2), (height - 1, width - 1), (tile.y.keep_start, tile.x.keep_stop)):
            small = part(tile, y, x, side, halo, multiple)
            assert small is not None
            for span, whole in ((small.y, tile.y), (small.x, tile.x)):
                check_part(span, whole, side, halo, multiple)


def check_part(span: Span, whole: Span, side: int, halo: int, multiple: int) -> None:
    assert span.window <= max(side, whole.window)
    assert span.start % multiple == span.window % multiple == 0
    assert whole.keep_start <= span.keep_start < span.keep_stop <= whole.keep_stop
    assert whole.start <= span.start
    assert span.start + span.window <= whole.start + whole.window
    # either the halo is there, or the end is one of the tile's own
    assert span.keep_start - span.start >= halo or (span.start, span.keep_start) == (whole.start, whole.keep_start)
    behind = span.start + span.window - span.keep_stop
    assert behind >= halo or span.start + span.window == whole.start + whole.window


def test_a_part_lies_around_its_point_and_is_left_out_where_it_saves_little() -> None:
    grid = plan(1500, 1700, 384, 48, 8)
    tile = next(t for t in grid.tiles() if t.y.keep_stop > 700 and t.x.keep_stop > 800)
    small = part(tile, 700, 800, 224, 48, 8)
    assert small is not None
    assert small.y.keep_start <= 700 < small.y.keep_stop
    assert small.x.keep_start <= 800 < small.x.keep_stop
    assert part(tile, 700, 800, 320, 48, 8) is None
