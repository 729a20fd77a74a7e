"""The time left of simulated batches, against what they really took."""

from __future__ import annotations

import random

import pytest

from aestudio.jobs.time_left import Estimate

TILE = 0.25


class Batch:
    """Files of given megapixels, worked on tile by tile at a noisy speed with a cost for each file."""

    def __init__(self, sizes: list[float], per_megapixel: float, per_file: float, seed: int = 1) -> None:
        self.now, chance = 100.0, random.Random(seed)
        self.ends: list[tuple[str, float, float]] = []
        """(file, share, seconds) of every step."""
        for number, size in enumerate(sizes):
            tiles = max(1, round(size / TILE))
            for tile in range(tiles):
                seconds = per_megapixel * size / tiles * chance.uniform(0.8, 1.2)
                self.ends.append((str(number), (tile + 1) / tiles, seconds + (per_file if tile == tiles - 1 else 0)))

    def errors(self, sizes: list[float], known: bool) -> list[float]:
        """Return the relative errors of the time left, from a tenth of the time to nine tenths."""
        estimate = Estimate(lambda: self.now)
        for number, size in enumerate(sizes):
            estimate.add(str(number), size if known else None)
        self.now += 30  # the engine starts
        total = sum(seconds for _, _, seconds in self.ends)
        gone, found = 0.0, []
        for name, share, seconds in self.ends:
            self.now += seconds
            gone += seconds
            estimate.move(name, share)
            if share == 1:
                estimate.end(name, sizes[int(name)])
            if total / 10 <= gone <= total * 9 / 10:
                found.append(abs(estimate.seconds_left() - (total - gone)) / (total - gone))
        return found


def uneven(order: str) -> list[float]:
    chance = random.Random(7)
    sizes = [chance.choice([1.0, 2.0, 12.0, 24.0, 45.0]) * chance.uniform(0.9, 1.1) for _ in range(80)]
    return {"mixed": sizes, "small first": sorted(sizes), "large first": sorted(sizes, reverse=True)}[order]


@pytest.mark.parametrize("order", ["mixed", "small first", "large first"])
@pytest.mark.parametrize("per_file", [0.0, 4.0])
def test_the_time_left_is_right_within_a_fifth_after_a_tenth(order: str, per_file: float) -> None:
    sizes = uneven(order)
    assert max(Batch(sizes, 2.0, per_file).errors(sizes, known=True)) < 0.2


def test_counting_files_would_not_do() -> None:
    """The same batch by number of files is off by far more, so that the test above can fail."""
    sizes = uneven("small first")
    assert max(Batch(sizes, 2.0, 0.0).errors([1.0] * len(sizes), known=True)) > 0.5


def test_rests_do_not_count_and_nothing_is_known_at_first() -> None:
    now = 0.0
    estimate = Estimate(lambda: now)
    for name in "abcd":
        estimate.add(name, 10)
    assert estimate.seconds_left() < 0
    estimate.move("a", 0.2)
    now += 8
    estimate.move("a", 1)
    estimate.end("a")
    assert estimate.seconds_left() == pytest.approx(30)
    estimate.rest(True)
    now += 1000
    estimate.drop("d")
    assert estimate.seconds_left() == pytest.approx(20)
    estimate.move("b", 0.5)
    assert estimate.seconds_left() == pytest.approx(15)
    assert estimate.share() == pytest.approx(0.5)


def test_sizes_that_become_known_late_stand_for_the_others() -> None:
    now = 0.0
    estimate = Estimate(lambda: now)
    for number in range(10):
        estimate.add(str(number), None)
    estimate.move("0", 0.5)
    now += 3
    estimate.end("0", 6.0)
    now += 6
    estimate.end("1", 6.0)
    assert estimate.seconds_left() == pytest.approx(48, rel=0.01)
