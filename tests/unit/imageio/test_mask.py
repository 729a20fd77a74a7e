"""A mask: smooth, alike for pieces and for the whole, and safe to read."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from aestudio.imageio.mask import Mask


def half(feather: float = 0.0, inverted: bool = False) -> Mask:
    """Return a mask whose right half counts."""
    grey = np.zeros((48, 64), np.uint8)
    grey[:, 32:] = 255
    return Mask(64, 48, zlib.compress(grey.tobytes()), feather, inverted)


def test_weights_are_the_masks_spread_over_the_picture() -> None:
    weights = half().weights(0, 0, (480, 640), (640, 480))
    assert weights.shape == (480, 640, 1)
    assert (weights[:, :310] == 0).all()
    assert (weights[:, 330:] == 1).all()
    assert weights[240, 320, 0] == pytest.approx(0.5, abs=0.06)
    assert (half(inverted=True).weights(0, 0, (480, 640), (640, 480)) == 1 - weights).all()


def test_a_feather_is_soft_and_lies_on_the_edge() -> None:
    row = half(feather=0.1).weights(0, 0, (480, 640), (640, 480))[240, :, 0]
    assert (np.diff(row) >= -1e-6).all()
    assert row[0] == pytest.approx(0, abs=1e-6)
    assert row[-1] == pytest.approx(1, abs=1e-6)
    assert row[320] == pytest.approx(0.5, abs=0.02)
    assert np.count_nonzero((row > 0.05) & (row < 0.95)) > 60
    assert np.abs(np.diff(row)).max() < 0.02


def test_a_piece_has_the_weights_of_the_whole_at_every_level() -> None:
    size = (613, 407)
    whole = half(0.05).weights(0, 0, (407, 613), size)
    piece = half(0.05).weights(200, 100, (64, 128), size)
    np.testing.assert_array_equal(piece, whole[100:164, 200:328])
    coarse = half(0.05).weights(200, 100, (16, 32), size, level=2)
    means = piece.reshape(16, 4, 32, 4, 1).mean((1, 3))
    assert np.abs(coarse - means).max() < 1e-3


def test_a_mask_travels_as_json_and_damage_is_none() -> None:
    mask = half(0.02, inverted=True)
    plain = mask.to_plain()
    assert Mask.from_plain(plain) == mask
    bomb = zlib.compress(bytes(10_000_000))
    for damage in ({"width": 0}, {"height": 5000}, {"data": "?"}, {"data": "AAAA"}, {"width": 63}, {"feather": 9}):
        assert Mask.from_plain({**plain, **damage}) is None
    assert Mask.from_plain(None) is None
    with pytest.raises(ValueError, match="mask"):
        Mask(64, 48, bomb).rows()
