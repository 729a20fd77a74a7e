"""Several results looked at together, and measured against a reference, with the real engine process."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from aestudio import paths
from aestudio.catalog import store
from aestudio.engine import device
from aestudio.engine.session import Session
from aestudio.evaluation import restoration
from aestudio.evaluation.metrics import luma, psnr, ssim
from aestudio.imageio.mix import Mix
from aestudio.imageio.resample import resize, to_uint8
from aestudio.jobs import events, spec
from aestudio.jobs.client import ProcessClient
from tests.e2e.test_engine_process import client, ending, picture, until

__all__ = ["client"]

SIGMA = 25.0
SMOOTH, BLIND = spec.Restoration("denoise", "denoise-fast", SIGMA), spec.Restoration("denoise", "photo-fast")


@pytest.fixture
def clean() -> NDArray[np.uint8]:
    path = next(paths.resources_folder().glob("samples/small-*.png"))
    with Image.open(path) as image:
        return np.array(image.convert("RGB"))


@pytest.fixture
def noisy(clean: NDArray[np.uint8], tmp_path: Path) -> Path:
    values = clean + np.random.default_rng(0).normal(0, SIGMA, clean.shape)
    path = tmp_path / "noisy.png"
    Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8)).save(path)
    return path


def test_two_views_take_turns_and_neither_is_filled_in(client: ProcessClient, tmp_path: Path) -> None:
    source = str(picture(tmp_path / "large.png", 1500, 1700))
    view = spec.View(0, 0, 1100, 1100)
    jobs = [spec.Restore(source, settings, view=view, fill=False) for settings in (SMOOTH, BLIND)]
    for job in jobs:
        client.submit(job)
    seen = until(client, ending(jobs[0].id))
    tiles = [e for e in seen if isinstance(e, events.TileReady) and e.number >= 0]
    order = [jobs[0].id if tile.id == jobs[0].id else jobs[1].id for tile in tiles]
    in_view = {t.number for t in tiles if t.id == jobs[0].id}
    assert all(t.x < 1100 and t.y < 1100 for t in tiles)
    assert len(in_view) == order.count(jobs[0].id) > 2
    # once both wait, no model computes two tiles while the other has none
    assert max(len(run) for run in "".join("a" if o == jobs[0].id else "b" for o in order[2:]).split("b")) <= 1
    assert all(t.seconds > 0 for t in tiles)
    assert sum(isinstance(e, events.Started) and e.id == jobs[0].id for e in seen) == 1


def test_a_result_is_measured_as_the_evaluation_measures_it(
    client: ProcessClient, noisy: Path, clean: NDArray[np.uint8], tmp_path: Path
) -> None:
    reference = tmp_path / "clean.png"
    Image.fromarray(clean).save(reference)
    job = spec.Score(str(noisy), str(reference), SMOOTH)
    client.submit(job)
    scored = next(e for e in until(client, ending(job.id)) if isinstance(e, events.Scored))
    session = Session(store.find("denoise-fast"), device.choose())
    published = restoration.photo(session, np.array(Image.open(noisy)), clean, SIGMA)
    assert scored.psnr == pytest.approx(published["psnr"], abs=0.01)

    job = spec.Score(str(noisy), str(reference), box=(8, 4, 90, 71))
    client.submit(job)
    scored = next(e for e in until(client, ending(job.id)) if isinstance(e, events.Scored))
    pieces = [np.array(Image.open(noisy))[4:71, 8:90], clean[4:71, 8:90]]
    assert scored.psnr == pytest.approx(psnr(*pieces))
    assert scored.ssim == pytest.approx(ssim(*map(luma, pieces)))


def test_an_enlargement_is_measured_by_its_luma_without_its_border(
    client: ProcessClient, clean: NDArray[np.uint8], tmp_path: Path
) -> None:
    session = Session(store.find("upscale-x2-fast"), device.choose())
    large = clean[: clean.shape[0] // 2 * 2, : clean.shape[1] // 2 * 2]
    small = to_uint8(resize(large, (large.shape[0] // 2, large.shape[1] // 2), 1 / 2))
    files = [tmp_path / "small.png", tmp_path / "large.png"]
    for path, pixels in zip(files, (small, large), strict=True):
        Image.fromarray(pixels).save(path)
    published = restoration.upscale(session, large)
    twice = spec.Restoration("upscale", "upscale-x2-fast", scale=2.0)
    for mix, name in ((Mix(), "psnr"), (Mix(0, 0), "bicubic")):
        job = spec.Score(str(files[0]), str(files[1]), twice, mix, border=2, luma=True)
        client.submit(job)
        scored = next(e for e in until(client, ending(job.id)) if isinstance(e, events.Scored))
        assert scored.psnr == pytest.approx(published[name], abs=0.02)
    job = spec.Score(str(files[0]), str(files[1]))
    client.submit(job)
    failed = until(client, ending(job.id))[-1]
    assert isinstance(failed, events.Failed)
    assert "The reference has" in failed.what
