"""Points as pixels."""

from __future__ import annotations

import numpy as np
import pytest

from aestudio.ui.generate import drawing


def test_every_point_is_drawn_where_it_lies() -> None:
    x, y = np.array([10.6, 50.0], np.float32), np.array([20.2, 30.9], np.float32)
    image = drawing.draw(x, y, np.array([0, 3], np.int32), 61, 47)
    assert image.shape == (47, 61)
    assert image[20, 10] == drawing.code_of(0)
    assert image[30, 50] == drawing.code_of(3)
    assert set(np.unique(image)) == {0, 1, 4, drawing.OUTLINE}
    # an outline touches what it surrounds, above, below or beside
    for row, column in np.argwhere(image == drawing.OUTLINE):
        around = (
            image[max(row - 1, 0) : row + 2, column].tolist() + image[row, max(column - 1, 0) : column + 2].tolist()
        )
        assert any(0 < code < drawing.OUTLINE for code in around)


def test_what_lies_outside_costs_nothing_and_what_touches_the_edge_shows() -> None:
    x, y = np.array([-2.0, -500.0, 9.0, 1e9], np.float32), np.array([5.0, 5.0, 9.9, 5.0], np.float32)
    image = drawing.draw(x, y, np.zeros(4, np.int32), 10, 10)
    assert image[5, 0] == 1
    assert image[9, 9] == 1
    assert (drawing.draw(x[1:2], y[1:2], np.zeros(1, np.int32), 10, 10) == 0).all()


def test_shapes_differ_and_fewer_points_are_larger() -> None:
    stamps = {shape: drawing.stamp(shape, 4) for shape in drawing.SHAPES}
    assert len({stamp.tobytes() for stamp in stamps.values()}) == len(drawing.SHAPES)
    assert all(stamp[4, 4] for stamp in stamps.values())
    assert drawing.radius_for(100, 1) > drawing.radius_for(5000, 1) > drawing.radius_for(60_000, 1)
    assert drawing.radius_for(100, 2) == 2 * drawing.radius_for(100, 1)


def test_the_chosen_stand_out() -> None:
    rng = np.random.default_rng(0)
    x, y = (rng.uniform(0, 200, 500).astype(np.float32) for _ in range(2))
    chosen = np.zeros(500, bool)
    chosen[:5] = True
    image = drawing.draw(x, y, np.zeros(500, np.int32), 200, 200, chosen)
    for a, b in zip(x[:5], y[:5], strict=True):
        assert image[int(b), int(a)] == drawing.code_of(0)
    assert {drawing.code_of(0) + drawing.DIMMED, drawing.RING} <= set(np.unique(image))


@pytest.mark.parametrize("count", [1000, 5000, 60_000])
def test_all_of_them_are_drawn(count: int) -> None:
    rng = np.random.default_rng(1)
    x, y = (rng.integers(0, 400, count).astype(np.float32) for _ in range(2))
    image = drawing.draw(x, y, np.ones(count, np.int32), 400, 400)
    assert (image[y.astype(int), x.astype(int)] == drawing.code_of(1)).all()
