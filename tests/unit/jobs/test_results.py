"""What is shown first of a result is what is kept of it, and each says of which version of its file it is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image

from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.restore import Work
from aestudio.engine.session import Session
from aestudio.imageio.picture import Picture
from aestudio.jobs import events, results, spec
from aestudio.jobs.desk import Desk
from aestudio.jobs.restoring import Restoring, SetAside
from aestudio.jobs.results import PictureCache, StoredResult
from aestudio.jobs.stamps import MISSING, seen
from tests.unit.engine.test_restore import picture, scene

Make = Callable[..., StoredResult]


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Make]:
    """Return what makes a result of a noisy picture by a model, of which nothing is computed yet."""
    monkeypatch.setenv("AESTUDIO_HOME", str(tmp_path))
    made: list[StoredResult] = []

    def of(model: str, height: int, width: int, tile: int, first: int, dtype: type = np.uint8) -> StoredResult:
        session = Session(store.find(model), device.choose("cpu", "float32"))
        noisy = scene(height, width) + np.random.default_rng(0).normal(0, 0.1, (height, width, 3)).astype(np.float32)
        pixels = noisy if dtype is np.float32 else (np.clip(noisy, 0, 1) * 255).astype(dtype)
        denoise = session.card.task == "denoise"
        work = Work(picture(pixels), session, 25.0 if denoise else None, 1.0 if denoise else 3.0)
        made.append(StoredResult(work, tile, first))
        return made[-1]

    yield of
    for result in made:
        result.close()


@pytest.mark.parametrize(
    ("model", "tile", "first", "dtype"),
    [
        ("denoise-fast", 320, 48, np.uint8),
        ("denoise-fast", 320, 48, np.float32),
        ("upscale-x4-fast", 160, 24, np.uint8),
    ],
)
def test_the_first_look_is_kept_pixel_for_pixel(make: Make, model: str, tile: int, first: int, dtype: type) -> None:
    result, plain = (make(model, 331, 407, tile, n, dtype) for n in (first, 0))
    scale = result.work.scale
    y, x = 200 * scale, 250 * scale
    number = next(n for n, box in enumerate(result.boxes()) if box[0] <= x < box[2] and box[1] <= y < box[3])
    look = result.first_look(number, x, y)
    assert look is not None
    assert look.y.start <= y < look.y.stop
    assert look.x.start <= x < look.x.stop
    assert not result.has(number), "a part is no tile"
    whole = result.tile_at(number)
    rows = slice(look.y.start - whole.y.start, look.y.stop - whole.y.start)
    columns = slice(look.x.start - whole.x.start, look.x.stop - whole.x.start)
    for kept in (whole, result.tile_at(number)):
        assert np.array_equal(kept.after[rows, columns], look.after)
        assert np.array_equal(kept.before[rows, columns], look.before)
        if look.texture is not None and kept.texture is not None:
            assert np.array_equal(kept.texture[rows, columns], look.texture)
    # what is around it is as without it, and it is as near as the halo's share of the context allows
    other = plain.tile_at(number).after
    outside = np.ones(other.shape, bool)
    outside[rows, columns] = False
    assert np.array_equal(whole.after[outside], other[outside])
    assert np.abs(whole.after - other).max() <= 1 / 255


def test_it_is_only_of_the_first_tile_and_never_of_a_small_one(make: Make) -> None:
    result = make("denoise-fast", 331, 407, 320, 48)
    assert result.first_look(0, 0, 0) is not None
    assert result.first_look(1, 300, 0) is None, "one look is enough"
    result = make("denoise-fast", 331, 407, 320, 48)
    result.tile_at(0)
    assert result.first_look(1, 300, 0) is None
    assert make("denoise-fast", 150, 160, 320, 48).first_look(0, 0, 0) is None
    assert make("denoise-fast", 331, 407, 320, 0).first_look(0, 0, 0) is None


def test_a_picture_knows_which_version_of_its_file_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    assert seen(file) == MISSING
    cache = PictureCache()
    for side in (5, 9):
        Image.fromarray(np.zeros((side, side, 3), np.uint8)).save(file)
        read = cache.get(str(file))
        assert (read.info.width, read.stamp) == (side, seen(file))


def test_other_files_are_read_while_a_slow_one_is_and_that_one_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, other = tmp_path / "slow.png", tmp_path / "other.png"
    for file in (slow, other):
        Image.fromarray(np.zeros((5, 7, 3), np.uint8)).save(file)
    asked, goes_on, reads, real = threading.Event(), threading.Event(), list[str](), results.read_picture

    def read(path: Path, **limits: Any) -> Picture:  # noqa: ANN401 - as they are
        reads.append(path.name)
        if path == slow:
            asked.set()
            assert goes_on.wait(30)
        return real(path, **limits)

    monkeypatch.setattr(results, "read_picture", read)
    cache = PictureCache()
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(cache.get, str(slow))
        assert asked.wait(30)
        second = pool.submit(cache.get, str(slow))
        assert pool.submit(cache.get, str(other)).result(30).info.width == 7
        goes_on.set()
        assert first.result(30) is second.result(30)
    assert sorted(reads) == ["other.png", "slow.png"]


def test_a_restoration_that_was_set_aside_begins_anew_with_a_file_that_changed(make: Make) -> None:
    results = [make("denoise-fast", height, 407, 160, 0) for height in (331, 331, 203)]
    for result, version in zip(results, (1, 1, 2), strict=True):
        result.work.picture.stamp = (version, version)
    sent: list[events.Event] = []
    left = iter(results)

    def with_result(_path: str, _restoration: object, _pixels: int, use: Callable[[StoredResult], None]) -> None:
        use(next(left))

    def nothing(*_: object) -> None:
        return

    held: Any = SimpleNamespace(with_result=with_result)
    desk = SimpleNamespace(held=held, send=sent.append, check=nothing, run_waiting=nothing, view_waits=lambda: True)
    restoring = Restoring(cast("Desk", desk))
    job = spec.Restore("a.png", spec.Restoration("denoise", "denoise-fast"), view=spec.View(0, 0, 407, 331))
    for _ in results:
        with pytest.raises(SetAside):
            restoring.restore(job)
    started = [event for event in sent if isinstance(event, events.Started)]
    assert [(event.stamp, event.height) for event in started] == [((1, 1), 331), ((2, 2), 203)]
