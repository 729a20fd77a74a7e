from __future__ import annotations

import numpy as np
import pytest

from aestudio.imageio.resample import contributions, cubic, resize, resize_piece, to_uint8


def test_the_kernel_is_keys_with_a_of_minus_half() -> None:
    assert cubic(np.array([0.0, 1.0, 2.0, 3.0])).tolist() == [1, 0, 0, 0]
    assert cubic(np.array([0.5, 1.5])).tolist() == [0.5625, -0.0625]


@pytest.mark.parametrize(("length", "out"), [(37, 74), (37, 13), (31, 124), (5, 1)])
def test_weights_sum_to_one_and_indices_stay_inside(length: int, out: int) -> None:
    weight, index = contributions(length, out, out / length)
    assert np.allclose(weight.sum(axis=1), 1, atol=1e-6)
    assert index.min() >= 0
    assert index.max() < length


def test_halving_a_ramp_gives_what_matlab_gives() -> None:
    # imresize(0:7, 0.5): inside, the antialiased kernel keeps a straight line straight.
    ramp = np.tile(np.arange(16, dtype=np.float32), (16, 1))
    small = resize(ramp, (8, 8))
    assert np.allclose(small[4, 2:6], [4.5, 6.5, 8.5, 10.5], atol=1e-5)
    assert small[4, 0] == pytest.approx(0.5 + 2 * (0.0078125 * -1 + 0), abs=0.2)


def test_an_odd_picture_keeps_its_brightness_and_its_grey_shape() -> None:
    flat = np.full((31, 37), 77, np.uint8)
    for size in ((62, 74), (10, 12), (31, 37)):
        out = resize(flat, size)
        assert out.shape == size
        assert np.allclose(out, 77, atol=1e-4)


def test_the_same_size_changes_nothing() -> None:
    pixels = np.random.default_rng(0).random((31, 37, 3)).astype(np.float32)
    assert np.allclose(resize(pixels, (31, 37)), pixels, atol=1e-6)


def test_a_piece_equals_the_same_part_of_the_whole() -> None:
    pixels = np.random.default_rng(0).random((31, 37, 3)).astype(np.float32)
    whole = resize(pixels, (93, 111), 3.0)
    piece = resize_piece(pixels, (0, 0), (slice(10, 40), slice(5, 60)), 3.0)
    assert np.allclose(piece, whole[10:40, 5:60], atol=1e-5)


def test_rounding_is_half_up_and_clipped() -> None:
    assert to_uint8(np.array([-3.0, 0.5, 1.5, 254.5, 300.0])).tolist() == [0, 1, 2, 255, 255]
