"""Paths from pin to pin: where they pass, how evenly, and what is too long."""

from __future__ import annotations

import numpy as np
import pytest

from aestudio.engine.paths import MOST_PINS, Shape, check_walk, labels_along, slerp, there_and_back, walk
from aestudio.errors import SettingsError

PINS = np.random.default_rng(2).normal(size=(5, 7)).astype(np.float32)


def test_slerp_is_the_closed_form() -> None:
    t = np.linspace(0, 1, 9)[:, None]
    quarter = t[:, 0] * np.pi / 2
    found = slerp(np.array([2.0, 0, 0]), np.array([0, 2.0, 0]), t)
    assert found == pytest.approx(np.stack([2 * np.cos(quarter), 2 * np.sin(quarter), 0 * quarter], 1))
    # lengths change evenly, angles too
    found = slerp(np.array([1.0, 0]), np.array([0, 3.0]), t)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1 + 2 * t[:, 0])
    assert np.arctan2(found[:, 1], found[:, 0]) == pytest.approx(quarter)


@pytest.mark.parametrize("other", [[2.0, 2.0], [-1.0, -1.0], [0.0, 0.0]])
def test_slerp_is_a_line_where_there_is_no_shortest_circle(other: list[float]) -> None:
    t = np.linspace(0, 1, 5)[:, None]
    a, b = np.array([1.0, 1.0]), np.array(other)
    assert slerp(a, b, t) == pytest.approx((1 - t) * a + t * b)


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("shape", ["round", "straight", "smooth"])
def test_every_shape_passes_through_the_pins(shape: Shape, closed: bool) -> None:
    frames = walk(PINS, shape, 6, closed)
    assert frames.dtype == np.float32
    assert len(frames) == check_walk(5, 6, closed) == (30 if closed else 25)
    assert frames[::6] == pytest.approx(PINS, abs=1e-5)
    # and nowhere leaps
    around = np.concatenate([frames, frames[:1]]) if closed else frames
    assert np.linalg.norm(np.diff(around, axis=0), axis=1).max() < 2.5


def test_a_spline_has_no_corners() -> None:
    frames = walk(PINS, "smooth", 1000).astype(np.float64)
    for pin in (1000, 2000, 3000):
        before, after = frames[pin] - frames[pin - 1], frames[pin + 1] - frames[pin]
        assert before @ after / np.linalg.norm(before) / np.linalg.norm(after) > 0.999


def test_each_gaussian_has_circles_of_its_own() -> None:
    frames = walk(PINS, "round", 4, parts=(3, 4))
    assert frames[:, :3] == pytest.approx(walk(PINS[:, :3], "round", 4), abs=1e-5)
    assert frames[:, 3:] == pytest.approx(walk(PINS[:, 3:], "round", 4), abs=1e-5)


def test_classes_change_half_way() -> None:
    assert labels_along((3, 8), 4) == (3, 3, 8, 8, 8)
    assert labels_along((3, 8), 2, closed=True) == (3, 8, 8, 3)
    assert labels_along((-1, -1), 4) == ()


def test_there_and_back_shows_neither_end_twice() -> None:
    assert there_and_back(4) == [0, 1, 2, 3, 2, 1]
    assert there_and_back(1) == [0]
    assert there_and_back(2) == [0, 1]


def test_a_path_that_is_too_long_is_refused_in_words() -> None:
    for pins, steps, words in ((1, 5, "from one pin"), (10_000, 1, "10000 pins"), (MOST_PINS, 30, "frames is too")):
        with pytest.raises(SettingsError, match=words):
            check_walk(pins, steps)
