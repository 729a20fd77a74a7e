from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.restore import Work
from aestudio.engine.session import Session
from aestudio.errors import Cancelled
from aestudio.jobs import events, spec
from aestudio.jobs.invented import map_events
from aestudio.jobs.results import StoredResult
from tests.unit.engine.test_restore import picture, scene

HEIGHT, WIDTH = 150, 310


@pytest.fixture
def result(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[StoredResult]:
    """Return a result of two tiles whose likely error is told and not computed: 2 on the left, 20 on the right."""
    monkeypatch.setenv("AESTUDIO_HOME", str(tmp_path))
    session = Session(store.find("denoise-fast"), device.choose("cpu", "float32"))
    noisy = (scene(HEIGHT, WIDTH) * 255).astype(np.uint8)
    made = StoredResult(Work(picture(noisy), session, 20.0), 256)

    def likely_error(work: Work, place: object, check: object) -> np.ndarray:
        rows, columns = work.kept(place)  # type: ignore[arg-type]
        shape = (-(-(rows.stop - rows.start) // 8), -(-(columns.stop - columns.start) // 8))
        return np.full(shape, 2.0 if columns.start == 0 else 20.0, np.float32)

    monkeypatch.setattr("aestudio.jobs.results.likely_error", likely_error)
    yield made
    made.close()


def job(right: float, bottom: float, have: tuple[int, ...] = ()) -> spec.MapInvented:
    return spec.MapInvented(
        "/x", spec.Restoration("denoise", "m", 20.0), spec.View(0, 0, right, bottom, have=have, tile=256)
    )


def test_tiles_in_sight_are_sent_and_their_figures_told(result: StoredResult) -> None:
    *tiles, ready = map_events(job(WIDTH, HEIGHT), result, lambda: None)
    assert sorted(t.number for t in tiles if isinstance(t, events.InventedTile)) == [0, 1]
    for tile in tiles:
        assert isinstance(tile, events.InventedTile)
        assert tile.pixels.shape == (-(-tile.height // 8), -(-tile.width // 8), 1)
        assert set(tile.pixels.reshape(-1)) == {20 if tile.x == 0 else 200}
    assert isinstance(ready, events.InventedReady)
    assert 2 < ready.error < 20
    assert 0 < ready.share < 1


def test_what_the_window_has_counts_and_is_not_sent_again(result: StoredResult) -> None:
    (ready,) = map_events(job(40, 40, have=(0,)), result, lambda: None)
    assert isinstance(ready, events.InventedReady)
    assert ready.error == pytest.approx(2.0)
    assert ready.share == 0


def test_a_map_can_be_cancelled_between_two_runs(monkeypatch: pytest.MonkeyPatch, result: StoredResult) -> None:
    monkeypatch.undo()
    runs = 0

    def check() -> None:
        nonlocal runs
        runs += 1
        if runs == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(map_events(job(WIDTH, HEIGHT), result, check))
    assert runs == 2
