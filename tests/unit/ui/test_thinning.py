"""Curves of many points, drawn by few."""

from __future__ import annotations

import random

from aestudio.ui.widgets.thinning import Point, thinned

COLUMNS = 300


def curve(count: int) -> list[Point]:
    rng = random.Random(3)
    return [(number / count, rng.gauss(1 / (1 + number), 0.1)) for number in range(count)]


def test_few_points_stay_and_each_columns_extremes_are_among_them() -> None:
    points = curve(28_800)
    kept = thinned(points, 0.0, 1.0, COLUMNS)
    assert len(kept) == 2 * COLUMNS
    assert kept == sorted(kept)
    assert set(kept) <= set(points)
    for number in range(COLUMNS):
        values, few = (
            [value for at, value in which if number <= at * COLUMNS < number + 1] for which in (points, kept)
        )
        assert (min(few), max(few)) == (min(values), max(values))


def test_a_part_has_points_of_its_own_and_lines_to_both_sides() -> None:
    points = curve(28_800)
    kept = thinned(points, 0.25, 0.5, COLUMNS)
    inside = [point for point in kept if 0.25 <= point[0] <= 0.5]
    assert 2 * COLUMNS - 2 <= len(inside) <= 2 * COLUMNS
    before, after = [p for p in points if p[0] < 0.25][-1], next(p for p in points if p[0] > 0.5)
    place = kept.index(inside[0])
    assert kept[place - 1] == before
    assert kept[place + len(inside)] == after
    assert len(kept) <= 2 * COLUMNS + 4


def test_a_curve_of_few_points_is_drawn_as_it_is() -> None:
    points = [(0.0, 3.0), (0.5, 1.0), (1.0, 2.0)]
    assert thinned(points, 0.0, 1.0, COLUMNS) == points
    assert thinned([], 0.0, 1.0, COLUMNS) == []


def test_what_is_learned_once_more_is_drawn_once_more() -> None:
    points = [(0.1, 1.0), (0.5, 2.0), (0.3, 5.0), (0.6, 1.0)]
    assert thinned(points, 0.0, 1.0, 4) == points
