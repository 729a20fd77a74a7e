"""The real engine process, spoken to as the window does."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image
from PySide6.QtGui import QColorSpace

from aestudio.imageio.mix import Mix
from aestudio.jobs import client as client_module
from aestudio.jobs import events, spec
from aestudio.jobs.client import ProcessClient
from aestudio.jobs.events import Event

DENOISE = spec.Restoration("denoise", "denoise-fast", 25.0)
PATIENCE = 90.0
SLOW_DISK = """
import time
from pathlib import Path

from aestudio.jobs import engine_process, results

read = results.read_picture


def slowly(path, **limits):
    while path.name == "slow.png" and not path.with_name("go").exists():
        path.with_name("reading").touch()
        time.sleep(0.05)
    return read(path, **limits)


results.read_picture = slowly
engine_process.main()
"""
"""An engine that decodes one file for as long as there is no other one, called "go"."""


@pytest.fixture
def client() -> Iterator[ProcessClient]:
    made = ProcessClient()
    yield made
    made.close()


def until(client: ProcessClient, wanted: Callable[[Event], bool]) -> list[Event]:
    """Return the events up to the first that is wanted; fails after PATIENCE."""
    seen: list[Event] = []
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        event = client.receive(0.2)
        if event is not None:
            seen.append(event)
            if wanted(event):
                return seen
    pytest.fail(f"nothing came; seen: {[type(e).__name__ for e in seen][-20:]}")


def ending(job: str) -> Callable[[Event], bool]:
    return lambda event: isinstance(event, events.ENDINGS) and event.id == job


def picture(path: Path, height: int = 301, width: int = 407) -> Path:
    y, x = np.mgrid[0:height, 0:width]
    clean = np.stack([x * 200 // width + 20, y * 200 // height + 20, (x // 32 + y // 32) % 2 * 120 + 60], axis=2)
    noisy = clean + np.random.default_rng(0).normal(0, 25, clean.shape)
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(path)
    return path


def test_a_picture_is_loaded_restored_and_saved_as_it_was_shown(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "später 🐱.png")
    load = spec.Load(str(source))
    client.submit(load)
    seen = until(client, ending(load.id))
    loaded = next(e for e in seen if isinstance(e, events.Loaded))
    assert (loaded.width, loaded.height, loaded.depth) == (407, 301, "8")
    before = np.array(Image.open(source))
    shown = np.zeros_like(before)
    for tile in (e for e in seen if isinstance(e, events.BeforeTile)):
        shown[tile.y : tile.y + tile.pixels.shape[0], tile.x : tile.x + tile.pixels.shape[1]] = tile.pixels
    assert np.array_equal(shown, before)

    restore = spec.Restore(str(source), DENOISE)
    client.submit(restore)
    seen = until(client, ending(restore.id))
    assert isinstance(seen[-1], events.Finished)
    started = next(e for e in seen if isinstance(e, events.Started))
    assert (started.noise, started.estimated) == (25.0, False)
    after = np.zeros_like(before)
    for tile in (e for e in seen if isinstance(e, events.TileReady)):
        after[tile.y : tile.y + tile.after.shape[0], tile.x : tile.x + tile.after.shape[1]] = tile.after

    save = spec.Save(str(source), DENOISE, str(tmp_path / "out.png"))
    client.submit(save)
    assert isinstance(until(client, ending(save.id))[-1], events.Finished)
    assert np.array_equal(np.array(Image.open(tmp_path / "out.png")), after)

    half = spec.Save(str(source), DENOISE, str(tmp_path / "half.png"), mix=Mix(0.5, 0.5))
    client.submit(half)
    until(client, ending(half.id))
    mean = (before.astype(float) + after.astype(float)) / 2
    assert np.abs(np.array(Image.open(tmp_path / "half.png")) - mean).max() <= 1


def test_a_result_that_was_not_shown_is_saved_the_same_but_for_rounding(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "a.png")
    direct = spec.Save(str(source), DENOISE, str(tmp_path / "direct.png"))
    client.submit(direct)
    until(client, ending(direct.id))
    restore, kept = spec.Restore(str(source), DENOISE), spec.Save(str(source), DENOISE, str(tmp_path / "kept.png"))
    client.submit(restore)
    client.submit(kept)
    until(client, ending(kept.id))
    # what is looked at has smaller tiles than a file, so that the first one shows sooner
    direct_file, kept_file = (np.array(Image.open(tmp_path / n)).astype(int) for n in ("direct.png", "kept.png"))
    apart = np.abs(direct_file - kept_file)
    assert apart.max() <= 1
    assert (apart > 0).mean() < 0.02


def test_the_size_to_expect_is_near_that_of_the_file(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "large.png", 700, 900)
    client.submit(restore := spec.Restore(str(source), DENOISE))
    until(client, ending(restore.id))
    for output in (spec.Output("png"), spec.Output("jpeg", quality=80), spec.Output("tiff", "16")):
        client.submit(spec.EstimateSize(str(source), DENOISE, output=output))
        told = until(client, lambda e: isinstance(e, events.SizeEstimated))[-1]
        target = tmp_path / f"saved.{output.format}"
        client.submit(save := spec.Save(str(source), DENOISE, str(target), output=output))
        until(client, ending(save.id))
        assert isinstance(told, events.SizeEstimated)
        assert told.bytes == pytest.approx(target.stat().st_size, rel=0.25), output


@pytest.mark.parametrize("factor", [1, 4])
def test_what_is_transparent_is_shown_over_squares(client: ProcessClient, tmp_path: Path, factor: int) -> None:
    from aestudio.imageio.display import over_checks
    from aestudio.imageio.reader import read_picture

    alpha = np.tile(np.linspace(0, 255, 80).astype(np.uint8), (60, 1))
    with Image.open(picture(tmp_path / "plain.png", 60, 80)) as image:
        Image.fromarray(np.dstack([np.asarray(image), alpha])).save(tmp_path / "cut.png")
    wanted = DENOISE if factor == 1 else spec.Restoration("upscale", "upscale-x4-fast", scale=4.0)
    client.submit(restore := spec.Restore(str(tmp_path / "cut.png"), wanted))
    tile = next(e for e in until(client, ending(restore.id)) if isinstance(e, events.TileReady))
    client.submit(save := spec.Save(str(tmp_path / "cut.png"), wanted, str(tmp_path / "out.png")))
    until(client, ending(save.id))
    saved = read_picture(tmp_path / "out.png")
    assert saved.alpha is not None
    shown = over_checks(saved.pixels, saved.alpha[..., None])
    assert shown.shape == (60 * factor, 80 * factor, 3)
    assert np.abs(tile.after.astype(int) - shown).max() <= 1


def test_a_wide_gamut_is_shown_converted_and_saved_as_it_is(client: ProcessClient, tmp_path: Path) -> None:
    from aestudio.imageio.display import for_screen
    from aestudio.imageio.reader import read_picture

    profile = bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
    with Image.open(picture(tmp_path / "plain.png", 60, 80)) as image:
        image.save(tmp_path / "p3.png", icc_profile=profile)
    client.submit(restore := spec.Restore(str(tmp_path / "p3.png"), DENOISE))
    tile = next(e for e in until(client, ending(restore.id)) if isinstance(e, events.TileReady))
    client.submit(save := spec.Save(str(tmp_path / "p3.png"), DENOISE, str(tmp_path / "out.png")))
    until(client, ending(save.id))
    saved = read_picture(tmp_path / "out.png")
    assert saved.info.metadata.icc == profile
    assert np.array_equal(tile.after, for_screen(saved.pixels, saved.info))
    assert not np.array_equal(tile.after, saved.pixels)


def test_the_size_of_what_is_not_restored_yet_is_that_of_the_original(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "a.png")
    twice = spec.Restoration("upscale", "upscale-x2-fast", scale=1.5)
    client.submit(spec.EstimateSize(str(source), twice, output=spec.Output("webp")))
    told = until(client, lambda e: isinstance(e, (events.SizeEstimated, events.Failed)))[-1]
    assert isinstance(told, events.SizeEstimated)
    assert told.bytes > 10_000


def test_a_result_never_takes_the_place_of_its_original(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "a.png", 40, 50)
    (tmp_path / "link.png").symlink_to(source)
    before = source.read_bytes()
    save = spec.Save(str(source), DENOISE, str(tmp_path / "link.png"), output=spec.Output(overwrite=True))
    client.submit(save)
    failed = until(client, ending(save.id))[-1]
    assert isinstance(failed, events.Failed)
    assert "original" in failed.what
    assert source.read_bytes() == before


def test_killing_the_engine_fails_its_job_and_a_retry_works(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "large.png", 700, 900)
    restore = spec.Restore(str(source), DENOISE)
    client.submit(restore)
    until(client, lambda e: isinstance(e, events.TileReady))
    assert client.pid
    os.kill(client.pid, signal.SIGKILL)
    failed = until(client, ending(restore.id))[-1]
    assert isinstance(failed, events.Failed)
    assert failed.kind == "engine"
    again = spec.Restore(str(source), DENOISE)
    client.submit(again)
    assert isinstance(until(client, ending(again.id))[-1], events.Finished)


def test_a_disk_that_does_not_answer_holds_up_nobody_when_an_engine_died(
    client: ProcessClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, asked = threading.Event(), threading.Event()

    def sweep(pid: int, jobs: list[spec.Job]) -> None:
        asked.set()
        assert answers.wait(PATIENCE)

    monkeypatch.setattr(client_module, "_sweep", sweep)
    client.start()
    until(client, lambda event: isinstance(event, events.EngineReady))
    lost = spec.Restore(str(picture(tmp_path / "large.png", 2400, 3200)), DENOISE)
    client.submit(lost)
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)
    assert asked.wait(PATIENCE)
    # while the disk is waited for, another engine does what is asked next
    load = spec.Load(str(picture(tmp_path / "next.png")))
    client.submit(load)
    assert isinstance(until(client, ending(load.id))[-1], events.Finished)
    answers.set()
    failed = until(client, ending(lost.id))[-1]
    assert isinstance(failed, events.Failed)
    assert failed.kind == "engine"


def test_cancel_ends_a_job_between_tiles_and_the_engine_lives_on(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "large.png", 1500, 1700)
    restore, waiting = spec.Restore(str(source), DENOISE), spec.Restore(str(source), replace(DENOISE, noise=5.0))
    client.submit(restore)
    client.submit(waiting)
    until(client, lambda e: isinstance(e, events.TileReady))
    before = client.pid
    client.submit(spec.Cancel(waiting.id))
    assert isinstance(until(client, ending(waiting.id))[-1], events.CancelledEvent)
    client.submit(spec.Cancel(restore.id))
    assert isinstance(until(client, ending(restore.id))[-1], events.CancelledEvent)
    thumbnail = spec.Thumbnail(str(source))
    client.submit(thumbnail)
    until(client, lambda e: isinstance(e, events.ThumbnailReady))
    assert client.pid == before


def test_a_cancel_during_the_start_kills_nothing(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "a.png")
    restore, thumbnail = spec.Restore(str(source), DENOISE), spec.Thumbnail(str(source))
    client.submit(restore)
    started = client.pid
    client.submit(spec.Cancel(restore.id))
    assert isinstance(until(client, ending(restore.id))[-1], events.CancelledEvent)
    client.submit(thumbnail)
    until(client, lambda e: isinstance(e, events.ThumbnailReady))
    assert client.pid == started


def test_a_slow_file_that_was_left_costs_neither_the_engine_nor_what_it_saves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "PATIENCE", 0.3)
    client = ProcessClient(lambda: [sys.executable, "-c", SLOW_DISK])
    try:
        slow, other = picture(tmp_path / "slow.png"), picture(tmp_path / "other.png")
        left = spec.Load(str(slow))
        client.submit(left)
        until(client, lambda e: isinstance(e, events.EngineReady))
        before = client.pid
        while not (tmp_path / "reading").exists():
            time.sleep(0.02)
        client.submit(spec.Cancel(left.id))
        assert isinstance(until(client, ending(left.id))[-1], events.CancelledEvent)
        save = spec.Save(str(other), DENOISE, str(tmp_path / "b.png"))
        client.submit(save)
        assert isinstance(until(client, ending(save.id))[-1], events.Finished)
        deadline = time.monotonic() + 1.0
        while time.monotonic() < deadline:
            assert client.receive(0.1) is None
        (tmp_path / "go").touch()
        again = spec.Load(str(slow))
        client.submit(again)
        seen = until(client, ending(again.id))
        assert isinstance(seen[-1], events.Finished)
        assert left.id not in {event.id for event in seen}, "it is over"
        assert client.pid == before
    finally:
        (tmp_path / "go").touch()
        client.close()


def test_a_cursor_that_moves_on_ends_every_decode(client: ProcessClient) -> None:
    decodes = [spec.Decode("vae-digits-2d", ((x / 50, 0.0),)) for x in range(50)]
    for decode in decodes:
        client.submit(decode)
    left = {d.id for d in decodes}
    answered = 0
    while left:
        event = until(client, lambda e: isinstance(e, (events.PicturesReady, events.CancelledEvent)))[-1]
        answered += isinstance(event, events.PicturesReady)
        left.discard(event.id)
    assert 1 <= answered < 50
    assert event.id == decodes[-1].id or answered > 1


@pytest.mark.parametrize("how", ["close", "kill"])
def test_nothing_half_written_stays_beside_a_target(how: str, tmp_path: Path) -> None:
    client = ProcessClient()
    source, target = picture(tmp_path / "large.png", 900, 1100), tmp_path / "out" / "saved.tif"
    target.parent.mkdir()
    save = spec.Save(str(source), DENOISE, str(target))
    client.submit(save)
    until(client, lambda e: isinstance(e, events.Progress))
    assert any(target.parent.iterdir())
    if how == "kill":
        assert client.pid
        os.kill(client.pid, signal.SIGKILL)
        until(client, ending(save.id))
    client.close()
    assert list(target.parent.iterdir()) == []


def test_bad_files_fail_with_a_sentence_and_harm_no_other(client: ProcessClient, tmp_path: Path) -> None:
    empty, text = tmp_path / "empty.jpg", tmp_path / "text.png"
    empty.touch()
    text.write_text("this is no picture")
    good = picture(tmp_path / "good.png")
    jobs = [spec.Load(str(p)) for p in (empty, text, tmp_path / "missing.png", good)]
    for job in jobs:
        client.submit(job)
    left = {job.id for job in jobs}

    def all_ended(event: Event) -> bool:
        # two threads load pictures: the last may be there before one that came earlier
        if isinstance(event, events.ENDINGS):
            left.discard(event.id)
        return not left

    last = {e.id: e for e in until(client, all_ended) if isinstance(e, events.ENDINGS)}
    for job in jobs[:-1]:
        failure = last[job.id]
        assert isinstance(failure, events.Failed)
        assert failure.kind == "input"
        assert failure.what.endswith(".")
        assert failure.advice
    assert isinstance(last[jobs[-1].id], events.Finished)


def test_the_map_and_samples_come_from_the_vae(client: ProcessClient, tmp_path: Path) -> None:
    client.submit(spec.Sample("vae-digits-2d", 9, seed=4))
    pictures = until(client, lambda e: isinstance(e, events.PicturesReady))[-1]
    assert isinstance(pictures, events.PicturesReady)
    assert pictures.pixels.shape == (9, 28, 28, 1)
    assert pictures.vectors is not None
    vectors = tuple(tuple(v.tolist()) for v in pictures.vectors)
    for form, size in (("sheet", (84, 84)), ("strip", (252, 28))):
        export = spec.Export("vae-digits-2d", vectors, str(tmp_path / f"{form}.png"), form)
        client.submit(export)
        until(client, ending(export.id))
        with Image.open(tmp_path / f"{form}.png") as sheet:
            assert sheet.size == size
    files = spec.Export("vae-digits-2d", vectors, str(tmp_path), "files", stem="4")
    for wanted in (events.Finished, events.Failed):
        # the second time they are there already, and stay as they are
        client.submit(again := replace(files, id=spec.new_id()))
        assert isinstance(until(client, ending(again.id))[-1], wanted)
    shown = np.array(Image.open(tmp_path / "4-0008.png"))
    assert np.array_equal(shown, pictures.pixels[8, :, :, 0])
    client.submit(spec.Map("vae-digits-2d", columns=5, rows=5))
    mosaic = until(client, lambda e: isinstance(e, events.MapReady))[-1]
    assert isinstance(mosaic, events.MapReady)
    assert mosaic.pixels.shape == (140, 140, 1)
    centre = spec.Decode("vae-digits-2d", ((0.0, 0.0),))
    client.submit(centre)
    decoded = until(client, lambda e: isinstance(e, events.PicturesReady))[-1]
    assert isinstance(decoded, events.PicturesReady)
    assert np.abs(decoded.pixels[0].astype(int) - mosaic.pixels[56:84, 56:84]).max() <= 1


def test_the_engine_ends_with_its_window(tmp_path: Path) -> None:
    client = ProcessClient()
    client.start()
    until(client, lambda e: isinstance(e, events.EngineReady))
    pid = client.pid
    assert pid
    client.close()
    client.close()
    assert not psutil.pid_exists(pid)


@pytest.mark.parametrize("command", ["false", "/no/such/program"])
def test_an_engine_that_cannot_start_is_a_failed_job(command: str) -> None:
    client = ProcessClient(lambda: [command])
    job = spec.Thumbnail("/nowhere.png")
    client.submit(job)
    failed = until(client, ending(job.id))[-1]
    client.close()
    assert isinstance(failed, events.Failed)
    assert failed.kind == "engine"


def tiles(seen: list[Event]) -> list[events.TileReady]:
    """Return the tiles, without the parts that come ahead of them."""
    return [e for e in seen if isinstance(e, events.TileReady) and e.number >= 0]


def test_what_is_looked_at_comes_first_and_the_rest_is_filled_in(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "large.png", 1500, 1700)
    view = spec.View(1200, 1000, 1500, 1300)
    restore = spec.Restore(str(source), DENOISE, view=view)
    client.submit(restore)
    shown = tiles(until(client, lambda e: isinstance(e, events.ViewReady)))
    assert shown
    assert all(t.x < 1500 and t.x + t.width > 1200 and t.y < 1300 and t.y + t.height > 1000 for t in shown)
    first = shown[0]
    assert first.x <= 1350 < first.x + first.width
    assert first.y <= 1150 < first.y + first.height
    seen = until(client, ending(restore.id))
    assert isinstance(seen[-1], events.Finished)
    assert not tiles(seen)
    progress = [e for e in seen if isinstance(e, events.Progress)]
    assert progress[-1].done == progress[-1].total > len(shown)

    # all is computed now: another look is answered from what is kept, shrunk as asked for
    again = spec.Restore(str(source), DENOISE, view=spec.View(0, 0, 1700, 1500, level=2))
    client.submit(again)
    coarse = tiles(until(client, ending(again.id)))
    assert len(coarse) == progress[-1].total
    assert all(t.level == 2 and t.after.shape[1] == -(-t.width // 4) for t in coarse)


def test_a_first_look_comes_ahead_of_its_tile_and_is_what_is_saved(client: ProcessClient, tmp_path: Path) -> None:
    source, target = picture(tmp_path / "large.png", 900, 1100), tmp_path / "out.png"
    restore = spec.Restore(str(source), DENOISE, view=spec.View(500, 400, 600, 500), fill=False)
    client.submit(restore)
    sent = [e for e in until(client, ending(restore.id)) if isinstance(e, events.TileReady)]
    look, whole = sent[:2]
    assert (look.number, look.seconds) == (-1, 0.0)
    assert [t.number for t in sent].count(-1) == 1
    assert look.width * look.height < whole.width * whole.height / 3
    assert look.x <= 550 < look.x + look.width
    assert look.y <= 450 < look.y + look.height
    save = spec.Save(str(source), DENOISE, str(target))
    client.submit(save)
    assert isinstance(until(client, ending(save.id))[-1], events.Finished)
    saved = np.asarray(Image.open(target))
    for tile in (look, whole):
        assert np.array_equal(saved[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width], tile.after)


def test_looking_elsewhere_moves_the_work_there(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "large.png", 1500, 1700)
    restore = spec.Restore(str(source), DENOISE, view=spec.View(0, 0, 100, 100))
    client.submit(restore)
    seen = until(client, lambda e: isinstance(e, events.ViewReady))
    started = next(e for e in seen if isinstance(e, events.Started))
    have = tuple(t.number for t in tiles(seen))
    look = spec.View(1600, 1400, 1700, 1500, have=have, tile=started.tile, seen=len(have))
    client.submit(spec.Look(restore.id, look))
    moved = tiles(until(client, lambda e: isinstance(e, events.ViewReady)))
    assert [t.x + t.width for t in moved] == [1700]
    assert [t.y + t.height for t in moved] == [1500]


def test_a_save_goes_before_filling_in(client: ProcessClient, tmp_path: Path) -> None:
    source, other = picture(tmp_path / "large.png", 1500, 1700), picture(tmp_path / "small.png")
    restore = spec.Restore(str(source), DENOISE, view=spec.View(0, 0, 100, 100))
    client.submit(restore)
    until(client, lambda e: isinstance(e, events.ViewReady))
    save = spec.Save(str(other), DENOISE, str(tmp_path / "small-out.png"))
    client.submit(save)
    seen = until(client, lambda e: ending(save.id)(e) or ending(restore.id)(e))
    assert seen[-1].id == save.id
    assert isinstance(until(client, ending(restore.id))[-1], events.Finished)


def test_the_original_is_sent_as_it_is_looked_at(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "large.png", 1100, 1300)
    pixels = np.array(Image.open(source))
    peek = spec.Peek(str(source), spec.View(600, 100, 700, 200))
    client.submit(peek)
    cells = [e for e in until(client, ending(peek.id)) if isinstance(e, events.BeforeTile)]
    assert [(c.x, c.y, c.width, c.height, c.number) for c in cells] == [(512, 0, 512, 512, 1)]
    assert np.array_equal(cells[0].pixels, pixels[:512, 512:1024])
    fitted = spec.Peek(str(source), spec.View(0, 0, 1300, 1100, level=1, have=(1,), tile=spec.CELL))
    client.submit(fitted)
    cells = [e for e in until(client, ending(fitted.id)) if isinstance(e, events.BeforeTile)]
    assert sorted(c.number for c in cells) == [0, 2, 3, 4, 5, 6, 7, 8]
    assert all(c.pixels.shape[0] == -(-c.height // 2) for c in cells)


def test_closing_a_picture_does_not_break_its_saving(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "large.png", 1100, 1300)
    restore = spec.Restore(str(source), DENOISE, view=spec.View(0, 0, 100, 100))
    client.submit(restore)
    until(client, lambda e: isinstance(e, events.ViewReady))
    client.submit(spec.Cancel(restore.id))
    until(client, ending(restore.id))
    save = spec.Save(str(source), DENOISE, str(tmp_path / "out.png"))
    client.submit(save)
    until(client, lambda e: isinstance(e, events.Progress) and e.id == save.id)
    client.submit(spec.Forget(str(source)))
    assert isinstance(until(client, ending(save.id))[-1], events.Finished)
    assert np.array(Image.open(tmp_path / "out.png")).shape == (1100, 1300, 3)


def test_what_was_removed_is_judged_whether_or_not_the_model_was_told(client: ProcessClient, tmp_path: Path) -> None:
    source = picture(tmp_path / "a.png")
    view = spec.View(0, 0, 407, 301)
    kinds = []
    for restoration in (DENOISE, spec.Restoration("denoise", "photo-fast")):
        restore = spec.Restore(str(source), restoration, view=view)
        client.submit(restore)
        seen = until(client, ending(restore.id))
        kinds.append([(e.kind, e.blind) for e in seen if isinstance(e, events.Judged)])
    assert kinds == [[("noise", False)], [("noise", True)]]


def test_what_was_cancelled_a_moment_before_the_engine_is_killed_is_not_asked_for_again(
    client: ProcessClient, tmp_path: Path
) -> None:
    source = picture(tmp_path / "a.png")
    load = spec.Load(str(source))
    client.submit(load)
    until(client, ending(load.id))
    assert client.pid is not None
    os.kill(client.pid, signal.SIGSTOP)
    late = spec.Save(str(source), DENOISE, str(tmp_path / "c.png"))
    later = spec.Save(str(source), DENOISE, str(tmp_path / "b.png"))
    survivor = spec.Load(str(source))
    for job in (late, later, survivor):
        client.submit(job)
    client.submit(spec.Cancel(late.id))
    time.sleep(1.0)
    client.submit(spec.Cancel(later.id))
    seen = until(client, ending(survivor.id))
    assert isinstance(seen[-1], events.Finished)
    assert [e.id for e in seen if isinstance(e, events.CancelledEvent)] == [late.id, later.id]
    assert not (tmp_path / "b.png").exists()
