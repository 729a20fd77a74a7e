from __future__ import annotations

import numpy as np
import pytest

from aestudio.imageio.values import decode_linear, encode_linear, from_unit, to_display8, to_unit


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_every_integer_comes_back(dtype: type, linear: bool) -> None:
    values = np.arange(np.iinfo(dtype).max + 1).astype(dtype)
    unit = to_unit(values, linear)
    assert unit.dtype == np.float32
    assert unit[0] == 0
    assert unit[-1] == 1
    assert np.array_equal(from_unit(unit, dtype, linear), values)


def test_display_floats_are_left_alone() -> None:
    values = np.array([-3.5, 0.0, 0.3, 1.0, 70000.0], np.float32)
    assert np.array_equal(from_unit(to_unit(values, False), np.float32, False), values)


def test_linear_floats_come_back_from_far_outside_0_to_1() -> None:
    positive = np.geomspace(1e-7, 65504, 5000).astype(np.float32)
    values = np.concatenate([-positive, [0.0], positive]).astype(np.float32)
    back = from_unit(to_unit(values, True), np.float32, True)
    assert np.allclose(back, values, rtol=2e-6, atol=1e-12)


def test_the_linear_curve_is_srgb_below_one_and_rises_everywhere() -> None:
    assert encode_linear(np.array([0.5], np.float32))[0] == pytest.approx(1.055 * 0.5 ** (1 / 2.4) - 0.055, abs=1e-6)
    values = np.linspace(-4, 8, 100001).astype(np.float32)
    assert np.all(np.diff(encode_linear(values)) > 0)
    step = np.diff(encode_linear(np.array([0.999, 1.0, 1.001], np.float32)).astype(np.float64))
    assert step[0] == pytest.approx(step[1], rel=0.02)
    assert np.isfinite(decode_linear(np.array([1e6], np.float32))).all()


def test_what_is_not_a_number_does_not_reach_a_network() -> None:
    values = np.array([np.nan, np.inf, -np.inf], np.float32)
    for linear in (False, True):
        assert np.isfinite(to_unit(values, linear)).all()
    assert to_unit(values, False)[0] == 0
    assert np.isnan(values[0]), "the caller's pixels must not change"


def test_integers_are_rounded_half_up_and_clipped() -> None:
    values = np.array([-0.2, 0.5 / 255, 1.5 / 255, 2.0, np.nan], np.float32)
    assert from_unit(values, np.uint8, False).tolist() == [0, 1, 2, 255, 0]


def test_the_screen_gets_8_bits() -> None:
    deep = np.array([0, 128, 129, 65535 - 129, 65535], np.uint16)
    assert to_display8(deep, False).tolist() == [0, 0, 1, 254, 255]
    assert to_display8(np.array([-1.0, 0.5, 40.0], np.float32), True).tolist() == [0, 188, 255]
    assert to_display8(np.array([7], np.uint8), False).tolist() == [7]
