"""Paths written by the engine: the frames that the window plays, as files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aestudio.catalog import store
from aestudio.engine import device, generate
from aestudio.engine.session import Session
from aestudio.errors import Cancelled, OutputError, SettingsError
from aestudio.jobs import wire
from aestudio.jobs.events import Progress
from aestudio.jobs.walking import export_walk, walk_bytes
from aestudio.jobs.walks import EstimateWalk, ExportWalk, WalkForm
from tests.latent_samples import COLOUR, install

VECTORS = np.random.default_rng(4).normal(size=(37, 4)).astype(np.float32)
TURN = np.linspace(0, 2 * np.pi, 37, endpoint=False)
CIRCLE = np.stack([2 * np.cos(TURN), 2 * np.sin(TURN)], 1).astype(np.float32)


@pytest.fixture
def session() -> Session:
    install("small", COLOUR)
    return Session(store.find("small"), device.choose("cpu"))


def job(target: Path, **changes: object) -> ExportWalk:
    return ExportWalk("small", VECTORS, str(target), **{"side": 16, "seconds": 0.04, **changes})


def test_single_frames_are_the_decoded_pictures(session: Session, tmp_path: Path) -> None:
    told: list[Progress] = []
    export_walk(job(tmp_path, form="png"), session, lambda: None, told.append)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [f"frame-{n:04d}.png" for n in range(37)]
    for file, picture in zip(files, generate.decode(session, VECTORS), strict=True):
        assert np.abs(np.asarray(Image.open(file)).astype(int) - picture).max() <= 1
    assert [event.done for event in told] == [16, 32, 37]
    before = files[3].read_bytes()
    with pytest.raises(OutputError, match="in that folder already"):
        export_walk(job(tmp_path, form="png"), session, lambda: None, told.append)
    assert files[3].read_bytes() == before


@pytest.mark.parametrize("form", ["gif", "webp"])
def test_an_animation_is_written_and_estimated(form: WalkForm, tmp_path: Path) -> None:
    session = Session(store.find("vae-digits-2d"), device.choose("cpu"))
    target = tmp_path / f"walk.{form}"
    whole = ExportWalk("vae-digits-2d", CIRCLE, str(target), form, 48, 0.04)
    export_walk(whole, session, lambda: None, lambda _: None)
    with Image.open(target) as found:
        assert found.n_frames == 37
        assert found.size == (48, 48)
    guess = walk_bytes(EstimateWalk("vae-digits-2d", CIRCLE[:9], 37, form, 48, 0.04), session)
    assert guess == pytest.approx(target.stat().st_size, rel=0.35)


def test_a_cancelled_one_leaves_nothing(session: Session, tmp_path: Path) -> None:
    calls = []

    def check() -> None:
        calls.append(1)
        if len(calls) == 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_walk(job(tmp_path / "walk.gif"), session, check, lambda _: None)
    assert not list(tmp_path.iterdir())
    with pytest.raises(SettingsError, match="out of range"):
        export_walk(job(tmp_path / "walk.gif", side=99_999), session, check, lambda _: None)


def test_paths_travel() -> None:
    sent = job(Path("walk.gif"), labels=(1, 2))
    back = wire.decode(wire.encode(sent))
    assert np.array_equal(back.vectors, VECTORS)
    assert back.labels == (1, 2)
