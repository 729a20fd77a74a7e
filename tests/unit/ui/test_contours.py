"""Density and the lines around it."""

from __future__ import annotations

import numpy as np
import pytest

from aestudio.ui.generate import contours


def test_a_cone_has_circles() -> None:
    box = (-4.0, -2.0, 4.0, 6.0)
    x = -4 + (np.arange(128) + 0.5) / 16
    y = -2 + (np.arange(128) + 0.5) / 16
    field = -np.hypot(x[None] - 0.5, y[:, None] - 2)
    lines = contours.isolines(field, -1.5, box)
    radius = np.hypot(lines[..., 0] - 0.5, lines[..., 1] - 2)
    assert radius == pytest.approx(1.5, abs=0.01)
    length = np.linalg.norm(lines[:, 0] - lines[:, 1], axis=1).sum()
    assert length == pytest.approx(2 * np.pi * 1.5, rel=0.01)
    # it is closed: every end is the end of two segments
    ends, counts = np.unique(lines.reshape(-1, 2).round(9), axis=0, return_counts=True)
    assert len(ends) == len(lines)
    assert (counts == 2).all()
    assert contours.isolines(field, 9, box).shape == (0, 2, 2)


def test_saddles_are_cut_into_two() -> None:
    field = np.array([[1.0, 0.0], [0.0, 1.0]])
    for pattern in (field, 1 - field):
        assert contours.isolines(pattern, 0.5, (0, 0, 2, 2)).shape == (2, 2, 2)


def test_half_of_the_points_lie_within_the_inner_line() -> None:
    places = np.random.default_rng(0).normal(size=(50_000, 2)).astype(np.float32)
    box = (-5.0, -5.0, 5.0, 5.0)
    field = contours.density(places, box, blur=1.0)
    assert field.sum() == pytest.approx(50_000, rel=0.001)
    assert field.argmax() // 96 == pytest.approx(48, abs=4)
    for share in (0.5, 0.9):
        lines = contours.isolines(field, contours.level_around(field, share), box)
        # of a standard normal, the circle around a share p has radius sqrt(-2 ln(1 - p))
        radius = np.hypot(lines[..., 0], lines[..., 1])
        assert np.median(radius) == pytest.approx(np.sqrt(-2 * np.log(1 - share)), rel=0.05)
    assert contours.level_around(np.zeros((3, 3)), 0.5) == np.inf
