"""Folders that memory does not hold: what is read of them while a network learns."""

from __future__ import annotations

import dataclasses
import itertools
import random
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from aestudio.engine.memory import total_memory
from aestudio.errors import InputError
from aestudio.imageio.simple import load_rgb
from aestudio.training import data, readings, sources, squares, streaming
from aestudio.training.autoencoding import VaeObjective
from aestudio.training.data import rank, shrink
from aestudio.training.loop import Trainer
from aestudio.training.objectives import make_objective
from aestudio.training.path_list import PathList
from aestudio.training.pieces import Cut, Loaded
from aestudio.training.readings import Readings
from aestudio.training.recipes import Recipe
from aestudio.training.restoring import DenoiseObjective, UpscaleObjective
from aestudio.training.sources import Look, Source, cache_bytes
from aestudio.training.streaming import Stream, StreamPool

CPU = torch.device("cpu")
TINY = Recipe("denoise", "restoration-unet", {"widths": [8, 16], "blocks": 1}, patch=16, batch=2, held_out=2)
PATIENCE = 60.0


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of forty pictures, each of one colour of its own, that is too large to be read first."""
    for number in range(40):
        part = tmp_path / "many" / f"part{number % 3}"
        part.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((37, 31, 3), 5 * number + 1, np.uint8)).save(part / f"é{number}.png")
    monkeypatch.setattr(sources, "LOOKED_AT", 25)
    monkeypatch.setattr(sources, "HELD_OUT_SHARE", 0.1)
    monkeypatch.setattr(streaming, "FILL_SECONDS", 0.3)
    monkeypatch.setattr(streaming, "READING_SHARE", 1.0)
    return tmp_path / "many"


def streamed(folder: Path, say: Callable[[str], None] = lambda text: None) -> tuple[DenoiseObjective, StreamPool]:
    objective = make_objective(TINY, folder, CPU, say)
    assert isinstance(objective, DenoiseObjective)
    assert isinstance(objective.pool, StreamPool)
    return objective, objective.pool


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def drawn_from(pool: StreamPool, count: int, generator: torch.Generator | None = None) -> torch.Tensor:
    """Return crops of 16 pixels as a step draws them, and let them make room for others."""
    crops = pool.draw(count, 16, generator or torch.Generator())[0]
    pool.renew()
    return crops


def test_paths_are_kept_as_they_are() -> None:
    paths = [Path("/a/b.png"), Path("/a/雪.jpg"), Path("/c/b.png")]
    kept = PathList()
    for path in paths:
        kept.append(str(path.parent), path.name)
    assert list(kept) == paths


def test_a_large_folder_is_drawn_from_while_it_is_read(many: Path) -> None:
    said: list[str] = []
    objective, pool = streamed(many, said.append)
    assert "while the network learns" in said[0]
    assert objective.extent().held_out == 2
    kept_out = {round(float(p.mean()) * 255) for p in objective.held_out}
    stream = objective.pictures
    assert isinstance(stream, Stream)
    # the walk goes on past what was looked at
    until(lambda: len(stream.known) > 30)
    colours: set[int] = set()
    generator = torch.Generator().manual_seed(0)

    def drawn() -> bool:
        colours.update(drawn_from(pool, 64, generator).flatten(1).amax(1).tolist())
        return len(colours) >= len(stream.known)

    until(drawn)
    assert not colours & kept_out
    assert colours <= {5 * n + 1 for n in range(40)}
    stream.close()


def test_pictures_are_held_out_by_their_names_alone(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def names(objective: DenoiseObjective) -> set[str]:
        stream = objective.pictures
        assert isinstance(stream, Stream)
        until(stream.readings.walked.is_set)
        stream.close()
        return {path.name for path in stream.known}

    first = names(streamed(many)[0])
    monkeypatch.setattr(sources, "LOOKED_AT", 30)
    assert names(streamed(many)[0]) == first
    everything = {path.name for path in many.rglob("*.png")}
    assert all(rank(left) < rank(name) for left, name in itertools.product(everything - first, first))


def test_what_was_seen_is_replaced_and_memory_bounded(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "cache_bytes", lambda mb, device: 20 * 3 * 37 * 31)
    from aestudio.training import objectives

    monkeypatch.setattr(objectives, "cache_bytes", sources.cache_bytes)
    objective, pool = streamed(many)
    assert pool.slots == 20
    until(lambda: len(drawn_from(pool, 1)) == 1 and pool.renewed >= 20)
    size, before = len(pool.large.bytes), pool.renewed
    until(lambda: len(drawn_from(pool, 8)) == 8 and pool.renewed > before + 40)
    assert len(pool.large.bytes) == size
    assert isinstance(objective.pictures, Stream)
    objective.pictures.close()


def test_a_folder_that_disappears_is_said_once(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "RETRY_EVERY", 0.05)
    said: list[str] = []
    objective, pool = streamed(many, said.append)
    shutil.move(many, many.with_name("gone"))
    generator = torch.Generator().manual_seed(0)

    def told(words: str) -> Callable[[], bool]:
        return lambda: len(drawn_from(pool, 8, generator)) == 8 and any(words in text for text in said)

    until(told("cannot be read any more"))
    for _ in range(100):
        assert drawn_from(pool, 8, generator).shape == (8, 3, 16, 16)
    assert len(said) == 2
    shutil.move(many.with_name("gone"), many)
    until(told("can be read again"))
    assert isinstance(objective.pictures, Stream)
    objective.pictures.close()


def test_a_picture_opened_before_its_folder_went_away_does_not_bring_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "RETRY_EVERY", 0.05)
    away, back, opened = threading.Event(), threading.Event(), itertools.count()

    def load(path: Path) -> Loaded:
        number = next(opened)
        if number == 1:
            assert away.wait(PATIENCE)
        elif number > 1 and not back.is_set():
            raise InputError(f"{path} cannot be read.", "Choose another.")
        return np.zeros((32, 32, 3), np.uint8), None

    known = PathList()
    for number in range(40):
        known.append("folder", f"{number}.png")
    reading = Readings(known, [], load, Cut(16**2, 16, 1), 0, 1.0, "folder")
    reading.start(2)
    until(lambda: reading.gone)
    away.set()
    taken = [reading.take(PATIENCE)]
    until(lambda: taken.append(reading.take(0.0)) or sum(bool(r and r.pieces) for r in taken) == 2)
    assert reading.gone
    assert [text for text in reading.notices if "cannot be read any more" in text] == list(reading.notices)
    back.set()
    until(lambda: (reading.take(0.0), not reading.gone)[1])
    until(lambda: "can be read again" in reading.notices[-1])
    assert len(reading.notices) == 2
    reading.stop()


@pytest.mark.parametrize("scale", [2, 4])
def test_twins_of_pieces_are_those_of_the_whole_picture(scale: int) -> None:
    picture = np.random.default_rng(0).integers(0, 256, (149, 167, 3), dtype=np.uint8)
    whole = shrink(picture[: 149 // scale * scale, : 167 // scale * scale], scale)
    for large, small in Cut(64**2, 32, scale).pieces((picture, None), random.Random(0)):
        assert small is not None
        assert large.shape[0] * large.shape[1] <= 64**2
        high, wide = small.shape[:2]
        assert large.shape[:2] == (high * scale, wide * scale)
        places = [
            (y, x)
            for y in range(whole.shape[0] - high + 1)
            for x in range(whole.shape[1] - wide + 1)
            if np.array_equal(whole[y : y + high, x : x + wide], small)
        ]
        (y, x), *more = places
        assert not more
        assert np.array_equal(picture[y * scale :, x * scale :][: high * scale, : wide * scale], large)


def test_enlarging_streams_both_sides(many: Path) -> None:
    for path in many.rglob("*.png"):
        Image.fromarray(np.full((70, 66, 3), 90, np.uint8)).save(path)
    recipe = dataclasses.replace(TINY, task="upscale", architecture="upscaler", scale=2)
    objective = make_objective(recipe, many, CPU)
    assert isinstance(objective, UpscaleObjective)
    large, small = objective.pool.draw(4, 16, torch.Generator())
    assert (large.shape, small.shape) == ((4, 3, 32, 32), (4, 3, 16, 16))
    assert bool((large == 90).all() and (small == 90).all())
    assert isinstance(objective.pictures, Stream)
    objective.pictures.close()


def test_folders_without_a_usable_picture_are_refused(many: Path) -> None:
    with pytest.raises(InputError, match="at least 400 pixels"):
        make_objective(dataclasses.replace(TINY, patch=400), many, CPU)
    for path in many.rglob("*.png"):
        path.write_text("no picture")
    with pytest.raises(InputError, match="None of the pictures"):
        make_objective(TINY, many, CPU)


def test_a_streamed_run_goes_on(many: Path, tmp_path: Path) -> None:
    for steps in (2, 4):
        objective = make_objective(TINY, many, CPU)
        run = Trainer(TINY, objective, tmp_path / "run", CPU)
        if steps > 2:
            run.resume()
        assert run.run(steps=steps).steps == steps
        assert objective.statistics()


def test_a_small_folder_is_read_whole(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LOOKED_AT", 40)
    look = Look(Source.of(many))
    assert look.whole
    assert look.bytes() == 40 * 37 * 31 * 3
    objective = make_objective(TINY, many, CPU)
    assert isinstance(objective, DenoiseObjective)
    assert len(objective.pictures) == 38


def test_files_may_be_left_out_and_folders_added(tmp_path: Path) -> None:
    for name in ("a/1.png", "a/2.png", "b/3.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        Image.new("RGB", (8, 8)).save(tmp_path / name)
    source = Source((tmp_path / "a", tmp_path / "b"), without=frozenset({tmp_path / "a" / "1.png"}))
    assert [path.name for path in source.paths()] == ["2.png", "3.png"]


def test_the_cache_is_what_the_recipe_says_or_suits_the_machine() -> None:
    assert cache_bytes(3, CPU) == 3 << 20
    assert 256 << 20 <= cache_bytes(0, CPU) <= 2 << 30


def test_a_folder_that_the_machines_own_memory_does_not_hold_is_streamed(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LOOKED_AT", 5000)
    whole = 40 * 37 * 31 * 3
    for free, streams in ((4 * whole, False), (2 * whole, True)):
        monkeypatch.setattr(sources, "free_memory", lambda free=free: free)
        objective = make_objective(TINY, many, CPU)
        assert isinstance(objective, DenoiseObjective)
        assert isinstance(objective.pool, StreamPool) == streams
    monkeypatch.setattr(sources, "free_memory", lambda: -1)
    assert 0 < sources.whole_bytes(1 << 50) <= total_memory(CPU) // 6


def test_of_many_squares_some_are_learned_from(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    train, held_out = squares.load(many, 8, 3, 4, room=20 * 8 * 8 * 3, say=said.append)
    assert (len(train.pictures), len(held_out.pictures)) == (16, 4)
    assert train.classes == ("part0", "part1", "part2")
    assert "20, taken at random" in said[0]
    again, _ = squares.load(many, 8, 3, 4)
    assert len(again.pictures) == 36
    monkeypatch.setattr(squares, "FEW", 10)
    monkeypatch.setattr(squares, "READING_SECONDS", -1.0)
    short, kept = squares.load(many, 8, 3, 4, room=10**9)
    assert len(short.pictures) + len(kept.pictures) == 4
    monkeypatch.setattr(squares, "READING_SECONDS", 600.0)
    later, kept = squares.load(many, 8, 3, 4, room=10**9, again=14)
    assert len(later.pictures) + len(kept.pictures) == later.tried == 14
    recipe = Recipe("vae", "conv-vae", {"size": 8, "channels": 3, "likelihood": "gaussian"}, batch=2)
    monkeypatch.setattr(squares, "READING_SECONDS", 0.0)
    begun = make_objective(recipe, many, CPU)
    assert isinstance(begun, VaeObjective)
    # it goes on with the pictures that it had, though there is time for more
    monkeypatch.setattr(squares, "READING_SECONDS", 600.0)
    going_on = make_objective(recipe, many, CPU, position=begun.position())
    assert isinstance(going_on, VaeObjective)
    assert torch.equal(going_on.train, begun.train)
    anew = make_objective(recipe, many, CPU)
    assert isinstance(anew, VaeObjective)
    assert len(anew.train) > len(begun.train)


def test_unreadable_files_are_counted(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.jpg").write_text("no picture")
    Image.new("RGB", (8, 8)).save(tmp_path / "good.png")
    said: list[str] = []
    found = data.readable(Source.of(tmp_path).paths(), load_rgb, str(tmp_path), said.append)
    assert [path.name for path in found] == ["good.png"]
    assert "5 of 6 files (0.jpg, 1.jpg, 2.jpg and others)" in said[0]
