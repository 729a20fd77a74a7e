"""How long a job will take."""

from __future__ import annotations

import time

import pytest

from aestudio.jobs.clock import Clock


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let the time be what the test says: the first and only number."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_what_is_left_goes_by_what_was_made_since(passed: list[float]) -> None:
    clock = Clock(10, 4)
    assert clock.tick("a", 4).seconds_left < 0, "nothing is known yet"
    passed[0] = 106.0
    progress = clock.tick("a", 7)
    assert (progress.done, progress.total, progress.seconds_left) == (7, 10, 6.0)


def test_a_clock_that_is_made_late_counts_from_the_start(passed: list[float]) -> None:
    started = time.monotonic()
    passed[0] = 110.0
    assert Clock(5, started=started).tick("a", 1).seconds_left == 40.0


def test_tiles_that_are_there_already_take_no_time(passed: list[float]) -> None:
    clock = Clock(8, made=lambda tiles: max(0, tiles - 4))
    assert clock.tick("a", 4).seconds_left < 0
    passed[0] = 110.0
    assert clock.tick("a", 5).seconds_left == 30.0, "one of the four that are missing took 10 s"
