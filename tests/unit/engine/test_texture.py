"""Texture among what was removed: where there is structure, not where it is smooth, alike in every tile."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aestudio.engine.texture import REACH, lost_texture

SIGMA = 10.0
RANDOM = np.random.default_rng(0)


def fabric() -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return a picture whose right half is woven, the same with noise, and a smoothed result of that."""
    rows, columns = np.mgrid[0:128, 0:256]
    clean = np.full((128, 256), 0.5, np.float32)
    weave = 0.1 * np.sin(rows * 2.1) * np.sin(columns * 2.1)
    clean[:, 128:] += weave[:, 128:]
    noisy = clean + RANDOM.normal(0, SIGMA / 255, clean.shape).astype(np.float32)
    after = 0.5 + 0.4 * (clean - 0.5)
    grey = (clean, noisy, after.astype(np.float32))
    return tuple(np.repeat(plane[..., None], 3, axis=2) for plane in grey)  # type: ignore[return-value]


def test_more_comes_back_where_there_is_structure() -> None:
    clean, noisy, after = fabric()
    texture = lost_texture(noisy, after, SIGMA)[..., 0]
    assert texture[:, 150:].std() > 5 * texture[:, :106].std()
    lost = (clean - after)[:, 150:, 0]
    assert np.corrcoef(texture[:, 150:].ravel(), lost.ravel())[0, 1] > 0.5


def test_a_tile_alone_has_the_texture_of_the_whole() -> None:
    _, noisy, after = fabric()
    whole = lost_texture(noisy, after, SIGMA)
    around = np.s_[40 - REACH : 90 + REACH, 100 - REACH : 180 + REACH]
    part = lost_texture(noisy[around], after[around], SIGMA)
    np.testing.assert_allclose(part[REACH:-REACH, REACH:-REACH], whole[40:90, 100:180], atol=1e-6)


def test_grey_small_and_noiseless_pictures() -> None:
    grey = RANDOM.random((9, 7, 1)).astype(np.float32)
    assert lost_texture(grey, grey * 0, 0.0).shape == (9, 7, 1)
    assert np.array_equal(lost_texture(grey, grey, 0.0), np.zeros((9, 7, 1), np.float32))
