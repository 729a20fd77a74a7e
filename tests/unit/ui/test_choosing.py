"""Which points are meant."""

from __future__ import annotations

import numpy as np
import pytest

from aestudio.ui.generate import choosing


def test_what_lies_within_a_line() -> None:
    rng = np.random.default_rng(0)
    places = rng.uniform(-2, 2, (2000, 2)).astype(np.float32)
    turns = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    circle = [(float(np.cos(t)), float(np.sin(t))) for t in turns]
    radius = np.hypot(*places.T)
    found = choosing.within(places, circle)
    assert found[radius < 0.99].all()
    assert not found[radius > 1].any()
    # a line that crosses itself leaves out what it surrounds twice
    inner = [(x / 2, y / 2) for x, y in circle]
    ring = choosing.within(places, [*circle, circle[0], *inner, inner[0]])
    assert not ring[radius < 0.49].any()
    assert ring[(radius > 0.51) & (radius < 0.99)].mean() > 0.98
    # the shape of an L: a bounding box would have more
    corner = [(0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)]
    assert choosing.within(np.array([[0.5, 1.5], [1.5, 0.5], [1.5, 1.5]], np.float32), corner).tolist() == [
        True,
        True,
        False,
    ]
    assert not choosing.within(places, [(0, 0), (1, 1)]).any()


def test_the_nearest_come_first() -> None:
    vectors = np.random.default_rng(0).normal(size=(300, 5)).astype(np.float32)
    found, distances = choosing.nearest(vectors, vectors[7], 20)
    expected = np.linalg.norm(vectors - vectors[7], axis=1)
    assert found[0] == 7
    assert distances[0] == 0
    assert np.allclose(distances, np.sort(expected)[:20], atol=1e-5)
    assert len(choosing.nearest(vectors, vectors[7], 1000)[0]) == 300
    assert len(choosing.nearest(vectors[:0], vectors[7], 3)[0]) == 0


def test_each_finds_the_one_nearest_to_it() -> None:
    rng = np.random.default_rng(0)
    vectors = (rng.normal(size=(300, 5)) + 100).astype(np.float32)
    wanted = (rng.normal(size=(600, 5)) + 100).astype(np.float32)
    expected = [int(choosing.nearest(vectors, one, 1)[0][0]) for one in wanted]
    assert choosing.closest(vectors, wanted).tolist() == expected
    assert choosing.closest(vectors, vectors).tolist() == list(range(300))


def test_a_place_between_points_is_a_blend_of_them() -> None:
    places = np.array([[0, 0], [2, 0]], np.float32)
    vectors = np.array([[1, 0, 0], [0, 1, 0]], np.float32)
    assert choosing.blend(places, vectors, 1, 0) == pytest.approx([0.5, 0.5, 0])
    assert choosing.blend(places, vectors, 0, 0) == pytest.approx([1, 0, 0], abs=1e-6)


def test_names_are_found_by_all_words_in_any_case() -> None:
    names = ["left/Photo 1.png", "right/photo 10.png", "right/other.png"]
    assert choosing.named_like(names, "PHOTO 1").tolist() == [0, 1]
    assert choosing.named_like(names, "right photo").tolist() == [1]
    assert choosing.named_like(names, " ").tolist() == []
