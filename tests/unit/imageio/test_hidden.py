"""What lies under full transparency."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from aestudio.imageio import hidden


def cut_out(side: int = 90) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return smooth colours, the same in black outside a disc, and the alpha of that disc."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    colours = np.stack([x, y, 0.5 + 0.2 * np.sin(9 * x)], axis=2)
    cover = (np.hypot(x - 0.5, y - 0.5) < 0.3).astype(np.float32)
    return colours, colours * cover[..., None], cover


def test_colours_near_what_is_seen_go_on_under_what_is_not() -> None:
    colours, black, cover = cut_out()
    whole = hidden.filled(black, cover)
    assert np.array_equal(whole[cover == 1], black[cover == 1])
    y, x = np.mgrid[0:90, 0:90]
    rim = (cover == 0) & (np.hypot(x - 45, y - 45) < 30)
    assert np.abs(whole - colours)[rim].max() < 0.08
    assert np.abs(black - colours)[rim].max() > 0.5
    far = np.hypot(x - 45, y - 45) > 27 + 1.5 * hidden.REACH + 2
    assert not whole[far].any()


def test_a_piece_with_enough_around_it_is_filled_as_the_whole_is() -> None:
    _, black, cover = cut_out()
    whole = hidden.filled(black, cover)
    piece = hidden.filled(black[4:76, 20:], cover[4:76, 20:])
    inner = slice(hidden.REACH, -hidden.REACH)
    assert np.allclose(piece[inner, hidden.REACH :], whole[20:60, 36:], atol=1e-6)


@pytest.mark.parametrize(("share", "empty"), [(0.02, True), (0.5, False)])
def test_colours_that_differ_under_transparency_are_something(share: float, empty: bool) -> None:
    random = np.random.default_rng(0)
    pixels = np.zeros((700, 90, 3), np.uint8)
    drawn = random.random((700, 90)) < share
    pixels[drawn] = random.integers(1, 255, (int(drawn.sum()), 3))
    alpha = np.zeros((700, 90), np.uint8)
    alpha[:100] = 255
    assert hidden.hides_nothing(pixels, alpha) is empty


def test_a_picture_without_a_transparent_pixel_hides_nothing_at_all() -> None:
    assert not hidden.hides_nothing(np.zeros((8, 8, 3), np.uint8), np.full((8, 8), 255, np.uint8))
