"""Directions from examples, and sums of vectors."""

from __future__ import annotations

import numpy as np
import pytest

from aestudio.engine.directions import combined, learn, moved, principal
from aestudio.errors import SettingsError


def clusters(apart: float, count: int, latent: int = 12) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return two Gaussian clusters whose middles are ``apart``, and the unit vector from one to the other."""
    random = np.random.default_rng(3)
    truth = random.normal(size=latent)
    truth /= np.linalg.norm(truth)
    having, lacking = (random.normal(size=(count, latent)) + side * apart / 2 * truth for side in (1, -1))
    return having.astype(np.float32), lacking.astype(np.float32), truth


def test_a_direction_leads_from_one_cluster_to_the_other() -> None:
    having, lacking, truth = clusters(6, 200)
    found = learn(having, lacking)
    step = np.array(found.vector)
    assert step @ truth / np.linalg.norm(step) > 0.99
    assert np.linalg.norm(step) == pytest.approx(6, abs=0.3)
    assert found.examples == (200, 200)
    assert found.accuracy is not None
    assert found.accuracy > 0.99


def test_accuracy_is_that_of_examples_left_out() -> None:
    having, lacking, _ = clusters(1.5, 7)
    right = 0
    for group, other, sign in ((having, lacking, 1), (lacking, having, -1)):
        for i, example in enumerate(group):
            rest = np.delete(group, i, 0)
            pair = (rest, other) if sign > 0 else (other, rest)
            step = np.array(learn(*pair).vector)
            right += sign * float((example - (rest.mean(0) + other.mean(0)) / 2) @ step) > 0
    assert learn(having, lacking).accuracy == pytest.approx(right / 14)
    # of groups that are alike half is told apart by chance, and none of it by an example's own help
    random = np.random.default_rng(5)
    alike = learn(*random.normal(size=(2, 150, 40)).astype(np.float32))
    assert alike.accuracy is not None
    assert 0.35 < alike.accuracy < 0.65


def test_one_example_each_is_enough_and_says_nothing_of_how_well() -> None:
    found = learn(np.array([[1, 2, 5]], np.float32), np.array([[0, 0, 1]], np.float32))
    assert found.vector == (1, 2, 4)
    assert found.accuracy is None
    assert learn(np.array([[1, 2, 5]]), np.array([[0, 0, 1]]), support=2).vector == (1, 2, 0)


def test_groups_that_cannot_be_compared_are_refused() -> None:
    one, none = np.ones((1, 3), np.float32), np.ones((0, 3), np.float32)
    with pytest.raises(SettingsError, match="two groups"):
        learn(one, none)
    with pytest.raises(SettingsError, match="different models"):
        learn(one, np.ones((1, 4), np.float32))
    with pytest.raises(SettingsError, match="same place"):
        learn(one, one)


def test_principal_axes_are_those_of_the_covariance() -> None:
    random = np.random.default_rng(0)
    points = (random.normal(size=(4000, 3)) * [3, 0.5, 1] + [1, 2, 3]).astype(np.float32)
    mean, axes, deviations = principal(points)
    assert mean == pytest.approx((1, 2, 3), abs=0.2)
    assert deviations == pytest.approx((3, 1, 0.5), rel=0.05)
    assert np.abs(axes) == pytest.approx(np.array([[1, 0, 0], [0, 0, 1], [0, 1, 0]]), abs=0.05)


def test_vectors_are_moved_and_added_up() -> None:
    assert moved((1, 1), [(2, (0.5, 0)), (-1, (0, 3))]) == (2, -2)
    assert combined([(1, (1, 2)), (-1, (3, 3)), (0.5, (4, 8))]) == (0, 3)
    for terms in ([], [(1.0, (1.0,)), (1.0, (1.0, 2.0))]):
        with pytest.raises(SettingsError, match="cannot be added up"):
            combined(terms)
